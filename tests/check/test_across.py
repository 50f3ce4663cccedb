"""Contradictions between options: every rule has an agreement that breaks it, and the nearest one that does not."""

from datetime import date
from typing import Any, NamedTuple

import pytest
from check.filled import changed, codes, found, lawful

from planrules.check import finding_kinds
from planrules.check.across import rules


class Pair(NamedTuple):
    """What is changed in the lawful agreement so that a rule is broken, and so that it is not."""

    code: str
    breaks: dict[str, Any]
    holds: dict[str, Any]


def of(checked: dict[str, Any] | None = None, unchecked: tuple[str, ...] = (), **other: Any) -> dict[str, Any]:  # noqa: ANN401  any key
    return {"checked": checked, "unchecked": unchecked, **other}


def dates(**days: date) -> dict[str, Any]:
    return of({"1.18": days})


def two_tiers(*percents: int) -> dict[str, Any]:
    """Matching percentages for two tiers and more, over two tiers of contributions."""
    first, *others = percents
    tiers = {"first_tier_percent": 3, "subsequent_tier_percents": [3], "of": "compensation"}
    match = {"first_tier_percent": first, "subsequent_tier_percents": others}
    return of({"3.01(h)(2)": match, "3.01(j)(3)": tiers}, ("3.01(h)(1)", "3.01(j)(1)"))


