"""What every stage of an evaluation reads: the known facts, the terms and the day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planrules import dates
from planrules.dates import Calendar
from planrules.engine.knowledge import Known
from planrules.plan import Terms


@dataclass(frozen=True)
class Evaluation:
    """One set of people under one plan at the close of one day."""

    known: Known
    terms: Terms
    as_of: date

    @cached_property
    def plan_years(self) -> Calendar:
        """The plan's Plan Years (AA 1.17)."""
        return dates.plan_years(self.terms.service.plan_year_ends)

    @cached_property
    def plan_year_through(self) -> date:
        """The last day of the Plan Year that contains the evaluation date."""
        return dates.plan_year_end(self.as_of, self.terms.service.plan_year_ends)
