"""Section 1.12: which pay is Compensation, and how much of it counts in a Plan Year."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from dateutil.relativedelta import relativedelta

from planrules import dates, law
from planrules.dates import MonthDay
from planrules.plan.dependent import DEFERRED_PAY, MATCH
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.service import Service

_PARTS = {"1.12(f)": "bonus", "1.12(g)": "overtime", "1.12(h)": "commissions"}


class Compensation(Provisions):
    """Compensation (AA 1.12; Plan 1.12). The parts are columns of the pay rows that it leaves out.

    `compensation_maximum` is dollars a Plan Year that the agreement lets count; null where only the law limits it.
    """

    elective_contributions_left_out: bool
    parts_left_out: tuple[str, ...]
    compensation_maximum: Decimal | None
    compensation_limit_in_match: Literal["in_date_order", "monthly_share"]
    first_plan_year_start: date | None

    @property
    def parts_to_know(self) -> tuple[str, ...]:
        """Columns of a pay row that have to be known beside `compensation`, because they are taken off it."""
        elective = ("other_elective_contributions",) if self.elective_contributions_left_out else ()
        return (*elective, *self.parts_left_out)


def compensation(agreement: Agreement, plan_year_ends: MonthDay) -> Compensation:
    """The definition of Compensation in an agreement.

    Another change of it in free text leaves open what rests on it.

    Raises:
        UnsupportedElectionError: neither or both of 1.12(a) and (b).
    """
    for option, fields in (("1.12(j)", (*MATCH, *DEFERRED_PAY)), ("1.12(l)", MATCH), ("1.12(o)", DEFERRED_PAY)):
        if agreement.elections.has(option):
            agreement.tell_not(option, fields)
    out = agreement.flags(_PARTS)
    return Compensation.of(
        elective_contributions_left_out=agreement.one_of(
            "elective contributions in Compensation", {"1.12(a)": lambda _: False, "1.12(b)": lambda _: True}
        ),
        parts_left_out=Elected(out.value, out.cites or ("AA 1.12(c)",)),
        compensation_maximum=_maximum(agreement),
        compensation_limit_in_match=agreement.reading(
            "compensation_limit_in_match", bears=agreement.elections.has("3.01(b)")
        ),
        first_plan_year_start=_short_first_year(agreement, plan_year_ends),
    )


def compensation_limits(provisions: Compensation, service: Service, last_year: int) -> Mapping[int, Decimal]:
    """Dollars of Compensation that count, by the calendar year in which the Plan Year ends.

    The lesser of the agreement's own maximum and the limit of law (IRC 401(a)(17)), that of the calendar year in which
    the Plan Year begins. A year without a confirmed or unconfirmed amount of law on file is absent.
    """
    amounts = law.limits("compensation_limit")
    begins_year_before = tuple(service.plan_year_ends) != (12, 31)
    limits = {
        year + begins_year_before: Decimal(amount.value)
        for year, amount in amounts.items()
        if year + begins_year_before <= last_year
    }
    start = provisions.first_plan_year_start
    if start is not None and start.year in amounts:
        through = dates.plan_year_end(start, service.plan_year_ends)
        share = Decimal(amounts[start.year].value) * _months_begun(start, through) / dates.MONTHS_IN_A_YEAR
        limits[through.year] = share.quantize(Decimal("0.01"))
    own = provisions.compensation_maximum
    return limits if own is None else {year: min(dollars, own) for year, dollars in limits.items()}


def _months_begun(start: date, through: date) -> int:
    """The months of a short Plan Year, one that has only begun counted whole."""
    length = relativedelta(through + relativedelta(days=1), start)
    return min(dates.MONTHS_IN_A_YEAR, length.years * dates.MONTHS_IN_A_YEAR + length.months + bool(length.days))


def _maximum(agreement: Agreement) -> Elected[Decimal | None]:
    if not agreement.elections.has("1.12(d)"):
        return Elected(None, ("Plan 1.12", "IRC 401(a)(17)"))
    return Elected(Decimal(agreement.blank("1.12(d)", "maximum")), ("AA 1.12(d)", "Plan 1.12", "IRC 401(a)(17)"))


def _short_first_year(agreement: Agreement, plan_year_ends: MonthDay) -> Elected[date | None]:
    """The day from which a short first Plan Year runs; null where it has twelve months, by a reading or by itself."""
    began = agreement.first_effective_date.value
    before = began - timedelta(days=1)
    whole = dates.plan_year_end(before, plan_year_ends) == before
    option = agreement.reading("first_plan_year", bears=not whole)
    return Elected(None if option.value == "twelve_months" else began, option.cites)
