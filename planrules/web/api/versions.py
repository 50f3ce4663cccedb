"""`/v1/plans/{id}/versions`: which elections a plan has had, who put them, and what each version says."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from planrules.web.api.models import HASH
from planrules.web.api.paging import USUAL, page_of
from planrules.web.api.plans import Cursor, Limit, PlanId, hosted_plan
from planrules.web.api.replies import dumped, tagged
from planrules.web.api.telling import ERRORS
from planrules.web.api.version_models import VersionDetail, VersionLine, VersionPage
from planrules.web.safety.refusals import not_found
from planrules.web.versions import Version
from planrules.web.versions.document import ELECTIONS, FACTS, parts_of

if TYPE_CHECKING:
    from planrules.web.site import Site

router = APIRouter(tags=["plans"])
Hash = Annotated[str, Path(alias="hash", pattern=HASH, description="The hash of a version.")]


@router.get(
    "/plans/{id}/versions", response_model=VersionPage, responses=ERRORS, summary="The versions of a plan's elections"
)
async def versions(request: Request, plan: PlanId, limit: Limit = USUAL, cursor: Cursor = None) -> Response:
    """The last first. A version that was put again stands there again; `in_force` is the one that answers."""
    site: Site = request.app.state.site
    hosted = hosted_plan(site, plan)
    chain = await run_in_threadpool(site.in_force.versions.chain, hosted.id)
    now = site.in_force.standing(hosted.id).version.number
    lines = [told_of(each, in_force=each.number == now) for each in reversed(chain)]
    found, after = page_of(lines, limit, cursor, f"{hosted.id}/versions/{len(lines)}")
    return tagged(request, dumped(VersionPage(versions=list(found), next=after)))


@router.get(
    "/plans/{id}/versions/{hash}", response_model=VersionDetail, responses=ERRORS, summary="What a version says"
)
async def version(request: Request, plan: PlanId, content_hash: Hash) -> Response:
    """The elections and facts of a version, in the format of their files."""
    site: Site = request.app.state.site
    hosted = hosted_plan(site, plan)
    found = await run_in_threadpool(site.in_force.versions.named, hosted.id, content_hash)
    if found is None:
        raise not_found(what="no version of this hash", do="Take a hash that /v1/plans/{id}/versions lists.")
    parts = parts_of(found.document)
    told = VersionDetail(plan=hosted.id, hash=found.hash, elections=parts[ELECTIONS], facts=parts[FACTS])
    return tagged(request, dumped(told))


def told_of(version: Version, *, in_force: bool) -> VersionLine:
    """A version as the list of versions has it."""
    return VersionLine(hash=version.hash, at=version.at, by=version.by, origin=version.origin, in_force=in_force)
