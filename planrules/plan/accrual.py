"""Section 3.06: the conditions for an allocation of matching and nonelective contributions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from planrules.plan.dependent import ALLOCATED, MATCH
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.matching import options_of_3_01
from planrules.supplements import Contributions

Leaving = Literal["death", "disability", "retirement_age"]
_NO_HOURS_AFTER: Mapping[str, Leaving] = {
    "3.06(d)(3)(i)": "death",
    "3.06(d)(3)(ii)": "disability",
    "3.06(d)(3)(iii)": "retirement_age",
}
_NO_EMPLOYMENT_AFTER: Mapping[str, Leaving] = {
    "3.06(e)(2)": "death",
    "3.06(e)(3)": "disability",
    "3.06(e)(4)": "retirement_age",
}
_NOTED = ("3.06(d)", "3.06(d)(1)", "3.06(d)(2)")
_DEEMED = "forfeited_as_deemed"
"""People of whom the day of a deemed cash-out rests on the conditions."""


class Accrual(Provisions):
    """Conditions for an allocation (AA 3.06).

    Hours are those of the Plan Year; 0 asks for none. `leavers_hours` are asked of who leaves in the Plan Year instead,
    null where nothing else is. The leavings named in `no_hours_after` and `no_employment_after` lift a condition for
    the Plan Year in which they happen. `withheld_from_highly_compensated` names matching formulas by their option.
    """

    first_year_compensation: Literal["plan_year", "as_participant"]
    safe_harbor: bool
    safe_harbor_hours: int
    safe_harbor_hours_employed: int
    accrual_hours: Decimal
    match_hours: Decimal
    leavers_hours: Decimal | None
    match_leavers_hours: Decimal | None
    no_hours_after: tuple[Leaving, ...]
    nonelective_employment: bool
    match_employment_condition: Literal["plan_year_end", "allocation_period_end", "none"]
    no_employment_after: tuple[Leaving, ...]
    withheld_from_highly_compensated: tuple[str, ...]


def accrual(agreement: Agreement) -> Accrual:
    """The conditions of an agreement; conditions in words whose meaning is not told leave open what rests on them.

    Raises:
        UnsupportedElectionError: none or both of 3.06(a) and (b).
    """
    no_hours_for = _contributions(agreement, "3.06(d)(5)")
    unemployed_for = _contributions(agreement, "3.06(e)(5)")
    if agreement.elections.has("3.06(f)"):
        _leave_open(agreement, "3.06(f)")
    if agreement.elections.has("3.06(l)"):
        agreement.tell_not("3.06(l)", ALLOCATED)
    hours, of_leavers = _hours(agreement), _leavers_hours(agreement)
    return Accrual.of(
        first_year_compensation=agreement.one_of(
            "Compensation of the first year", {"3.06(a)": lambda _: "plan_year", "3.06(b)": lambda _: "as_participant"}
        ),
        safe_harbor=Elected(agreement.elections.has("3.06(c)"), ("AA 3.06(c)",)),
        safe_harbor_hours=agreement.fixed("safe_harbor_hours"),
        safe_harbor_hours_employed=agreement.fixed("safe_harbor_hours_employed"),
        **_of_nonelective(hours, of_leavers, no_hours_for),
        **_of_match(agreement, hours, of_leavers, no_hours_for),
        no_hours_after=_lifted(agreement, _NO_HOURS_AFTER, "AA 3.06(d)"),
        nonelective_employment=Elected(
            agreement.elections.has("3.06(e)") and "nonelective" not in unemployed_for, ("AA 3.06(e)",)
        ),
        match_employment_condition=_employment(agreement, unemployed_for),
        no_employment_after=_lifted(agreement, _NO_EMPLOYMENT_AFTER, "AA 3.06(e)"),
        withheld_from_highly_compensated=_withheld(agreement),
    )


def _leave_open(agreement: Agreement, option: str) -> None:
    """Words that bear on every contribution: on what of the match is allocated, and on a deemed cash-out."""
    agreement.tell_not(option, ALLOCATED)
    agreement.tell_not(option, ("forfeiture_on",), only=_DEEMED)


def _contributions(agreement: Agreement, option: str) -> tuple[str, ...]:
    """The contributions that a condition does not reach."""
    if not agreement.elections.has(option):
        return ()
    told = agreement.elections.supplements.get(option)
    if isinstance(told, Contributions):
        return told.contributions
    _leave_open(agreement, option)
    return ()


def _hours(agreement: Agreement) -> Elected[Decimal]:
    """The hours asked for in a Plan Year; where both boxes are checked, the more."""
    if agreement.elections.has("3.06(d)(1)"):
        fixed = agreement.fixed("accrual_hours")
        return Elected(Decimal(fixed.value), fixed.cites)
    if agreement.elections.has("3.06(d)(2)"):
        return Elected(Decimal(agreement.blank("3.06(d)(2)", "hours")), ("AA 3.06(d)(2)",))
    return Elected(Decimal(0), ("AA 3.06",))


def _of_nonelective(
    hours: Elected[Decimal], of_leavers: Elected[Decimal | None], no_hours_for: tuple[str, ...]
) -> dict[str, Elected[Any]]:
    if "nonelective" in no_hours_for:
        return {
            "accrual_hours": Elected(Decimal(0), ("AA 3.06(d)(5)",)),
            "leavers_hours": Elected(None, ("AA 3.06(d)(5)",)),
        }
    return {"accrual_hours": hours, "leavers_hours": of_leavers}


def _of_match(
    agreement: Agreement, hours: Elected[Decimal], of_leavers: Elected[Decimal | None], no_hours_for: tuple[str, ...]
) -> dict[str, Elected[Any]]:
    """The hours asked for of the match; what a note beside the box does to them is a reading."""
    cites: tuple[str, ...] = ("AA 3.06(d)(5)",)
    reached = "matching" not in no_hours_for
    noted = [option for option in _NOTED if agreement.blank(option, "note")]
    if reached and noted and all(agreement.words(option, "note", ALLOCATED) for option in noted):
        reading = agreement.reading("hours_condition_on_match")
        reached, cites = reading.value == "hours_each_month", reading.cites
        hours = Elected(hours.value, cites)
    if not reached:
        return {"match_hours": Elected(Decimal(0), cites), "match_leavers_hours": Elected(None, cites)}
    return {"match_hours": hours, "match_leavers_hours": of_leavers}


def _leavers_hours(agreement: Agreement) -> Elected[Decimal | None]:
    if not agreement.elections.has("3.06(d)(4)"):
        return Elected(None, ("AA 3.06(d)",))
    return Elected(Decimal(agreement.blank("3.06(d)(4)", "hours")), ("AA 3.06(d)(4)",))


def _lifted(agreement: Agreement, options: Mapping[str, Leaving], otherwise: str) -> Elected[tuple[Leaving, ...]]:
    found = agreement.flags(options)
    return Elected(found.value, found.cites or (otherwise,))


def _employment(agreement: Agreement, unemployed_for: tuple[str, ...]) -> Elected[str]:
    """When employment is asked for of the match."""
    if agreement.elections.has("3.06(c)"):
        return Elected("plan_year_end", ("AA 3.06(c)",))
    if not agreement.elections.has("3.06(e)"):
        return Elected("none", ("AA 3.06",))
    if "matching" in unemployed_for:
        return Elected("none", ("AA 3.06(e)(5)",))
    exceptions = agreement.flags({"3.06(e)(1)": None, **dict.fromkeys(_NO_EMPLOYMENT_AFTER), "3.06(e)(5)": None})
    condition = agreement.choices["match_employment_condition"]
    dates = ("AA 3.04(c)",) if agreement.elections.has("3.04(c)") else ()
    return Elected(condition, (*exceptions.cites, *dates, "Plan 14.06(B)"))


def _withheld(agreement: Agreement) -> Elected[tuple[str, ...]]:
    """The formulas whose match no Highly Compensated Employee gets."""
    if agreement.elections.has("3.06(k)(1)"):
        return Elected(("3.01(h)",), ("AA 3.06(k)(1)",))
    if not agreement.elections.has("3.06(k)(2)"):
        return Elected((), ("AA 3.06(j)",))
    named = options_of_3_01(agreement.blank("3.06(k)(2)", "options"))
    if named is None:
        agreement.tell_not("3.06(k)(2)", MATCH)
    return Elected(named or (), ("AA 3.06(k)(2)",))
