"""Articles I and II: spans of employment and coverage, and hours cut into computation periods.

Needs: spells (person, start, before, reason, of_employer, for_participation, for_vesting), excluded (person, start,
before), pay (person, start, end, hours, for_participation, for_vesting, upper). Gives: relationships, coverage,
tenure, and hours by period. `before` is the first day after a span; dates.FAR_FUTURE where no end is known.
"""

from typing import Literal

import polars as pl

from planrules import dates, units
from planrules.dates import Calendar
from planrules.plan.service import Service

_DAYS = 10**7
"""More than any day's number: a person's days never reach the next person's."""


def relationships(spells: pl.LazyFrame) -> pl.LazyFrame:
    """Unbroken employment with the Employer: spells that follow on the next day are one, and the later reason stands.

    Spells with several employers in the plan may overlap; the one that lasts longest gives the reason.
    Columns: person, start, before, reason. Source: Plan 1.28, Separation from Service.
    """
    return (
        spells.filter("of_employer")
        .sort("person", "start")
        # The latest day so far within a person, without a window: persons ascend, and with them their numbered days.
        .with_columns(so_far=_numbered("before").cum_max())
        .with_columns(
            fresh=(pl.col("person") != pl.col("person").shift(1)).fill_null(value=True)
            | (_numbered("start") > pl.col("so_far").shift(1)),
            ends=_numbered("before") == pl.col("so_far"),
        )
        .with_columns(relationship=pl.col("fresh").cum_sum())
        .group_by("person", "relationship", maintain_order=True)
        .agg(pl.col("start").first(), pl.col("before").max(), pl.col("reason").filter("ends").last())
        .drop("relationship")
    )


def _numbered(day: str) -> pl.Expr:
    """A person's day as one number, greater for every later person."""
    return pl.col("person").cast(pl.Int64) * _DAYS + pl.col(day).to_physical()


def coverage(spells: pl.LazyFrame, excluded: pl.LazyFrame) -> pl.LazyFrame:
    """Spans on which a person is employed by the Employer and in no excluded class.

    Columns: person, start, before; ordered. Worked out by counting, at each day something changes, the employments
    and the exclusions open from that day on. Source: AA 1.07, 2.01; Plan 2.04, 2.05.
    """
    openings = [
        _changes(spells.filter("of_employer"), "employments", 1),
        _changes(excluded, "exclusions", 1),
    ]
    counted = (
        pl.concat(openings, how="diagonal")
        .group_by("person", "day")
        .agg(pl.col("employments", "exclusions").sum())
        .sort("person", "day")
        # Every opening has its close, so a person's changes sum to nothing and the count never runs into the next.
        .with_columns(pl.col("employments", "exclusions").cum_sum(), before=pl.col("day").shift(-1))
    )
    return counted.filter((pl.col("employments") > 0) & (pl.col("exclusions") == 0)).select(
        "person", "before", start="day"
    )


def _changes(spans: pl.LazyFrame, column: str, by: int) -> pl.LazyFrame:
    opened = spans.select("person", pl.lit(by).alias(column), day="start")
    closed = spans.select("person", pl.lit(-by).alias(column), day="before")
    return pl.concat([opened, closed])


def cut(pay: pl.LazyFrame, calendar: Calendar, provisions: Service) -> pl.LazyFrame:
    """Pay rows cut at the ends of periods.

    Adds `number` (the period) and `part_through` (the last day of the part), and replaces `hours` by the part's hours.
    By days, the hours through a day of the row are its hours times the days so far over its days, rounded half-up to
    the hundredth; a part is the difference of two such figures, so the parts always make up the row.
    """
    numbered = pay.with_columns(first=calendar.number(pl.col("start")), number=calendar.number(pl.col("end")))
    numbered = numbered.with_columns(part_through="end")
    whole = numbered.filter(pl.col("first") == pl.col("number")).drop("first")
    split = (
        numbered.filter(pl.col("first") != pl.col("number"))
        .with_columns(number=pl.int_ranges("first", pl.col("number") + 1))
        .explode("number")
        .with_columns(pl.col("number").cast(whole.collect_schema()["number"]))
        .with_columns(part_through=pl.min_horizontal("end", calendar.through(pl.col("number"))))
    )
    earlier = pl.max_horizontal(calendar.through(pl.col("number") - 1), dates.days_after(pl.col("start"), -1))
    hours = hours_through(pl.col("part_through"), provisions) - hours_through(earlier, provisions)
    if provisions.straddling_pay == "set_aside":
        hours = pl.lit(0, dtype=pl.Int64)
    if provisions.straddling_pay != "by_days":
        # An upper bound: wherever the hours of the row fall, no period has more than all of them.
        hours = pl.when("upper").then("hours").otherwise(hours)
    return pl.concat([whole, split.with_columns(hours=hours).drop("first").select(whole.collect_schema().names())])


