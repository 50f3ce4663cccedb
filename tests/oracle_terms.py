"""The terms that the oracle answers by: an agreement, the employer's facts and the chosen readings.

Money is in dollars, hours in Hours of Service, percents in whole or decimal percents. The constants are what the basic
plan document and the law fix for every employer; `Agreement` carries what an employer elects, as Steel did unless said
otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from oracle_elections import agreement
from oracle_plan import EMPLOYER, FIRST_ENTRY_DATE, PREDECESSOR, Agreement

__all__ = ["EMPLOYER", "FIRST_ENTRY_DATE", "PREDECESSOR", "READINGS", "STEEL", "MatchRate", "Terms"]

HOURS_A_DAY: Final = 24  # most hours that a day still ahead can bring
BREAK_HOURS: Final = Decimal(500)  # 2.03, 5.07: a Break is 500 hours or fewer
SAFE_HARBOR_HOURS: Final = Decimal(501)  # AA 3.06(c)
FORFEITURE_BREAKS: Final = 5  # 5.08(a)
ELECTION_YEARS: Final = 3  # 7.05: Years of Service of who may keep the faster schedule
MATERNITY_HOURS: Final = Decimal(501)  # 1.27, most that one absence can credit
CONSENT_AGE: Final = Decimal(62)  # 6.01(A)(2)
SMALL_BENEFIT: Final = Decimal("3500.00")  # 6.01(A)(1)
RESTORATION_YEARS: Final = 5  # 5.04(A)
REQUIRED_SINCE: Final = 1988  # 6.01(B): 70 1/2 reached before this calendar year lets the employed wait
FULL: Final = Decimal(100)

# 29 CFR 2530.200b-3(e)(1): Hours of Service for a unit with at least one hour.
EQUIVALENT_HOURS: Final = {
    "daily": Decimal(10), "weekly": Decimal(45), "semi-monthly payroll periods": Decimal(95), "monthly": Decimal(190),
}  # fmt: skip

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
# Readings of places that Steel's own elections never reach, or that its note settles.
FURTHER_READINGS: Final = {
    "hours_condition_on_match": ("no_hours_condition", "hours_each_month"),
    "week_begins": ("sunday", "monday"),
    "months_condition_completed_on": ("last_day_of_months", "monthly_anniversary"),
    "nearest_entry_tie": ("earlier", "later"),
}


@dataclass(frozen=True)
class MatchRate:
    """Percent that the employer matches, from a date on: of each tier, or `rate` of all eligible contributions."""

    since: date
    tier_1: Decimal | None = None
    tier_2: Decimal | None = None
    further: tuple[Decimal, ...] = ()
    rate: Decimal | None = None

    def tiers(self) -> tuple[Decimal, ...]:
        """Give the percents of the tiers in order; empty where none is on file."""
        return tuple(each for each in (self.tier_1, self.tier_2) if each is not None) + self.further

    def written(self) -> dict[str, object]:
        """Give the rate as a plan facts file writes it."""
        found: dict[str, object] = {"from": self.since}
        if self.further or (self.tier_1 is not None and self.tier_2 is None):
            found["tiers"] = list(self.tiers())
        elif self.tier_1 is not None:
            found |= {"tier_1": self.tier_1, "tier_2": self.tier_2}
        return found if self.rate is None else found | {"rate": self.rate}


@dataclass(frozen=True)
class Terms:
    """The agreement, the employer's facts and the chosen readings.

    `top_heavy_plan_years` holds last days of Plan Years; `tested_through` is only handed on (see `facts`): here a
    Plan Year that is not listed is not top heavy. `highly_compensated`: employee ids by last day of a Plan Year.
    """

    match_rates: tuple[MatchRate, ...] = (MatchRate(FIRST_ENTRY_DATE, Decimal(50), Decimal(25)),)
    top_heavy_plan_years: frozenset[date] = frozenset()
    tested_through: date | None = date(2010, 9, 30)
    highly_compensated: tuple[tuple[date, tuple[str, ...]], ...] = ()
    plan: Agreement = field(default_factory=Agreement)
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
    hours_condition_on_match: str = "no_hours_condition"
    week_begins: str = "sunday"
    months_condition_completed_on: str = "last_day_of_months"
    nearest_entry_tie: str = "earlier"

    def __post_init__(self) -> None:
        """Refuse an option that a reading does not have."""
        known = READINGS | FURTHER_READINGS
        for name in known:
            option = getattr(self, name)
            if option not in known[name]:
                message = f"{name} cannot be {option!r}: choose one of {known[name]}"
                raise ValueError(message)

    @classmethod
    def of(
        cls,
        checked: Mapping[str, Any],
        facts: Mapping[str, Any] | None = None,
        readings: Mapping[str, str] | None = None,
        supplements: Mapping[str, Any] | None = None,
        employer: str = EMPLOYER,
    ) -> "Terms":
        """Read an agreement as an elections file writes it, with the facts as a plan facts file writes them."""
        said = dict(facts or {})
        top_heavy = said.get("top_heavy") or {}
        rates = tuple(_rate(each) for each in said.get("match_rates") or ())
        highly = [
            (_date(each["plan_year"]), tuple(each["employee_ids"])) for each in said.get("highly_compensated", [])
        ]
        known: dict[str, Any] = {name: option for name, option in (readings or {}).items() if name in _NAMES}
        return cls(
            match_rates=rates,
            top_heavy_plan_years=frozenset(_date(each) for each in top_heavy.get("plan_years") or ()),
            tested_through=_date(top_heavy["tested_through"]) if top_heavy.get("tested_through") else None,
            highly_compensated=tuple(highly),
            plan=agreement(dict(checked), dict(supplements or {}), employer),
            **known,
        )

    def readings(self) -> dict[str, str]:
        """Give the chosen option of every reading, as an elections file writes them.

        Of the further readings only those that are not the supported one.
        """
        chosen = {each.name: getattr(self, each.name) for each in fields(self) if each.name in READINGS}
        further = {name: getattr(self, name) for name, options in FURTHER_READINGS.items()}
        return chosen | {name: option for name, option in further.items() if option != FURTHER_READINGS[name][0]}

    def reading(self, **options: str) -> "Terms":
        """Give the same terms read otherwise."""
        chosen: dict[str, Any] = dict(options)
        return replace(self, **chosen)

    def facts(self) -> dict[str, object]:
        """Give the employer's facts as a plan facts file writes them."""
        found: dict[str, object] = {
            "match_rates": [rate.written() for rate in self.match_rates],
            "top_heavy": {
                "tested_through": self.tested_through,
                "plan_years": sorted(self.top_heavy_plan_years),
            },
        }
        if self.highly_compensated:
            found["highly_compensated"] = [
                {"plan_year": end, "employee_ids": list(ids)} for end, ids in self.highly_compensated
            ]
        return found


_NAMES: Final = {*READINGS, *FURTHER_READINGS}


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _rate(said: Mapping[str, Any]) -> MatchRate:
    """Read one entry of the match rates."""
    tiers = [Decimal(str(each)) for each in said.get("tiers") or ()]
    if not tiers:
        tiers = [Decimal(str(said[name])) for name in ("tier_1", "tier_2") if said.get(name) is not None]
    rate = said.get("rate")
    return MatchRate(
        _date(said["from"]),
        *tiers[:2],
        further=tuple(tiers[2:]),
        rate=None if rate is None else Decimal(str(rate)),
    )


STEEL: Final = Terms()
