"""`/v1/evaluations`: many people at once, and the tables of their answers."""

import secrets
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from planrules.batch.determinations import DETERMINATIONS, SET_ASIDE, TABLES
from planrules.batch.determinations import answered as evaluated
from planrules.people.models import Day
from planrules.web.api.answers import Key
from planrules.web.api.bodies import check_hash, under
from planrules.web.api.held import KEPT, Held, Shelf
from planrules.web.api.models import HASH, Evaluation, RowPage, TableOfEvaluation
from planrules.web.api.paging import MOST, next_of, start_of
from planrules.web.api.plans import Cursor, hosted_plan
from planrules.web.api.repeats import HEADER, key_of, once
from planrules.web.api.replies import JSON, dumped, tagged
from planrules.web.api.rows import as_rows
from planrules.web.api.tables import JSON_LINES, MULTIPART, ZIP, Sent, sent
from planrules.web.api.telling import ERRORS
from planrules.web.audit import Asked, hash_of, note, tables_hash
from planrules.web.safety import Caller, role
from planrules.web.safety.refusals import not_found, refused
from planrules.web.site import HostedPlan, Site

router = APIRouter(tags=["evaluations"])
PARQUET = "application/vnd.apache.parquet"
_AT_ONCE = 5_000
"""People evaluated at once."""
_KEY = "employee_id"
Batch = Annotated[Caller, Depends(role("run_batch"))]
EvaluationId = Annotated[str, Path(alias="id", description="The `id` of an evaluation.")]
TableName = Annotated[str, Path(json_schema_extra={"enum": list(TABLES)})]
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FORM = {"schema": {"type": "object", "additionalProperties": _BINARY["schema"]}}
_LINES = {"schema": {"type": "string", "description": "One person of the person schema a line."}}
_BODY = {"required": True, "content": {JSON_LINES: _LINES, ZIP: _BINARY, MULTIPART: _FORM}}
_ROWS: dict[int | str, dict[str, Any]] = {
    200: {"description": "Rows, in the kind that Accept asks for.", "content": {JSON_LINES: {}, PARQUET: _BINARY}}
}


@router.post(
    "/evaluations",
    status_code=201,
    response_model=Evaluation,
    responses=ERRORS,
    openapi_extra={"requestBody": _BODY},
    summary="Many people at once",
)
async def evaluate(  # noqa: PLR0913, PLR0917  a request's parameters
    request: Request,
    who: Batch,
    as_of: Annotated[Day, Query(description="The day at whose close the answers hold.")],
    plan: Annotated[str | None, Query(description="The id of a plan; without it the first.")] = None,
    elections_hash: Annotated[str | None, Query(description="The hash to be answered from, or 409.")] = None,
    version: Annotated[
        str | None, Query(pattern=HASH, description="The hash of a version; without it the one in force.")
    ] = None,
    key: Key = None,
) -> Response:
    """People as JSON Lines, as Parquet tables in a form, or as a zip of them; the reply names the tables of answers.

    Whoever cannot be answered for is in the table `exceptions` and stops nobody else. The tables are held in memory for
    half an hour, for the caller alone.
    """
    del key  # `once` reads it
    site: Site = request.app.state.site
    hosted = await under(site, hosted_plan(site, plan), version, pointer="")
    note(request, plan=hosted.id, elections_hash=hosted.hash)
    check_hash(elections_hash, hosted.plan.reference.elections_hash)
    repeated = request.headers.get(HEADER) is not None
    name = hash_of(f"evaluation\n{key_of(request)}")[:32] if repeated else secrets.token_hex(16)

    async def work() -> Response:
        given = await sent(request, site.settings)
        text = await run_in_threadpool(_made, request, hosted, given, as_of, who.name, name)
        return Response(text, 201, {"location": f"/v1/evaluations/{name}"}, JSON)

    body = await request.body()
    note(request, inputs_hash=await run_in_threadpool(hash_of, body))
    return await once(request, body, work)


def _made(  # noqa: PLR0913, PLR0917  what an evaluation rests on, and who asks
    request: Request, hosted: HostedPlan, given: Sent, as_of: date, who: str, name: str
) -> str:
    """Evaluates, records and holds; gives what is told of the evaluation."""
    site: Site = request.app.state.site
    tables = tables_of(hosted, given, as_of)
    rows = {table: frame.height for table, frame in tables.items()}
    told = Evaluation(
        id=name,
        plan=hosted.plan.reference,
        as_of=as_of,
        people=given.people,
        answered=rows[DETERMINATIONS],
        set_aside=given.people - rows[DETERMINATIONS],
        held_for_seconds=int(KEPT.total_seconds()),
        tables={
            table: TableOfEvaluation(rows=count, href=f"/v1/evaluations/{name}/{table}")
            for table, count in rows.items()
        },
    )
    row = Asked(
        who=who,
        what="evaluation",
        plan=hosted.id,
        inputs_hash=tables_hash(given.tables, as_of),
        elections_hash=told.plan.elections_hash,
        answer_hash=hash_of(tables[DETERMINATIONS].write_ndjson()),
        status="answered",
    )
    site.audit.record(row)
    text = dumped(told)
    shelf(request).put(name, row, text, tables)
    return text


