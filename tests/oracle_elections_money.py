"""Reads Article III of an elections file: Compensation, the match, its requirements, salary reduction (44 to 46)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from oracle_plan import Accrual, Change, Deferral, Formula, Limit, Match, MonthDay, NotKnownError

LEFT_OUT: Final = {"1.12(b)": "elective", "1.12(f)": "bonus", "1.12(g)": "overtime", "1.12(h)": "commissions"}
ELIGIBLE: Final = {
    "3.01(i)(1)": "salary_reduction",
    "3.01(i)(2)": "cash_or_deferred",
    "3.01(i)(3)": "mandatory_contribution",
}
EVERY: Final = {
    "the last day of each month": "month",
    "the last day of each calendar quarter": "quarter",
    "the end of each pay period": "pay_period",
}
WORDS: Final = ("1.12(j)", "1.12(l)", "1.12(o)", "3.01(j)(4)", "3.06(f)", "3.06(l)")  # answered by nobody

Checked = Mapping[str, Any]


def contributions(checked: Checked) -> frozenset[str]:
    """Read which contributions there are besides salary reductions (3.01 Part I)."""
    kinds = {"3.01(b)": "matching", "3.01(c)": "qualified_nonelective", "3.01(d)": "nonelective"}
    return frozenset(kind for cite, kind in kinds.items() if cite in checked)


def match(checked: Checked, supplements: Checked) -> Match:
    """Read 1.12, 3.01(h) to (j) and 3.04(c)."""
    _refuse_words(checked)
    tiers = checked.get("3.01(j)(3)") or {}
    widths = [tiers["first_tier_percent"], *(tiers.get("subsequent_tier_percents") or ())] if tiers else []
    return Match(
        left_out=frozenset(part for cite, part in LEFT_OUT.items() if cite in checked),
        most_compensation=_number((checked.get("1.12(d)") or {}).get("maximum")),
        formulas=tuple(_formulas(checked, supplements)),
        no_more_than=_limit(checked, supplements, "3.01(h)(5)(i)"),
        no_less_than=_limit(checked, supplements, "3.01(h)(5)(ii)"),
        eligible=tuple(name for cite, name in ELIGIBLE.items() if cite in checked),
        disregarded_above=_limit(checked, supplements, "3.01(j)(2)"),
        tiers=tuple(Decimal(str(each)) for each in widths),
        tiers_of_plan_year="plan year" in str(tiers.get("of", "")).lower(),
        allocated_every=_every(checked, supplements),
    )


def _refuse_words(checked: Checked) -> None:
    words = [cite for cite in WORDS if cite in checked]
    if words:
        message = f"{words[0]}: left to words"
        raise NotKnownError(message)


def _number(said: object) -> Decimal | None:
    return None if said is None else Decimal(str(said))


def _limit(checked: Checked, supplements: Checked, cite: str) -> Limit | None:
    """Read a limit written in words from its supplement."""
    if cite not in checked:
        return None
    said = supplements.get(cite)
    if said is None:
        message = f"{cite}: the limit is left to words"
        raise NotKnownError(message)
    return Limit(_number(said.get("dollars")), _number(said.get("percent_of_compensation")))


def _formulas(checked: Checked, supplements: Checked) -> list[Formula]:
    """Read 3.01(h)(1) to (4), in the form's order."""
    found = []
    if "3.01(h)(1)" in checked:
        found.append(Formula("3.01(h)(1)", (Decimal(str(checked["3.01(h)(1)"]["percent"])),)))
    if "3.01(h)(2)" in checked:
        said = checked["3.01(h)(2)"]
        percents = [said["first_tier_percent"], *said["subsequent_tier_percents"]]
        found.append(Formula("3.01(h)(2)", tuple(Decimal(str(each)) for each in percents)))
    found += [Formula(cite) for cite in ("3.01(h)(3)(i)", "3.01(h)(3)(ii)") if cite in checked]
    if "3.01(h)(4)" in checked:
        rows, how = checked["3.01(h)(4)"]["percent_by_years"], supplements["3.01(h)(4)"]
        by_years = tuple(sorted((int(years), Decimal(str(percent))) for years, percent in rows.items()))
        found.append(Formula("3.01(h)(4)", by_years=by_years, years=how["years"], counted_on=how["counted_on"]))
    return found


