"""Articles I (Compensation), III and VI of drawn agreements: pay, the match, its requirements, deferrals, payment."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from hypothesis import strategies as st
from strategies_groups import Group, Part, one_of, some_of_boxes

RATE_DAYS: Final = (date(1994, 10, 1), date(1994, 1, 1), date(1995, 1, 31), date(1995, 2, 1), date(1996, 3, 15))
RULES: Final[tuple[Mapping[str, Any], ...]] = (
    {"days_after_separation": 0},
    {"days_after_separation": 60},
    {"months_after_separation": 6},
    {"plan_years_after": 1, "day": "first"},
    {"plan_years_after": 2, "day": "last"},
    {"plan_years_after": 1, "day": 60},
)
FORMULAS: Final[tuple[Mapping[str, Any], ...]] = (
    {"3.01(h)(1)": {"percent": 50}},
    {"3.01(h)(1)": {"percent": "12.5"}},
    {"3.01(h)(2)": {"first_tier_percent": 100, "subsequent_tier_percents": [50]}},
    {"3.01(h)(3)": None, "3.01(h)(3)(i)": None},
    {"3.01(h)(3)": None, "3.01(h)(3)(ii)": None},
    {"3.01(h)(4)": {"percent_by_years": {0: 10, 1: 25, 3: 50}, "years_determined_by": "As described"}},
    {"3.01(h)(1)": {"percent": 10}, "3.01(h)(3)": None, "3.01(h)(3)(ii)": None},
)


def groups() -> Iterator[tuple[str, Group]]:
    """Groups of Article III, of Compensation and of Article VI."""
    yield "1.12(a)", one_of("1.12(a)", {"1.12(b)": None})
    yield (
        "1.12(c)",
        some_of_boxes("1.12(c)", "1.12(c)", {"1.12(d)": {"maximum": "12500.00"}}, "1.12(f)", "1.12(g)", "1.12(h)"),
    )
    yield "3.01(h)", _formulas()
    yield "3.01(i)", some_of_boxes("3.01(i)(", "3.01(i)(1)", "3.01(i)(1)", "3.01(i)(2)", "3.01(i)(3)")
    yield "3.01(j)", _counted()
    yield "3.01(h)(5)", _limit()
    yield "3.04(c)", _allocation_dates()
    yield "3.06(d)", _accrual()
    yield "3.06(k)", _highly_compensated()
    yield "3.01(k)(1)", _limits_of_deferral()
    yield from _changes()
    yield "6.01", _general()
    yield "6.01(a)", _small()
    yield "6.03(a)", _large()
    yield "6.01(f)", _disability()
    yield "6.01(i)", one_of("6.01(i)", *({"6.01(j)": None, f"6.01(j)({each})": None} for each in "123"))
    yield "6.03(d)", _employer_money()
    yield "6.03(i)", _deferral_money()


def _formulas() -> Group:
    """3.01(h)(1) to (4)."""
    how = st.sampled_from(
        [
            {"years": years, "counted_on": counted_on}
            for years in ("vesting", "eligibility")
            for counted_on in ("plan_year_start", "allocation_date")
        ]
    )

    def part(drawn: tuple[Mapping[str, Any], Mapping[str, Any]]) -> Part:
        boxes, said = drawn
        return Part(("3.01(h)(",), boxes, {"3.01(h)(4)": said} if "3.01(h)(4)" in boxes else {})

    return st.tuples(st.sampled_from(FORMULAS), how).map(part)


def _counted() -> Group:
    """3.01(j): tiers of the period or of the Plan Year, with or without a limit."""
    tiers = st.sampled_from(
        (
            {"first_tier_percent": 3, "subsequent_tier_percents": [3], "of": "Compensation for the Plan Year"},
            {
                "first_tier_percent": 2,
                "subsequent_tier_percents": [2, 1],
                "of": "compensation paid during the applicable Allocation Period",
            },
        )
    )
    limits = st.sampled_from((None, {"percent_of_compensation": 4}, {"dollars": "100.00"}))

    def part(drawn: tuple[Mapping[str, Any], Mapping[str, Any] | None, bool]) -> Part:
        widths, limit, everything = drawn
        boxes: dict[str, Any] = {"3.01(j)(3)": dict(widths)}
        if everything and limit is None:
            boxes |= {"3.01(j)(1)": None}
        if limit is not None:
            boxes |= {"3.01(j)(2)": {"limit": "As described"}}
        return Part(("3.01(j)(",), boxes, {} if limit is None else {"3.01(j)(2)": limit})

    return st.tuples(tiers, limits, st.booleans()).map(part)


def _limit() -> Group:
    """3.01(h)(5)."""
    limits = st.sampled_from(({"dollars": "50.00"}, {"percent_of_compensation": 1}))

    def part(drawn: tuple[str, Mapping[str, Any]]) -> Part:
        cite = f"3.01(h)(5)({drawn[0]})"
        return Part((), {"3.01(h)(5)": None, cite: {"limit": "As described"}}, {cite: drawn[1]})

    return st.tuples(st.sampled_from(("i", "ii")), limits).map(part)


def _allocation_dates() -> Group:
    """3.04(c)."""
    words = [
        {"3.04(c)": {"additional_dates": each}}
        for each in ("the last day of each calendar quarter", "the end of each pay period")
    ]
    own = ({"3.04(c)": {"additional_dates": "As described"}}, {"3.04(c)": {"every": "quarter"}})
    return one_of("3.04(c)", {}, *words, own)


def _accrual() -> Group:
    """3.06(c) to (e)."""
    hours = st.sampled_from(({}, {"3.06(d)(1)": None}, {"3.06(d)(2)": {"hours": 600}}))
    exempt = st.sampled_from(
        ({}, {"3.06(d)(3)": None, "3.06(d)(3)(i)": None}, {"3.06(d)(3)": None, "3.06(d)(3)(iii)": None})
    )
    leavers = st.sampled_from(({}, {}, {"3.06(d)(4)": {"hours": 300}}))
    no_hours = st.sampled_from(({}, {}, {"3.06(d)(5)": {"contributions": "As described"}}))
    employed = st.sampled_from(
        (
            {"3.06(e)": None, "3.06(e)(1)": None},
            {},
            {"3.06(e)": None, "3.06(e)(2)": None, "3.06(e)(3)": None},
            {"3.06(e)": None, "3.06(e)(4)": None},
            {"3.06(e)": None, "3.06(e)(5)": {"contributions": "As described"}},
        )
    )

    def part(drawn: tuple[Mapping[str, Any], ...]) -> Part:
        boxes: dict[str, Any] = {}
        for each in drawn:
            boxes |= dict(each)
        if any(cite.startswith("3.06(d)") for cite in boxes):
            boxes["3.06(d)"] = None
        said = {cite: {"contributions": ["matching"]} for cite in ("3.06(d)(5)", "3.06(e)(5)") if cite in boxes}
        return Part(("3.06(d)", "3.06(e)"), boxes or {"3.06(c)": None}, said)

    return st.one_of(
        st.just(Part(("3.06(d)", "3.06(e)"), {"3.06(c)": None}, {})),
        st.tuples(hours, exempt, leavers, no_hours, employed).map(part),
    )


def _highly_compensated() -> Group:
    """3.06(k)."""
    some = {"3.06(k)": None, "3.06(k)(2)": {"options": ["3.01(h)(3)", "3.01(h)(1)"]}}
    return one_of("3.06(j)", {"3.06(k)": None, "3.06(k)(1)": None}, some)


def _limits_of_deferral() -> Group:
    """3.01(k)(1)."""
    least = ({"3.01(k)(1)(iii)": {"minimum": "As described"}}, {"3.01(k)(1)(iii)": {"minimum_percent": 1}})
    return one_of("3.01(k)(1)", {"3.01(k)(1)(i)": None}, {"3.01(k)(1)(ii)": {"maximum_percent": "12.5"}}, least)


def _changes() -> Iterator[tuple[str, Group]]:
    """3.01(k)(2) to (4)."""
    days = {"days": ["02-29", "11-15"]}
    for number in ("2", "3", "4"):
        cite = f"3.01(k)({number})"
        until = ({f"{cite}(i)": {"no_later_than": "As described"}}, {f"{cite}(i)": {"no_later_than": "03-31"}})
        first: Any = until if number == "2" else {f"{cite}(i)": None}
        others = [{f"{cite}({option})": None} for option in ("ii", "iii")]
        yield cite, one_of(cite, first, *others, ({f"{cite}(iv)": {"specify": "As described"}}, {f"{cite}(iv)": days}))


def _general() -> Group:
    """6.01."""
    rules = st.sampled_from(RULES)
    return rules.map(lambda rule: Part(("6.01~",), {"6.01": {"distribution_date": "As described"}}, {"6.01": rule}))


def _small() -> Group:
    """6.01(a) to (e), one of them."""
    options = st.sampled_from(
        (
            ("6.01(a)", {"when": "As described", "plan_year": "first"}),
            ("6.01(b)", {"when": "As described"}),
            ("6.01(c)", {"when": "As described", "breaks": 1}),
            ("6.01(c)", {"when": "As described", "breaks": 2}),
            ("6.01(d)", {"when": "As described", "days": 60}),
            ("6.01(e)", {"specify": "As described"}),
        )
    )

    def part(drawn: tuple[tuple[str, Mapping[str, Any]], Mapping[str, Any]]) -> Part:
        (cite, blanks), rule = drawn
        return Part(("6.01(b)", "6.01(e)"), {cite: dict(blanks)}, {cite: rule})

    understood = Part(("6.01(b)", "6.01(e)"), {"6.01(b)": {"when": "As soon as practical after the 30th day"}}, {})
    return st.one_of(st.just(understood), st.tuples(options, st.sampled_from(RULES)).map(part))


def _large() -> Group:
    """6.03(a) to (c), some of them."""
    options: dict[str, Mapping[str, Any] | None] = {
        "6.03(a)": {"not_earlier_than": "As described", "plan_year": "first"},
        "6.03(b)(1)": None,
        "6.03(b)(2)": None,
        "6.03(b)(3)": {"plan_years": "As described"},
        "6.03(b)(4)": {"breaks": 2},
        "6.03(b)(5)": {"age": 50, "years_of_service": 3},
        "6.03(b)(6)": {"specify": "As described"},
        "6.03(c)": {"specify": "As described"},
    }

    def part(drawn: tuple[set[str], Mapping[str, Any]]) -> Part:
        cites, rule = sorted(drawn[0]), drawn[1]
        boxes = {cite: options[cite] for cite in cites}
        if any(cite.startswith("6.03(b)") for cite in cites):
            boxes["6.03(b)"] = None
        ruled = [cite for cite in cites if cite in {"6.03(a)", "6.03(b)(3)", "6.03(b)(6)", "6.03(c)"}]
        first_day = {"plan_years_after": 2, "day": "first"}
        return Part(("6.03(b)",), boxes, {cite: first_day if cite == "6.03(b)(3)" else rule for cite in ruled})

    cites = st.sets(st.sampled_from(sorted(options)), min_size=1, max_size=3)
    return st.tuples(cites, st.sampled_from(RULES)).map(part)


def _disability() -> Group:
    """6.01(f) to (h)."""
    words = {"6.01(f)": {"when": "As soon as practical after the 10th day"}}
    other = ({"6.01(h)": {"specify": "As described"}}, {"6.01(h)": RULES[3]})
    return one_of("6.01(f)", words, {"6.01(g)": None}, other)


def _employer_money() -> Group:
    """6.03(d) to (g)."""
    ages: dict[str, Any] = {"6.03(e)": None, "6.03(e)(2)": {"age": 50, "vested_percent": 60}}
    hardship: dict[str, Any] = {"6.03(g)": None, "6.03(g)(2)": None, "6.03(g)(4)": {"vested_percent": 40}}
    return one_of(
        "6.03(d)",
        {"6.03(e)": None, "6.03(e)(1)": None},
        ages,
        {"6.03(f)": {"years": 5}},
        {"6.03(f)": {"years": 5}} | ages,
        {"6.03(g)": None, "6.03(g)(1)": None},
        hardship,
    )


def _deferral_money() -> Group:
    """6.03(i) to (k)."""
    return one_of(
        "6.03(k)",
        {"6.03(i)": None},
        {"6.03(j)": None, "6.03(j)(1)": None},
        {"6.03(j)": None, "6.03(j)(2)": {"age": "59.5"}, "6.03(k)": None},
    )


def make_valid(checked: dict[str, Any]) -> None:
    """Mend what two groups cannot choose by themselves: what would need a count of pay periods, or hours to except."""
    words = (checked.get("3.04(c)") or {}).get("additional_dates")
    hours = [cite for cite in checked if cite.startswith("3.06(d)")]
    if words == "the end of each pay period" and hours:
        for cite in hours:
            del checked[cite]
        if not any(cite.startswith(("3.06(c)", "3.06(e)")) for cite in checked):
            checked["3.06(c)"] = None
    if "3.06(d)" in checked and {cite for cite in hours if cite != "3.06(d)"} <= {"3.06(d)(3)", "3.06(d)(3)(i)"}:
        checked["3.06(d)(1)"] = None
