"""What holds of any answer: the same facts give the same answer, alone, in company, in any order and on any day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from planrules.plan import Terms
from planrules.testing.case import Case, Row, Told
from planrules.testing.drawn import Trial
from planrules.testing.equivalencies import unit_of
from planrules.testing.properties.definition import ACCOUNTS, Claim, stated

_EVERYTHING = ("people", "participation_periods", "vesting_periods", "matching")
_LEDGERS = ("participation", "vesting", "matching")
_KEY = "employee_id"
_ONCE_JOINED = ("fully_vested_on",)
"""Fields about money, which nobody has who has not joined; Normal Retirement Age too may wait for joining (AA 5.01)."""
_LATER = ("later", "much_later")


def _plain(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != _KEY}


def differences(one: Told, other: Told) -> Iterator[tuple[str, object, object]]:
    """Every field and ledger in which two answers differ, with both values."""
    mine, theirs = _plain(one.people), _plain(other.people)
    yield from ((name, mine[name], theirs[name]) for name in mine if mine[name] != theirs[name])
    for ledger in _LEDGERS:
        lines, others = ([_plain(row) for row in getattr(told, ledger)] for told in (one, other))
        if lines != others:
            pair = next((pair for pair in zip(lines, others, strict=False) if pair[0] != pair[1]), (lines, others))
            yield ledger, pair[0], pair[1]


def _same(case: Case, name: str, why: str) -> Iterator[Claim]:
    """The claim that a variant gets the same answer."""
    if name not in case.beside:
        return
    differ = next(differences(case.told, case.beside[name][1]), None)
    if differ is None:
        yield Claim(holds=True, expected="the same answer", found="the same answer", why=why)
    else:
        yield Claim(holds=False, expected=f"{differ[0]}: {differ[1]}", found=differ[2], why=why)


@stated("Plan 9.10", "ERISA 404(a)(1)", reads=_EVERYTHING, beside=("alone",))
def each_person_is_judged_alone(case: Case) -> Iterator[Claim]:
    """Nobody's answer depends on who else is asked about, or on the order in which people are asked about."""
    yield from _same(case, "alone", "asked about among other people, in another order")


@stated("ERISA 404(a)(1)(D)", reads=_EVERYTHING, beside=("again",))
def the_same_facts_give_the_same_answer(case: Case) -> Iterator[Claim]:
    """Two people with the same facts get the same answer, whatever they are called."""
    yield from _same(case, "again", "the same facts under another employee_id")


@stated("29 CFR 2530.200b-2", reads=_EVERYTHING, beside=("reordered",))
def the_order_of_the_record_does_not_matter(case: Case) -> Iterator[Claim]:
    """The order in which spells, checks and classes stand in the file changes nothing."""
    yield from _same(case, "reordered", "the rows of each table in the other order")


@stated("Plan 1.28", "Plan 2.02", reads=_EVERYTHING, beside=("known_by_then",))
def nothing_after_the_day_counts(case: Case) -> Iterator[Claim]:
    """An answer rests on facts dated on or before its day alone: without anything later it is the same."""
    if case.history.spells:
        yield from _same(case, "known_by_then", "what comes after the day was taken off the record")


@stated(
    *("IRC 410(a)", "IRC 411(a)"),
    reads=("eligibility_completed_on", "scheduled_entry_on", "entry_on", "years_of_service", "vested_percent"),
    beside=("fuller",),
)
def more_hours_never_harm(case: Case) -> Iterator[Claim]:
    """More hours in a check never delay joining, take a Year of Service away or lower what is owned."""
    if "fuller" not in case.beside:
        return
    fuller, why = case.beside["fuller"][1], "one check with all the hours of its days"
    for name in ("eligibility_completed_on", "scheduled_entry_on", "entry_on"):
        before, after = case.told.day(name), fuller.day(name)
        if before is not None and fuller.settles(name):
            yield Claim(after is not None and after <= before, f"{name} by {before}", after, why)
    if case.told.settles("years_of_service") and fuller.settles("years_of_service"):
        years = case.told.value("years_of_service")
        yield Claim(fuller.value("years_of_service") >= years, f"{years} Years", fuller.value("years_of_service"), why)
    for account in case.terms.vesting.accounts:
        owned, more = case.told.owned(account), fuller.owned(account)
        if owned is not None and more is not None:
            yield Claim(more >= owned, f"at least {owned}% of {ACCOUNTS[account]}", f"{more}%", why)


