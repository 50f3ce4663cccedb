"""Everybody on one day: an evaluation, brought to one row a person with what the list shows, sorts and filters by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

import polars as pl
from dateutil.relativedelta import relativedelta

from planrules.api import Plan
from planrules.engine import Result, Stages, evaluate
from planrules.engine.halving import in_halves, name_of
from planrules.people import People
from planrules.people.checks import exceptions_not_evaluated
from planrules.plan.participation import plan_entry_dates
from planrules.web.everybody import missing, pace, readings

KEY = "employee_id"
AT_ONCE = 10_000
"""People evaluated at once."""
_LATER = ("later_money_percent", "later_matching_percent")
_QUARTER = relativedelta(months=3)


@dataclass(frozen=True)
class Roster:
    """Everybody as of one day.

    Attributes:
        as_of: the day at whose close the answers hold.
        quarter_through: the last of the three months that begin on that day.
        entry_dates: the Plan Entry Dates within them.
        rows: one row a person, in the order of employee_id; see `rows_of`.
        set_aside: people whose facts cannot be true: employee_id, table, row, column, rule, do.
        at_risk_means: what being at risk means under this plan.
        plan_lacks: facts of the plan itself that leave somebody's answer open, in words.
    """

    as_of: date
    quarter_through: date
    entry_dates: tuple[date, ...]
    rows: pl.DataFrame
    set_aside: pl.DataFrame
    at_risk_means: str
    plan_lacks: tuple[str, ...]


def roster(plan: Plan, people: People, as_of: date) -> Roster:
    """Evaluates everybody, a part of them at a time, so that memory does not grow with their number.

    Raises:
        PeopleError: the day is none that can be asked about.
    """
    through = as_of + _QUARTER - timedelta(days=1)
    days = plan_entry_dates(plan.terms.participation, through)
    parts = [part for some in _ranges(people) for part in _parts(plan, some, as_of, through)]
    return Roster(
        as_of=as_of,
        quarter_through=through,
        entry_dates=tuple(day for day in days if day >= as_of),
        rows=pl.concat([part.rows for part in parts]).sort(KEY),
        set_aside=pl.concat([part.set_aside for part in parts]),
        at_risk_means=pace.definition(plan.terms),
        plan_lacks=tuple(sorted({missing.in_words(fact) for part in parts for fact in part.plan_lacks})),
    )


@dataclass(frozen=True)
class _Part:
    """Some of the people: their rows, who was set aside, and the facts of the plan that are not on file."""

    rows: pl.DataFrame
    set_aside: pl.DataFrame
    plan_lacks: tuple[str, ...] = ()


def _ranges(people: People) -> Iterator[People]:
    """The people, some at a time; whoever stands in any table, so that rows about nobody are told too."""
    ids = pl.concat([getattr(people, table.name)[KEY] for table in fields(people)]).unique().sort()
    if ids.len() <= AT_ONCE:
        yield people
        return
    for start in range(0, ids.len(), AT_ONCE):
        yield people.only(ids[start : start + AT_ONCE])


def _parts(plan: Plan, people: People, as_of: date, through: date) -> Iterator[_Part]:
    """The people of a range; somebody for whom the engine itself fails is set aside, and nobody else."""
    everybody = people.employees[KEY].unique().sort().to_list()

    def part(of: People) -> _Part:
        stages = Stages()
        result = evaluate(of, plan.terms, as_of, stages)
        rows = rows_of(result, of, readings.open_for(plan, of, result, stages), through)
        return _Part(rows, result.exceptions, missing.of_the_plan(result))

    def only(ids: Sequence[str]) -> People:
        return people if ids is everybody else people.only(pl.Series(ids, dtype=pl.String))

    def failed(ids: Sequence[str], error: BaseException) -> _Part:
        return _Part(part(only([])).rows, exceptions_not_evaluated(ids, name_of(error)))

    yield from in_halves(everybody, lambda ids: part(only(ids)), failed)


def rows_of(result: Result, people: People, open_readings: pl.DataFrame, through: date) -> pl.DataFrame:
    """One row a person: what is known of joining and owning, the pace of who is at risk, and one flag a filter.

    `joins_on` is the day of joining, past or ahead; `joins` says which: joined, joins, at_the_earliest or not_said.
    `missing` and `open` are lists, empty for none; `deferred_on` is the first day somebody deferred before joining.
    `later_money_from` is null where one percentage covers all the money that there is.
    """
    lists = {
        "missing": missing.facts_missing(result).group_by(KEY, maintain_order=True).agg(missing="fact"),
        "open": open_readings.group_by(KEY, maintain_order=True).agg(open="open"),
    }
    rows = result.people.select(KEY, "status_of_employee", *_joining(), "years_of_service", *_owning(), "event_on")
    for frame in (*lists.values(), _later_money(result), pace.at_risk(result, people), _deferred_early(result, people)):
        rows = rows.join(frame, on=KEY, how="left", maintain_order="left")
    none = pl.lit([], dtype=pl.List(pl.String))
    rows = rows.with_columns(pl.col(name).fill_null(none) for name in lists)
    return rows.with_columns(
        joining_this_quarter=pl.col("joins_on").is_between(result.as_of, through).fill_null(value=False),
        at_risk=pl.col("pace_toward").is_not_null(),
        missing_data=pl.col("missing").list.len() > 0,
        needs_a_reading=pl.col("open").list.len() > 0,
        early=pl.col("deferred_on").is_not_null(),
    )


def _joining() -> list[pl.Expr]:
    status = pl.col("statuses").struct.field
    unknown = status("entry_on").is_in(["needs_data", "needs_reading"])
    said = (
        pl.when(pl.col("entry_on").is_not_null())
        .then(pl.lit("joined"))
        .when(pl.col("next_entry_on").is_not_null())
        .then(pl.lit("joins"))
        .when(pl.col("earliest_entry_on").is_not_null())
        .then(pl.lit("at_the_earliest"))
        .when(unknown | status("status_of_employee").is_in(["needs_data", "needs_reading"]))
        .then(pl.lit("not_said"))
    )
    return [pl.coalesce("entry_on", "next_entry_on", "earliest_entry_on").alias("joins_on"), said.alias("joins")]


def _owning() -> list[pl.Expr]:
    percent = pl.col("vested_percent").struct.field
    return [
        percent("employer").alias("vested_percent_employer"),
        percent("regular_matching").alias("vested_percent_regular_matching"),
        pl.col("fully_vested_on"),
    ]


def _later_money(result: Result) -> pl.DataFrame:
    """Who owns later money to another percentage: employee_id, later_money_from and its percentages.

    They are there as in an answer's portions: where there is money from before that day and can be some since. A
    percentage is null where later money of that account is owned to the same.
    """
    held = result.facts.filter(
        pl.col("floor_through_on") < result.as_of,
        pl.col("entry_on").fill_null(result.as_of) <= pl.col("floor_through_on"),
        ~pl.col("separated") | (pl.col("last_day_on") > pl.col("floor_through_on")),
        pl.any_horizontal(pl.col(_LATER).is_not_null()),
    )
    return held.select(KEY, *_LATER, later_money_from=pl.col("floor_through_on") + timedelta(days=1))


def _deferred_early(result: Result, people: People) -> pl.DataFrame:
    """Who deferred from a check before the day of joining, where that day is decided: employee_id, deferred_on."""
    decided = pl.col("statuses").struct.field("entry_on") == "decided"
    entered = result.people.filter(decided).select(KEY, "entry_on")
    paid = people.pay.filter(pl.col("paid_on") <= result.as_of, pl.col("salary_reduction") > 0)
    first = paid.group_by(KEY).agg(deferred_on=pl.col("paid_on").min())
    before = pl.col("deferred_on") < pl.col("entry_on").fill_null(result.as_of + timedelta(days=1))
    return first.join(entered, on=KEY).filter(before).select(KEY, "deferred_on")
