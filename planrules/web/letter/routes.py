"""The addresses of the letter: the page and the PDF."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from planrules.web.letter.content import Letter, letter
from planrules.web.letter.pdf import as_pdf
from planrules.web.pages.looking import Looked, LookUp, looked
from planrules.web.safety.refusals import not_found, refused
from planrules.web.templating import rendered

router = APIRouter(include_in_schema=False)


@router.get("/cases/{token}/letter")
async def letter_page(request: Request, token: str, caller: LookUp) -> Response:
    """The letter as a page to print."""
    found = await looked(request, token, caller, compared=True)
    return HTMLResponse(_written(request, found, pdf=False))


@router.get("/cases/{token}/letter.json")
async def letter_as_json(request: Request, token: str, caller: LookUp) -> Response:
    """What stands in the letter, without its lay-out."""
    made = _of(await looked(request, token, caller))
    return JSONResponse(
        {
            "employer": made.employer,
            "plan": made.plan,
            "employee_id": made.who if made.numbered else None,
            "as_of": made.as_of,
            "estimate": list(made.estimate),
            "answers": [
                {"question": each.question, "says": each.headline, "status": each.status} for each in made.answers
            ],
            "statement": made.statement,
            "facts": [{"fact": each.name, "says": each.says, "source": each.source} for each in made.facts],
        }
    )


@router.get("/cases/{token}/letter.pdf")
async def letter_pdf(request: Request, token: str, caller: LookUp) -> Response:
    """The letter as PDF."""
    found = await looked(request, token, caller, compared=True)
    made = await run_in_threadpool(as_pdf, _written(request, found, pdf=True))
    headers = {"content-disposition": 'attachment; filename="letter.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


@router.get("/cases/{token}/denial")
async def denial_page(request: Request, token: str, caller: LookUp) -> Response:
    """The draft of a denial, for the administrator alone: it is no part of the letter and stands in no PDF."""
    found = await looked(request, token, caller, compared=True)
    made = _of(found)
    if made.denial is None:
        raise not_found(what="nothing is refused, so that there is no denial to draft", do="Open the letter.")
    context = {"letter": made, "denial": made.denial, "token": token}
    return HTMLResponse(rendered(request, "letter/denial.html", hosted=found.hosted, **context))


def _of(found: Looked) -> Letter:
    if found.answer is None:
        raise refused(
            409,
            what="there is no answer to write a letter about",
            why="The first day of work is not known.",
            do="Add it to the facts, then open the letter.",
        )
    return letter(found.case, found.answer, found.hosted.plan)


def _written(request: Request, found: Looked, *, pdf: bool) -> str:
    made = _of(found)
    return rendered(request, "letter/letter.html", hosted=found.hosted, letter=made, token=found.token, pdf=pdf)
