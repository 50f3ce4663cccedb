"""The list of everybody: as a page, as JSON at the same address with .json, and as a CSV file."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from planrules.people.importing.report import safe_csv
from planrules.web.audit import Asked as AuditRow
from planrules.web.everybody import days
from planrules.web.everybody.filters import LATE, Show, filters, meaning
from planrules.web.everybody.groups import Group, loaded, sealed, uploaded
from planrules.web.everybody.listing import Listed, Order, Sort, Wanted, chosen, listed_page
from planrules.web.everybody.roster import Roster
from planrules.web.everybody.rosters import rosters
from planrules.web.everybody.telling import as_records, as_table, people_told, set_aside_as_records
from planrules.web.safety import Caller, role
from planrules.web.safety.refusals import RefusedError, not_found
from planrules.web.templating import page

router = APIRouter(include_in_schema=False)
_MAY = Depends(role("run_batch"))
Batch = Annotated[Caller, _MAY]


class _Asked:
    """What the query of a list says: the day, in one word or three boxes, and which people in which order."""

    def __init__(  # noqa: PLR0913  one parameter a word of the query
        self,
        *,
        as_of: str = "",
        month: str = "",
        day: str = "",
        year: str = "",
        show: Show = Show.EVERYONE,
        sort: Sort = Sort.EMPLOYEE,
        order: Order = Order.ASCENDING,
        number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
    ) -> None:
        self.boxes = bool(month or day or year)
        typed = days.from_boxes(month, day, year) if self.boxes else days.from_iso(as_of) if as_of else days.Asked()
        self.day = typed
        self.wanted = Wanted(show, sort, order, number)


Words = Annotated[_Asked, Depends()]


@router.get("/everybody")
async def list_of_everybody(request: Request, caller: Batch, words: Words) -> Response:
    """The list of the people that the server was started with."""
    group = loaded(request.app.state.site)
    if group is None:
        return page(request, "everybody/nobody.html")
    return await _as_page(request, group, caller, words)


@router.get("/everybody.json")
async def list_as_json(request: Request, caller: Batch, words: Words) -> Response:
    """The same as JSON."""
    return await _as_json(request, _loaded(request), caller, words)


@router.get("/everybody.csv")
async def list_as_csv(request: Request, caller: Batch, words: Words) -> Response:
    """All the people shown, on one page or more, as a CSV file that no spreadsheet takes for formulas."""
    return await _as_csv(request, _loaded(request), caller, words)


@router.get("/uploads/{token}/everybody")
async def list_of_upload(request: Request, token: str, caller: Batch, words: Words) -> Response:
    """The list of the people of an upload, as of the day on which its files were drawn unless another is asked for."""
    return await _as_page(request, uploaded(request, token, caller), caller, words)


@router.get("/uploads/{token}/everybody.json")
async def upload_as_json(request: Request, token: str, caller: Batch, words: Words) -> Response:
    """The same as JSON."""
    return await _as_json(request, uploaded(request, token, caller), caller, words)


@router.get("/uploads/{token}/everybody.csv")
async def upload_as_csv(request: Request, token: str, caller: Batch, words: Words) -> Response:
    """All the people shown, as a CSV file."""
    return await _as_csv(request, uploaded(request, token, caller), caller, words)


async def _as_page(request: Request, group: Group, caller: Caller, words: _Asked) -> Response:
    day = _day(group, words)
    if day.on is None:
        status = 422 if day.error else 200
        return page(request, "everybody/day.html", status=status, hosted=group.hosted, group=group, day=day)
    if words.boxes:
        return RedirectResponse(f"{group.path}?{_query(day.on, words.wanted)}", 303)
    roster = await _roster(request, group, caller, day.on)
    shown = listed_page(roster, words.wanted)
    context = _context(request, group, roster, words.wanted, shown)
    return page(request, "everybody/list.html", hosted=group.hosted, day=day, **context)


async def _as_json(request: Request, group: Group, caller: Caller, words: _Asked) -> Response:
    roster = await _roster(request, group, caller, _needed(group, words))
    shown = listed_page(roster, words.wanted)
    return JSONResponse(
        {
            "as_of": roster.as_of.isoformat(),
            "plan": group.hosted.plan.reference.model_dump(mode="json"),
            "quarter_through": roster.quarter_through.isoformat(),
            "entry_dates": [day.isoformat() for day in roster.entry_dates],
            "filters": [vars(each) for each in filters(roster)],
            "show": words.wanted.show,
            "count": shown.count,
            "page": shown.page,
            "pages": shown.pages,
            "people": as_records(shown.rows),
            "set_aside": set_aside_as_records(roster.set_aside),
            "plan_lacks": list(roster.plan_lacks),
        }
    )


async def _as_csv(request: Request, group: Group, caller: Caller, words: _Asked) -> Response:
    roster = await _roster(request, group, caller, _needed(group, words))
    text = safe_csv(as_table(chosen(roster, words.wanted)))
    name = f"{words.wanted.show}-{roster.as_of.isoformat()}.csv"
    return Response(text, media_type="text/csv", headers={"content-disposition": f'attachment; filename="{name}"'})


def _loaded(request: Request) -> Group:
    group = loaded(request.app.state.site)
    if group is None:
        raise not_found(what="no people were loaded", do="Start the server with --people, or upload a census.")
    return group


def _day(group: Group, words: _Asked) -> days.Asked:
    """The day asked about; of an upload without one, the day on which its files were drawn."""
    if words.day.on is None and not words.day.error and group.upload is not None:
        return days.from_iso(group.upload.as_of.isoformat())
    return words.day


def _needed(group: Group, words: _Asked) -> date:
    day = _day(group, words)
    if day.on is None:
        raise RefusedError(422, (day if day.error else days.from_iso("")).problems)
    return day.on


async def _roster(request: Request, group: Group, caller: Caller, as_of: date) -> Roster:
    """The roster, once it is on record who looks at it."""
    found = await rosters(request).of(group.name, group.hosted, group.people, as_of)
    elections = group.hosted.plan.reference.elections_hash
    row = AuditRow(caller.name, "list", group.hosted.id, found.inputs, elections, found.answers, "answered")
    await run_in_threadpool(request.app.state.site.audit.record, row)
    return found.roster


def _query(as_of: date, wanted: Wanted) -> str:
    rest = wanted.query()
    return f"as_of={as_of.isoformat()}" + (f"&{rest}" if rest else "")


def _context(request: Request, group: Group, roster: Roster, wanted: Wanted, shown: Listed) -> Mapping[str, Any]:
    def link(ending: str = "", **other: str | int) -> str:
        rest = wanted.query(**other)
        return f"{group.path}{ending}?as_of={roster.as_of.isoformat()}" + (f"&{rest}" if rest else "")

    def person_link(employee_id: str) -> str:
        return f"{group.path}/{sealed(request, group, employee_id)}?as_of={roster.as_of.isoformat()}"

    return {
        "group": group,
        "roster": roster,
        "wanted": wanted,
        "shown": shown,
        "people": people_told(shown.rows),
        "filters": filters(roster),
        "means": meaning(wanted.show, roster),
        "late": LATE,
        "link": link,
        "person_link": person_link,
    }
