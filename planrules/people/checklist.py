"""The list of checks: facts about people that cannot all be true, table by table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates
from planrules.people.frames import People

HOURS_IN_A_DAY = 24
_KEY = "employee_id"
Select = Callable[[pl.LazyFrame, People], pl.LazyFrame]
"""Picks rows of a table, which come with `row`, a number of their own."""


@dataclass(frozen=True)
class Check:
    """One rule that rows must satisfy: `broken` is the condition, or the selection, of the rows that do not."""

    table: str
    column: str
    rule: str
    do: str
    broken: pl.Expr | Select


def _overlapping(*by: str) -> Select:
    def broken(frame: pl.LazyFrame, _: People) -> pl.LazyFrame:
        through = pl.col("end").fill_null(dates.FAR_FUTURE)
        earlier = through.cum_max().shift(1).over(by)
        return frame.sort(*by, "start", "row").filter(pl.col("start") <= earlier)

    return broken


def _against_first_day(condition: pl.Expr) -> Select:
    def broken(frame: pl.LazyFrame, people: People) -> pl.LazyFrame:
        first = people.employment.lazy().group_by(_KEY).agg(first_day=pl.col("start").min())
        return frame.join(first, on=_KEY, how="inner").filter(condition)

    return broken


def _stranger(frame: pl.LazyFrame, people: People) -> pl.LazyFrame:
    return frame.join(people.employees.lazy(), on=_KEY, how="anti")


def _never_employed(frame: pl.LazyFrame, people: People) -> pl.LazyFrame:
    return frame.join(people.employment.lazy(), on=_KEY, how="anti")


def _after_death(frame: pl.LazyFrame, _: People) -> pl.LazyFrame:
    died = frame.filter(pl.col("reason") == "death").group_by(_KEY).agg(died_on=pl.col("end").min())
    return frame.join(died, on=_KEY, how="inner").filter(pl.col("start") > pl.col("died_on"))


def _whose_pay(frame: pl.LazyFrame, people: People) -> pl.LazyFrame:
    spells = people.employment.lazy().select(_KEY, spell_employer="employer", spell_start="start", spell_end="end")
    untold = frame.filter(pl.col("employer").is_null()).join(spells, on=_KEY, how="inner")
    overlaps = (pl.col("spell_start") <= pl.col("end")) & (
        pl.col("spell_end").fill_null(dates.FAR_FUTURE) >= pl.col("start")
    )
    return (
        untold.filter(overlaps)
        .group_by(_KEY, "row")
        .agg(pl.col("spell_employer").n_unique())
        .filter(pl.col("spell_employer") > 1)
    )


def _required(table: str, columns: tuple[str, ...]) -> tuple[Check, ...]:
    return tuple(
        Check(table, column, "a value is missing that a row needs", "Fill it in.", pl.col(column).is_null())
        for column in columns
    )


def named(employers: tuple[str, ...], classes: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks of names against those the plan knows."""
    stranger_employer = ~pl.col("employer").is_in(list(employers))
    return (
        Check(
            "employment",
            "employer",
            "an employer the plan does not name",
            _ONE_OF(employers),
            stranger_employer,
        ),
        Check("pay", "employer", "an employer the plan does not name", _ONE_OF(employers), stranger_employer),
        Check(
            "classes",
            "class",
            "a class of employees the plan does not know",
            _ONE_OF(classes),
            ~pl.col("class").is_in(list(classes)),
        ),
    )


def dated(as_of: date) -> tuple[Check, ...]:
    """The checks that need a day to hold facts against: the day on which the files were drawn."""
    do = "Correct the birth date."
    return (Check("employees", "birth_date", "a birth date in the future", do, pl.col("birth_date") > as_of),)


def _ONE_OF(names: tuple[str, ...]) -> str:  # noqa: N802  reads as a constant where it is used
    return f"Use one of: {', '.join(names).rstrip('.')}."


_PARTS = ("bonus", "overtime", "commissions", "other_elective_contributions")
_CONTRIBUTED = ("cash_or_deferred", "mandatory_contribution")
_BALANCES = ("deferral", "regular_matching", "employer", "qualified_nonelective")
EARLIEST = date(1900, 1, 1)
"""Days before this are slips of the pen; each Plan Year since would be a set of columns."""
_ENDS_FIRST = pl.col("end") < pl.col("start")
_KNOWN_REASONS = ["quit", "discharge", "layoff", "retirement", "death", "disability"]
_ORDER = "Put the earlier day first."
_NET = "Net reversals against the row they reverse before handing them over."

