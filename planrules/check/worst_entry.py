"""The person who waits longest beyond what the law allows, over every day of hire and every birthday of four years.

By law somebody of the statutory age with the statutory service takes part by the first day of the next Plan Year, and
no later than six months on (IRC 410(a)(4)). Whether a plan's own conditions and Plan Entry Dates always do so is found
by trying all days: of somebody old enough hired on each of them, who completes the hours at once or only in a later
Plan Year, and of somebody long employed born on each of them. Nobody who waits for both can wait longer, since neither
the plan's day nor the law's comes earlier when a condition is completed later.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import polars as pl

from planrules.among import first_strictly_after
from planrules.check.asked import Asked, Measures
from planrules.check.entry_rule import EntryRule, plan_year_starts
from planrules.dates import anniversary, days_after, months_after

_YEARS_TRIED = 4
"""Every day of the year comes round in so many years, 29 February too."""
_AROUND = 6


@dataclass(frozen=True)
class Statute:
    """The most the law lets a plan ask for, and the months within which entry follows."""

    age: int
    years: int
    years_if_fully_vested: int
    entry_months: int


@dataclass(frozen=True)
class WorstEntry:
    """Who waits longest beyond the law.

    Attributes:
        person_from: the day of hire, or the birthday of somebody long employed.
        from_birth: whether it is a birthday.
        later_year: whether the hours were completed only in a later Plan Year.
        satisfied: when the age and service that the law lets a plan ask for are reached.
        completed: when the plan's own conditions are.
        entered: the day of taking part.
        latest: the last day the law allows for it.
    """

    person_from: date
    from_birth: bool
    later_year: bool
    satisfied: date
    completed: date
    entered: date
    latest: date

    @property
    def days_late(self) -> int:
        """Days between the law's last day and the day of taking part."""
        return (self.entered - self.latest).days


@lru_cache(maxsize=1024)
def worst_entry(asked: Asked, rule: EntryRule, measures: Measures, statute: Statute, year: int) -> WorstEntry | None:
    """Who waits longest beyond the law, of those hired or born in four years from `year`; null when nobody does."""
    people = [_hired(asked, measures, statute, year)]
    if asked.years and measures.by_plan_years:
        people.append(_later_year(asked, rule, measures, year))
    if asked.age is not None:
        people.append(_born(asked.age, measures, statute, year))
    first, last = year - _AROUND, year + _YEARS_TRIED + _AROUND
    starts = plan_year_starts(rule.plan_year_ends, first, last)
    satisfied = pl.col("satisfied")
    latest = pl.min_horizontal(first_strictly_after(satisfied, starts), months_after(satisfied, statute.entry_months))
    entered = rule.entered(pl.col("completed"), first, last)
    late = (
        pl.concat(people)
        .with_columns(entered=entered, latest=latest)
        .with_columns(late=(pl.col("entered") - pl.col("latest")).dt.total_days())
        .filter(pl.col("late") > 0)
        .sort("late", "from_birth", "person_from", descending=[True, False, False])
    )
    return None if late.is_empty() else WorstEntry(**late.drop("late").row(0, named=True))


def _hired(asked: Asked, measures: Measures, statute: Statute, year: int) -> pl.DataFrame:
    """Somebody old enough hired on each day, who completes the hours of every period from the first."""
    hired = pl.col("person_from")
    if asked.more_than(statute.years):
        years = statute.years_if_fully_vested
        allowed = measures.years(hired, years) if asked.years else measures.years_from_hire(hired, years)
    else:
        allowed = measures.years(hired, statute.years)
    completed = pl.max_horizontal(measures.years(hired, asked.years), measures.months(hired, asked.months))
    return _people(_days(year), completed, allowed, from_birth=False)


def _later_year(asked: Asked, rule: EntryRule, measures: Measures, year: int) -> pl.DataFrame:
    """Somebody hired so that the hours are completed only in Plan Years, on the last day of each Plan Year."""
    starts = pl.Series(plan_year_starts(rule.plan_year_ends, year, year + _YEARS_TRIED))
    through = days_after(pl.lit(starts[1:]), -1)
    began = anniversary(pl.col("person_from"), -asked.years, measures.leap_day)
    found = _people(starts[:-1], through, through, from_birth=False)
    return found.with_columns(person_from=began, later_year=pl.lit(value=True))


def _born(age: int | Decimal, measures: Measures, statute: Statute, year: int) -> pl.DataFrame:
    """Somebody long employed, born on each day."""
    born = pl.col("person_from")
    return _people(_days(year - statute.age), measures.age(born, age), measures.age(born, statute.age), from_birth=True)


def _days(year: int) -> pl.Series:
    return pl.date_range(date(year, 1, 1), date(year + _YEARS_TRIED - 1, 12, 31), eager=True)


def _people(days: pl.Series, completed: pl.Expr, satisfied: pl.Expr, *, from_birth: bool) -> pl.DataFrame:
    return pl.DataFrame({"person_from": days}).with_columns(
        from_birth=pl.lit(from_birth),
        later_year=pl.lit(value=False),
        satisfied=satisfied,
        completed=completed,
    )
