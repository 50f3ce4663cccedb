"""The Steel plan's terms as plain constants: what the oracle reads instead of an elections file.

Money is in dollars, hours in Hours of Service, percents in whole or decimal percents. The constants are what the
Steel Technologies adoption agreement elects; `Terms` carries what may differ from one evaluation to the next, the
employer's facts and the chosen readings.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

EMPLOYER: Final = "Steel Technologies Inc."
PREDECESSOR: Final = "MiTech Steel Inc."  # AA 1.29(a), (b)
EXCLUDED_CLASSES: Final = ("collective_bargaining", "leased")  # AA 1.07(b), (h)
FIRST_ENTRY_DATE: Final = date(1993, 8, 1)  # AA 2.01(f)
ENTRY_DAYS: Final = ((1, 1), (4, 1), (7, 1), (10, 1))  # AA 2.01(f)
YEAR_HOURS: Final = Decimal(1000)  # AA 2.02(a), 5.06(c)
HOURS_A_DAY: Final = 24  # most hours that a day still ahead can bring
BREAK_HOURS: Final = Decimal(500)  # 5.07: a Break is 500 hours or fewer
FORFEITURE_BREAKS: Final = 5  # 5.08(a)
CLIFF_YEARS: Final = 5  # AA 5.03(b), non top heavy
TOP_HEAVY_CLIFF_YEARS: Final = 3  # AA 5.03(b), top heavy
MATERNITY_HOURS: Final = Decimal(501)  # 1.27, most that one absence can credit
TIER_PERCENT: Final = 3  # AA 3.01(j)(3), each tier
DEFERRAL_PERCENT: Final = 15  # AA 3.01(k)(1)(ii)
NORMAL_RETIREMENT_AGE: Final = 65  # AA 5.01
CONSENT_AGE: Final = 62  # 6.01(A)(2)
EARLY_AGE: Final = 55  # AA 6.01
EARLY_YEARS: Final = 10  # AA 6.01
SMALL_BENEFIT: Final = Decimal("3500.00")  # 6.01(A)(1)
WAITING_DAYS: Final = 90  # AA 6.01
RESTORATION_YEARS: Final = 5  # 5.04(A)
REQUIRED_SINCE: Final = 1988  # 6.01(B): 70 1/2 reached before this calendar year lets the employed wait

# Code 402(g), dollars a calendar year; none before 1987.
DEFERRAL_LIMITS: Final = {
    1987: 7000, 1988: 7313, 1989: 7627, 1990: 7979, 1991: 8475, 1992: 8728, 1993: 8994, 1994: 9240, 1995: 9240,
    1996: 9500, 1997: 9500, 1998: 10000, 1999: 10000, 2000: 10500, 2001: 10500, 2002: 11000, 2003: 12000,
}  # fmt: skip

# Code 401(a)(17), dollars, by the calendar year in which the Plan Year begins; none before 1989.
COMPENSATION_LIMITS: Final = {
    1989: 200000, 1990: 209200, 1991: 222220, 1992: 228860, 1993: 235840, 1994: 150000, 1995: 150000, 1996: 150000,
    1997: 160000, 1998: 160000, 1999: 160000, 2000: 170000, 2001: 170000, 2002: 200000, 2003: 200000,
}  # fmt: skip
LAST_LIMIT_YEAR: Final = 2003

READINGS: Final = {
    "entry_on_completion_day": ("next_entry_date", "same_day"),
    "leap_day_anniversary": ("feb_28", "mar_1"),
    "separated_on_last_day": ("at_close", "next_day"),
    "vesting_credit": ("when_hours_reached", "period_end"),
    "deferrals_are_employer_contributions": ("yes", "no"),
    "top_heavy_floor": ("accrued_money", "all_money"),
    "match_employment_condition": ("plan_year_end", "allocation_period_end", "none"),
    "allocation_period": ("calendar_month", "pay_period"),
    "match_pay_after_separation": ("out", "in"),
    "compensation_limit_in_match": ("in_date_order", "monthly_share"),
    "ten_years_of_service": ("vesting_years", "elapsed_employment"),
    "straddling_pay": ("by_days", "by_row_end"),
    "deferral_limit_base": ("plan_year_compensation", "compensation_as_participant"),
}


@dataclass(frozen=True)
class MatchRate:
    """Percent of each tier that the employer matches, from a date on."""

    since: date
    tier_1: Decimal
    tier_2: Decimal


@dataclass(frozen=True)
class Terms:
    """The employer's facts and the chosen readings; everything else is a constant of this module.

    `top_heavy_plan_years` holds last days of Plan Years; `tested_through` is only handed on (see `facts`): here a
    Plan Year that is not listed is not top heavy.
    """

    match_rates: tuple[MatchRate, ...] = (MatchRate(FIRST_ENTRY_DATE, Decimal(50), Decimal(25)),)
    top_heavy_plan_years: frozenset[date] = frozenset()
    tested_through: date | None = date(2010, 9, 30)
    entry_on_completion_day: str = "next_entry_date"
    leap_day_anniversary: str = "feb_28"
    separated_on_last_day: str = "at_close"
    vesting_credit: str = "when_hours_reached"
    deferrals_are_employer_contributions: str = "yes"
    top_heavy_floor: str = "accrued_money"
    match_employment_condition: str = "plan_year_end"
    allocation_period: str = "calendar_month"
    match_pay_after_separation: str = "out"
    compensation_limit_in_match: str = "in_date_order"
    ten_years_of_service: str = "vesting_years"
    straddling_pay: str = "by_days"
    deferral_limit_base: str = "plan_year_compensation"

    def __post_init__(self) -> None:
        """Refuse an option that a reading does not have."""
        for name, option in self.readings().items():
            if option not in READINGS[name]:
                message = f"{name} cannot be {option!r}: choose one of {READINGS[name]}"
                raise ValueError(message)

    def readings(self) -> dict[str, str]:
        """Give the chosen option of every reading, as an elections file writes them."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name in READINGS}

    def reading(self, **options: str) -> "Terms":
        """Give the same terms read otherwise."""
        chosen: dict[str, Any] = dict(options)
        return replace(self, **chosen)

    def facts(self) -> dict[str, object]:
        """Give the employer's facts as a plan facts file writes them."""
        return {
            "match_rates": [
                {"from": rate.since, "tier_1": rate.tier_1, "tier_2": rate.tier_2} for rate in self.match_rates
            ],
            "top_heavy": {
                "tested_through": self.tested_through,
                "plan_years": sorted(self.top_heavy_plan_years),
            },
        }


STEEL: Final = Terms()
