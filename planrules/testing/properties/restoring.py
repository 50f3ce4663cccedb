"""Plan 5.04, 5.09, IRC 411(a)(7): what is forfeited and when, and when a forfeiture comes back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from planrules.people.models import CashOut
from planrules.plan import Terms
from planrules.plan.schedules import AT_ONCE, FULL, Schedule
from planrules.plan.vesting import Account
from planrules.testing.case import Case
from planrules.testing.plan_calendar import DAY
from planrules.testing.properties.breaks import may_have_broken, surely_broke
from planrules.testing.properties.definition import Claim, stated
from planrules.testing.statute import statutory


def _owned_at_most(case: Case, day: date) -> Decimal | None:
    """The percentage at the close of the period that holds a day; null when it is not told."""
    for line in case.told.vesting:
        if line["start"] <= day <= line["through"] and line["percent"] is not None:
            return Decimal(str(line["percent"]))
    return None


def _back_on(case: Case, out: CashOut) -> date | None:
    """The first day of employment with the Employer after a cash-out."""
    return min((span.first for span in case.history.own if span.first > out.paid_on), default=None)


def _in_time(case: Case, out: CashOut) -> bool:
    """Whether a cash-out was repaid by then, after a return and within the years that the law asks for."""
    back = _back_on(case, out)
    if out.repaid_on is None or out.repaid_on > case.as_of or back is None:
        return False
    return back <= out.repaid_on <= case.history.calendar.anniversary(back, statutory("repayment_years"))


def _known_out(case: Case) -> list[CashOut]:
    return [each for each in case.trial.person.distributions if each.paid_on <= case.as_of]


def _deemed(case: Case, restored: date) -> bool:
    """Whether somebody came back to the Employer in the Plan Year of a restoration, having been able to own nothing."""
    own, calendar = case.history.own, case.history.calendar
    returns = [n for n in range(1, len(own)) if calendar.plan_year_end(own[n].first) == restored]
    for n in returns:
        left = own[n - 1].last
        deferred = any(row.salary_reduction > 0 and row.paid_on <= left for row in case.history.rows)
        could = case.terms.distribution.deemed_cash_out and not deferred and not _surely_owns(case, left)
        if could and not surely_broke(case.history, left, own[n].first):
            return True
    return False


def _surely_owns(case: Case, day: date) -> bool:
    """Whether something was owned, after joining, in the period before the one that holds a day."""
    entered = case.told.day("entry_on") or day
    before = [line["percent"] for line in case.told.vesting if entered <= line["through"] < day]
    return bool(before) and before[-1] is not None and Decimal(str(before[-1])) > 0


@stated(
    *("IRC 411(a)(7)(C)", "Plan 5.04(A)", "Plan 5.04(C)"),
    reads=("restored_on", "restoration_valued_on"),
)
def restored_only_when_the_document_says(case: Case) -> Iterator[Claim]:
    """A forfeiture comes back only by a repayment in time or, after a deemed cash-out, by a return.

    In time is after the return, within five years of its first day. It comes back as of the Accounting Date on or next
    after, at the amount of the Accounting Date before the cash-out.
    """
    day, valued = case.told.day("restored_on"), case.told.day("restoration_valued_on")
    if not case.told.settles("restored_on"):
        return
    yield Claim((day is None) == (valued is None), "both or neither", valued, f"restored as of {day}")
    if day is None:
        return
    calendar = case.history.calendar
    repaid = [
        out
        for out in _known_out(case)
        if out.repaid_on is not None and calendar.plan_year_end(out.repaid_on) == day and _in_time(case, out)
    ]
    yield Claim(bool(repaid) or _deemed(case, day), None, day, "no repayment in time, and no return from a deemed one")
    ends_a_year = calendar.plan_year_end(day) == day
    yield Claim(ends_a_year, "the last day of a Plan Year", day, "an Accounting Date")
    if repaid:
        before = calendar.plan_year(repaid[-1].paid_on).first - DAY
        yield Claim(valued == before, before, valued, f"the Accounting Date before {repaid[-1].paid_on}")


def _owned_at_once(terms: Terms) -> str | None:
    at_once = all(schedule == AT_ONCE for account in terms.vesting.accounts for schedule in _of(terms, account))
    return "everything is owned at once (AA 5.03(a)): nothing is ever forfeited" if at_once else None


def _of(terms: Terms, account: Account) -> tuple[Schedule, Schedule]:
    return terms.vesting.schedules[account]


@stated("IRC 411(a)(7)(C)", "Plan 5.04(A)", reads=("restored_on",), not_about=_owned_at_once)
def restored_whenever_the_document_says(case: Case) -> Iterator[Claim]:
    """Whoever repays a cash-out in time, before a Forfeiture Break, gets back what was forfeited by it."""
    outs, entered = _known_out(case), case.told.day("entry_on")
    if len(outs) != 1 or entered is None or not case.told.settles("restored_on"):
        return
    out, owned = outs[0], _owned_at_most(case, outs[0].paid_on)
    if owned is None or owned == FULL or may_have_broken(case.history, out.paid_on):
        return
    if out.repaid_on is None or entered > out.paid_on or not _in_time(case, out):
        return
    expected = case.history.calendar.plan_year_end(out.repaid_on)
    found = case.told.day("restored_on")
    yield Claim(found == expected, expected, found, f"cashed out on {out.paid_on}, repaid on {out.repaid_on}")


@stated(
    *("Plan 5.09", "Plan 5.04", "IRC 411(a)(6)(C)"),
    reads=("forfeiture_on", "entry_on", "event_on", "forfeiture_break_on", "fully_vested_on"),
    not_about=_owned_at_once,
)
def forfeits_only_by_cash_out_or_five_breaks(case: Case) -> Iterator[Claim]:
    """What is not owned is forfeited on the day of a cash-out or at the close of the fifth Break, and on no other day.

    Nobody forfeits who never joined, who is employed, or who owned all of it by the day of leaving.
    """
    told, day = case.told, case.told.day("forfeiture_on")
    event, broken = told.day("event_on"), told.day("forfeiture_break_on")
    if day is None or not told.settles("forfeiture_on") or not told.settles("forfeiture_break_on"):
        return
    yield Claim(event is not None, None, day, "employed by the Employer")
    entered = told.day("entry_on")
    yield Claim(entered is not None and entered <= day, None, day, f"joined on {entered}")
    days = [broken, *(out.paid_on for out in _known_out(case))]
    accounts = case.trial.person.accounts
    if day not in days and accounts is not None and event is not None:
        nothing = accounts.deferral == accounts.qualified_nonelective == 0 and not _surely_owns(case, event)
        yield Claim(nothing, "no deemed cash-out", day, "something was owned, or deferred, on the last day")
    if event is not None and case.terms.distribution.deemed_cash_out:
        days += [event, case.history.calendar.plan_year_end(event) + DAY]
    yield Claim(day in days, "a cash-out or a fifth Break", day, f"left on {event}; fifth Break on {broken}")
    full = told.day("fully_vested_on")
    if told.settles("fully_vested_on") and not case.terms.vesting.match_apart:
        yield Claim(full is None or full > day, None, day, f"owned all of it from {full} on")


@stated("Plan 5.09", "Plan 5.08(a)", reads=("forfeiture_on", "forfeiture_break_on"), not_about=_owned_at_once)
def five_breaks_forfeit_what_is_not_owned(case: Case) -> Iterator[Claim]:
    """Whoever has left, had joined and owned less than all at the fifth Break in a row has forfeited the rest."""
    told, broken, entered = case.told, case.told.day("forfeiture_break_on"), case.told.day("entry_on")
    if broken is None or entered is None or entered > broken or told.day("event_on") is None:
        return
    frozen = told.value("vested_percent_before_forfeiture_break")
    if frozen is None or frozen == FULL or not told.settles("forfeiture_on"):
        return
    day = told.day("forfeiture_on")
    yield Claim(day is not None, f"{broken} or a cash-out", day, f"{frozen}% were owned at the fifth Break")


PROPERTIES = (
    restored_only_when_the_document_says,
    restored_whenever_the_document_says,
    forfeits_only_by_cash_out_or_five_breaks,
    five_breaks_forfeit_what_is_not_owned,
)
