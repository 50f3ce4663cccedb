"""What the reader does with single places of a page: marks, boxes, blanks and words it understands or does not."""

from typing import Any

import pytest
from render import render
from render_style import Style

from planrules.form import Blank, load_form
from planrules.form.reader import Filing, Place, load_layout, read_text
from planrules.form.reader.boxes import align, find_boxes
from planrules.form.reader.meanings import distribution_date
from planrules.form.reader.segments import Segment, fingerprint, written
from planrules.form.reader.text import FilingText, even
from planrules.form.reader.values import UnclearError, typed, value_of
from planrules.form.reader.wordings import values_in

FORM = load_form("adoption-agreement-005")
LAYOUT = load_layout(FORM.name)
DATA: dict[str, Any] = {
    "form": FORM.name,
    "employer": {"name": "Example Inc."},
    "not_applicable": [],
    "checked": {
        "1.02(a)": {},
        "1.07(a)": {},
        "2.01(a)": {"age": 21},
        "execution": {"employer_name": "Example Inc.", "employer_ein": "00-0000000"},
    },
}


def page(**changes: Any) -> tuple[str, Any]:  # noqa: ANN401  any key of an elections file
    rendered = render({**DATA, **changes}, FORM, LAYOUT, Style())
    return rendered.text, rendered.layout


def read(text: str, layout: Any) -> Filing:  # noqa: ANN401  a Layout
    found = read_text(text, FORM, layout)
    assert found is not None
    return found


def told(found: Filing) -> list[tuple[str | None, str]]:
    return [(remark.about, remark.says) for remark in found.remarks if remark.kind == "not_placed"]


def test_a_mark_that_cannot_be_read_is_told_and_not_checked() -> None:
    text, layout = page()
    found = read(text.replace("[X ] (a)  An age", "[? ] (a)  An age"), layout)
    assert ("2.01(a)", "the mark in the box cannot be read; it is read as not checked") in told(found)
    assert "2.01(a)" not in found.elections["checked"]


def test_words_beside_a_box_that_is_not_checked_are_told_and_left_out() -> None:
    text, layout = page()
    found = read(text.replace("[X ] (a)  An age", "[   ] (a)  An age"), layout)
    assert told(found) == [("2.01(a)", "age is filled in beside a box that is not checked; it is left out")]
    assert found.remarks[-1].words == "21" or "21" in {remark.words for remark in found.remarks}


def test_a_word_typed_among_the_printed_ones_is_told_with_its_lines() -> None:
    text, layout = page()
    changed = text.replace("Salesmen paid by commission", "Salesmen not paid by commission")
    found = read(changed, layout)
    says = "these words stand among the printed ones and have no place in the elections"
    assert told(found) == [("1.07(d)", says)]
    assert [remark.words for remark in found.remarks if remark.about == "1.07(d)"] == ["not"]
    line = next(number for number, shown in enumerate(changed.split("\n"), start=1) if "Salesmen not" in shown)
    assert {remark.lines[0] for remark in found.remarks if remark.about == "1.07(d)"} == {line}


def test_a_word_in_place_of_a_printed_one_is_told_by_its_lines() -> None:
    text, layout = page()
    found = read(text.replace("Salesmen paid by commission", "Salesmen paid by salary"), layout)
    says = "the printed words here are not those of the form; look for words typed among them"
    assert told(found) == [("1.07(d)", says)]


def test_a_box_that_is_no_option_is_told_with_what_stands_behind_it() -> None:
    text, layout = page()
    added = text.replace("[   ] (e)  ", "[X ] (zz)  Zebras only.\n\n[   ] (e)  ", 1)
    assert added != text
    quoted = [remark.words for remark in read(added, layout).remarks if remark.kind == "not_placed"]
    assert any("Zebras only" in words for words in quoted)


def test_a_mark_beside_a_box_that_is_no_option_is_told() -> None:
    text, layout = page()
    added = text.replace("[   ] (e)  ", "N/A  [   ] (zz)  Zebras.\n\n[   ] (e)  ", 1)
    assert added != text
    assert (None, "which option is marked here cannot be told; the mark is left out") in told(read(added, layout))


def test_a_note_beside_two_boxes_is_kept_whole_on_a_page_without_a_margin() -> None:
    text, layout = page(checked={**DATA["checked"], "1.07(b)": {}, "1.07(c)": {}})
    boxes = {
        f"[X ] ({letter})": f"{words}  [X ] ({letter})" for letter, words in (("b", "Only at"), ("c", "the works"))
    }
    head, section, tail = text.partition("1.07 ")
    for box, beside in boxes.items():
        assert box in tail
        tail = tail.replace(box, beside, 1)
    found = read("\n".join(line.lstrip() for line in (head + section + tail).split("\n")), layout)
    words = " ".join(remark.words for remark in found.remarks)
    assert {"Only", "at", "the", "works"} <= set(words.split())


