"""Whose employment it is: the Employer's with its related employers in the plan, a predecessor's, or left out.

Spells and pay rows come with `employer`, the name; excepted service (AA 1.29(c)) is cut out of them here, before
anything is counted.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from planrules import dates
from planrules.plan.service import Service
from planrules.rules.service import hours_through
from planrules.supplements import ExceptedSpan

_KEY = "employee_id"
_PARTS = ("bonus", "overtime", "commissions", "other_elective_contributions")
AMOUNTS = ("compensation", *_PARTS, "salary_reduction", "cash_or_deferred", "mandatory_contribution")
"""What a pay row says in money: the pay, the parts of it, and the contributions."""


def whose(service: Service) -> Mapping[str, pl.Expr]:
    """Flags by the employer's name: of_employer, for_participation, for_vesting.

    A related employer in the plan is the Employer: its service counts for everything, also before it came in (Plan
    1.30).
    """
    own = service.own_employers
    employer = pl.col("employer")
    return {
        "of_employer": employer.is_in([*own]),
        "for_participation": employer.is_in([*own, *service.predecessors_for_participation]),
        "for_vesting": employer.is_in([*own, *service.predecessors_for_vesting]),
    }


def with_employer(rows: pl.LazyFrame, spells: pl.LazyFrame, service: Service) -> pl.LazyFrame:
    """The pay rows that count, with whose pay each is: named in it, or of the latest spell begun by its end.

    Both frames have `person`, one number a person and variant; `spells` are all of them, excepted service too.
    """
    latest = spells.select("person", "start", spell_employer="employer").sort("person", "start")
    named = (
        rows.sort("person", "end")
        .join_asof(
            latest,
            left_on="end",
            right_on="start",
            by="person",
            strategy="backward",
            check_sortedness=False,
            suffix="_of_spell",
        )
        .with_columns(employer=pl.coalesce("employer", "spell_employer"))
    )
    return (
        pay_that_counts(named, service)
        .with_columns(**whose(service))
        .select(
            *("person", "start", "end", "paid_on", "hours", *AMOUNTS, "kind", "upper"),
            *("of_employer", "for_participation", "for_vesting", "days", "days_at_most"),
        )
    )


def before_joining(spells: pl.LazyFrame, service: Service) -> list[pl.LazyFrame]:
    """Employment with a related employer before it came into the plan: days on which nobody can take part.

    Columns: employee_id, start, before. Source: AA Participation Agreement, Plan 1.30.
    """
    return [
        spells.filter((pl.col("employer") == each.name) & (pl.col("start") < each.since)).select(
            _KEY, "start", before=pl.min_horizontal("before", pl.lit(each.since))
        )
        for each in service.participating_employers
        if each.since is not None
    ]


def employment_that_counts(spells: pl.LazyFrame, service: Service) -> pl.LazyFrame:
    """The spells without excepted service; one that it interrupts becomes two."""
    for span in service.excepted_service:
        first, before = _edges(span)
        inside = pl.col("employer") == span.employer
        earlier = spells.filter(inside & (pl.col("start") < first)).with_columns(
            reason=pl.when(pl.col("before") <= first).then("reason"),
            before=pl.min_horizontal("before", pl.lit(first)),
        )
        later = spells.filter(inside & (pl.col("before") > before)).with_columns(
            start=pl.max_horizontal("start", pl.lit(before))
        )
        spells = pl.concat([spells.filter(~inside), earlier, later])
    return spells


def pay_that_counts(rows: pl.LazyFrame, service: Service) -> pl.LazyFrame:
    """The pay rows without excepted service; of a row that runs over its edge, the hours as straddling pay is read."""
    for span in service.excepted_service:
        first, before = _edges(span)
        inside = (pl.col("employer") == span.employer).fill_null(value=False)
        touched = inside & (pl.col("start") < before) & (pl.col("end") >= first)
        earlier = _part(rows.filter(touched), service, pl.col("start"), dates.days_after(pl.lit(first), -1))
        later = _part(rows.filter(touched), service, pl.lit(before), pl.col("end"))
        rows = pl.concat([rows.filter(~touched), earlier, later])
    return rows


def _part(rows: pl.LazyFrame, service: Service, start: pl.Expr, end: pl.Expr) -> pl.LazyFrame:
    """The part of each row from one day to another, with its hours; rows that have no such part are left out."""
    first, last = pl.max_horizontal("start", start), pl.min_horizontal("end", end)
    if service.straddling_pay == "by_days":
        hours = hours_through(last, service) - hours_through(dates.days_after(first, -1), service)
    else:
        # The whole row stands where it ends; set aside, or not known, it may stand anywhere.
        at_end = pl.lit(service.straddling_pay == "by_row_end") & (last == pl.col("end"))
        hours = pl.when(at_end | pl.col("upper")).then("hours").otherwise(0)
    # How many of the days of work fall into a part is not told; the whole row is told by its own number.
    days = pl.when((first == pl.col("start")) & (last == pl.col("end"))).then("days")
    return rows.filter(first <= last).with_columns(start=first, end=last, hours=hours, days=days)


def _edges(span: ExceptedSpan) -> tuple[date, date]:
    """The first day left out, and the first day after them."""
    before = dates.FAR_FUTURE if span.end is None else span.end + timedelta(days=1)
    return span.start or date.min, before
