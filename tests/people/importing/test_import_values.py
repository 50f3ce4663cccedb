"""How days, money and hours are written: one line a case, with what it is read as; null is a fault of the row."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from importing import ANN, CENSUS, PAY, Folder, census, payroll, told

from planrules.people.importing import amounts
from planrules.people.importing.days import day, told_from
from planrules.people.importing.mapping import DateForm
from planrules.people.importing.report import lines

LEAP, SPRING = date(1996, 2, 29), date(1995, 3, 4)

DAYS: list[tuple[DateForm, str, date | None]] = [
    ("yyyy-mm-dd", "1996-02-29", LEAP),
    ("yyyy-mm-dd", "1996-2-29", LEAP),
    ("yyyy-mm-dd", "1996-02-29 00:00:00", LEAP),  # as spreadsheets and databases write a day
    ("yyyy-mm-dd", "1996-02-29T00:00:00.000", LEAP),
    ("yyyy-mm-dd", "1996-02-29 08:30:00", None),  # a time of day is no day
    ("yyyy-mm-dd", "1995-02-29", None),
    ("yyyymmdd", "19960229", LEAP),
    ("yyyymmdd", "19950229", None),
    ("yyyymmdd", "02291996", None),  # would be the year 229
    ("mm/dd/yyyy", "02/29/1996", LEAP),
    ("mm/dd/yyyy", "3/4/1995", SPRING),
    ("mm/dd/yyyy", "03-04-1995", SPRING),
    ("mm/dd/yyyy", "03.04.1995", SPRING),
    ("mm/dd/yyyy", "13/04/1995", None),
    ("mm/dd/yyyy", "03/04/95", None),  # two digits are another form
    ("dd/mm/yyyy", "04/03/1995", SPRING),
    ("dd/mm/yyyy", "29/02/1996", LEAP),
    ("mm/dd/yy", "02/29/96", LEAP),
    ("mm/dd/yy", "03/04/29", date(2029, 3, 4)),  # the hundred years begin in 1930
    ("mm/dd/yy", "03/04/30", date(1930, 3, 4)),
    ("mm/dd/yy", "02/29/95", None),
    ("dd/mm/yy", "04/03/95", SPRING),
    ("mmddyyyy", "02291996", LEAP),
    ("ddmmyyyy", "29021996", LEAP),
    ("month_in_words", "29-Feb-1996", LEAP),
    ("month_in_words", "February 29, 1996", LEAP),
    ("month_in_words", "29 february 1996", LEAP),
    ("month_in_words", "Sept. 5, 1995", date(1995, 9, 5)),
    ("month_in_words", "5 Junk 1995", None),
    ("excel_1900", "35124", LEAP),
    ("excel_1900", "35124.0", LEAP),
    ("excel_1900", "35124.5", None),  # noon
    ("excel_1904", "33662", LEAP),
    ("excel_1900", "Term", None),
]


@pytest.mark.parametrize(("form", "text", "expected"), DAYS, ids=[f"{form} {text}" for form, text, _ in DAYS])
def test_a_day(form: DateForm, text: str, expected: date | None) -> None:
    assert pl.select(day(pl.lit(text), form, 1930)).item() == expected


WRONG_DAYS = {
    "1995-02-29": "no_such_day",
    "1995-13-01": "no_such_day",
    "02/29/1996": "day_in_another_form",
    "02/29/96": "day_in_another_form",
    "19960229": "day_in_another_form",
    "35124": "unreadable_day",
    "1996-02-29 08:30:00": "unreadable_day",
    "soon": "unreadable_day",
}


@pytest.mark.parametrize("text", WRONG_DAYS)
def test_what_is_wrong_with_a_day_is_named(tmp_path: Path, text: str) -> None:
    files = {"census.csv": census(ANN, f"E2,{text},1994-10-15,,")}
    found = Folder(tmp_path).imported(files, CENSUS | {"columns": {"birth_date": {"dates": ["yyyy-mm-dd"]}}})
    assert told(found) == [("census.csv", 3, "Birth Date", WRONG_DAYS[text])]
    shown = [line for line in lines(found) if "row 3" in line]
    assert len(shown) == 1
    assert text not in shown[0]
    # The look of the cell is told only where the look is what is wrong.
    assert ("(" in shown[0]) == (WRONG_DAYS[text] == "unreadable_day")


MONEY = [
    ("1234.5", "1234.50"),
    ("1234", "1234.00"),
    (".5", "0.50"),
    ("5.", "5.00"),
    ("12.500", "12.50"),  # zeros behind the cents say nothing
    ("$1,234.50", "1234.50"),
    ("$ 1,234.50", "1234.50"),
    ("1,234,567.89", "1234567.89"),
    ("(12.00)", "-12.00"),
    ("($1,234.50)", "-1234.50"),
    ("$(12.00)", "-12.00"),
    ("12.00-", "-12.00"),
    ("-12.00", "-12.00"),
    ("-$12.00", "-12.00"),
    ("$-12.00", "-12.00"),
    ("+12", "12.00"),
    ("0", "0.00"),
    ("12.005", None),  # a half cent is nobody's
    ("1,23", None),  # a decimal comma is not guessed at
    ("1,2345", None),
    ("(12.00", None),
    ("12.00)", None),
    ("--12", None),
    ("-(12)", None),
    ("8O.00", None),  # the letter O
    ("1e3", None),
    ("$", None),
    ("n/a", None),
]


@pytest.mark.parametrize(("text", "expected"), MONEY, ids=[text for text, _ in MONEY])
def test_money(text: str, expected: str | None) -> None:
    found = pl.select(amounts.plain(pl.lit(text))).item()
    assert found == (None if expected is None else Decimal(expected))


CENTS = [("0123450", "1234.50"), ("5", "0.05"), ("-5", "-0.05"), ("123450-", "-1234.50"), ("1234.50", None)]


@pytest.mark.parametrize(("text", "expected"), CENTS, ids=[text for text, _ in CENTS])
def test_money_without_a_decimal_point(text: str, expected: str | None) -> None:
    found = pl.select(amounts.implied_cents(pl.lit(text))).item()
    assert found == (None if expected is None else Decimal(expected))


CLOCK = [
    ("80:00", "80.00"),
    ("7:30", "7.50"),
    ("7:20", "7.33"),  # a third of an hour, rounded half-up to the hundredth
    ("0:40", "0.67"),
    ("0:03", "0.05"),
    ("-7:30", "-7.50"),
    ("7:60", None),
    ("7.5", None),
]


@pytest.mark.parametrize(("text", "expected"), CLOCK, ids=[text for text, _ in CLOCK])
def test_hours_and_minutes(text: str, expected: str | None) -> None:
    found = pl.select(amounts.hours_minutes(pl.lit(text))).item()
    assert found == (None if expected is None else Decimal(expected))


TOLD: list[tuple[list[str], tuple[DateForm, ...], str | None]] = [
    (["01/05/1995", "01/13/1995"], ("mm/dd/yyyy",), None),
    (["05/01/1995", "13/01/1995"], ("dd/mm/yyyy",), None),
    (["01/05/1995", "02/03/1995"], (), "month first and day first alike"),
    (["01/13/1995", "13/01/1995"], (), "only month first and some only day first"),
    (["01/13/1995", "99/99/1995"], ("mm/dd/yyyy",), None),  # what is no day in either order says nothing
    (["19950105", "19950106", "19951301"], ("yyyymmdd",), None),  # one mistyped day does not put the column in question
    (["01051995", "12311995"], (), "do not begin with the year"),
    (["34700"], (), "1900 or from 1904"),
    (["01/05/95"], (), "two digits"),
    (["1995-01-05", "5 January 1995"], (), None),
]


@pytest.mark.parametrize(("texts", "forms", "question"), TOLD, ids=[" ".join(texts) for texts, _, _ in TOLD])
def test_the_form_of_a_column_is_told_or_asked_for(
    texts: list[str], forms: tuple[DateForm, ...], question: str | None
) -> None:
    found, asked = told_from(pl.Series(texts))
    assert set(forms) <= set(found)
    assert (asked is None) == (question is None)
    assert question is None or (question in str(asked) and not found)


def test_no_day_in_its_many_spellings_is_no_day_and_no_fault(tmp_path: Path) -> None:
    rows = [f"E{n},1960-05-01,1994-10-15,{none}," for n, none in enumerate(("", " ", "00000000", "0000-00-00", "0"))]
    found = Folder(tmp_path).imported({"census.csv": census(*rows)})
    assert told(found) == []
    assert found.people.employment["end"].to_list() == [None] * 5


def test_an_ambiguous_column_stops_and_asks_and_its_file_is_not_read_on_half_the_facts(tmp_path: Path) -> None:
    rows = ["E1,1960-05-01,10/15/1994,12/11/1995,", "E2,1961-05-01,10/16/1994,01/02/1996,"]
    found = Folder(tmp_path).imported({"census.csv": census(*rows)})
    assert [(question.where, question.do.split(",")[0]) for question in found.questions] == [
        ("census.csv, Termination Date", "Write `termination_date: {header: ...")
    ]
    assert found.exit_code == 3
    declared = CENSUS | {"columns": {"termination_date": {"dates": ["mm/dd/yyyy"]}}}
    again = Folder(tmp_path).imported({"census.csv": None}, declared)
    assert again.people.employment["end"].to_list() == [date(1995, 12, 11), date(1996, 1, 2)]
    assert again.exit_code == 0


def test_an_ambiguous_birth_date_is_left_unknown_and_asked_for(tmp_path: Path) -> None:
    found = Folder(tmp_path).imported({"census.csv": census("E1,05/01/1960,1994-10-15,,")})
    assert found.people.employees["birth_date"].to_list() == [None]
    assert len(found.questions) == 1
    assert found.exit_code == 1


BORN = [
    ("05/01/60", "1994-10-15", date(1960, 5, 1)),
    ("05/01/29", "1994-10-15", date(1929, 5, 1)),  # the hundred years say 2029, and nobody is hired before birth
    ("05/01/96", "2015-10-15", date(1996, 5, 1)),
]


@pytest.mark.parametrize(("text", "hired", "expected"), BORN)
def test_the_century_of_a_birth_date_goes_by_a_plausible_age(
    tmp_path: Path, text: str, hired: str, expected: date
) -> None:
    found = Folder(tmp_path).imported({"census.csv": census(f"E1,{text},{hired},,")}, SHORT, two_digit_years_from=1930)
    assert found.people.employees["birth_date"].to_list() == [expected]
    assert told(found, "warning") == [("census.csv", 2, "Birth Date", "two_digit_years")]


SHORT = CENSUS | {"columns": {"birth_date": {"dates": ["mm/dd/yy"]}}}


def test_a_century_that_fits_no_plausible_age_is_a_fault(tmp_path: Path) -> None:
    rows = census("E1,05/01/90,1994-10-15,,", ANN.replace("E1", "E2").replace("1960-05-01", "05/01/60"))
    found = Folder(tmp_path).imported({"census.csv": rows}, SHORT, two_digit_years_from=1930)
    assert told(found) == [("census.csv", 2, "Birth Date", "century_unclear")]


def test_two_digit_years_are_not_read_before_somebody_says_which_hundred_years(tmp_path: Path) -> None:
    found = Folder(tmp_path).imported({"census.csv": census("E1,05/01/60,1994-10-15,,")}, SHORT)
    assert "two_digit_years_from" in found.questions[0].do
    assert found.people.employees["birth_date"].to_list() == [None]


def test_several_columns_are_added_up_and_a_blank_is_what_the_mapping_says(tmp_path: Path) -> None:
    head = "Employee ID,Start,End,Paid On,Regular,Extra,Gross"
    rows = payroll("E1,1995-01-01,1995-01-15,1995-01-20,80.00,,1000", head=head)
    hours = {"header": ["Regular", "Extra"]}
    files: dict[str, str | bytes | None] = {"census.csv": census(ANN), "pay.csv": rows}
    unknown = Folder(tmp_path).imported(files, CENSUS, PAY | {"columns": {"hours": hours}})
    assert unknown.people.pay["hours"].to_list() == [None]
    zero = Folder(tmp_path).imported(files, CENSUS, PAY | {"columns": {"hours": hours | {"blank": "zero"}}})
    assert zero.people.pay["hours"].to_list() == [Decimal("80.00")]
    refused = Folder(tmp_path).imported(files, CENSUS, PAY | {"columns": {"hours": hours | {"blank": "refused"}}})
    assert told(refused) == [("pay.csv", 2, "Regular + Extra", "blank_refused")]