def test_a_missing_box_is_told_and_its_neighbours_keep_their_names() -> None:
    text, layout = page()
    found = read(text.replace("[   ] (b)  Employees covered", "      (b)  Employees covered"), layout)
    assert ("1.07", "no box could be told to be 1.07(b); read as not checked") in told(found)
    assert {"1.02(a)", "1.07(a)", "2.01(a)"} <= set(found.elections["checked"])


def test_a_missing_heading_is_told() -> None:
    text, layout = page()
    found = read(text.replace("1.07 EMPLOYEE.", ""), layout)
    assert ("1.07", "the section's heading was not found; nothing of it is read") in told(found)


def test_a_second_agreement_is_told_and_not_read() -> None:
    text, layout = page()
    other, _ = page(checked={"1.02(b)": {}})
    found = read(text + other, layout)
    assert "1.02(b)" not in found.elections["checked"]
    assert (None, "a further copy begins here; only the first is read") in told(found)


def test_a_title_in_a_table_of_contents_is_not_the_agreement() -> None:
    text, layout = page()
    found = read("Exhibit 10: Adoption Agreement #005 ...... page 7\n\n" + text, layout)
    assert found.lines[0] == 3
    assert told(found) == []


def test_n_a_typed_in_a_section_s_own_blank_marks_the_section() -> None:
    text, layout = page(checked={**DATA["checked"], "1.29": {"predecessor_employers": ["N/A"]}})
    found = read(text, layout)
    assert found.elections["not_applicable"] == ["1.29"]
    assert told(found) == []


def test_n_a_where_the_form_asks_for_it_is_what_is_written() -> None:
    text, layout = page(checked={**DATA["checked"], "3.01": {"net_profits_exclude": "N/A"}})
    assert read(text, layout).elections["checked"]["3.01"] == {"net_profits_exclude": "N/A"}


def test_what_is_no_value_of_its_blank_is_told_in_its_words() -> None:
    text, layout = page()
    found = read(text.replace("age   21  ", "age   old  "), layout)
    says = "this is not understood as age (a blank of type age); it is left out"
    assert told(found) == [("2.01(a)", says)]
    assert [remark.words for remark in found.remarks if remark.about == "2.01(a)"] == ["old"]


def test_a_text_without_an_agreement_gives_nothing() -> None:
    assert read_text("An annual report.", FORM, LAYOUT) is None
    assert read_text("It is made on Adoption Agreement #005.", FORM, LAYOUT) is None


OF_THE_PRINTED = ("of", "the", "plan", "year", "beginning")
OF_THE = (
    Place.model_validate({"fills": "when", "after": "of the"}),
    Place.model_validate({"fills": "plan_year", "before": "of the", "after": "plan year beginning"}),
)


@pytest.mark.parametrize(
    ("text", "typed_there"),
    [
        ("   the first day       of the   next        plan year beginning", ("the first day", "next")),
        ("   so        of the\n\n   of the year          plan year beginning", ("so", "of the year")),
        ("   of the        of the   next          plan year beginning", ("of the", "next")),
        (
            "   the first day\n\f\n  of the   each year of the\n plan year beginning",
            ("the first day", "each year of the"),
        ),
    ],
)
def test_printed_words_that_are_typed_too_are_told_apart_by_the_room_around(
    text: str, typed_there: tuple[str, str]
) -> None:
    shown = FilingText(text)
    found = written(shown, Segment("6.01(a)", 0, len(text), checked=True), OF_THE, fingerprint(OF_THE_PRINTED))
    assert tuple(shown.chars[slice(*span)].strip() for span in found.spans if span) == typed_there


# ---- boxes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["[X ]", "[X]", "[x]", "[ X ]", "[     X    ]", "[_X_]", "[XX]", "[\u2713]"])
def test_a_checked_box_of_any_width(mark: str) -> None:
    (box,) = find_boxes(FilingText(f"{mark}  (b)  Words"), 0, 40)
    assert (box.label, box.checked) == ("b", True)


@pytest.mark.parametrize("mark", ["[ ]", "[]", "[   ]", "[____]"])
def test_an_empty_box_of_any_width(mark: str) -> None:
    (box,) = find_boxes(FilingText(f"{mark}\n   (iii) Words"), 0, 40)
    assert (box.label, box.checked) == ("iii", False)


def test_brackets_around_words_are_no_boxes() -> None:
    assert find_boxes(FilingText("Section 10.03[A] (see) [Note: (a) applies] [Date]"), 0, 60) == []


