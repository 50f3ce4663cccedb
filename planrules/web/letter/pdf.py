"""A letter as PDF, made by WeasyPrint without any look at the network or the disk; the same letter, the same bytes."""

from importlib.resources import files
from typing import Final

from planrules.web.safety.refusals import RefusedError, refused

MISSING: Final = 501
_STYLE: Final = "static/letter.css"


def as_pdf(page: str) -> bytes:
    """The PDF of a letter's page.

    Raises:
        RefusedError: WeasyPrint or the libraries of the system that it needs are not there (501).
    """
    try:
        from weasyprint import CSS, HTML  # type: ignore[import-untyped]  # noqa: PLC0415  takes a while, and libraries
    except (ImportError, OSError):
        raise _not_there() from None
    style = CSS(string=(files("planrules.web") / _STYLE).read_text(encoding="utf-8"), url_fetcher=_nothing)
    made: bytes = HTML(string=page, url_fetcher=_nothing).write_pdf(stylesheets=[style], pdf_tags=True)
    return made


def _nothing(url: str) -> dict[str, object]:
    """Refuses whatever a letter would fetch: it has all that it needs."""
    raise ValueError(url)


def _not_there() -> RefusedError:
    return refused(
        MISSING,
        what="the letter cannot be made as PDF here",
        why="WeasyPrint, or the library Pango that it draws text with, is not installed on this server.",
        do="Open the letter as a page and print it to PDF, or install planrules[web] and the system's Pango "
        "(on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0).",
    )
