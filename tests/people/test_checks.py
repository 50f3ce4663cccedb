"""Facts that cannot all be true: each check has an example that breaks it and nothing else, and repeats no value."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from asking import MITECH, STEEL, steel

from planrules import People
from planrules.people.checklist import CHECKS, named
from planrules.people.checks import exceptions, problems

EMPLOYERS = (STEEL, MITECH)
CLASSES = ("collective_bargaining", "leased")
WHO = "E-70417"
AMOUNT = Decimal("1061.37")
HIRED, LEFT = date(1994, 10, 17), date(1996, 1, 9)
WORDS = {*EMPLOYERS, *CLASSES, "paid", "death", "0"}
"""What a message may say that a row may hold: the plan's own words."""
Row = dict[str, Any]

SPELL: Row = {"employer": STEEL, "start": HIRED, "end": None, "reason": None}
ENDED: Row = SPELL | {"end": LEFT, "reason": "quit"}
PAY: Row = {
    "start": date(1995, 3, 6),
    "end": date(1995, 3, 19),
    "paid_on": date(1995, 3, 24),
    "hours": Decimal("86.31"),
    "compensation": AMOUNT,
    "salary_reduction": Decimal("53.11"),
    "kind": "paid",
    "employer": None,
}
CLASS: Row = {"class": "leased", "start": HIRED, "end": LEFT}
ACCOUNT: Row = dict.fromkeys(("deferral", "regular_matching", "employer", "qualified_nonelective"), AMOUNT)
CASH_OUT: Row = {"paid_on": LEFT, "kind": "cash_out", "repaid_on": None}
OPT_OUT: Row = {"start": date(1995, 10, 1), "end": date(1996, 9, 30)}
PARTS = ("bonus", "overtime", "commissions", "other_elective_contributions")
CONTRIBUTED = ("cash_or_deferred", "mandatory_contribution")
GOOD: dict[str, list[Row]] = {
    "employees": [{"birth_date": date(1961, 7, 23)}],
    "employment": [SPELL],
    "classes": [CLASS],
    "pay": [PAY],
    "accounts": [ACCOUNT],
    "distributions": [CASH_OUT],
    "opt_outs": [OPT_OUT],
}
STRANGER = "rows of somebody who is not among the employees"
ELSEWHERE: Row = {"employee_id": "E-99999"}

