"""Hours of Service as they are credited: the actual hours of the pay rows, or an equivalency's for each unit of time.

Under an equivalency (AA 1.27(b)) a unit in which at least one hour would be credited counts its number of hours, once,
whatever the rows in it; a unit is known as soon as the row that brings its hour has ended. Source: 29 CFR
2530.200b-3(e).
"""

from collections.abc import Iterator

import polars as pl

from planrules import dates
from planrules.plan.service import Service
from planrules.rules.service import cut, unit_calendar
from planrules.units import ONE_HOUR

_PURPOSES = {"participation": "for_participation", "vesting": "for_vesting", "accrual": "of_employer"}
"""For each purpose of AA 1.27(b)(2), the flag of the rows whose hours count for it."""
_FLAGS = tuple(_PURPOSES.values())


def credited(pay: pl.LazyFrame, spells: pl.LazyFrame, service: Service) -> pl.LazyFrame:
    """The hours that count, a row a pay row or a unit.

    Columns: person, start, end, known_on (the day from which the row counts), hours, upper, of_employer,
    for_participation, for_vesting. `pay` has paid rows only.
    """
    actual = pay.with_columns(known_on="end").select("person", "start", "end", "known_on", "hours", "upper", *_FLAGS)
    if service.equivalency is None:
        return actual
    by_unit = {_PURPOSES[purpose] for purpose in service.equivalency_for}
    counted = [flag for flag in _FLAGS if flag not in by_unit]
    kept = actual.with_columns(pl.lit(value=False).alias(flag) for flag in by_unit)
    rows = [kept.filter(pl.any_horizontal(pl.lit(value=False), *counted))]
    rows += [_in_units(pay, spells, service, together) for together in _alike(service, by_unit)]
    return pl.concat(rows, how="diagonal_relaxed").with_columns(pl.col(_FLAGS).fill_null(value=False))


def _alike(service: Service, by_unit: set[str]) -> Iterator[list[str]]:
    """The purposes whose hours are those with the same employers: their units are the same."""
    employers = {
        "of_employer": frozenset(service.own_employers),
        "for_participation": frozenset((*service.own_employers, *service.predecessors_for_participation)),
        "for_vesting": frozenset((*service.own_employers, *service.predecessors_for_vesting)),
    }
    for each in dict.fromkeys(employers.values()):
        together = [flag for flag in _FLAGS if flag in by_unit and employers[flag] == each]
        if together:
            yield together


def _in_units(pay: pl.LazyFrame, spells: pl.LazyFrame, service: Service, flags: list[str]) -> pl.LazyFrame:
    """The units of the rows with a flag, flagged with all of `flags`."""
    rows = pay.filter(flags[0])
    units = _days(rows, service) if service.equivalency == "daily" else _periods(rows, service)
    # Service begins with employment: a unit that was running then has no part in the Plan Year before it.
    plan_year = dates.plan_years(service.plan_year_ends).number
    commenced = spells.filter(flags[0]).group_by("person").agg(commenced_on=pl.col("start").min())
    begun = pl.col("commenced_on").is_between("start", "end") & (
        plan_year(pl.col("commenced_on")) != plan_year(pl.col("start"))
    )
    return (
        units.join(commenced, on="person", how="left", maintain_order="left")
        .with_columns(start=pl.when(begun).then("commenced_on").otherwise("start"))
        .drop("commenced_on")
        .with_columns(pl.lit(value=True).alias(flag) for flag in flags)
    )


def _periods(rows: pl.LazyFrame, service: Service) -> pl.LazyFrame:
    """Weeks, half months or months with at least an hour."""
    units = unit_calendar(service)
    if service.straddling_pay == "by_row_end":
        parts = rows.with_columns(number=units.number(pl.col("end")))
    else:
        parts = cut(rows, units, service.model_copy(update={"straddling_pay": "by_days"}))
    enough = pl.col("hours").cum_sum() >= ONE_HOUR
    return (
        parts.sort("person", "number", "end")
        .group_by("person", "number", maintain_order=True)
        .agg(known_on=pl.col("end").filter(enough).first(), upper=pl.col("upper").any())
        .filter(pl.col("known_on").is_not_null())
        .select(
            "person",
            "known_on",
            "upper",
            start=units.start(pl.col("number")),
            end=units.through(pl.col("number")),
            hours=pl.lit(service.equivalency_hours * ONE_HOUR, dtype=pl.Int64),
        )
    )


def _days(rows: pl.LazyFrame, service: Service) -> pl.LazyFrame:
    """Days with at least an hour: those of one day each by their hours, of longer rows as many as the row says.

    Where it does not say, at least the days that its hours need and at most those that could hold an hour each.
    """
    length = dates.days_in(pl.col("start"), pl.col("end"))
    value = service.equivalency_hours * ONE_HOUR
    one = rows.filter(pl.col("start") == pl.col("end"))
    single = (
        one.group_by("person", "start", "end")
        .agg(hours=pl.col("hours").sum(), days=pl.col("days").max(), upper=pl.col("upper").any())
        .filter((pl.col("hours") >= ONE_HOUR) | (pl.col("days") >= 1))
        .select("person", "start", "end", "upper", known_on="end", hours=pl.lit(value, dtype=pl.Int64))
    )
    fewest, most = fewest_days(), most_days()
    untold = pl.when("days_at_most").then(most).otherwise(fewest)
    told = pl.when(pl.col("hours").is_between(1, ONE_HOUR - 1)).then(0).otherwise(pl.coalesce("days", untold))
    several = (
        rows.filter(pl.col("start") < pl.col("end"))
        .with_columns(hours=told.clip(upper_bound=length).cast(pl.Int64) * value)
        .filter(pl.col("hours") > 0)
        .select("person", "start", "end", "upper", "hours", known_on="end")
    )
    return pl.concat([single, several], how="diagonal")


def days_untold(pay: pl.LazyFrame, service: Service) -> pl.LazyFrame:
    """Rows of several days whose days of work a daily equivalency needs and the hours (in hours) leave open."""
    if service.equivalency != "daily" or not service.equivalency_for:
        return pay.limit(0)
    hundredths = pay.filter(pl.col("days").is_null() & (pl.col("start") < pl.col("end"))).with_columns(
        (pl.col("hours") * 100).cast(pl.Int64)
    )
    return hundredths.filter(fewest_days() < most_days())


def fewest_days() -> pl.Expr:
    """The days that the hours of a row need, at 24 hours a day; none where they are less than one hour."""
    full_day = dates.HOURS_IN_A_DAY * ONE_HOUR
    return pl.when(pl.col("hours") >= ONE_HOUR).then((pl.col("hours") + full_day - 1) // full_day).otherwise(0)


def most_days() -> pl.Expr:
    """The days of a row that could hold an hour each."""
    return pl.min_horizontal(dates.days_in(pl.col("start"), pl.col("end")), pl.col("hours") // ONE_HOUR)
