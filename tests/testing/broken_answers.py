"""For each property a person it concerns, and a change of the answer that breaks it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from planrules.testing.case import Case, Told

Change = Callable[[Case], Case]
OWNER = "Steel Technologies Inc."


def years(first: int, last: int, hours: str = "2000.00", pay: str = "12000.00", cut: str = "720.00") -> list[Any]:
    """One check a Plan Year, October to September, paid on its last day; `first` is the year in which one ends."""
    return [
        {
            "start": f"{year - 1}-10-01",
            "end": f"{year}-09-30",
            "paid_on": f"{year}-09-30",
            "hours": hours,
            "compensation": pay,
            "salary_reduction": cut,
        }
        for year in range(first, last + 1)
    ]


def person(start: str, pay: list[Any], **facts: Any) -> dict[str, Any]:  # noqa: ANN401  any fact of a person
    """A person employed from a day on, with everything known."""
    employment = facts.pop("employment", [{"employer": OWNER, "start": start, "end": facts.pop("end", None)}])
    nothing = dict.fromkeys(("deferral", "regular_matching", "employer", "qualified_nonelective"), "0.00")
    accounts = nothing | facts.pop("accounts", {})
    known = {"birth_date": "1955-05-05", "classes": [], "accounts": accounts}
    return {"employee_id": "E1", "employment": employment, "pay": pay} | known | facts


LEFT = {"end": "1995-03-31", "accounts": {"deferral": "4000.00", "regular_matching": "1000.00"}}
PEOPLE: Mapping[str, tuple[dict[str, Any], date]] = {
    "at_work": (person("1990-10-01", years(1991, 1997)), date(1996, 12, 31)),
    "new": (person("1994-10-01", years(1995, 1995)), date(1995, 9, 30)),
    "joined": (person("1994-10-01", years(1995, 1995)), date(1996, 3, 31)),
    "left": (person("1990-10-01", years(1991, 1994), **LEFT), date(1995, 12, 31)),
    "left_old": (person("1990-10-01", years(1991, 1994), birth_date="1924-01-01", **LEFT), date(1995, 12, 31)),
    "left_by_death": (
        person(
            "1990-10-01",
            years(1991, 1994),
            employment=[{"employer": OWNER, "start": "1990-10-01", "end": "1995-03-31", "reason": "death"}],
        ),
        date(1995, 12, 31),
    ),
    "old_at_work": (person("1990-10-01", years(1991, 1994), birth_date="1928-01-01"), date(1995, 12, 31)),
    "rehired": (
        person(
            "1990-10-01",
            years(1991, 1991),
            employment=[
                {"employer": OWNER, "start": "1990-10-01", "end": "1991-12-31"},
                {"employer": OWNER, "start": "1994-02-02", "end": None},
            ],
        ),
        date(1995, 12, 31),
    ),
    "long_gone": (person("1988-10-01", years(1989, 1989, cut="0.00"), end="1989-09-30"), date(1995, 9, 30)),
    "broken": (person("1990-10-01", years(1991, 1994), end="1994-09-30"), date(1999, 12, 31)),
    "repaid": (
        person(
            "1990-10-01",
            years(1991, 1994),
            employment=[
                {"employer": OWNER, "start": "1990-10-01", "end": "1994-09-30"},
                {"employer": OWNER, "start": "1996-01-01", "end": None},
            ],
            distributions=[{"paid_on": "1994-12-31", "repaid_on": "1996-06-30"}],
        ),
        date(1996, 12, 31),
    ),
    "paid_much": (person("1990-10-01", years(1991, 1995, pay="160000.00", cut="9000.00")), date(1995, 9, 30)),
    "after_2002": (person("1999-10-01", years(2000, 2003)), date(2003, 9, 30)),
}
"""People by what they are, with the day they are asked about."""


def told(**fields: object) -> Change:
    """The answer with other values in some fields."""
    return lambda case: replace(case, told=_with(case.told, fields))


def _with(before: Told, fields: Mapping[str, object]) -> Told:
    return replace(before, people={**before.people, **fields})


def owned(percent: int, account: str = "employer") -> Change:
    """The answer with another percentage of an account; the match is with the Employer's money."""

    def change(case: Case) -> Case:
        names = ("employer", "regular_matching") if account == "employer" else (account,)
        percents = case.told.people["vested_percent"] | dict.fromkeys(names, percent)
        return replace(case, told=_with(case.told, {"vested_percent": percents}))

    return change


def status(field: str, value: str) -> Change:
    """The answer with another status of a field."""
    return lambda case: replace(
        case, told=_with(case.told, {"statuses": case.told.people["statuses"] | {field: value}})
    )


def missing(*fields: str) -> Change:
    """The answer that names a missing fact for some fields."""
    return lambda case: replace(case, told=replace(case.told, missing=case.told.missing | set(fields)))


def line(ledger: str, number: int, **values: object) -> Change:
    """The answer with other values in one line of a ledger."""

    def change(case: Case) -> Case:
        lines = [dict(each) for each in getattr(case.told, ledger)]
        lines[number] |= values
        return replace(case, told=replace(case.told, **{ledger: tuple(lines)}))

    return change


def beside(name: str, change: Change) -> Change:
    """The answer to a variant of the trial, changed."""

    def changed(case: Case) -> Case:
        trial, answer = case.beside[name]
        other = change(replace(case, told=answer)).told
        return replace(case, beside={**case.beside, name: (trial, other)})

    return changed