def signed(day: int | None, month: str, year: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401  any blank
    written = lawful()["checked"]["execution"] | {"signed_day": day, "signed_month": month, "signed_year": year}
    return {"execution": {key: value for key, value in (written | more).items() if value is not None}}


def joins(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  any blank
    written = {
        "signatory_employer": "Fictional Harbor Mills Co.",
        "participation_effective_on": date(1995, 1, 1),
        "participating_employer": "Fictional Harbor Docks Co.",
        "participating_employer_ein": "00-0000001",
    }
    return {"participation": written | changes, "participation(a)": None}


def waits(contribution: str, conditions: dict[str, Any], vested: str) -> dict[str, Any]:
    schedules = ("5.03(b)", "5.03(d)", "5.03(d)(1)") if vested == "5.03(a)" else ()
    boxes = {"2.01(c)": None, f"2.01(c)(1)({contribution})": None, **conditions, vested: None}
    return of(boxes | ({"5.03(c)": None} if vested == "5.03(c)(1)" else {}), schedules)


def schedules(top_heavy: dict[int, int], other: dict[int, int]) -> dict[str, Any]:
    return of({"5.03(b)": {"top_heavy": top_heavy, "non_top_heavy": other}})


NEW, OTHER = date(1994, 1, 1), date(1990, 1, 1)
TWO_YEARS = {"2.01(c)(2)(i)": {"years": 2}}
MONTHS = {"2.01(c)(2)(ii)": {"months": 13}}
NO_MATCH = {"3.04(i)": None, "3.04(i)(2)": {"amount": 10000}}
LEAST = {"supplements": {"3.01(k)(1)(iii)": {"minimum_percent": 5}}}
MOST = ("3.01(k)(1)(i)",)
LAST = {"addendum(a)": {"plan_years_beginning_after": date(1993, 12, 31)}}
RESTATED = {"1.18": {"restated_effective_on": date(1992, 1, 1), "originally_established_on": OTHER}}

PAIRS = [
    Pair("new_and_restated", dates(new_plan_effective_on=NEW, originally_established_on=OTHER), of()),
    Pair("effective_date_missing", of({}, ("1.18",)), dates(restated_effective_on=NEW, originally_established_on=NEW)),
    Pair("original_date_missing", dates(restated_effective_on=NEW), dates(new_plan_effective_on=NEW)),
    Pair(
        "established_after_restatement",
        dates(restated_effective_on=OTHER, originally_established_on=NEW),
        dates(restated_effective_on=NEW, originally_established_on=NEW),
    ),
    Pair("no_such_day", of(signed(31, "April", 1993)), of(signed(30, "April", 1993))),
    Pair("no_such_day", of(signed(29, "February", 1993)), of(signed(29, "February", 1992))),
    Pair("names_differ", of(plan={"name": "Another Plan"}), of(plan={"name": "fictional  harbor mills savings plan"})),
    Pair("names_differ", of(joins(signatory_employer="Fictional Harbor Docks Co.")), of(joins())),
    Pair("names_differ", of(employer={"name": "Fictional Harbor Mills Co.", "ein": "00-0000002"}), of()),
    Pair(
        "named_and_signed",
        of(joins() | {"1.07(k)": {"related_employers": ["Fictional Harbor Docks Co."]}}, ("1.07(j)",)),
        of(joins() | {"1.07(k)": {"related_employers": ["Fictional Harbor Cranes Co."]}}, ("1.07(j)",)),
    ),
    Pair("joins_itself", of(joins(participating_employer_ein="00-0000000")), of(joins())),
    Pair("joins_itself", of(joins(participating_employer="Fictional Harbor Mills Co.")), of(joins())),
    Pair("joins_before_the_plan", of(joins(participation_effective_on=date(1993, 12, 31))), of(joins())),
    Pair(
        "compensation_delayed",
        of(RESTATED | {"addendum(a)": {"plan_years_beginning_after": date(1994, 1, 1)}}),
        of(RESTATED | LAST),
    ),
    Pair("nobody_left", of({"1.07(e)": None, "1.07(f)": None}, ("1.07(a)",)), of({"1.07(e)": None}, ("1.07(a)",))),
    Pair(
        "first_entry_date_differs",
        of({"2.01(f)": {"effective": date(1994, 2, 1), "each": ["01-01", "07-01"]}}, ("2.01(d)",)),
        of({"2.01(f)": {"effective": NEW, "each": ["01-01", "07-01"]}}, ("2.01(d)",)),
    ),
    Pair("long_wait_without_full_vesting", waits("i", TWO_YEARS, "5.03(c)(1)"), waits("i", TWO_YEARS, "5.03(a)")),
    Pair("long_wait_without_full_vesting", waits("ii", MONTHS, "2.01(a)"), waits("ii", MONTHS, "5.03(c)(1)")),
    Pair(
        "long_wait_without_full_vesting",
        waits("i", MONTHS, "2.01(a)"),
        waits("i", {"2.01(c)(2)(ii)": {"months": 12}}, "2.01(a)"),
    ),
    Pair(
        "conditions_for_nothing",
        waits("iii", {"2.01(c)(2)(i)": {"years": 1}}, "5.03(a)"),
        waits("i", {"2.01(c)(2)(i)": {"years": 1}}, "5.03(a)"),
    ),
    Pair(
        "wait_told_twice",
        waits("iii", {"2.01(c)(2)(iii)": None, "2.01(c)(2)(i)": {"years": 1}}, "5.03(a)"),
        waits("iii", {"2.01(c)(2)(iii)": None}, "5.03(a)"),
    ),
    Pair(
        "second_age_lower",
        waits("i", {"2.01(c)(2)(iv)": {"age": 20}}, "5.03(a)"),
        waits("i", {"2.01(c)(2)(iv)": {"age": 21}}, "5.03(a)"),
    ),
    Pair("match_compensation_open", of({}, ("1.12(k)",)), of({"1.12(l)": {"specify": "base pay"}}, ("1.12(k)",))),
    Pair("deferral_compensation_open", of({}, ("1.12(m)",)), of({"1.12(o)": {"specify": "base pay"}}, ("1.12(m)",))),
    Pair(
        "exclusion_without_effect",
        of({"1.12(f)": None, "3.04(f)": None, **NO_MATCH}, ("1.12(c)", "3.04(e)", "3.04(e)(1)")),
        of({"1.12(f)": None}, ("1.12(c)",)),
    ),
    Pair("tiers_differ", two_tiers(50, 25, 10), two_tiers(50, 25)),
    Pair(
        "tiers_unused",
        of({"3.01(j)(3)": two_tiers(50, 25)["checked"]["3.01(j)(3)"]}, ("3.01(j)(1)",)),
        two_tiers(50, 25),
    ),
    Pair(
        "all_and_a_limit",
        of({"3.01(j)(2)": {"limit": "6% of Compensation"}}),
        of({"3.01(j)(2)": {"limit": "6% of Compensation"}}, ("3.01(j)(1)",)),
    ),
    Pair(
        "match_falls_with_service",
        of({"3.01(h)(4)": {"percent_by_years": {1: 50, 5: 25}, "years_determined_by": "vesting"}}),
        of({"3.01(h)(4)": {"percent_by_years": {1: 25, 5: 50}, "years_determined_by": "vesting"}}),
    ),
    Pair(
        "least_deferral_above_most",
        of({"3.01(k)(1)(ii)": {"maximum_percent": 4}, "3.01(k)(1)(iii)": {"minimum": "5%"}}, MOST, **LEAST),
        of({"3.01(k)(1)(ii)": {"maximum_percent": 5}, "3.01(k)(1)(iii)": {"minimum": "5%"}}, MOST, **LEAST),
    ),
    Pair(
        "names_option_not_elected",
        of({"3.04(a)(3)": {"options": ["(h)(2)"]}}),
        of({"3.04(a)(3)": {"options": ["(h)(1)"]}}),
    ),
    Pair(
        "names_option_not_elected",
        of({"3.06(k)": None, "3.06(k)(2)": {"options": ["the last one"]}}, ("3.06(j)",)),
        of({"3.06(k)": None, "3.06(k)(2)": {"options": ["3.01(h)(1)"]}}, ("3.06(j)",)),
    ),
    Pair(
        "names_option_not_elected",
        of({"3.05(d)": None, "3.05(c)": None, "3.05(c)(1)": None, "3.05(d)(2)": {"option": "(b)"}}),
        of({"3.05(d)": None, "3.05(c)": None, "3.05(c)(1)": None, "3.05(d)(2)": {"option": "(c)"}}),
    ),
    Pair(
        "two_hours_conditions",
        of({"3.06(d)": None, "3.06(d)(1)": None, "3.06(d)(2)": {"hours": 500}}, ("3.06(c)",)),
        of({"3.06(d)": None, "3.06(d)(2)": {"hours": 500}}, ("3.06(c)",)),
    ),
    Pair(
        "hours_condition_without_hours",
        of({"3.06(d)": None, "3.06(d)(4)": {"hours": 500}}, ("3.06(c)",)),
        of({"3.06(d)": None, "3.06(d)(1)": None, "3.06(d)(4)": {"hours": 500}}, ("3.06(c)",)),
    ),
    Pair(
        "more_hours_for_leavers",
        of({"3.06(d)": None, "3.06(d)(2)": {"hours": 500}, "3.06(d)(4)": {"hours": 501}}, ("3.06(c)",)),
        of({"3.06(d)": None, "3.06(d)(1)": None, "3.06(d)(4)": {"hours": 1000}}, ("3.06(c)",)),
    ),
    Pair(
        "mandatory_contributions_unmatched",
        of({"4.01(b)": None, "4.01(c)": None, "4.01(c)(1)": {"amount": "2%"}}, ("4.01(a)",)),
        of({"4.01(b)": None, "4.01(c)": None, "4.01(c)(1)": {"amount": "2%"}, "3.01(i)(3)": None}, ("4.01(a)",)),
    ),
    Pair(
        "vesting_for_nothing",
        of({"5.03(c)": None, "5.03(c)(1)": None, "3.04(a)(2)": None}, ("3.04(a)(1)",)),
        of({"5.03(c)": None, "5.03(c)(1)": None}),
    ),
    Pair("top_heavy_slower", schedules({3: 100}, {2: 20, 5: 100}), schedules({3: 100}, {5: 100})),
    Pair(
        "no_method_of_payment",
        of({"6.02(b)": {"specify": "none"}, "6.02(c)": None, "6.02(c)(1)": None}, ("6.02(a)",)),
        of({"6.02(b)": {"specify": "none"}, "6.02(c)": None, "6.02(c)(2)": {"years": 10}}, ("6.02(a)",)),
    ),
    Pair(
        "lump_sum_needed",
        of({"6.02(b)": {"specify": "none"}, "6.03(n)": None}, ("6.02(a)", "6.03(m)")),
        of({"6.02(e)": None, "6.03(n)": None}, ("6.02(a)", "6.03(m)")),
    ),
    Pair(
        "annuities_required_but_none",
        of({"6.04(b)": None, "6.02(d)": {"annuity_options": "None."}}, ("6.04(a)", "6.02(a)")),
        of({"6.04(b)": None, "6.02(d)": {"annuity_options": "a life annuity"}}, ("6.04(a)", "6.02(a)")),
    ),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_contradiction_is_found_and_its_neighbour_is_not(pair: Pair) -> None:
    broken = [cites for code, cites in found(changed(**pair.breaks)) if code == pair.code]
    assert broken == [rules[pair.code][0]]
    assert pair.code not in codes(changed(**pair.holds))


def test_every_rule_has_a_pair_and_every_code_is_used() -> None:
    assert {pair.code for pair in PAIRS} == set(rules)
    assert set(rules) == {code for code, kind in finding_kinds().items() if kind.family == "contradiction"}
    assert all(kind.do for kind in finding_kinds().values() if kind.family == "contradiction")