# The check (table, column, rule), and the rows of its table (or of other tables) with which it alone is broken.
EXAMPLES: dict[tuple[str, str, str], dict[str, list[Row]]] = {
    ("employees", "employee_id", "two people under one employee_id"): {"employees": [*GOOD["employees"] * 2]},
    ("employees", "employee_id", "nobody is answered for without employment"): {
        "employment": [],
        "pay": [],
        "classes": [],
    },
    ("employees", "birth_date", "the first day of employment is before birth"): {
        "employees": [{"birth_date": date(1994, 10, 18)}]
    },
    ("employment", "end", "the employment ends before it starts"): {
        "employment": [SPELL | {"end": date(1994, 10, 16), "reason": "quit"}]
    },
    ("employment", "start", "two stretches with one employer overlap"): {
        "employment": [ENDED, SPELL | {"start": LEFT}]
    },
    ("employment", "reason", "an unknown reason for leaving"): {"employment": [ENDED | {"reason": "dismissed"}]},
    ("employment", "reason", "a reason for leaving without a last day"): {"employment": [SPELL | {"reason": "layoff"}]},
    ("employment", "start", "employment after a death"): {
        "employment": [ENDED | {"reason": "death"}, SPELL | {"start": date(1996, 1, 10)}]
    },
    ("employment", "employer", "an employer the plan does not name"): {
        "employment": [SPELL | {"employer": "Acme Ltd."}]
    },
    ("classes", "class", "a class of employees the plan does not know"): {
        "classes": [CLASS | {"class": "night shift"}]
    },
    ("classes", "end", "the class ends before it starts"): {"classes": [CLASS | {"end": date(1994, 10, 16)}]},
    ("classes", "start", "the same class twice on one day"): {"classes": [CLASS, CLASS | {"start": LEFT, "end": None}]},
    ("pay", "end", "the pay row ends before it starts"): {"pay": [PAY | {"end": date(1995, 3, 5), "hours": None}]},
    ("pay", "start", "work before the first day of employment"): {"pay": [PAY | {"start": date(1994, 10, 16)}]},
    ("pay", "hours", "negative hours"): {"pay": [PAY | {"hours": Decimal("-0.01")}]},
    ("pay", "hours", "more than 24 hours a day"): {"pay": [PAY | {"hours": Decimal("336.01")}]},
    ("pay", "compensation", "negative compensation"): {
        "pay": [PAY | {"compensation": Decimal("-1061.37"), "salary_reduction": Decimal(0)}]
    },
    ("pay", "salary_reduction", "a negative salary reduction"): {
        "pay": [PAY | {"salary_reduction": Decimal("-53.11")}]
    },
    ("pay", "salary_reduction", "a salary reduction above the compensation it is taken from"): {
        "pay": [PAY | {"salary_reduction": Decimal("1061.38")}]
    },
    **{
        ("pay", column, "a negative amount"): {"pay": [PAY | {column: Decimal("-0.01")}]}
        for column in (*PARTS, *CONTRIBUTED)
    },
    ("pay", "days", "a negative amount"): {"pay": [PAY | {"days": -1}]},
    **{
        ("pay", column, "a part of the compensation above the compensation"): {
            "pay": [PAY | {column: Decimal("1061.38")}]
        }
        for column in PARTS
    },
    ("pay", "days", "more days of work than the row has"): {"pay": [PAY | {"days": 15}]},
    ("opt_outs", "end", "the election not to participate ends before it starts"): {
        "opt_outs": [OPT_OUT | {"end": date(1995, 9, 30)}]
    },
    ("opt_outs", "start", "two elections not to participate overlap"): {
        "opt_outs": [OPT_OUT, OPT_OUT | {"start": date(1996, 9, 30), "end": date(1997, 9, 30)}]
    },
    ("opt_outs", "employee_id", STRANGER): {"opt_outs": [OPT_OUT, OPT_OUT | ELSEWHERE]},
    ("pay", "kind", "an unknown kind of pay row"): {"pay": [PAY | {"kind": "severance"}]},
    ("pay", "employer", "an employer the plan does not name"): {"pay": [PAY | {"employer": "Acme Ltd."}]},
    ("pay", "employer", "a pay row that falls in employment with two employers"): {
        "employment": [ENDED | {"end": date(1995, 3, 10)}, {"employer": MITECH, "start": date(1995, 3, 11)}],
    },
    ("distributions", "repaid_on", "a cash-out repaid before it was paid"): {
        "distributions": [CASH_OUT | {"repaid_on": date(1996, 1, 8)}]
    },
    ("accounts", "employee_id", "two rows of balances for one person"): {"accounts": [ACCOUNT, ACCOUNT]},
    ("employment", "employee_id", STRANGER): {"employment": [SPELL, ENDED | ELSEWHERE]},
    ("classes", "employee_id", STRANGER): {"classes": [CLASS, CLASS | ELSEWHERE]},
    ("pay", "employee_id", STRANGER): {"pay": [PAY, PAY | ELSEWHERE]},
    ("accounts", "employee_id", STRANGER): {"accounts": [ACCOUNT, ACCOUNT | ELSEWHERE]},
    ("distributions", "employee_id", STRANGER): {"distributions": [CASH_OUT, CASH_OUT | ELSEWHERE]},
    ("employment", "start", "employment that begins before anybody alive was born"): {
        "employees": [{"birth_date": None}],
        "employment": [SPELL | {"start": date(1899, 12, 31)}],
    },
    ("distributions", "kind", "an unknown kind of distribution"): {"distributions": [CASH_OUT | {"kind": "loan"}]},
    **{
        ("accounts", account, "a negative balance"): {"accounts": [ACCOUNT | {account: Decimal("-0.01")}]}
        for account in ACCOUNT
    },
    **{
        (table, column, "a value is missing that a row needs"): {table: [GOOD[table][0] | {column: None}]}
        for table, columns in {
            "employment": ("employer", "start"),
            "classes": ("class", "start"),
            "pay": ("start", "end", "paid_on", "salary_reduction", "kind", *CONTRIBUTED),
            "opt_outs": ("start", "end"),
            "accounts": ACCOUNT,
            "distributions": ("paid_on", "kind"),
        }.items()
        for column in columns
    },
}

# Facts on the right side of each line: none of them breaks anything.
SOUND: dict[str, dict[str, list[Row]]] = {
    "hired in 1900": {"employees": [{"birth_date": None}], "employment": [SPELL | {"start": date(1900, 1, 1)}]},
    "no money in any account": {"accounts": [dict.fromkeys(ACCOUNT, Decimal(0))]},
    "hired on the day of birth": {"employees": [{"birth_date": HIRED}]},
    "employed for one day": {"employment": [ENDED | {"end": HIRED}], "classes": [], "pay": []},
    "back on the next day": {"employment": [ENDED, SPELL | {"start": date(1996, 1, 10)}]},
    "two employers on one day": {"employment": [SPELL, {"employer": MITECH, "start": HIRED}], "pay": []},
    "two classes on one day": {"classes": [CLASS, CLASS | {"class": "collective_bargaining"}]},
    "the same class again on the next day": {"classes": [CLASS, CLASS | {"start": date(1996, 1, 10), "end": None}]},
    "work from the first day on": {"pay": [PAY | {"start": HIRED}]},
    "24 hours a day": {"pay": [PAY | {"hours": Decimal("336.00")}]},
    "all pay deferred": {"pay": [PAY | {"salary_reduction": AMOUNT}]},
    "all pay a bonus, every day worked": {"pay": [PAY | {"bonus": AMOUNT, "days": 14}]},
    "two elections not to participate in a row": {
        "opt_outs": [OPT_OUT, OPT_OUT | {"start": date(1996, 10, 1), "end": date(1997, 9, 30)}]
    },
    "nothing known of a check": {"pay": [PAY | {"hours": None, "compensation": None}]},
    "repaid on the day it was paid": {"distributions": [CASH_OUT | {"repaid_on": LEFT}]},
    "two employers, and the pay row says which": {
        "employment": EXAMPLES["pay", "employer", "a pay row that falls in employment with two employers"][
            "employment"
        ],
        "pay": [PAY | {"employer": MITECH}],
    },
}


