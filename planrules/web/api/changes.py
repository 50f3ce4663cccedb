"""`PUT /v1/plans/{id}`: other elections for a plan, by somebody who may, and who knows what is in force."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Header
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from planrules.errors import ElectionsError, UnsupportedElectionError
from planrules.web.api.bodies import json_of, model_of
from planrules.web.api.models import PlanDetail
from planrules.web.api.openapi import warm_up
from planrules.web.api.plans import PlanId, detail, hosted_plan
from planrules.web.api.replies import JSON, tag_of
from planrules.web.api.telling import ERRORS
from planrules.web.api.version_models import ElectionsChange
from planrules.web.audit import note
from planrules.web.changing import changed
from planrules.web.safety import Caller, role
from planrules.web.safety.refusals import refused
from planrules.web.versions import Standing
from planrules.web.versions.document import ELECTIONS, FACTS
from planrules.web.versions.findings import pointed

if TYPE_CHECKING:
    from planrules.web.site import Site

router = APIRouter(tags=["plans"])
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The hash in force, or the ETag of the plan, in double quotes. It is needed."),
]
_BODY = {
    "required": True,
    "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{ElectionsChange.__name__}"}}},
}


@router.put(
    "/plans/{id}",
    response_model=PlanDetail,
    responses=ERRORS,
    openapi_extra={"requestBody": _BODY},
    summary="Other elections for a plan",
)
async def change(
    request: Request,
    plan: PlanId,
    who: Annotated[Caller, Depends(role("change_elections"))],
    if_match: IfMatch = None,
) -> Response:
    """Read and refused exactly as an elections file is; what `planrules check` finds an error is refused as well.

    The plan is in force once the reply is sent. Requests that have begun are answered under the version before.
    """
    site: Site = request.app.state.site
    hosted, known = hosted_plan(site, plan), _known(if_match)
    note(request, plan=hosted.id, elections_hash=hosted.hash)
    sent = model_of(ElectionsChange, await json_of(request))
    given = {ELECTIONS: sent.elections, FACTS: sent.facts}

    def expected(standing: Standing) -> bool:
        return bool(known & {f'"{standing.hosted.hash}"', tag_of(detail(standing.hosted))})

    try:
        made = await run_in_threadpool(changed, site, hosted.id, given, who.name, expected)
    except (ElectionsError, UnsupportedElectionError) as error:
        raise type(error)(pointed(error.problems, given)) from None
    headers = {"etag": f'"{made.hosted.hash}"', "content-location": f"/v1/plans/{hosted.id}"}
    return Response(detail(made.hosted), 200, headers, JSON, BackgroundTask(warm_up, made.hosted))


def _known(if_match: str | None) -> frozenset[str]:
    """The tags that a caller knows.

    Raises:
        RefusedError: 428 where there is none; "whatever is in force" is none.
    """
    given = {each.strip() for each in (if_match or "").split(",")} - {""}
    tags = given - {"*"}
    if not tags:
        raise refused(
            428,
            "* is whatever is in force, and does not say which elections are to be replaced"
            if given
            else "what is in force is not said",
            "Of two who change a plan at once, the second would undo what the first has done.",
            "Send If-Match with the hash in force in double quotes, as /v1/plans/{id} tells it.",
            "header, if-match",
        )
    return frozenset(tags)
