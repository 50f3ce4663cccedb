"""Section 3.01(k) and Article XIV: how much a Participant may defer and when it may be changed."""

from decimal import Decimal
from typing import Literal

from planrules.plan.elected import Agreement, Provisions


class Deferral(Provisions):
    """Elective deferrals (AA 3.01(a)(1), (k); Plan 14.02, 14.07). `deferral_percent` is percent of Compensation."""

    deferral_percent: Decimal
    deferral_limit_base: Literal["plan_year_compensation", "compensation_as_participant"]


def deferral(agreement: Agreement) -> Deferral:
    """The deferral provisions of an agreement.

    Raises:
        UnsupportedElectionError: no salary reduction, no percentage limit, or changes at other times than entry dates.
    """
    agreement.one_of("salary reduction", {"3.01(a)(1)": lambda _: True})
    for what, option in (
        ("revoking", "3.01(k)(2)(ii)"),
        ("resuming", "3.01(k)(3)(ii)"),
        ("changing", "3.01(k)(4)(iii)"),
    ):
        agreement.one_of(f"the date for {what} a salary reduction agreement", {option: lambda _: True})
    return Deferral.of(
        deferral_percent=agreement.one_of(
            "the limit on deferrals", {"3.01(k)(1)(ii)": lambda at: Decimal(agreement.blank(at, "maximum_percent"))}
        ),
        deferral_limit_base=agreement.reading("deferral_limit_base"),
    )
