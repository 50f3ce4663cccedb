"""Groups of fields of an answer that rest on the same options: what stays open where the words of one are not told."""

MATCH = ("months", "total", "allocated_total")
"""Everything said about the match."""

ALLOCATED = ("allocated_total",)
"""What of the match is allocated; how much it comes to does not rest on it."""

DEFERRED_PAY = ("plan_year_compensation", "plan_year_maximum")
"""The Compensation that may be deferred from, and how much of it."""
