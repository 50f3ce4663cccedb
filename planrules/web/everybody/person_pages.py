"""From a row of the list to the person's page: the facts on file become a case under a random token."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from planrules.people import person_among
from planrules.web.audit import inputs_hash, note
from planrules.web.cases import Case, cases
from planrules.web.everybody import days
from planrules.web.everybody.groups import Group, loaded, unsealed, uploaded
from planrules.web.safety import Caller, role
from planrules.web.safety.refusals import RefusedError, not_found

router = APIRouter(include_in_schema=False)
One = Annotated[Caller, Depends(role("look_up_one"))]


@router.get("/everybody/{sealed}")
async def person_of_everybody(request: Request, sealed: str, caller: One, as_of: str) -> Response:
    """The answer for one of the people that the server was started with."""
    group = loaded(request.app.state.site)
    if group is None:
        raise not_found(what="no people were loaded", do="Start the server with --people, or upload a census.")
    return _opened(request, group, sealed, caller, as_of)


@router.get("/uploads/{token}/everybody/{sealed}")
async def person_of_upload(request: Request, token: str, sealed: str, caller: One, as_of: str) -> Response:
    """The answer for one of the people of an upload."""
    return _opened(request, uploaded(request, token, caller), sealed, caller, as_of)


def _opened(request: Request, group: Group, sealed: str, caller: Caller, as_of: str) -> Response:
    day = days.from_iso(as_of)
    if day.on is None:
        raise RefusedError(422, day.problems)
    person = person_among(group.people, unsealed(request, group, sealed))
    elections = group.hosted.plan.reference.elections_hash
    note(request, plan=group.hosted.id, inputs_hash=inputs_hash(person, day.on), elections_hash=elections)
    token = cases(request).add(Case(group.hosted.id, day.on, person, "record", caller.name))
    if group.upload is not None:
        group.upload.opened.append(token)
    return RedirectResponse(f"/cases/{token}", 303)
