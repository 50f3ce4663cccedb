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


class LimitedText(BaseModel):
    """One free text the law limits.

    Attributes:
        blank: where it is written; null when it stands in an addendum.
        what: what cannot be told from the words.
        understood: regular expression of words that planrules understands; null when there are none.
        cites: the law, or the form's note, that sets the limit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    blank: str | None = None
    what: str
    understood: str | None = None
    cites: tuple[str, ...]


@cache
def limited_texts() -> Mapping[str, LimitedText]:
    """Every free text the law limits, by the option it belongs to."""
    text = resources.files(__package__).joinpath("texts.yaml").read_text(encoding="utf-8")
    return {str(citation): LimitedText.model_validate(entry) for citation, entry in yaml.safe_load(text).items()}


def text_findings(sheet: Sheet) -> Iterator[Finding]:
    """A note for each free text that is written and neither understood nor explained by a supplement."""
    for citation, text in limited_texts().items():
        if sheet.has(citation) and sheet.supplement(citation) is None and not _understood(sheet, citation, text):
            what = f"{named(sheet.form, citation)}: it cannot be told from the words {text.what}"
            do = "Compare the words with the law."
            if citation in SUPPLEMENTS:
                do = f"Compare the words with the law, or give their meaning under `supplements`, {citation}."
            found = dict.fromkeys((*cites([citation]), *text.cites))
            yield Finding.of("cannot_be_checked", found, what, "The law limits what may be written here.", do)


def _understood(sheet: Sheet, citation: str, text: LimitedText) -> bool:
    if text.understood is None or text.blank is None:
        return False
    written = " ".join(str(sheet.blank(citation, text.blank) or "").split()).casefold().rstrip(".")
    return re.fullmatch(text.understood, written) is not None
