"""A plan in plain words, in the order a participant asks: who, when, how much, whose, when paid."""

from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.table import Table

from planrules.answers.differences import Key
from planrules.answers.explain import credited_in_words
from planrules.answers.matched import how_much, matched_money, who_gets_it
from planrules.answers.show_deferral import deferred
from planrules.answers.show_joining import entry_lines, joining_lines
from planrules.answers.show_payment import Line, paid
from planrules.answers.words import class_in_words, joined, listed, month_day, sourced, spoken, spoken_date, year_end
from planrules.elections import Elections
from planrules.plan import Terms, catalogue
from planrules.plan.schedules import Schedule
from planrules.plan.vesting import Vesting
from planrules.supplements import ExceptedSpan

_CITES_WIDTH = 38
"""Room for the longest name of a reading."""
READINGS = "How the unclear places are read"
UNTOLD = "What is not interpreted, so that answers which rest on it stay open"


def print_plan(elections: Elections, terms: Terms, others: Mapping[Key, Terms], console: Console) -> None:
    """Prints every evaluated provision with the option that set it, and the reading where it rests on one.

    `others` holds the plan under each other option of each reading; a line that one of them changes rests on it.
    """
    console.print(elections.plan.name, style="bold")
    console.print()
    if words := list(untold_lines(elections, terms)):
        console.print(UNTOLD, style="bold")
        _print_lines(((line, ()) for line in words), console)
    rests = rests_on(terms, others)
    for heading, lines in lines_shown(terms, others):
        console.print(heading, style="bold")
        _print_lines(((line, rests.get((heading, line[0]), ())) for line in lines), console)


def _beside(cites: tuple[str, ...]) -> str:
    """Citations in a line, and the name of a reading before them in one of its own."""
    if cites[0] in catalogue():
        return f"{cites[0]}\n{joined(cites[1:])}"
    return joined(cites)


def lines_shown(terms: Terms, others: Mapping[Key, Terms]) -> Iterator[tuple[str, list[Line]]]:
    """Everything shown: the plan's lines by heading, and last how its unclear places are read."""
    yield from plan_lines(terms)
    yield READINGS, list(_readings(terms, others))


def _print_lines(lines: Iterable[tuple[Line, tuple[str, ...]]], console: Console) -> None:
    """Prints sentences with what they rest on beside them: citations, and under these the names of readings."""
    table = Table.grid(padding=(0, 2))
    table.add_column(width=0)
    table.add_column(ratio=1)
    table.add_column(style="dim", max_width=_CITES_WIDTH)
    for (sentence, cites), readings in lines:
        table.add_row("", sentence, "\n".join([_beside(cites), *(f"read: {name}" for name in readings)]))
    console.print(table)
    console.print()


def untold_lines(elections: Elections, terms: Terms) -> Iterator[Line]:
    """The options whose effect nobody has told: the words that the employer wrote in, or what else is lacking."""
    for each in {untold.option: untold for untold in terms.untold}.values():
        cites = (f"AA {each.option}",)
        blanks = elections.checked.get(each.option, {}).values()
        words = "; ".join(value for value in blanks if isinstance(value, str))
        if each.lacks is not None:
            yield f"{each.lacks[:1].upper()}{each.lacks[1:]}.", cites
        elif words:
            yield f"Written in, not interpreted: “{words}”.", cites
        else:
            yield "Left to words of the Employer's own, which nobody has interpreted.", cites


