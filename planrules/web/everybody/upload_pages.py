"""The upload of a census: the form, what was read and what was set aside, and letting go of it."""

from collections.abc import Sequence
from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from planrules.errors import PlanrulesError
from planrules.people.importing import FAULTS
from planrules.people.importing.report import as_dict, safe_csv
from planrules.web.audit import note
from planrules.web.everybody import days
from planrules.web.everybody.coded_columns import can_be_left_out, coded_columns
from planrules.web.everybody.headers import headed
from planrules.web.everybody.layouts import LAYOUTS, layout_text
from planrules.web.everybody.receiving import File, named
from planrules.web.everybody.sending import Sent, received
from planrules.web.everybody.uploads import Upload, forget, upload_of, uploads
from planrules.web.safety import Caller, checked_form, role
from planrules.web.safety.refusals import RefusedError, not_found
from planrules.web.site import HostedPlan, Site
from planrules.web.templating import page

router = APIRouter(include_in_schema=False)
Batch = Annotated[Caller, Depends(role("run_batch"))]
Form = Annotated[FormData, Depends(checked_form)]
SHOWN = 200
"""Findings shown on the page; all of them are in the CSV file."""


@router.get("/upload")
async def upload_form(request: Request, caller: Batch) -> Response:
    """The form; its address can say the day, the layout and the columns to leave out, as the page of an upload does."""
    del caller
    asked, words = request.query_params, {layout.word for layout in LAYOUTS}
    site: Site = request.app.state.site
    sent = Sent(
        plan=asked.get("plan", site.first.id),
        layout=layout if (layout := asked.get("layout", "")) in words else LAYOUTS[0].word,
        day=days.from_iso(asked["as_of"]) if "as_of" in asked else days.Asked(),
        leave_out=_headings("\n".join(asked.getlist("leave_out"))),
    )
    return _form(request, sent, [])


@router.get("/upload/layouts/{word}.yaml")
async def layout_file(word: str, caller: Batch) -> Response:
    """A shipped mapping, to read or to start one's own from."""
    del caller
    if word not in {layout.word for layout in LAYOUTS}:
        raise not_found(what="there is no such layout", do="Choose one of those on the page for uploads.")
    return PlainTextResponse(layout_text(word))


@router.get("/upload/layouts/{word}/{holds}.csv")
async def template(word: str, holds: str, caller: Batch) -> Response:
    """The header line of a file of a shipped layout, to fill in."""
    del caller
    known = {layout.word for layout in LAYOUTS}
    lines = {each.holds: each.line for each in headed(word)} if word in known else {}
    line = lines.get(holds)
    if line is None:
        raise not_found(what="there is no such file to fill in", do="Choose one of those on the page for uploads.")
    headers = {"content-disposition": f'attachment; filename="{holds}.csv"'}
    return Response(line, media_type="text/csv", headers=headers)


@router.post("/upload")
async def upload(request: Request, caller: Batch, form: Form) -> Response:
    """Reads the files; what cannot be read at all is told above the form, and the rest on a page of its own."""
    site: Site = request.app.state.site
    sent = Sent(
        plan=_text(form, "plan") or site.first.id,
        layout=_text(form, "layout"),
        day=days.from_boxes(_text(form, "month"), _text(form, "day"), _text(form, "year")),
        people_files=await _files(form, "census"),
        pay_files=await _files(form, "payroll"),
        mapping=await _files(form, "mapping"),
        compared=bool(_text(form, "compared")),
        leave_out=_headings(_text(form, "leave_out")),
        secret=_text(form, "secret").strip(),
    )
    inputs = await run_in_threadpool(sent.inputs)
    elections = site.plans[sent.plan].plan.reference.elections_hash if sent.plan in site.plans else ""
    note(request, plan=sent.plan if elections else "", inputs_hash=inputs, elections_hash=elections)
    errors = sent.errors(site)
    if errors:
        return _form(request, sent, errors)
    try:
        imported = await run_in_threadpool(received, sent, site)
    except PlanrulesError as error:
        told = [("", f"{problem.where}: {problem.what}. {problem.why} {problem.do}") for problem in error.problems]
        return _form(request, sent, told, error.status if isinstance(error, RefusedError) else 422)
    kept = uploads(request).add(sent.plan, sent.as_of, imported, caller.name, inputs, sent.layout)
    return RedirectResponse(f"/uploads/{kept.token}", 303)


