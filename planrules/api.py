"""The plan as people use it: load it, ask it about one person or about many."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

import polars as pl

from planrules.answers import Answer, answer
from planrules.answers.differences import other_options
from planrules.answers.models import PlanReference
from planrules.answers.moved import whom_they_move
from planrules.elections import Elections, load_elections, parse_elections
from planrules.engine import Result, Stages, evaluate
from planrules.errors import PeopleError, Problem
from planrules.people import People, Person
from planrules.people.checks import problems
from planrules.people.unfit import Table, people_that_fit
from planrules.plan import PlanFacts, Terms, catalogue, load_facts, parse_facts, resolve

FACTS_ENDING = ".facts.yaml"
"""How the name of the plan facts file ends that lies beside the elections file."""


def engine_version() -> str:
    """The version of planrules that answers."""
    try:
        return version("planrules")
    except PackageNotFoundError:
        return "0"


class Plan:
    """One employer's plan, ready to answer. Made by `load_plan` or `Plan.from_data`; it never changes.

    Attributes:
        elections: what the employer checked.
        facts: match rates and top-heavy Plan Years.
        terms: what they mean, under the readings in force.
    """

    def __init__(self, elections: Elections, facts: PlanFacts, readings: Mapping[str, str] | None = None) -> None:
        self.elections = elections
        self.facts = facts
        self._chosen = {**elections.readings, **(readings or {})}
        self.terms: Terms = resolve(elections, facts, self._chosen)

    @classmethod
    def from_data(
        cls,
        elections: Mapping[str, Any],
        facts: Mapping[str, Any] | None = None,
        readings: Mapping[str, str] | None = None,
    ) -> Self:
        """A plan from parsed YAML. Without facts there are no match rates, and no Plan Year has been tested.

        Raises:
            ElectionsError: the elections or facts break the form or their format.
            UnsupportedElectionError: an election that the engine does not evaluate.
        """
        return cls(parse_elections(elections, "elections"), parse_facts(facts, "facts"), readings)

    def with_readings(self, **readings: str) -> "Plan":
        """The same plan under other readings."""
        return Plan(self.elections, self.facts, {**self._chosen, **readings})

    def with_facts(self, facts: PlanFacts) -> "Plan":
        """The same plan under other plan facts; readings that nobody chose stay as open as they are."""
        return Plan(self.elections, facts, self._chosen)

    def otherwise_read(self) -> Mapping[tuple[str, str], Terms]:
        """What the elections mean under each other option of each reading, by reading and option."""
        return {
            (name, option): resolve(self.elections, self.facts, {**self._chosen, name: option})
            for name, reading in catalogue().items()
            for option in reading.options
            if option != self.terms.choices[name]
        }

    @cached_property
    def reference(self) -> PlanReference:
        """Which plan answered. The hash covers elections, facts and readings."""
        said = {
            "elections": self.elections.content_hash,
            "facts": self.facts.model_dump(mode="json"),
            "readings": dict(self.terms.choices.options),
        }
        digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        note = "illustrative" if self.facts.illustrative else None
        return PlanReference(
            name=self.elections.plan.name,
            elections_hash=digest,
            engine_version=engine_version(),
            facts=note,
            facts_source=self.facts.source,
        )

    @cached_property
    def _others(self) -> Mapping[tuple[str, str], Terms]:
        """The plan under each other option of each reading, where that makes it another plan."""
        found = {
            (reading, option): resolve(self.elections, self.facts, {**self._chosen, reading: option})
            for reading, option in other_options(self.terms)
        }
        return {key: terms for key, terms in found.items() if not terms.same_as(self.terms)}

    def evaluate(self, people: People | Mapping[str, Table], as_of: date) -> Result:
        """Answers for everybody, as frames. People whose facts cannot be true are in `Result.exceptions`.

        `people` may be its tables by name instead: frames, lazy frames, or tables of any library that speaks Arrow.
        Somebody with a value that does not fit its column is then an exception too, and stops nobody else.

        Raises:
            PeopleError: a table is unknown or missing, or its columns are not those of the table.
        """
        if isinstance(people, People):
            return evaluate(people, self.terms, as_of)
        fit, unfit = people_that_fit(people)
        result = evaluate(fit, self.terms, as_of)
        return replace(result, exceptions=pl.concat([unfit, result.exceptions]))

    def answer(self, person: Person, as_of: date, *, other_readings: bool = True, where: str = "person") -> Answer:
        """Everything about one person at the close of `as_of`, with reasons, citations and the other readings.

        `other_readings` false leaves the other readings out, and is quicker. `where` is how errors name the person's
        source, such as a file.

        Raises:
            PeopleError: the person's facts cannot all be true; every one that cannot is named.
        """
        return self._answered(People.from_persons([person]), person.employee_id, as_of, where, other=other_readings)

    def answers(
        self, persons: Sequence[Person], as_of: date, *, other_readings: bool = True, where: str = "person"
    ) -> tuple[Answer | PeopleError, ...]:
        """What `answer` gives for each of these people, in their order and at the cost of few evaluations.

        Somebody whose facts cannot all be true has the refusal in place of an answer, and stops nobody else. Several
        may have the same employee_id: each is answered from its own facts.
        """
        found: dict[int, Answer | PeopleError] = {}
        for together in _rounds(persons):
            found |= self._answered_together(persons, together, as_of, where, other=other_readings)
        return tuple(found[n] for n in range(len(persons)))

    def _answered_together(
        self, persons: Sequence[Person], places: Sequence[int], as_of: date, where: str, *, other: bool
    ) -> Mapping[int, Answer | PeopleError]:
        """The answers for the people in these places, no two of whom have one employee_id, by place."""
        people, stages = People.from_persons(persons[n] for n in places), Stages()
        result = evaluate(people, self.terms, as_of, stages)
        others = self._otherwise(people, as_of, stages, other=other)
        moves = whom_they_move(result, others)
        unfit = result.exceptions.partition_by("employee_id", as_dict=True)
        return {
            n: PeopleError(problems(unfit[key,], where))
            if (key := persons[n].employee_id,) in unfit
            else answer(result, key, self.reference, others, moves)
            for n in places
        }

    def answer_among(
        self, people: People, employee_id: str, as_of: date, *, other_readings: bool = True, where: str = "people"
    ) -> Answer:
        """The answer for one of many people, such as those of an import; as `answer` gives it for a `Person`.

        Raises:
            PeopleError: nobody has this employee_id, or the person's facts cannot all be true.
        """
        one = people.only(pl.Series([employee_id]))
        if not one.employees.height:
            raise PeopleError([_nobody(where)])
        return self._answered(one, employee_id, as_of, where, other=other_readings)

    def _answered(self, people: People, employee_id: str, as_of: date, where: str, *, other: bool) -> Answer:
        """The answer for the only one of these people."""
        stages = Stages()
        result = evaluate(people, self.terms, as_of, stages)
        if result.exceptions.height:
            raise PeopleError(problems(result.exceptions, where))
        others = self._otherwise(people, as_of, stages, other=other)
        return answer(result, employee_id, self.reference, others, whom_they_move(result, others))

    def _otherwise(
        self, people: People, as_of: date, stages: Stages, *, other: bool
    ) -> Mapping[tuple[str, str], Result]:
        """The evaluation under each other option of each reading; without `other`, of readings nobody decided only."""
        undecided = self.terms.choices.undecided
        wanted = {key: terms for key, terms in self._others.items() if other or key[0] in undecided}
        return {key: evaluate(people, terms, as_of, stages) for key, terms in wanted.items()}


def _rounds(persons: Sequence[Person]) -> Sequence[Sequence[int]]:
    """The places of the people in as many rounds as one employee_id comes up, each of them once in a round.

    Nobody is given another employee_id for it: plan facts name people by theirs.
    """
    rounds: list[list[int]] = []
    seen: Counter[str] = Counter()
    for place, person in enumerate(persons):
        number = seen[person.employee_id]
        seen[person.employee_id] += 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(place)
    return rounds


def _nobody(where: str) -> Problem:
    return Problem(
        what="nobody has this employee_id",
        where=where,
        why="It is compared letter by letter; an import leaves out whoever has a row set aside.",
        do="Look into exceptions.csv of the import, or take an employee_id of the employees table.",
    )


def load_plan(path: str | Path, facts: str | Path | None = None) -> Plan:
    """The plan of an elections file.

    Plan facts come from `facts`, or from the file `<name>.facts.yaml` beside the elections when there is one.

    Raises:
        FileError: a file cannot be read or is not YAML.
        ElectionsError: the elections or facts break the form or their format.
        UnsupportedElectionError: an election that the engine does not evaluate.
    """
    file = Path(path)
    beside = file.with_name(f"{file.stem}{FACTS_ENDING}")
    chosen = Path(facts) if facts is not None else beside if beside.exists() else None
    return Plan(load_elections(file), load_facts(chosen) if chosen else PlanFacts())
