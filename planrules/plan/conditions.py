"""AA 2.01(a)-(c): the age and the service that are asked for before somebody can become a Participant."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from planrules.dates import MONTHS_IN_A_YEAR
from planrules.errors import UnsupportedElectionError
from planrules.plan.elected import Agreement, Elected
from planrules.plan.scope import not_evaluated


class Conditions(BaseModel):
    """All of these have to be met. With none of them, the first Hour of Service is enough.

    Attributes:
        age: years of age to attain; null when none is asked.
        years: Years of Service to complete.
        months: months after the Employment Commencement Date that have to pass; null when none are asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    age: Decimal | None = None
    years: int = 0
    months: int | None = None


def conditions(agreement: Agreement, measured_by: tuple[str, ...]) -> Elected[Conditions]:
    """The conditions of (a) and (b). `measured_by` is cited beside a condition of Years of Service.

    Raises:
        UnsupportedElectionError: neither is checked, or the service is not one of those of (b).
    """
    has = agreement.elections.has
    if not has("2.01(a)") and not has("2.01(b)"):
        raise UnsupportedElectionError([not_evaluated("2.01: neither (a) nor (b) is checked")])
    age = whole_months(agreement, "2.01(a)")
    if not has("2.01(b)"):
        return Elected(Conditions(age=age), ("AA 2.01(a)",))
    service = agreement.one_of(
        "the service condition",
        {
            "2.01(b)(1)": lambda _: Conditions(age=age, years=1),
            "2.01(b)(2)": lambda at: Conditions(age=age, months=agreement.blank(at, "months")),
            "2.01(b)(3)": lambda _: Conditions(age=age),
        },
    )
    measured = measured_by if service.value.years else ()
    return Elected(service.value, (*(() if age is None else ("AA 2.01(a)",)), *service.cites, *measured))


def conditions_apart(agreement: Agreement, measured_by: tuple[str, ...]) -> Elected[Conditions | None]:
    """The conditions of (c)(2), which are asked for the contributions of (c)(1); null where there are none.

    Raises:
        UnsupportedElectionError: (c) is checked without a condition.
    """
    has = agreement.elections.has
    asked = [each for each in ("2.01(c)(2)(i)", "2.01(c)(2)(ii)", "2.01(c)(2)(iii)", "2.01(c)(2)(iv)") if has(each)]
    if not has("2.01(c)"):
        return Elected(None, ("AA 2.01(c)",))
    if not asked:
        raise UnsupportedElectionError([not_evaluated("2.01(c): none of the conditions of (c)(2) is checked")])
    found = Conditions(
        age=whole_months(agreement, "2.01(c)(2)(iv)"),
        years=agreement.blank("2.01(c)(2)(i)", "years") or 0,
        months=agreement.blank("2.01(c)(2)(ii)", "months"),
    )
    measured = measured_by if found.years else ()
    without_break = ("Plan 2.03(A)",) if found.years > 1 else ()
    return Elected(found, (*(f"AA {each}" for each in asked), *measured, *without_break))


def whole_months(agreement: Agreement, option: str) -> Decimal | None:
    """An age filled in, in years and whole months; null where none is.

    Raises:
        UnsupportedElectionError: a part of a year that is no number of months.
    """
    filled = agreement.blank(option, "age")
    if filled is None:
        return None
    if (Decimal(filled) * MONTHS_IN_A_YEAR) % 1:
        raise UnsupportedElectionError([not_evaluated(f"{option}: the age is not in years and whole months")])
    return Decimal(filled)
