"""docs/reference/limits.md: the legal amounts on file."""

from collections.abc import Iterator

from pages.markdown import page as made
from pages.markdown import table
from planrules import law
from planrules.law import Limit, Threshold

INTRODUCTION = """
Legal amounts are data: one file a series in `planrules/law/limits` and `planrules/law/thresholds`. *Confirmed* means
that a source on file prints the amount; *unconfirmed* that it was recalled or worked out, and stays marked so wherever
it is shown. A year that is not on file is refused, never extrapolated. To add a year:
[Add the limits for a new year](../how-to/add-a-limit-for-a-new-year.md).
"""
KEYED = {
    "calendar_year": "the calendar year itself",
    "plan_year_begins_in": "the calendar year in which the Plan Year begins",
    "plan_year_ends_in": "the calendar year in which the Plan Year ends",
    "limitation_year_ends_in": "the calendar year in which the Limitation Year ends",
    "look_back_year_begins_in": "the calendar year in which the look-back year begins",
}
ACROSS = 4


def page() -> str:
    """Every series of limits and every threshold."""
    series = [_series(name) for name in law.limit_names()]
    dated = [_threshold(name) for name in law.threshold_names()]
    return made("Legal amounts", INTRODUCTION, "## Yearly limits", *series, "## Thresholds", *dated)


def _series(name: str) -> str:
    series = law.limit_series(name)
    facts = [
        f"- {series.title}: {', '.join(series.cites)}",
        f"- A period uses the amount of {KEYED[series.keyed_by.year]}.",
        f"- Years on file: {series.years_on_file}",
    ]
    notes = [series.note] if series.note else []
    notes += [
        f"{each.year}: ${each.value:,} for periods that began before {each.periods_beginning_before}. {each.note}"
        for each in series.transitions
    ]
    return "\n\n".join([f"### {name}", "\n".join(facts), *notes, _years(list(law.limits(name).values()))])


def _years(limits: list[Limit]) -> str:
    """The years in columns, to be read down."""
    depth = -(-len(limits) // ACROSS)
    rows = ([_amount(limits, row + column * depth) for column in range(ACROSS)] for row in range(depth))
    return table(["year: dollars"] * ACROSS, rows)


def _amount(limits: list[Limit], at: int) -> str:
    if at >= len(limits):
        return ""
    limit = limits[at]
    marks = "" if limit.confirmed else " unconfirmed"
    marks += "".join(f" ({source} prints {other:,})" for source, other in limit.conflict)
    return f"{limit.year}: {limit.amount:,}{marks}"


def _threshold(name: str) -> str:
    rows = [
        (f"{entry.effective}", entry.measured_by.replace("_", " "), entry.figure, entry.law, _marks(entry))
        for entry in law.thresholds(name)
    ]
    cites = ", ".join(law.thresholds(name)[0].cites)
    return f"### {name}\n\n{cites}\n\n" + table(["from", "counted by", "amount", "law", "status"], rows)


def _marks(entry: Threshold) -> str:
    return ", ".join(_words(entry))


def _words(entry: Threshold) -> Iterator[str]:
    if entry.confirmed:
        yield "confirmed"
    if entry.status == "unconfirmed":
        yield "amount unconfirmed"
    if entry.date_status == "unconfirmed":
        yield "date unconfirmed"
