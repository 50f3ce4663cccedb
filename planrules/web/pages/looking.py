"""What the pages look at: a plan of the server, a case of the caller, and its answer, asked once and then kept."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from planrules.answers import Answer
from planrules.web.answering import ask
from planrules.web.audit import hash_of, inputs_hash, note
from planrules.web.cases import Case, cases
from planrules.web.personal import masked
from planrules.web.safety import Caller, role
from planrules.web.safety.refusals import not_found
from planrules.web.site import HostedPlan, Site
from planrules.web.versions import Standing

LookUp = Annotated[Caller, Depends(role("look_up_one"))]
"""A caller who may look up one person."""


@dataclass(frozen=True)
class Looked:
    """A case with its plan; `answer` is null where nothing can be worked out.

    `superseded` tells that the plan has been changed since the case was answered.
    """

    token: str
    case: Case
    hosted: HostedPlan
    answer: Answer | None
    superseded: bool


def plan_of(request: Request, plan_id: str) -> HostedPlan:
    """A plan of the server.

    Raises:
        RefusedError: there is none of this name.
    """
    return standing_of(request, plan_id).hosted


def standing_of(request: Request, plan_id: str) -> Standing:
    """A plan of the server with its version in force.

    Raises:
        RefusedError: there is none of this name.
    """
    found = _standing(request, plan_id)
    note(request, plan=plan_id, elections_hash=found.hosted.hash)
    return found


def _standing(request: Request, plan_id: str) -> Standing:
    site: Site = request.app.state.site
    if plan_id not in site.plans:
        raise not_found(what="this server has no plan of this name", do="Choose a plan on the start page.")
    return site.in_force.standing(plan_id)


def held(request: Request, token: str, caller: Caller) -> tuple[Case, HostedPlan]:
    """A case of the caller, with its plan: in the version that it was answered under, or in force until it is.

    Raises:
        RefusedError: there is no such case.
    """
    case = cases(request).get(token, caller.name)
    hosted = _standing(request, case.plan_id).hosted
    hosted = hosted if case.under is None else replace(hosted, plan=case.under)
    _note(request, case, hosted)
    return case, hosted


def to_change(request: Request, token: str, caller: Caller) -> tuple[Case, HostedPlan]:
    """A case of the caller whose facts are to be changed, with the plan in force: what is sent is asked of that.

    Raises:
        RefusedError: there is no such case.
    """
    case = cases(request).get(token, caller.name)
    hosted = _standing(request, case.plan_id).hosted
    _note(request, case, hosted)
    return case, hosted


def _note(request: Request, case: Case, hosted: HostedPlan) -> None:
    """For the row of a request: whose facts are looked at, under which version."""
    given = "" if case.person is None else inputs_hash(case.person, case.as_of)
    note(request, plan=hosted.id, inputs_hash=given, elections_hash=hosted.hash)


async def looked(request: Request, token: str, caller: Caller, *, compared: bool = False) -> Looked:
    """A case with its answer; `compared` waits for what the other options of decided readings would change.

    Raises:
        RefusedError: there is no such case.
        PeopleError: the facts cannot all be true.
    """
    case, hosted = held(request, token, caller)
    if not _has(case, compared=compared):
        async with cases(request).turn(token):
            case, hosted = held(request, token, caller)
            if not _has(case, compared=compared):
                before, case = case, await answered(request, hosted, case, compared=compared)
                cases(request).exchange(token, before, case)
    if case.answer is not None:
        note(request, answer_hash=hash_of(case.answer.model_dump_json()))
    superseded = hosted.hash != _standing(request, case.plan_id).hosted.hash
    return Looked(token, case, hosted, case.answer and masked(case.answer), superseded)


def _has(case: Case, *, compared: bool) -> bool:
    """Whether a case has all of the answer that is looked at."""
    return case.person is None or (case.answer is not None and (case.compared or not compared))


async def answered(request: Request, hosted: HostedPlan, case: Case, *, compared: bool = False) -> Case:
    """The case with its answer, where there is a person to ask about.

    Raises:
        PeopleError: the facts cannot all be true.
    """
    if case.person is None:
        return case
    site: Site = request.app.state.site
    what = "page, other readings" if compared else "page"
    said = await ask(site, hosted, case.person, case.as_of, who=case.who, what=what, other_readings=compared)
    return replace(case, answer=said, compared=compared, under=hosted.plan)