CHECKS: tuple[Check, ...] = (
    Check(
        "employees",
        "employee_id",
        "two people under one employee_id",
        "Give each person one row.",
        pl.col(_KEY).is_duplicated(),
    ),
    Check(
        "employees",
        "employee_id",
        "nobody is answered for without employment",
        "Add the employment rows.",
        _never_employed,
    ),
    Check(
        "employees",
        "birth_date",
        "the first day of employment is before birth",
        "Correct the birth date.",
        _against_first_day(pl.col("birth_date") > pl.col("first_day")),
    ),
    Check("employment", "end", "the employment ends before it starts", _ORDER, _ENDS_FIRST),
    Check(
        "employment",
        "start",
        "two stretches with one employer overlap",
        "Join them or correct the days.",
        _overlapping(_KEY, "employer"),
    ),
    Check(
        "employment",
        "reason",
        "an unknown reason for leaving",
        _ONE_OF(tuple(_KNOWN_REASONS)),
        ~pl.col("reason").is_in(_KNOWN_REASONS),
    ),
    Check(
        "employment",
        "reason",
        "a reason for leaving without a last day",
        "Add the last day or drop the reason.",
        pl.col("reason").is_not_null() & pl.col("end").is_null(),
    ),
    Check("employment", "start", "employment after a death", "Correct the reason or the days.", _after_death),
    Check("classes", "end", "the class ends before it starts", _ORDER, _ENDS_FIRST),
    Check("classes", "start", "the same class twice on one day", "Join the two rows.", _overlapping(_KEY, "class")),
    Check("pay", "end", "the pay row ends before it starts", _ORDER, _ENDS_FIRST),
    Check(
        "pay",
        "start",
        "work before the first day of employment",
        "Correct the row or add the employment.",
        _against_first_day(pl.col("start") < pl.col("first_day")),
    ),
    Check("pay", "hours", "negative hours", _NET, pl.col("hours") < 0),
    Check(
        "pay",
        "hours",
        f"more than {HOURS_IN_A_DAY} hours a day",
        "Correct the hours or the days.",
        pl.col("hours") > HOURS_IN_A_DAY * dates.days_in(pl.col("start"), pl.col("end")),
    ),
    Check("pay", "compensation", "negative compensation", _NET, pl.col("compensation") < 0),
    Check("pay", "salary_reduction", "a negative salary reduction", _NET, pl.col("salary_reduction") < 0),
    Check(
        "pay",
        "salary_reduction",
        "a salary reduction above the compensation it is taken from",
        "Correct the amounts.",
        (pl.col("salary_reduction") > pl.col("compensation")) & (pl.col("compensation") >= 0),
    ),
    *(
        Check("pay", column, "a negative amount", _NET, pl.col(column) < 0)
        for column in ("days", *_PARTS, *_CONTRIBUTED)
    ),
    *(
        Check(
            "pay",
            column,
            "a part of the compensation above the compensation",
            "Correct the amounts.",
            (pl.col(column) > pl.col("compensation")) & (pl.col("compensation") >= 0),
        )
        for column in _PARTS
    ),
    Check(
        "pay",
        "days",
        "more days of work than the row has",
        "Correct the days.",
        pl.col("days") > dates.days_in(pl.col("start"), pl.col("end")),
    ),
    Check("opt_outs", "end", "the election not to participate ends before it starts", _ORDER, _ENDS_FIRST),
    Check("opt_outs", "start", "two elections not to participate overlap", "Join the two rows.", _overlapping(_KEY)),
    Check(
        "pay",
        "kind",
        "an unknown kind of pay row",
        _ONE_OF(("paid", "maternity")),
        ~pl.col("kind").is_in(["paid", "maternity"]),
    ),
    Check(
        "pay",
        "employer",
        "a pay row that falls in employment with two employers",
        "Say which employer paid it.",
        _whose_pay,
    ),
    Check(
        "distributions",
        "repaid_on",
        "a cash-out repaid before it was paid",
        _ORDER,
        pl.col("repaid_on") < pl.col("paid_on"),
    ),
    *(
        Check(
            table,
            _KEY,
            "rows of somebody who is not among the employees",
            "Add the person or drop the rows.",
            _stranger,
        )
        for table in ("employment", "classes", "pay", "accounts", "distributions", "opt_outs")
    ),
    Check(
        "accounts",
        _KEY,
        "two rows of balances for one person",
        "Give each person one row.",
        pl.col(_KEY).is_duplicated(),
    ),
    *_required("employment", ("employer", "start")),
    *_required("classes", ("class", "start")),
    *_required("pay", ("start", "end", "paid_on", "salary_reduction", "kind", *_CONTRIBUTED)),
    *_required("opt_outs", ("start", "end")),
    *_required("accounts", _BALANCES),
    *_required("distributions", ("paid_on", "kind")),
    *(
        Check("accounts", column, "a negative balance", "Correct the balance.", pl.col(column) < 0)
        for column in _BALANCES
    ),
    Check(
        "distributions",
        "kind",
        "an unknown kind of distribution",
        _ONE_OF(("cash_out",)),
        pl.col("kind") != "cash_out",
    ),
    Check(
        "employment",
        "start",
        "employment that begins before anybody alive was born",
        "Correct the day.",
        pl.col("start") < EARLIEST,
    ),
)
