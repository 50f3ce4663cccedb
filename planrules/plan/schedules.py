"""Section 5.03: the vesting schedules of the Employer and matching accounts, and when the Top Heavy one applies."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from planrules.errors import UnsupportedElectionError
from planrules.plan.dependent import OWNED
from planrules.plan.elected import Agreement, Elected
from planrules.plan.scope import not_evaluated
from planrules.supplements import Schedules

FULL = 100
"""The percentage of an account that is owned whole."""

Percent = int | Decimal


class Schedule(BaseModel):
    """Nonforfeitable percentage by Years of Service: the percent of the greatest listed year not above one's own."""

    model_config = ConfigDict(frozen=True)

    rows: tuple[tuple[int, Percent], ...]

    @property
    def full_years(self) -> int:
        """The Years of Service at which 100% is reached."""
        return next(years for years, percent in self.rows if percent == FULL)

    @property
    def whole(self) -> bool:
        """Whether every percentage is a whole number."""
        return all(isinstance(percent, int) for _, percent in self.rows)


AT_ONCE = Schedule(rows=((0, FULL),))
"""100% Nonforfeitable at all times: no Year of Service is needed."""


class Pair(BaseModel):
    """The schedules of one account; with one schedule for every Plan Year the two are the same."""

    model_config = ConfigDict(frozen=True)

    top_heavy: Schedule
    non_top_heavy: Schedule

    @property
    def single(self) -> bool:
        """Whether it does not matter if a Plan Year is top heavy."""
        return self.top_heavy == self.non_top_heavy


_FULL_AT_ONCE = Pair(top_heavy=AT_ONCE, non_top_heavy=AT_ONCE)


def employer_schedules(agreement: Agreement) -> Elected[Pair]:
    """The schedules of the Employer Contributions Account (AA 5.03(a), (b))."""

    def graduated(option: str) -> Pair:
        return _pair(option, agreement.blank(option, "top_heavy"), agreement.blank(option, "non_top_heavy"))

    return agreement.one_of("the vesting schedule", {"5.03(a)": lambda _: _FULL_AT_ONCE, "5.03(b)": graduated})


def matching_schedules(agreement: Agreement, employer: Elected[Pair]) -> Elected[Pair]:
    """The schedules of the account that receives the match (AA 5.03(c), 3.04(a)); those of `employer` by default."""
    if agreement.elections.has("3.04(a)(2)"):
        return Elected(_FULL_AT_ONCE, ("AA 3.04(a)(2)", "AA 5.03"))
    if not agreement.elections.has("5.03(c)"):
        return employer

    def addendum(option: str) -> Pair:
        told = agreement.meaning(option, Schedules, OWNED)
        return employer.value if told is None else _pair(option, told.top_heavy, told.non_top_heavy)

    return agreement.one_of("the vesting of the match", {"5.03(c)(1)": lambda _: _FULL_AT_ONCE, "5.03(c)(2)": addendum})


def minimum_vested_amount(agreement: Agreement) -> Elected[Decimal | None]:
    """The dollars that are owned whatever the percentage; null where there is no such amount (AA 5.03(e), (f))."""

    def amount(option: str) -> Decimal | None:
        return Decimal(agreement.blank(option, "amount"))

    return agreement.one_of("minimum vesting", {"5.03(e)": lambda _: None, "5.03(f)": amount})


def top_heavy_once(agreement: Agreement, pairs: Iterable[Pair]) -> Elected[bool]:
    """Whether one top-heavy Plan Year makes the Top Heavy schedule apply for good (AA 5.03(d)).

    Nothing hangs on it, and nothing is elected, where no account has a schedule for other Plan Years.
    """
    if not agreement.elections.has("5.03(d)") and all(pair.single for pair in pairs):
        return Elected(value=False, cites=("AA 5.03",))
    return agreement.one_of(
        "when the Top Heavy schedule applies", {"5.03(d)(1)": lambda _: False, "5.03(d)(2)": lambda _: True}
    )


def _pair(option: str, top_heavy: Mapping[int, Percent], other: Mapping[int, Percent] | None) -> Pair:
    fast = _schedule(option, "top_heavy", top_heavy)
    return Pair(top_heavy=fast, non_top_heavy=fast if other is None else _schedule(option, "non_top_heavy", other))


def _schedule(option: str, blank: str, filled: Mapping[int, Percent]) -> Schedule:
    rows = tuple(sorted((int(years), _plain(percent)) for years, percent in filled.items()))
    if not any(percent == FULL for _, percent in rows):
        raise UnsupportedElectionError([not_evaluated(f"{option}, {blank}: a schedule that never reaches 100%")])
    return Schedule(rows=rows)


def _plain(percent: Percent) -> Percent:
    """A whole percentage as a whole number: 50 and 50.0 are one schedule, written one way."""
    return int(percent) if percent == int(percent) else Decimal(percent).normalize()
