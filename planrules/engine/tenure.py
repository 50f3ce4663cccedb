"""What employment, birth and money histories say of a person at the evaluation date, one column each.

These columns are facts, not rules: dates read off the record, on which the rules build. One row a `person`.
"""

from datetime import date

import polars as pl

from planrules import dates
from planrules.engine.collecting import collected
from planrules.engine.evaluation import Evaluation
from planrules.engine.knowledge import Known
from planrules.plan import Terms
from planrules.plan.vesting import ERISA_EFFECTIVE
from planrules.rules.service import relationships


def tenure(asked: Evaluation) -> pl.LazyFrame:
    """One row a person with every fact column; see the functions below for their meaning."""
    known, terms, as_of = asked.known, asked.terms, asked.as_of
    frame = known.persons.lazy().drop("classes_known")
    spans = relationships(known.spells.lazy()).pipe(collected).lazy()
    for facts in (
        _service(known, terms, as_of),
        _employment(spans, terms, as_of),
        _exclusion(known, as_of),
        _ended_by_event(spans, terms),
        _reductions(known),
        known.accounts.lazy(),
        known.pay.lazy().filter("for_participation").group_by("person").agg(paid_through_on=pl.col("end").max()),
        known.credited.lazy()
        .filter("for_participation")
        .group_by("person")
        .agg(credited_through_on=pl.max_horizontal("end", "known_on").max()),
        _cash_out(known, spans),
    ):
        frame = frame.join(facts, on="person", how="left", maintain_order="left")
    return _deferral_history(_completed(frame))


def _still_employed(before: pl.Expr, terms: Terms, as_of: date) -> pl.Expr:
    """Whether employment goes on at the close of `as_of`; on the last day itself a reading decides."""
    left_at_close = terms.service.separated_on_last_day == "at_close"
    return before > (dates.days_after(pl.lit(as_of), 1) if left_at_close else pl.lit(as_of))


def _service(known: Known, terms: Terms, as_of: date) -> pl.LazyFrame:
    """The Employment Commencement Dates (Plan 1.28, AA 1.29), and whether anybody counted employs the person now."""
    now = _still_employed(pl.col("before"), terms, as_of) & pl.col("for_vesting")
    return (
        known.spells.lazy()
        .group_by("person")
        .agg(
            commenced_for_participation_on=pl.col("start").filter("for_participation").min(),
            commenced_for_vesting_on=pl.col("start").filter("for_vesting").min(),
            employed_anywhere=now.any(),
            served_predecessor=(~pl.col("of_employer")).any(),
        )
    )


def _employment(spans: pl.LazyFrame, terms: Terms, as_of: date) -> pl.LazyFrame:
    """First and last day with the Employer, the last day before the latest return, and why the last span ended."""
    again = pl.col("person") == pl.col("person").shift(1)
    return (
        spans.sort("person", "start")
        .with_columns(earlier_day_on=pl.when(again).then(dates.days_after(pl.col("before").shift(1), -1)))
        .group_by("person", maintain_order=True)
        .agg(
            first_day_on=pl.col("start").first(),
            previous_last_day_on=pl.col("earlier_day_on").last(),
            last_start_on=pl.col("start").last(),
            last_before_on=pl.col("before").last(),
            last_reason=pl.col("reason").last(),
            employed_days=(pl.min_horizontal("before", pl.lit(as_of).dt.offset_by("1d")) - pl.col("start"))
            .dt.total_days()
            .sum(),
        )
        .with_columns(
            employed=_still_employed(pl.col("last_before_on"), terms, as_of),
            last_day_on=pl.when(pl.col("last_before_on") < dates.FAR_FUTURE).then(
                dates.days_after(pl.col("last_before_on"), -1)
            ),
        )
    )


def _exclusion(known: Known, as_of: date) -> pl.LazyFrame:
    """Whether the person is in an excluded class on `as_of`, or only with an employer that is not in the plan yet."""
    on_day = (pl.col("start") <= as_of) & (pl.col("before") > as_of)
    in_class = (on_day & ~pl.col("not_in_yet")).any()
    return (
        known.excluded.lazy()
        .group_by("person")
        .agg(in_excluded_class=on_day.any(), employer_not_in_yet=on_day.any() & ~in_class)
    )


def _ended_by_event(spans: pl.LazyFrame, terms: Terms) -> pl.LazyFrame:
    """The last day of the first employment with the Employer that ended by an event that vests in full (AA 5.02)."""
    vests = pl.col("reason").is_in(list(terms.vesting.fully_vested_by))
    last_day = dates.days_after(pl.col("before"), -1)
    return spans.filter(vests).group_by("person").agg(ended_by_death_or_disability_on=last_day.min())


def _reductions(known: Known) -> pl.LazyFrame:
    """The first pay date of an elective deferral, by the day its row has ended too."""
    reduced = known.pay.lazy().filter(pl.col("of_employer") & (pl.col("salary_reduction") > 0))
    return reduced.group_by("person").agg(first_salary_reduction_on=pl.max_horizontal("paid_on", "end").min())


def _cash_out(known: Known, spans: pl.LazyFrame) -> pl.LazyFrame:
    """The latest cash-out, its repayment, the last day at work before it and the first day back at work after it."""
    latest = known.distributions.lazy().sort("person", "paid_on").group_by("person", maintain_order=True).last()
    paid = latest.rename({"paid_on": "cashed_out_on"})
    last_day = dates.days_after(pl.col("before"), -1)
    about = (
        paid.join(spans.select("person", "start", last_day=last_day), on="person", how="inner")
        .group_by("person")
        .agg(
            back_after_cash_out_on=pl.col("start").filter(pl.col("start") > pl.col("cashed_out_on")).min(),
            left_before_cash_out_on=pl.col("last_day").filter(pl.col("last_day") <= pl.col("cashed_out_on")).max(),
        )
    )
    joined = paid.join(about, on="person", how="left")
    return joined.with_columns(left_before_cash_out_on=pl.coalesce("left_before_cash_out_on", "cashed_out_on"))


def _completed(frame: pl.LazyFrame) -> pl.LazyFrame:
    flags = ("employed", "employed_anywhere", "in_excluded_class", "employer_not_in_yet", "served_predecessor")
    return frame.with_columns(pl.col(flags).fill_null(value=False)).with_columns(
        separated=pl.col("last_day_on").is_not_null() & ~pl.col("employed"),
        has_qualified_nonelective=pl.col("balance_qualified_nonelective") > 0,
        served_before_erisa=pl.col("commenced_for_vesting_on") < ERISA_EFFECTIVE,
    )


def _deferral_history(frame: pl.LazyFrame) -> pl.LazyFrame:
    """A deferral balance that no pay row explains was deferred at a time not known: it counts from the first day.

    `deferral_account_on_last_day` is the balance, or one cent where a cash-out emptied an account that existed.
    """
    unexplained = pl.col("first_salary_reduction_on").is_null() & (pl.col("balance_deferral") > 0)
    emptied = (pl.col("first_salary_reduction_on") <= pl.col("cashed_out_on")) & (
        pl.col("cashed_out_on") >= pl.col("last_day_on")
    )
    return frame.with_columns(
        deferral_account_on_last_day=pl.when(emptied.fill_null(value=False)).then(1).otherwise("balance_deferral"),
        first_salary_reduction_on=pl.when(unexplained)
        .then("commenced_for_vesting_on")
        .otherwise("first_salary_reduction_on"),
    )
