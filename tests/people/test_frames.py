"""The tables of people: what is filled in, what is refused, and that no value is rounded or lost on the way in."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from asking import STEEL, steel
from oracle_example import pay, person, spell
from polars.testing import assert_frame_equal

from planrules import People, Person
from planrules.errors import PeopleError
from planrules.people.frames import SCHEMAS

HIRED, ENDED = date(1994, 10, 15), date(1995, 10, 14)
EMPLOYEES = pl.DataFrame({"employee_id": ["A"], "birth_date": [date(1960, 5, 1)]})
EMPLOYMENT = pl.DataFrame({"employee_id": ["A"], "employer": [STEEL], "start": [HIRED]})
PAY = pl.DataFrame(
    {"employee_id": ["A"], "start": [HIRED], "end": [ENDED], "paid_on": [ENDED], "hours": [Decimal("1040.00")]}
)
CLASSES = pl.DataFrame({"employee_id": ["A"], "class": ["leased"], "start": [HIRED]})
ACCOUNTS = pl.DataFrame(
    {"employee_id": ["A"], "deferral": [0], "regular_matching": [0], "employer": [0], "qualified_nonelective": [0]}
)
OPT_OUTS = pl.DataFrame({"employee_id": ["A"], "start": [date(1995, 10, 1)], "end": [date(1996, 9, 30)]})
DISTRIBUTIONS = pl.DataFrame({"employee_id": ["A"], "paid_on": [ENDED]})
TABLES: dict[str, pl.DataFrame] = {
    "employees": EMPLOYEES,
    "employment": EMPLOYMENT,
    "classes": CLASSES,
    "pay": PAY,
    "accounts": ACCOUNTS,
    "distributions": DISTRIBUTIONS,
    "opt_outs": OPT_OUTS,
}
OPTIONAL = {
    "employees": ["birth_date", "classes_known", "pay_known", "top_heavy_schedule_kept_on", "participant_since"],
    "employment": ["end", "reason"],
    "classes": ["end"],
    "pay": [
        *("hours", "compensation", "salary_reduction", "kind", "employer", "days", "bonus", "overtime", "commissions"),
        *("other_elective_contributions", "cash_or_deferred", "mandatory_contribution"),
    ],
    "accounts": [],
    "distributions": ["kind", "repaid_on"],
    "opt_outs": [],
}


def tables(**instead: pl.DataFrame | pl.LazyFrame) -> dict[str, pl.DataFrame | pl.LazyFrame]:
    """The two tables everybody needs, with others added or put instead."""
    return {"employees": EMPLOYEES, "employment": EMPLOYMENT} | instead


def refused(**instead: pl.DataFrame | pl.LazyFrame) -> str:
    with pytest.raises(PeopleError) as caught:
        People.from_tables(tables(**instead))
    return str(caught.value)


def set_aside(table: str, column: str, value: object, dtype: Any = None) -> bool:  # noqa: ANN401  a Polars type
    """Whether a table with that value in a column is refused, or its person is set aside with that column named."""
    given = TABLES[table].with_columns(pl.lit(value, dtype=dtype).alias(column))
    try:
        people = People.from_tables(TABLES | {table: given})
    except PeopleError as error:
        return f"table {table}" in str(error)
    found = steel().evaluate(people, date(1996, 3, 31)).exceptions
    return found.filter(table=table, column=column).height == 1


# ---- from tables ----------------------------------------------------------------------------


def test_columns_left_out_are_filled_in() -> None:
    people = People.from_tables(tables(pay=PAY.drop("hours")))
    assert people.employees.to_dicts() == [
        {
            "employee_id": "A",
            "birth_date": date(1960, 5, 1),
            "classes_known": False,
            "pay_known": True,
            "top_heavy_schedule_kept_on": None,
            "participant_since": None,
        }
    ]
    assert people.employment.select("end", "reason").row(0) == (None, None)
    assert people.pay.select("hours", "compensation", "salary_reduction", "kind", "employer").row(0) == (
        *(None, None, Decimal("0.00"), "paid", None),
    )


def test_every_table_has_the_columns_and_types_of_its_schema() -> None:
    people = People.from_tables(TABLES)
    for table, schema in SCHEMAS.items():
        assert dict(getattr(people, table).schema) == dict(schema)


def test_a_table_that_is_left_out_has_no_rows_and_is_not_known() -> None:
    people = People.from_tables(tables())
    assert all(getattr(people, table).is_empty() for table in ("classes", "pay", "accounts", "distributions"))
    assert people.employees.select("classes_known", "pay_known").row(0) == (False, False)
    empty = {table: getattr(people, table) for table in ("classes", "pay")}
    assert People.from_tables(tables(**empty)).employees.select("classes_known", "pay_known").row(0) == (True, True)


def test_absent_classes_leave_the_answer_open_and_an_empty_table_does_not() -> None:
    known = People.from_tables(tables(pay=PAY, classes=CLASSES.clear()))
    unknown = People.from_tables(tables(pay=PAY))
    statuses = [steel().evaluate(each, date(1996, 3, 31)).people["statuses"][0] for each in (known, unknown)]
    assert [status["entry_on"] for status in statuses] == ["decided", "needs_data"]


def test_lazy_tables_are_collected() -> None:
    lazy = People.from_tables({name: table.lazy() for name, table in TABLES.items()})
    for table in SCHEMAS:
        assert_frame_equal(getattr(lazy, table), getattr(People.from_tables(TABLES), table))


@pytest.mark.parametrize("table", SCHEMAS)
def test_each_missing_and_each_unknown_column_is_named(table: str) -> None:
    for column in SCHEMAS[table]:
        given = People.from_tables(TABLES)
        short = TABLES | {table: getattr(given, table).drop(column)}
        if column in OPTIONAL[table]:
            assert getattr(People.from_tables(short), table).columns == list(SCHEMAS[table])
        else:
            assert f"table {table}: columns missing ['{column}']" in refused(**short)
    more = TABLES[table].with_columns(social_security_number=pl.lit("000-12-3456"))
    said = refused(**TABLES | {table: more})
    assert f"table {table}" in said
    assert "unknown ['social_security_number']" in said
    assert "000-12-3456" not in said


def test_unknown_and_needed_tables_are_named() -> None:
    assert "unknown tables ['payroll']" in refused(payroll=PAY)
    for table in ("employees", "employment"):
        with pytest.raises(PeopleError, match="employees and employment are needed"):
            People.from_tables({name: frame for name, frame in TABLES.items() if name != table})


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("employment", "start", "15/10/1994"),
        ("employment", "start", "1994-02-30"),
        ("pay", "hours", "forty-one"),
        ("pay", "hours", float("nan")),
        ("pay", "hours", float("inf")),
        ("pay", "compensation", Decimal("123456789012345678.00")),
        ("employees", "classes_known", "perhaps"),
    ],
)
def test_a_value_of_another_type_is_refused_and_not_repeated(table: str, column: str, value: object) -> None:
    said = refused(**TABLES | {table: TABLES[table].with_columns(pl.lit(value).alias(column))})
    assert said.startswith(f"table {table}: a value that does not fit its column's type")
    assert str(value) not in said


@pytest.mark.parametrize(
    "value", [999.995, 999.999, "999.999", Decimal("999.995"), Decimal("0.001")], ids=lambda value: f"{value!r}"
)
def test_more_than_two_places_are_refused_and_never_rounded(value: object) -> None:
    assert "table pay" in refused(pay=PAY.with_columns(hours=pl.lit(value)))


def test_floats_and_whole_numbers_of_at_most_two_places_are_exact() -> None:
    for value, exact in ((88.07, "88.07"), (0.1, "0.10"), (1040, "1040.00"), ("7.5", "7.50")):
        assert str(People.from_tables(tables(pay=PAY.with_columns(hours=pl.lit(value)))).pay["hours"][0]) == exact


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("employment", column) for column in ("employee_id", "employer", "start")),
        ("employees", "employee_id"),
        *(("classes", column) for column in ("employee_id", "class", "start")),
        *(("pay", column) for column in ("employee_id", "start", "end", "paid_on", "salary_reduction", "kind")),
        *(("accounts", column) for column in ACCOUNTS.columns),
        *(("distributions", column) for column in ("employee_id", "paid_on", "kind")),
    ],
)
def test_a_null_where_a_person_s_file_allows_none_is_not_passed_over(table: str, column: str) -> None:
    assert set_aside(table, column, None, SCHEMAS[table][column])


@pytest.mark.parametrize("flag", ["classes_known", "pay_known"])
def test_whether_something_is_known_is_not_known_when_nobody_says(flag: str) -> None:
    given = tables(
        employees=EMPLOYEES.with_columns(pl.lit(None, dtype=pl.Boolean).alias(flag)), classes=CLASSES.clear()
    )
    people = People.from_tables(given | {"pay": PAY if flag == "classes_known" else PAY.clear()})
    assert steel().evaluate(people, date(1996, 3, 31)).people["statuses"][0]["entry_on"] == "needs_data"


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("accounts", "deferral", Decimal("-0.01")),
        ("distributions", "kind", "loan"),
        ("employment", "start", 19941015),
        ("employment", "start", datetime(1994, 10, 15, 8, 30)),  # noqa: DTZ001  a file's naive time
        ("employees", "employee_id", ""),
    ],
    ids=str,
)
def test_what_a_person_s_file_refuses_a_table_refuses_too(table: str, column: str, value: object) -> None:
    assert set_aside(table, column, value)


# ---- from persons, and only some of them ------------------------------------------------------


def test_persons_and_tables_are_the_same_facts() -> None:
    from_file = person(
        spell("1994-10-15"), employee_id="A", accounts=None, rows=[pay("1994-10-15", "1995-10-14", "1040.00")]
    )
    from_file["classes"] = [{"class": "leased", "start": "1994-10-15"}]
    rows = PAY.with_columns(compensation=pl.lit("0.00"))
    one = People.from_persons([Person.model_validate(from_file)])
    other = People.from_tables(tables(pay=rows, classes=CLASSES))
    for table in SCHEMAS:
        assert_frame_equal(getattr(one, table), getattr(other, table))


def test_nobody_is_people_too() -> None:
    for nobody in (People.from_persons([]), People.from_tables({name: TABLES[name].clear() for name in TABLES})):
        assert all(getattr(nobody, table).is_empty() for table in SCHEMAS)


def test_only_keeps_these_people_in_every_table() -> None:
    both = {name: pl.concat([table, table.with_columns(employee_id=pl.lit("B"))]) for name, table in TABLES.items()}
    kept = People.from_tables(both).only(pl.Series(["B"]))
    for table in SCHEMAS:
        assert getattr(kept, table)["employee_id"].to_list() == ["B"]


def test_a_column_dropped_from_a_finished_table_is_noticed() -> None:
    people = People.from_tables(TABLES)
    given = {table: getattr(people, table) for table in SCHEMAS}
    with pytest.raises(PeopleError, match=r"table pay: columns missing \['paid_on'\]"):
        People(**given | {"pay": people.pay.drop("paid_on")})
