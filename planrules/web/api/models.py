"""What the API takes and gives, beside persons and answers: the models its OpenAPI is made from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from planrules.answers.models import Answer, PlanReference
from planrules.people import Person
from planrules.people.models import Day


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


HASH = "^[0-9a-f]{64}$"
"""How the hash of a version is written."""


class Asking(_Given):
    """What is asked, whoever it is asked about.

    Attributes:
        plan: the id of a plan of this server; null for its first.
        as_of: the day at whose close the answers hold.
        readings: options of readings in place of those in force.
        other_readings: whether an answer says what the other readings would change; false is quicker.
        elections_hash: the hash that the caller expects to be answered from; null for whichever is served.
        version: the hash of a version of the plan, an earlier one perhaps; null for the version in force.
    """

    plan: str | None = None
    as_of: Day
    readings: Mapping[str, str] = Field(default_factory=dict)
    other_readings: bool = True
    elections_hash: str | None = None
    version: str | None = Field(default=None, pattern=HASH)


class Envelope(Asking):
    """A request for answers, with the persons in it not looked at yet: each is judged alone."""

    person: Any = None
    people: list[Any] | None = None


class AnswersRequest(Asking):
    """A request for answers: exactly one of `person` and `people`."""

    person: Person | None = None
    people: list[Person] | None = Field(default=None, min_length=1)


class ProblemModel(_Given):
    """One thing that is wrong; `pointer` (RFC 6901) leads to it in the request, empty for the whole of it."""

    what: str
    where: str
    why: str
    do: str
    pointer: str


class ProblemDocument(_Given):
    """Why there is no answer (RFC 9457). No value of the request stands in it."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[ProblemModel]


class Outcome(_Given):
    """What one of several people gets: the answer, or the problems for which there is none."""

    answer: Answer | None
    problems: list[ProblemModel]


class Outcomes(_Given):
    """What several people get, in their order."""

    plan: PlanReference
    as_of: date
    answered: int
    refused: int
    outcomes: list[Outcome]


class PlanLine(_Given):
    """A plan of the server; `elections_hash` covers elections, facts and readings in force."""

    id: str
    name: str
    elections_hash: str
    engine_version: str


class PlanPage(_Given):
    """Plans of the server; `next` is the cursor of the page after this one, null on the last."""

    plans: list[PlanLine]
    next: str | None


class ReadingInForce(_Given):
    """How one unclear place is read; `decided` is false where nobody has decided and the text supports no option."""

    reading: str
    option: str
    means: str
    decided: bool


class PlanDetail(PlanLine):
    """One plan.

    Attributes:
        employer: who signed.
        form: the adoption agreement's form.
        elections: SHA-256 of the elections alone.
        source: where the elections were read.
        terms_in_force_from: the Effective Date; what was in force before is not evaluated.
        facts: match rates, top-heavy Plan Years and what else the employer decides from time to time.
        readings: every unclear place and how it is read.
    """

    employer: str
    form: str
    elections: str
    source: Mapping[str, str]
    terms_in_force_from: date
    facts: Mapping[str, Any]
    readings: list[ReadingInForce]


class RuleLine(_Given):
    """One sentence of the plan in plain words, its citations, and the readings that it rests on."""

    heading: str
    says: str
    cites: list[str]
    readings: list[str]


class RulePage(_Given):
    """Sentences of a plan; `next` is the cursor of the page after this one, null on the last."""

    plan: PlanReference
    rules: list[RuleLine]
    next: str | None


class TableOfEvaluation(_Given):
    """A table of an evaluation; `href` gives its rows as JSON, JSON Lines or Parquet, as Accept asks."""

    rows: int
    href: str


class Evaluation(_Given):
    """An evaluation of many people, held in memory for a while.

    Attributes:
        id: what its address ends in.
        people: how many were sent.
        answered: how many are in the table determinations.
        set_aside: how many are not, and why stands in the table exceptions.
        held_for_seconds: how long its tables can be fetched.
    """

    id: str
    plan: PlanReference
    as_of: date
    people: int
    answered: int
    set_aside: int
    held_for_seconds: int
    tables: Mapping[str, TableOfEvaluation]


class RowPage(_Given):
    """Rows of a table; `next` is the cursor of the page after this one, null on the last."""

    rows: list[Mapping[str, Any]]
    next: str | None
