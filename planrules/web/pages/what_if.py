"""What if: the answer under other facts, with what would change. Nothing of it is kept."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from planrules.errors import PeopleError, Problem
from planrules.web.answering import ask
from planrules.web.audit.journal import REFUSED
from planrules.web.pages.fields import Typed, typed
from planrules.web.pages.looking import Looked, LookUp, looked
from planrules.web.pages.reading import REASONS
from planrules.web.pages.result import context, what_if_context
from planrules.web.pages.supposing import (
    Change,
    Supposed,
    can_work_on,
    changes,
    on_file,
    running_through,
    supposed,
    top_heavy_year,
)
from planrules.web.safety import checked_form
from planrules.web.safety.refusals import RefusedError
from planrules.web.templating import FRAGMENT, page

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


@router.post("/cases/{token}/what-if")
async def what_if(request: Request, token: str, form: Form, caller: LookUp) -> Response:
    """The page with what would change, or only that part of it for the page's script."""
    found, wanted = await looked(request, token, caller), typed(form.multi_items())
    thought, moved, problems = await _asked(request, found, wanted, caller.name)
    said = {"form": wanted, "supposed": thought, "changes": moved, "problems": problems}
    status = 422 if wanted.mistakes or problems else 200
    if request.headers.get(FRAGMENT):
        parts = {**what_if_context(found), "token": token, "case": found.case, "answer": found.answer, **said}
        return page(request, "pages/what_if.html", hosted=found.hosted, status=status, **parts)
    return page(request, "pages/result.html", hosted=found.hosted, status=status, **{**context(found), **said})


@router.get("/cases/{token}/what-if.json")
async def what_can_be_supposed(request: Request, token: str, caller: LookUp) -> Response:
    """What can be supposed of a case, as JSON: `more_hours` is null for who works no more in the running year."""
    found = await looked(request, token, caller)
    case, answer, plan = found.case, found.answer, found.hosted.plan
    running = running_through(answer) if answer and can_work_on(case, answer) else None
    return JSONResponse(
        {
            "as_of": case.as_of.isoformat(),
            "more_hours": None if running is None else {"through": running.isoformat()},
            "last_day": {"reasons": list(REASONS)},
            "top_heavy": {
                "plan_year_through": top_heavy_year(plan, case.as_of).isoformat(),
                "on_file": on_file(plan, case.as_of),
            },
        }
    )


@router.post("/cases/{token}/what-if.json")
async def what_if_as_json(request: Request, token: str, form: Form, caller: LookUp) -> Response:
    """What would change, as JSON; the form's fields are those of the page."""
    found, wanted = await looked(request, token, caller), typed(form.multi_items())
    thought, moved, problems = await _asked(request, found, wanted, caller.name)
    if wanted.mistakes or problems or thought is None:
        reason = PeopleError.code if problems else ""
        raise RefusedError(422, list(_not_supposed(wanted, problems)), reason=reason)
    return JSONResponse(
        {
            "supposed": thought.words,
            "note": thought.note,
            "as_of": thought.as_of.isoformat(),
            "compared_with": (thought.as_of if thought.without else found.case.as_of).isoformat(),
            "changes": [asdict(each) for each in moved],
        }
    )


def _not_supposed(wanted: Typed, problems: list[str]) -> Iterator[Problem]:
    """What stands against a supposition, at its field."""
    why, do = "What is supposed has to be possible.", "Look into the same address with GET for what can be supposed."
    told = [(each.field, each.says) for each in wanted.mistakes] + [("suppose", each) for each in problems]
    for field, says in told or [("suppose", "This cannot be supposed of this person")]:
        yield Problem(what=f"{says[:1].lower()}{says[1:]}".rstrip("."), where=field, why=why, do=do)


async def _asked(
    request: Request, found: Looked, wanted: Typed, who: str
) -> tuple[Supposed | None, list[Change], list[str]]:
    """What is supposed, what would change, and what stands against asking it."""
    if found.answer is None:
        return None, [], []
    thought = supposed(wanted, found.case, found.answer, found.hosted.plan)
    if thought is None:
        return None, [], []
    site, hosted = request.app.state.site, replace(found.hosted, plan=thought.plan)
    asked = [thought.person] if thought.without is None else [thought.person, thought.without]
    try:
        after, *without = [
            await ask(site, hosted, person, thought.as_of, who=who, what="what if", other_readings=False)
            for person in asked
        ]
    except PeopleError as error:
        setattr(request.state, REFUSED, error.code)  # the word that the row of the question has
        return None, [], [f"{problem.what[:1].upper()}{problem.what[1:]}. {problem.do}" for problem in error.problems]
    return thought, changes(without[0] if without else found.answer, after, taken=bool(found.case.taken)), []
