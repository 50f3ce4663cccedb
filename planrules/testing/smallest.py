"""The smallest person who breaks a property: simplified step by step, all candidates of a step in one evaluation.

Hypothesis would try one candidate after the other, and one evaluation costs as much for one person as for hundreds.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from planrules.api import Plan
from planrules.people import Person
from planrules.people.models import Account, EmploymentSpan, PayRow
from planrules.testing.drawn import Trial
from planrules.testing.properties import Claim, Property
from planrules.testing.run import cases_of

_ROUNDS = 40
_CANDIDATES = 400
_DAY = timedelta(days=1)
_NOTHING = Decimal(0)
_ROUND_HOURS = (_NOTHING, Decimal(500), Decimal(1000))
_ROUND_PAY = (_NOTHING, Decimal(12000))
_AMOUNTS = ("other_elective_contributions", "bonus", "overtime", "commissions", "cash_or_deferred")
_BORN = date(1960, 1, 1)


def smallest(
    plan: Plan, broken: Property, people: Sequence[Trial], days: Sequence[date], rounds: int = _ROUNDS
) -> tuple[Trial, Claim]:
    """The simplest trial found from those that break a property, and the claim it breaks; the same every time."""
    trial = min(people, key=size)
    claim = _claims(plan, broken, [trial], days)[0]
    if claim is None:
        msg = f"{broken.name} holds for the person to be simplified"
        raise ValueError(msg)
    for _ in range(rounds):
        simpler = sorted({each for each in candidates(trial) if size(each) < size(trial)}, key=size)[:_CANDIDATES]
        found = _claims(plan, broken, simpler, days)
        best = next(((each, told) for each, told in zip(simpler, found, strict=True) if told is not None), None)
        if best is None:
            return trial, claim
        trial, claim = best
    return trial, claim


def _claims(plan: Plan, broken: Property, people: Sequence[Trial], days: Sequence[date]) -> list[Claim | None]:
    cases = cases_of(plan, people, broken.beside, days)
    return [None if case is None else broken.broken(case) for case in cases]


def size(trial: Trial) -> tuple[int, int, int, str]:
    """How much there is to read: how many facts, how many of them are out of the ordinary, how long they are."""
    person = trial.person
    facts = len(person.employment) + len(person.pay or ()) + len(person.classes or ()) + len(person.opt_outs)
    text = person.model_dump_json(by_alias=True, exclude_defaults=True)
    odd = sum(row.paid_on != row.end for row in person.pay or ())
    odd += sum(bool(getattr(person.accounts, name, 0)) for name in Account.model_fields)
    plain = sum(character not in "0-" for character in text)
    return facts + len(person.distributions), odd, plain, f"{text} {trial.as_of}"


def candidates(trial: Trial) -> Iterator[Trial]:
    """Simpler trials, each with one thing changed or taken away; some may be impossible, and are set aside later."""
    simplified = (_without_facts, _one_employment, _without_rows, _plainer)
    for person in (changed for change in simplified for changed in change(trial.person)):
        yield Trial(person, trial.as_of)


def _changed(person: Person, **facts: object) -> Person:
    return person.model_copy(update=facts)


def _without_facts(person: Person) -> Iterator[Person]:
    if person.classes:
        yield _changed(person, classes=())
        yield from (_changed(person, classes=_but(person.classes, n)) for n in range(len(person.classes)))
    yield from (_changed(person, distributions=_but(person.distributions, n)) for n in range(len(person.distributions)))
    if person.opt_outs:
        yield _changed(person, opt_outs=())
    for name in ("top_heavy_schedule_kept_on", "participant_since"):
        if getattr(person, name) is not None:
            yield _changed(person, **{name: None})
    for number, spell in enumerate(person.employment):
        if len(person.employment) > 1:
            yield _changed(person, employment=_but(person.employment, number), pay=_outside(person.pay, spell))


def _one_employment(person: Person) -> Iterator[Person]:
    """Two spells in one, without the days between them."""
    for number, (spell, following) in enumerate(pairwise(person.employment)):
        if spell.employer == following.employer:
            joined = following.model_copy(update={"start": spell.start})
            spells = (*person.employment[:number], joined, *person.employment[number + 2 :])
            yield _changed(person, employment=spells)


def _but(items: tuple[object, ...], number: int) -> tuple[object, ...]:
    return (*items[:number], *items[number + 1 :])


def _outside(rows: tuple[PayRow, ...] | None, spell: EmploymentSpan) -> tuple[PayRow, ...] | None:
    if rows is None:
        return None
    return tuple(row for row in rows if row.start < spell.start or (spell.end is not None and row.start > spell.end))


def _without_rows(person: Person) -> Iterator[Person]:
    """Fewer pay rows: stretches of them left out, and two that follow each other in one."""
    rows = person.pay or ()
    length = len(rows)
    while length:
        for start in range(0, len(rows), length):
            yield _changed(person, pay=(*rows[:start], *rows[start + length :]))
        length //= 2
    for number, (row, following) in enumerate(pairwise(rows)):
        if following.start == row.end + _DAY and row.employer == following.employer and row.kind == following.kind:
            yield _changed(person, pay=(*rows[:number], _joined(row, following), *rows[number + 2 :]))


def _joined(row: PayRow, following: PayRow) -> PayRow:
    def both(name: str) -> object:
        one, other = getattr(row, name), getattr(following, name)
        return None if one is None or other is None else one + other

    summed = {name: both(name) for name in ("hours", "compensation", "salary_reduction", *_AMOUNTS, "days")}
    return following.model_copy(update={"start": row.start, **summed})


def _plainer(person: Person) -> Iterator[Person]:
    """Rounder days and amounts."""
    yield from (_changed(person, accounts=plain) for plain in _plainer_accounts(person.accounts))
    if person.birth_date is not None:
        for born in (_BORN, person.birth_date.replace(month=1, day=1)):
            yield _changed(person, birth_date=born)
    for number, spell in enumerate(person.employment):
        for plain in _plainer_spell(spell):
            yield _changed(person, employment=_with(person.employment, number, plain))
    rows = person.pay or ()
    for name, values in (("hours", _ROUND_HOURS), ("compensation", _ROUND_PAY), ("salary_reduction", (_NOTHING,))):
        for value in values:
            yield _changed(person, pay=tuple(row.model_copy(update={name: value}) for row in rows))
    for number, row in enumerate(rows):
        for changed in _plainer_row(row):
            yield _changed(person, pay=_with(rows, number, changed))


def _plainer_accounts(accounts: Account | None) -> Iterator[Account]:
    names = tuple(Account.model_fields)
    if accounts is not None:
        yield from (accounts.model_copy(update={name: _NOTHING}) for name in names)
    yield Account.model_validate(dict.fromkeys(names, _NOTHING))


def _with(items: tuple[object, ...], number: int, item: object) -> tuple[object, ...]:
    return (*items[:number], item, *items[number + 1 :])


def _plainer_spell(spell: EmploymentSpan) -> Iterator[EmploymentSpan]:
    first = spell.start.replace(month=1, day=1)
    yield spell.model_copy(update={"start": first})
    yield spell.model_copy(update={"end": None, "reason": None})
    if spell.reason not in (None, "quit"):
        yield spell.model_copy(update={"reason": "quit"})
    if spell.end is not None:
        yield spell.model_copy(update={"end": spell.end.replace(month=12, day=31)})


def _plainer_row(row: PayRow) -> Iterator[PayRow]:
    yield row.model_copy(update={"paid_on": row.end})
    yield row.model_copy(update={"employer": None})
    for name, values in (("hours", _ROUND_HOURS), ("compensation", _ROUND_PAY), ("salary_reduction", (_NOTHING,))):
        yield from (row.model_copy(update={name: value}) for value in values)
    zeroed = {name: _NOTHING for name in _AMOUNTS if getattr(row, name)}
    if zeroed:
        yield row.model_copy(update=zeroed)
