"""IRC 411(a)(6): Breaks in Service take away only what the law lets them, and only when their conditions hold."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from planrules.plan import Terms
from planrules.testing.case import Case
from planrules.testing.history import History
from planrules.testing.plan_calendar import Span
from planrules.testing.properties.definition import Claim, stated
from planrules.testing.statute import statutory


@stated("IRC 411(a)(6)(A)", "Plan 5.07", reads=("vesting_periods.break",))
def a_break_is_a_period_of_few_hours(case: Case) -> Iterator[Claim]:
    """A vesting period that is over is a Break in Service exactly when it has no more than 500 hours."""
    if not case.history.knows_hours or not case.told.settles("years_of_service"):
        return
    told = {line["through"]: line["break"] for line in case.told.vesting}
    for span, broke in case.history.breaks:
        if broke is not None and told.get(span.last) is not None:
            least, most = (case.history.least_hours("vesting", span), case.history.most_hours("vesting", span))
            hours = f"{least}" if least == most else f"{least} to {most}"
            yield Claim(told[span.last] == broke, _word(broke), _word(told[span.last]), f"{hours} hours in {_in(span)}")


def _word(broke: bool | None) -> str:  # noqa: FBT001  a line's own value
    return "a Break" if broke else "no Break"


def _in(span: Span) -> str:
    return f"the period that ends on {span.last}"


def fifth_break(history: History) -> tuple[date | None, bool]:
    """The close of the last fifth Break in a row, and whether the record settles every period."""
    in_a_row, found = 0, None
    for span, broke in history.breaks:
        if broke is None:
            return None, False
        in_a_row = in_a_row + 1 if broke else 0
        if in_a_row == statutory("breaks_in_a_row"):
            found = span.last
    return found, True


def surely_broke(history: History, since: date, until: date) -> bool:
    """Whether a fifth Break in a row surely closed after a day and no later than another."""
    in_a_row = 0
    for span, broke in history.breaks:
        in_a_row = in_a_row + 1 if broke else 0
        # A longer run closed its fifth Break before; what it does to money since then no document says.
        if since < span.last <= until and in_a_row == statutory("breaks_in_a_row"):
            return True
    return False


def may_have_broken(history: History, since: date) -> bool:
    """Whether a fifth Break in a row may have closed after a day."""
    in_a_row = 0
    for span, broke in history.breaks:
        in_a_row = 0 if broke is False else in_a_row + 1
        if span.last > since and in_a_row >= statutory("breaks_in_a_row"):
            return True
    return False


@stated(
    *("IRC 411(a)(6)(C)", "Plan 5.08(a)", "Plan 5.09"),
    reads=("forfeiture_break_on", "vested_percent_before_forfeiture_break"),
)
def a_forfeiture_break_is_five_breaks_in_a_row(case: Case) -> Iterator[Claim]:
    """A Forfeiture Break closes with the fifth Break in a row, never sooner, and no such run goes without one.

    The percentage before it is told exactly when there was one.
    """
    told, history = case.told, case.history
    if not told.settles("forfeiture_break_on") or not history.knows_hours:
        return
    expected, settled = fifth_break(history)
    day = told.day("forfeiture_break_on")
    if settled:
        yield Claim(day == expected, expected, day, "the fifth Break in a row by the hours on record")
    if told.settles("vested_percent_before_forfeiture_break"):
        frozen = told.value("vested_percent_before_forfeiture_break")
        yield Claim((frozen is None) == (day is None), "both or neither", frozen, f"the Forfeiture Break of {day}")


def _no_parity(terms: Terms) -> str | None:
    if terms.vesting.parity_breaks_at_least is None:
        return "the plan does not elect the rule of parity (AA 5.08(d))"
    return None


@stated(
    *("IRC 411(a)(6)(D)", "AA 5.08(d)"),
    reads=("vesting_periods.dropped_by_parity", "vesting_periods.percent", "vesting_periods.years_of_service"),
    not_about=_no_parity,
)
def parity_only_when_its_conditions_hold(case: Case) -> Iterator[Claim]:
    """Years drop by the rule of parity only for who owns nothing, after enough Breaks in a row.

    Enough are five, and no fewer than the Years before. Elective deferrals made by then rule it out where they are read
    as Employer contributions, and so does money that is always owned.
    """
    in_a_row, before = 0, 0
    broke = dict(case.history.breaks)
    over = {span.last: flag for span, flag in broke.items()}
    for line in case.told.vesting:
        in_a_row = 0 if over.get(line["through"]) is False else in_a_row + 1
        if line["dropped_by_parity"]:
            needed = max(statutory("breaks_in_a_row"), before)
            where = f"the period that ends on {line['through']}"
            yield Claim(in_a_row >= needed, f"at least {needed} Breaks in a row", in_a_row, where)
            yield Claim(line["percent"] in (0, None), "0% owned", f"{line['percent']}%", where)
            yield Claim(not _owns_money(case, line["through"]), "nothing owned", "deferrals or QNECs", where)
        before = line["years_of_service"] or 0


def _owns_money(case: Case, day: date) -> bool:
    person = case.trial.person
    qualified = person.accounts is not None and person.accounts.qualified_nonelective > 0
    deferred = any(row.salary_reduction > 0 and row.paid_on <= day for row in case.history.rows)
    return qualified or (deferred and case.terms.vesting.deferrals_are_employer_contributions)


@stated(
    *("IRC 411(a)(6)(D)", "AA 5.08(d)"),
    reads=("years_of_service", "vested_percent"),
    not_about=_no_parity,
)
def parity_where_it_is_due(case: Case) -> Iterator[Claim]:
    """Where the rule of parity is elected, Years before a run of enough Breaks no longer count.

    It speaks of those who never joined, earned nothing that is owned and have not worked since.
    """
    history, told = case.history, case.told
    flags = [broke for _, broke in history.breaks]
    needed = statutory("breaks_in_a_row")
    if not told.settles("years_of_service") or not history.knows_hours or None in flags or len(flags) < needed:
        return
    run = next((n for n, broke in enumerate(reversed(flags)) if not broke), len(flags))
    worked = any(row.start > history.breaks[-1][0].last for row in history.rows)
    if run < max(needed, len(flags) - run) or worked or told.day("entry_on") is not None or _owned_before(case):
        return
    yield Claim(
        told.value("years_of_service") == 0, 0, told.value("years_of_service"), f"{run} Breaks in a row, nothing owned"
    )


def _owned_before(case: Case) -> bool:
    """Whether anything was owned at some time, or may have been."""
    percents = [Decimal(str(line["percent"] or 0)) for line in case.told.vesting]
    accounts = case.trial.person.accounts
    money = accounts is not None and accounts.regular_matching + accounts.employer > 0
    some = (
        any(percents)
        or (accounts is not None and accounts.deferral > 0)
        or _owns_money(case, case.as_of)
        or (money and bool(case.terms.vesting.minimum_vested_amount))
    )
    return some or any(row.salary_reduction > 0 for row in case.history.rows)


PROPERTIES = (
    a_break_is_a_period_of_few_hours,
    a_forfeiture_break_is_five_breaks_in_a_row,
    parity_only_when_its_conditions_hold,
    parity_where_it_is_due,
)
