"""The other ways to read the plan: a page of their own, and the part of the result page that follows when it is known.

To evaluate every other option takes several times as long as the answer itself, and decides nothing about it.
"""

from contextlib import suppress
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from planrules.errors import PlanrulesError
from planrules.web.pages.looking import LookUp, looked
from planrules.web.pages.telling import beside
from planrules.web.safety import Caller
from planrules.web.templating import FRAGMENT, page

router = APIRouter(include_in_schema=False)


@router.get("/cases/{token}/readings")
async def readings(request: Request, token: str, caller: LookUp) -> Response:
    """What is not decided, with what the other readings would change; only the latter for the page's script."""
    found = await looked(request, token, caller, compared=True)
    if found.answer is None:
        return RedirectResponse(f"/cases/{token}", 303)
    name = "pages/compared.html" if request.headers.get(FRAGMENT) else "pages/readings.html"
    shown: dict[str, Any] = {
        "token": token,
        "case": found.case,
        "answer": found.answer,
        "beside": beside(found.case, found.answer),
    }
    return page(request, name, hosted=found.hosted, **shown)


async def compare(request: Request, token: str, caller: Caller) -> None:
    """Works the comparison out while the page without it is read. Whoever opens it is told what went wrong."""
    with suppress(PlanrulesError):
        await looked(request, token, caller, compared=True)
