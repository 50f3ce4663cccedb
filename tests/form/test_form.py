"""Adoption Agreement #005 as data."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from planrules.errors import ElectionsError
from planrules.form import Form, load_form

FORM = load_form("adoption-agreement-005")
SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "adoption-agreement-005.txt"
NUMBERED = re.compile(r"\d+\.\d+")

SECTIONS = [
    "1.02 1.03 1.07 1.12 1.17 1.18 1.27 1.29 1.31",
    "2.01 2.02 2.03 2.06",
    "3.01 3.04 3.05 3.06 3.15 3.18",
    "4.01 4.05",
    "5.01 5.02 5.03 5.04 5.06 5.08",
    "6.01 6.02 6.03 6.04",
    "9.10 9.11",
    "10.03 10.14",
    "addendum execution participation",
]


def test_every_section_of_the_form_is_there() -> None:
    assert list(FORM.section) == " ".join(SECTIONS).split()


def test_every_box_of_the_signed_form_is_there_in_its_order() -> None:
    if not SEED.exists():
        pytest.skip(f"the filing's text is not on this machine ({SEED.name})")
    printed = re.findall(r"\[(?: +|X )\]\s*\(([a-z0-9]+)\)", SEED.read_text(encoding="utf-8"))
    ours = [citation.rpartition("(")[2].rstrip(")") for citation, option in FORM.option.items() if option.box]
    assert ours == printed
    assert len(ours) == len(re.findall(r"\[[ X]*\]", SEED.read_text(encoding="utf-8")))


def test_every_number_says_what_it_counts() -> None:
    numbers = {"percent", "percents", "hours", "money", "age", "years", "months", "integer", "schedule"}
    blanks = [blank for citation in FORM.fillable for blank in FORM.blanks_of(citation).values()]
    assert [blank.name for blank in blanks if (blank.unit is None) == (blank.type in numbers)] == []
    assert FORM.blanks_of("6.01(c)")["breaks"].unit == "Breaks in Service"
    assert FORM.blanks_of("2.01(a)")["age"].unit == "years of age"


def test_every_option_has_a_label_and_sits_in_the_group_it_names() -> None:
    for citation, option in FORM.option.items():
        assert option.label
        assert option in FORM.group[option.group].options
        assert citation.startswith(FORM.group[option.group].parent)


def test_letters_of_a_section_follow_each_other_without_a_gap() -> None:
    for section in FORM.sections:
        letters = [option.citation[-2] for option in section.top_options]
        assert all(ord(later) - ord(earlier) == 1 for earlier, later in pairwise(letters))


@pytest.mark.parametrize(
    ("citation", "blank", "least", "most"),
    [
        ("2.01(a)", "age", None, 21),
        ("2.01(b)(2)", "months", None, 12),
        ("2.01(c)(2)(i)", "years", 1, 2),
        ("2.01(c)(2)(ii)", "months", None, 24),
        ("2.01(c)(2)(iv)", "age", None, 21),
        ("2.01(k)(1)", "age", None, 21),
        ("2.02(b)", "hours", None, 1000),
        ("3.01(d)(3)", "percent", None, 15),
        ("3.04(i)(1)", "percent", None, 100),
        ("3.06(d)(2)", "hours", None, 1000),
        ("3.06(d)(4)", "hours", None, 1000),
        ("3.18(d)", "percent", 4, 100),
        ("5.01(a)", "age", None, 65),
        ("5.01(b)", "age", None, 65),
        ("5.01(b)", "anniversary", None, 5),
        ("5.06(d)", "hours", None, 1000),
        ("5.08(b)", "age", None, 18),
        ("6.03(f)", "years", 5, None),
        ("6.03(j)(2)", "age", Decimal("59.5"), None),
        ("10.03(b)", "percent", None, 100),
        ("addendum(g)", "plan_years_beginning_after", date(1985, 12, 31), None),
    ],
)
def test_the_limits_in_the_form_s_notes_are_data(citation: str, blank: str, least: object, most: object) -> None:
    found = FORM.blanks_of(citation)[blank]
    assert (found.min, found.max) == (least, most)


@pytest.mark.parametrize(
    ("citation", "rule", "special"),
    [
        ("1.02(a)-(b)", "exactly_one", ()),
        ("1.07(a)-(g)", "sole_or_some", ("1.07(a)",)),
        ("1.29(a)-(c)", "at_least_one", ("1.29(c)",)),
        ("2.01(a)-(c)", "at_least_one", ("2.01(c)",)),
        ("2.01(c)(1)-(2)", "all", ()),
        ("3.01(a)-(e)", "sole_or_some", ("3.01(e)",)),
        ("3.04(a)-(d)", "any_combination", ()),
        ("3.04(e)-(j)", "exactly_one", ("3.04(i)", "3.04(j)")),
        ("5.03(a)-(d)", "exactly_one", ("5.03(c)", "5.03(d)")),
        ("6.01(a)-(e)", "exactly_one", ()),
        ("6.02(a)-(e)", "sole_or_some", ("6.02(a)",)),
        ("9.11(a)-(c)", "any_combination", ()),
        ("addendum(a)-(j)", "any_combination", ()),
    ],
)
def test_the_choose_rules_are_data(citation: str, rule: str, special: tuple[str, ...]) -> None:
    choose = FORM.group[citation].choose
    assert choose.rule == rule
    assert choose.sole + choose.additional == special


def test_what_steel_marked_not_applicable_may_be_marked_so() -> None:
    groups = ["2.01(j)-(k)", "4.01(d)-(e)", "5.03(g)-(h)", "6.01(k)-(m)"]
    assert FORM.section["1.31"].na_allowed
    assert FORM.option["3.01(l)"].na_allowed
    assert FORM.option["9.11(c)"].na_allowed
    assert all(FORM.group[citation].choose.na_allowed for citation in groups)


def test_conditions_between_options_are_data() -> None:
    assert FORM.option["5.03(d)"].only_with == ("5.03(b):non_top_heavy", "5.03(c)(2)")
    assert FORM.option["3.04(i)"].required_with == ("3.04(f)", "3.04(g)", "3.04(h)")
    assert FORM.option["1.02(b)"].not_with == ("execution:custodian",)
    assert FORM.group["3.18(c)-(e)"].choose.unless == ("3.18(a)",)


def test_a_heading_without_a_box_can_be_filled_only_if_it_has_a_blank() -> None:
    assert "3.01(k)(1)" not in FORM.fillable
    assert "2.06(b)(1)" in FORM.fillable
    assert "6.01" in FORM.fillable
    assert "1.02" not in FORM.fillable


def test_the_form_is_read_once_and_cannot_be_changed() -> None:
    assert load_form("adoption-agreement-005") is FORM
    with pytest.raises(ValidationError, match="frozen"):
        FORM.title = "another"  # type: ignore[misc]  # mypy sees the mistake too


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ElectionsError, match=r"adoption-agreement-006.*adoption-agreement-005"):
        load_form("adoption-agreement-006")


def tiny(option: dict[str, Any], choose: dict[str, Any]) -> dict[str, Any]:
    full = {"citation": "1.01(a)", "label": "A", "group": "1.01(a)", **option}
    group = {"citation": "1.01(a)", "label": "G", "parent": "1.01", "choose": choose, "options": [full]}
    section = {"citation": "1.01", "title": "S", "article": "I", "groups": [group]}
    return {"name": "tiny", "title": "Tiny", "basic_plan_document": "01", "sections": [section]}


@pytest.mark.parametrize(
    ("option", "choose", "says"),
    [
        ({"only_with": ["1.01(z)"]}, {"rule": "exactly_one"}, r"1\.01\(a\) refers to 1\.01\(z\)"),
        ({"not_with": ["1.01(a):amount"]}, {"rule": "exactly_one"}, r"refers to 1\.01\(a\):amount"),
        ({}, {"rule": "sole_or_some", "sole": ["1.01(z)"]}, r"refers to 1\.01\(z\), not one of its options"),
        ({}, {"rule": "exactly_one", "when": ["1.01(z)"]}, r"refers to 1\.01\(z\)"),
        ({}, {"rule": "exactly_one", "sole": ["1.01(a)"]}, "sole_or_some"),
        ({}, {"rule": "sole_or_some"}, "sole_or_some"),
        ({}, {"rule": "some"}, "rule"),
        ({"citation": "1.02(a)"}, {"rule": "exactly_one"}, "out of place"),
        ({"blanks": [{"name": "x", "type": "choice"}]}, {"rule": "exactly_one"}, "a choice needs"),
        ({"surprise": 1}, {"rule": "exactly_one"}, "surprise"),
    ],
)
def test_form_data_that_contradicts_itself_does_not_load(
    option: dict[str, Any], choose: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        Form.model_validate(tiny(option, choose))
