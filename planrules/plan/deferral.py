"""Section 3.01(k) and Article XIV: how much a Participant may defer and when it may be changed."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Literal

from pydantic import BaseModel, ConfigDict

from planrules.dates import MonthDay
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.supplements import Days, LastDay, LeastDeferral

Kind = Literal["plan_entry_date", "month", "plan_year", "payroll_period", "until_day", "days"]
_REVOKING: Mapping[str, Kind] = {
    "3.01(k)(2)(i)": "until_day",
    "3.01(k)(2)(ii)": "plan_entry_date",
    "3.01(k)(2)(iii)": "month",
    "3.01(k)(2)(iv)": "days",
}
_RESUMING: Mapping[str, Kind] = {
    "3.01(k)(3)(i)": "plan_year",
    "3.01(k)(3)(ii)": "plan_entry_date",
    "3.01(k)(3)(iii)": "month",
    "3.01(k)(3)(iv)": "days",
}
_CHANGING: Mapping[str, Kind] = {
    "3.01(k)(4)(i)": "payroll_period",
    "3.01(k)(4)(ii)": "month",
    "3.01(k)(4)(iii)": "plan_entry_date",
    "3.01(k)(4)(iv)": "days",
}
_ENTRY_DAYS = ("2.01(d)", "2.01(e)", "2.01(f)")


class Times(BaseModel):
    """When something can be done about a salary reduction agreement.

    Attributes:
        kind: on a Plan Entry Date, the first day of a month, of a Plan Year or of a payroll period, on any day up to
            one of the Plan Year, or on days that are named.
        days: that last day, or the days named; empty for the other kinds, and where nobody has told them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    days: tuple[MonthDay, ...] = ()


class Deferral(Provisions):
    """Elective deferrals (AA 3.01(a)(1), (k); Plan 14.02, 14.07).

    Percentages are of Compensation, null where none is elected. Times are null in a plan without salary reduction.
    `own_contributions` are nondeductible ones by Participants (AA 4.01); mandatory: a part of them is, for the match.
    """

    deferral_percent: Decimal | None
    least_deferral_percent: Decimal | None
    deferral_limit_base: Literal["plan_year_compensation", "compensation_as_participant"]
    revoking: Times | None
    resuming: Times | None
    changing: Times | None
    own_contributions: Literal["none", "permitted", "mandatory"]

    @property
    def elected(self) -> bool:
        """Whether the plan has salary reduction at all."""
        return self.changing is not None


def deferral(agreement: Agreement) -> Deferral:
    """The deferral provisions of an agreement; times in words whose meaning is not told are left open.

    Raises:
        UnsupportedElectionError: none or several of the boxes that say when a reduction can be revoked, resumed or
            changed.
    """
    times = {
        name: _times(agreement, name, options)
        for name, options in (("revoking", _REVOKING), ("resuming", _RESUMING), ("changing", _CHANGING))
    }
    # One box that says the same as another is cited with it: the days are those of both.
    cites = {
        name: tuple(cite for each in times.values() if each.value == time.value for cite in each.cites)
        for name, time in times.items()
    }
    entry_days = agreement.flags(dict.fromkeys(_ENTRY_DAYS)).cites
    on_entry = {name: entry_days if _on_entry_dates(time.value) else () for name, time in times.items()}
    return Deferral.of(
        deferral_percent=_highest(agreement),
        least_deferral_percent=_least(agreement),
        deferral_limit_base=agreement.reading("deferral_limit_base", bears=agreement.elections.has("3.01(k)(1)(ii)")),
        **{name: Elected(time.value, (*cites[name], *on_entry[name])) for name, time in times.items()},
        own_contributions=_own_contributions(agreement),
    )


def _own_contributions(agreement: Agreement) -> Elected[str]:
    mandatory = agreement.elections.has("4.01(c)")
    if mandatory or agreement.elections.has("4.01(b)"):
        return Elected("mandatory" if mandatory else "permitted", ("AA 4.01(b)", "AA 4.01(c)"))
    return Elected("none", ("AA 4.01(a)",))


def _on_entry_dates(times: Times | None) -> bool:
    return times is not None and times.kind == "plan_entry_date"


def _times(agreement: Agreement, name: str, options: Mapping[str, Kind]) -> Elected[Times | None]:
    """The times that the one box of a group gives."""
    if not agreement.elections.has("3.01(a)(1)"):
        return Elected(None, ("AA 3.01(a)",))
    return agreement.one_of(
        f"the time for {name} a salary reduction agreement",
        {option: partial(_told, agreement, name, kind) for option, kind in options.items()},
    )


def _told(agreement: Agreement, name: str, kind: Kind, option: str) -> Times:
    field = {"revoking": "next_revocation_on", "resuming": "next_resumption_on", "changing": "next_change_on"}[name]
    if kind == "until_day":
        last = agreement.meaning(option, LastDay, (field,))
        return Times(kind=kind, days=() if last is None else (last.no_later_than,))
    if kind == "days":
        named = agreement.meaning(option, Days, (field,))
        return Times(kind=kind, days=() if named is None else named.days)
    return Times(kind=kind)


def _highest(agreement: Agreement) -> Elected[Decimal | None]:
    option = "3.01(k)(1)(ii)"
    if not agreement.elections.has(option):
        unlimited = agreement.elections.has("3.01(k)(1)(i)")
        return Elected(None, ("AA 3.01(k)(1)(i)" if unlimited else "AA 3.01(k)(1)",))
    return Elected(Decimal(agreement.blank(option, "maximum_percent")), (f"AA {option}",))


def _least(agreement: Agreement) -> Elected[Decimal | None]:
    option = "3.01(k)(1)(iii)"
    told = agreement.meaning(option, LeastDeferral, ("minimum_percent",))
    elected = told is not None and agreement.elections.has(option)
    return Elected(told.minimum_percent if told and elected else None, (f"AA {option if elected else '3.01(k)(1)'}",))
