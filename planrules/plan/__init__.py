"""What an employer's elections mean: typed provisions, one module an article, each with the option that set it.

`resolve` turns elections, plan facts and readings into `Terms`. A provision never decides a person's case; rules do.
`readings.yaml` is the catalogue of unclear places, `basic_plan_01.yaml` the numbers the document fixes.
An election whose effect is not evaluated is refused by name (`UnsupportedElectionError`), never guessed.
"""

from planrules.plan.elected import Untold
from planrules.plan.facts import MatchRate, PlanFacts, load_facts, parse_facts
from planrules.plan.readings import Choices, Reading, catalogue, choose
from planrules.plan.terms import Terms, resolve

__all__ = [
    "Choices",
    "MatchRate",
    "PlanFacts",
    "Reading",
    "Terms",
    "Untold",
    "catalogue",
    "choose",
    "load_facts",
    "parse_facts",
    "resolve",
]
