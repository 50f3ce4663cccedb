"""The answer: one sentence a question, why, what would change it, what is not decided, and what to do next."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from planrules.web.cases import cases
from planrules.web.pages.fields import Typed
from planrules.web.pages.looking import Looked, LookUp, looked
from planrules.web.pages.reading import REASONS
from planrules.web.pages.readings import compare
from planrules.web.pages.supposing import no_more_hours, on_file, running_through, year_in_words
from planrules.web.pages.telling import beside, told
from planrules.web.personal import person_as_json
from planrules.web.safety import checked_form
from planrules.web.safety.refusals import not_found
from planrules.web.templating import page
from planrules.web.timeline import Timeline, picture, table, text, timeline

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


@router.get("/cases/{token}.json")
async def result_as_json(request: Request, token: str, caller: LookUp) -> Response:
    """The same facts as the page: the person, the answer with the other readings, and the timeline."""
    found = await looked(request, token, caller, compared=True)
    drawn = drawn_for(found)
    return JSONResponse(
        {
            "plan": found.hosted.id,
            "as_of": found.case.as_of.isoformat(),
            "source": found.case.source,
            "asked": list(found.case.wants),
            "person": person_as_json(found.case.person) if found.case.person else None,
            "taken_as_it_stands": list(found.case.taken),
            "answer": found.answer.model_dump(mode="json") if found.answer else None,
            "timeline": drawn.model_dump(mode="json") if drawn else None,
        }
    )


@router.get("/cases/{token}/timeline.svg")
async def timeline_as_picture(request: Request, token: str, caller: LookUp) -> Response:
    """The timeline as a picture of its own."""
    drawn = drawn_for(await looked(request, token, caller))
    if drawn is None:
        raise not_found(what="there is nothing to draw", do="Tell the first day of work first.")
    return Response(picture(drawn), media_type="image/svg+xml")


@router.get("/cases/{token}")
async def result(request: Request, token: str, caller: LookUp) -> Response:
    """The result page. What the other readings would change is worked out once it is sent, where that is not known."""
    found = await looked(request, token, caller)
    reply = page(request, "pages/result.html", hosted=found.hosted, **context(found))
    if found.answer is not None and not found.case.compared:
        reply.background = BackgroundTask(compare, request, token, caller)
    return reply


@router.post("/cases/{token}/forget")
async def forget(request: Request, token: str, form: Form, caller: LookUp) -> Response:
    """Drops the facts at once, and goes back to the start."""
    del form
    cases(request).forget(token, caller.name)
    return RedirectResponse("/", 303)


def drawn_for(found: Looked) -> Timeline | None:
    """The timeline of a case; null where there is no answer."""
    if found.answer is None or found.case.person is None:
        return None
    case, terms = found.case, found.hosted.plan.terms
    return timeline(found.answer, found.case.person, terms, case.wants, guessed=bool(case.taken))


def context(found: Looked) -> Mapping[str, Any]:
    """What the result page shows."""
    case, answer, plan = found.case, found.answer, found.hosted.plan
    if answer is None:
        return {"token": found.token, "case": case, "answer": None}
    drawn = drawn_for(found)
    return {
        "token": found.token,
        "case": case,
        "answer": answer,
        "superseded": found.superseded,
        "told": told(case, answer, plan),
        "beside": beside(case, answer),
        "picture": picture(drawn) if drawn else "",
        "table": table(drawn) if drawn else None,
        "text": text(drawn) if drawn else "",
        **what_if_context(found),
    }


def what_if_context(found: Looked) -> Mapping[str, Any]:
    """What the form of a what-if shows, before anything is supposed."""
    case, answer, plan = found.case, found.answer, found.hosted.plan
    hindered = no_more_hours(case, answer) if answer else None
    return {
        "form": Typed({}),
        "supposed": None,
        "changes": [],
        "problems": [],
        "running_through": running_through(answer) if answer and hindered is None else None,
        "no_more_hours": hindered,
        "top_heavy_on_file": on_file(plan, case.as_of),
        "top_heavy_year": year_in_words(plan, case.as_of),
        "reasons": REASONS,
    }