@router.get("/uploads/{token}.json")
async def report_as_json(request: Request, token: str, caller: Batch) -> Response:
    """What was read, as JSON."""
    found = upload_of(request, token, caller.name)
    return JSONResponse({"as_of": found.as_of.isoformat(), "plan": found.plan, **as_dict(found.imported)})


@router.get("/uploads/{token}/exceptions.csv")
async def exceptions(request: Request, token: str, caller: Batch) -> Response:
    """Every finding, row by row, as a CSV file; never a value."""
    found = upload_of(request, token, caller.name)
    headers = {"content-disposition": 'attachment; filename="exceptions.csv"'}
    return Response(safe_csv(found.imported.exceptions), media_type="text/csv", headers=headers)


@router.get("/uploads/{token}")
async def report(request: Request, token: str, caller: Batch) -> Response:
    """What was read and what was set aside."""
    found = upload_of(request, token, caller.name)
    return page(request, "everybody/uploaded.html", hosted=_hosted(request, found), **_told(found))


@router.post("/uploads/{token}/forget")
async def forgotten(request: Request, token: str, caller: Batch, form: Form) -> Response:
    """Lets go of an upload at once."""
    del form
    forget(request, upload_of(request, token, caller.name))
    return RedirectResponse("/upload", 303)


def _hosted(request: Request, found: Upload) -> HostedPlan:
    site: Site = request.app.state.site
    return site.plans[found.plan]


def _told(found: Upload) -> dict[str, Any]:
    imported = found.imported
    table = imported.exceptions
    shapes = [code for code, fault in FAULTS.items() if fault.shape]
    table = table.with_columns(shape=table["code"].is_in(shapes))
    codes = coded_columns(imported)
    doubted = {each.column for each in codes} | {question.where.rpartition(", ")[2] for question in imported.questions}
    errors, warnings = table.filter(table["level"] == "error"), table.filter(table["level"] == "warning")
    return {
        "upload": found,
        "layouts": LAYOUTS,
        "files": imported.files.to_dicts(),
        "errors": (listed := errors.filter(pl.col("code") != "unknown_code")).head(SHOWN).to_dicts(),
        "listed_count": listed.height,
        "codes": codes,
        "leavable": [(header, header in doubted) for header in can_be_left_out(imported)],
        "error_count": errors.height,
        "warnings": warnings.head(SHOWN).to_dicts(),
        "warning_count": warnings.height,
        "questions": imported.questions,
        "notes": [note for note in imported.notes if "--last" not in note],
        "count": imported.tables["employees"].height,
    }


def _form(request: Request, sent: Sent, errors: Sequence[tuple[str, str]], status: int = 422) -> Response:
    site: Site = request.app.state.site
    hosted = site.plans.get(sent.plan, site.first)
    at_fields = {target: words for target, words in reversed(errors) if target}
    return page(
        request,
        "everybody/upload.html",
        status=status if errors else 200,
        hosted=hosted,
        sent=sent,
        errors=errors,
        at_fields=at_fields,
        layouts=LAYOUTS,
        headed={layout.word: headed(layout.word) for layout in LAYOUTS},
        megabytes=site.settings.max_upload // 1_000_000,
        rows=site.settings.max_rows,
    )


def _headings(text: str) -> tuple[str, ...]:
    """One heading a line, without those given twice."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


async def _files(form: FormData, name: str) -> tuple[File, ...]:
    """The files of a field; a field that was left empty has none."""
    given = [each for each in form.getlist(name) if isinstance(each, UploadFile) and each.filename]
    return tuple([named(each.filename, await each.read()) for each in given])
