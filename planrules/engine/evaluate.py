"""evaluate: people and a plan in, answers with statuses out."""

from datetime import date

import polars as pl

from planrules import dates
from planrules.engine.bounds import open_ledger
from planrules.engine.collecting import all_collected, of_as_many
from planrules.engine.determine import Determination, determine
from planrules.engine.fields import fields
from planrules.engine.honesty import honest
from planrules.engine.knowledge import MISSING, RECORDED, known
from planrules.engine.result import Result
from planrules.engine.stages import Stages
from planrules.errors import PeopleError, Problem
from planrules.people import People
from planrules.people.checks import exceptions
from planrules.plan import Terms

EARLIEST, LATEST = date(1975, 1, 1), date(2100, 12, 31)
"""The days that can be asked about: from the law that shaped these plans on."""
_KEY = "employee_id"
_AMOUNT = pl.Decimal(16, 2)
_IN_HUNDREDTHS = (
    *("hours", "compensation", "compensation_counted", "eligible_contributions", "tier_1", "tier_2", "match"),
    *("completing_hours", "running_hours", "vested_total", "total", "allocated_total", "annual_limit"),
    *("balance_deferral", "balance_regular_matching", "balance_employer", "balance_qualified_nonelective"),
    *("plan_year_compensation", "plan_year_maximum", "deferred_in_plan_year", "deferred_in_calendar_year"),
)
"""Columns that the rules keep as whole hundredths."""

_BESIDE = ("later_money_percent",)
"""Parts of the answer that have no status of their own."""

_LEDGERS = {
    "participation_periods": (("start", "through"), ("hours", "year_of_service", "complete")),
    "vesting_periods": (
        ("start", "through"),
        (
            "hours",
            "year",
            "break",
            "consecutive_breaks",
            "years_of_service",
            "dropped_by_parity",
            "top_heavy_applies",
            "percent",
        ),
    ),
    "matching": (
        ("month_end",),
        (
            *("compensation", "compensation_counted", "eligible_contributions", "tier_1", "tier_2", "match"),
            *("allocated", "tested_on"),
        ),
    ),
}
"""The columns of each ledger: its key and its values."""

_LEDGER_FIELDS = {
    "participation_periods": "eligibility_completed_on",
    "vesting_periods": "years_of_service",
    "matching": "months",
}
"""The field of the answer that each ledger is behind."""

_VALUE_FIELDS = {"allocated": "allocated_total"}
"""Values of a ledger that are behind a field of their own."""

_PLAIN = ("complete", "hours", "compensation", "eligible_contributions")
"""Values of a ledger that are facts, whatever the elections mean."""


def evaluate(people: People, terms: Terms, as_of: date, stages: Stages | None = None) -> Result:
    """Every answer for everybody whose facts can be true, at the close of `as_of`.

    People with impossible facts are in `exceptions` and nowhere else; no bad person stops the others. `stages` carries
    over what was worked out for the same people and day under another reading of the same plan.
    """
    if not EARLIEST <= as_of <= LATEST:
        raise PeopleError([_far_off()])
    with of_as_many(people.employees.height):
        return _evaluated(people, terms, as_of, stages or Stages())


def _evaluated(people: People, terms: Terms, as_of: date, stages: Stages) -> Result:
    good, wrong = stages.once("checks", terms, (people,), lambda read: _checked(people, read))
    facts = stages.once("known", terms, (good,), lambda read: known(good, read, as_of))
    found = determine(facts, terms, as_of, stages)
    told = stages.once(
        "told",
        terms,
        (facts, found.people, found.participation_periods, found.vesting_periods, found.matching),
        lambda read: _told(found, facts.gaps, read, as_of),
    )
    return Result(terms=terms, as_of=as_of, exceptions=wrong, **told)


def _told(found: Determination, gaps: pl.DataFrame, terms: Terms, as_of: date) -> dict[str, pl.DataFrame]:
    """The frames of a result, with statuses, and nothing said that is not known."""
    told = honest(found, gaps, terms, as_of)
    lines = [_ledger(found, name, told.people, terms) for name in _LEDGERS]
    frames = [told.people.lazy().drop("person", "variant"), *lines]
    facts, *ledgers = all_collected([_exact(frame) for frame in frames])
    return {
        "people": facts.select(_KEY, *fields(), *_BESIDE, "statuses"),
        "facts": facts,
        "missing": told.missing,
        "assumptions": told.assumptions,
        "gaps": _gaps(gaps, as_of),
        **dict(zip(_LEDGERS, ledgers, strict=True)),
    }


def _far_off() -> Problem:
    return Problem(
        what=f"a day before {EARLIEST.isoformat()} or after {LATEST.isoformat()}",
        where="as_of",
        why="No plan of this form was in force then, and no law of then is on file.",
        do="Ask for a day between them.",
    )


def _checked(people: People, terms: Terms) -> tuple[People, pl.DataFrame]:
    """The people whose facts can be true, and the exceptions of the others."""
    wrong = exceptions(people, employers=terms.service.employers, classes=terms.known_classes)
    if not wrong.height:
        return people, wrong
    return people.only(people.employees.filter(~pl.col(_KEY).is_in(wrong[_KEY].implode()))[_KEY]), wrong


def _gaps(gaps: pl.DataFrame, as_of: date) -> pl.DataFrame:
    last = dates.days_after(pl.col("before"), -1)
    return gaps.select(_KEY, "start", through=pl.min_horizontal(last, pl.lit(as_of)))


def _ledger(found: Determination, name: str, told: pl.DataFrame, terms: Terms) -> pl.LazyFrame:
    by, values = _LEDGERS[name]
    who = found.people.lazy().select("person", _KEY, "variant")
    lines = getattr(found, name).lazy().join(who, on="person", maintain_order="left")
    lines = lines.sort("person", *reversed(by)).select(_KEY, "variant", *by, *values)
    recorded, variants = (
        lines.filter(pl.col("variant").is_in(some)).drop("variant") for some in ([RECORDED], list(MISSING))
    )
    opened = open_ledger(recorded, variants, by, values)
    return _without_untold(opened, name, told) if terms.untold else opened


def _without_untold(ledger: pl.LazyFrame, name: str, told: pl.DataFrame) -> pl.LazyFrame:
    """A ledger whose amounts are null for people of whom they rest on words whose meaning is not told.

    Where the computation periods themselves rest on such words, none is shown.
    """
    if "start" in _LEDGERS[name][0]:
        ledger = ledger.filter(~pl.col(_KEY).is_in(told.filter("periods_untold")[_KEY].implode()))
    for value in _LEDGERS[name][1]:
        field = _VALUE_FIELDS.get(value, _LEDGER_FIELDS[name])
        who = told.filter(pl.col("statuses").struct.field(field) == "needs_reading").select(_KEY)
        if value not in _PLAIN and not who.is_empty():
            ledger = ledger.with_columns(pl.when(~pl.col(_KEY).is_in(who[_KEY].implode())).then(value).alias(value))
    return ledger


def _exact(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Hundredths as decimals."""
    columns = frame.collect_schema().names()
    present = [name for name in _IN_HUNDREDTHS if name in columns]
    return frame.with_columns((pl.col(present).cast(pl.Decimal(18, 2)) / 100).cast(_AMOUNT))
