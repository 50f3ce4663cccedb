"""What an evaluation gives: frames, one row a person or a ledger line, with the same names as the JSON answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from planrules.plan import Terms


@dataclass(frozen=True)
class Result:
    """Answers for any number of people, keyed by `employee_id`, in the order they were given.

    Attributes:
        people: one row a person: every field of the answer, and `statuses` (a struct of one status a field).
        facts: one row a person: every column the rules made and read, from which the explanations are filled.
        participation_periods: start, through, hours, year_of_service, complete.
        vesting_periods: start, through, hours, year, break, consecutive_breaks and the percentage of each Plan Year.
        matching: month_end, compensation, compensation_counted, eligible_contributions, tier_1, tier_2, match,
            allocated.
        missing: fact, needed_for, earliest, latest: what is not known and the bounds of what it could lead to.
        assumptions: fact, field: what was taken as the record stands, and the answers that rest on it.
        gaps: start, through: employed days without a pay row.
        exceptions: table, row, column, rule, do: people set aside and why.

    Hours and money are Decimal with two places; null means not known or not applicable, as the status says.
    """

    terms: Terms
    as_of: date
    people: pl.DataFrame
    facts: pl.DataFrame
    participation_periods: pl.DataFrame
    vesting_periods: pl.DataFrame
    matching: pl.DataFrame
    missing: pl.DataFrame
    assumptions: pl.DataFrame
    gaps: pl.DataFrame
    exceptions: pl.DataFrame

    def rows_of(self, employee_id: str, frame: str) -> Sequence[Mapping[str, Any]]:
        """A person's rows of one of the frames, by its name; none where it has none.

        A frame is read once, for everybody in it: that is for as many people as are answered at once, not for a census.
        """
        read = self._read
        if frame not in read:
            read[frame] = getattr(self, frame).rows_by_key("employee_id", named=True, include_key=True)
        return read[frame].get(employee_id, ())

    @cached_property
    def _read(self) -> dict[str, Mapping[str, Sequence[Mapping[str, Any]]]]:
        return {}
