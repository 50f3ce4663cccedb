"""Article VI: when benefits are paid, when consent is needed and when the rest is forfeited."""

from decimal import Decimal
from typing import Literal

from planrules.dates import LeapDay
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.payment_dates import (
    PaymentDate,
    disability_date,
    elected_dates,
    general_date,
    small_benefit_date,
)
from planrules.plan.schedules import minimum_vested_amount


class Distribution(Provisions):
    """When a person is paid after leaving (AA 5.04, 6.01-6.03; Plan 5.04, 5.09, 6.01). Amounts in whole dollars."""

    general_date: PaymentDate | None
    small_benefit_date: PaymentDate | None
    elected_dates: tuple[PaymentDate, ...]
    disability_date: PaymentDate | None
    disability_has_its_own_date: bool
    ten_years_of_service: Literal["vesting_years", "elapsed_employment"]
    leap_day_anniversary: LeapDay
    consent_amount: int
    consent_age: int
    default_payment_days: int
    required_beginning_years: int
    required_beginning_months: int
    retirement_counts_before_year: int
    deemed_cash_out: bool
    minimum_vested_amount: Decimal | None
    minimum_vested_covers: Literal["accrued_benefit", "employer_money"]
    restoration_years: int

    @property
    def payment_dates(self) -> tuple[PaymentDate, ...]:
        """Every distribution date, each box once."""
        found = (self.general_date, self.small_benefit_date, *self.elected_dates, self.disability_date)
        return tuple({date.box: date for date in found if date is not None}.values())


def distribution(agreement: Agreement) -> Distribution:
    """The distribution provisions of an agreement.

    Raises:
        UnsupportedElectionError: no distribution date is elected, or several where the form allows one.
    """
    general = general_date(agreement)
    disability = disability_date(agreement)
    small, elected = small_benefit_date(agreement, general.value), elected_dates(agreement)
    dates = (general.value, small.value, *elected.value, disability.value)
    asks_years = any(each.years for date in dates if date is not None for each in date.at_once_from)
    own = not agreement.elections.has("6.01(g)")
    return Distribution.of(
        general_date=general,
        small_benefit_date=small,
        elected_dates=elected,
        disability_date=disability,
        disability_has_its_own_date=Elected(own, disability.cites),
        ten_years_of_service=agreement.reading("ten_years_of_service", bears=asks_years),
        leap_day_anniversary=agreement.reading("leap_day_anniversary"),
        consent_amount=agreement.fixed("consent_amount"),
        consent_age=agreement.fixed("consent_age"),
        default_payment_days=agreement.fixed("default_payment_days"),
        required_beginning_years=agreement.fixed("required_beginning_years"),
        required_beginning_months=agreement.fixed("required_beginning_months"),
        retirement_counts_before_year=agreement.fixed("retirement_counts_before_year"),
        deemed_cash_out=agreement.one_of(
            "the deemed cash-out", {"5.04(a)": lambda _: False, "5.04(b)": lambda _: True}
        ),
        minimum_vested_amount=minimum_vested_amount(agreement),
        minimum_vested_covers=agreement.reading("minimum_vested_covers", bears=agreement.elections.has("5.03(f)")),
        restoration_years=agreement.fixed("restoration_years"),
    )
