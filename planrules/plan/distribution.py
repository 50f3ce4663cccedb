"""Article VI: when benefits are paid, when consent is needed and when the rest is forfeited."""

from decimal import Decimal
from typing import Literal

from planrules.dates import LeapDay
from planrules.errors import UnsupportedElectionError
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.scope import not_evaluated
from planrules.supplements import DistributionDate


class Distribution(Provisions):
    """When a person is paid after leaving (AA 5.04, 6.01-6.03; Plan 5.04, 5.09, 6.01). Amounts in whole dollars."""

    payable_after_days: int
    at_once_at_retirement_age: bool
    at_once_age: int | None
    at_once_years: int | None
    ten_years_of_service: Literal["vesting_years", "elapsed_employment"]
    at_once_events: tuple[str, ...]
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
    accrual_hours: int


def distribution(agreement: Agreement) -> Distribution:
    """The distribution provisions of an agreement.

    Raises:
        UnsupportedElectionError: a distribution date without a structured supplement, or another date elected.
    """
    agreement.one_of("elections after Separation", {"6.03(b)(2)": lambda _: True})
    agreement.one_of("the distribution date after disability", {"6.01(f)": lambda _: True})
    supplement = _meaning(agreement)
    exceptions = supplement.at_once_from if agreement.choices["distribution_dates"] == "general_and_exception" else ()
    early = next((each for each in exceptions if each.age != "normal_retirement_age"), None)
    dates = ("AA 6.01", "AA 6.01(b)", "AA 6.01(e)")
    return Distribution.of(
        payable_after_days=Elected(supplement.days_after_separation or 0, ("AA 6.01", "AA 6.01(b)")),
        at_once_at_retirement_age=Elected(any(each.age == "normal_retirement_age" for each in exceptions), dates),
        at_once_age=Elected(None if early is None else int(early.age), dates),
        at_once_years=Elected(None if early is None else early.years_of_service or 0, dates),
        ten_years_of_service=agreement.reading("ten_years_of_service"),
        at_once_events=_events(agreement),
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
        minimum_vested_amount=agreement.one_of(
            "minimum vesting", {"5.03(e)": lambda _: None, "5.03(f)": lambda at: agreement.blank(at, "amount")}
        ),
        minimum_vested_covers=agreement.reading("minimum_vested_covers"),
        restoration_years=agreement.fixed("restoration_years"),
        accrual_hours=agreement.fixed("accrual_hours"),
    )


def _meaning(agreement: Agreement) -> DistributionDate:
    """The meaning given to the words of 6.01: Normal Retirement Age alone, and one age with years, bring it forward."""
    meaning = agreement.elections.supplements.get("6.01")
    if not isinstance(meaning, DistributionDate) or meaning.days_after_separation is None:
        raise UnsupportedElectionError([not_evaluated("6.01: no meaning is given to its words under `supplements`")])
    retirement = [each for each in meaning.at_once_from if each.age == "normal_retirement_age"]
    early = [each for each in meaning.at_once_from if each.age != "normal_retirement_age"]
    if len(retirement) > 1 or len(early) > 1 or any(each.years_of_service for each in retirement):
        what = "6.01: at_once_from holds more than Normal Retirement Age alone and one age with years of service"
        raise UnsupportedElectionError([not_evaluated(what)])
    return meaning


def _events(agreement: Agreement) -> Elected[tuple[str, ...]]:
    """Death is paid as soon as practical by the document itself; disability by its box."""
    events = ("death", "disability") if agreement.elections.has("6.01(f)") else ("death",)
    return Elected(events, ("AA 6.01(f)", "Plan 6.01(C)"))