DAY = date(1999, 3, 3)
BROKEN: Mapping[str, tuple[str, Change]] = {
    "entry_no_later_than_the_law_allows": ("joined", told(entry_on=date(1996, 10, 1))),
    "service_before_a_break_still_counts": ("rehired", told(eligibility_completed_on=None)),
    "conditions_complete_only_when_met": ("joined", told(eligibility_completed_on=date(1995, 6, 30))),
    "scheduled_entry_is_the_date_elected": ("joined", told(scheduled_entry_on=date(1996, 1, 1))),
    "joins_on_the_first_day_free_to": ("rehired", told(entry_on=date(1994, 4, 1))),
    "takes_part_from_entry_while_employed": ("rehired", told(status_of_employee="former_participant")),
    "next_entry_is_ahead": ("new", told(next_entry_on=date(1995, 9, 30))),
    "vesting_no_slower_than_the_law": ("at_work", owned(50)),
    "overtaken_vesting_is_said": ("after_2002", status("vested_percent", "decided")),
    "top_heavy_vesting_no_slower_than_the_law": ("left", line("vesting", 3, percent=0)),
    "vesting_never_falls": ("at_work", line("vesting", -1, percent=90)),
    "all_is_owned_at_retirement_age": ("old_at_work", owned(0)),
    "deferrals_are_always_owned": ("new", owned(99, "deferral")),
    "years_of_service_are_those_of_the_record": ("at_work", told(years_of_service=5)),
    "owns_what_the_schedule_gives": ("left", owned(20)),
    "death_and_disability_as_elected": ("left_by_death", owned(0)),
    "the_day_of_full_vesting_agrees": ("at_work", told(fully_vested_on=DAY)),
    "the_ledger_gives_the_answer": ("at_work", told(years_of_service=7)),
    "a_break_is_a_period_of_few_hours": ("at_work", line("vesting", 0, **{"break": True})),
    "a_forfeiture_break_is_five_breaks_in_a_row": ("broken", told(forfeiture_break_on=date(1998, 9, 30))),
    "parity_only_when_its_conditions_hold": ("long_gone", line("vesting", 3, dropped_by_parity=True)),
    "parity_where_it_is_due": ("long_gone", told(years_of_service=1)),
    "restored_only_when_the_document_says": ("repaid", told(restored_on=date(1997, 9, 30))),
    "restored_whenever_the_document_says": ("repaid", told(restored_on=None, restoration_valued_on=None)),
    "forfeits_only_by_cash_out_or_five_breaks": ("broken", told(forfeiture_on=date(1998, 9, 30))),
    "five_breaks_forfeit_what_is_not_owned": ("broken", told(forfeiture_on=None)),
    "leaves_on_the_last_day_employed": ("left", told(event_on=date(1995, 4, 1))),
    "waits_as_elected": ("left", told(payable_after_on=date(1995, 6, 28))),
    "the_vested_balance_adds_up": ("left", told(vested_total=Decimal("4000.01"))),
    "consent_whenever_it_is_due": ("left", told(consent_required=False)),
    "paid_no_later_than_the_law_says": ("left_old", told(default_payment_on=date(2003, 11, 30))),
    "paid_on_the_day_of_the_document": ("left_old", told(default_payment_on=date(1995, 11, 30))),
    "begins_no_later_than_the_required_date": ("left", told(required_beginning_on=date(2026, 4, 2))),
    "the_required_date_is_told_to_everybody_it_reaches": ("left", told(required_beginning_on=None)),
    "match_counts_only_pay_as_a_participant": (
        "at_work",
        line("matching", 0, eligible_contributions=Decimal("720.01")),
    ),
    "the_months_add_up_to_the_total": ("at_work", told(total=Decimal("0.01"))),
    "no_match_above_the_tiers": ("at_work", line("matching", 0, match=Decimal("270.03"))),
    "the_match_is_what_the_formula_gives": ("at_work", line("matching", 0, match=Decimal("269.99"))),
    "pay_above_the_yearly_limit_is_not_matched": (
        "paid_much",
        line("matching", -1, compensation_counted=Decimal("150000.01")),
    ),
    "deferrals_are_held_to_the_calendar_year_limit": ("at_work", told(annual_limit=Decimal("9240.00"))),
    "the_plan_s_own_maximum_is_of_the_year_s_pay": ("new", told(plan_year_maximum=Decimal("1800.01"))),
    "allocated_only_to_who_is_employed_on_the_day": ("at_work", line("matching", 0, allocated=False)),
    "deferrals_change_on_the_next_day_elected": ("at_work", told(next_change_on=date(1997, 4, 1))),
    "each_person_is_judged_alone": ("left", beside("alone", told(event_on=DAY))),
    "the_same_facts_give_the_same_answer": ("left", beside("again", owned(1))),
    "the_order_of_the_record_does_not_matter": ("left", beside("reordered", line("vesting", 0, hours=Decimal(1)))),
    "nothing_after_the_day_counts": ("at_work", beside("known_by_then", told(total=Decimal(1)))),
    "more_hours_never_harm": ("joined", beside("fuller", told(entry_on=date(1996, 1, 2)))),
    "what_is_decided_stays_decided": ("joined", beside("later", told(entry_on=date(1996, 1, 2)))),
    "an_open_answer_names_what_is_missing": ("at_work", status("total", "needs_data")),
}
"""By property: who it concerns, and the change that breaks it."""

ALSO_BROKEN: tuple[tuple[str, str, Change], ...] = (
    ("the_ledger_gives_the_answer", "at_work", line("vesting", -1, percent=1)),
    ("what_is_decided_stays_decided", "joined", beside("later", line("participation", 0, year_of_service=False))),
    ("what_is_decided_stays_decided", "paid_much", beside("later", line("matching", 0, match=Decimal("0.01")))),
    ("an_open_answer_names_what_is_missing", "at_work", missing("total")),
    ("an_open_answer_names_what_is_missing", "at_work", status("scheduled_entry_on", "needs_data")),
)
"""Other parts of what a property reads, broken one by one."""
