"""What an employer tells from time to time, for any elections: match rates, top-heavy years, the highly paid."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from planrules.api import Plan
from planrules.elections import Elections
from planrules.plan import PlanFacts, parse_facts
from planrules.testing.people import ONE
from planrules.testing.people.picked import pick
from planrules.testing.turns import DAY, Turns, turns_of

_PERCENTS = ("50", "25", "100", "0", "33.33", "12.5")
_RUNS = (1, 2, 3)
_MOST_CHANGES = 2


@st.composite
def facts(draw: st.DrawFn, elections: Elections) -> PlanFacts:
    """Draw a facts file for elections: everything that they leave to the Employer is told, in the form they ask for.

    Match rates stand from the Effective Date and may change, on a Plan Year's first day or within one; no, some or all
    Plan Years are top heavy, and all have been tested; who is highly compensated is said where the match hangs on it.
    Shrinks to one rate of 50% and no top-heavy Plan Year.

    Args:
        draw: as Hypothesis hands it over.
        elections: ones that the engine evaluates; `UnsupportedElectionError` otherwise.
    """
    plan = Plan(elections, parse_facts(None, "drawn facts"))
    turns = turns_of(plan)
    data: dict[str, Any] = {"illustrative": True, "source": "drawn", "match_rates": _rates(draw, plan, turns)}
    data["top_heavy"] = {"plan_years": _top_heavy(draw, turns), "tested_through": turns.plan_year_ends[-1]}
    if plan.terms.accrual.withheld_from_highly_compensated:
        data["highly_compensated"] = [
            {"plan_year": end, "employee_ids": [ONE] if pick(draw, (False, False, True)) else []}
            for end in turns.plan_year_ends
        ]
    return parse_facts(data, "drawn facts")


def _rates(draw: st.DrawFn, plan: Plan, turns: Turns) -> list[dict[str, Any]]:
    """The percentages of the formulas that the Employer sets, from the Effective Date on; none where it sets none."""
    asked = [formula for formula in plan.terms.matching.formulas if formula.discretionary]
    if not asked:
        return []
    begins = [end + DAY for end in turns.plan_year_ends]
    changes = [day for each in begins for day in (each, each + 14 * DAY) if turns.effective < day < turns.last]
    since = {turns.effective, *(pick(draw, changes) for _ in range(pick(draw, range(_MOST_CHANGES + 1))))}
    return [_rate(draw, day, plan) for day in sorted(since)]


def _rate(draw: st.DrawFn, day: date, plan: Plan) -> dict[str, Any]:
    said: dict[str, Any] = {"from": day}
    for formula in plan.terms.matching.formulas:
        if formula.discretionary and formula.on_tiers:
            tiers = plan.terms.matching.tier_percents
            said["tiers"] = [Decimal(pick(draw, _PERCENTS)) for _ in tiers]
        elif formula.discretionary:
            said["rate"] = Decimal(pick(draw, _PERCENTS))
    return said


def _top_heavy(draw: st.DrawFn, turns: Turns) -> list[date]:
    """None of the Plan Years, one to three in a row, or all of them."""
    ends = turns.plan_year_ends
    match pick(draw, ("none", "run", "run", "all")):
        case "none":
            return []
        case "run":
            first = pick(draw, range(len(ends)))
            return list(ends[first : first + pick(draw, _RUNS)])
        case _:
            return list(ends)
