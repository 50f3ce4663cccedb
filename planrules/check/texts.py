"""Free text on which the law sets a limit, and of which planrules cannot tell whether it keeps it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict

from planrules.check.report import Finding
from planrules.check.sheet import Sheet
from planrules.check.wording import cites, named
from planrules.supplements import SUPPLEMENTS

WORDS = "words_not_interpreted"
"""The code of the finding."""


class LimitedText(BaseModel):
    """One free text the law limits.

    Attributes:
        blank: where it is written; null when it stands in an addendum.
        what: what cannot be told from the words.
        limit: what the law, or the form's note, asks for, as a sentence.
        understood: regular expression of words that planrules understands; null when there are none.
        cites: the law, or the form's note, that sets the limit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    blank: str | None = None
    what: str
    limit: str
    understood: str | None = None
    cites: tuple[str, ...]


@cache
def limited_texts() -> Mapping[str, LimitedText]:
    """Every free text the law limits, by the option it belongs to."""
    text = resources.files(__package__).joinpath("texts.yaml").read_text(encoding="utf-8")
    return {str(citation): LimitedText.model_validate(entry) for citation, entry in yaml.safe_load(text).items()}


def text_findings(sheet: Sheet) -> Iterator[Finding]:
    """A warning for each free text that is written and neither understood nor explained by a supplement."""
    for citation, text in limited_texts().items():
        if sheet.has(citation) and sheet.supplement(citation) is None and not _understood(sheet, citation, text):
            what = f"{named(sheet.form, citation)}: {_quoted(sheet, citation, text)}{text.what}"
            found = dict.fromkeys((*cites([citation]), *text.cites))
            yield Finding.of(WORDS, found, what, text.limit, _to_do(citation))


def _quoted(sheet: Sheet, citation: str, text: LimitedText) -> str:
    written = sheet.blank(citation, text.blank) if text.blank else None
    words = f"\N{LEFT DOUBLE QUOTATION MARK}{written}\N{RIGHT DOUBLE QUOTATION MARK} is written in. " if written else ""
    return f"{words}{'It' if words else 'it'} cannot be told from the words "


def _to_do(citation: str) -> str:
    if citation in SUPPLEMENTS:
        return f"Compare the words with this, and write the meaning under `supplements:` in the file: `{citation}:`."
    return (
        "Compare the words with this; if they go beyond it, have the agreement amended. planrules has no form for "
        "their meaning: what rests on them is left open in every answer."
    )


def _understood(sheet: Sheet, citation: str, text: LimitedText) -> bool:
    if text.understood is None or text.blank is None:
        return False
    written = " ".join(str(sheet.blank(citation, text.blank) or "").split()).casefold().rstrip(".")
    return re.fullmatch(text.understood, written) is not None
