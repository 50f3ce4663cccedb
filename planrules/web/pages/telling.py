"""An answer as the result page and the letter lay it out: one entry a question, in the order in which people ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from planrules.answers import Answer
from planrules.answers.beside import Overtaken, assumed, illustrative, made_up, overtaken
from planrules.answers.changes import Line, what_could_change
from planrules.answers.headlines import headlines
from planrules.answers.lacking import lacking
from planrules.answers.next_steps import next_steps
from planrules.answers.open_places import NotKnown, OpenReading, not_known, not_told, open_readings, quiet_readings
from planrules.answers.payable import no_promise
from planrules.answers.sections import Reason, in_sentence, sections
from planrules.answers.status_words import status_in_words, status_means, status_of
from planrules.answers.tables import Ledger
from planrules.api import Plan
from planrules.web.cases import Case, Want
from planrules.web.cited import Cited, cited
from planrules.web.pages.doing import FACTS, Step, steps
from planrules.web.pages.in_short import in_short
from planrules.web.pages.narrowing import narrowed

_QUESTIONS: dict[str, tuple[str, str, Want]] = {
    "participation": ("When can they join?", "Joining the plan", "join"),
    "vesting": ("What do they own?", "What is owned", "own"),
    "distribution": ("When can they be paid?", "Payment after leaving", "paid"),
    "in_service": ("What can they have while employed?", "Payment while employed", "paid"),
    "matching": ("What is matched?", "The match", "join"),
    "deferral": ("When can they next change what they put in?", "Changing the salary reduction", "join"),
}
"""Each section's question, its topic in a letter, and by which of the three questions it is asked, in page order."""
_WORDS = {
    "participation": "To join is to become a Participant, on a Plan Entry Date. A measuring year is a 12-month period "
    "in which Hours of Service are counted (an eligibility computation period).",
    "vesting": "The Employer's money is what the Employer puts in, the match included. To own it is to be vested: it "
    "is the Nonforfeitable percentage.",
    "distribution": "To be paid is to receive a distribution after leaving (Separation from Service).",
}
_AS_TAKEN = "As the record stands,"
_NOT_TYPED = ("matching", "deferral")
"""What rests on pay and deferrals, which the form does not ask for."""


@dataclass(frozen=True)
class Why:
    """One reason, with its citations in plain words."""

    says: str
    cites: tuple[str, ...]
    cited: list[Cited]
    projected: bool


@dataclass(frozen=True)
class Told:
    """The answer to one question.

    `short` is the answer in a few words, empty where only its status tells it; `lacks` names the facts that are missing
    where the status says so, `words` explains the page's words, `more` qualifies the sentence; null for none.
    """

    name: str
    question: str
    topic: str
    headline: str
    short: str
    status: str
    status_word: str
    status_means: str
    lacks: str | None
    words: str | None
    more: str | None
    why: list[Why]
    tables: tuple[Ledger, ...]


@dataclass(frozen=True)
class Beside:
    """What stands below the answers. `in_form` are next steps that are taken in the form.

    `illustrative` says in short that facts of the plan are made up, `of_match` from where those of the match are.
    """

    changes: list[Line]
    not_known: list[NotKnown]
    not_told: list[str]
    readings: list[OpenReading]
    quiet: str | None
    taken: list[str]
    overtaken: list[Overtaken]
    next_steps: list[str]
    in_form: list[Step]
    illustrative: str
    of_match: str


def topic(section: str) -> str:
    """What a section of an answer is about, as a heading."""
    return _QUESTIONS[section][1]


def told(case: Case, answer: Answer, plan: Plan) -> list[Told]:
    """The answers to the questions of a case."""
    found = {each.name: each for each in sections(answer)}
    return [
        Told(
            name=name,
            question=_QUESTIONS[name][0],
            topic=_QUESTIONS[name][1],
            headline=as_taken(found[name].headline, answer) if case.taken else found[name].headline,
            status=(status := _status(case, answer, name)),
            short=in_short(answer, name, status),
            status_word=status_in_words(status),
            status_means=status_means(status),
            lacks=lacking(answer, name, case.person) if status == "needs_data" else None,
            words=_WORDS.get(name),
            more=in_sentence(no_promise(answer) or "", answer.employee_id) or None if name == "distribution" else None,
            why=[_why(plan, reason) for reason in found[name].reasons],
            tables=found[name].tables,
        )
        for name in shown(case)
        if name in found
    ]


def as_taken(headline: str, answer: Answer) -> str:
    """A sentence that rests on what was taken as it stands."""
    if headline.startswith(_AS_TAKEN):
        return headline
    first = headline[:1] if headline.startswith(answer.employee_id) else headline[:1].lower()
    return in_sentence(f"{_AS_TAKEN} {first}{headline[1:]}", answer.employee_id)


def _status(case: Case, answer: Answer, name: str) -> str:
    """The status of a section; of what was taken as it stands nothing is decided."""
    status = status_of(answer, name)
    return "projected" if case.taken and status == "decided" else status


def shown(case: Case) -> Iterator[str]:
    """The sections that a case asks for; what was not typed is not told."""
    for name, (_, _, want) in _QUESTIONS.items():
        if want in case.wants and not (case.source == "typed" and case.kept is None and name in _NOT_TYPED):
            yield name


def beside(case: Case, answer: Answer) -> Beside:
    """What could change it, what is open and what to do next, as far as it bears on what is asked."""
    told = set(shown(case))
    answer = narrowed(answer, told)
    return Beside(
        changes=list(what_could_change(answer)),
        not_known=list(not_known(answer)),
        not_told=list(not_told(answer)),
        readings=list(open_readings(answer)),
        quiet=quiet_readings(answer) if case.compared else None,
        taken=[*case.taken, *assumed(answer)],
        overtaken=list(overtaken(answer)),
        next_steps=list(next_steps(answer, FACTS if case.source == "typed" else ())),
        in_form=list(steps(case, answer)),
        illustrative=made_up(answer),
        of_match=illustrative(answer) if "matching" in told & dict(headlines(answer)).keys() else "",
    )


def _why(plan: Plan, reason: Reason) -> Why:
    return Why(reason.says, reason.cites, cited(plan, reason.cites), reason.projected)
