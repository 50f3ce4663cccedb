"""What if: the answer under other facts, with what would change. Nothing of it is kept."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from planrules.errors import PeopleError
from planrules.web.answering import ask
from planrules.web.pages.fields import Typed, typed
from planrules.web.pages.looking import Looked, LookUp, looked
from planrules.web.pages.result import context, what_if_context
from planrules.web.pages.supposing import Change, Supposed, changes, supposed
from planrules.web.safety import checked_form
from planrules.web.templating import FRAGMENT, page

router = APIRouter(include_in_schema=False)


@router.post("/cases/{token}/what-if")
async def what_if(
    request: Request, token: str, form: Annotated[FormData, Depends(checked_form)], caller: LookUp
) -> Response:
    """The page with what would change, or only that part of it for the page's script."""
    found, wanted = await looked(request, token, caller), typed(form.multi_items())
    thought, moved, problems = await _asked(request, found, wanted, caller.name)
    said = {"form": wanted, "supposed": thought, "changes": moved, "problems": problems}
    status = 422 if wanted.mistakes or problems else 200
    if request.headers.get(FRAGMENT):
        parts = {**what_if_context(found), "token": token, "case": found.case, "answer": found.answer, **said}
        return page(request, "pages/what_if.html", hosted=found.hosted, status=status, **parts)
    return page(request, "pages/result.html", hosted=found.hosted, status=status, **{**context(found), **said})


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
        return None, [], [f"{problem.what[:1].upper()}{problem.what[1:]}. {problem.do}" for problem in error.problems]
    return thought, changes(without[0] if without else found.answer, after, taken=bool(found.case.taken)), []
