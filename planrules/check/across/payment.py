"""Methods and dates of payment that leave nothing, or ask for what another option takes away."""

from collections.abc import Iterator

from planrules.check.across.registry import contradiction
from planrules.check.sheet import Sheet

_NOTHING = ("", "none", "n/a", "no", "not applicable")


@contradiction("AA 6.02(b)", "AA 6.02(c)(1)", "AA 6.02(d)")
def no_method_of_payment(sheet: Sheet) -> Iterator[str]:
    """Some method of payment is left (AA 6.02)."""
    if sheet.has("6.02(b)") and sheet.has("6.02(c)(1)") and not _annuities(sheet):
        yield "6.02 takes away the lump sum and instalments, and offers no annuity"


@contradiction("AA 6.03(n)", "AA 6.02(b)", "IRC 401(k)(10)(B)")
def lump_sum_needed(sheet: Sheet) -> Iterator[str]:
    """A distribution because of a sale has to be a lump sum (AA 6.03(n))."""
    if sheet.has("6.03(n)") and sheet.has("6.02(b)"):
        yield "6.03(n) pays after a sale of the business, which has to be a lump sum, and 6.02(b) has none"


@contradiction("AA 6.04(b)", "AA 6.02(d)", "IRC 417")
def annuities_required_but_none(sheet: Sheet) -> Iterator[str]:
    """Where the annuity requirements reach everybody, an annuity has to be on offer (AA 6.04(b))."""
    if sheet.has("6.04(b)") and sheet.has("6.02(d)") and not _annuities(sheet):
        yield "6.04(b) asks for annuities for all Participants, and 6.02(d) offers none"


def _annuities(sheet: Sheet) -> bool:
    written = str(sheet.blank("6.02(d)", "annuity_options") or "")
    return " ".join(written.split()).casefold().rstrip(".") not in _NOTHING
