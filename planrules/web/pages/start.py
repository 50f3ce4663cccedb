"""The start: what the page tells, which plan it is, one person or a file, and sample people one click away."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import yaml
from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from planrules import law
from planrules.errors import PeopleError
from planrules.people import Person
from planrules.people.persons import person_among
from planrules.web.audit import inputs_hash, note
from planrules.web.cases import Case, cases
from planrules.web.pages.fields import Typed, typed
from planrules.web.pages.looking import LookUp, plan_of
from planrules.web.safety import checked_form
from planrules.web.safety.refusals import not_found
from planrules.web.site import HostedPlan, Site
from planrules.web.templating import page

_SAMPLES: Final = "samples.yaml"
router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


@router.get("/")
async def start(request: Request, caller: LookUp) -> Response:
    """The start page of the server's first plan."""
    del caller
    site: Site = request.app.state.site
    return _page(request, site.first, Typed({}))


@router.get("/plans/{plan_id}/start")
async def start_of_plan(request: Request, plan_id: str, caller: LookUp) -> Response:
    """The start page of a plan."""
    del caller
    return _page(request, plan_of(request, plan_id), Typed({}))


@router.get("/plans/{plan_id}/start.json")
async def start_as_json(request: Request, plan_id: str, caller: LookUp) -> Response:
    """Which plan it is, since when, under which law, and the sample people."""
    del caller
    hosted = plan_of(request, plan_id)
    changed = _law_changes_on(hosted)
    return JSONResponse(
        {
            "plan": hosted.plan.reference.model_dump(mode="json"),
            "terms_in_force_from": hosted.plan.terms.participation.effective_date.isoformat(),
            "law_changes_on": changed.isoformat() if changed else None,
            "samples": list(hosted.samples),
        }
    )


@router.post("/plans/{plan_id}/samples")
async def sample(request: Request, plan_id: str, form: Form, caller: LookUp) -> Response:
    """The answer for a sample person as of the last day of its record."""
    hosted = plan_of(request, plan_id)
    name = form.get("sample")
    if not isinstance(name, str) or name not in hosted.samples:
        raise not_found(what="there is no sample person of this name", do="Choose one on the start page.")
    person = hosted.samples[name]
    token = cases(request).add(Case(plan_id, last_day_of_record(person), person, "sample", caller.name))
    return RedirectResponse(f"/cases/{token}", 303)


@router.post("/plans/{plan_id}/find")
async def find(request: Request, plan_id: str, form: Form, caller: LookUp) -> Response:
    """The answer for one of the server's people, found by employee number."""
    hosted, site = plan_of(request, plan_id), request.app.state.site
    wanted = typed(form.multi_items())
    as_of = wanted.day("as_of", "the day you ask about")
    person = _found(site, wanted)
    if as_of is None or person is None:
        return _page(request, hosted, wanted, status=422)
    note(request, inputs_hash=inputs_hash(person, as_of))
    token = cases(request).add(Case(site.first.id, as_of, person, "record", caller.name))
    return RedirectResponse(f"/cases/{token}", 303)


def _found(site: Site, wanted: Typed) -> Person | None:
    """Somebody of the server's people; null, and noted, when nobody is found."""
    number = wanted["employee_id"]
    if not number:
        wanted.wrong("employee_id", "Enter an employee number")
    elif site.people is None:
        wanted.wrong("employee_id", "No people are loaded on this server")
    else:
        try:
            return person_among(site.people, number)
        except PeopleError:
            says = "Nobody has this employee number. It is compared letter by letter: check it, or type the facts."
            wanted.wrong("employee_id", says)
    return None


def _page(request: Request, hosted: HostedPlan, wanted: Typed, status: int = 200) -> Response:
    site: Site = request.app.state.site
    samples = {name: (person, last_day_of_record(person)) for name, person in hosted.samples.items()}
    return page(
        request,
        "pages/start.html",
        hosted=hosted,
        status=status,
        form=wanted,
        samples=samples,
        titles={name: titles().get(name, {"title": _spelled(name), "shows": ""}) for name in samples},
        people=site.people if hosted.id == site.first.id else None,
        law_changes_on=_law_changes_on(hosted),
    )


@cache
def titles() -> dict[str, dict[str, str]]:
    """The title of each sample that is known, and what it shows, by the name of its file."""
    text = files(__package__).joinpath(_SAMPLES).read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


def _spelled(name: str) -> str:
    """The name of a file as a title.

    >>> _spelled("left-at-57")
    'Left at 57'
    """
    return name.replace("-", " ").capitalize()


def last_day_of_record(person: Person) -> date:
    """The last day that anything is told of."""
    days = [row.end for row in person.pay or ()]
    days += [span.end or span.start for span in person.employment]
    days += [each.paid_on for each in person.distributions]
    return max(days)


def _law_changes_on(hosted: HostedPlan) -> date | None:
    """The first change of law after the terms came into force that can overtake one of them."""
    terms = hosted.plan.terms
    ends, since = terms.service.plan_year_ends, terms.participation.effective_date
    days = [change.reached_on(ends) for change in law.changes()]
    return min((day for day in days if day > since), default=None)
