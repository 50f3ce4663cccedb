"""Section 6.03, before a Separation from Service: withdrawals from an age or after years, and hardship."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from planrules.dates import LeapDay
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.payment_dates import Age, age_of

Account = Literal["deferral", "regular_matching", "employer"]
Percent = int | Decimal
_EMPLOYER_MONEY: tuple[Account, ...] = ("regular_matching", "employer")
_NOBODY: tuple[Account, ...] = ()
_AT_WORK = "participant_at_work"
"""The flag of the people whom an option about the time before separation reaches."""


class InService(Provisions):
    """What can be paid to a Participant at work, and in a hardship (AA 6.01(i), (j), 6.03(d)-(l)).

    Attributes:
        employer_from_retirement_age: the match and the Employer's other money from Normal Retirement Age on.
        employer_from_age: the same from an age; null when not elected.
        employer_from_age_percent: the least percentage owned for it.
        employer_after_years: the same after so many years as a Participant, 100% owned; null when not elected.
        deferral_from_retirement_age: the deferral and qualified accounts from the later of Normal Retirement Age and
            the earliest age of the law.
        deferral_from_age: the same from an age; null when not elected.
        earliest_deferral_years: the earliest age at which the law lets deferrals be withdrawn, its years ...
        earliest_deferral_months: ... and months.
        hardship_at_work: the accounts from which there is a hardship distribution before separation.
        hardship_percent: the least percentage owned for one from the match and the Employer's other money.
        hardship_after_separation: the accounts from which there is one after it.
        employer_money: what is in the Regular Matching and Employer Contributions Accounts, in words: the match is
            not where it goes to the Qualified Matching Contributions Account (AA 3.04(a)).
        deferral_money: what is in the Deferral and Qualified Contributions Accounts, in words.
    """

    employer_from_retirement_age: bool
    employer_from_age: Age | None
    employer_from_age_percent: Percent
    employer_after_years: Age | None
    deferral_from_retirement_age: bool
    deferral_from_age: Age | None
    earliest_deferral_years: int
    earliest_deferral_months: int
    hardship_at_work: tuple[Account, ...]
    hardship_percent: Percent
    hardship_after_separation: tuple[Account, ...]
    leap_day_anniversary: LeapDay
    employer_money: str
    deferral_money: str


def in_service(agreement: Agreement) -> InService:
    """The provisions for a Participant at work and for hardship; free text is noted as untold."""
    if agreement.elections.has("6.03(h)"):
        agreement.tell_not("6.03(h)", ("employer_withdrawal_on", "hardship_accounts"), only=_AT_WORK)
    if agreement.elections.has("6.03(l)"):
        agreement.tell_not("6.03(l)", ("deferral_withdrawal_on", "hardship_accounts"), only=_AT_WORK)
    return InService.of(
        employer_from_retirement_age=Elected(
            agreement.elections.has("6.03(e)(1)"), _cites(agreement, ("6.03(e)(1)",), ("6.03(d)", "6.03(g)"))
        ),
        employer_from_age=_age(agreement, "6.03(e)(2)"),
        employer_from_age_percent=_percent(agreement, "6.03(e)(2)"),
        employer_after_years=_age(agreement, "6.03(f)", "years"),
        deferral_from_retirement_age=Elected(
            agreement.elections.has("6.03(j)(1)"), _cites(agreement, ("6.03(j)(1)",), ("6.03(i)", "6.03(k)"))
        ),
        deferral_from_age=_age(agreement, "6.03(j)(2)"),
        earliest_deferral_years=agreement.fixed("earliest_deferral_years"),
        earliest_deferral_months=agreement.fixed("earliest_deferral_months"),
        hardship_at_work=_hardship_at_work(agreement),
        hardship_percent=_percent(agreement, "6.03(g)(4)"),
        hardship_after_separation=_hardship_after_separation(agreement),
        leap_day_anniversary=agreement.reading("leap_day_anniversary"),
        employer_money=_money(agreement, _EMPLOYER_MONEY_IN_WORDS),
        deferral_money=_money(agreement, _DEFERRAL_MONEY_IN_WORDS),
    )


_EMPLOYER_MONEY_IN_WORDS = {
    "3.01": "the Employer's money",
    "3.04(a)(1)": "the match and the Employer's other money",
    "3.04(a)(2)": "the Employer's money other than the match",
    "3.04(a)(3)": "the Employer's other money and what of the match is in the Regular Matching Contributions Account",
}
_DEFERRAL_MONEY_IN_WORDS = {
    "3.01": "elective deferrals",
    "3.04(a)(1)": "elective deferrals",
    "3.04(a)(2)": "elective deferrals and the match",
    "3.04(a)(3)": "elective deferrals and what of the match is in the Qualified Matching Contributions Account",
}
"""By the box that names the account of the match; section 3.01 stands for a plan without a match."""


def _money(agreement: Agreement, words: Mapping[str, str]) -> Elected[str]:
    """What the accounts of a part of 6.03 hold; without a box the match goes to the Regular account."""
    boxes = [option for option in words if option != "3.01" and agreement.elections.has(option)]
    box = (boxes or ["3.04(a)(1)"])[0] if agreement.elections.has("3.01(b)") else "3.01"
    return Elected(words[box], (f"AA {box}",))


def _cites(agreement: Agreement, options: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the options that are checked; where none is, those of the others, and else the section."""
    for group in (options, others):
        if checked := tuple(f"AA {option}" for option in group if agreement.elections.has(option)):
            return checked
    return ("AA 6.03",)


def _age(agreement: Agreement, option: str, blank: str = "age") -> Elected[Age | None]:
    age = agreement.blank(option, blank)
    return Elected(None if age is None else age_of(age), (f"AA {option}",))


def _percent(agreement: Agreement, option: str) -> Elected[Percent]:
    return Elected(agreement.blank(option, "vested_percent") or 0, (f"AA {option}",))


def _hardship_at_work(agreement: Agreement) -> Elected[tuple[Account, ...]]:
    """The deferral account by (k), the match and the Employer's other money by (g), whichever policy it names."""
    policies = ("6.03(g)(1)", "6.03(g)(2)", "6.03(g)(3)")
    employer = _employer_accounts(agreement) if any(map(agreement.elections.has, policies)) else _NOBODY
    deferral: tuple[Account, ...] = ("deferral",) if agreement.elections.has("6.03(k)") else ()
    return Elected((*deferral, *employer), _cites(agreement, ("6.03(k)", *policies), ("6.03(d)", "6.03(i)")))


def _employer_accounts(agreement: Agreement) -> tuple[Account, ...]:
    """The accounts of Employer money that can be had in a hardship.

    A match that goes to the Qualified Matching Contributions Account never can (Plan 14.03(m)).
    """
    qualified = agreement.elections.has("3.04(a)(2)")
    return tuple(each for each in _EMPLOYER_MONEY if not (qualified and each == "regular_matching"))


def _hardship_after_separation(agreement: Agreement) -> Elected[tuple[Account, ...]]:
    """None by (i); by (j) the match and the Employer's other money, and deferrals where section 14.11 is the policy.

    Raises:
        UnsupportedElectionError: neither is checked, or both.
    """
    employer = _employer_accounts(agreement)

    def policy(_: str) -> tuple[Account, ...]:
        return ("deferral", *employer) if agreement.elections.has("6.01(j)(2)") else employer

    found = agreement.one_of("hardship after Separation", {"6.01(i)": lambda _: _NOBODY, "6.01(j)": policy})
    policies = ("6.01(j)(1)", "6.01(j)(2)", "6.01(j)(3)")
    return Elected(found.value, _cites(agreement, policies, ("6.01(i)",)))