def rests_on(terms: Terms, others: Mapping[Key, Terms]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """For each line, by heading and sentence, the readings under whose other options it would not stand."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for (reading, _), other in others.items():
        there = {(heading, sentence) for heading, lines in plan_lines(other) for sentence, _ in lines}
        for heading, lines in plan_lines(terms):
            for sentence, _ in lines:
                if (heading, sentence) not in there:
                    found.setdefault((heading, sentence), {})[reading] = None
    return {line: tuple(readings) for line, readings in found.items()}


def plan_lines(terms: Terms) -> Iterator[tuple[str, list[Line]]]:
    """Headings and their lines: a sentence and its citations."""
    yield "Who can join", list(_who(terms))
    yield "When they join", list(_when(terms))
    yield "How much is matched", list(_match(terms))
    yield "Whose the money is", list(_whose(terms))
    yield "When it is paid", list(paid(terms))
    yield "What may be deferred", list(deferred(terms))


def _who(terms: Terms) -> Iterator[Line]:
    by = terms.set_by
    yield f"Employees of {terms.service.employer.rstrip('.')}.", by["employer"]
    classes = ", ".join(class_in_words(name) for name in terms.participation.excluded_classes) or "nobody"
    yield f"Left out: {classes}.", by["excluded_classes"]
    for each in terms.service.participating_employers:
        since = "" if each.since is None else f", from {spoken_date(each.since)}"
        yield (
            f"Employees of {each.name} join like the Employer's own{since}.",
            by["participating_employers"],
        )
    if terms.service.predecessors_for_participation:
        names = ", ".join(terms.service.predecessors_for_participation)
        yield f"Service with {names} counts toward joining.", by["predecessors_for_participation"]
    others = [
        name
        for name in terms.service.predecessors_for_vesting
        if name not in terms.service.predecessors_for_participation
    ]
    if others:
        yield f"Service with {', '.join(others)} counts toward vesting only.", by["predecessors_for_vesting"]
    for span in terms.service.excepted_service:
        yield f"Service with {span.employer} does not count {_between(span)}.", by["excepted_service"]


def _when(terms: Terms) -> Iterator[Line]:
    by, part = terms.set_by, terms.participation
    yield from joining_lines(part)
    days = listed([month_day(day) for day in part.plan_entry_days])
    yield (
        f"Plan Entry Dates: {spoken_date(part.first_plan_entry_date)} and after it every {days}.",
        by["plan_entry_days"],
    )
    yield from entry_lines(part)
    yield from _years(terms)


def _years(terms: Terms) -> Iterator[Line]:
    by, part = terms.set_by, terms.service
    yield f"Plan Years end on {year_end(part.plan_year_ends)}.", by["plan_year_ends"]
    if part.equivalency_for:
        yield f"Hours of Service are credited: {credited_in_words(part)}.", by["equivalency_for"]
    if part.limitation_year_ends != part.plan_year_ends:
        own = f"Limitation Years, for the limit on annual additions, end on {year_end(part.limitation_year_ends)}."
        yield own, by["limitation_year_ends"]


def _match(terms: Terms) -> Iterator[Line]:
    by, part = terms.set_by, terms.matching
    if not part.match_elected:
        yield "There is no match.", by["match_elected"]
        return
    yield how_much(terms), by["formulas"]
    yield who_gets_it(terms), by["match_employment_condition"]
    discretionary = [formula for formula in part.formulas if formula.discretionary]
    for entry in part.match_rates if discretionary else ():
        rates = [f"{percent}% of the {_nth(tier)}" for tier, percent in enumerate(entry.percents or ())]
        words = " and ".join(rates)
        all_of_it = "" if entry.rate is None else f"{entry.rate}% of all {matched_money(terms)}"
        yield f"From {spoken_date(entry.from_)}: {' and '.join(filter(None, (words, all_of_it)))}.", by["match_rates"]
    if discretionary and not part.match_rates:
        yield "No rates are on file, so no match can be worked out.", by["match_rates"]
    account = {
        "regular": "the Regular Matching Contributions Account",
        "qualified": "the Qualified Matching Contributions Account, which belongs to the Participant at once",
        "both": "the Regular and, for some formulas, the Qualified Matching Contributions Account",
    }[part.matching_account]
    yield f"It goes to {account}.", by["matching_account"]
    first = {"plan_year": "the whole Plan Year", "as_participant": "the part of it as a Participant"}
    others = f"In the Plan Year of joining, other contributions go by Compensation of {first[_first(terms)]}."
    yield others, by["first_year_compensation"]
    if terms.facts.illustrative and discretionary:
        yield f"These rates are illustrative{sourced(terms.facts.source)}.", ("plan facts",)


def _account(pair: tuple[Schedule, Schedule], money: str, terms: Terms, names: tuple[str, str]) -> Iterator[Line]:
    """The schedules of one account: the one of other Plan Years, then that of top-heavy ones where it is another."""
    fast, slow = pair
    if fast.full_years == slow.full_years == 0:
        yield f"{money}: 100% at all times.", terms.set_by[names[0]]
        return
    yield f"{money}: {_steps(slow)}.", terms.set_by[names[0]]
    if fast != slow:
        when = "From the first top-heavy Plan Year on" if terms.vesting.top_heavy_once else "In a top-heavy Plan Year"
        yield f"{when}: {_steps(fast)}.", terms.set_by[names[1]]


def _steps(schedule: Schedule) -> str:
    rows = schedule.rows
    return ", ".join(
        f"{spoken(percent)}% at {years} Year{'' if years == 1 else 's'} of Service" for years, percent in rows
    )


def _retirement(part: Vesting) -> str:
    """Normal Retirement Age in words."""
    age, anniversary = f"age {part.normal_retirement_age}", part.retirement_anniversary
    if anniversary is None:
        return age
    return f"{age}, or {anniversary} years after the first day of the Plan Year of joining if that is later,"


def _nth(tier: int) -> str:
    return "first tier" if tier == 0 else "next"


def _first(terms: Terms) -> str:
    return terms.accrual.first_year_compensation


def _whose(terms: Terms) -> Iterator[Line]:
    by, part = terms.set_by, terms.vesting
    yield "Elective deferrals and qualified nonelective contributions belong to the Participant at once.", ("AA 5.03",)
    money = "Employer money other than the match" if part.match_apart else "Employer money"
    yield from _account(part.schedules["employer"], money, terms, ("non_top_heavy_schedule", "top_heavy_schedule"))
    if part.match_apart:
        names = ("matching_non_top_heavy_schedule", "matching_top_heavy_schedule")
        yield from _account(part.schedules["regular_matching"], "The match", terms, names)
    if terms.distribution.minimum_vested_amount:
        least = f"${terms.distribution.minimum_vested_amount:,.2f}"
        yield f"At least {least} of it, or all there is if less.", by["minimum_vested_amount"]
    period = "a Plan Year"
    if part.vesting_period == "Employment Year":
        period = "an Employment Year, 12 months from the first day of work or an anniversary of it,"
    yield f"A Year of Service is {period} with {part.vesting_hours_required:,} hours.", by["vesting_hours_required"]
    if part.years_from_age is not None:
        yield f"Years that ended before age {part.years_from_age} do not count.", by["years_from_age"]
    if part.years_from_plan_on is not None:
        began = spoken_date(part.years_from_plan_on)
        yield f"Years that ended before the Plan began on {began} do not count.", by["years_from_plan_on"]
    yield f"100% at {_retirement(part)} while employed.", by["normal_retirement_age"]
    if part.fully_vested_by:
        yield f"100% when employment ends by {' or '.join(part.fully_vested_by)}.", by["fully_vested_by"]
    yield (
        f"{period[:1].upper()}{period[1:]} with {part.break_hours_at_most} hours or fewer is a Break in Service.",
        by["break_hours_at_most"],
    )
    if part.parity_breaks_at_least is not None:
        enough = f"that equal or exceed the greater of {part.parity_breaks_at_least} and those Years"
        yield (
            f"Somebody who owns nothing loses earlier Years after Breaks in a row {enough}.",
            by["parity_breaks_at_least"],
        )


def _readings(terms: Terms, others: Mapping[Key, Terms]) -> Iterator[Line]:
    """The unclear places that this plan has: those where another option would make another plan of it."""
    for name, reading in catalogue().items():
        if all(terms.same_as(other) for (which, _), other in others.items() if which == name):
            continue
        undecided = "Nobody has decided; answered as: " if name in terms.choices.undecided else "Here: "
        told = f"{reading.question}\n{undecided}{reading.options[terms.choices[name]]}."
        yield told, (name, *terms.cites(reading.cites))


def _between(span: ExceptedSpan) -> str:
    """The days of a span in words."""
    since = "" if span.start is None else f"from {spoken_date(span.start)}"
    until = "" if span.end is None else f"through {spoken_date(span.end)}"
    return " ".join(each for each in (since, until) if each) or "at all"
