"""Edges of service: hours at each threshold of the plan in its measuring periods, and Breaks in a row."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby

from planrules.api import Plan
from planrules.plan import Terms
from planrules.testing.edges.edge import Edge
from planrules.testing.edges.sight import Period, Sight

_ACTUAL_HOURS = Decimal(1)
_Threshold = Callable[[Terms], Decimal | int]
_Periods = Callable[[Sight], Iterable[Period]]


def _step(terms: Terms, purpose: str) -> Decimal:
    """What stands just beside a threshold: an hour, or one unit of an equivalency."""
    by_unit = purpose in terms.service.equivalency_for
    return Decimal(terms.service.equivalency_hours) if by_unit else _ACTUAL_HOURS


def _stands(purpose: str, where: str, threshold: _Threshold, periods: _Periods) -> Callable[[Sight], bool]:
    def seen(sight: Sight) -> bool:
        limit, step = threshold(sight.terms), _step(sight.terms, purpose)
        for each in periods(sight):
            if each.hours is None:
                continue
            above = each.hours - limit
            if (where == "exactly" and above == 0) or (where == "below" and -step <= above < 0):
                return True
            if where == "above" and 0 < above <= step:
                return True
        return False

    return seen


def _has(purpose: str, where: str, threshold: _Threshold) -> Callable[[Plan], bool]:
    """Whether hours can stand there: whole units seldom give a threshold exactly."""
    if where != "exactly":
        return lambda _: True
    return lambda plan: (
        threshold(plan.terms) % _step(plan.terms, purpose) % Decimal("0.01") == 0
        and (
            purpose not in plan.terms.service.equivalency_for or threshold(plan.terms) % _step(plan.terms, purpose) == 0
        )
    )


_WHERE = (("below", "just below"), ("exactly", "exactly"), ("above", "just above"))
_THRESHOLDS: tuple[tuple[str, str, str, _Threshold, _Periods], ...] = (
    (
        "eligibility_hours",
        "the hours of a Year of Service for participation",
        "participation",
        lambda terms: terms.participation.eligibility_hours_required,
        lambda sight: sight.eligibility_periods,
    ),
    (
        "vesting_hours",
        "the hours of a Year of Service for vesting",
        "vesting",
        lambda terms: terms.vesting.vesting_hours_required,
        lambda sight: sight.vesting_periods,
    ),
    (
        "break_hours",
        "the most hours of a Break in Service",
        "vesting",
        lambda terms: terms.vesting.break_hours_at_most,
        lambda sight: sight.vesting_periods,
    ),
)


def _of_hours() -> Iterable[Edge]:
    for name, says, purpose, threshold, periods in _THRESHOLDS:
        for where, words in _WHERE:
            yield Edge(
                f"{name}_{where}",
                f"a measuring period has {words} {says}",
                _stands(purpose, where, threshold, periods),
                _has(purpose, where, threshold),
            )


def _runs(sight: Sight) -> Iterable[int]:
    """The lengths of the runs of Breaks in a row, each as long as it gets; hours that are not plain end a run."""
    most = sight.terms.vesting.break_hours_at_most
    flags = (each.hours is not None and each.hours <= most for each in sight.vesting_periods)
    return (len(list(run)) for is_break, run in groupby(flags) if is_break)


def _breaks(more: int) -> Callable[[Sight], bool]:
    return lambda sight: sight.terms.vesting.forfeiture_break_years + more in _runs(sight)


OF_HOURS: tuple[Edge, ...] = (
    *_of_hours(),
    Edge("breaks_one_too_few", "one Break in a row fewer than a Forfeiture Break has", _breaks(-1)),
    Edge("breaks_exactly", "as many Breaks in a row as a Forfeiture Break has", _breaks(0)),
    Edge("breaks_one_more", "one Break in a row more than a Forfeiture Break has", _breaks(1)),
)
