"""IRC 411(a), 416(b): no schedule slower than the law's, no percentage that falls, all of it at retirement age."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from planrules import law
from planrules.errors import LawError
from planrules.law import VestingMinimum
from planrules.law.minimum_vesting import MinimumSchedule, Money
from planrules.plan import Terms
from planrules.plan.schedules import FULL, Schedule
from planrules.plan.vesting import Account
from planrules.testing.case import Case
from planrules.testing.history import History
from planrules.testing.plan_calendar import Span
from planrules.testing.properties.definition import ACCOUNTS, Claim, stated
from planrules.testing.statute import statutory

MONEY: Mapping[Account, Money] = {"employer": "nonelective", "regular_matching": "matching"}
"""What the law calls the money of each account."""


def lawful_years(history: History, until: date) -> int | None:
    """Years of Service that no law lets a plan leave out, over by a day; null when that is not known.

    Of a plan that leaves out Years before an age only those before 18; of one with the rule of parity none before
    five periods in a row that may be Breaks.
    """
    vesting = history.terms.vesting
    of_age = history.attained(statutory("disregarded_before_age"))
    if vesting.years_from_age is not None and of_age is None:
        return None
    years, breaks = 0, 0
    for span in history.vesting_periods():
        if span.last > until:
            break
        hours = history.least_hours("vesting", span)
        breaks = breaks + 1 if hours <= statutory("break_hours_at_most") else 0
        if vesting.parity_breaks_at_least is not None and breaks >= statutory("breaks_in_a_row"):
            years = 0
        before = vesting.years_from_age is not None and of_age is not None and span.last < of_age
        early = vesting.years_from_plan_on is not None and span.last < vesting.years_from_plan_on
        years += hours >= statutory("year_of_service_hours") and not before and not early
    return years


def least_percent(minimum: VestingMinimum, years: int, schedule: Schedule) -> int:
    """What is due at so many Years of Service by the schedules of the law that the plan's own is nowhere slower than.

    The law lets a plan take one of its schedules, not the slower of them year by year: where the plan's meets none of
    them, whoever owns less than one of them gives shows it.
    """
    met = [option for option in minimum.options if option.is_met_by(dict(schedule.rows))]
    due = [_at(option, years) for option in met or minimum.options]
    return min(due) if met else max(due)


def _at(option: MinimumSchedule, years: int) -> int:
    return max((percent for step, percent in (option.percents or {}).items() if step <= years), default=0)


def _minimum(money: Money, plan_year: Span, *, top_heavy: bool) -> VestingMinimum | None:
    try:
        return law.vesting_minimum(money, plan_year.first, top_heavy=top_heavy)
    except LawError:
        return None


def _overtaken(terms: Terms, account: Account, minimum: VestingMinimum) -> bool:
    """Whether a minimum came into force after the plan, whose schedule was lawful on its Effective Date."""
    first = Span(terms.participation.effective_date, terms.participation.effective_date)
    own = _minimum(MONEY[account], first, top_heavy=False)
    return own is not None and own != minimum and own.allows(dict(terms.vesting.schedules[account][1].rows))


def _lines(case: Case) -> Iterator[tuple[Account, Span, Decimal]]:
    """The percentage told at the close of each vesting period that is over, and that of the day asked about."""
    vesting, last = case.terms.vesting, Span(case.as_of, case.as_of)
    settled = case.told.settles("vested_percent")
    for account in vesting.accounts:
        owned = case.told.owned(account)
        if settled and owned is not None:
            yield account, last, owned
    account = vesting.accounts[0]
    if vesting.match_apart and account != "employer":
        return
    for line in case.told.vesting:
        if line["percent"] is not None and line["through"] < case.as_of:
            yield account, Span(line["start"], line["through"]), Decimal(str(line["percent"]))


def _last_worked(history: History, until: date) -> Span | None:
    """The Plan Year of the last work on record by a day."""
    days = [row.start for row in history.rows if row.hours and row.end <= until]
    return history.calendar.plan_year(max(days)) if days else None


@stated(
    *("IRC 411(a)(2)", "IRC 411(a)(12) before 2007"),
    reads=("vested_percent", "vesting_periods.percent"),
)
def vesting_no_slower_than_the_law(case: Case) -> Iterator[Claim]:
    """Nobody ever owns less than a schedule gives that the law of the last Plan Year worked in lets the plan have.

    Years of Service are Plan Years, or Employment Years, of at least 1,000 hours. Where a later law has overtaken a
    schedule that was lawful on the Effective Date, the answer says so.
    """
    for account, span, percent in _lines(case):
        worked, years = _last_worked(case.history, span.last), lawful_years(case.history, span.last)
        minimum = None if worked is None else _minimum(MONEY[account], worked, top_heavy=False)
        if minimum is None or years is None or _overtaken(case.terms, account, minimum):
            continue
        least = least_percent(minimum, years, case.terms.vesting.schedules[account][1])
        why = f"{years} Years of Service were over by {span.last}; the law allows at the slowest {_named(minimum)}"
        yield Claim(percent >= least, f"at least {least}% of {ACCOUNTS[account]}", f"{percent}%", why, span.last)


def _named(minimum: VestingMinimum) -> str:
    return " or ".join(option.name for option in minimum.options)


@stated("IRC 411(a)(12)", "IRC 411(a)(2)(B)", reads=("vested_percent",))
def overtaken_vesting_is_said(case: Case) -> Iterator[Claim]:
    """Whoever owns less than a later law asks for, with hours since it came into force, is told that it did.

    The terms stand as they were signed; the answer has the status superseded.
    """
    told, worked = case.told, _last_worked(case.history, case.as_of)
    years = lawful_years(case.history, case.as_of)
    if worked is None or years is None or not told.settles("vested_percent"):
        return
    for account in case.terms.vesting.accounts:
        minimum, percent = _minimum(MONEY[account], worked, top_heavy=False), told.owned(account)
        if minimum is None or percent is None or not _overtaken(case.terms, account, minimum):
            continue
        schedule = case.terms.vesting.schedules[account][1]
        least, said = least_percent(minimum, years, schedule), told.overtaken("vested_percent")
        why = f"{years} Years of Service; {least}% are due under {minimum.law}, and {percent}% are told"
        yield Claim(percent >= least or said, "superseded", told.status("vested_percent"), why)


def _never_top_heavy(terms: Terms) -> str | None:
    if not terms.vesting.top_heavy_plan_years:
        return "the plan facts list no Plan Year as top heavy"
    return None


@stated(
    "IRC 416(b)", "26 CFR 1.416-1 V-1", reads=("vested_percent", "vesting_periods.percent"), not_about=_never_top_heavy
)
def top_heavy_vesting_no_slower_than_the_law(case: Case) -> Iterator[Claim]:
    """In a top-heavy Plan Year with an Hour of Service nobody owns less than the faster schedule of the law gives."""
    history, vesting = case.history, case.terms.vesting
    for account, span, percent in _lines(case):
        plan_year = history.calendar.plan_year(span.last)
        if plan_year.last not in vesting.top_heavy_plan_years or not history.least_hours("vesting", plan_year):
            continue
        minimum, years = _minimum(MONEY[account], plan_year, top_heavy=True), lawful_years(history, span.last)
        if minimum is None or years is None:
            continue
        least = least_percent(minimum, years, vesting.schedules[account][0])
        why = f"{years} Years of Service in the top-heavy Plan Year that ends on {plan_year.last}"
        yield Claim(percent >= least, f"at least {least}% of {ACCOUNTS[account]}", f"{percent}%", why, span.last)


@stated(
    *("IRC 411(a)(10)(A)", "Plan 7.05"),
    reads=("vested_percent", "vesting_periods.percent"),
    beside=("later", "much_later"),
)
def vesting_never_falls(case: Case) -> Iterator[Claim]:
    """The percentage of what had accrued never falls, from period to period or from one day asked about to a later one.

    It speaks of those who had joined by then: to the others nothing had accrued. A disability or death that is followed
    by work on the next day was no separation, which the day itself cannot know.
    """
    entered, before = case.told.day("entry_on"), None
    if entered is None:
        return
    for line in case.told.vesting:
        percent, through = line["percent"], line["through"]
        if before is not None and percent is not None:
            why = f"the period before the one that ends on {through}, with entry on {entered}"
            yield Claim(percent >= before, f"at least {before}%", f"{percent}%", why)
        before = percent if percent is not None and entered <= min(through, case.as_of) else None
    yield from _later(case)


def _later(case: Case) -> Iterator[Claim]:
    if case.history.may_go_on:
        return
    for trial, told in case.beside.values():
        if not (case.told.settles("vested_percent") and told.settles("vested_percent")):
            continue
        for account in case.terms.vesting.accounts:
            now, then = case.told.owned(account), told.owned(account)
            if now is not None and then is not None:
                why = f"{now}% of {ACCOUNTS[account]} are owned on {case.as_of}, and {then}% on {trial.as_of}"
                yield Claim(then >= now, f"at least {now}%", f"{then}%", why)


def retirement_day(case: Case) -> date | None:
    """Normal Retirement Age of the plan, or of the law where that is earlier; null when it is not known."""
    history, vesting, entered = case.history, case.terms.vesting, case.told.day("entry_on")
    age = history.attained(vesting.normal_retirement_age)
    if age is None or vesting.retirement_anniversary is None:
        return age
    if entered is None:
        return None
    calendar = history.calendar
    joined = calendar.anniversary(calendar.plan_year(entered).first, vesting.retirement_anniversary)
    by_law = history.attained(statutory("retirement_age_at_most"))
    fifth = calendar.anniversary(entered, statutory("retirement_anniversary_at_most"))
    return max(age, joined) if by_law is None else min(max(age, joined), max(by_law, fifth))


@stated("IRC 411(a)(8)", "AA 5.01", "Plan 5.01", reads=("vested_percent",))
def all_is_owned_at_retirement_age(case: Case) -> Iterator[Claim]:
    """Whoever is employed by the Employer on any day at or after Normal Retirement Age owns 100%."""
    day = retirement_day(case)
    if day is None or day > case.as_of or not case.told.settles("vested_percent"):
        return
    if any(min(span.last, case.as_of) >= day for span in case.history.own):
        yield from all_of_it(case, f"employed at Normal Retirement Age, reached on {day}")


def all_of_it(case: Case, why: str) -> Iterator[Claim]:
    """The claims that every account of the Employer's money is owned in full."""
    for account in case.terms.vesting.accounts:
        percent = case.told.owned(account)
        yield Claim(percent == FULL, f"{FULL}% of {ACCOUNTS[account]}", f"{percent}%", why)


@stated("IRC 401(k)(2)(C)", "AA 5.03", "Plan 4.04", reads=("vested_percent",))
def deferrals_are_always_owned(case: Case) -> Iterator[Claim]:
    """Elective deferrals and qualified nonelective contributions are owned to 100% by everybody on every day."""
    for account in ("deferral", "qualified_nonelective"):
        percent = case.told.owned(account)
        yield Claim(percent == FULL, f"{FULL}% of {ACCOUNTS[account]}", f"{percent}%", "whatever the service")


PROPERTIES = (
    vesting_no_slower_than_the_law,
    overtaken_vesting_is_said,
    top_heavy_vesting_no_slower_than_the_law,
    vesting_never_falls,
    all_is_owned_at_retirement_age,
    deferrals_are_always_owned,
)
