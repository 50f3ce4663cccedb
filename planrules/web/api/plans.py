"""The plans of a server: which there are, what is in force, and their rules in plain words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from planrules.api import Plan
from planrules.plan import catalogue
from planrules.web.api.models import PlanDetail, PlanLine, PlanPage, ReadingInForce, RuleLine, RulePage
from planrules.web.api.paging import MOST, USUAL, page_of
from planrules.web.api.replies import dumped, tagged
from planrules.web.api.telling import ERRORS
from planrules.web.cited import plan_in_lines
from planrules.web.safety.refusals import not_found
from planrules.web.site import HostedPlan, Site

router = APIRouter(tags=["plans"])
PlanId = Annotated[str, Path(alias="id", description="A plan's `id`.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many entries a page has.")]
Cursor = Annotated[str | None, Query(max_length=200, description="The `next` of the page before.")]


@router.get("/plans", response_model=PlanPage, responses=ERRORS, summary="The plans of this server")
async def plans(request: Request, limit: Limit = USUAL, cursor: Cursor = None) -> Response:
    """Each plan by its id, with the hash that stands in its answers."""
    site: Site = request.app.state.site
    found, after = page_of([line(each) for each in site.plans.values()], limit, cursor, ",".join(site.plans))
    return tagged(request, dumped(PlanPage(plans=list(found), next=after)))


@router.get("/plans/{id}", response_model=PlanDetail, responses=ERRORS, summary="One plan, and what is in force")
async def plan(request: Request, plan: PlanId) -> Response:
    """Elections by hash, facts, readings in force, source, and since when the terms are in force."""
    hosted = hosted_plan(request.app.state.site, plan)
    return tagged(request, detail(hosted))


@router.get("/plans/{id}/rules", response_model=RulePage, responses=ERRORS, summary="One plan in plain words")
async def rules(request: Request, plan: PlanId, limit: Limit = USUAL, cursor: Cursor = None) -> Response:
    """What `planrules show` prints: each line with the options that set it, and the readings it rests on."""
    hosted = hosted_plan(request.app.state.site, plan)
    reference = hosted.plan.reference
    found, after = page_of(rules_of(hosted.plan), limit, cursor, reference.elections_hash)
    return tagged(request, dumped(RulePage(plan=reference, rules=list(found), next=after)))


def hosted_plan(site: Site, plan: str | None) -> HostedPlan:
    """A plan of the server by its id; the first where none is named.

    Raises:
        RefusedError: 404 where the server has none of this id.
    """
    if plan is None:
        return site.first
    if plan not in site.plans:
        raise not_found(what="no plan of this id", do="Take an id that /v1/plans lists.")
    return site.plans[plan]


def line(hosted: HostedPlan) -> PlanLine:
    """A plan as the list of plans has it."""
    return PlanLine(**_line(hosted))


def _line(hosted: HostedPlan) -> Mapping[str, Any]:
    reference = hosted.plan.reference
    return {
        "id": hosted.id,
        "name": reference.name,
        "elections_hash": reference.elections_hash,
        "engine_version": reference.engine_version,
    }


def detail(hosted: HostedPlan) -> str:
    """What is told of one plan, as JSON."""
    elections, terms = hosted.plan.elections, hosted.plan.terms
    found = PlanDetail(
        **_line(hosted),
        employer=elections.employer.name,
        form=elections.form,
        elections=elections.content_hash,
        source=elections.source,
        terms_in_force_from=terms.participation.effective_date,
        facts=hosted.plan.facts.model_dump(mode="json", by_alias=True),
        readings=[
            ReadingInForce(
                reading=name,
                option=terms.choices[name],
                means=reading.options[terms.choices[name]],
                decided=name not in terms.choices.undecided,
            )
            for name, reading in catalogue().items()
        ],
    )
    return dumped(found)


@lru_cache(maxsize=64)
def rules_of(plan: Plan) -> Sequence[RuleLine]:
    """Every line of a plan in plain words, in the order it is shown."""
    return tuple(
        RuleLine(heading=heading, says=line.says, cites=list(line.cites), readings=list(line.readings))
        for heading, lines in plan_in_lines(plan)
        for line in lines
    )
