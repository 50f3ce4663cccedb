"""What an adoption agreement elects, as the oracle holds it; the defaults are what Steel Technologies elected.

Money is in dollars, hours in Hours of Service, percents in whole or decimal percents, ages in years (half years as .5).
`oracle_elections` fills it from an elections file; the convention numbers are those of the project's conventions.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

EMPLOYER: Final = "Steel Technologies Inc."
PREDECESSOR: Final = "MiTech Steel Inc."  # AA 1.29(a), (b)
FIRST_ENTRY_DATE: Final = date(1993, 8, 1)  # AA 1.18, 2.01(f)
ENTRY_DAYS: Final = ((1, 1), (4, 1), (7, 1), (10, 1))  # AA 2.01(f)
NORMAL_RETIREMENT: Final = "normal_retirement_age"

MonthDay = tuple[int, int]
Table = tuple[tuple[int, Decimal], ...]  # (Years of Service, percent from there on), rising


class NotKnownError(ValueError):
    """The agreement leaves this to words, or a fact of the person is missing: the oracle never guesses."""


@dataclass(frozen=True)
class Excepted:
    """Service with a predecessor that does not count (AA 1.29(c)); a null end is open."""

    employer: str
    start: date | None = None
    end: date | None = None

    def holds(self, employer: str, day: date) -> bool:
        """Say whether the day of service with the employer is left out."""
        after_start = self.start is None or self.start <= day
        return employer == self.employer and after_start and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Service:
    """Crediting of service (AA 1.17, 1.18, 1.27, 1.29)."""

    plan_year_end: MonthDay = (9, 30)
    effective_on: date = FIRST_ENTRY_DATE
    established_on: date = FIRST_ENTRY_DATE
    equivalency: str | None = None  # daily, weekly, semi-monthly payroll periods, monthly
    actual_for: frozenset[str] = frozenset()  # participation, vesting, accrual: actual hours after all
    predecessors: tuple[str, ...] = (PREDECESSOR,)
    predecessor_counts_for: frozenset[str] = frozenset({"participation", "vesting"})
    excepted: tuple[Excepted, ...] = ()


@dataclass(frozen=True)
class Condition:
    """Conditions that must all be met: null where a kind is not asked (AA 2.01(a), (b), (c)(2))."""

    age: Decimal | None = None
    years: int | None = None
    months: int | None = None
    hour: bool = False


@dataclass(frozen=True)
class Eligibility:
    """Who joins, and when (AA 1.07, 2.01 to 2.06)."""

    excluded_classes: tuple[str, ...] = ("collective_bargaining", "leased")
    joining: tuple[tuple[str, date | None], ...] = ()  # other employers whose Employees join, each from a day
    condition: Condition = Condition(years=1)
    other_condition: Condition | None = None  # 2.01(c)(2)
    other_for: tuple[str, ...] = ()  # 2.01(c)(1): nonelective, matching, qualified_nonelective
    entry_days: tuple[MonthDay, ...] = ENTRY_DAYS  # besides the first one, 2.01(f)
    entry_months: tuple[int, ...] = ()  # months after the first day of the Plan Year, 2.01(d) and (e)
    first_entry_on: date = FIRST_ENTRY_DATE
    side: str = "following"  # following, preceding, nearest
    employed_by: date | None = None  # 2.01(k): who was employed on or before the day joins otherwise
    earlier_employees: str = ""  # age: 2.01(k)(1); prior: (k)(2); other: (k)(3)
    earlier_age: Decimal | None = None
    hours: Decimal = Decimal(1000)  # 2.02
    by_anniversaries: bool = False  # 2.02(c)
    hold_out: bool = False  # 2.03(B)
    opt_out: bool = False  # 2.06(b)


@dataclass(frozen=True)
class Limit:
    """A limit written in words, as its supplement gives it; one of the two is null."""

    dollars: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True)
class Formula:
    """One matching formula of AA 3.01(h).

    `percents`: one for all eligible contributions, or one a tier; `by_years`: (4). Null rates are the employer's facts.
    """

    cite: str
    percents: tuple[Decimal, ...] = ()
    by_years: Table = ()
    years: str = ""  # vesting, eligibility
    counted_on: str = ""  # plan_year_start, allocation_date

    def tiered(self) -> bool:
        """Say whether it is worked out tier by tier."""
        return self.cite in {"3.01(h)(2)", "3.01(h)(3)(ii)"}


@dataclass(frozen=True)
class Match:
    """The match and what it is reckoned on (AA 1.12, 3.01(h) to (j), 3.04(c))."""

    left_out: frozenset[str] = frozenset()  # elective, bonus, overtime, commissions: 1.12(b), (f), (g), (h)
    most_compensation: Decimal | None = None  # 1.12(d)
    formulas: tuple[Formula, ...] = (Formula("3.01(h)(3)(ii)"),)
    no_more_than: Limit | None = None  # 3.01(h)(5)(i)
    no_less_than: Limit | None = None  # 3.01(h)(5)(ii)
    eligible: tuple[str, ...] = ("salary_reduction",)  # 3.01(i)
    disregarded_above: Limit | None = None  # 3.01(j)(2)
    tiers: tuple[Decimal, ...] = (Decimal(3), Decimal(3))  # 3.01(j)(3), percent of Compensation
    tiers_of_plan_year: bool = False
    allocated_every: str = "month"  # month, quarter, pay_period, plan_year: 3.04(c)


@dataclass(frozen=True)
class Accrual:
    """Requirements for an allocation (AA 3.06). Contributions: matching, nonelective, qualified_nonelective."""

    safe_harbor: bool = False  # (c)
    hours: Decimal | None = Decimal(1000)  # (d)(1), (2)
    hours_note: bool = True  # typed beside (d): nonelective contributions and QNECs only
    no_hours_after: frozenset[str] = frozenset()  # (d)(3): death, disability, retirement
    leavers_hours: Decimal | None = None  # (d)(4)
    no_hours_for: frozenset[str] = frozenset()  # (d)(5)
    employed: bool = True  # (e)
    unemployed_after: frozenset[str] = frozenset()  # (e)(2) to (4): death, disability, retirement
    unemployed_for: frozenset[str] = frozenset()  # (e)(5)
    not_highly_compensated: tuple[str, ...] = ()  # (k): "all", or options of 3.01


@dataclass(frozen=True)
class Change:
    """When a salary reduction agreement may be revoked, made anew or changed (AA 3.01(k)(2) to (4)).

    `kind`: entry_date, month, plan_year, payroll, days, until (a day of the Plan Year).
    """

    kind: str = "entry_date"
    days: tuple[MonthDay, ...] = ()


@dataclass(frozen=True)
class Deferral:
    """Salary reduction (AA 3.01(k))."""

    maximum: Decimal | None = Decimal(15)
    minimum: Decimal | None = None
    revoke: Change = Change()
    resume: Change = Change()
    change: Change = Change()


@dataclass(frozen=True)
class Schedules:
    """Vesting by Years of Service; no schedule for other years: the top heavy one always (AA 5.03(b), (c)(2))."""

    top_heavy: Table = ((3, Decimal(100)),)
    other: Table | None = ((5, Decimal(100)),)


@dataclass(frozen=True)
class Vesting:
    """Vesting of the two accounts of employer money, null for full vesting at once (AA 5.01 to 5.08)."""

    retirement_age: Decimal = Decimal(65)  # 5.01
    retirement_anniversary: int | None = None  # 5.01(b)
    full_on: frozenset[str] = frozenset({"death", "disability"})  # 5.02
    employer: Schedules | None = Schedules()
    regular_matching: Schedules | None = Schedules()
    top_heavy_ever_after: bool = False  # 5.03(d)(2)
    least: Decimal | None = None  # 5.03(f), dollars
    deemed_cash_out: bool = True  # 5.04
    by_employment_years: bool = False  # 5.06(b)
    hours: Decimal = Decimal(1000)  # 5.06
    not_before_age: Decimal | None = None  # 5.08(b)
    not_before_plan: bool = False  # 5.08(c)
    parity: bool = True  # 5.08(d)


@dataclass(frozen=True)
class DateRule:
    """A day counted from another one: days, months or Plan Years after it (convention 53).

    `at_once_from`: (age, or null for Normal Retirement Age; Years of Service or null) that make it that day itself.
    """

    days: int = 0
    months: int | None = None
    plan_years: int | None = None
    day: str | int = "first"
    at_once_from: tuple[tuple[Decimal | None, int | None], ...] = ()


@dataclass(frozen=True)
class Date:
    """One elected distribution date: the rule counts from `since`.

    `since`: separation, breaks (the last of so many), retirement (Normal Retirement Age), retirement_year (the close of
    its Plan Year), age. `wait`: not before so many days after the separation.
    """

    since: str
    rule: DateRule = DateRule()
    breaks: int = 0
    wait: int = 0
    age: Decimal | None = None
    years: int = 0


STEEL_WAIT: Final = DateRule(days=90, at_once_from=((None, None), (Decimal(55), 10)))


@dataclass(frozen=True)
class Payment:
    """Payment after separation and in service (AA 6.01, 6.03)."""

    general: DateRule = STEEL_WAIT  # 6.01
    small: tuple[Date, ...] = ()  # 6.01(a) to (e); none: the general date
    large: tuple[Date, ...] = (Date("separation"),)  # 6.03(a) to (c)
    disability: DateRule | None = DateRule()  # 6.01(f), (h); null: (g)
    hardship_after: str = ""  # 6.01(j): (1), (2), (3)
    employer_age: Decimal | None = None  # 6.03(e)(2)
    employer_retirement: bool = False  # 6.03(e)(1)
    employer_age_percent: Decimal = Decimal(0)
    employer_years: int | None = None  # 6.03(f)
    deferral_age: Decimal | None = None  # 6.03(j)(2)
    deferral_retirement: bool = False  # 6.03(j)(1)
    hardship_employer: bool = False  # 6.03(g)
    hardship_percent: Decimal = Decimal(0)  # 6.03(g)(4)
    hardship_deferral: bool = True  # 6.03(k)


@dataclass(frozen=True)
class Agreement:
    """All of it, with what was filled in as it stands in the elections file (`checked`, `supplements`)."""

    employer: str = EMPLOYER
    contributions: frozenset[str] = frozenset({"matching", "nonelective", "qualified_nonelective"})  # 3.01(b), (c), (d)
    service: Service = Service()
    eligibility: Eligibility = Eligibility()
    match: Match = Match()
    accrual: Accrual = Accrual()
    deferral: Deferral = Deferral()
    vesting: Vesting = Vesting()
    payment: Payment = Payment()
    checked: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    supplements: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