def tables_of(hosted: HostedPlan, given: Sent, as_of: date) -> Mapping[str, pl.DataFrame]:
    """Every table of an evaluation, with those who could not be read among the exceptions."""
    ids = given.tables["employees"][_KEY].cast(pl.String).unique(maintain_order=True)
    found: dict[str, list[pl.DataFrame]] = {name: [] for name in TABLES}
    for start in range(0, max(ids.len(), 1), _AT_ONCE):
        some = ids.slice(start, _AT_ONCE).implode()
        people = {
            name: table.filter(pl.col(_KEY).cast(pl.String).is_in(some) | pl.col(_KEY).is_null())
            for name, table in given.tables.items()
        }
        for tables in evaluated(hosted.plan, people, as_of):
            for name, table in tables.items():
                found[name].append(table)
    whole = {name: pl.concat(parts) for name, parts in found.items()}
    return {**whole, SET_ASIDE: pl.concat([given.unread, whole[SET_ASIDE]])}


@router.get("/evaluations/{id}", response_model=Evaluation, responses=ERRORS, summary="What an evaluation gave")
async def evaluation(request: Request, name: EvaluationId, who: Batch) -> Response:
    """The same as the reply to the request that made it."""
    return tagged(request, _held(request, name, who).text)


@router.delete("/evaluations/{id}", status_code=204, responses=ERRORS, summary="Let go of an evaluation")
async def forget(request: Request, name: EvaluationId, who: Batch) -> Response:
    """Its tables are gone from memory."""
    _held(request, name, who)
    shelf(request).drop(name, who.name)
    return Response(status_code=204)


@router.get(
    "/evaluations/{id}/{table}",
    response_model=RowPage,
    responses={**ERRORS, **_ROWS},
    summary="A table of an evaluation",
)
async def rows(  # noqa: PLR0913, PLR0917  a request's parameters
    request: Request,
    name: EvaluationId,
    table: TableName,
    who: Batch,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many rows a page of JSON has.")] = MOST,
    cursor: Cursor = None,
) -> Response:
    """As JSON a page at a time; whole as JSON Lines (`Accept: application/x-ndjson`) or Parquet."""
    held = _held(request, name, who)
    if table not in held.tables:
        raise not_found(what="no table of this name", do=f"The tables are {', '.join(TABLES)}.")
    kind = _kind(request.headers.get("accept", ""))
    if kind == JSON:
        return _page(held, name, table, limit, cursor)
    return Response(await run_in_threadpool(_whole, held.tables[table], kind), media_type=kind)


def _held(request: Request, name: str, who: Caller) -> Held:
    """An evaluation of this caller, with what its row has noted for the row of looking at it."""
    found = shelf(request).get(name, who.name)
    row = found.row
    note(
        request,
        plan=row.plan,
        inputs_hash=row.inputs_hash,
        elections_hash=row.elections_hash,
        answer_hash=row.answer_hash,
    )
    return found


def _page(held: Held, name: str, table: str, limit: int, cursor: str | None) -> Response:
    version = f"{name}/{table}"
    start = 0 if cursor is None else start_of(cursor, version)
    frame = held.tables[table]
    after = next_of(start + limit, frame.height, version)
    return Response(dumped({"rows": list(as_rows(frame.slice(start, limit))), "next": after}), media_type=JSON)


def _whole(frame: pl.DataFrame, kind: str) -> bytes:
    if kind == JSON_LINES:
        return "".join(f"{dumped(row)}\n" for row in as_rows(frame)).encode()
    made = BytesIO()
    frame.write_parquet(made)
    return made.getvalue()


def _kind(accept: str) -> str:
    """The kind of reply that a caller accepts: the first of those known, or JSON where any will do."""
    for each in accept.split(","):
        kind = each.partition(";")[0].strip().lower()
        if kind in {JSON_LINES, "application/jsonl"}:
            return JSON_LINES
        if kind in {PARQUET, "application/parquet"}:
            return PARQUET
        if kind in {"", JSON, "application/*", "*/*"}:
            return JSON
    raise refused(
        406,
        "nothing that the caller accepts",
        f"Tables come as {JSON}, {JSON_LINES} or {PARQUET}.",
        "Accept one.",
        "accept",
    )


def shelf(request: Request) -> Shelf:
    """Where this server holds evaluations."""
    found: Shelf = request.app.state.shelf
    return found
