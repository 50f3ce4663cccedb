"""Hypothesis strategies for whoever tests with plans: any filling of the form that the form itself allows.

Needs the extra `planrules[testing]`, which brings Hypothesis. `elections()` draws an `Elections`; `elections_data()`
draws the content of an elections file. Both shrink to small fillings: first options, empty blanks, short words.
"""

from planrules.testing.elections import elections, elections_data
from planrules.testing.values import phrases, values

__all__ = ["elections", "elections_data", "phrases", "values"]
