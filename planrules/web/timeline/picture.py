"""The timeline as a picture: an SVG that says by pattern, sign and word what others say by colour."""

from datetime import date
from decimal import Decimal

from planrules.answers.words import spoken_date
from planrules.web.timeline.drawing import ACCENT, BAR, PAD, PAPER, Box, Drawing, wide
from planrules.web.timeline.model import Mark, Measured, Span, Timeline, amount, day_after
from planrules.web.timeline.table import earned
from planrules.web.timeline.text import text

_ROW, _LANE, _GAP = 24, 64, 8
_SIGNS = {"year": "✓", "short": "✗", "running": "…", "unknown": "?"}
_FILLS = {"year": BAR, "short": "short", "running": "running", "unknown": "none"}
_ROOM = Decimal("1.25")
"""A lane is so many times as high as the hours that are needed."""


def picture(shown: Timeline) -> str:
    """The picture as SVG, with a title and the paragraph as its description."""
    drawing = Drawing(shown, f"Timeline of {shown.who} at the close of {spoken_date(shown.as_of)}", text(shown))
    _calendar(drawing, shown)
    _spells(drawing, shown, "Employed", shown.employment, BAR)
    if shown.left_out:
        _spells(drawing, shown, "In a class that takes no part", shown.left_out, "break")
    _measuring(drawing, shown)
    if "join" in shown.asked:
        _joining(drawing, shown)
    if "own" in shown.asked:
        _owning(drawing, shown)
    _leaving(drawing, shown)
    drawing.guide(shown.as_of, 22, dashed=True)
    for year in range(shown.start.year + 1, shown.through.year + 1):
        drawing.guide(date(year, 1, 1), 34)
    return drawing.done()


def _calendar(drawing: Drawing, shown: Timeline) -> None:
    """The years along the top, and the day that is asked about."""
    drawing.height = 18
    drawing.beside(shown.as_of, drawing.height, f"as of {spoken_date(shown.as_of)}")
    drawing.height += 24
    step = max(1, round(56 * (shown.through - shown.start).days / 365.25 / (drawing.width - 2 * PAD)))
    for year in range(shown.start.year + 1, shown.through.year + 1, step):
        drawing.text(drawing.at(date(year, 1, 1)) + 4, drawing.height, str(year))


def _spells(drawing: Drawing, shown: Timeline, words: str, spans: tuple[Span, ...], fill: str) -> None:
    drawing.heading(words)
    for span in spans:
        left, right = drawing.at(span.start), _right(drawing, shown, span.through)
        told = min(right, _right(drawing, shown, max(span.start, shown.as_of))) if span.through is None else right
        if told < right:  # nothing is on file of the days after the one asked about
            drawing.box(Box(left, drawing.height, right - left, _ROW), "none", edge="#8795a1")
        drawing.box(Box(left, drawing.height, told - left, _ROW), fill)
        if wide(span.words) + 12 < right - left:
            drawing.text(left + 8, drawing.height + 17, span.words)
    drawing.height += _ROW


def _right(drawing: Drawing, shown: Timeline, through: date | None) -> float:
    """Where a span ends: the close of its last day, or the edge where it goes on."""
    return drawing.at(shown.through if through is None else min(day_after(through), shown.through))


def _measuring(drawing: Drawing, shown: Timeline) -> None:
    if not shown.measured:
        return
    drawing.heading(f"Measuring years, hours worked against {amount(shown.hours_needed)} needed (dashed line)")
    for lane in _lanes(shown.measured):
        base = drawing.height + _LANE
        for row in lane:
            _bar(drawing, row, base)
        drawing.height = base + _GAP
    drawing.height -= _GAP


def _lanes(rows: tuple[Measured, ...]) -> list[list[Measured]]:
    """Periods that overlap stand below each other."""
    lanes: list[list[Measured]] = []
    for row in rows:
        free = next((lane for lane in lanes if lane[-1].through < row.start), None)
        if free is None:
            lanes.append([row])
        else:
            free.append(row)
    return lanes


