"""Plan 2.03: what a Break in Service does to earlier service, and the suspension of a Participant after one.

Measuring goes in segments: a Break ends one, and the next begins with the first row of hours that begins after it.
Needs: the eligibility computation periods with their Breaks by segment, and entry_on. Gives: the first day of the next
segment, the spans on which participation is suspended, held_out, suspended_from and suspended_through.
"""

import polars as pl

from planrules import dates
from planrules.book import Rule, rule
from planrules.plan.participation import Participation

SPANS = {"person": pl.UInt32, "start": pl.Date, "if_restored": pl.Date, "before": pl.Date, "restored": pl.Boolean}
"""The columns of a suspension."""


def up_to_the_break(segment: pl.LazyFrame, *, held: bool) -> pl.LazyFrame:
    """The periods of a segment through the Break that ends it; adds `broke_on`, its last day, null when there is none.

    Any Break does, since what follows one is measured anew (Plan 2.03(A), (B)). `held`: earlier service is held out
    already; until a Year of Service cures that, only a period without any hour starts the measuring anew (29 CFR
    2530.200b-4(b)(1)(iv)). The periods are in the order of their last days.
    """
    ends = pl.col("eligibility_break")
    if held:
        years = pl.col("year_of_service").cast(pl.Int32).cum_sum().over("person")
        ends = ends & ((years > 0) | (pl.col("hours") == 0))
    broke = segment.filter(ends).group_by("person").agg(broke_on=pl.col("through").min())
    joined = segment.join(broke, on="person", how="left", maintain_order="left")
    return joined.filter(pl.col("broke_on").is_null() | (pl.col("through") <= pl.col("broke_on")))


def not_judged_yet(periods: pl.LazyFrame) -> pl.LazyFrame:
    """The periods with only the first of a segment that is `expected`, and that one neither over nor a Break.

    No row tells when such a segment began: days without a row that have gone by may hold its first hour.
    """
    judged = ~pl.col("expected")
    return periods.filter(judged | (pl.col("start") == pl.col("segment_start"))).with_columns(
        pl.col(name) & judged for name in ("complete", "year_of_service", "eligibility_break")
    )


def next_starts(broke: pl.LazyFrame, pay: pl.LazyFrame, paid_through: pl.LazyFrame) -> pl.LazyFrame:
    """A row a person of `broke` (person, broke_on): where the next segment begins.

    Columns: person, start (the first day of the first paid row with hours that begins after the Break; where none is
    known yet, the first day on which one could begin), `expected`, true for such a day, and opens, the day after the
    Break.
    """
    rows = pay.filter(pl.col("hours") > 0).select("person", row_start="start")
    first = (
        rows.join(broke, on="person")
        .filter(pl.col("row_start") > pl.col("broke_on"))
        .group_by("person")
        .agg(pl.col("row_start").min())
    )
    known = broke.join(first, on="person", how="left").join(paid_through, on="person", how="left")
    could = dates.days_after(pl.max_horizontal("broke_on", "paid_through_on"), 1)
    return known.select(
        "person",
        start=pl.coalesce("row_start", could),
        expected=pl.col("row_start").is_null(),
        opens=dates.days_after(pl.col("broke_on"), 1),
    )


def spans(chain: pl.LazyFrame) -> pl.LazyFrame:
    """The spans on which a Break suspends participation, one a return: person, start, before, restored, if_restored.

    From the day after the Break until a later segment has a Year of Service; then participation is restored as of that
    segment's first day, `before`. `restored` is false while none has, and `before` is open; `if_restored` is the first
    day of the latest segment all the same. Source: Plan 2.03(B).
    """
    segments = chain.group_by("person", "segment").agg(
        pl.col("segment_start").first(), pl.col("broke_on").first(), has_year=pl.col("year_of_service").any()
    )
    cured = segments.filter((pl.col("segment") > 0) & pl.col("has_year")).select(
        "person", cured_by="segment", cured_from="segment_start"
    )
    latest = segments.group_by("person").agg(if_restored=pl.col("segment_start").max())
    breaks = segments.filter(pl.col("broke_on").is_not_null()).select("person", "segment", "broke_on")
    restored = (
        breaks.join(cured, on="person", how="left")
        .filter((pl.col("cured_by") > pl.col("segment")).fill_null(value=False))
        .group_by("person", "segment")
        .agg(pl.col("cured_from").min())
    )
    return (
        breaks.join(restored, on=["person", "segment"], how="left")
        .join(latest, on="person")
        .group_by("person", "cured_from", "if_restored")
        .agg(start=dates.days_after(pl.col("broke_on").min(), 1))
        .select(
            "person",
            "start",
            "if_restored",
            before=pl.col("cured_from").fill_null(dates.FAR_FUTURE),
            restored=pl.col("cured_from").is_not_null(),
        )
    )


def latest(suspended: pl.LazyFrame) -> pl.LazyFrame:
    """A row a person with a suspension: held_out (not restored yet), and the first and last day of the latest.

    Columns: person, held_out, latest_suspended_from, latest_suspended_through (null when open).
    """
    return (
        suspended.sort("person", "start")
        .group_by("person")
        .agg(
            held_out=(~pl.col("restored")).any(),
            latest_suspended_from=pl.col("start").last(),
            latest_suspended_through=pl.when(pl.col("restored").last()).then(
                dates.days_after(pl.col("before").last(), -1)
            ),
        )
    )


@rule(
    cites=["@year_held_out", "@eligibility_break_hours_at_most", "Plan 2.03(B)"],
    says={
        "open": "Participation is suspended from {suspended_from} on: the measuring period before it had "
        "{eligibility_break_hours_at_most} hours or fewer. A Year of Service measured from the first paid day since "
        "restores it as of that day.",
        "over": "Participation was suspended from {suspended_from} through {suspended_through}, after a measuring "
        "period of {eligibility_break_hours_at_most} hours or fewer; a Year of Service since has restored it.",
    },
    case=lambda _: pl.when(pl.col("suspended_from").is_not_null()).then(
        pl.when(pl.col("latest_suspended_through").is_null()).then(pl.lit("open")).otherwise(pl.lit("over"))
    ),
    unit="date",
)
def suspended_from(_: Participation) -> pl.Expr:
    """The first day of a Participant's latest suspension after a Break; null when there was none."""
    return pl.when(pl.col("entry_on") < pl.col("latest_suspended_from")).then("latest_suspended_from")


@rule(
    cites=["@year_held_out", "Plan 2.03(B)"],
    says="Participation was restored from the day after {suspended_through} on.",
    unit="date",
)
def suspended_through(_: Participation) -> pl.Expr:
    """The last day of that suspension; null while it lasts, and when there was none."""
    return pl.when(pl.col("suspended_from").is_not_null()).then("latest_suspended_through")


RULES: tuple[Rule, ...] = (suspended_from, suspended_through)
