"""docs/examples/README.md: the sample people, what each shows and how the answer begins."""

from dataclasses import dataclass
from datetime import date

import planrules
from pages.markdown import page as made, table
from pages.sample import ELECTIONS, ROOT, steel
from planrules.answers.headlines import headlines

INTRODUCTION = f"""
People made up to show one thing each, all under the sample plan (`{ELECTIONS}`). Every file is complete unless it is
about a gap. Pay is by month or half month; older years stand in one row a Plan Year, as an archive has them.

```console
$ planrules answer {ELECTIONS} docs/examples/rehired.json --as-of 1996-06-30 | sed -n 1p
$ planrules answer {ELECTIONS} docs/examples/top-heavy-floor.json --as-of 1997-06-30 --facts docs/examples/top-heavy.facts.yaml | sed -n 1p
```
"""
CLOSING = """
`top-heavy.facts.yaml` holds the plan facts for `top-heavy-floor.json`. The headline is the sentence of that part of the
answer which the file is about; the whole answer has more. Each person's number, birth date and pay are invented.
"""


@dataclass(frozen=True)
class Example:
    """A sample person, the day to ask for, the part of the answer to look at and what it shows."""

    name: str
    as_of: date
    part: str
    shows: str
    facts: str | None = None


EXAMPLES = (
    Example("joined", date(1996, 3, 31), "participation", "1,040 hours in the first 12 months; joins on the next Plan Entry Date"),
    Example("entry-date-hire", date(1995, 12, 31), "participation", "hired on a Plan Entry Date: the year ends the day before the anniversary, so no quarter is lost"),
    Example("part-timer-year-done-late", date(1996, 6, 30), "participation", "too few hours in the first 12 months: the Plan Year that overlaps them is next"),
    Example("part-timer-year-done-late", date(1996, 10, 31), "participation", "the same person, after that Plan Year"),
    Example("rehired", date(1996, 6, 30), "participation", "away on the Plan Entry Date: joins on the first day back"),
    Example("left-the-bargaining-unit", date(1996, 3, 31), "participation", "years in an excluded class count; joins on the first day out of it"),
    Example("from-mitech", date(1995, 9, 30), "vesting", "service with a predecessor counts for joining and for owning"),
    Example("left-at-57", date(1995, 6, 30), "distribution", "55 with ten years: no wait of 90 days"),
    Example("small-balance-left-at-40", date(1995, 4, 30), "distribution", "payment after the 90th day; a small balance needs no consent"),
    Example("five-breaks-and-parity", date(1999, 3, 31), "vesting", "five Breaks in a row: the years before them no longer count"),
    Example("top-heavy-floor", date(1997, 6, 30), "vesting", "a top-heavy Plan Year's percentage stays for what had accrued", "docs/examples/top-heavy.facts.yaml"),
    Example("hours-missing", date(1996, 3, 31), "participation", "blank hours: the answer is bounded, not guessed"),
    Example("no-birth-date", date(1995, 9, 15), "distribution", "no birth date: what can be said and what cannot"),
)  # fmt: skip


def page() -> str:
    """The table of sample people."""
    rows = [
        (f"[{each.name}.json]({each.name}.json)", each.as_of.isoformat(), each.shows, headline(each))
        for each in EXAMPLES
    ]
    return made("Sample people", INTRODUCTION, table(["file", "ask as of", "what it shows", "headline"], rows), CLOSING)


def headline(example: Example) -> str:
    """The sentence of the part the example is about."""
    plan = steel() if example.facts is None else planrules.load_plan(ROOT / ELECTIONS, ROOT / example.facts)
    person = planrules.read_person(ROOT / "docs" / "examples" / f"{example.name}.json")
    found = plan.answer(person, example.as_of, other_readings=False)
    return dict(headlines(found))[example.part]


def names() -> set[str]:
    """The files the table lists."""
    return {f"{each.name}.json" for each in EXAMPLES}
