"""What the engine says of many trials, asked in as few evaluations as can be: one a day, with every variant in it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from planrules.api import Plan
from planrules.engine import Result
from planrules.people import People
from planrules.testing.case import Case, Told
from planrules.testing.drawn import Trial
from planrules.testing.variants import VARIANTS, renamed

_KEY = "employee_id"
Progress = Callable[[int, int], None]
"""Told how many days of how many have been evaluated."""


def told_of(result: Result) -> dict[str, Told]:
    """What a result says of each person, by employee_id."""
    ledgers = {
        name: _by_person(getattr(result, name)) for name in ("participation_periods", "vesting_periods", "matching")
    }
    missing = defaultdict[str, set[str]](set)
    for row in result.missing.select(_KEY, "needed_for").iter_rows():
        missing[row[0]].add(row[1])
    return {
        row[_KEY]: Told(
            people=row,
            participation=tuple(ledgers["participation_periods"].get(row[_KEY], ())),
            vesting=tuple(ledgers["vesting_periods"].get(row[_KEY], ())),
            matching=tuple(ledgers["matching"].get(row[_KEY], ())),
            missing=frozenset(missing[row[_KEY]]),
        )
        for row in result.people.iter_rows(named=True)
    }


def _by_person(frame: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict[str, list[dict[str, Any]]](list)
    for row in frame.iter_rows(named=True):
        found[row[_KEY]].append(row)
    return found


def cases_of(
    plan: Plan,
    trials: Sequence[Trial],
    beside: Iterable[str] = (),
    days: Sequence[date] = (),
    progress: Progress | None = None,
) -> tuple[Case | None, ...]:
    """Each trial with what the engine says of it and of the variants `beside` it; null for who was set aside.

    `days` are those that later days are chosen from. Trials asked about on the same day are evaluated together.
    """
    wanted = {
        (number, name): changed
        for number, trial in enumerate(trials)
        for name in dict.fromkeys(("", *beside))
        if (changed := trial if not name else VARIANTS[name].made(trial, days)) is not None
    }
    told = _told(plan, wanted, progress)
    return tuple(
        Case(
            plan.terms,
            trial,
            told[number, ""],
            {
                name: (wanted[number, name], told[number, name])
                for name in beside
                if (number, name) in wanted and (number, name) in told
            },
        )
        if (number, "") in told
        else None
        for number, trial in enumerate(trials)
    )


def _told(
    plan: Plan, wanted: Mapping[tuple[int, str], Trial], progress: Progress | None
) -> dict[tuple[int, str], Told]:
    batches = defaultdict[tuple[date, bool], list[tuple[int, str]]](list)
    for number, name in wanted:
        batches[wanted[number, name].as_of, bool(name) and VARIANTS[name].apart].append((number, name))
    found: dict[tuple[int, str], Told] = {}
    for done, ((as_of, apart), keys) in enumerate(sorted(batches.items()), start=1):
        # In other company: backwards, and without the variants.
        ordered = keys[::-1] if apart else keys
        names = {f"{number}{name and '.'}{name}": (number, name) for number, name in ordered}
        people = People.from_persons(renamed(wanted[key].person, name) for name, key in names.items())
        found |= {names[name]: told for name, told in told_of(plan.evaluate(people, as_of)).items()}
        if progress is not None:
            progress(done, len(batches))
    return found
