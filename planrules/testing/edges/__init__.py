"""The edges of any plan, named: where rules turn and wrong answers hide, and whether a trial stands on one.

`EDGES` are all of them; `edge_hits` counts how many trials stand on each that a plan has.
"""

from collections.abc import Iterable, Mapping

from planrules.api import Plan
from planrules.testing.drawn import Trial
from planrules.testing.edges.days import OF_DAYS
from planrules.testing.edges.edge import Edge, hits
from planrules.testing.edges.hours import OF_HOURS
from planrules.testing.edges.lives import OF_LIVES
from planrules.testing.edges.money import OF_MONEY

__all__ = ["EDGES", "Edge", "edge_hits"]

EDGES: tuple[Edge, ...] = (*OF_DAYS, *OF_HOURS, *OF_LIVES, *OF_MONEY)


def edge_hits(plan: Plan, trials: Iterable[Trial]) -> Mapping[str, int]:
    """How many of the trials stand on each edge that the plan has, by name, in the order of `EDGES`."""
    return hits(EDGES, plan, trials)
