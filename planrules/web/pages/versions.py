"""The versions of a plan's elections: which there have been, since when, and who put them."""

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from planrules.web.pages.looking import LookUp, standing_of
from planrules.web.site import Site
from planrules.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/plans/{plan_id}/versions.json")
async def versions_as_json(request: Request, plan_id: str, caller: LookUp) -> Response:
    """The same as the page: every version, the last first."""
    del caller
    standing, site = standing_of(request, plan_id), _site(request)
    chain = await run_in_threadpool(site.in_force.versions.chain, plan_id)
    told = [
        {
            "hash": each.hash,
            "at": each.at.isoformat(),
            "by": each.by,
            "origin": each.origin,
            "in_force": each.number == standing.version.number,
        }
        for each in reversed(chain)
    ]
    return JSONResponse({"plan": plan_id, "versions": told})


@router.get("/plans/{plan_id}/versions")
async def versions(request: Request, plan_id: str, caller: LookUp) -> Response:
    """The page of the versions."""
    del caller
    standing, site = standing_of(request, plan_id), _site(request)
    chain = await run_in_threadpool(site.in_force.versions.chain, plan_id)
    told: dict[str, Any] = {"chain": list(reversed(chain)), "now": standing.version}
    return page(request, "pages/versions.html", hosted=standing.hosted, **told)


def _site(request: Request) -> Site:
    found: Site = request.app.state.site
    return found
