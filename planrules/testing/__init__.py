"""Hypothesis strategies for whoever tests with plans: people, days, facts and elections, weighted to the edges.

`trials(plan)` draws a `Trial`, a person and a day to ask about; `people(plan)` and `as_of_dates(plan, person)` draw its
halves, with the edges of that plan in them. `EDGES` names these edges and `edge_hits` counts who stands on them.
`promises(plan)` is a pytest test of every property in `PROPERTIES`; `prove(plan)` gives the whole proof as one object.
`elections()` draws any filling of the form that the form allows, `elections_data()` the content of its file, and
`facts(elections)` what the Employer tells beside it. Everything shrinks to something small enough to read.
"""

from planrules.testing.drawn import Trial
from planrules.testing.edges import EDGES, Edge, edge_hits
from planrules.testing.elections import elections, elections_data
from planrules.testing.facts import facts
from planrules.testing.people import as_of_dates, people, trials
from planrules.testing.promises import promises
from planrules.testing.proof import Proof, prove
from planrules.testing.properties import PROPERTIES, Claim, Property
from planrules.testing.values import phrases, values

__all__ = [
    "EDGES",
    "PROPERTIES",
    "Claim",
    "Edge",
    "Proof",
    "Property",
    "Trial",
    "as_of_dates",
    "edge_hits",
    "elections",
    "elections_data",
    "facts",
    "people",
    "phrases",
    "promises",
    "prove",
    "trials",
    "values",
]
