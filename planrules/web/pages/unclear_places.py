"""One unclear place of the documents: the question, where it stands, every way to read it, and what it can move."""

from dataclasses import asdict

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from planrules.answers.unclear import Unclear, unclear
from planrules.plan import catalogue
from planrules.web.cited import Line, cited, plan_in_lines
from planrules.web.pages.looking import LookUp, plan_of
from planrules.web.pages.telling import topic
from planrules.web.safety.refusals import not_found
from planrules.web.site import HostedPlan
from planrules.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/plans/{plan_id}/readings/{reading}.json")
async def reading_as_json(request: Request, plan_id: str, reading: str, caller: LookUp) -> Response:
    """The same as the page."""
    del caller
    hosted = plan_of(request, plan_id)
    place = _place(hosted, reading)
    return JSONResponse(
        {
            "plan": hosted.plan.reference.model_dump(mode="json"),
            **asdict(place),
            "cited": [asdict(each) for each in cited(hosted.plan, place.cites)],
            "rests_on_it": [asdict(line) for line in _lines(hosted, reading)],
        }
    )


@router.get("/plans/{plan_id}/readings/{reading}")
async def reading_page(request: Request, plan_id: str, reading: str, caller: LookUp) -> Response:
    """The page of a reading."""
    del caller
    hosted = plan_of(request, plan_id)
    place = _place(hosted, reading)
    return page(
        request,
        "pages/reading.html",
        hosted=hosted,
        place=place,
        cited=cited(hosted.plan, place.cites),
        moves=[(topic(section), fields) for section, fields in place.moves.items()],
        lines=_lines(hosted, reading),
    )


def _place(hosted: HostedPlan, name: str) -> Unclear:
    """The unclear place of a name.

    Raises:
        RefusedError: there is none.
    """
    if name not in catalogue():
        raise not_found(what="there is no reading of this name", do="Choose one on the page of the plan's rules.")
    plan = hosted.plan
    return unclear(name, plan.terms, plan.elections.readings, plan.otherwise_read())


def _lines(hosted: HostedPlan, name: str) -> list[Line]:
    """The lines of the plan that would not stand under another option."""
    return [line for _, lines in plan_in_lines(hosted.plan) for line in lines if name in line.readings]
