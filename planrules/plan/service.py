"""Articles I and II, hours: whose service counts, in which periods, and how pay rows are cut."""

from typing import Literal

from planrules.dates import LeapDay, MonthDay
from planrules.plan.elected import Agreement, Elected, Provisions

Straddling = Literal["by_days", "by_row_end", "set_aside"]


class Service(Provisions):
    """Whose employment counts and how hours fall into periods (AA 1.17, 1.27, 1.29; Plan 1.27-1.29)."""

    employer: str
    predecessors_for_participation: tuple[str, ...]
    predecessors_for_vesting: tuple[str, ...]
    plan_year_ends: MonthDay
    straddling_pay: Straddling
    leap_day_anniversary: LeapDay
    absence_hours_at_most: int
    separated_on_last_day: Literal["at_close", "next_day"]

    @property
    def employers(self) -> tuple[str, ...]:
        """Every employer whose service the plan knows."""
        return tuple(
            dict.fromkeys((self.employer, *self.predecessors_for_participation, *self.predecessors_for_vesting))
        )


def service(agreement: Agreement) -> Service:
    """The service provisions of an agreement.

    Raises:
        UnsupportedElectionError: an equivalency for hours, a Plan Year that is not 12 months, or excepted service.
    """
    elections = agreement.elections
    hours = agreement.one_of("the crediting of hours", {"1.27(a)": lambda _: "actual"})
    predecessors = tuple(agreement.blank("1.29", "predecessor_employers") or ()) if elections.has("1.29") else ()
    return Service.of(
        employer=Elected(elections.employer.name, ("AA execution page",)),
        predecessors_for_participation=_counted(agreement, predecessors, "1.29(a)"),
        predecessors_for_vesting=_counted(agreement, predecessors, "1.29(b)"),
        plan_year_ends=agreement.one_of(
            "the Plan Year", {"1.17(a)": lambda at: month_day(agreement.blank(at, "ends_every"))}
        ),
        straddling_pay=Elected(
            agreement.choices["straddling_pay"], (*hours.cites, *agreement.reading("straddling_pay").cites)
        ),
        leap_day_anniversary=agreement.reading("leap_day_anniversary"),
        absence_hours_at_most=agreement.fixed("absence_hours_at_most"),
        separated_on_last_day=agreement.reading("separated_on_last_day"),
    )


def month_day(filled: object) -> MonthDay:
    """A month and day as filled into a blank ("09-30" or a value with `month` and `day`)."""
    if isinstance(filled, str):
        month, day = filled.split("-")
        return MonthDay(int(month), int(day))
    return MonthDay(int(getattr(filled, "month", 0)), int(getattr(filled, "day", 0)))


def _counted(agreement: Agreement, predecessors: tuple[str, ...], option: str) -> Elected[tuple[str, ...]]:
    counted = predecessors if agreement.elections.has(option) else ()
    return Elected(counted, (f"AA {option}",) if counted else ("AA 1.29",))
