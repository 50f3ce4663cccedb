"""The computation periods of the vesting ledger, and the hours of each: Plan Years, or each person's Employment Years.

Employment Years are numbered so that the one with the evaluation date is the last for everybody; Plan Years by the
calendar year in which they end.
"""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from planrules import dates
from planrules.dates import Calendar, LeapDay
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.ledger import Year
from planrules.rules import service

COMMENCED = "commenced_for_vesting_on"
_NO_PERIOD_BEFORE = pl.lit(None, dtype=pl.Date)


@dataclass(frozen=True)
class Worked:
    """Pay rows cut at the ends of Plan Years and of vesting periods, which may be the same, and hours by period."""

    by_plan_year: pl.DataFrame
    by_period: pl.DataFrame
    hours: pl.DataFrame
    calendar: Calendar


def vesting_calendar(asked: Evaluation) -> Calendar:
    """The vesting computation periods (AA 5.06); Employment Years read the column commenced_for_vesting_on."""
    if asked.terms.vesting.vesting_period == "Plan Year":
        return asked.plan_years
    return _employment_years(asked.as_of, asked.terms.service.leap_day_anniversary)


def _employment_years(as_of: date, leap_day: LeapDay) -> Calendar:
    """Employment Years, numbered so that the one with `as_of` has the number of its calendar year, for everybody.

    Where service never began, as if it did on `as_of`.
    """
    own = dates.years_from(pl.coalesce(COMMENCED, pl.lit(as_of)), leap_day)
    later = as_of.year - own.number(pl.lit(as_of))
    return Calendar(number=lambda day: own.number(day) + later, through=lambda number: own.through(number - later))


def worked(asked: Evaluation, people: pl.DataFrame, parts: pl.DataFrame, hours: pl.DataFrame) -> Worked:
    """The hours of people; `parts` are their pay rows cut by Plan Year, and `hours` the sums of these."""
    calendar = vesting_calendar(asked)
    if calendar is asked.plan_years:
        return Worked(parts, parts, hours, calendar)
    own = _with_commencement(asked.known.credited, people).lazy()
    own = service.units_from(own, pl.col(COMMENCED), _NO_PERIOD_BEFORE, asked.terms.service, "vesting")
    mine = cut_at(asked, own, calendar)
    return Worked(parts, mine, service.hours_by_period(mine.lazy()).pipe(collected), calendar)


def cut_at(asked: Evaluation, rows: pl.LazyFrame, calendar: Calendar) -> pl.DataFrame:
    """Credited hours cut at the ends of periods."""
    parts = service.cut(rows, calendar, asked.terms.service)
    if asked.terms.service.equivalency is not None:
        # The hours of a unit are there from the day on which it is known, in its period.
        start, through = calendar.start(pl.col("number")), calendar.through(pl.col("number"))
        parts = parts.with_columns(part_through=pl.max_horizontal(start, pl.min_horizontal("known_on", through)))
    return parts.pipe(collected)


def known_by(hours: Worked, last: pl.DataFrame) -> Worked:
    """The hours known by a day of each person's own; `last` has person and last_day_on."""

    def ended(parts: pl.DataFrame) -> pl.DataFrame:
        return parts.join(last, on="person").filter(pl.col("known_on") <= pl.col("last_day_on")).drop("last_day_on")

    by_period = ended(hours.by_period)
    by_plan_year = by_period if hours.by_plan_year is hours.by_period else ended(hours.by_plan_year)
    sums = service.hours_by_period(by_period.lazy()).pipe(collected)
    return replace(hours, by_plan_year=by_plan_year, by_period=by_period, hours=sums)


