"""The oracle: a second reading of the plan and the law, slow on purpose, that shares no code with the engine.

It walks: day by day to the entry date, period by period for vesting, allocation date by allocation date for the match.
Every fact of the person must be known. It is never shipped; the tests hold the engine against it.

It was first written from the documents alone. Three points were settled to the engine's reading afterwards, so that
agreement on them proves little: the open days of `earliest_entry`, the hours in `deemed_cash_out`, and `deferred_by`.
"""

from datetime import date
from typing import Any

from oracle_deferral import deferral
from oracle_distribution import distribution
from oracle_in_service import in_service
from oracle_matching import matching
from oracle_participation import participation
from oracle_person import Person, known
from oracle_plan import NotKnownError
from oracle_terms import STEEL, MatchRate, Terms
from oracle_vesting import vesting

__all__ = ["STEEL", "MatchRate", "NotKnownError", "Person", "Terms", "answer"]


def answer(person: Person, as_of: date, *, terms: Terms = STEEL) -> dict[str, Any]:
    """Answer for one person at the close of a day.

    Dates are `datetime.date`, money and hours `Decimal` with two decimals, percents `int` where whole, null `None`. A
    fact that is needed and missing, or an option left to words, raises `NotKnownError`.
    """
    facts = known(person, as_of, terms)
    return {
        "participation": participation(facts, terms),
        "vesting": vesting(facts, terms),
        "matching": matching(facts, terms),
        "distribution": distribution(person, facts, terms),
        "deferral": deferral(facts, terms),
        "in_service": in_service(facts, terms),
    }
