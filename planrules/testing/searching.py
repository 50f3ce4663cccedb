"""The search: many people drawn once with a seed, asked about on few days, and every property held against them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from hypothesis import HealthCheck, Phase, given, seed, settings

from planrules.api import Plan
from planrules.testing.case import Case
from planrules.testing.drawn import Trial
from planrules.testing.edges import EDGES
from planrules.testing.edges.sight import Sight
from planrules.testing.people import trials
from planrules.testing.properties import Claim, Property
from planrules.testing.properties.definition import gravest
from planrules.testing.run import cases_of
from planrules.testing.steady import STEADY
from planrules.testing.supposed import Supposition, suppositions

_DAYS = (36, 20)
"""On how many days people are asked about under the first supposition, and under a further one.

Everybody asked about on one day is one evaluation, whose cost hardly depends on how many they are.
"""
_FEWEST_DAYS, _PEOPLE_A_DAY = 6, 25
_RESCUED = 2
_MOST_DRAWS = 8
_FEWEST = 50
"""A draw of fewer begins with the simplest people again, who are there already."""
_BESIDE_FURTHER = ("later",)
"""The variants that are tried under a further supposition too."""
Progress = Callable[[str, int, int], None]
"""Told what is being done, and how much of how much is."""


@dataclass(frozen=True)
class Asked:
    """The people of a search under one supposition.

    Attributes:
        days: the days they are asked about.
        cases: everybody with the engine's answer; null for who was set aside.
    """

    supposition: Supposition
    days: tuple[date, ...]
    cases: tuple[Case | None, ...]


@dataclass(frozen=True)
class Broken:
    """A trial whose answer breaks a property."""

    asked: Asked
    trial: Trial
    claim: Claim


@dataclass
class Found:
    """What a search found of one property.

    Attributes:
        not_about: why it does not apply to the plan; null when it does.
        tried: how many people it was held against.
        concerned: the numbers of those of whom it says something.
        broken: the trials that break it, in the order drawn.
    """

    property: Property
    not_about: str | None = None
    tried: set[int] = field(default_factory=set)
    concerned: set[int] = field(default_factory=set)
    broken: list[Broken] = field(default_factory=list)


def drawn(plan: Plan, examples: int, seeded: int) -> tuple[Trial, ...]:
    """So many trials of different people; the same for the same plan, number and seed."""
    found: dict[object, Trial] = {}
    for number in range(_MOST_DRAWS):
        lacking = examples - len(found)
        if lacking <= 0:
            break
        for trial in _draw(plan, max(lacking, _FEWEST), f"{seeded}.{number}"):
            found.setdefault(trial.person, trial)
    return tuple(found.values())[:examples]


def _draw(plan: Plan, examples: int, seeded: str) -> list[Trial]:
    found: list[Trial] = []

    @seed(seeded)
    @settings(
        max_examples=examples,
        backend=STEADY,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(trials(plan))
    def take(trial: Trial) -> None:
        found.append(trial)

    take()
    return found


def days_to_ask(people: Sequence[Trial], most: int) -> tuple[date, ...]:
    """The days that most trials are asked about, ascending."""
    counted = Counter(trial.as_of for trial in people)
    return tuple(sorted(sorted(counted, key=lambda day: (-counted[day], day))[:most]))


def asked_on(people: Sequence[Trial], days: Sequence[date]) -> tuple[Trial, ...]:
    """Everybody, asked about on the nearest of the days."""
    return tuple(
        Trial(trial.person, min(days, key=lambda day: (abs((day - trial.as_of).days), day))) for trial in people
    )


def with_every_edge(plan: Plan, people: Sequence[Trial], most: int) -> tuple[tuple[Trial, ...], tuple[date, ...]]:
    """Everybody asked about on few days, and these days; who alone stands on an edge keeps the day drawn."""
    days = set(days_to_ask(people, most))
    asked = list(asked_on(people, sorted(days)))
    for edge in EDGES:
        if edge.applies(plan) and not any(edge.seen(Sight(plan, trial)) for trial in asked):
            on_edge = (number for number, trial in enumerate(people) if edge.seen(Sight(plan, trial)))
            for number in islice(on_edge, _RESCUED):
                asked[number] = people[number]
                days.add(people[number].as_of)
    return tuple(asked), tuple(sorted(days))


def ask(
    plan: Plan, people: Sequence[Trial], properties: Sequence[Property], progress: Progress | None = None
) -> Iterator[Asked]:
    """The people under each supposition, with the variants that the properties compare with."""
    wanted = tuple(dict.fromkeys(name for each in properties for name in each.beside))
    for number, supposition in enumerate(suppositions(plan)):
        beside = wanted if not number else tuple(name for name in wanted if name in _BESIDE_FURTHER)
        most = min(_DAYS[min(number, 1)], max(_FEWEST_DAYS, len(people) // _PEOPLE_A_DAY))
        asked, days = with_every_edge(supposition.plan, people, most)
        doing = f"Asking about {len(people)} people" + (f", supposing {supposition.says}" if supposition.says else "")

        def told(done: int, of: int, doing: str = doing) -> None:
            if progress is not None:
                progress(doing, done, of)

        cases = cases_of(supposition.plan, asked, beside, days, told)
        yield Asked(supposition, days, cases)


def hold(properties: Sequence[Property], everybody: Sequence[Asked]) -> Iterator[Found]:
    """Each property against everybody; it does not apply where it applies under no supposition."""
    for each in properties:
        found, reasons = Found(each), []
        for asked in everybody:
            reason = each.not_about(asked.supposition.plan.terms)
            if reason is None:
                _hold(found, asked)
            else:
                reasons.append(reason)
        found.not_about = reasons[0] if len(reasons) == len(everybody) else None
        yield found


def _hold(found: Found, asked: Asked) -> None:
    for number, case in enumerate(asked.cases):
        if case is None:
            continue
        found.tried.add(number)
        claims = tuple(found.property.claims(case))
        if claims:
            found.concerned.add(number)
        claim = gravest(claims, case.terms)
        if claim is not None:
            found.broken.append(Broken(asked, case.trial, claim))