def absences(asked: Evaluation, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Hours of maternity and paternity absences by person and period."""
    rows = asked.known.absences
    if calendar is not asked.plan_years:
        rows = _with_commencement(rows, people)
    return service.absences(rows.lazy(), calendar, asked.terms.service).pipe(collected)


def _with_commencement(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    return rows.join(people.select("person", COMMENCED).drop_nulls(), on="person", how="inner", maintain_order="left")


def years(asked: Evaluation, people: pl.DataFrame, calendar: Calendar) -> list[Year]:
    """The periods from the earliest one in which anybody's service began to the one with the evaluation date."""
    if calendar is asked.plan_years:
        return _plan_years(asked, people)
    first = people.select(calendar.number(pl.col(COMMENCED)).min()).item()
    last = asked.as_of.year
    return [_employment_year(number) for number in range(first if first is not None else last, last + 1)]


def _plan_years(asked: Evaluation, people: pl.DataFrame) -> list[Year]:
    ends_every = asked.terms.service.plan_year_ends
    earliest = people[COMMENCED].min()
    first = earliest if isinstance(earliest, date) else asked.as_of
    count = asked.plan_year_through.year - dates.plan_year_end(first, ends_every).year + 1
    return [
        Year(year.number, pl.lit(year.start), pl.lit(year.through), plan_year_through=pl.lit(year.through))
        for year in dates.plan_years_from(first, ends_every, count)
    ]


def _employment_year(number: int) -> Year:
    start, through, ends, then = (f"{name}_{number}" for name in _DAYS)
    return Year(number, pl.col(start), pl.col(through), pl.col(then), plan_year_ends=pl.col(ends))


_DAYS = ("start", "through", "plan_year_ends", "plan_year_through")
"""Each Employment Year's first and last day, the Plan Year that ends in it, and the one with its last known day."""


def with_days(wide: pl.LazyFrame, asked: Evaluation, hours: Worked, each: list[Year]) -> pl.LazyFrame:
    """The days of each person's own periods, and of the Plan Years that end in them; as it is for Plan Years."""
    if hours.calendar is asked.plan_years:
        return wide
    plan_years = asked.plan_years
    for year in each:
        number = year.number
        through = hours.calendar.through(pl.lit(number, dtype=pl.Int32))
        start = hours.calendar.start(pl.lit(number, dtype=pl.Int32))
        wide = wide.with_columns(start.alias(f"start_{number}"), through.alias(f"through_{number}"))
        close = pl.min_horizontal(year.through, pl.lit(asked.as_of))
        wide = wide.with_columns(
            plan_years.through(plan_years.number(day)).alias(f"{name}_{number}")
            for day, name in ((year.start, _DAYS[2]), (close, _DAYS[3]))
        )
    return wide


def spread(
    wide: pl.LazyFrame, asked: Evaluation, people: pl.DataFrame, hours: Worked, each: list[Year]
) -> pl.LazyFrame:
    """One column a period of the hours that the rules read, zero where there are none."""
    absent = absences(asked, people, hours.calendar)
    found = [(hours.hours, "vesting_hours"), (absent, "absence_hours"), *_by_plan_year(asked, people, hours)]
    for rows, name in found:
        wide = wide.join(_across(rows, name, each), on="person", how="left", maintain_order="left")
    return wide.with_columns(pl.col([f"{name}_{year.number}" for year in each for _, name in found]).fill_null(0))


def _by_plan_year(asked: Evaluation, people: pl.DataFrame, hours: Worked) -> list[tuple[pl.DataFrame, str]]:
    """For Employment Years where a Plan Year is top heavy: hours by the Plan Year that ends in each, by when it ends.

    closing_hours: of all that Plan Year; hours_by_then: of the Employment Year by its close; hours_since: of the
    Employment Year in the next Plan Year.
    """
    if hours.calendar is asked.plan_years or not asked.terms.vesting.top_heavy_plan_years:
        return []
    years, mine = asked.plan_years, hours.calendar
    own = _with_commencement(hours.by_plan_year.filter("for_vesting"), people).lazy()
    ends = years.through(pl.col("number"))
    closing = (
        own.with_columns(number=mine.number(ends)).group_by("person", "number").agg(closing_hours=pl.col("hours").sum())
    )
    start = mine.start(mine.number(pl.col("part_through")))
    after = years.number(pl.col("part_through")) > years.number(start)
    since = own.filter(after).with_columns(number=mine.number(pl.col("part_through")))
    since = since.group_by("person", "number").agg(hours_since=pl.col("hours").sum())
    period_start = mine.start(pl.col("number"))
    by_then = pl.col("part_through") <= years.through(years.number(period_start))
    early = hours.by_period.lazy().filter("for_vesting").filter(by_then)
    early = early.group_by("person", "number").agg(hours_by_then=pl.col("hours").sum())
    return [
        (closing.pipe(collected), "closing_hours"),
        (since.pipe(collected), "hours_since"),
        (early.pipe(collected), "hours_by_then"),
    ]


def _across(rows: pl.DataFrame, name: str, each: list[Year]) -> pl.LazyFrame:
    """One column a period."""
    return (
        rows.lazy()
        .group_by("person")
        .agg(pl.col(name).filter(pl.col("number") == year.number).sum().alias(f"{name}_{year.number}") for year in each)
    )
