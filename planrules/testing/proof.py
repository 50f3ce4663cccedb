"""A proof by search, as one object: what was tried on whom, and the smallest person for whom it does not hold."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from planrules.answers.models import PlanReference
from planrules.api import Plan
from planrules.people import Person
from planrules.plan import PlanFacts
from planrules.testing.edges import EDGES
from planrules.testing.edges.sight import Sight
from planrules.testing.properties import PROPERTIES, Claim, Property
from planrules.testing.properties.definition import before_the_plan
from planrules.testing.searching import Asked, Found, Progress, ask, drawn, hold
from planrules.testing.smallest import smallest
from planrules.testing.unread import Unread, unread

Result = Literal["holds", "broken", "nobody_concerned", "does_not_apply"]
EXAMPLES = 2000
"""People drawn, unless asked otherwise: enough for every edge of the plans on file."""
_ROUNDS, _ROUNDS_AT_MOST, _ROUNDS_AT_LEAST = 120, 40, 6
"""Steps of simplifying in all, and for one property: they bound the time, and are the same every time."""


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Counterexample(_Told):
    """The smallest person found whose answer breaks a property.

    Attributes:
        person: as `planrules answer` reads it.
        as_of: the day asked about.
        supposing: what was supposed where the plan facts are silent; null when nothing was.
        facts: the plan facts under which the answer breaks it; null when they are those given.
        expected: what the answer has to be.
        found: what it is.
        why: the facts that decide it.
    """

    person: Person
    as_of: date
    supposing: str | None
    facts: PlanFacts | None
    expected: str
    found: str
    why: str


class Held(_Told):
    """What became of one property.

    Attributes:
        result: whether it holds for all those concerned, is broken, concerns nobody tried, or is not about the plan.
        not_about: why it does not apply; null when it does.
        tried: people it was held against.
        concerned: those of whom it says something.
        broken: answers that break it.
        edges_hit: edges of the plan that occur in those concerned.
    """

    name: str
    statement: str
    cites: tuple[str, ...]
    reads: tuple[str, ...]
    result: Result
    not_about: str | None
    tried: int
    concerned: int
    broken: int
    edges_hit: int
    counterexample: Counterexample | None


class EdgeHit(_Told):
    """How many of the people drawn are an edge of the plan."""

    name: str
    says: str
    hits: int


class Proof(_Told):
    """A search for somebody whose answer breaks what the law or the document promises.

    `suppositions` are what was supposed where the plan facts are silent; an empty one stands for the facts as given.
    Everybody is asked about under each. `unread` are the words of the agreement that nobody has told the meaning of.
    """

    plan: PlanReference
    examples: int
    seed: int
    people: int
    set_aside: int
    days: tuple[date, ...]
    suppositions: tuple[str, ...]
    properties: tuple[Held, ...]
    edges: tuple[EdgeHit, ...]
    unread: tuple[Unread, ...]

    @property
    def passed(self) -> bool:
        """Whether no property is broken."""
        return all(each.result != "broken" for each in self.properties)


def prove(
    plan: Plan,
    properties: Sequence[Property] = PROPERTIES,
    *,
    examples: int = EXAMPLES,
    seed: int = 0,
    progress: Progress | None = None,
) -> Proof:
    """Draws people in whom the plan's edges occur, asks about them, and holds every property against every answer.

    The same plan, properties, examples and seed give the same proof. A property that is broken comes with the smallest
    person found.
    """
    people = drawn(plan, examples, seed)
    everybody = tuple(ask(plan, people, properties, progress))
    found = tuple(hold(properties, everybody))
    hits = _edges(everybody)
    rounds = _rounds(sum(bool(each.broken) for each in found))
    return Proof(
        plan=plan.reference,
        examples=examples,
        seed=seed,
        people=len(people),
        set_aside=sum(case is None for case in everybody[0].cases),
        days=everybody[0].days,
        suppositions=tuple(asked.supposition.says for asked in everybody),
        properties=tuple(_held(each, hits, rounds, progress) for each in found),
        edges=tuple(
            EdgeHit(name=edge.name, says=edge.says, hits=len(hits[edge.name])) for edge in EDGES if edge.name in hits
        ),
        unread=tuple(unread(plan, found)),
    )


def _edges(everybody: Sequence[Asked]) -> dict[str, set[int]]:
    """For each edge that the plan has under a supposition, the numbers of the people in whom it occurs."""
    found: dict[str, set[int]] = {}
    for asked in everybody:
        plan = asked.supposition.plan
        edges = [edge for edge in EDGES if edge.applies(plan)]
        for number, case in enumerate(asked.cases):
            sight = None if case is None else Sight(plan, case.trial)
            for edge in edges:
                people = found.setdefault(edge.name, set())
                if sight is not None and edge.seen(sight):
                    people.add(number)
    return found


def _rounds(broken: int) -> int:
    return min(_ROUNDS_AT_MOST, max(_ROUNDS_AT_LEAST, _ROUNDS // max(broken, 1)))


def _held(found: Found, hits: dict[str, set[int]], rounds: int, progress: Progress | None) -> Held:
    about = found.property
    result: Result = "broken" if found.broken else "holds" if found.concerned else "nobody_concerned"
    return Held(
        name=about.name,
        statement=about.statement,
        cites=about.cites,
        reads=about.reads,
        result="does_not_apply" if found.not_about is not None else result,
        not_about=found.not_about,
        tried=len(found.tried),
        concerned=len(found.concerned),
        broken=len(found.broken),
        edges_hit=sum(not found.concerned.isdisjoint(people) for people in hits.values()),
        counterexample=_counterexample(found, rounds, progress) if found.broken else None,
    )


def _counterexample(found: Found, rounds: int, progress: Progress | None) -> Counterexample:
    """The smallest of those under the first supposition that breaks the property, simplified."""
    if progress is not None:
        progress(f"Looking for the smallest person: {found.property.name}", 0, 1)
    asked = found.broken[0].asked
    broken, terms = [each for each in found.broken if each.asked is asked], asked.supposition.plan.terms
    of_its_life = [each for each in broken if not before_the_plan(each.claim, terms)]
    people = [each.trial for each in of_its_life or broken]
    trial, claim = smallest(asked.supposition.plan, found.property, people, asked.days, rounds)
    supposed = asked.supposition
    return Counterexample(
        person=trial.person,
        as_of=trial.as_of,
        supposing=supposed.says or None,
        facts=supposed.plan.facts if supposed.says else None,
        **_words(claim),
    )


def _words(claim: Claim) -> dict[str, str]:
    """A claim's values in words; nothing is said as none."""
    told = {"expected": claim.expected, "found": claim.found}
    return {name: "none" if value is None else str(value) for name, value in told.items()} | {"why": claim.why}