def people(rows: Mapping[str, list[Row]], who: str = WHO) -> People:
    """The good person with some tables replaced."""
    filled = {
        table: [{"employee_id": who} | dict(row) for row in given] for table, given in (GOOD | dict(rows)).items()
    }
    return People.from_tables(
        {table: pl.from_dicts(given) if given else _empty(table) for table, given in filled.items()}
    )


def _empty(table: str) -> pl.DataFrame:
    frame: pl.DataFrame = getattr(People.from_persons([]), table)
    return frame


def found(rows: Mapping[str, list[Row]]) -> pl.DataFrame:
    return exceptions(people(rows), employers=EMPLOYERS, classes=CLASSES)


def test_every_check_has_an_example() -> None:
    known = (*CHECKS, *named(EMPLOYERS, CLASSES))
    assert {(check.table, check.column, check.rule) for check in known} == EXAMPLES.keys()


def test_the_good_person_is_good() -> None:
    assert found({}).is_empty()


@pytest.mark.parametrize("name", SOUND)
def test_what_is_just_possible_is_let_through(name: str) -> None:
    assert found(SOUND[name]).to_dicts() == []


@pytest.mark.parametrize("check", EXAMPLES, ids=lambda check: f"{check[0]}, {check[2]}")
def test_the_example_breaks_this_check_and_nothing_else(check: tuple[str, str, str]) -> None:
    told = found(EXAMPLES[check])
    assert set(told.select("table", "column", "rule").iter_rows()) == {check}
    assert told.columns == ["employee_id", "table", "row", "column", "rule", "do"]


@pytest.mark.parametrize("check", EXAMPLES, ids=lambda check: f"{check[0]}, {check[2]}")
def test_the_problem_names_table_row_and_column_and_no_value(check: tuple[str, str, str]) -> None:
    rows, (table, column, rule) = EXAMPLES[check], check
    for problem in problems(found(rows), "census"):
        number = re.search(r" row (\d+)", problem.where)
        own = table == "employees"  # what a person's file says once, outside its lists
        assert problem.where == (f"census, {column}" if own else f"census, {table}{number and number[0]}, {column}")
        assert (problem.what, bool(problem.do)) == (rule, True)
        given = (GOOD | rows)[table]
        assert own or 1 <= int(number[1] if number else 0) <= len(given)
        values = {str(value) for row in given for value in row.values() if value is not None} | {WHO, "E-99999"}
        assert [value for value in values - WORDS if value in str(problem)] == []


def test_the_row_is_counted_within_the_person_in_the_order_given() -> None:
    rows = [PAY, PAY | {"hours": Decimal("-1.00")}, PAY, PAY | {"hours": Decimal("-2.00")}]
    both = [people({}, "A"), people({"pay": rows}, "B"), people({}, "C")]
    merged = People(**{table: pl.concat([getattr(one, table) for one in both]) for table in GOOD})
    told = exceptions(merged, employers=EMPLOYERS, classes=CLASSES)
    assert told.select("employee_id", "row").rows() == [("B", 2), ("B", 4)]


def test_several_broken_checks_are_all_told() -> None:
    rows = {"pay": [PAY | {"hours": Decimal("-1.00"), "kind": "bonus"}], "employment": [SPELL | {"employer": "Acme"}]}
    assert len(found(rows)) == 3


@pytest.mark.parametrize("start", [date(194, 10, 17), date(1, 1, 1)])
def test_employment_that_begins_before_anybody_alive_was_born_is_set_aside(start: date) -> None:
    # Each Plan Year since then would be a set of columns, and one such row would stop everybody.
    told = found({"employees": [{"birth_date": None}], "employment": [SPELL | {"start": start}], "classes": []})
    assert told.select("table", "column").rows() == [("employment", "start")]


def test_people_with_impossible_facts_are_set_aside_and_the_others_answered() -> None:
    everybody = [people({}, "GOOD"), *(people(rows, f"{table}, {rule}") for (table, _, rule), rows in EXAMPLES.items())]
    merged = People(**{table: pl.concat([getattr(one, table) for one in everybody]) for table in GOOD})
    result = steel().evaluate(merged, date(1996, 3, 31))
    good = {"GOOD", *(f"{table}, {rule}" for table, _, rule in EXAMPLES if rule == STRANGER)}
    assert set(result.people["employee_id"]) == good
    assert set(result.exceptions["employee_id"]) == {*merged.employees["employee_id"], "E-99999"} - good
