"""The smallest person who breaks a property: simplified step by step, all candidates of a step in one evaluation.

Hypothesis would try one candidate after the other, and one evaluation costs as much for one person as for hundreds.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from itertools import groupby, pairwise

from planrules.api import Plan
from planrules.people import Person
from planrules.people.models import Account, EmploymentSpan, PayRow
from planrules.testing.drawn import Trial
from planrules.testing.properties import Claim, Property
from planrules.testing.properties.definition import before_the_plan
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
        best = next(
            (
                (each, told)
                for each, told in zip(simpler, found, strict=True)
                if told is not None and before_the_plan(told, plan.terms) <= before_the_plan(claim, plan.terms)
            ),
            None,
        )
        if best is None:
            return trial, claim
        trial, claim = best
    return trial, claim


def _claims(plan: Plan, broken: Property, people: Sequence[Trial], days: Sequence[date]) -> list[Claim | None]:
    cases = cases_of(plan, people, broken.beside, days)
    return [None if case is None else broken.broken(case) for case in cases]


def size(trial: Trial) -> tuple[int, int, int, int, str]:
    """How much there is to read: days without pay, how many facts, how many out of the ordinary, how long they are."""
    person = trial.person
    facts = len(person.employment) + len(person.pay or ()) + len(person.classes or ()) + len(person.opt_outs)
    text = person.model_dump_json(by_alias=True, exclude_defaults=True)
    odd = sum(row.paid_on != row.end for row in person.pay or ())
    odd += sum(bool(getattr(person.accounts, name, 0)) for name in Account.model_fields)
    plain = sum(character not in "0-" for character in text)
    return gaps(trial), facts + len(person.distributions), odd, plain, f"{text} {trial.as_of}"


def gaps(trial: Trial) -> int:
    """In how many stretches of employment days by the day asked about have no pay row: an answer has to guess there."""
    rows = sorted((row.start, row.end) for row in trial.person.pay or ())
    found = 0
    for spell in trial.person.employment:
        last = min(spell.end or trial.as_of, trial.as_of)
        day = spell.start
        for start, end in rows:
            if start > last:
                break
            found += day < start
            day = max(day, end + _DAY)
        found += day <= last
    return found


def candidates(trial: Trial) -> Iterator[Trial]:
    """Simpler trials, each with one thing changed or taken away; some may be impossible, and are set aside later."""
    simplified = (_without_facts, _one_employment, _without_rows, _in_one, _shorter, _plainer)
    for person in (changed for change in simplified for changed in change(trial.person)):
        yield Trial(person, trial.as_of)
    yield from _filled(trial)


def _filled(trial: Trial) -> Iterator[Trial]:
    """The last pay row reaches to the day asked about, or one without hours follows it."""
    rows = trial.person.pay or ()
    if rows and rows[-1].end < trial.as_of:
        last, following = rows[-1], rows[-1].end + _DAY
        longer = last.model_copy(update={"end": trial.as_of, "paid_on": trial.as_of})
        nothing = dict.fromkeys(("hours", "compensation", "salary_reduction"), _NOTHING)
        idle = longer.model_copy(update={"start": following, **nothing, **dict.fromkeys(_AMOUNTS, _NOTHING)})
        yield Trial(_changed(trial.person, pay=(*rows[:-1], longer)), trial.as_of)
        yield Trial(_changed(trial.person, pay=(*rows, idle)), trial.as_of)


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


def _in_one(person: Person) -> Iterator[Person]:
    """Rows that follow each other in one: those of each year, and stretches of them."""
    rows = person.pay or ()
    years = tuple(_one(tuple(year)) for _, year in groupby(rows, key=lambda row: row.end.year))
    if None not in years:
        yield _changed(person, pay=years)
    length = len(rows)
    while length > 1:
        for start in range(0, len(rows) - 1, length // 2):
            one = _one(rows[start : start + length])
            if one is not None:
                yield _changed(person, pay=(*rows[:start], one, *rows[start + length :]))
        length //= 2


def _one(rows: tuple[PayRow, ...]) -> PayRow | None:
    """The rows in one; null where they do not follow each other or are not alike."""
    for row, following in pairwise(rows):
        if following.start != row.end + _DAY or row.employer != following.employer or row.kind != following.kind:
            return None
    return reduce(_joined, rows)


def _shorter(person: Person) -> Iterator[Person]:
    """A life that begins or ends with a later or an earlier pay row, or whose first and last rows fill it."""
    rows = person.pay or ()
    for number, spell in enumerate(person.employment):
        for row in rows:
            if row.start > spell.start and (spell.end is None or row.start <= spell.end):
                later = spell.model_copy(update={"start": row.start})
                kept = tuple(each for each in rows if not spell.start <= each.start < row.start)
                yield _changed(person, employment=_with(person.employment, number, later), pay=kept)
    for number, (row, following) in enumerate(pairwise(rows)):
        if following.start > row.end + _DAY:
            longer = following.model_copy(update={"start": row.end + _DAY})
            yield _changed(person, pay=_with(rows, number + 1, longer))
    for number, row in enumerate(rows):
        for spell in person.employment:
            if spell.start < row.start:
                longer = row.model_copy(update={"start": spell.start})
                yield _changed(person, pay=_with(rows, number, longer))
            if spell.end is not None and row.end < spell.end:
                longer = row.model_copy(update={"end": spell.end, "paid_on": spell.end})
                yield _changed(person, pay=_with(rows, number, longer))


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
