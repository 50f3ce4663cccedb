"""Entry no later than the law allows, for the worst day of hire or birth (AA 2.01, IRC 410(a)(4))."""

from collections.abc import Iterator

from planrules.check.asked import Asked, all_asked, measures
from planrules.check.entry_rule import EntryRule, entry_rule
from planrules.check.legal import LawOfADay
from planrules.check.report import Finding
from planrules.check.sheet import Sheet
from planrules.check.wording import cites, day_words
from planrules.check.worst_entry import Statute, WorstEntry, worst_entry


def entry_findings(sheet: Sheet, law: LawOfADay) -> Iterator[Finding]:
    """A finding for each part of the plan that somebody could join too late, with the person who waits longest."""
    rule, statute = entry_rule(sheet, law.plan_year_ends), _statute(law)
    if rule is None or statute is None:
        return
    for asked in all_asked(sheet):
        worst = worst_entry(asked, rule, measures(sheet, law.plan_year_ends), statute, law.day.year)
        if worst is not None:
            yield _too_late(asked, rule, worst, statute)


def _statute(law: LawOfADay) -> Statute | None:
    """The law's limits; null when one of them is not on file for so early a day."""
    names = ("eligibility_age", "eligibility_years", "eligibility_years_if_fully_vested", "latest_entry_months")
    limits = [limit.value for name in names if (limit := law.threshold(name))]
    return Statute(*limits) if len(limits) == len(names) else None


def _too_late(asked: Asked, rule: EntryRule, worst: WorstEntry, statute: Statute) -> Finding:
    days = "1 day" if worst.days_late == 1 else f"{worst.days_late} days"
    what = (
        f"{_person(worst)} reaches the age and service of the law on {day_words(worst.satisfied)} and joins "
        f"{asked.part} on {day_words(worst.entered)}, {days} too late: the law's last day is {day_words(worst.latest)}"
    )
    why = (
        f"Whoever has the age and the service that the law lets a plan ask for takes part by the first day of the next "
        f"Plan Year, and within {statute.entry_months} months at the latest."
    )
    do = "Elect entry dates that come more often, entry on the date preceding, or shorter conditions."
    return Finding.of(
        "entry_too_late", (*cites([*asked.cites, rule.dates, rule.choice]), "IRC 410(a)(4)"), what, why, do
    )


def _person(worst: WorstEntry) -> str:
    if worst.from_birth:
        return f"Somebody long employed and born on {day_words(worst.person_from)}"
    hired = f"Somebody hired on {day_words(worst.person_from)}"
    return f"{hired} who completes the hours only in a later Plan Year" if worst.later_year else hired
