"""What is worked out for the whole plan once a year.

So far the limit of the test of actual deferral percentages; allocations, limits and the other tests join it here.
"""

from planrules.yearend.deferral_percentage import hce_limit

__all__ = ["hce_limit"]
