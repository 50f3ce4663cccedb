"""The day whose law the terms are held against, with what the law says on it."""

from dataclasses import dataclass
from datetime import date, timedelta

from planrules import law
from planrules.check.sheet import Sheet
from planrules.dates import MonthDay
from planrules.errors import LawError
from planrules.law import Threshold, VestingMinimum
from planrules.law.minimum_vesting import Money


@dataclass(frozen=True)
class LawOfADay:
    """The law of one day for a plan whose Plan Years end on a day of the year.

    A law that counts from Plan Years beginning after a date is that of the Plan Year which contains the day.
    """

    day: date
    plan_year_ends: MonthDay

    @property
    def plan_year_start(self) -> date:
        """The first day of the Plan Year that contains the day."""
        after = law.plan_year_start_after(self.day - timedelta(days=366), self.plan_year_ends)
        following = law.plan_year_start_after(after, self.plan_year_ends)
        return following if following <= self.day else after

    @property
    def on_file(self) -> bool:
        """Whether the law of so early a day is on file."""
        return bool(self.threshold("eligibility_age") and self.vesting_minimum("nonelective", top_heavy=False))

    def threshold(self, name: str) -> Threshold | None:
        """A threshold; null when none is on file for so early a day."""
        try:
            return law.threshold(name, self.day, self.plan_year_ends)
        except LawError:
            return None

    def vesting_minimum(self, money: Money, *, top_heavy: bool) -> VestingMinimum | None:
        """The slowest schedule allowed for a kind of money; null when none is on file for so early a Plan Year."""
        try:
            return law.vesting_minimum(money, self.plan_year_start, top_heavy=top_heavy)
        except LawError:
            return None


def law_of(sheet: Sheet, as_of: date | None) -> LawOfADay | None:
    """The law of `as_of`, or without it of the Effective Date; null when the day or the Plan Year is not known."""
    day, ends = as_of or sheet.effective_on, sheet.plan_year_ends
    if day is None or ends is None or day.year <= date.min.year + 1 or day.year >= date.max.year - 1:
        return None
    # A Plan Year ending on 28 February is taken to end with the month, so that no leap day alone makes a finding.
    return LawOfADay(day, MonthDay(2, 29) if ends == (2, 28) else ends)
