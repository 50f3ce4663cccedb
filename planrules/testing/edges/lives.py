"""Edges of a life: ages, leaving and coming back, other employers, classes, top-heavy Plan Years, own elections."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from planrules.api import Plan
from planrules.testing.edges.edge import Edge
from planrules.testing.edges.sight import Sight
from planrules.testing.turns import DAY, turns_of

_AGES = (
    "entry age",
    "Normal Retirement Age",
    "early payment age",
    "consent age",
    "age of payment in time",
    "required beginning age",
    "withdrawal age",
    "age from which Years count",
)


def _at_age(name: str, shift: timedelta) -> Callable[[Sight], bool]:
    """On the day an age is attained, or beside it, somebody is asked about, or leaves, or begins."""

    def seen(sight: Sight) -> bool:
        born = sight.person.birth_date
        if born is None:
            return False
        attained = {born + age + shift for each, age in sight.turns.ages if each == name}
        return sight.as_of in attained or any(day in attained for day in _of_employment(sight))

    return seen


def _of_employment(sight: Sight) -> Iterable[date]:
    for each in sight.own:
        yield each.start
        if each.end is not None:
            yield each.end


def _of_ages() -> Iterable[Edge]:
    for age in _AGES:
        name = age.lower().replace(" ", "_")
        for when, words, shift in (("on", "on the day of", timedelta()), ("day_before", "the day before", -DAY)):
            yield Edge(
                f"{name}_{when}",
                f"asked, hired or leaving {words} the {age}",
                _at_age(age, shift),
                _has_age(age),
            )


def _has_age(name: str) -> Callable[[Plan], bool]:
    return lambda plan: any(each == name for each, _ in turns_of(plan).ages)


def _has_waits(plan: Plan) -> bool:
    return bool(turns_of(plan).waits)


def _as_wait_ends(shift: timedelta) -> Callable[[Sight], bool]:
    return lambda sight: any(end + wait + shift == sight.as_of for end in sight.left_on for wait in sight.turns.waits)


def _ended_by(reason: str) -> Callable[[Sight], bool]:
    return lambda sight: any(each.reason == reason for each in sight.own)


def _rehired(sight: Sight) -> bool:
    return any(first.end is not None and second.start > first.end + DAY for first, second in pairwise(sight.own))


def _rehired_next_day(sight: Sight) -> bool:
    return any(first.end is not None and second.start == first.end + DAY for first, second in pairwise(sight.spells))


def _away_long(sight: Sight) -> bool:
    """Away for at least as many years as a Forfeiture Break has Breaks, and back."""
    years = relativedelta(years=sight.terms.vesting.forfeiture_break_years)
    return any(first.end is not None and second.start > first.end + years for first, second in pairwise(sight.own))


def _served_predecessor(sight: Sight) -> bool:
    others = {*sight.terms.service.predecessors_for_participation, *sight.terms.service.predecessors_for_vesting}
    return bool(sight.own) and any(
        each.employer in others and each.start < sight.own[-1].start for each in sight.spells
    )


def _has_predecessors(plan: Plan) -> bool:
    service = plan.terms.service
    return bool(service.predecessors_for_participation or service.predecessors_for_vesting)


def _excluded_over_entry_date(sight: Sight) -> bool:
    left_out = sight.terms.participation.excluded_classes
    spans = [each for each in sight.person.classes or () if each.class_ in left_out and each.start <= sight.as_of]
    return any(
        sight.employed(day)
        for each in spans
        for day in sight.turns.entry_dates_between(each.start, min(each.end or sight.as_of, sight.as_of))
    )


def _at_work_in_top_heavy_year(sight: Sight) -> bool:
    top_heavy = sight.terms.vesting.top_heavy_plan_years
    return any(sight.turns.plan_year_end(row.end) in top_heavy for row in sight.rows if row.hours)


def _has_top_heavy_year(plan: Plan) -> bool:
    turns = turns_of(plan)
    return any(turns.first < day < turns.last for day in plan.terms.vesting.top_heavy_plan_years)


OF_LIVES: tuple[Edge, ...] = (
    *_of_ages(),
    Edge(
        "wait_ends",
        "asked on the last day of a wait for payment",
        _as_wait_ends(timedelta()),
        _has_waits,
    ),
    Edge(
        "wait_over",
        "asked on the day after a wait for payment",
        _as_wait_ends(DAY),
        _has_waits,
    ),
    Edge("rehire", "back with the Employer after days away", _rehired),
    Edge("rehire_after_long_absence", "back after as many years away as a Forfeiture Break has", _away_long),
    Edge("next_day", "one stretch of employment follows another on the next day", _rehired_next_day),
    Edge("one_day", "employed for a single day", lambda sight: any(each.start == each.end for each in sight.own)),
    Edge("death", "left by death", _ended_by("death")),
    Edge("disability", "left by disability", _ended_by("disability")),
    Edge("predecessor_service", "with a predecessor employer first", _served_predecessor, _has_predecessors),
    Edge(
        "excluded_over_entry_date",
        "at work in an excluded class on a Plan Entry Date",
        _excluded_over_entry_date,
        lambda plan: bool(plan.terms.participation.excluded_classes),
    ),
    Edge("top_heavy_year", "hours in a top-heavy Plan Year", _at_work_in_top_heavy_year, _has_top_heavy_year),
    Edge(
        "opted_out",
        "elected not to participate",
        lambda sight: any(each.start <= sight.as_of for each in sight.person.opt_outs),
        lambda plan: plan.terms.participation.opt_outs_permitted,
    ),
    Edge(
        "absence",
        "on an unpaid absence for pregnancy, birth, adoption or the care that follows",
        lambda sight: any(row.kind == "maternity" and row.end <= sight.as_of for row in sight.person.pay or ()),
        lambda plan: not plan.terms.service.excepted_service,
    ),
)
