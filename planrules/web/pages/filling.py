"""The form filled in beforehand: empty for somebody new, or with what is on file of a person."""

from collections.abc import Iterator
from datetime import date

from planrules.people import Person
from planrules.plan import Terms
from planrules.web.cases import WANTS, Case
from planrules.web.pages.fields import Typed, boxes
from planrules.web.pages.reading import ACCOUNTS, NOBODY
from planrules.web.personal import is_social_security


def empty(terms: Terms) -> Typed:
    """A form with one row each of employment and of hours."""
    rows = {"spell-rows": "1", "spell-1-employer": terms.service.employer, "hours-rows": "1", "class-rows": ""}
    return Typed({**rows, **{f"wants-{want}": "yes" for want in WANTS}})


def filled(case: Case) -> Typed:
    """The form of a case: as it was typed, or from the facts on file."""
    if case.fields or case.person is None:
        return Typed(dict(case.fields))
    return Typed(dict(_facts(case.person, case.as_of)) | {f"wants-{want}": "yes" for want in case.wants})


def _facts(person: Person, as_of: date) -> Iterator[tuple[str, str]]:
    yield from boxes("as_of", as_of)
    yield (
        "employee_id",
        "" if person.employee_id == NOBODY or is_social_security(person.employee_id) else person.employee_id,
    )
    yield from boxes("birth_date", person.birth_date)
    if person.birth_date is None:
        yield "birth_date-unknown", "yes"
    yield from _employment(person)
    yield from _classes(person)
    yield from _hours(person)
    yield "accounts_known", "unknown" if person.accounts is None else "yes"
    if person.accounts is not None:
        for name in ACCOUNTS:
            yield f"accounts-{name}", format(getattr(person.accounts, name), "f")


def _numbers(count: int) -> str:
    return " ".join(str(number) for number in range(1, count + 1))


def _employment(person: Person) -> Iterator[tuple[str, str]]:
    yield "spell-rows", _numbers(len(person.employment))
    for number, span in enumerate(person.employment, start=1):
        yield f"spell-{number}-employer", span.employer
        yield f"spell-{number}-ended", "no" if span.end is None else "yes"
        yield f"spell-{number}-reason", span.reason or ""
        yield from boxes(f"spell-{number}-start", span.start)
        yield from boxes(f"spell-{number}-end", span.end)


def _classes(person: Person) -> Iterator[tuple[str, str]]:
    known = "unknown" if person.classes is None else "some" if person.classes else "none"
    yield "classes_known", known
    yield "class-rows", _numbers(len(person.classes or ()))
    for number, span in enumerate(person.classes or (), start=1):
        yield f"class-{number}-class", span.class_
        yield from boxes(f"class-{number}-start", span.start)
        yield from boxes(f"class-{number}-end", span.end)


def _hours(person: Person) -> Iterator[tuple[str, str]]:
    yield "hours_known", "unknown" if person.pay is None else "rows" if person.pay else "none"
    yield "hours-rows", _numbers(len(person.pay or ()))
    for number, row in enumerate(person.pay or (), start=1):
        yield from boxes(f"hours-{number}-start", row.start)
        yield from boxes(f"hours-{number}-end", row.end)
        yield f"hours-{number}-row", str(number)
        if row.hours is None:
            yield f"hours-{number}-hours-unknown", "yes"
        else:
            yield f"hours-{number}-hours", format(row.hours, "f")
