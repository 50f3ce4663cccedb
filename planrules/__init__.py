"""planrules: a 401(k) adoption agreement's checked boxes, evaluated, with the reason and the citation.

>>> import planrules
>>> sorted(planrules.__all__)[:4]
['Answer', 'Finding', 'Imported', 'People']
"""

from planrules.answers import Answer
from planrules.api import Plan, load_plan
from planrules.check import Finding, Report, check_elections
from planrules.engine import Result
from planrules.importing_people import import_people, load_mapping, write_import
from planrules.people import People, Person, read_people, read_person
from planrules.people.importing import Imported

__all__ = [
    "Answer",
    "Finding",
    "Imported",
    "People",
    "Person",
    "Plan",
    "Report",
    "Result",
    "check_elections",
    "import_people",
    "load_mapping",
    "load_plan",
    "read_people",
    "read_person",
    "write_import",
]
