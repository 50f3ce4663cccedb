"""What was typed, as facts: each mistake is noted at its field, and what is not known stays not known."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final, cast, get_args

from planrules.people import Person
from planrules.people.models import Account, ClassSpan, EmploymentSpan, PayRow, Reason
from planrules.plan import Terms
from planrules.web.cases import WANTS, Case, Want
from planrules.web.pages.fields import Typed
from planrules.web.personal import is_social_security

NOBODY: Final = "The employee"
"""What a person without an employee number is called in sentences."""
REASONS: Final[tuple[str, ...]] = get_args(Reason)
ACCOUNTS: Final = {
    "deferral": "elective deferrals",
    "regular_matching": "the match",
    "employer": "the Employer's other money",
    "qualified_nonelective": "qualified nonelective contributions",
}


def employers(terms: Terms) -> tuple[str, ...]:
    """Those whose employment can count: the Employer, related employers in the plan, and predecessors."""
    part = terms.service
    named = (*part.own_employers, *part.predecessors_for_participation, *part.predecessors_for_vesting)
    return tuple(dict.fromkeys(named))


def read(form: Typed, terms: Terms, plan_id: str, who: str) -> Case | None:
    """The case of a form; null when something has to be mended, which is then noted in the form."""
    as_of = form.day("as_of", "the day you ask about")
    wants = cast("tuple[Want, ...]", tuple(want for want in WANTS if form[f"wants-{want}"]))
    if not wants:
        form.wrong("wants", "Choose at least one question")
    name = _name(form)
    taken: list[str] = []
    employment = tuple(_spells(form, terms, taken))
    birth = _birth_date(form, terms, wants)
    classes, pay, accounts = _classes(form), _hours(form, employment), _accounts(form)
    if form.mistakes or as_of is None:
        return None
    person = None
    if employment:
        person = Person(
            employee_id=name, birth_date=birth, employment=employment, classes=classes, pay=pay, accounts=accounts
        )
    kept = {key: value for key, value in form.values.items() if key != "csrf"}
    return Case(plan_id, as_of, person, "typed", who, wants, kept, tuple(taken))


def _name(form: Typed) -> str:
    name = form["employee_id"]
    if is_social_security(name):
        form.values["employee_id"] = name = ""
        form.wrong("employee_id", "Use an employee number of your own: a Social Security number is never needed here")
    return name or NOBODY


def _spells(form: Typed, terms: Terms, taken: list[str]) -> Iterator[EmploymentSpan]:
    rows = form.rows("spell")
    if not rows:
        form.wrong("spell-rows", "Add at least one stretch of employment")
    for place, number in enumerate(rows, start=1):
        at, words = f"spell-{number}", "" if len(rows) == 1 else f" of employment {place}"
        employer = form[f"{at}-employer"]
        if employer not in employers(terms):
            form.wrong(f"{at}-employer", f"Choose the employer{words}")
        if form.unknown(f"{at}-start"):
            taken.append(f"The first day of an employment with {employer} is not known; that employment is left out.")
            continue
        start = form.day(f"{at}-start", f"the first day of work{words}")
        end, reason = _ending(form, at, words, taken)
        if start is not None and end is not None and end < start:
            form.wrong(f"{at}-end", f"The last day of work{words} must not be before the first day")
        elif start is not None and employer in employers(terms):
            yield EmploymentSpan(employer=employer, start=start, end=end, reason=reason)


def _ending(form: Typed, at: str, words: str, taken: list[str]) -> tuple[date | None, Reason | None]:
    """The last day and the reason, or nulls where the employment goes on."""
    match form[f"{at}-ended"]:
        case "no":
            return None, None
        case "yes":
            reason = form[f"{at}-reason"]
            told = cast("Reason", reason) if reason in REASONS else None
            return form.day(f"{at}-end", f"the last day of work{words}"), told
        case "unknown":
            taken.append("Whether employment has ended is not known; it is taken to go on.")
        case _:
            form.wrong(f"{at}-ended", f"Say whether the employment{words} has ended")
    return None, None


def _birth_date(form: Typed, terms: Terms, wants: tuple[Want, ...]) -> date | None:
    """The birth date, asked for only by questions that turn on an age."""
    asked = "own" in wants or "paid" in wants or terms.participation.asks_an_age
    if not asked or form.unknown("birth_date"):
        return None
    return form.day("birth_date", "the birth date, or say that you do not know it")


def _classes(form: Typed) -> tuple[ClassSpan, ...] | None:
    match form["classes_known"]:
        case "none":
            return ()
        case "some":
            return tuple(_spans(form))
        case "unknown":
            return None
    form.wrong("classes_known", "Say whether the person was ever in one of these groups")
    return None


def _spans(form: Typed) -> Iterator[ClassSpan]:
    rows = form.rows("class")
    if not rows:
        form.wrong("classes_known", "Add the days in the group, or choose “No”")
    for place, number in enumerate(rows, start=1):
        at, words = f"class-{number}", "" if len(rows) == 1 else f" {place}"
        start = form.day(f"{at}-start", f"the first day in group{words}")
        end = form.day(f"{at}-end", f"the last day in group{words}", needed=False)
        if start is not None and end is not None and end < start:
            form.wrong(f"{at}-end", f"The last day in group{words} must not be before the first day")
        elif not form[f"{at}-class"]:
            form.wrong(f"{at}-class", f"Choose the group{words}")
        elif start is not None:
            yield ClassSpan(class_=form[f"{at}-class"], start=start, end=end)


def _hours(form: Typed, employment: tuple[EmploymentSpan, ...]) -> tuple[PayRow, ...] | None:
    if form["hours_known"] == "unknown" or (not employment and not form.rows("hours")):
        return None
    if form["hours_known"] != "rows":
        form.wrong("hours_known", "Say whether you know the hours")
        return None
    return tuple(_pay_rows(form))


def _pay_rows(form: Typed) -> Iterator[PayRow]:
    rows = form.rows("hours")
    if not rows:
        form.wrong("hours_known", "Add at least one row of hours, or choose that you know none")
    for place, number in enumerate(rows, start=1):
        at = f"hours-{number}"
        start = form.day(f"{at}-start", f"the first day of hours row {place}")
        end = form.day(f"{at}-end", f"the last day of hours row {place}")
        hours = None if form.unknown(f"{at}-hours") else form.number(f"{at}-hours", f"the hours of row {place}")
        if start is not None and end is not None and end < start:
            form.wrong(f"{at}-end", f"The last day of hours row {place} must not be before its first day")
        elif start is not None and end is not None:
            yield PayRow(start=start, end=end, paid_on=end, hours=hours)


def _accounts(form: Typed) -> Account | None:
    if form["accounts_known"] != "yes":
        return None
    found = {name: form.number(f"accounts-{name}", f"the balance of {words}") for name, words in ACCOUNTS.items()}
    if any(amount is None for amount in found.values()):
        return None
    return Account(**{name: amount or Decimal(0) for name, amount in found.items()})
