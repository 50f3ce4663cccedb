"""Article V: Years of Service as the record has them, and the percentage that the schedule gives them."""

from collections.abc import Iterator
from decimal import Decimal

from planrules.plan import Terms
from planrules.plan.schedules import FULL, Schedule
from planrules.testing.case import Case
from planrules.testing.plan_calendar import DAY
from planrules.testing.properties.definition import ACCOUNTS, Claim, stated
from planrules.testing.properties.vesting_law import all_of_it, retirement_day
from planrules.testing.statute import statutory


@stated(
    *("IRC 411(a)(4)", "AA 5.06", "Plan 5.06", "Plan 5.08"),
    reads=("years_of_service",),
)
def years_of_service_are_those_of_the_record(case: Case) -> Iterator[Claim]:
    """Every vesting period with the hours counts as one Year of Service, and no other period does.

    Fewer may count only where the plan leaves Years out: by the rule of parity, before an age, or before the plan.
    """
    vesting, history, told = case.terms.vesting, case.history, case.told
    if not told.settles("years_of_service") or not history.knows_hours:
        return
    told_years, needed = told.value("years_of_service"), vesting.vesting_hours_required
    spans = list(history.vesting_periods())
    most = sum((history.most_hours("vesting", span) or 0) >= needed for span in spans)
    yield Claim(told_years <= most, f"at most {most}", told_years, f"periods that can have {needed} hours")
    if vesting.leaves_years_out or (vesting.parity_breaks_at_least is not None and _long_absence(case)):
        return
    at_once = vesting.vesting_credit == "when_hours_reached"
    counted = [span for span, reached in history.years_at_least if reached and (at_once or span.last <= case.as_of)]
    yield Claim(
        told_years >= len(counted), f"at least {len(counted)}", told_years, f"periods that surely have {needed} hours"
    )


def _long_absence(case: Case) -> bool:
    """Whether there may have been as many Breaks in a row as the rule of parity asks for at least."""
    in_a_row = 0
    for _, broke in case.history.breaks:
        in_a_row = 0 if broke is False else in_a_row + 1
        if in_a_row >= statutory("breaks_in_a_row"):
            return True
    return False


def percent_of(schedule: Schedule, years: int) -> Decimal:
    """What a schedule gives at so many Years of Service."""
    return max((Decimal(percent) for step, percent in schedule.rows if step <= years), default=Decimal(0))


@stated("AA 5.03", "Plan 5.03", reads=("vested_percent", "years_of_service"))
def owns_what_the_schedule_gives(case: Case) -> Iterator[Claim]:
    """The percentage is the elected schedule's at the Years of Service told, and more only for a reason.

    The reasons: a top-heavy Plan Year, employment at Normal Retirement Age, death and disability.
    """
    told, vesting = case.told, case.terms.vesting
    if not (told.settles("vested_percent") and told.settles("years_of_service")):
        return
    years = told.value("years_of_service")
    for account in vesting.accounts:
        percent, slow = told.owned(account), percent_of(vesting.schedules[account][1], years)
        why = f"{years} Years of Service"
        yield Claim(percent is not None and percent >= slow, f"at least {slow}%", f"{percent}%", why)
        if not _owns_more(case):
            yield Claim(percent == slow, f"{slow}% of {ACCOUNTS[account]}", f"{percent}%", why)


def _owns_more(case: Case) -> bool:
    """Whether something else than service may give more than the schedule."""
    history, vesting = case.history, case.terms.vesting
    if vesting.top_heavy_plan_years or any(spell.reason in vesting.fully_vested_by for spell in history.spells):
        return True
    day = history.attained(vesting.normal_retirement_age)
    return day is None or any(min(span.last, case.as_of) >= day for span in history.own)


def _neither_vests(terms: Terms) -> str | None:
    return None if terms.vesting.fully_vested_by else "neither death nor disability vests (AA 5.02(a))"


@stated("AA 5.02(b)", "AA 5.02(c)", "Plan 5.02", reads=("vested_percent",), not_about=_neither_vests)
def death_and_disability_as_elected(case: Case) -> Iterator[Claim]:
    """Where it is elected, whoever leaves the Employer by death or disability owns 100% from that day on."""
    vesting, own = case.terms.vesting, case.terms.service.own_employers
    spells = [spell for spell in case.history.spells if spell.employer in own]
    for number, spell in enumerate(spells):
        over = spell.end is not None and spell.end <= case.as_of
        goes_on = any(spell.end is not None and later.start <= spell.end + DAY for later in spells[number + 1 :])
        if over and not goes_on and spell.reason in vesting.fully_vested_by and case.told.settles("vested_percent"):
            yield from all_of_it(case, f"left by {spell.reason} on {spell.end}")


@stated("AA 5.03", "AA 5.01", "Plan 5.03", reads=("fully_vested_on", "vested_percent"))
def the_day_of_full_vesting_agrees(case: Case) -> Iterator[Claim]:
    """The day on which all is owned has come exactly for those who own 100%, and is ahead for everybody else."""
    told = case.told
    if not (case.history.spells and told.settles("vested_percent") and told.settles("fully_vested_on")):
        return
    full = all(told.owned(account) == FULL for account in ("employer", "regular_matching"))
    day = told.day("fully_vested_on")
    if full:
        yield Claim(day is not None and day <= case.as_of, f"by {case.as_of}", day, "all of it is owned")
        return
    yield Claim(day is None or day > case.as_of, f"after {case.as_of}", day, "not all of it is owned")
    retirement = retirement_day(case)
    if case.history.at_work and retirement is not None and retirement > case.as_of:
        yield Claim(day is not None and day <= retirement, f"no later than {retirement}", day, "employed until then")


@stated("Plan 5.03", "AA 5.03", reads=("vested_percent", "vesting_periods.percent", "years_of_service"))
def the_ledger_gives_the_answer(case: Case) -> Iterator[Claim]:
    """The last vesting period of the ledger has the Years of Service and the percentage that the answer tells.

    Hours, Years, Breaks and percentages of the periods before it are those that led there.
    """
    told = case.told
    if not told.vesting or not told.settles("years_of_service"):
        return
    last = told.vesting[-1]
    yield Claim(
        last["years_of_service"] == told.value("years_of_service"),
        last["years_of_service"],
        told.value("years_of_service"),
        f"the period that ends on {last['through']}",
    )
    account = case.terms.vesting.accounts[0]
    owned = told.owned(account)
    if owned is not None and last["percent"] is not None and not case.terms.vesting.match_apart:
        percent = Decimal(str(last["percent"]))
        yield Claim(percent == owned, f"{owned}%", f"{percent}%", f"the period that ends on {last['through']}")
    before = 0
    for line in told.vesting:
        if None in (line["years_of_service"], line["year"], line["dropped_by_parity"]):
            return
        most = 0 if line["dropped_by_parity"] else before + line["year"]
        found = line["years_of_service"]
        yield Claim(found <= most, f"at most {most}", found, f"the period that ends on {line['through']}")
        before = found


PROPERTIES = (
    years_of_service_are_those_of_the_record,
    owns_what_the_schedule_gives,
    death_and_disability_as_elected,
    the_day_of_full_vesting_agrees,
    the_ledger_gives_the_answer,
)