def hours_through(day: pl.Expr, provisions: Service) -> pl.Expr:
    """Hundredths of hours of a pay row through `day`, by days; half-up.

    Under `by_row_end` and `set_aside` the whole row or nothing; at an upper bound all of it from the start.
    """
    length = dates.days_in(pl.col("start"), pl.col("end"))
    hours = pl.col("hours")
    if provisions.straddling_pay != "by_days":
        return pl.when((day >= pl.col("end")) | pl.col("upper")).then(hours).otherwise(0)
    passed = dates.days_in(pl.col("start"), pl.min_horizontal(day, "end"))
    return (2 * hours * passed + length) // (2 * length)


def unit_calendar(provisions: Service) -> Calendar:
    """The weeks, half months or months that an equivalency counts (AA 1.27(b))."""
    match provisions.equivalency:
        case "weekly":
            return units.weeks(provisions.week_begins)
        case "semi_monthly":
            return units.half_months()
        case _:
            return dates.calendar_months()


def units_from(
    rows: pl.LazyFrame, day: pl.Expr, opens: pl.Expr, provisions: Service, purpose: Literal["participation", "vesting"]
) -> pl.LazyFrame:
    """Credited rows, a unit that runs when measuring begins on `day` moved to begin then, with all its hours.

    Where a period ended before (`opens`, the day after it; null where none did), the unit is divided there first (29
    CFR 2530.200b-3(e)(6)).
    """
    if provisions.equivalency in (None, "daily") or purpose not in provisions.equivalency_for:
        return rows
    divided = (pl.col("start") < opens) & (opens <= pl.col("end"))
    after = pl.col("hours") - hours_through(dates.days_after(opens, -1), provisions)
    if provisions.straddling_pay == "set_aside":
        after = pl.when("upper").then("hours").otherwise(0)
    rows = rows.with_columns(
        start=pl.when(divided).then(opens).otherwise("start"), hours=pl.when(divided).then(after).otherwise("hours")
    )
    running = day.is_between("start", "end")
    return rows.with_columns(start=pl.when(running).then(day).otherwise("start"))


def most_hours_left(provisions: Service) -> pl.Expr:
    """Hundredths of hours that could yet be credited for participation by `through`, after what is known.

    Every hour of every day; under an equivalency that of every unit that is not credited yet. Nothing where no day of
    the period is left.
    """
    since = pl.max_horizontal("paid_through_on", "credited_through_on", dates.days_after(pl.col("start"), -1))
    through, day_after = pl.col("through"), dates.days_after(since, 1)
    days_left = dates.days_in(since, through) - 1
    value = provisions.equivalency_hours * units.ONE_HOUR
    if "participation" not in provisions.equivalency_for:
        most = days_left * dates.HOURS_IN_A_DAY * units.ONE_HOUR
    elif provisions.equivalency == "daily":
        most = days_left * value
    else:
        calendar = unit_calendar(provisions)
        last = calendar.number(through)
        first, end = calendar.start(last), calendar.through(last)
        share = value * dates.days_in(first, through) // dates.days_in(first, end)
        if provisions.straddling_pay != "by_days":
            share = (
                pl.when((end == through) | pl.lit(provisions.straddling_pay == "set_aside")).then(value).otherwise(0)
            )
        most = (last - calendar.number(day_after)) * value + share
    return pl.when(days_left > 0).then(most).otherwise(0).alias("most_hours_left")


def hours_by_period(parts: pl.LazyFrame) -> pl.LazyFrame:
    """Hours a person and period, in hundredths.

    Columns: person, number, participation_hours, vesting_hours, own_hours (those worked for the Employer itself).
    """
    return parts.group_by("person", "number").agg(
        participation_hours=pl.col("hours").filter("for_participation").sum(),
        vesting_hours=pl.col("hours").filter("for_vesting").sum(),
        own_hours=pl.col("hours").filter("of_employer").sum(),
    )


def first_twelve_months(tenure: pl.LazyFrame, pay: pl.LazyFrame, provisions: Service) -> pl.LazyFrame:
    """The initial computation period of everybody whose service counts for participation.

    Twelve months from the Employment Commencement Date. Columns: person, start, through, hours. Source: Plan 2.02.
    """
    commenced = tenure.select("person", start="commenced_for_participation_on").filter(pl.col("start").is_not_null())
    initial = commenced.with_columns(
        through=dates.twelve_months_through(pl.col("start"), provisions.leap_day_anniversary)
    )
    worked = (
        pay.filter("for_participation")
        .join(initial.select("person", initial_through="through"), on="person", how="inner")
        .filter(pl.col("start") <= pl.col("initial_through"))
        .group_by("person")
        .agg(hours=hours_through(pl.col("initial_through"), provisions).sum())
    )
    return initial.join(worked, on="person", how="left").with_columns(pl.col("hours").fill_null(0))


def absences(pay: pl.LazyFrame, calendar: Calendar, provisions: Service) -> pl.LazyFrame:
    """Hours of maternity and paternity absences in the period in which each begins, at most 501 an absence.

    Columns: person, number, absence_hours (hundredths). Source: Plan 1.27, IRC 411(a)(6)(E).
    """
    most = provisions.absence_hours_at_most * 100
    return (
        pay.with_columns(number=calendar.number(pl.col("start")))
        .group_by("person", "number")
        .agg(absence_hours=pl.col("hours").clip(upper_bound=most).sum())
    )
