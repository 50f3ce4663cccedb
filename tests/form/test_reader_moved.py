"""The signed form's own words on other pages, with other boxes checked: read as they then stand."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from render_style import BREAKS, CHECKED, EMPTY

from planrules.form import load_form
from planrules.form.reader import Filing, load_layout, read_text

FORM = load_form("adoption-agreement-005")
LAYOUT = load_layout(FORM.name)
SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "adoption-agreement-005.txt"
BOX = re.compile(r"\[(?: +|X )\](?=\s*\()")
BOXES = [citation for citation, option in FORM.option.items() if option.box]
HEADING = re.compile(r"^ *(?:N/A +)?\d+\.\d+ +[A-Z][A-Z0-9 ,'/-]+\.", re.MULTILINE)
CASES = (str, str.title, str.lower)
NEAR = 60
"""Lines that a person can be sent to look through for one word."""


def read(text: str) -> Filing:
    found = read_text(text, FORM, LAYOUT)
    assert found is not None
    return found


@st.composite
def moved_boxes(draw: st.DrawFn) -> tuple[str, set[str]]:
    """The form's text with other boxes checked, in other brackets, and which they are."""
    if not SEED.exists():
        pytest.skip(f"the filing's text is not on this machine ({SEED.name})")
    checked = {citation for citation in BOXES if draw(st.integers(0, 3)) == 0}
    full, empty = draw(st.sampled_from(CHECKED)), draw(st.sampled_from(EMPTY))
    marks = iter(full if citation in checked else empty for citation in BOXES)
    return BOX.sub(lambda _: next(marks), SEED.read_text(encoding="utf-8")), checked


@st.composite
def other_pages(draw: st.DrawFn, text: str) -> str:
    """The same words on pages of another look."""
    case = draw(st.sampled_from(CASES))
    lines = HEADING.sub(lambda found: case(found[0]), text).replace("<PAGE>", "").split("\n")
    if draw(st.booleans()):
        lines = [line.lstrip() for line in lines]
    if draw(st.booleans()):
        lines = [line.rstrip() for line in lines]
    width = draw(st.sampled_from((None, 70, 60, 50)))
    lines = [part for line in lines for part in _cut(line, width)]
    if draw(st.booleans()):
        lines = ["\t" * draw(st.integers(0, 2)) + line if line[:1].isalpha() else line for line in lines]
    mark, every = draw(st.sampled_from(BREAKS)), draw(st.integers(20, 66))
    pages = [lines[at : at + every] for at in range(0, len(lines), every)]
    broken = [[*page, *(mark.format(number).split("\n") if mark else [])] for number, page in enumerate(pages, start=1)]
    return draw(st.sampled_from(("\n", "\r\n"))).join(line for page in broken for line in page)


def _cut(line: str, width: int | None) -> Sequence[str]:
    """A line cut at spaces as a narrow page cuts it."""
    if width is None or len(line.rstrip()) <= width or " " not in line.strip():
        return [line]
    at = line.rfind(" ", 0, width)
    return [line[:at], *_cut(line[at + 1 :], width)] if line[:at].strip() else [line]


def without_note(blanks: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in blanks.items() if name != "note"}


def expected(checked: set[str], steel: dict[str, Any]) -> dict[str, Any]:
    """What is then filled in: the checked boxes with what Steel typed beside them, and the sections' own blanks."""
    keys = [citation for citation in FORM.fillable if citation in checked or citation in FORM.section]
    blanks = {citation: without_note(steel.get(citation, {})) for citation in keys}
    return {citation: blanks[citation] for citation in keys if citation in checked or citation in steel}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
def test_other_boxes_on_other_pages_are_read_as_they_stand(data: st.DataObject) -> None:
    text, checked = data.draw(moved_boxes())
    steel = read(SEED.read_text(encoding="utf-8")).elections
    found = read(data.draw(other_pages(text)))
    boxes = {citation: without_note(blanks) for citation, blanks in found.elections["checked"].items()}
    assert boxes == expected(checked, steel["checked"])
    assert found.elections["not_applicable"] == steel["not_applicable"]
    beside = {remark.about for remark in found.remarks if "beside a box that is not checked" in remark.says}
    filled = {citation for citation, blanks in steel["checked"].items() if set(blanks) - {"note"}}
    assert beside == filled.intersection(BOXES) - checked
    told = " ".join(remark.words for remark in found.remarks)
    assert {"Applies", "to", "nonelective", "contributions", "and", "QNECs", "only"} <= set(told.split())


WORDS = st.sampled_from(["zebra", "zebra giraffe", "777", "7.77%"])
GAPS = st.sampled_from([" ", "   ", "\n", " \n     "])
PLACES = re.compile(r"(?<=\s)(?=\S)|(?<=\S)(?=\s)")


@st.composite
def with_words_typed(draw: st.DrawFn, page: str) -> tuple[str, str, int]:
    """The page with words typed somewhere inside the agreement, the words, and their line."""
    low = page.lower()
    inside = slice(low.index("#005") + len("#005"), low.rindex("information"))
    boxes = [box.start() for box in BOX.finditer(page) if inside.start < box.start() < inside.stop]
    anywhere = [place.start() for place in PLACES.finditer(page, inside.start, inside.stop)]
    at, words = draw(st.sampled_from(boxes) | st.sampled_from(anywhere)), draw(WORDS)
    before = page[:at] + draw(GAPS)
    return f"{before}{words}{draw(GAPS)}{page[at:]}", words, before.count("\n") + 1


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
def test_no_word_is_dropped_wherever_it_is_typed(data: st.DataObject) -> None:
    if not SEED.exists():
        pytest.skip(f"the filing's text is not on this machine ({SEED.name})")
    text = SEED.read_text(encoding="utf-8")
    page, words, line = data.draw(with_words_typed(data.draw(st.just(text) | other_pages(text))))
    found = read(page)
    taken = str(found.elections)
    for word in words.split():
        quoted = [remark for remark in found.remarks if word in remark.words]
        lost = [remark for remark in found.remarks if remark.kind == "not_placed"]
        near = [remark for remark in lost if remark.lines[0] <= line <= remark.lines[1] < remark.lines[0] + NEAR]
        assert word in taken or quoted or near, f"line {line}: {word}"


def test_not_applicable_on_a_blank_that_is_no_section_s_is_told() -> None:
    if not SEED.exists():
        pytest.skip(f"the filing's text is not on this machine ({SEED.name})")
    text = SEED.read_text(encoding="utf-8")
    found = read(text.replace("Attainment of age                ", "Attainment of age   N/A          "))
    told = [(remark.kind, remark.words) for remark in found.remarks if remark.about == "2.01(a)"]
    assert told == [("confirm", "N/A")]
    assert found.elections == read(text).elections
