"""Edges of money: the amount above which consent is needed, cash-outs, tiers of the match, limits on pay."""

from collections.abc import Callable
from decimal import Decimal

from planrules.api import Plan
from planrules.testing.edges.edge import Edge
from planrules.testing.edges.sight import Sight

_CENT = Decimal("0.01")
_NONE = Decimal(0)


def _balance(more: Decimal) -> Callable[[Sight], bool]:
    """Separated with the amount in accounts that are always vested, or in all accounts together."""

    def seen(sight: Sight) -> bool:
        held = sight.person.accounts
        if held is None or sight.separated_on is None:
            return False
        line = sight.turns.consent_amount + more
        own = held.deferral + held.qualified_nonelective
        return line in (own, own + held.regular_matching + held.employer)

    return seen


def _minimum_vested(more: Decimal) -> Callable[[Sight], bool]:
    def seen(sight: Sight) -> bool:
        held, least = sight.person.accounts, sight.terms.vesting.minimum_vested_amount
        return held is not None and least is not None and least + more in (held.regular_matching, held.employer)

    return seen


def _has_minimum_vested(plan: Plan) -> bool:
    return plan.terms.vesting.minimum_vested_amount is not None


def _cashed_out(sight: Sight) -> bool:
    return any(each.paid_on <= sight.as_of for each in sight.person.distributions)


def _repaid(sight: Sight) -> bool:
    return any(each.repaid_on is not None and each.repaid_on <= sight.as_of for each in sight.person.distributions)


def _defers_at_tier(sight: Sight) -> bool:
    """Somebody defers, in one check, exactly what fills the first tiers."""
    reached, ends = _NONE, []
    for tier in sight.terms.matching.tier_percents:
        reached += tier
        ends.append(reached)
    return any(
        row.compensation and row.salary_reduction * 100 in {row.compensation * end for end in ends}
        for row in sight.rows
    )


def _pay_at_limit(more: Decimal) -> Callable[[Sight], bool]:
    def seen(sight: Sight) -> bool:
        limits = dict(sight.turns.compensation_limits)
        paid: dict[int, Decimal] = {}
        for row in sight.rows:
            year = sight.turns.plan_year_end(row.paid_on).year
            paid[year] = paid.get(year, _NONE) + (row.compensation or _NONE)
        return any(limits.get(year) == amount - more for year, amount in paid.items())

    return seen


def _has_limit(plan: Plan) -> bool:
    return plan.terms.matching.match_elected


OF_MONEY: tuple[Edge, ...] = (
    Edge("consent_amount_exactly", "left with exactly the amount that needs no consent", _balance(_NONE)),
    Edge("consent_amount_and_a_cent", "left with one cent more than the amount that needs no consent", _balance(_CENT)),
    Edge(
        "minimum_vested_exactly",
        "an account holds exactly the amount that is always vested",
        _minimum_vested(_NONE),
        _has_minimum_vested,
    ),
    Edge(
        "minimum_vested_and_a_cent",
        "an account holds one cent more than the amount that is always vested",
        _minimum_vested(_CENT),
        _has_minimum_vested,
    ),
    Edge("cash_out", "cashed out", _cashed_out),
    Edge("repayment", "a cash-out repaid after the return", _repaid),
    Edge(
        "deferral_at_a_tier",
        "a deferral of exactly what fills a tier of the match",
        _defers_at_tier,
        lambda plan: bool(plan.terms.matching.tier_percents),
    ),
    Edge(
        "pay_at_the_limit",
        "pay of a Plan Year of exactly the most Compensation that counts",
        _pay_at_limit(_NONE),
        _has_limit,
    ),
    Edge(
        "pay_a_cent_above_the_limit",
        "pay of a Plan Year of one cent more than the most Compensation that counts",
        _pay_at_limit(_CENT),
        _has_limit,
    ),
)
