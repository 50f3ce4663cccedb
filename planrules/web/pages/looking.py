"""What the pages look at: a plan of the server, a case of the caller, and its answer, asked once and then kept."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from planrules.answers import Answer
from planrules.web.answering import ask
from planrules.web.cases import Case, cases
from planrules.web.personal import masked
from planrules.web.safety import Caller, role
from planrules.web.safety.refusals import not_found
from planrules.web.site import HostedPlan, Site

LookUp = Annotated[Caller, Depends(role("look_up_one"))]
"""A caller who may look up one person."""


@dataclass(frozen=True)
class Looked:
    """A case with its plan; `answer` is null where nothing can be worked out."""

    token: str
    case: Case
    hosted: HostedPlan
    answer: Answer | None


def plan_of(request: Request, plan_id: str) -> HostedPlan:
    """A plan of the server.

    Raises:
        RefusedError: there is none of this name.
    """
    site: Site = request.app.state.site
    if plan_id not in site.plans:
        raise not_found(what="this server has no plan of this name", do="Choose a plan on the start page.")
    return site.plans[plan_id]


def held(request: Request, token: str, caller: Caller) -> tuple[Case, HostedPlan]:
    """A case of the caller, with its plan.

    Raises:
        RefusedError: there is no such case.
    """
    case = cases(request).get(token, caller.name)
    return case, plan_of(request, case.plan_id)


async def looked(request: Request, token: str, caller: Caller) -> Looked:
    """A case with its answer.

    Raises:
        RefusedError: there is no such case.
        PeopleError: the facts cannot all be true.
    """
    case, hosted = held(request, token, caller)
    if case.answer is None:
        case = await answered(request, hosted, case)
        cases(request).put(token, case)
    return Looked(token, case, hosted, case.answer and masked(case.answer))


async def answered(request: Request, hosted: HostedPlan, case: Case) -> Case:
    """The case with its answer, where there is a person to ask about.

    Raises:
        PeopleError: the facts cannot all be true.
    """
    if case.person is None:
        return case
    site: Site = request.app.state.site
    return replace(case, answer=await ask(site, hosted, case.person, case.as_of, who=case.who, what="page"))
