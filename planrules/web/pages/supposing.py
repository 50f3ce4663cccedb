"""What if: the same person with more hours, another last day, or a plan that is top heavy or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from planrules import dates
from planrules.answers import Answer
from planrules.answers.bounded import bounded
from planrules.answers.labels import field_in_words
from planrules.answers.open_places import value_in_words
from planrules.answers.sections import sections
from planrules.answers.words import spoken, spoken_date
from planrules.api import Plan
from planrules.engine.fields import FIELDS
from planrules.people import Person
from planrules.people.models import PayRow, Reason
from planrules.web.cases import Case
from planrules.web.pages.fields import Typed
from planrules.web.pages.reading import REASONS
from planrules.web.pages.telling import as_taken

_DAY = timedelta(days=1)
_COMPARED = ("participation", "vesting", "distribution", "in_service")


@dataclass(frozen=True)
class Supposed:
    """Other facts to ask about, and the words for them.

    `without` are the facts to compare them with on the same day; null where that is the answer as it stands. `note`
    says what nobody knows of the days that are supposed; null for nothing.
    """

    words: str
    plan: Plan
    person: Person
    as_of: date
    without: Person | None = None
    note: str | None = None


@dataclass(frozen=True)
class Change:
    """What an answer was and what it would be, in words."""

    what: str
    before: str
    after: str


def running_through(answer: Answer) -> date | None:
    """The last day of the running measuring year or, for who has joined, of the running year for owning."""
    rows: tuple[date, ...]
    if answer.participation.entry_on is None:
        rows = tuple(row.through for row in answer.participation.periods if row.through > answer.as_of)
    else:
        rows = tuple(row.through for row in answer.vesting.periods if row.through > answer.as_of)
    return min(rows, default=None)


def no_more_hours(case: Case, answer: Answer) -> str | None:
    """Why no more hours can be supposed, as a sentence; null where they can."""
    if can_work_on(case, answer):
        return None
    at_work = case.person is not None and _at_work(case.person, case.as_of)
    if at_work and running_through(answer) is not None:
        return "The hours so far are not known, so that none can be added to them. Enter them with the facts first."
    return "No measuring year is running in which hours could be added."


def can_work_on(case: Case, answer: Answer) -> bool:
    """Whether more hours can be supposed: somebody at work whose hours are on file and whose year is running."""
    person = case.person
    if person is None or person.pay is None or running_through(answer) is None:
        return False
    return _at_work(person, case.as_of)


def _at_work(person: Person, as_of: date) -> bool:
    return any(span.end is None or span.end > as_of for span in person.employment)


def top_heavy_year(plan: Plan, as_of: date) -> date:
    """The last day of the Plan Year that contains the day asked about."""
    return dates.plan_year_end(as_of, plan.terms.service.plan_year_ends)


def supposed(form: Typed, case: Case, answer: Answer, plan: Plan) -> Supposed | None:
    """What the form supposes; null when something has to be mended, which is then noted in the form."""
    if case.person is None:
        return None
    match form["suppose"]:
        case "hours":
            return _more_hours(form, case, answer, plan)
        case "last_day":
            return _last_day(form, case, case.person, plan)
        case "top_heavy":
            return _top_heavy(form, case, case.person, plan)
    form.wrong("suppose", "Choose what to change")
    return None


def _more_hours(form: Typed, case: Case, answer: Answer, plan: Plan) -> Supposed | None:
    through, person = running_through(answer), case.person
    hours = form.number("more_hours", "the hours still to be worked")
    if hours is None or through is None or person is None or not can_work_on(case, answer):
        return None
    kept = [row for row in person.pay or () if row.start <= case.as_of]
    start = max([case.as_of, *(row.end for row in kept)]) + _DAY
    if start > through:
        form.wrong("more_hours", "The hours on file reach to the end of the measuring year already")
        return None
    worked = PayRow(start=start, end=through, paid_on=through, hours=hours)
    spans = [
        span.model_copy(update={"end": None, "reason": None}) if span.end and span.end > case.as_of else span
        for span in person.employment
    ]
    changed, without = (
        person.model_copy(update={"pay": (*kept, row), "employment": tuple(spans)})
        for row in (worked, worked.model_copy(update={"hours": Decimal(0)}))
    )
    words = f"If {_hours(hours)} more hours are worked from {spoken_date(start)} to {spoken_date(through)}"
    return Supposed(words, plan, changed, through, without)


def _hours(hours: Decimal) -> str:
    return f"{hours:,.0f}" if hours == hours.to_integral_value() else f"{hours:,.2f}"


def _last_day(form: Typed, case: Case, person: Person, plan: Plan) -> Supposed | None:
    day = form.day("last_day", "the last day of work")
    if day is None:
        return None
    last = max(person.employment, key=lambda span: span.start)
    if day < last.start:
        form.wrong("last_day", "The last day must not be before the first day of the latest employment")
        return None
    reason = cast("Reason", form["last_day-reason"]) if form["last_day-reason"] in REASONS else None
    ended = last.model_copy(update={"end": day, "reason": reason})
    spans = tuple(ended if span is last else span for span in person.employment)
    pay = None if person.pay is None else tuple(_cut(person.pay, day))
    classes = None if person.classes is None else tuple(each for each in person.classes if each.start <= day)
    changed = person.model_copy(update={"employment": spans, "pay": pay, "classes": classes})
    words = f"If the last day of work is {spoken_date(day)}"
    return Supposed(words, plan, changed, max(day, case.as_of), note=_nothing_on_file(changed, last.start, day))


def _nothing_on_file(person: Person, start: date, day: date) -> str | None:
    """What is taken for the days up to the last one that no pay row covers; null where every day is covered."""
    if person.pay is None:
        return "The hours are not known, so that what hangs on them stays open."
    first = max([start, *(row.end + _DAY for row in person.pay)])
    if first > day:
        return None
    days = f"on {spoken_date(day)}" if first == day else f"from {spoken_date(first)} to {spoken_date(day)}"
    return f"No hours and no pay are on file {days}: none are counted there. With some, the answer may be another."


def _cut(rows: tuple[PayRow, ...], day: date) -> Iterator[PayRow]:
    """The pay rows up to a day; one that runs over it ends on it, with its hours."""
    for row in rows:
        if row.end <= day:
            yield row
        elif row.start <= day:
            yield row.model_copy(update={"end": day})


def _top_heavy(form: Typed, case: Case, person: Person, plan: Plan) -> Supposed | None:
    if form["top_heavy"] not in {"yes", "no"}:
        form.wrong("top_heavy", "Choose whether the plan is top heavy")
        return None
    heavy, year, on_file = form["top_heavy"] == "yes", top_heavy_year(plan, case.as_of), plan.facts.top_heavy
    years = {day for day in on_file.plan_years if day != year} | ({year} if heavy else set())
    tested = max(year, on_file.tested_through or year)
    facts = plan.facts.model_copy(
        update={"top_heavy": on_file.model_copy(update={"plan_years": tuple(sorted(years)), "tested_through": tested})}
    )
    words = f"If the Plan is {'' if heavy else 'not '}top heavy for the Plan Year that ends on {spoken_date(year)}"
    if on_file.tested_through is None or top_heavy_year(plan, on_file.tested_through + _DAY) < year:
        words = f"{words}, and was not in the Plan Years before it that are not tested yet"
    return Supposed(words, plan.with_facts(facts), person, case.as_of)


def changes(before: Answer, after: Answer, *, taken: bool = False) -> list[Change]:
    """What would be told otherwise: first the sentences, then the fields. `taken`: facts were taken as they stand."""
    return [*_sentences(before, after, taken=taken), *_fields(before, after)]


def _sentences(before: Answer, after: Answer, *, taken: bool) -> Iterator[Change]:
    now, then = (
        {each.name: as_taken(each.headline, answer) if taken else each.headline for each in sections(answer)}
        for answer in (before, after)
    )
    names = {
        "participation": "Joining",
        "vesting": "Owning",
        "distribution": "Being paid",
        "in_service": "While employed",
    }
    for name, what in names.items():
        if name in _COMPARED and now.get(name) != then.get(name):
            yield Change(what, now.get(name, "Nothing to say."), then.get(name, "Nothing to say."))


def _fields(before: Answer, after: Answer) -> Iterator[Change]:
    for section in _COMPARED:
        now, then = (getattr(each, section).model_dump(mode="json") for each in (before, after))
        for name in FIELDS[section]:
            if isinstance(now[name] or then[name], list | tuple | Mapping):
                continue
            was, would_be = _told(before, name, now[name]), _told(after, name, then[name])
            if was != would_be:
                words = field_in_words(name)
                yield Change(f"{words[:1].upper()}{words[1:]}", was, would_be)


def _told(answer: Answer, name: str, value: object) -> str:
    """A value in words; one that is null because it is open is not none, and has its bounds."""
    if value is None and answer.statuses[name] in {"needs_data", "needs_reading"}:
        bounds = bounded(answer, name)
        return "cannot be said yet" if bounds is None else f"cannot be said yet: {bounds}"
    return value_in_words(name, value)


def on_file(plan: Plan, as_of: date) -> str:
    """What is on file about the plan being top heavy in the Plan Year asked about."""
    year, facts = top_heavy_year(plan, as_of), plan.facts.top_heavy
    if year in facts.plan_years:
        return "top heavy"
    tested = facts.tested_through is not None and year <= facts.tested_through
    return "not top heavy" if tested else "not tested yet"


def year_in_words(plan: Plan, as_of: date) -> str:
    """The last day of the Plan Year asked about, in words."""
    return spoken(top_heavy_year(plan, as_of))
