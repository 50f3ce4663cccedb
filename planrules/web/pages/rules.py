"""The plan in plain words, with the box that was checked: the place that citations lead to."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from planrules.plan import catalogue
from planrules.web.cited import anchor, boxes_checked, plan_in_lines
from planrules.web.pages.looking import LookUp, plan_of, standing_of
from planrules.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/plans/{plan_id}/rules.json")
async def rules_as_json(request: Request, plan_id: str, caller: LookUp) -> Response:
    """The same as the page: the plan's lines and the boxes behind them."""
    del caller
    plan = plan_of(request, plan_id).plan
    return JSONResponse(
        {
            "plan": plan.reference.model_dump(mode="json"),
            "rules": [
                {"heading": heading, "lines": [asdict(line) for line in lines]}
                for heading, lines in plan_in_lines(plan)
            ],
            "boxes": [
                {"section": title, "boxes": [asdict(box) for box in boxes]}
                for title, boxes in boxes_checked(plan).items()
            ],
        }
    )


@router.get("/plans/{plan_id}/rules")
async def rules(request: Request, plan_id: str, caller: LookUp) -> Response:
    """The page of the plan's rules."""
    del caller
    standing = standing_of(request, plan_id)
    plan = standing.hosted.plan
    lines, boxes = plan_in_lines(plan), boxes_checked(plan)
    told: dict[str, Any] = {
        "version": standing.version,
        "lines": lines,
        "boxes": boxes,
        "anchor": anchor,
        "known": {anchor(f"AA {box.citation}") for found in boxes.values() for box in found},
        "readings": catalogue(),
    }
    return page(request, "pages/rules.html", hosted=standing.hosted, **told)
