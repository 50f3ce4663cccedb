"""Reads Articles I, II and V of an elections file into an `Agreement`; `oracle_elections_money` reads III and VI.

What is not checked is not elected. Words that the conventions do not understand, with no supplement, are an error.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from oracle_elections_money import accrual, contributions, deferral, match
from oracle_elections_payment import payment
from oracle_plan import (
    Agreement,
    Condition,
    Eligibility,
    Excepted,
    MonthDay,
    NotKnownError,
    Schedules,
    Service,
    Table,
    Vesting,
)

CLASSES: Final = {
    "1.07(b)": "collective_bargaining",
    "1.07(c)": "nonresident_alien",
    "1.07(d)": "commission_sales",
    "1.07(e)": "salaried",
    "1.07(f)": "hourly",
    "1.07(h)": "leased",
}
PURPOSES: Final = {"1.27(b)(2)(i)": "participation", "1.27(b)(2)(ii)": "vesting", "1.27(b)(2)(iii)": "accrual"}
OTHER_FOR: Final = {
    "2.01(c)(1)(i)": "nonelective",
    "2.01(c)(1)(ii)": "matching",
    "2.01(c)(1)(iii)": "qualified_nonelective",
}

Checked = Mapping[str, Any]


def agreement(checked: dict[str, Any], supplements: dict[str, Any], employer: str) -> Agreement:
    """Read everything that the oracle knows of."""
    service = _service(checked, supplements)
    return Agreement(
        employer=employer,
        contributions=contributions(checked),
        service=service,
        eligibility=_eligibility(checked, supplements, service),
        match=match(checked, supplements),
        accrual=accrual(checked, supplements),
        deferral=deferral(checked, supplements),
        vesting=_vesting(checked, supplements),
        payment=payment(checked, supplements),
        checked=checked,
        supplements=supplements,
    )


def blank(checked: Checked, cite: str, name: str) -> Any:  # noqa: ANN401  any blank
    """Give what was written in a blank of a checked box; null if the box or the blank is empty."""
    return (checked.get(cite) or {}).get(name)


def number(checked: Checked, cite: str, name: str) -> Decimal | None:
    """Give a number written in a blank."""
    said = blank(checked, cite, name)
    return None if said is None else Decimal(str(said))


def whole(checked: Checked, cite: str, name: str) -> int | None:
    """Give a whole number written in a blank."""
    said = blank(checked, cite, name)
    return None if said is None else int(said)


def day_of(value: date | str) -> date:
    """Read a date, written out or not."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def month_day(text: str) -> MonthDay:
    """Read a day of the year, as `09-30`."""
    month, day = text.split("-")
    return int(month), int(day)


def _service(checked: Checked, supplements: Checked) -> Service:
    """Read 1.17, 1.18, 1.27 and 1.29 (conventions 31 to 33)."""
    ends = (
        blank(checked, "1.17(a)", "ends_every") if "1.17(a)" in checked else blank(supplements, "1.17(b)", "ends_every")
    )
    if ends is None:
        message = "1.17(b): the Plan Year is left to words"
        raise NotKnownError(message)
    dates = checked.get("1.18") or {}
    effective_on = day_of(dates.get("new_plan_effective_on") or dates["restated_effective_on"])
    excepted = (supplements.get("1.29(c)") or {}).get("except")
    if "1.29(c)" in checked and excepted is None:
        message = "1.29(c): the service left out is left to words"
        raise NotKnownError(message)
    return Service(
        plan_year_end=month_day(ends),
        effective_on=effective_on,
        established_on=day_of(dates.get("originally_established_on") or effective_on),
        equivalency=blank(checked, "1.27(b)", "equivalency"),
        actual_for=frozenset(purpose for cite, purpose in PURPOSES.items() if cite in checked),
        predecessors=tuple(blank(checked, "1.29", "predecessor_employers") or ()),
        predecessor_counts_for=frozenset(
            purpose for cite, purpose in (("1.29(a)", "participation"), ("1.29(b)", "vesting")) if cite in checked
        ),
        excepted=tuple(
            Excepted(each["employer"], *(day_of(each[key]) if each.get(key) else None for key in ("start", "end")))
            for each in (excepted or ())
            if "1.29(c)" in checked
        ),
    )


