"""planrules: a 401(k) adoption agreement's checked boxes, evaluated, with the reason and the citation.

>>> import planrules
>>> sorted(planrules.__all__)[:4]
['Answer', 'People', 'Person', 'Plan']
"""

from planrules.answers import Answer
from planrules.api import Plan, load_plan
from planrules.engine import Result
from planrules.people import People, Person, read_people, read_person

__all__ = ["Answer", "People", "Person", "Plan", "Result", "load_plan", "read_people", "read_person"]
