"""An edge: a named place at which a rule turns, where wrong answers hide."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from planrules.api import Plan
from planrules.testing.drawn import Trial
from planrules.testing.edges.sight import Sight


def always(_: Plan) -> bool:
    """That the edge is one of any plan."""
    return True


@dataclass(frozen=True)
class Edge:
    """A named place at which a rule turns.

    Attributes:
        name: in snake_case, the same in every report.
        says: what is true of a trial that stands on it, in words.
        seen: whether what is seen of a trial stands on it.
        of: whether a plan has such an edge at all.
    """

    name: str
    says: str
    seen: Callable[[Sight], bool]
    of: Callable[[Plan], bool] = always

    def applies(self, plan: Plan) -> bool:
        """Whether the plan has this edge: somebody could stand on it."""
        return self.of(plan)

    def hit(self, plan: Plan, trial: Trial) -> bool:
        """Whether a trial stands on this edge, by the facts known at its day."""
        return self.applies(plan) and self.seen(Sight(plan, trial))


def hits(edges: Iterable[Edge], plan: Plan, trials: Iterable[Trial]) -> Mapping[str, int]:
    """How many of the trials stand on each edge that the plan has, by name, in the order of the edges.

    Quicker than asking each edge: what is seen of a trial is worked out once for all of them.
    """
    asked = [edge for edge in edges if edge.applies(plan)]
    found = {edge.name: 0 for edge in asked}
    for trial in trials:
        sight = Sight(plan, trial)
        for edge in asked:
            found[edge.name] += edge.seen(sight)
    return found