def _eligibility(checked: Checked, supplements: Checked, service: Service) -> Eligibility:
    """Read 1.07 and 2.01 to 2.06 (conventions 34 to 43)."""
    classes = [name for cite, name in CLASSES.items() if cite in checked]
    if "1.07(g)" in checked:
        classes += supplements["1.07(g)"]["classes"]
    named = tuple((name, None) for name in blank(checked, "1.07(k)", "related_employers") or ())
    signed = blank(checked, "participation", "participating_employer")
    if signed is not None:
        named += ((signed, day_of(blank(checked, "participation", "participation_effective_on"))),)  # type: ignore[assignment]
    first = blank(checked, "2.01(f)", "effective")
    side = {"2.01(g)": "following", "2.01(h)": "preceding", "2.01(i)": "nearest"}
    earlier = {"2.01(k)(1)": "age", "2.01(k)(2)": "prior", "2.01(k)(3)": "other"}
    employed_by = blank(checked, "2.01(k)", "employed_after")
    return Eligibility(
        excluded_classes=tuple(classes),
        joining=named,
        condition=_condition(checked),
        other_condition=_other_condition(checked) if "2.01(c)" in checked else None,
        other_for=tuple(name for cite, name in OTHER_FOR.items() if cite in checked),
        entry_days=tuple(month_day(each) for each in blank(checked, "2.01(f)", "each") or ()),
        entry_months=(0, 6) if "2.01(d)" in checked else (0,) if "2.01(e)" in checked else (),
        first_entry_on=service.effective_on if first is None else day_of(first),
        side=next(name for cite, name in side.items() if cite in checked),
        employed_by=None if employed_by is None else day_of(employed_by),
        earlier_employees=next((name for cite, name in earlier.items() if cite in checked), ""),
        earlier_age=number(checked, "2.01(k)(1)", "age"),
        hours=number(checked, "2.02(b)", "hours") or Decimal(1000),
        by_anniversaries="2.02(c)" in checked,
        hold_out="2.03(b)" in checked,
        opt_out="2.06(b)" in checked,
    )


def _condition(checked: Checked) -> Condition:
    """Read 2.01(a) and (b)."""
    return Condition(
        age=number(checked, "2.01(a)", "age"),
        years=1 if "2.01(b)(1)" in checked else None,
        months=whole(checked, "2.01(b)(2)", "months"),
        hour="2.01(b)(3)" in checked,
    )


def _other_condition(checked: Checked) -> Condition:
    """Read 2.01(c)(2)."""
    return Condition(
        age=number(checked, "2.01(c)(2)(iv)", "age"),
        years=whole(checked, "2.01(c)(2)(i)", "years"),
        months=whole(checked, "2.01(c)(2)(ii)", "months"),
        hour="2.01(c)(2)(iii)" in checked,
    )


def _vesting(checked: Checked, supplements: Checked) -> Vesting:
    """Read 5.01 to 5.08 (conventions 47 to 52)."""
    retires = "5.01(a)" if "5.01(a)" in checked else "5.01(b)"
    employer = None if "5.03(a)" in checked else _schedules(checked.get("5.03(b)") or {})
    matching = employer
    if "5.03(c)(1)" in checked:
        matching = None
    elif "5.03(c)(2)" in checked:
        matching = _schedules(supplements["5.03(c)(2)"])
    full_on = {"5.02(b)": "death", "5.02(c)": "disability"}
    return Vesting(
        retirement_age=number(checked, retires, "age") or Decimal(65),
        retirement_anniversary=whole(checked, "5.01(b)", "anniversary"),
        full_on=frozenset(event for cite, event in full_on.items() if cite in checked),
        employer=employer,
        regular_matching=matching,
        top_heavy_ever_after="5.03(d)(2)" in checked,
        least=number(checked, "5.03(f)", "amount"),
        deemed_cash_out="5.04(b)" in checked,
        by_employment_years="5.06(b)" in checked,
        hours=number(checked, "5.06(d)", "hours") or Decimal(1000),
        not_before_age=number(checked, "5.08(b)", "age"),
        not_before_plan="5.08(c)" in checked,
        parity="5.08(d)" in checked,
    )


def _schedules(said: Mapping[str, Any]) -> Schedules:
    """Read the two schedules of 5.03(b)."""
    other = said.get("non_top_heavy")
    return Schedules(table(said["top_heavy"]), None if other is None else table(other))


def table(rows: Mapping[Any, Any]) -> Table:
    """Read percents by Years of Service, fewest Years first."""
    return tuple(sorted((int(years), Decimal(str(percent))) for years, percent in rows.items()))
