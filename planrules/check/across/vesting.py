"""Vesting schedules that do not fit each other."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from planrules.check.across.registry import contradiction
from planrules.check.sheet import Sheet
from planrules.supplements import Schedules

Rows = Mapping[int, int | Decimal]


@contradiction("AA 5.03(b)", "AA 5.03(c)(2)", "Plan 7.05")
def top_heavy_slower(sheet: Sheet) -> Iterator[str]:
    """A top heavy Plan Year never takes away what was owned before (Plan 7.05)."""
    for citation, (top_heavy, other) in schedules(sheet).items():
        if top_heavy and other:
            slow = [
                years for years in sorted({*top_heavy, *other}) if percent(top_heavy, years) < percent(other, years)
            ]
            if slow:
                yield f"{citation}: at {slow[0]} Years of Service the Top Heavy schedule gives less than the other one"


@contradiction("AA 5.03(c)", "AA 3.04(a)(2)")
def vesting_for_nothing(sheet: Sheet) -> Iterator[str]:
    """The Regular Matching Contributions Account gets nothing where the match goes elsewhere (AA 3.04(a)(2))."""
    if sheet.has("5.03(c)") and sheet.has("3.04(a)(2)"):
        yield "5.03(c) sets the vesting of the Regular Matching Contributions Account, which 3.04(a)(2) leaves empty"


def schedules(sheet: Sheet) -> dict[str, tuple[Rows | None, Rows | None]]:
    """The Top Heavy and the other schedule by the option that has them; null where one is not filled in."""
    filled = sheet.blank("5.03(b)", "top_heavy"), sheet.blank("5.03(b)", "non_top_heavy")
    meant = sheet.supplement("5.03(c)(2)") if sheet.has("5.03(c)(2)") else None
    own = (meant.top_heavy, meant.non_top_heavy) if isinstance(meant, Schedules) else (None, None)
    found = {"5.03(b)": filled, "5.03(c)(2)": own}
    return {citation: both for citation, both in found.items() if any(both)}


def percent(rows: Rows, years: int) -> int | Decimal:
    """The percentage at so many Years of Service: that of the greatest listed years not above them."""
    return max((each for listed, each in rows.items() if listed <= years), default=0)
