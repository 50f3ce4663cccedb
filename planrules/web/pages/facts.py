"""The form on one person's facts: empty, or with what is on file; errors at the top and at their fields."""

import json
import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from planrules.errors import PeopleError, Problem
from planrules.web.audit import hash_of, note
from planrules.web.cases import Case, OnFile, cases
from planrules.web.pages.asking import asked, form_as_json
from planrules.web.pages.fields import GROUPS, Typed, typed
from planrules.web.pages.filling import empty, filled
from planrules.web.pages.looking import LookUp, answered, plan_of, to_change
from planrules.web.pages.months import COUNTS, add_months
from planrules.web.pages.reading import read, row_on_file
from planrules.web.safety import Caller, checked_form
from planrules.web.safety.forms import FIELD
from planrules.web.site import HostedPlan
from planrules.web.templating import page

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
_STEP = re.compile(r"(?P<what>add|remove|months)-(?P<group>[a-z]+)(?:-(?P<number>[0-9]{1,6}))?")
_PLACE = re.compile(r"(?P<table>employment|classes|pay) row (?P<row>\d+), (?P<column>\w+)")
_PAY_COLUMNS: Final = {"start": "-start", "end": "-end", "paid_on": "-end", "hours": "-hours"}
"""The field of a row of hours that a column of pay is typed into; the others are the row's own."""
_CALLED: Final = {"employment": "Employment", "classes": "Days in a group", "pay": "Hours row"}
_ROWS: Final = {"employment": "spell", "classes": "class", "pay": "hours"}


@router.get("/plans/{plan_id}/facts")
async def new_facts(request: Request, plan_id: str, caller: LookUp) -> Response:
    """The empty form."""
    del caller
    hosted = plan_of(request, plan_id)
    return _page(request, hosted, empty(hosted.plan.terms), f"/plans/{plan_id}/facts")


@router.get("/plans/{plan_id}/facts.json")
async def new_facts_as_json(request: Request, plan_id: str, caller: LookUp) -> Response:
    """What the form asks, as JSON."""
    del caller
    return JSONResponse(form_as_json(plan_of(request, plan_id)))


@router.post("/plans/{plan_id}/facts")
async def typed_facts(request: Request, plan_id: str, form: Form, caller: LookUp) -> Response:
    """The form as it was sent: another row, its mistakes, or on to checking the answers."""
    hosted = plan_of(request, plan_id)
    return await _sent(request, hosted, typed(form.multi_items()), caller)


@router.get("/cases/{token}/facts")
async def facts_of_case(request: Request, token: str, caller: LookUp) -> Response:
    """The form with the facts of a case, to be changed."""
    case, hosted = to_change(request, token, caller)
    return _page(request, hosted, filled(case), f"/cases/{token}/facts", kept=on_file(case))


@router.get("/cases/{token}/facts.json")
async def facts_of_case_as_json(request: Request, token: str, caller: LookUp) -> Response:
    """What the form asks, with the facts of a case, as JSON."""
    case, hosted = to_change(request, token, caller)
    return JSONResponse(form_as_json(hosted, case))


@router.post("/cases/{token}/facts")
async def changed_facts(request: Request, token: str, form: Form, caller: LookUp) -> Response:
    """The form of a case as it was sent."""
    case, hosted = to_change(request, token, caller)
    return await _sent(request, hosted, typed(form.multi_items()), caller, token, on_file(case))


async def _sent(  # noqa: PLR0913, PLR0917  a form, where it came from, and what it began with
    request: Request,
    hosted: HostedPlan,
    form: Typed,
    caller: Caller,
    token: str | None = None,
    kept: OnFile | None = None,
) -> Response:
    note(request, inputs_hash=hash_of(json.dumps({**form.values, FIELD: ""})))
    path = f"/cases/{token}/facts" if token else f"/plans/{hosted.id}/facts"
    if step := _STEP.fullmatch(form.values.pop("do", "")):
        moved = _stepped(form, step)
        return _page(request, hosted, form, path, moved=moved, status=422 if form.mistakes else 200, kept=kept)
    case = read(form, hosted.plan.terms, hosted.id, caller.name, kept)
    if case is not None:
        try:
            case = await answered(request, hosted, case)
        except PeopleError as error:
            for problem in error.problems:
                form.wrong(*_at_field(form, problem))
        else:
            held_under = token or cases(request).add(case)
            cases(request).put(held_under, case)
            return RedirectResponse(f"/cases/{held_under}/check", 303)
    return _page(request, hosted, form, path, status=422, kept=kept)


def on_file(case: Case) -> OnFile | None:
    """The facts on file that the form of a case begins with; null where all was typed."""
    if case.kept is not None or case.source == "typed" or case.person is None:
        return case.kept
    return OnFile(case.person, case.source)


def _stepped(form: Typed, step: re.Match[str]) -> str | None:
    """Adds or removes rows; gives the field to go on with."""
    group = step["group"]
    if group not in GROUPS:
        return None
    if step["what"] == "months":
        count = int(step["number"] or 1)
        return add_months(form, count) if group == "hours" and count in COUNTS else None
    if step["what"] == "add":
        return f"{group}-{form.add(group)}"
    form.remove(group, int(step["number"] or 0))
    return f"{group}-add"


def _at_field(form: Typed, problem: Problem) -> tuple[str, str]:
    """The field that a problem of the facts is about, and what is wrong there."""
    says = f"{problem.what[:1].upper()}{problem.what[1:]}. {problem.do}".strip()
    if place := _PLACE.search(problem.where):
        group, rows = _ROWS[place["table"]], form.rows(_ROWS[place["table"]])
        at = min(int(place["row"]), len(rows))
        number = rows[at - 1] if rows else 1
        says = f"{_CALLED[place['table']]} {at or 1}: {says[:1].lower()}{says[1:]}"
        column = f"-{place['column']}" if group != "hours" else _PAY_COLUMNS.get(place["column"], "")
        return f"{group}-{number}{column}", says
    return next((name for name in ("birth_date", "as_of") if name in problem.where), "spell-rows"), says


def _page(  # noqa: PLR0913, PLR0917  what a form is shown with
    request: Request,
    hosted: HostedPlan,
    form: Typed,
    path: str,
    moved: str | None = None,
    status: int = 200,
    kept: OnFile | None = None,
) -> Response:
    terms, rows = hosted.plan.terms, () if kept is None else kept.person.pay or ()
    began = {number: row_on_file(form, number, rows) for number in form.rows("hours")}
    return page(
        request,
        "pages/facts.html",
        hosted=hosted,
        status=status,
        form=form,
        action=path,
        moved=moved,
        absences=[number for number, row in began.items() if row is not None and row.kind == "maternity"],
        terms=terms,
        **asked(terms),
    )
