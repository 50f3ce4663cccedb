"""AA 2.01(j) and (k): whom the eligibility conditions reach, and how the others become Participants."""

from datetime import date
from decimal import Decimal
from typing import Literal, TypedDict

from planrules.plan.conditions import whole_months
from planrules.plan.dependent import ON_ENTRY
from planrules.plan.elected import Agreement, Elected

EarlierEmployees = Literal["at_once", "prior_terms", "written_rule"]
_WAYS: dict[str, EarlierEmployees] = {
    "2.01(k)(1)": "at_once",
    "2.01(k)(2)": "prior_terms",
    "2.01(k)(3)": "written_rule",
}
_REST_ON_ENTRY = ("eligibility_completed_on", "scheduled_entry_on", *ON_ENTRY)


class Earlier(TypedDict):
    """The provisions about those employed on or before a date."""

    employed_after: Elected[date | None]
    earlier_employees_join: Elected[EarlierEmployees | None]
    earlier_employees_age: Elected[Decimal | None]


def earlier_employees(agreement: Agreement) -> Earlier:
    """Who is spared the conditions because employed long enough, and how they join; nobody under (j) or neither.

    Raises:
        UnsupportedElectionError: (k) without one of its ways, or with several.
    """
    if not agreement.elections.has("2.01(k)"):
        scope = _all_employees(agreement).cites if agreement.elections.has("2.01(j)") else ()
        return {
            "employed_after": Elected(None, scope),
            "earlier_employees_join": Elected(None, scope),
            "earlier_employees_age": Elected(None, scope),
        }
    way: Elected[EarlierEmployees | None] = agreement.one_of(
        "how the earlier Employees join", dict.fromkeys(_WAYS, _WAYS.__getitem__)
    )
    for option, lacks in (("2.01(k)(2)", "the terms before the restatement are not on file"), ("2.01(k)(3)", None)):
        if agreement.elections.has(option):
            agreement.tell_not(option, _REST_ON_ENTRY, only="joins_by_untold_terms", lacks=lacks)
    return {
        "employed_after": Elected(agreement.blank("2.01(k)", "employed_after"), ("AA 2.01(k)",)),
        "earlier_employees_join": way,
        "earlier_employees_age": Elected(whole_months(agreement, "2.01(k)(1)"), way.cites),
    }


def _all_employees(agreement: Agreement) -> Elected[None]:
    """(j): the conditions reach everybody. The document keeps earlier Participants in under either box (Plan 2.01)."""
    return agreement.one_of("the exceptions", {"2.01(j)(1)": lambda _: None, "2.01(j)(2)": lambda _: None})