@cache
def changes() -> Mapping[str, Mapping[str, str]]:
    """What may_change.yaml lists: for any plan, and besides for one with the one-year hold-out."""
    text = resources.files(__package__).joinpath("may_change.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found


def may_change(terms: Terms) -> Mapping[str, str]:
    """The fields that later facts, or time itself, may change although they were decided: each with the reason."""
    found = changes()
    return {**found["any_plan"], **(found["one_year_hold_out"] if terms.participation.year_held_out else {})}


def _runs_over(case: Case, until: date) -> bool:
    """Whether what was running on the day was over by the later one, and brings hours or pay of days before."""
    rows, service = case.trial.person.pay or (), case.terms.service
    if service.equivalency is not None and unit_of(case.as_of, service).last > case.as_of:
        return True
    return case.history.may_go_on or any(
        row.start <= case.as_of < row.end <= until or row.paid_on <= case.as_of < row.end for row in rows
    )


_NAMED = "whether a missing fact is named for the field"


@stated(
    *("Plan 2.04", "IRC 411(d)(6)"),
    reads=("people", "statuses", "participation_periods", "vesting_periods", "matching"),
    beside=_LATER,
)
def what_is_decided_stays_decided(case: Case) -> Iterator[Claim]:
    """An answer decided on one day is the same on every later day, save for the fields that later facts may change.

    Which may, and why, is listed in may_change.yaml.
    """
    for name in _LATER:
        if name in case.beside:
            trial, later = case.beside[name]
            if not _runs_over(case, trial.as_of):
                yield from _stays(case, trial, later)


def _stays(case: Case, trial: Trial, later: Told) -> Iterator[Claim]:
    why, changing = f"decided on {case.as_of}, asked about again on {trial.as_of}", may_change(case.terms)
    for field, status in case.told.people["statuses"].items():
        value = case.told.people.get(field)
        if status != "decided" or later.status(field) != "decided" or value is None or field in changing:
            continue
        if field in _ONCE_JOINED and case.told.day("entry_on") is None:
            continue
        ahead = isinstance(value, date) and value > case.as_of
        if not ahead:
            yield Claim(later.value(field) == value, f"{field}: {value}", later.value(field), why)
    yield from _lines_stay(case, later, why)
    then = {line["through"]: line for line in later.vesting}
    for line in case.told.vesting:
        if line["through"] <= case.as_of and None not in (line["year"], line["break"]):
            kept = ("hours", "year", "break")
            found = then.get(line["through"])
            mine, theirs = (None if each is None else [each[one] for one in kept] for each in (line, found))
            yield Claim(mine == theirs, f"{kept}: {mine}", theirs, f"the period that ended on {line['through']}, {why}")


def _lines_stay(case: Case, later: Told, why: str) -> Iterator[Claim]:
    """Measuring periods that are over, and the match of allocation periods whose test has come."""
    over = [line for line in case.told.participation if line["through"] <= case.as_of and case.history.never_held_out]
    yield from _lines_kept(over, later.participation, ("start", "through"), ("hours", "year_of_service"), why)
    if case.told.status("months") == later.status("months") == "decided":
        tested = [line for line in case.told.matching if max(line["tested_on"], line["month_end"]) <= case.as_of]
        yield from _lines_kept(
            tested, later.matching, ("month_end",), ("eligible_contributions", "match", "allocated"), why
        )


def _lines_kept(
    lines: Sequence[Row], later: Sequence[Row], by: Sequence[str], kept: Sequence[str], why: str
) -> Iterator[Claim]:
    then = {tuple(line[name] for name in by): line for line in later}
    for line in lines:
        if None not in (mine := [line[name] for name in kept]):
            found = then.get(tuple(line[name] for name in by))
            theirs = None if found is None else [found[name] for name in kept]
            yield Claim(mine == theirs, f"{kept}: {mine}", theirs, f"the period that ended on {line[by[-1]]}, {why}")


@stated("IRC 411(a)", "29 CFR 2560.503-1(g)", reads=("people", "statuses", "missing"))
def an_open_answer_names_what_is_missing(case: Case) -> Iterator[Claim]:
    """A field waits for data exactly when a missing fact is named for it, and then says nothing in its place."""
    for field, status in case.told.people["statuses"].items():
        if status == "needs_data" and field in case.told.people:
            value = case.told.people[field]
            quiet = value is None or field in ("vested_percent", "contributions", "hardship_accounts")
            yield Claim(quiet, f"{field}: nothing", value, "the status says that a fact is missing")
        if status in ("needs_data", "decided", "projected"):
            named, waits = field in case.told.missing, status == "needs_data"
            yield Claim(named == waits, f"{field}: {'needs_data' if named else 'no needs_data'}", status, _NAMED)


PROPERTIES = (
    each_person_is_judged_alone,
    the_same_facts_give_the_same_answer,
    the_order_of_the_record_does_not_matter,
    nothing_after_the_day_counts,
    more_hours_never_harm,
    what_is_decided_stays_decided,
    an_open_answer_names_what_is_missing,
)
