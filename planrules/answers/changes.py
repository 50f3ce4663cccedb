"""What could still change an answer: the conditions that lie ahead, in plain words with their citations."""

from collections.abc import Iterator

from planrules.answers.headlines import asks_employment_only
from planrules.answers.models import Answer
from planrules.answers.words import PERIODS, spoken, spoken_date
from planrules.plan.vesting import FULL

Line = tuple[str, tuple[str, ...]]
_UNTIL_FORFEITED = (
    "What is not owned stays in the account until it is forfeited: when all that is owned is paid out, or at the close "
    "of the fifth Break in Service in a row. Coming back before that keeps the Years of Service."
)


def what_could_change(answer: Answer) -> Iterator[Line]:
    """The lines that apply to this person, in the order of the answer."""
    yield from _over_a_limit(answer)
    yield from _joining(answer)
    yield from _match(answer)
    yield from _vesting(answer)
    yield from _leaving(answer)


def _over_a_limit(answer: Answer) -> Iterator[Line]:
    part = answer.deferral
    year, limit = part.deferred_in_calendar_year, part.annual_limit
    if year is not None and limit is not None and year > limit:
        told = f"{spoken(year, 'money')} deferred in the calendar year is over the limit of {spoken(limit, 'money')}"
        yield f"{told}: the excess has to go back.", ("Plan 14.07", "IRC 402(g)")
    plan_year, most = part.deferred_in_plan_year, part.plan_year_maximum
    if plan_year is not None and most is not None and plan_year > most:
        told = (
            f"{spoken(plan_year, 'money')} deferred in the Plan Year is over {part.maximum_percent}% of its pay so far"
        )
        yield f"{told}, {spoken(most, 'money')}.", ("AA 3.01(k)(1)(ii)",)


def _joining(answer: Answer) -> Iterator[Line]:
    part = answer.participation
    if part.next_entry_on is not None:
        day = spoken_date(part.next_entry_on)
        yield (
            f"Leaving, or moving to a class that is left out, before {day} puts the entry off.",
            (*_cites(answer, "next_entry_on")[:1], "Plan 2.04", "Plan 2.05"),
        )
    elif part.earliest_entry_on is not None:
        day = spoken_date(part.earliest_entry_on)
        cites = _cites(answer, "earliest_entry_on")
        few = "Fewer hours than are needed, or not" if any(each.startswith("AA 2.02") for each in cites) else "Not"
        if part.earliest_entry_on > answer.as_of:
            yield f"{few} being employed on {day}, puts the entry off.", cites


def _cites(answer: Answer, fact: str) -> tuple[str, ...]:
    """What a reason of the answer cites."""
    return next((each.cites for each in answer.because if each.fact == fact), ())


def _match(answer: Answer) -> Iterator[Line]:
    if (
        answer.statuses["total"] == "provisional"
        and answer.matching.total
        and answer.participation.status_of_employee != "former_participant"
    ):
        cites = _cites(answer, "allocated_total")
        if asks_employment_only(answer):
            yield "Leaving before the test day forgoes the match that is still provisional.", cites
        else:
            yield "The match that is still provisional is lost if its test is not met on the test day.", cites


def _owned_in_full(answer: Answer) -> bool | None:
    """Whether 100% of the match and of the Employer's other money is owned; null when it is not known."""
    part = answer.vesting.vested_percent
    if part.regular_matching is None or part.employer is None:
        return None
    return part.regular_matching == part.employer == FULL


def _vesting(answer: Answer) -> Iterator[Line]:
    part = answer.vesting
    if _owned_in_full(answer) is not False or answer.participation.status_of_employee == "former_participant":
        return
    if part.fully_vested_on is not None:
        period, cites = PERIODS[part.computation_period], _cites(answer, "fully_vested_on")
        article = "An" if period.startswith("E") else "A"
        hours = tuple(cite for cite in cites if cite in ("AA 5.06(c)", "AA 5.06(d)"))
        yield f"{article} {period} with too few hours puts the day of full ownership off.", hours
        boxes = {"AA 5.02(b)": "death", "AA 5.02(c)": "disability"}
        events = tuple(cite for cite in boxes if cite in _cites(answer, "owned_percent"))
        if events:
            named = " or ".join(boxes[cite] for cite in events)
            yield f"{named.capitalize()} while employed makes all of it owned at once.", events


def _leaving(answer: Answer) -> Iterator[Line]:
    if answer.distribution.event_on is None or answer.distribution.forfeiture_on is not None or _owned_in_full(answer):
        return
    if answer.participation.entry_on is not None:
        yield _UNTIL_FORFEITED, ("Plan 5.04", "Plan 5.08", "Plan 5.09")
