"""Census and payroll files as employers have them, read into the tables of people.

A mapping declares what could be read in two ways; what it leaves open is a question, and what breaks a rule is set
aside by file, row and column, without its value. Nothing is guessed and nobody is answered for on half their facts.

source (any format, as text) ▶ headers ▶ columns (typed) ▶ census, payroll ▶ tables ▶ checks across rows ▶ people
"""

from planrules.people.importing.faults import FAULTS
from planrules.people.importing.mapping import ImportMapping, parse_mapping
from planrules.people.importing.run import Imported, import_files

__all__ = ["FAULTS", "ImportMapping", "Imported", "import_files", "parse_mapping"]
