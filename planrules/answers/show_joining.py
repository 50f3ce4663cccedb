"""Article II in plain words: the conditions, the entry, and what a Break or an election not to take part does."""

from collections.abc import Iterator

from planrules.answers.words import listed, spoken_date
from planrules.plan.conditions import Conditions
from planrules.plan.participation import Participation

Line = tuple[str, tuple[str, ...]]

_ENTRY = {
    "following": "that follows",
    "preceding": "before",
    "nearest": "nearest to",
}
_CONTRIBUTIONS = {
    "matching": "matching contributions",
    "nonelective": "nonelective contributions",
    "qualified_nonelective": "qualified nonelective contributions",
}


def joining_lines(part: Participation) -> Iterator[Line]:
    """The conditions for joining, those of some contributions, and who is spared them."""
    by = part.set_by
    yield f"{_asked(part.conditions, part)}.", tuple(each for each in by["conditions"] if each != "Plan 2.02")
    if part.conditions_apart is not None:
        names = listed([_CONTRIBUTIONS[each] for each in part.contributions_apart])
        told = _asked(part.conditions_apart, part)
        yield f"For {names}: {told[0].lower()}{told[1:]}.", (*by["contributions_apart"], *by["conditions_apart"])
    if part.employed_after is not None:
        early = f"Somebody employed on or before {spoken_date(part.employed_after)}"
        yield f"{early} {_earlier(part)}.", (*by["employed_after"], *by["earlier_employees_join"])


def entry_lines(part: Participation) -> Iterator[Line]:
    """Which Plan Entry Date it is, the one-year hold-out and the election not to participate."""
    by = part.set_by
    done = "the Year" if part.conditions == Conditions(years=1) else "the day the conditions are met"
    which = f"A person joins on the Plan Entry Date {_ENTRY[part.entry_falls]} {done}, if employed that day."
    yield which, by["entry_falls"]
    if part.year_held_out:
        few = f"After a measuring period of {part.eligibility_break_hours_at_most} hours or fewer"
        yield f"{few}, earlier service does not count until another Year of Service.", by["year_held_out"]
    if part.opt_outs_permitted:
        yield "A person may elect not to participate for a Plan Year.", by["opt_outs_permitted"]


def _asked(conditions: Conditions, part: Participation) -> str:
    asked = []
    if conditions.age is not None:
        asked.append(f"age {conditions.age:f}")
    if conditions.years:
        asked.append(f"{'one Year' if conditions.years == 1 else 'two Years'} of Service: {_periods(part)}")
    if conditions.months is not None:
        asked.append(f"{conditions.months} months from the first day of work")
    return "After " + " and ".join(asked) if asked else "From the first Hour of Service on"


def _periods(part: Participation) -> str:
    hours = f"{part.eligibility_hours_required:,} hours in the 12 months from the first day of work"
    if part.later_eligibility_periods == "anniversary":
        return f"{hours}, or from an anniversary of it"
    return f"{hours}, or in a Plan Year, beginning with the one that includes the first anniversary"


def _earlier(part: Participation) -> str:
    match part.earlier_employees_join:
        case "at_once":
            age = part.earlier_employees_age
            return f"joins without a condition of service at the age of {age:f}, whatever the Plan Entry Dates"
        case "prior_terms":
            return "joins by the terms before the restatement"
        case _:
            return "joins by a rule written in, whose meaning is not told"
