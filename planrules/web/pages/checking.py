"""Check your answers: every fact with where it comes from, and a link to change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from planrules.answers.words import class_in_words, spoken_date
from planrules.people import Person
from planrules.web.cases import Case
from planrules.web.pages.kept import counted, kept_facts
from planrules.web.pages.looking import LookUp, held
from planrules.web.pages.reading import ACCOUNTS, NOBODY
from planrules.web.personal import shown
from planrules.web.safety.callers import LOCAL
from planrules.web.templating import page

router = APIRouter(include_in_schema=False)
_TABLES = {
    "Employment": "employment",
    "Groups that may be left out": "classes",
    "Hours of Service": "pay",
    "Account balances": "accounts",
    **dict.fromkeys(("Absences", "Pay and deferrals", "Rows of pay"), "pay"),
    "Paid out": "distributions",
    "Elections not to participate": "opt_outs",
}
"""The table of people that a fact comes from, where it is not the one of employees."""


@dataclass(frozen=True)
class Fact:
    """One fact: its name, what is known, where it comes from, and the field that changes it; null where none does."""

    name: str
    says: str
    source: str
    field: str | None


@router.get("/cases/{token}/check")
async def check(request: Request, token: str, caller: LookUp) -> Response:
    """The facts of a case, before its answer is looked at."""
    case, hosted = held(request, token, caller)
    told: dict[str, Any] = {"facts": list(facts(case)), "hours": hours_by_row(case)}
    told["several_employments"] = case.person is not None and len(case.person.employment) > 1
    return page(request, "pages/check.html", hosted=hosted, token=token, case=case, **told)


@router.get("/cases/{token}/check.json")
async def check_as_json(request: Request, token: str, caller: LookUp) -> Response:
    """The same facts as JSON."""
    case, _ = held(request, token, caller)
    told = [{"fact": each.name, "says": each.says, "source": each.source} for each in facts(case)]
    return JSONResponse({"facts": told, "taken_as_it_stands": list(case.taken)})


def facts(case: Case) -> Iterator[Fact]:
    """The facts of a case; what is not known is said to be."""
    yield Fact("Day you ask about", spoken_date(case.as_of), "asked here", "as_of-month")
    if case.person is None:
        yield Fact("First day of work", "Not known", _source(case, ""), "spell-rows")
        return
    same = case.kept is not None and case.kept.person.employee_id == case.person.employee_id
    number = case.person.employee_id
    given = "Not given" if number == NOBODY else shown(number)
    yield Fact("Employee number", given, _source(case, "", kept=same), "employee_id")
    began = [] if case.kept is None else [(name, says) for name, says, _ in _told(case.kept.person)]
    for name, says, field in _told(case.person):
        yield Fact(name, says, _source(case, name, kept=(name, says) in began), field)
    for name, says in kept_facts(case.person):
        yield Fact(name, says, _source(case, name, kept=True), None)


def _source(case: Case, name: str, *, kept: bool = False) -> str:
    """Where a fact comes from: who typed it, or the file or table it stands in; `kept` is what the form began with."""
    source = case.kept.source if kept and case.kept is not None else case.source
    if source == "typed":
        return "typed here" if case.who == LOCAL.name else f"typed here by {case.who}"
    return "the sample's file" if source == "sample" else f"the table {_TABLES.get(name, 'employees')}"


def _told(person: Person) -> Iterator[tuple[str, str, str]]:
    for number, span in enumerate(person.employment, start=1):
        until = ", still employed" if span.end is None else f" through {spoken_date(span.end)}"
        why = f" ({span.reason})" if span.reason else " (reason not known)" if span.end else ""
        yield "Employment", f"{span.employer}, from {spoken_date(span.start)}{until}{why}", f"spell-{number}"
    yield "Groups that may be left out", _classes(person), "classes_known"
    yield "Hours of Service", _hours(person), "hours_known"
    born = "Not known, or not asked" if person.birth_date is None else spoken_date(person.birth_date)
    yield "Birth date", born, "birth_date-month"
    yield "Account balances", _balances(person), "accounts_known"


def _classes(person: Person) -> str:
    if person.classes is None:
        return "Not known"
    spans = [
        f"{class_in_words(each.class_)} from {spoken_date(each.start)} "
        + ("on" if each.end is None else f"through {spoken_date(each.end)}")
        for each in person.classes
    ]
    return "; ".join(spans) or "Never in one"


def _hours(person: Person) -> str:
    """How many rows of hours there are, from when to when, and what they come to."""
    if person.pay is None:
        return "Not known"
    if not person.pay:
        return "None on file"
    worked = [row for row in person.pay if row.kind == "paid"]
    if not worked:
        return "None worked"
    known = [row.hours for row in worked if row.hours is not None]
    first, last = min(row.start for row in worked), max(row.end for row in worked)
    rows = counted(worked)
    blank = len(worked) - len(known)
    missing = f", {blank} of them without hours" if blank else ""
    return f"{sum(known):,.2f} hours in {rows}{missing}, from {spoken_date(first)} to {spoken_date(last)}"


def hours_by_row(case: Case) -> list[tuple[str, str]]:
    """Each row of hours: its days, and its hours."""
    pay = case.person.pay if case.person else None
    return [
        (
            f"{spoken_date(row.start)} to {spoken_date(row.end)}" + (" (absence)" if row.kind == "maternity" else ""),
            "not known" if row.hours is None else f"{row.hours:,.2f}",
        )
        for row in pay or ()
    ]


def _balances(person: Person) -> str:
    if person.accounts is None:
        return "Not known"
    return "; ".join(f"{words} ${getattr(person.accounts, name):,.2f}" for name, words in ACCOUNTS.items())
