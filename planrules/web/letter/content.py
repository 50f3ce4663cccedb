"""What stands in the letter: answers, the facts relied on, what could change it, and whether it is an estimate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from planrules.answers import Answer
from planrules.answers.words import PERIODS, spoken, spoken_date
from planrules.api import Plan
from planrules.people import Person
from planrules.plan.vesting import FULL
from planrules.web.cases import Case
from planrules.web.letter.denial import Denial, denial
from planrules.web.pages.checking import Fact, facts
from planrules.web.pages.telling import Beside, Told, beside, told

_WEAK: Final[Mapping[str, str]] = {
    "projected": "some of it holds only if what it names comes about",
    "provisional": "a condition is tested on a later day",
    "needs_data": "a fact is missing",
    "needs_reading": "the plan can be read in more than one way, and nobody has decided",
    "superseded": "a later change of law overtook a term of the plan",
}


@dataclass(frozen=True)
class Letter:
    """The letter for a case. `estimate` has the reasons why it is one, and is empty when all of it is decided.

    `statement` is null where nobody asks what is owned.
    """

    employer: str
    plan: str
    number: str | None
    who: str
    as_of: str
    estimate: tuple[str, ...]
    answers: list[Told]
    statement: str | None
    facts: list[Fact]
    beside: Beside
    denial: Denial | None
    made_by: str


def letter(case: Case, answer: Answer, plan: Plan) -> Letter:
    """The letter on an answer."""
    answers, notes = told(case, answer, plan), beside(case, answer)
    return Letter(
        employer=plan.elections.employer.name,
        plan=plan.elections.plan.name,
        number=plan.elections.plan.number,
        who=answer.employee_id,
        as_of=spoken_date(answer.as_of),
        estimate=tuple(_estimate(answers, notes)),
        answers=answers,
        statement=_statement(case, answer),
        facts=list(facts(case)),
        beside=notes,
        denial=denial(answer, answers, notes),
        made_by=f"Plan {answer.plan.elections_hash[:12]}, planrules {answer.plan.engine_version}.",
    )


def _statement(case: Case, answer: Answer) -> str | None:
    if "own" not in case.wants:
        return None
    said = statement(answer, case.person)
    return f"As the record stands: {said}" if case.taken else said


def _estimate(answers: list[Told], notes: Beside) -> Iterator[str]:
    """Why the letter is an estimate: what is less than decided, made up for a sample, or taken as it stands."""
    found = {each.status for each in answers}
    yield from (words for status, words in _WEAK.items() if status in found)
    if notes.taken:
        yield "something was taken as the record stands"
    if notes.illustrative:
        yield "the match rates and top-heavy years on file are illustrative"


def statement(answer: Answer, person: Person | None) -> str:
    """The line of a benefit statement: the Nonforfeitable part, or the earliest day on which it becomes so."""
    part = answer.vesting
    percent, match = part.vested_percent.employer, part.vested_percent.regular_matching
    if percent is None or match is None:
        return f"What part of the benefits is Nonforfeitable on {spoken_date(answer.as_of)} cannot be said yet."
    whose = f"{spoken(percent)}% of the Employer's money is Nonforfeitable"
    if match != percent:
        whose = f"{spoken(match)}% of the match and {spoken(percent)}% of the Employer's other money are Nonforfeitable"
    line = f"On {spoken_date(answer.as_of)}, {whose}; elective deferrals always are."
    return f"{line}{_fully(answer)}{_balances(answer, person)}"


def _balances(answer: Answer, person: Person | None) -> str:
    """What the accounts on file come to, and how much of it is owned where the answer says so."""
    if person is None or person.accounts is None:
        return ""
    total, owned = spoken(sum(value for _, value in person.accounts), "money"), answer.distribution.vested_total
    of_it = "" if owned is None else f", of which {spoken(owned, 'money')} is Nonforfeitable"
    return f" The balances on file, as last valued, come to {total}{of_it}."


def _fully(answer: Answer) -> str:
    part = answer.vesting
    if part.vested_percent.employer == part.vested_percent.regular_matching == FULL:
        return ""
    if part.fully_vested_on is None:
        return " No day can be given on which the rest becomes Nonforfeitable."
    period = PERIODS[part.computation_period]
    return (
        f" The earliest day on which all of it becomes Nonforfeitable is {spoken_date(part.fully_vested_on)}, if each "
        f"{period} until then is a Year of Service."
    )
