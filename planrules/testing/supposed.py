"""What a plan is proved under where its facts are silent: Plan Years tested for being top heavy, and rates of match."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planrules.api import Plan
from planrules.plan import PlanFacts
from planrules.plan.facts import MatchRate, TopHeavy
from planrules.testing.turns import turns_of

_TOP_HEAVY_IN_A_ROW, _CYCLE = 3, 5
_RATES = (Decimal(50), Decimal(25), Decimal(10), Decimal(5))
_TESTED = date(2100, 12, 31)


@dataclass(frozen=True)
class Supposition:
    """A plan with the facts that it is proved under.

    Attributes:
        name: short, for files; empty for the facts as given.
        says: what is supposed, as the rest of "supposing"; empty likewise.
        plan: the plan with these facts.
    """

    name: str
    says: str
    plan: Plan


def suppositions(plan: Plan) -> Iterator[Supposition]:
    """The facts to prove a plan under: as given where they say enough, and else also as they could be.

    Without a Plan Year tested for being top heavy no percentage could be told, without rates no match. Where none is
    listed as top heavy, three of every five are supposed to be, so that the schedule for them is tried too.
    """
    facts, told = plan.facts, []
    if not facts.match_rates and any(formula.discretionary for formula in plan.terms.matching.formulas):
        facts = facts.model_copy(update={"match_rates": (_rate(plan),)})
        told.append("the Employer matches at made-up rates")
    listed, tested = facts.top_heavy.plan_years, facts.top_heavy.tested_through
    if not listed and tested is None:
        told.append("no Plan Year is top heavy")
        facts = facts.model_copy(update={"top_heavy": TopHeavy(tested_through=_TESTED)})
    if told:
        yield Supposition("supposed", " and ".join(told), _with(plan, facts))
    else:
        yield Supposition("", "", plan)
    if not listed:
        ends = turns_of(plan).plan_year_ends
        chosen = tuple(end for number, end in enumerate(ends) if number % _CYCLE < _TOP_HEAVY_IN_A_ROW)
        heavy = facts.model_copy(update={"top_heavy": TopHeavy(plan_years=chosen, tested_through=_TESTED)})
        says = f"{_TOP_HEAVY_IN_A_ROW} Plan Years of every {_CYCLE} are top heavy"
        yield Supposition("top-heavy", says, _with(plan, heavy))


def _with(plan: Plan, facts: PlanFacts) -> Plan:
    choices = plan.terms.choices
    decided = {name: option for name, option in choices.options.items() if name not in choices.undecided}
    return Plan(plan.elections, facts, decided)


def _rate(plan: Plan) -> MatchRate:
    """A rate from the Effective Date on, for tiers and for all contributions alike."""
    tiers = len(plan.terms.matching.tier_percents)
    first = plan.terms.participation.effective_date.replace(day=1)
    percents = tuple(_RATES[min(number, len(_RATES) - 1)] for number in range(tiers))
    return MatchRate(from_=first, tiers=percents or None, rate=_RATES[0])
