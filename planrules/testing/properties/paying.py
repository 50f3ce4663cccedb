"""Article VI, IRC 401(a)(9), 401(a)(14), 411(a)(11): paid no later than the law says, and not without consent."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from planrules import law
from planrules.dates import MONTHS_IN_A_YEAR
from planrules.errors import LawError
from planrules.plan import Terms
from planrules.plan.payment_dates import AtOnce
from planrules.plan.schedules import FULL
from planrules.testing.case import Case
from planrules.testing.properties.breaks import may_have_broken
from planrules.testing.properties.definition import Claim, stated
from planrules.testing.statute import statutory

_CENT = Decimal("0.01")
_APRIL = 4
_DECEMBER = (12, 31)


@stated("Plan 1.28", "AA 1.29", reads=("event_on",))
def leaves_on_the_last_day_employed(case: Case) -> Iterator[Claim]:
    """The event that leads to payment is the last day of employment with the Employer; there is none at work."""
    history = case.history
    if case.told.settles("event_on"):
        expected = None if history.at_work or not history.own else min(history.own[-1].last, case.as_of)
        yield Claim(case.told.day("event_on") == expected, expected, case.told.day("event_on"), "the spells on record")


def _days_only(terms: Terms) -> str | None:
    if any(each.counted_from != "separation" or each.days is None for each in terms.distribution.payment_dates):
        return "an elected distribution date is not counted in days from the separation"
    return None


@stated("AA 6.01", "AA 6.03", "Plan 6.01", reads=("payable_after_on", "immediate", "event_on"), not_about=_days_only)
def waits_as_elected(case: Case) -> Iterator[Claim]:
    """A benefit is payable so many days after the separation as elected, and sooner only for an age, death, disability.

    An elected age counts where it was reached by the last day, with the Years of Service that are asked for besides.
    """
    told, event, day = case.told, case.told.day("event_on"), case.told.day("payable_after_on")
    spell = case.history.last_spell
    if event is None or spell is None or not told.settles("payable_after_on") or not told.settles("immediate"):
        return
    waits = {each.days or 0 for each in case.terms.distribution.payment_dates}
    days = {event, *(event + timedelta(days=wait) for wait in waits)}
    yield Claim(day in days, f"{sorted(map(str, days))}", day, f"left on {event}")
    yield Claim(told.value("immediate") == (day == event), day == event, told.value("immediate"), "payable that day")
    by_event = spell.reason in ("death", "disability")
    if day == event and 0 not in waits and not by_event:
        yield Claim(_of_age(case, event), f"after {event}", day, "no age that brings payment forward was reached")
    if spell.reason == "death" or (not by_event and _surely_at_once(case, event)):
        why = "left by death, or at an age, with the Years, that bring payment forward"
        yield Claim(day == event, event, day, why)


def _of_age(case: Case, event: date) -> bool:
    """Whether an age that does away with the wait was reached by the last day."""
    retirement = case.terms.vesting.normal_retirement_age
    for each in case.terms.distribution.payment_dates:
        for condition in each.at_once_from:
            attained = case.history.attained(retirement if condition.age is None else condition.age)
            if attained is not None and attained <= event:
                return True
    return False


def _surely_at_once(case: Case, event: date) -> bool:
    """Whether every elected date has no wait, or a condition that does away with it and was surely met by then."""
    vesting, paper = case.terms.vesting, case.terms.distribution
    by_parity = vesting.parity_breaks_at_least is not None and may_have_broken(case.history, date.min)
    years = sum(reached and span.last <= event for span, reached in case.history.years_at_least)
    if vesting.leaves_years_out or by_parity or paper.ten_years_of_service != "vesting_years":
        years = 0

    def met(condition: AtOnce) -> bool:
        age = vesting.normal_retirement_age if condition.age is None else condition.age
        attained = case.history.attained(age)
        plain = condition.age is not None or vesting.retirement_anniversary is None
        return plain and attained is not None and attained <= event and years >= condition.years

    own = paper.disability_date
    return all(each.has_no_wait or each == own or any(map(met, each.at_once_from)) for each in paper.payment_dates)


@stated("Plan 6.01(A)(1)", "AA 5.03(f)", "Plan 1.14", reads=("vested_total", "vested_percent"))
def the_vested_balance_adds_up(case: Case) -> Iterator[Claim]:
    """The vested balance is all of the deferral and qualified accounts and the owned part of the others."""
    told, accounts = case.told, case.trial.person.accounts
    found = told.money("vested_total")
    if found is None or accounts is None or not told.settles("vested_percent"):
        return
    match, employer = told.owned("regular_matching"), told.owned("employer")
    if match is None or employer is None:
        return
    always = accounts.deferral + accounts.qualified_nonelective
    part = (match * accounts.regular_matching + employer * accounts.employer) / FULL
    owned = part.quantize(_CENT, ROUND_HALF_UP)
    expected = always + owned
    least, both = case.terms.distribution.minimum_vested_amount, accounts.regular_matching + accounts.employer
    if least is not None and case.terms.distribution.minimum_vested_covers == "employer_money":
        expected = always + max(owned, min(both, least))
    elif least is not None:
        expected = max(expected, min(always + both, least))
    yield Claim(found == expected, expected, found, f"{match}% of the match, {employer}% of the Employer's money")


def _line(case: Case) -> Decimal:
    """The largest benefit, in dollars, that the law of the day lets a plan pay without consent."""
    ends = case.terms.service.plan_year_ends
    try:
        return law.threshold("involuntary_cash_out", case.as_of, (ends.month, ends.day)).amount
    except LawError:
        return Decimal(case.terms.distribution.consent_amount)


def _consent_age_on(case: Case) -> date | None:
    """The later of Normal Retirement Age and 62, where Normal Retirement Age is an age alone."""
    history = case.history
    if case.terms.vesting.retirement_anniversary is not None:
        return None
    age, consent = (
        history.attained(case.terms.vesting.normal_retirement_age),
        history.attained(statutory("consent_age")),
    )
    return None if age is None or consent is None else max(age, consent)


@stated(
    *("IRC 411(a)(11)", "26 CFR 1.411(a)-11(c)", "Plan 6.01(A)(2)"),
    reads=("consent_required", "vested_total"),
)
def consent_whenever_it_is_due(case: Case) -> Iterator[Claim]:
    """Nothing over the law's line is paid without consent before the later of Normal Retirement Age and 62.

    No consent is asked for at a benefit no larger than the plan's line, or from that age on.
    """
    told, total, due = case.told, case.told.money("vested_total"), _consent_age_on(case)
    if told.day("event_on") is None or total is None or not told.settles("consent_required"):
        return
    needed = told.value("consent_required")
    why = f"{total} vested, later of the ages reached on {due}"
    if due is not None and due > case.as_of and total > _line(case):
        yield Claim(needed is True, "consent", needed, why)
    elif total <= case.terms.distribution.consent_amount or (due is not None and due <= case.as_of):
        yield Claim(needed is False, "no consent", needed, why)


@stated(
    *("IRC 401(a)(14)", "26 CFR 1.411(a)-11(c)(7)", "Plan 6.01(A)"),
    reads=("default_payment_on", "event_on", "entry_on", "vested_total"),
)
def paid_no_later_than_the_law_says(case: Case) -> Iterator[Claim]:
    """Without an election payment is made by the 60th day after the Plan Year of the latest of three events.

    They are age 65 or an earlier Normal Retirement Age, the tenth anniversary of the year of joining, the separation;
    who has to consent and does not defers it to 62 at most. After a death: by the end of the fifth year.
    """
    told, history, day = case.told, case.history, case.told.day("default_payment_on")
    event, spell, start = told.day("event_on"), history.last_spell, law.distribution_start()
    if day is None or event is None or spell is None or not told.settles("default_payment_on"):
        return
    yield Claim(day > event, f"after {event}", day, "payment follows the separation")
    if spell.reason == "death":
        latest = date(event.year + statutory("years_after_death"), *_DECEMBER)
        yield Claim(day <= latest, f"no later than {latest}", day, f"died on {event} (IRC 401(a)(9)(B)(ii))")
        return
    age = history.attained(min(start.age, case.terms.vesting.normal_retirement_age))
    if age is None:
        return
    events = [event, age, *_anniversary(case, start.participation_years)]
    total, of_consent = told.money("vested_total"), history.attained(statutory("consent_age"))
    if (total is None or total > case.terms.distribution.consent_amount) and of_consent is not None:
        events.append(of_consent)
    last = history.calendar.plan_year_end(max(events)) + timedelta(days=start.days_after_plan_year_end)
    why = f"separated on {event}, the age of the law reached on {age}"
    yield Claim(day <= last, f"no later than {last}", day, why)


def _of_another_age(terms: Terms) -> str | None:
    if terms.vesting.retirement_anniversary is not None:
        return "Normal Retirement Age waits for an anniversary of joining (AA 5.01(b))"
    return None


@stated(
    *("Plan 6.01(A)(1)", "Plan 6.01(A)(2)", "Plan 6.01(C)"),
    reads=("default_payment_on", "event_on", "vested_total"),
    not_about=_of_another_age,
)
def paid_on_the_day_of_the_document(case: Case) -> Iterator[Claim]:
    """Without an election payment is made on the 60th day after the Plan Year of retirement age or separation.

    Of the later of them; of a benefit that needs consent also of age 62. After a death it is that of the Plan Year of
    death.
    """
    told, history, paper = case.told, case.history, case.terms.distribution
    event, spell, total = told.day("event_on"), history.last_spell, told.money("vested_total")
    day = told.day("default_payment_on")
    if event is None or spell is None or total is None or not told.settles("default_payment_on"):
        return
    last = event
    if spell.reason != "death":
        age = history.attained(case.terms.vesting.normal_retirement_age)
        consent = history.attained(paper.consent_age) if total > paper.consent_amount else age
        if age is None or consent is None:
            return
        last = max(event, age, consent)
    expected = history.calendar.plan_year_end(last) + timedelta(days=paper.default_payment_days)
    yield Claim(day == expected, expected, day, f"{total} vested, the last of the events on {last}")


def _anniversary(case: Case, years: int) -> list[date]:
    """The anniversary of the Plan Year of joining that the law waits for."""
    entered = case.told.day("entry_on")
    if entered is None:
        return []
    return [case.history.calendar.anniversary(case.history.calendar.plan_year_end(entered), years)]


@stated("IRC 401(a)(9)(C)", "Plan 6.01(B)", reads=("required_beginning_on", "event_on"))
def begins_no_later_than_the_required_date(case: Case) -> Iterator[Claim]:
    """Payment begins by 1 April after the year of age 70 1/2, or of the later age that the law has come to set.

    Only who reached it before 1988 may wait for the separation. The document's own day is that of 70 1/2.
    """
    told, history, born = case.told, case.history, case.trial.person.birth_date
    day = told.day("required_beginning_on")
    if born is None or day is None or not told.settles("required_beginning_on"):
        return
    by_law, paper = law.required_beginning_age(born), case.terms.distribution
    months = paper.required_beginning_years * MONTHS_IN_A_YEAR + paper.required_beginning_months
    due = history.calendar.attained(born, by_law.years, by_law.months)
    years = [due.year]
    first = law.required_beginning().still_working[0]
    event = told.day("event_on")
    if first.born_before is not None and born < first.born_before and event is not None:
        years.append(event.year)
    latest = date(max(years) + 1, _APRIL, 1)
    yield Claim(
        day <= latest, f"no later than {latest}", day, f"age {by_law.years} and {by_law.months} months on {due}"
    )
    reached = history.calendar.attained(born, months // MONTHS_IN_A_YEAR, months % MONTHS_IN_A_YEAR)
    first_day, told_on = date(reached.year + 1, _APRIL, 1), f"{months} months of age on {reached}"
    early = reached.year < paper.retirement_counts_before_year
    yield Claim(day >= first_day if early else day == first_day, first_day, day, told_on)


@stated("IRC 401(a)(9)(C)", "Plan 6.01(B)", reads=("required_beginning_on", "event_on"))
def the_required_date_is_told_to_everybody_it_reaches(case: Case) -> Iterator[Claim]:
    """Whoever has left the Employer, and whose birth date is known, is told the required beginning date."""
    told = case.told
    if case.trial.person.birth_date is None or told.day("event_on") is None:
        return
    if told.settles("required_beginning_on"):
        day = told.day("required_beginning_on")
        yield Claim(day is not None, "a day", day, f"left on {told.day('event_on')}")


def _none_at_work(terms: Terms) -> str | None:
    if terms.in_service.deferral_from_age is None and not terms.in_service.deferral_from_retirement_age:
        return "the plan lets nobody at work withdraw deferrals, other than in a hardship (AA 6.03(i), (k))"
    return None


@stated("IRC 401(k)(2)(B)", "AA 6.03(j)", reads=("deferral_withdrawal_on",), not_about=_none_at_work)
def no_deferrals_out_at_work_before_59_and_a_half(case: Case) -> Iterator[Claim]:
    """Nobody at work may withdraw elective deferrals, other than in a hardship, before age 59 1/2."""
    day = case.told.day("deferral_withdrawal_on")
    months = statutory("deferral_withdrawal_months")
    attained = case.history.attained(months // MONTHS_IN_A_YEAR, months % MONTHS_IN_A_YEAR)
    if day is not None and attained is not None and case.told.settles("deferral_withdrawal_on"):
        yield Claim(day >= attained, f"not before {attained}", day, f"{months} months of age on {attained}")
        yield Claim(case.history.at_work, None, day, "not employed by the Employer")


PROPERTIES = (
    leaves_on_the_last_day_employed,
    waits_as_elected,
    the_vested_balance_adds_up,
    consent_whenever_it_is_due,
    paid_no_later_than_the_law_says,
    paid_on_the_day_of_the_document,
    begins_no_later_than_the_required_date,
    the_required_date_is_told_to_everybody_it_reaches,
    no_deferrals_out_at_work_before_59_and_a_half,
)
