"""Which document a filing is and which exhibit of it the agreement, from the filing's own head and index."""

import re
from collections.abc import Mapping

from planrules.form.reader.text import FilingText
from planrules.form.reader.values import UnclearError, day_of

_FORM = re.compile(
    r"^[ ]*FORM[ ]+(?P<form>\d{1,2}-?[KQ](?:SB)?(?:405)?(?:/A)?|S-\d|11-K)\b", re.MULTILINE | re.IGNORECASE
)
_PERIOD = re.compile(
    r"for\s+the\s+(?:fiscal\s+)?(?P<kind>year|quarter(?:ly\s+period)?|quarter|period)\s+ended:?\s+"
    r"(?P<day>[A-Za-z]{3,9}\.?\s+\d{1,2},?\s+\d{4})",
    re.IGNORECASE,
)
_HEAD = 12_000
_TYPE = re.compile(r"<TYPE>\s*EX-(?P<number>\d{1,2}(?:\.\d{1,3})?)", re.IGNORECASE)
_TITLE = re.compile(
    r"^[ ]*EXHIBIT[ ]+(?P<number>\d{1,2}(?:\.\d{1,3})?(?:\([a-z0-9]\))?)[ ]*$", re.MULTILINE | re.IGNORECASE
)
_NEAR = 600
_ROW = re.compile(
    r"^[ ]*(?:\([a-z]\)[ ]+)?(?P<number>\d{1,2}\.\d{1,3}(?:[ ]?\([a-z]\))?)[ ]{1,}(?P<what>\S.*(?:\n[ ]{8,}\S.*)*)",
    re.MULTILINE,
)


def source_of(text: FilingText, start: int, plan_name: str | None) -> Mapping[str, str]:
    """`document` and `exhibit`, as far as the filing says; nothing for an agreement that stands by itself.

    Args:
        text: the whole filing.
        start: where the agreement begins.
        plan_name: the plan's name, by which an index of exhibits is searched.
    """
    document = _document(text.chars[: min(start, _HEAD)])
    exhibit = _exhibit(text.chars[:start], plan_name)
    return ({"document": document} if document else {}) | ({"exhibit": exhibit} if exhibit else {})


def _document(head: str) -> str | None:
    form = _FORM.search(head)
    if form is None:
        return None
    name = form["form"].upper()
    period = _PERIOD.search(head, form.end())
    if period is None:
        return name
    try:
        ended = day_of(" ".join(period["day"].split()))
    except UnclearError:
        return name
    kind = "year" if period["kind"].lower() == "year" else "quarter"
    return f"{name} for the {kind} ended {ended}"


def _exhibit(before: str, plan_name: str | None) -> str | None:
    """From the mark of the document, else a title right above the agreement, else the one row that names the plan."""
    if types := list(_TYPE.finditer(before)):
        return types[-1]["number"]
    if title := list(_TITLE.finditer(before, max(0, len(before) - _NEAR))):
        return title[-1]["number"]
    wanted = set(re.findall(r"\w+", (plan_name or "").lower()))
    rows = {
        row["number"].replace(" ", "")
        for row in _ROW.finditer(before)
        if wanted <= set(re.findall(r"\w+", row["what"].lower()))
    }
    return rows.pop() if wanted and len(rows) == 1 else None
