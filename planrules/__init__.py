"""planrules: a 401(k) adoption agreement's checked boxes, evaluated, with the reason and the citation.

>>> import planrules
>>> sorted(planrules.__all__)[:4]
['Answer', 'Finding', 'People', 'Person']
"""

from planrules.answers import Answer
from planrules.api import Plan, load_plan
from planrules.check import Finding, Report, check_elections
from planrules.engine import Result
from planrules.people import People, Person, read_people, read_person

__all__ = [
    "Answer",
    "Finding",
    "People",
    "Person",
    "Plan",
    "Report",
    "Result",
    "check_elections",
    "load_plan",
    "read_people",
    "read_person",
]
