"""The few SVG shapes that the picture is made of, in black, grey and patterns, so that it prints without colour.

Everything is an attribute of its shape: a page's content security policy allows no style of its own.
"""

from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from planrules.web.timeline.model import Timeline

INK, GREY, FAINT, PAPER = "#16202a", "#4a5763", "#c9d1d8", "#ffffff"
BAR, ACCENT = "#cfdbe6", "#123a5c"
PAD = 24
_LEAST, _MOST, _A_YEAR = 940, 3600, 76
_LETTER, _BOLD_LETTER = 8.1, 8.6
_BESIDE = 13
_DAYS_IN_A_YEAR = 365.25
_SIZE = "14"


@dataclass(frozen=True)
class Box:
    """Where a rectangle stands, in units of the picture."""

    left: float
    top: float
    width: float
    height: float


class Drawing:
    """An SVG that grows downwards, with days along its width."""

    def __init__(self, shown: Timeline, title: str, told: str) -> None:
        self._first, self._days = shown.start, (shown.through - shown.start).days
        self.width = int(min(_MOST, max(_LEAST, self._days / _DAYS_IN_A_YEAR * _A_YEAR)))
        self.height = 0.0
        named = {"role": "img", "aria-labelledby": "timeline-title timeline-desc", "font-family": "sans-serif"}
        self._svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **named, "font-size": _SIZE, "fill": INK})
        SubElement(self._svg, "title", id="timeline-title").text = title
        SubElement(self._svg, "desc", id="timeline-desc").text = told
        _patterns(SubElement(self._svg, "defs"))
        self._back = SubElement(self._svg, "g")

    def at(self, day: date) -> float:
        """How far from the left a day begins."""
        share = (day - self._first).days / max(self._days, 1)
        return round(PAD + min(max(share, 0), 1) * (self.width - 2 * PAD), 1)

    def heading(self, words: str) -> None:
        """The words above a row of the picture."""
        self.height += 26
        self.text(PAD, self.height, words, bold=True)
        self.height += 10

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False) -> None:
        """Words with paper around them, so that lines behind do not cross them."""
        told = {"x": f"{x:g}", "y": f"{y:g}", "text-anchor": anchor, "paint-order": "stroke", "stroke": PAPER}
        weight = {"font-weight": "700"} if bold else {}
        SubElement(self._svg, "text", {**told, "stroke-width": "4", **weight}).text = words

    def sign(self, x: float, y: float, words: str) -> None:
        """A sign in paper's colour, on a dark box."""
        shape = {"x": f"{x:g}", "y": f"{y:g}", "text-anchor": "middle", "fill": PAPER, "font-weight": "700"}
        SubElement(self._svg, "text", shape).text = words

    def beside(self, day: date, y: float, words: str, *, bold: bool = False) -> None:
        """Words right of a day, or left of it where there is no room."""
        x = self.at(day)
        if x + _BESIDE + wide(words, bold=bold) > self.width - PAD:
            self.text(x - _BESIDE, y, words, anchor="end", bold=bold)
        else:
            self.text(x + _BESIDE, y, words, bold=bold)

    def box(self, at: Box, fill: str, *, edge: str = INK) -> None:
        """A rectangle; `fill` is a colour or the name of a pattern."""
        filled = fill if fill.startswith(("#", "none")) else f"url(#{fill})"
        shape = {"x": f"{at.left:g}", "y": f"{at.top:g}", "width": f"{max(at.width, 1):g}", "height": f"{at.height:g}"}
        SubElement(self._svg, "rect", {**shape, "fill": filled, "stroke": edge})

    def line(self, x: float, top: float, y: float, *, width: float = 1) -> None:
        """An upright line."""
        shape = {"x1": f"{x:g}", "x2": f"{x:g}", "y1": f"{top:g}", "y2": f"{y:g}", "stroke-width": f"{width:g}"}
        SubElement(self._svg, "line", {**shape, "stroke": INK})

    def guide(self, day: date, top: float, *, dashed: bool = False) -> None:
        """An upright line through everything, behind it: grey for a year's first day, dashed for the day asked."""
        x = f"{self.at(day):g}"
        look = {"stroke": INK, "stroke-width": "2", "stroke-dasharray": "5 4"} if dashed else {"stroke": FAINT}
        SubElement(self._back, "line", {"x1": x, "x2": x, "y1": f"{top:g}", "y2": f"{self.height + 8:g}", **look})

    def level(self, left: float, right: float, y: float) -> None:
        """A dashed level line, such as the hours that are needed."""
        shape = {"x1": f"{left:g}", "x2": f"{right:g}", "y1": f"{y:g}", "y2": f"{y:g}"}
        SubElement(self._svg, "line", {**shape, "stroke": INK, "stroke-width": "2", "stroke-dasharray": "6 3"})

    def flag(self, x: float, top: float, y: float) -> None:
        """A day that matters: a thick line with a full diamond at its head."""
        self.line(x, top, y, width=3)
        points = f"{x:g},{top - 8:g} {x + 8:g},{top:g} {x:g},{top + 8:g} {x - 8:g},{top:g}"
        SubElement(self._svg, "polygon", {"points": points, "fill": INK})

    def done(self) -> str:
        """The picture as text."""
        height = int(self.height + PAD)
        self._svg.set("viewBox", f"0 0 {self.width} {height}")
        self._svg.set("width", str(self.width))
        self._svg.set("height", str(height))
        return tostring(self._svg, encoding="unicode")


def wide(words: str, *, bold: bool = False) -> float:
    """About how wide words are drawn, in a font that is rather wide."""
    return len(words) * (_BOLD_LETTER if bold else _LETTER)


def _patterns(defs: Element) -> None:
    lines = {"short": "M0 8L8 0M-2 2L2 -2M6 10L10 6", "break": "M0 0L8 8M0 8L8 0", "wait": "M0 4H8"}
    for name, drawn in lines.items():
        pattern = SubElement(defs, "pattern", _tile(name))
        SubElement(pattern, "rect", {"width": "8", "height": "8", "fill": PAPER})
        SubElement(pattern, "path", {"d": drawn, "stroke": GREY, "stroke-width": "1.5", "fill": "none"})
    pattern = SubElement(defs, "pattern", _tile("running"))
    SubElement(pattern, "rect", {"width": "8", "height": "8", "fill": PAPER})
    SubElement(pattern, "circle", {"cx": "4", "cy": "4", "r": "1.3", "fill": GREY})


def _tile(name: str) -> dict[str, str]:
    return {"id": name, "width": "8", "height": "8", "patternUnits": "userSpaceOnUse"}
