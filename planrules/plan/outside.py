"""Elections whose effect on an answer no fact and no option tells: the answers they reach stay open and name them.

The terms before a restatement (the Effective Date Addendum), whether there were Net Profits (3.01(g)(2)), what was
contributed before a plan was frozen (3.01(e)), and what nondeductible contributions an account holds (4.01(b)).
"""

from collections.abc import Mapping
from datetime import date, timedelta

from planrules import dates
from planrules.dates import MonthDay
from planrules.plan.dependent import ALLOCATED, DEFERRED_PAY, FORFEITED, MATCH, ON_ENTRY, ON_PLAN_YEAR, OWNED, PAID
from planrules.plan.elected import Agreement

_COMPLETED = ("eligibility_completed_on", "scheduled_entry_on")
_ADDENDUM: Mapping[str, tuple[str, ...]] = {
    "addendum(a)": (*MATCH, *DEFERRED_PAY),
    "addendum(b)": (*_COMPLETED, *ON_ENTRY),
    "addendum(c)": (*_COMPLETED, *ON_ENTRY),
    "addendum(d)": MATCH,
    "addendum(e)": (*ALLOCATED, *FORFEITED),
    "addendum(f)": (*ALLOCATED, *FORFEITED),
    "addendum(h)": ("schedule", *OWNED),
}
"""The provisions of the addendum on which answers about a person rest; for (g) and (i) none do."""


def tell_what_is_outside(agreement: Agreement, plan_year_ends: MonthDay) -> None:
    """Notes for each such election the answers that stay open, and what would have to be told."""
    elections = agreement.elections
    for option, fields in _ADDENDUM.items():
        if (after := elections.blank(option, "plan_years_beginning_after")) is not None:
            lacks = f"the terms before the special effective date of {option} are not on file"
            agreement.tell_not(option, fields, before=_first_plan_year_after(after, plan_year_ends), lacks=lacks)
    if elections.has("addendum(j)"):
        agreement.tell_not("addendum(j)", (*ON_PLAN_YEAR, *OWNED, *MATCH))
    for option, fields, lacks in (
        ("3.01(e)", MATCH, "what was contributed before the plan was frozen is not on file"),
        ("3.01(g)(2)", MATCH, "whether there were Net Profits for the match of 3.01(g)(2) is not on file"),
        ("4.01(b)", PAID, "the balances on file hold no nondeductible contributions, which 4.01(b) permits"),
    ):
        if elections.has(option):
            agreement.tell_not(option, fields, lacks=lacks)
    if elections.has("10.14(b)"):
        agreement.tell_not("10.14(b)", ("restoration_valued_on",))


def _first_plan_year_after(day: date, plan_year_ends: MonthDay) -> date:
    """The first day of the first Plan Year that begins after a day."""
    return dates.plan_year_end(day, plan_year_ends) + timedelta(days=1)