def _bar(drawing: Drawing, row: Measured, base: float) -> None:
    left, right = drawing.at(row.start), drawing.at(day_after(row.through))
    width = right - left - 2
    drawing.box(Box(left, base - _LANE, width, _LANE), "none", edge="#8795a1")
    share = min((row.hours or Decimal(0)) / (row.needed * _ROOM), Decimal(1)) if row.needed else Decimal(1)
    if row.hours:
        drawing.box(Box(left, base - float(share) * _LANE, width, float(share) * _LANE), _FILLS[row.outcome])
    if row.needed:
        drawing.level(left, left + width, base - float(1 / _ROOM) * _LANE)
    sign = _SIGNS[row.outcome]
    full = "hours not known" if row.hours is None else f"{sign} {amount(row.hours)} hours"
    short = sign if row.hours is None else f"{sign} {amount(row.hours)}"
    words = next((each for each in (full, short) if wide(each) + 10 < width), sign)
    drawing.text(left + width / 2, base - 10, words, anchor="middle")


def _named(drawing: Drawing, mark: Mark, y: float) -> None:
    """What a day is called, beside it."""
    drawing.beside(mark.day, y, f"{mark.words}: {spoken_date(mark.day)}{mark.unsure}", bold=True)


def _joining(drawing: Drawing, shown: Timeline) -> None:
    join = shown.mark("join", "can_join")
    drawing.heading("Plan Entry Dates (ticks) and joining (diamond)")
    top = drawing.height + 8
    close = len(shown.entry_dates) > 0 and (drawing.width / len(shown.entry_dates)) < 6  # noqa: PLR2004  pixels
    for day in shown.entry_dates[:: 4 if close else 1]:
        drawing.line(drawing.at(day), top + 6, top + 20)
    if join is not None:
        drawing.flag(drawing.at(join.day), top, top + 20)
        _named(drawing, join, top + 5)
    drawing.height = top + 20


def _owning(drawing: Drawing, shown: Timeline) -> None:
    owned = shown.mark("owned")
    drawing.heading(f"{shown.owned.year}s for owning: ✓ counts, ✗ does not, crossed out is a Break in Service")
    top = drawing.height
    for year in shown.vesting_years:
        left, right = drawing.at(year.start), drawing.at(day_after(year.through))
        fill = BAR if year.earned else "break" if year.a_break else "none"
        drawing.box(Box(left, top, right - left - 2, _ROW), fill)
        sign = "?" if year.earned is None else "✓" if year.earned else "…" if year.through > shown.as_of else "✗"
        full = sign if year.hours is None else f"{sign} {amount(year.hours)} hours"
        words = next((each for each in (full, sign) if wide(each) + 8 < right - left), sign)
        drawing.text((left + right) / 2 - 1, top + 17, words, anchor="middle")
    drawing.height = top + _ROW
    _boxes(drawing, shown)
    if owned is not None:
        top = drawing.height + 16
        drawing.flag(drawing.at(owned.day), top, top + 12)
        _named(drawing, owned, top + 5)
        drawing.height = top + 12


def _boxes(drawing: Drawing, shown: Timeline) -> None:
    """As many boxes as full ownership asks for, filled as far as they are earned."""
    part = shown.owned
    if not part.needed:
        return
    drawing.heading(f"Years of Service toward full ownership: {earned(part)}")
    for number in range(part.needed):
        left, has_it = PAD + number * 44, part.earned is not None and number < part.earned
        drawing.box(Box(left, drawing.height, 36, 28), ACCENT if has_it else PAPER)
        if has_it:
            drawing.sign(left + 18, drawing.height + 19, "✓")
        else:
            drawing.text(left + 18, drawing.height + 19, str(number + 1), anchor="middle")
    drawing.height += 28


def _leaving(drawing: Drawing, shown: Timeline) -> None:
    leave, payable = shown.mark("leave"), shown.mark("payable", "paid_by")
    if leave is None:
        return
    drawing.heading("Leaving and payment")
    top = drawing.height + 8
    drawing.flag(drawing.at(leave.day), top, top + 30)
    _named(drawing, leave, top + 5)
    if shown.wait is not None:
        left, right = drawing.at(shown.wait.start), drawing.at(day_after(shown.wait.through))
        drawing.box(Box(left, top + 18, right - left, 18), "wait")
        words = f"{shown.wait.days} days of waiting"
        if right + wide(words) < drawing.width - PAD:
            drawing.text(right + 6, top + 32, words)
        else:
            drawing.text(left - 6, top + 32, words, anchor="end")
    drawing.height = top + 42
    if payable is not None:
        top = drawing.height + 12
        drawing.flag(drawing.at(payable.day), top, top + 14)
        _named(drawing, payable, top + 5)
        drawing.height = top + 14
