"""The slowest vesting schedules that the law lets a defined contribution plan have.

Which minimum counts turns on the Plan Year, on whether it is top heavy and on the money: matching money was quickened
five years before other employer money. A newer minimum reaches its own money; earlier money may keep its schedule.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from planrules.errors import LawError
from planrules.law.dating import Dated
from planrules.law.reading import LawModel, parse, place, problem
from planrules.law.sourcing import Sourced, Status, Text, load

Money = Literal["matching", "nonelective"]
Schedule = Mapping[int, int] | Mapping[int, int | Decimal]
FULL = 100


class MinimumSchedule(LawModel):
    """One schedule a plan may elect at the slowest.

    Attributes:
        name: in the standard words: "5-year cliff", "2-6 graded".
        percents: Years of Service to percent, at each step; null where the steps are not on file.
    """

    name: Text
    percents: Mapping[int, int] | None = None

    @model_validator(mode="after")
    def _rises_to_full(self) -> Self:
        steps = [percent for _, percent in sorted((self.percents or {FULL: FULL}).items())]
        if steps != sorted(set(steps)) or steps[-1] != FULL:
            message = "the percentages rise with the years and end at 100"
            raise ValueError(message)
        return self

    @property
    def first_years(self) -> int:
        """The Years of Service at which it first gives something; 0 when its steps are not on file."""
        return min(self.percents or {0: FULL})

    def is_met_by(self, schedule: Schedule) -> bool:
        """Whether a schedule (Years to percent, at each step) is nowhere slower; false when the steps are unknown."""
        if self.percents is None:
            return False
        return all(_percent(schedule, years) >= percent for years, percent in self.percents.items())


def _percent(schedule: Schedule, years: int) -> int | Decimal:
    return max((percent for step, percent in schedule.items() if step <= years), default=0)


class VestingMinimum(Dated, Sourced):
    """What the law asks of the schedule for one kind of money from one Plan Year on.

    Attributes:
        money: the employer money it reaches.
        top_heavy_only: whether it reaches only Plan Years that are top heavy.
        options: a schedule has to be at least as fast as one of these.
        date_status: whether a source on file prints the date; `status` speaks of the schedules.
    """

    money: tuple[Money, ...] = Field(min_length=1)
    top_heavy_only: bool = False
    options: tuple[MinimumSchedule, ...] = Field(min_length=1)
    cites: tuple[Text, ...] = Field(min_length=1)
    law: Text
    date_status: Status
    note: Text | None = None

    def allows(self, schedule: Schedule) -> bool:
        """Whether a schedule (Years of Service to percent, at each step) is at least as fast as one option.

        >>> minimum = vesting_minimum("matching", date(2002, 10, 1))
        >>> minimum.allows({5: 100}), minimum.allows({3: 100})
        (False, True)
        """
        return any(option.is_met_by(schedule) for option in self.options)

    @property
    def gives_something_at(self) -> int:
        """The Years of Service at which every one of its options gives more than nothing.

        >>> vesting_minimum("matching", date(2002, 10, 1)).gives_something_at
        3
        """
        return max(option.first_years for option in self.options)


class _VestingFile(LawModel):
    title: Text
    note: Text | None = None
    minimums: tuple[VestingMinimum, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        seen: dict[tuple[Money, bool], date] = {}
        for minimum in self.minimums:
            for money in minimum.money:
                key = (money, minimum.top_heavy_only)
                if key in seen and minimum.effective <= seen[key]:
                    message = f"minimums for {money} money overlap: each has to take effect later than the one before"
                    raise ValueError(message)
                seen[key] = minimum.effective
        return self


def parse_vesting_minimums(text: str, where: str, known_sources: frozenset[str]) -> tuple[VestingMinimum, ...]:
    """The minimums from their YAML; raises `LawError` for overlaps and every other fault."""
    return parse(_VestingFile, text, where, known_sources).minimums


@cache
def vesting_minimums() -> tuple[VestingMinimum, ...]:
    """Every minimum on file; raises `LawError` when the file is faulty."""
    return load(_VestingFile, "thresholds", "vesting_minimums.yaml").minimums


def vesting_minimum(money: Money, plan_year_start: date, *, top_heavy: bool = False) -> VestingMinimum:
    """The minimum for money contributed for the Plan Year that begins on a day.

    Args:
        money: "matching" or "nonelective".
        plan_year_start: first day of the Plan Year for which the money is contributed.
        top_heavy: whether that Plan Year is top heavy; then the top heavy minimum stands, where one is on file.

    Raises:
        LawError: before the first minimum on file.
    """
    reached = [
        minimum
        for minimum in vesting_minimums()
        if money in minimum.money and plan_year_start > minimum.effective and (top_heavy or not minimum.top_heavy_only)
    ]
    if not reached:
        too_early = problem(
            "no vesting minimum is on file for that Plan Year",
            place("thresholds", "vesting_minimums.yaml"),
            "Nothing is assumed before the first minimum on file.",
            "Ask for a later Plan Year, or add the earlier law with its source.",
        )
        raise LawError([too_early])
    top = [minimum for minimum in reached if minimum.top_heavy_only]
    return max(top or reached, key=lambda minimum: minimum.effective)
