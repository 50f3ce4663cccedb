"""What stands in the letter: answers, the facts relied on, what could change it, and whether it is an estimate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from planrules.answers import Answer
from planrules.answers.bounded import bounded
from planrules.answers.headlines import owned_words
from planrules.answers.models import Portion
from planrules.answers.words import PERIODS, listed, spoken, spoken_date
from planrules.api import Plan
from planrules.people import Person
from planrules.plan.vesting import FULL
from planrules.web.cases import Case
from planrules.web.letter.denial import Denial, denial
from planrules.web.pages.checking import Fact, facts
from planrules.web.pages.reading import NOBODY
from planrules.web.pages.telling import Beside, Told, beside, told
from planrules.web.personal import masked

_WEAK: Final[Mapping[str, str]] = {
    "projected": "some of it holds only if what it names comes about",
    "provisional": "a condition is tested on a later day",
    "needs_data": "a fact is missing",
    "needs_reading": "the plan can be read in more than one way, and nobody has decided",
    "superseded": "a later change of law overtook a term of the plan",
}
_NO_DAY: Final = " No day can be given on which the rest becomes Nonforfeitable."
_DAY_OPEN: Final = (
    " A fact is missing for the day on which all of it becomes Nonforfeitable: {bounds}, if each {period} until then "
    "is a Year of Service."
)


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

    @property
    def numbered(self) -> bool:
        """Whether an employee number, or a name, was given."""
        return self.who != NOBODY

    @property
    def addressee(self) -> str:
        """Whom the letter is for, as far as the facts say: they have no name, which is written in by hand."""
        return f"employee {self.who}" if self.numbered else "the employee"


def letter(case: Case, answer: Answer, plan: Plan) -> Letter:
    """The letter on an answer; it prints no Social Security number, were it used as employee number."""
    answer = masked(answer)
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
        denial=denial(answer, answers, case.taken),
        made_by=f"Plan {answer.plan.elections_hash[:12]}, planrules {answer.plan.engine_version}.",
    )


def _statement(case: Case, answer: Answer) -> str | None:
    if "own" not in case.wants:
        return None
    said = statement(answer, case.person)
    return f"As the record stands: {said}" if case.taken else said


def _estimate(answers: list[Told], notes: Beside) -> Iterator[str]:
    """Why the letter is an estimate: what is less than decided, made up for a sample, or taken as it stands.

    A sentence may be decided though something told beside it is not, as whether consent is needed.
    """
    found = {each.status for each in answers}
    beside_them = {
        "projected": any(why.projected for each in answers for why in each.why),
        "needs_data": bool(notes.not_known),
        "needs_reading": bool(notes.not_told) or any(each.here is None for each in notes.readings),
        "superseded": bool(notes.overtaken),
    }
    found |= {status for status, there in beside_them.items() if there}
    for status, words in _WEAK.items():
        if status in found:
            which = _missing(notes) if status == "needs_data" else []
            yield from [f"{words} {each}" for each in which] or [words]
    if notes.taken:
        yield "something was taken as the record stands"
    if notes.illustrative:
        yield "the match rates and top-heavy years on file are illustrative"


def _missing(notes: Beside) -> list[str]:
    """Each fact that is missing, and what it leaves open."""
    return [
        f"({each.fact[:1].lower()}{each.fact[1:]}), which leaves open {listed([field for field, _ in each.bounds])}"
        for each in notes.not_known
    ]


def statement(answer: Answer, person: Person | None) -> str:
    """The line of a benefit statement: the Nonforfeitable part, or the earliest day on which it becomes so."""
    owned, percents = owned_words(answer), answer.vesting.vested_percent
    if owned is None:
        bounds = bounded(answer, "vested_percent")
        told = "" if bounds is None else f": {bounds} of the Employer's money; elective deferrals always are"
        return f"What part of the benefits is Nonforfeitable on {spoken_date(answer.as_of)} cannot be said yet{told}."
    verb = "is" if percents.employer == percents.regular_matching else "are"
    line = f"On {spoken_date(answer.as_of)}, {owned} {verb} Nonforfeitable; elective deferrals always are."
    return f"{line}{''.join(_apart(answer))}{_fully(answer)}{_balances(answer, person)}"


def _apart(answer: Answer) -> Iterator[str]:
    """A sentence for each money of the Employer of which parts are owned to percentages of their own."""
    part = answer.vesting
    other = "the Employer's other money" if part.matching_portions else "the Employer's money"
    for whose, portions in (("the match", part.matching_portions), (other, part.portions)):
        if portions:
            shares = [f"{spoken(each.percent)}% of what accrued{_when(each)}" for each in portions]
            yield f" Of {whose}, {listed(shares)} is Nonforfeitable."


def _when(portion: Portion) -> str:
    start, through = portion.accrued_from, portion.accrued_through
    since = "" if start is None else f" from {spoken_date(start)}"
    return f"{since} on" if through is None else f"{since} through {spoken_date(through)}"


def _balances(answer: Answer, person: Person | None) -> str:
    """What the accounts on file come to, and how much of it is owned where the answer says so."""
    if person is None or person.accounts is None:
        return ""
    total, owned = spoken(sum(value for _, value in person.accounts), "money"), answer.distribution.vested_total
    of_it = "" if owned is None else f", of which {spoken(owned, 'money')} is Nonforfeitable"
    return f" The balances on file, as last valued, come to {total}{of_it}."


def _fully(answer: Answer) -> str:
    part = answer.vesting
    full = part.vested_percent.employer == part.vested_percent.regular_matching == FULL
    short = [each for each in (*part.portions, *part.matching_portions) if each.percent != FULL]
    if full and not short:
        return ""
    frozen = part.forfeiture_break_on is not None and any(
        each.accrued_through == part.forfeiture_break_on for each in short
    )
    period = PERIODS[part.computation_period]
    if full or frozen:
        return _NO_DAY
    if part.fully_vested_on is None:
        bounds = bounded(answer, "fully_vested_on")
        return _NO_DAY if bounds is None else _DAY_OPEN.format(bounds=bounds, period=period)
    return (
        f" The earliest day on which all of it becomes Nonforfeitable is {spoken_date(part.fully_vested_on)}, if each "
        f"{period} until then is a Year of Service."
    )