def _every(checked: Checked, supplements: Checked) -> str:
    """Read how often the match is allocated; without 3.04(c) on the Accounting Date only (convention 45)."""
    if "3.04(c)" not in checked:
        return "plan_year"
    words = checked["3.04(c)"]["additional_dates"]
    every = EVERY.get(words) or (supplements.get("3.04(c)") or {}).get("every")
    if every is None:
        message = "3.04(c): the allocation dates are left to words"
        raise NotKnownError(message)
    return str(every)


def accrual(checked: Checked, supplements: Checked) -> Accrual:
    """Read 3.06."""
    hours = None
    if "3.06(d)(1)" in checked:
        hours = Decimal(1000)
    elif "3.06(d)(2)" in checked:
        hours = Decimal(str(checked["3.06(d)(2)"]["hours"]))
    excluded: tuple[str, ...] = ()
    if "3.06(k)(1)" in checked:
        excluded = ("all",)
    elif "3.06(k)(2)" in checked:
        excluded = tuple(checked["3.06(k)(2)"]["options"])
    leavers = (checked.get("3.06(d)(4)") or {}).get("hours")
    return Accrual(
        safe_harbor="3.06(c)" in checked,
        hours=hours,
        hours_note=any((checked.get(cite) or {}).get("note") for cite in ("3.06(d)", "3.06(d)(1)", "3.06(d)(2)")),
        no_hours_after=_reasons(checked, "3.06(d)(3)(i)", "3.06(d)(3)(ii)", "3.06(d)(3)(iii)"),
        leavers_hours=_number(leavers),
        no_hours_for=_contributions_of(checked, supplements, "3.06(d)(5)"),
        employed="3.06(e)" in checked,
        unemployed_after=_reasons(checked, "3.06(e)(2)", "3.06(e)(3)", "3.06(e)(4)"),
        unemployed_for=_contributions_of(checked, supplements, "3.06(e)(5)"),
        not_highly_compensated=excluded,
    )


def _reasons(checked: Checked, *cites: str) -> frozenset[str]:
    """Read the reasons for leaving that lift a requirement."""
    pairs = zip(cites, ("death", "disability", "retirement"), strict=True)
    return frozenset(reason for cite, reason in pairs if cite in checked)


def _contributions_of(checked: Checked, supplements: Checked, cite: str) -> frozenset[str]:
    if cite not in checked:
        return frozenset()
    if cite not in supplements:
        message = f"{cite}: the contributions are left to words"
        raise NotKnownError(message)
    return frozenset(supplements[cite]["contributions"])


def deferral(checked: Checked, supplements: Checked) -> Deferral:
    """Read 3.01(k)."""
    minimum = None
    if "3.01(k)(1)(iii)" in checked:
        minimum = Decimal(str(supplements["3.01(k)(1)(iii)"]["minimum_percent"]))
    kinds = {"2": ("until", "entry_date", "month"), "3": ("plan_year", "entry_date", "month")}
    kinds["4"] = ("payroll", "month", "entry_date")
    return Deferral(
        maximum=_number((checked.get("3.01(k)(1)(ii)") or {}).get("maximum_percent")),
        minimum=minimum,
        revoke=_change(checked, supplements, "2", kinds["2"]),
        resume=_change(checked, supplements, "3", kinds["3"]),
        change=_change(checked, supplements, "4", kinds["4"]),
    )


def _change(checked: Checked, supplements: Checked, group: str, kinds: tuple[str, ...]) -> Change:
    """Read one of 3.01(k)(2) to (4): (i) to (iii) in the order of `kinds`, or (iv)."""
    for option, kind in zip(("i", "ii", "iii"), kinds, strict=True):
        if f"3.01(k)({group})({option})" in checked:
            said = supplements.get(f"3.01(k)({group})({option})") or {}
            return Change(kind, (_month_day(said["no_later_than"]),) if kind == "until" else ())
    said = supplements.get(f"3.01(k)({group})(iv)")
    if said is None:
        message = f"3.01(k)({group})(iv): left to words"
        raise NotKnownError(message)
    return Change("days", tuple(_month_day(each) for each in said["days"]))


def _month_day(text: str) -> MonthDay:
    month, day = text.split("-")
    return int(month), int(day)
