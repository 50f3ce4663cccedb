"""Trials drawn the same way every time, for the tests of what is drawn."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, find, given, seed, settings

from planrules import Plan, load_plan
from planrules.testing import EDGES, Trial, trials
from planrules.testing.steady import STEADY

ROOT = Path(__file__).parents[2]
NAMES = ("steel-technologies", "fictional-fasteners", "imaginary-instruments")
EDGE = {edge.name: edge for edge in EDGES}
PLAIN = settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def plan_of(name: str) -> Plan:
    return load_plan(ROOT / "elections" / f"{name}.yaml")


@cache
def drawn(name: str, count: int, start: int = 0) -> Sequence[Trial]:
    """So many trials of one of the plans; the same for the same seed."""
    kept: list[Trial] = []

    @seed(start)
    @settings(PLAIN, max_examples=count, phases=[Phase.generate], backend=STEADY)
    @given(trials(plan_of(name)))
    def keep(trial: Trial) -> None:
        kept.append(trial)

    keep()
    return kept


def smallest(name: str, edge: str) -> Trial:
    """The smallest trial that stands on an edge, as the shrinker finds it."""
    plan = plan_of(name)
    return find(trials(plan), lambda trial: EDGE[edge].hit(plan, trial), settings=settings(PLAIN, max_examples=3000))
