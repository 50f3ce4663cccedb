"""The form's "choose" rules: what breaks each kind of rule, and what does not."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from check.filled import STEEL, changed, codes, found, lawful, marked

from planrules.check import check_elections
from planrules.check.settling import settled_choices, settling
from planrules.form import Group, load_form
from planrules.plan.readings import catalogue

FORM = load_form("adoption-agreement-005")


def aa(*citations: str) -> tuple[str, ...]:
    return tuple(f"AA {citation}" for citation in citations)


def test_steel_breaks_exactly_three_rules() -> None:
    findings = check_elections(STEEL).findings
    assert [(each.severity, each.code, each.cites, each.readings) for each in findings] == [
        ("error", "none_chosen", aa("1.07(j)", "1.07(k)"), ("related_employers",)),
        ("error", "more_than_one", aa("6.01(b)", "6.01(e)"), ("distribution_dates",)),
        ("error", "alone_or_others", aa("6.02(a)", "6.02(c)", "6.02(d)"), ("payment_forms",)),
    ]


def test_a_complete_agreement_has_no_findings() -> None:
    assert found(lawful()) == []


@pytest.mark.parametrize(
    ("checked", "unchecked", "expected"),
    [
        ({}, ["2.01(d)"], ("none_chosen", aa("2.01(d)", "2.01(e)", "2.01(f)"))),
        ({"2.01(e)": None}, [], ("more_than_one", aa("2.01(d)", "2.01(e)"))),
        ({"1.07(b)": None}, [], ("alone_or_others", aa("1.07(a)", "1.07(b)"))),
        ({}, ["3.01(j)", "3.01(j)(1)"], ("not_completed", aa("3.01(j)"))),
        ({}, ["2.01(b)"], ("parent_not_checked", aa("2.01(b)", "2.01(b)(1)"))),
        ({}, ["3.01(k)(2)(ii)"], ("none_chosen", aa(*(f"3.01(k)(2)({each})" for each in ("i", "ii", "iii", "iv"))))),
        ({}, ["10.14(a)"], ("section_left_empty", aa("10.14"))),
        ({}, ["1.03"], ("section_left_empty", aa("1.03"))),
        ({}, ["6.01"], ("not_completed", aa("6.01"))),
        ({"3.18(c)": None}, [], ("does_not_apply", aa("3.18(c)"))),
        ({"participation(a)": None}, [], ("not_completed", aa("participation"))),
        ({"1.12(e)": None, "1.12(f)": None}, ["1.12(c)"], None),
        ({"5.02(a)": None}, ["5.02(b)", "5.02(c)"], None),
        ({"addendum(a)": None}, [], ("missing_blank", aa("addendum(a)"))),
    ],
)
def test_a_broken_rule_is_found(checked: dict[str, Any], unchecked: list[str], expected: object) -> None:
    findings = found(changed(checked, unchecked))
    assert expected in findings if expected else findings == []


def test_two_boxes_beside_a_sole_one_are_all_named() -> None:
    data = changed({"2.01(c)": None}, ["2.01(a)", "2.01(b)", "2.01(b)(1)"])
    (only,) = [each for each in check_elections(data).findings if each.what.startswith("Eligibility conditions")]
    assert only.what == (
        "Eligibility conditions: neither 2.01(a) nor 2.01(b) is checked; 2.01(c) can only stand beside one of them"
    )


def test_headings_without_a_box_are_gone_through() -> None:
    data = changed({"2.01(c)": None, "2.01(c)(1)(ii)": None})
    assert found(data) == [("none_chosen", aa(*(f"2.01(c)(2)({each})" for each in ("i", "ii", "iii", "iv"))))]
    data = changed({"2.06(b)": None, "2.06(b)(1)": {"filed_no_later_than": "June 1"}}, ["2.06(a)"])
    assert ("not_completed", aa("2.06(b)(2)", "2.06(b)(4)")) in found(data)
    assert ("none_chosen", aa("2.06(b)(3)(i)", "2.06(b)(3)(ii)")) in found(data)


def test_not_applicable_marks() -> None:
    assert codes(changed(not_applicable=marked(without=["2.01(j)-(k)"]))) == ["neither_chosen_nor_marked"]
    assert codes(changed(not_applicable=marked(without=["1.29"]))) == ["neither_chosen_nor_marked"]
    assert codes(changed(not_applicable=marked("3.01(a)(2)"))) == ["mark_not_foreseen"]
    whole = changed(unchecked=["10.14(a)"], not_applicable=marked("10.14"))
    assert found(whole) == [("not_applicable_not_allowed", aa("10.14"))]
    group = changed(unchecked=["2.01(d)"], not_applicable=marked("2.01(d)-(f)"))
    assert found(group) == [("not_applicable_not_allowed", aa("2.01(d)-(f)"))]


def test_parts_that_do_not_apply_ask_for_nothing() -> None:
    part_two = [cite for cite in lawful()["checked"] if cite.startswith(("3.01(h)", "3.01(i)", "3.01(j)", "3.04(a)"))]
    assert found(changed(unchecked=["3.01(b)", *part_two])) == []


@pytest.mark.parametrize(
    "citation", [each.citation for each in FORM.group.values() if each.choose.rule == "exactly_one"]
)
def test_every_choice_of_one_is_judged_by_its_data(citation: str) -> None:
    group = FORM.group[citation]
    options = [option.citation for option in group.options if option.citation not in group.choose.additional]
    above = _above(citation)
    hiding = [option for each in above for option in FORM.group[each].choose.unless]
    boxes = [option for each in above for option in (FORM.group[each].parent, *FORM.group[each].choose.when)]
    checked = dict.fromkeys(option for option in (*options, *boxes) if option in FORM.option)
    findings = found(changed(checked, hiding, not_applicable=[]))
    assert ("more_than_one", aa(*options)) in findings


def _above(citation: str) -> list[str]:
    """The group and those it stands under."""
    parent = FORM.group[citation].parent
    return [citation, *(_above(FORM.option[parent].group) if parent in FORM.option else [])]


def test_a_reading_is_named_only_for_the_broken_choice_that_it_settles() -> None:
    named = {
        reading: (group.citation, checked)
        for group in FORM.group.values()
        for checked in ((), *broken(group))
        for reading in settling(group.citation, checked)
    }
    assert named == {
        "related_employers": ("1.07(j)-(k)", ()),
        "distribution_dates": ("6.01(a)-(e)", ("6.01(b)", "6.01(e)")),
        "payment_forms": ("6.02(a)-(e)", ("6.02(a)", "6.02(c)", "6.02(d)")),
    }


def broken(group: Group) -> Iterator[tuple[str, ...]]:
    """Every two or more options of a group together."""
    options = [option.citation for option in group.options]
    yield from (some for count in range(2, len(options) + 1) for some in combinations(options, count))


def test_every_broken_choice_that_a_reading_settles_is_one_of_the_form() -> None:
    for name, settled in settled_choices().items():
        assert name in catalogue()
        assert settled.checked <= {option.citation for option in FORM.group[settled.group].options}


def test_no_reading_is_suggested_where_hours_are_credited_in_no_way() -> None:
    data = lawful()
    del data["checked"]["1.27(a)"]
    (found,) = [each for each in check_elections(data).findings if each.code == "section_left_empty"]
    assert found.readings == ()
    del data["checked"]["5.06(c)"]
    (found,) = [each for each in check_elections(data).findings if each.code == "none_chosen"]
    assert (found.cites, found.readings) == (("AA 5.06(c)", "AA 5.06(d)"), ())
    assert "reading" not in found.do