@pytest.mark.parametrize(
    ("found", "expected", "places"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("ac", "abc", [0, 2]),
        ("abxc", "abc", [0, 1, None, 2]),
        ("a1b", "a1b12", [0, 1, 2]),
        ("1", "11", [None]),
    ],
)
def test_labels_are_aligned_or_left_open(found: str, expected: str, places: list[int | None]) -> None:
    assert align(list(found), list(expected)) == places


SOON = "as soon as practical after"


# ---- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        ("date", "August 1, 1993", "1993-08-01"),
        ("date", "Aug. 1, 1993", "1993-08-01"),
        ("date", "8/1/1993", "1993-08-01"),
        ("month_day", "September 30th", "09-30"),
        ("percent", "7 1/2%", "7.5"),
        ("hours", "1,000", "1000"),
        ("money", "$ 150,000.50", "150000.50"),
        ("age", "fifty-five", "55"),
        ("age", "59 1/2", "59.5"),
        ("integer", "second", "2"),
        ("percents", "50%, 25% and 10%", "[50, 25, 10]"),
    ],
)
def test_words_that_are_a_value(kind: Any, words: str, value: str) -> None:  # noqa: ANN401  a type of blank
    assert str(value_of(Blank(name="blank", type=kind), words)) == value


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("date", "8/1/93"),
        ("date", "February 30, 1993"),
        ("month_day", "31 September"),
        ("age", "about 60"),
        ("hours", "10,00"),
        ("percents", "some"),
    ],
)
def test_words_that_are_none(kind: Any, words: str) -> None:  # noqa: ANN401  a type of blank
    with pytest.raises(UnclearError):
        value_of(Blank(name="blank", type=kind), words)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("  March 31       \n     .", "March 31"),
        (" after the end of the year.      .", "after the end of the year"),
        (" after the end of the year.", "after the end of the year."),
        ("  Example Inc.      .", "Example Inc."),
        ("____65____", "65"),
        ("\n      \n   .", ""),
    ],
)
def test_what_was_typed_without_what_the_form_prints(raw: str, words: str) -> None:
    assert typed(raw, sentence=True) == words


def test_a_table_whose_cells_stand_on_lines_of_their_own() -> None:
    table = Blank(name="schedule", type="schedule", last_row=3)
    cells = "Years of   Nonforfeitable\nService   Percentage\nLess than 1 \n 0%\n 1 \n 0% \n 2\n 50%\n 3 or more\n 100%"
    assert value_of(table, cells) == {2: 50, 3: 100}
    with pytest.raises(UnclearError):
        value_of(table, cells.replace("50%", ""))


def test_the_words_and_the_digits_of_an_age_say_the_same() -> None:
    blanks = {"age": Blank(name="age", type="age")}
    assert values_in("words_and_digits", blanks, "sixty-five (65)", {}) == {"age": 65}
    with pytest.raises(UnclearError):
        values_in("words_and_digits", blanks, "sixty-two (65)", {})


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("as soon as practical", {"days_after_separation": 0}),
        ("As soon as practicable after the 30th day following Separation from Service.", {"days_after_separation": 30}),
        (
            (
                f"{SOON} the 60th day after termination of employment unless the participant has attained age 62, in "
                f"which case his distribution date shall be {SOON} Separation from Service"
            ),
            {"days_after_separation": 60, "at_once_from": [{"age": 62}]},
        ),
        ("the first day of the Plan Year", None),
        ("as soon as practical after the 90th day following death", None),
        (
            (
                f"{SOON} the 60th day following Separation from Service unless the participant has reached the age of "
                f"reason in which case the distribution date shall be {SOON} Separation from Service"
            ),
            None,
        ),
    ],
)
def test_the_meaning_of_a_distribution_date(words: str, meaning: dict[str, object] | None) -> None:
    assert distribution_date(words) == meaning


# ---- pages -------------------------------------------------------------------------------------


def test_page_numbers_and_marks_are_taken_out_and_no_line_moves() -> None:
    raw = "One\r\n\t- 7 -\r\n<PAGE>\r\nTwo\f\r\nPage 8 of 9\r\nThree 12\r\n"
    assert [line.strip() for line in even(raw).chars.split("\n")] == ["One", "", "", "Two", "", "Three 12", ""]


def test_bare_page_numbers_count_on_and_a_number_typed_beside_a_page_break_does_not() -> None:
    numbered = "words\n7\n<PAGE>\nwords\n8\n<PAGE>\nage\n65\n<PAGE>\n"
    shown = [line.strip() for line in even(numbered).chars.split("\n")]
    assert [line for line in shown if line.isdigit()] == ["65"]
    assert "65" in even("age\n65\n<PAGE>\nwords\n").chars


def test_a_number_alone_on_its_line_is_no_page_number_where_others_have_none() -> None:
    assert even("age\n65\n<PAGE>\nmore\n<PAGE>\nwords\n<PAGE>\n").chars.split("\n")[1] == "65"
