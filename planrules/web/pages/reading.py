"""What was typed, as facts: each mistake is noted at its field, and what is not known stays not known."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final, cast, get_args

from planrules.people import Person
from planrules.people.models import Account, ClassSpan, EmploymentSpan, PayRow, Reason
from planrules.plan import Terms
from planrules.web.cases import WANTS, Case, OnFile, Want
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


def read(form: Typed, terms: Terms, plan_id: str, who: str, kept: OnFile | None = None) -> Case | None:
    """The case of a form; null when something has to be mended, which is then noted in the form.

    What the form does not show is that of `kept`, the facts on file that it began with.
    """
    as_of = form.day("as_of", "the day you ask about")
    wants = cast("tuple[Want, ...]", tuple(want for want in WANTS if form[f"wants-{want}"]))
    if not wants:
        form.wrong("wants", "Choose at least one question")
    name = _name(form)
    taken: list[str] = []
    employment = tuple(_spells(form, terms, taken))
    birth = _birth_date(form, terms, wants)
    before = () if kept is None else kept.person.pay or ()
    classes, pay, accounts = _classes(form, terms), _hours(form, employment, before), _accounts(form)
    if form.mistakes or as_of is None:
        return None
    person = None
    if employment:
        told = {"birth_date": birth, "employment": employment, "classes": classes, "pay": pay, "accounts": accounts}
        began = Person(employee_id=name, employment=employment) if kept is None else kept.person
        person = began.model_copy(update={"employee_id": name, **told})
    fields = {key: value for key, value in form.values.items() if key != "csrf"}
    return Case(plan_id, as_of, person, "typed", who, wants, fields, kept, tuple(taken))


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
    ended = form[f"{at}-ended"]
    if ended in {"no", "unknown"} and (form.filled(f"{at}-end") or form[f"{at}-reason"]):
        field = f"{at}-end" if form.filled(f"{at}-end") else f"{at}-reason"
        form.wrong(field, f"Clear the last day of work{words} and its reason, or say that the employment has ended")
    match ended:
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
    """The birth date, asked for only by questions that turn on an age; taken where it is there all the same."""
    asked = "own" in wants or "paid" in wants or terms.participation.asks_an_age
    if not asked:
        return Typed(form.values).day("birth_date", "the birth date", needed=False)
    if form.unknown("birth_date"):
        return None
    if not form.filled("birth_date"):
        form.wrong("birth_date", "Enter the birth date, or say that you do not know it")
        return None
    return form.day("birth_date", "the birth date")


def _classes(form: Typed, terms: Terms) -> tuple[ClassSpan, ...] | None:
    known = form["classes_known"]
    if known in {"none", "unknown"} and _typed_in(form, "class", "class"):
        form.wrong("classes_known", "Choose “Yes, on these days”, or remove the days in a group")
    match known:
        case "none":
            return ()
        case "some":
            return tuple(_spans(form, terms))
        case "unknown":
            return None
    form.wrong("classes_known", "Say whether the person was ever in one of these groups")
    return None


def _typed_in(form: Typed, group: str, *others: str) -> bool:
    """Whether something stands in a row of a group: in its days, or in its other fields."""
    names = ("start", "end", *others)
    return any(form.filled(f"{group}-{number}-{name}") for number in form.rows(group) for name in names)


def _spans(form: Typed, terms: Terms) -> Iterator[ClassSpan]:
    rows = form.rows("class")
    if not rows:
        form.wrong("classes_known", "Add the days in the group, or choose “No”")
    for place, number in enumerate(rows, start=1):
        at, words = f"class-{number}", "" if len(rows) == 1 else f" {place}"
        start = form.day(f"{at}-start", f"the first day in group{words}")
        end = form.day(f"{at}-end", f"the last day in group{words}", needed=False)
        if start is not None and end is not None and end < start:
            form.wrong(f"{at}-end", f"The last day in group{words} must not be before the first day")
        elif form[f"{at}-class"] not in terms.known_classes:
            form.wrong(f"{at}-class", f"Choose the group{words}")
        elif start is not None:
            yield ClassSpan(class_=form[f"{at}-class"], start=start, end=end)


def _hours(
    form: Typed, employment: tuple[EmploymentSpan, ...], before: tuple[PayRow, ...]
) -> tuple[PayRow, ...] | None:
    known = form["hours_known"]
    if known in {"none", "unknown"} and _typed_in(form, "hours", "hours"):
        form.wrong("hours_known", "Choose that you know the hours, or remove the rows of hours")
    if known == "none":
        return ()
    if known == "unknown" or (not employment and not form.rows("hours")):
        return None
    if known != "rows":
        form.wrong("hours_known", "Say whether you know the hours")
        return None
    return tuple(_pay_rows(form, before))


def _pay_rows(form: Typed, before: tuple[PayRow, ...]) -> Iterator[PayRow]:
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
            began = row_on_file(form, number, before) or PayRow(start=start, end=end, paid_on=end)
            paid_on = end if began.paid_on == began.end else began.paid_on
            yield began.model_copy(update={"start": start, "end": end, "paid_on": paid_on, "hours": hours})


def row_on_file(form: Typed, number: int, rows: tuple[PayRow, ...]) -> PayRow | None:
    """The row on file that a row of hours of the form began as; null for one that was added."""
    told = form[f"hours-{number}-row"]
    return next((row for place, row in enumerate(rows, start=1) if str(place) == told), None)


def _accounts(form: Typed) -> Account | None:
    if form["accounts_known"] != "yes":
        if any(form[f"accounts-{name}"] for name in ACCOUNTS):
            form.wrong("accounts_known", "Say that you know the balances, or leave them empty")
        return None
    found = {name: form.number(f"accounts-{name}", f"the balance of {words}") for name, words in ACCOUNTS.items()}
    if any(amount is None for amount in found.values()):
        return None
    return Account(**{name: amount or Decimal(0) for name, amount in found.items()})
