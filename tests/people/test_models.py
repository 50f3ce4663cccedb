"""One person as typed facts: what is required, what null means, what is refused, and that no fact is rounded."""

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from planrules.people import Account, CashOut, ClassSpan, EmploymentSpan, PayRow, Person
from planrules.people.models import PayKind, Reason

SMALLEST: dict[str, Any] = {
    "employee_id": "E1",
    "employment": [{"employer": "Steel Technologies Inc.", "start": "1994-10-15"}],
}
ROW: dict[str, Any] = {"start": "1994-10-15", "end": "1994-10-31", "paid_on": "1994-11-04"}
WHOLE: dict[str, Any] = {
    "employee_id": "E1",
    "birth_date": "1960-05-01",
    "employment": [
        {"employer": "Steel Technologies Inc.", "start": "1994-10-15", "end": "1996-01-09", "reason": "layoff"}
    ],
    "classes": [{"class": "collective_bargaining", "start": "1994-10-15", "end": None}],
    "pay": [
        ROW
        | {
            "hours": "88.00",
            "compensation": "1200.00",
            "salary_reduction": "60.00",
            "kind": "paid",
            "employer": "MiTech Steel Inc.",
            "days": 9,
            "bonus": "100.00",
            "overtime": None,
            "commissions": "0.00",
            "other_elective_contributions": None,
            "cash_or_deferred": "0.00",
            "mandatory_contribution": "5.00",
        }
    ],
    "accounts": {
        "deferral": "0.00",
        "regular_matching": "12.34",
        "employer": "0.00",
        "qualified_nonelective": "0.01",
    },
    "distributions": [{"paid_on": "1996-02-01", "kind": "cash_out", "repaid_on": None}],
    "top_heavy_schedule_kept_on": "1995-11-01",
    "opt_outs": [{"start": "1995-10-01", "end": "1996-09-30"}],
    "participant_since": "1993-01-01",
}


def refusal(model: type[Any], data: dict[str, Any]) -> list[tuple[tuple[int | str, ...], str]]:
    """Where and of what kind each finding is."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [(finding["loc"], finding["type"]) for finding in caught.value.errors()]


# ---- what is there ------------------------------------------------------------------


def test_a_person_needs_only_a_number_and_employment() -> None:
    person = Person.model_validate(SMALLEST)
    assert (person.birth_date, person.classes, person.pay, person.accounts) == (None, None, None, None)
    assert person.distributions == ()
    assert person.top_heavy_schedule_kept_on is None
    assert person.employment == (EmploymentSpan(employer="Steel Technologies Inc.", start=date(1994, 10, 15)),)


def test_not_known_is_not_the_same_as_none() -> None:
    unknown, none = Person.model_validate(SMALLEST), Person.model_validate(SMALLEST | {"classes": [], "pay": []})
    assert (unknown.classes, unknown.pay) == (None, None)
    assert (none.classes, none.pay) == ((), ())


def test_a_pay_row_without_hours_has_unknown_hours_and_no_reduction() -> None:
    row = PayRow.model_validate(ROW)
    assert (row.hours, row.compensation, row.employer) == (None, None, None)
    assert (row.salary_reduction, row.kind) == (Decimal(0), "paid")


def test_json_comes_back_as_it_was() -> None:
    person = Person.model_validate(WHOLE)
    assert person.model_dump(mode="json", by_alias=True) == WHOLE
    assert Person.model_validate_json(person.model_dump_json(by_alias=True)) == person


def test_amounts_are_written_with_two_places() -> None:
    row = PayRow.model_validate(ROW | {"hours": 88, "compensation": "1200.5", "salary_reduction": "6E1"})
    written = row.model_dump(mode="json")
    assert [written[name] for name in ("hours", "compensation", "salary_reduction")] == ["88.00", "1200.50", "60.00"]


def test_the_class_may_be_named_in_python_too() -> None:
    assert ClassSpan(class_="leased", start=date(1994, 10, 15)) == ClassSpan.model_validate(
        {"class": "leased", "start": "1994-10-15"}
    )


def test_facts_are_frozen() -> None:
    person = Person.model_validate(WHOLE)
    assert person.pay is not None
    assert person.accounts is not None
    for facts, name in (
        (person, "birth_date"),
        (person.employment[0], "end"),
        (person.pay[0], "hours"),
        (person.accounts, "deferral"),
    ):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(facts, name, None)


# ---- what is refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Person, SMALLEST),
        (EmploymentSpan, SMALLEST["employment"][0]),
        (ClassSpan, {"class": "leased", "start": "1994-10-15"}),
        (PayRow, ROW),
        (Account, WHOLE["accounts"]),
        (CashOut, WHOLE["distributions"][0]),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_an_unknown_field_is_refused_everywhere(model: type[Any], data: dict[str, Any]) -> None:
    assert model.model_validate(data)
    assert refusal(model, data | {"social_security_number": "1"}) == [(("social_security_number",), "extra_forbidden")]


@pytest.mark.parametrize(
    ("model", "data", "name"),
    [
        *((Person, SMALLEST, name) for name in ("employee_id", "employment")),
        *((EmploymentSpan, SMALLEST["employment"][0], name) for name in ("employer", "start")),
        *((ClassSpan, WHOLE["classes"][0], name) for name in ("class", "start")),
        *((PayRow, ROW, name) for name in ("start", "end", "paid_on")),
        *((Account, WHOLE["accounts"], name) for name in WHOLE["accounts"]),
        *((CashOut, WHOLE["distributions"][0], name) for name in ("paid_on",)),
    ],
)
def test_what_is_required_is_missed(model: type[Any], data: dict[str, Any], name: str) -> None:
    assert refusal(model, {key: value for key, value in data.items() if key != name}) == [((name,), "missing")]


@pytest.mark.parametrize("name", ["hours", "compensation", "salary_reduction"])
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("0.001", "decimal_max_places"),
        (0.001, "decimal_max_places"),
        (Decimal("88.005"), "decimal_max_places"),
        ("-0.01", "greater_than_equal"),
        ("forty", "decimal_parsing"),
        ("", "decimal_parsing"),
        ("1,200.00", "decimal_parsing"),
        ("NaN", "finite_number"),
        (float("inf"), "finite_number"),
        ("1000000000000000.00", "decimal_max_digits"),
        (True, "decimal_type"),
        ([], "decimal_type"),
    ],
)
def test_an_amount_is_exact_and_not_negative(name: str, value: object, kind: str) -> None:
    assert refusal(PayRow, ROW | {name: value}) == [((name,), kind)]


def test_a_balance_is_not_negative_and_never_null() -> None:
    assert refusal(Account, WHOLE["accounts"] | {"employer": "-0.01"}) == [(("employer",), "greater_than_equal")]
    assert refusal(Account, WHOLE["accounts"] | {"employer": None}) == [(("employer",), "decimal_type")]


def test_a_float_of_two_places_is_taken_as_written() -> None:
    assert PayRow.model_validate(ROW | {"hours": 0.1}).hours == Decimal("0.1")
    assert PayRow.model_validate(ROW | {"hours": 1040.07}).hours == Decimal("1040.07")


@pytest.mark.parametrize(
    "day",
    [
        "1995-02-29",
        "1995-13-01",
        "15/10/1994",
        "10-15-1994",
        "",
        "today",
        "1994-10-15T08:00:00",
        None,
        True,
        pytest.param(0, id="a number, the day 1970-01-01 to a computer's clock"),
        pytest.param(19941015, id="a day as a number"),
        pytest.param("782179200", id="a number in quotes, seconds since 1970"),
    ],
)
def test_a_day_is_a_day_of_the_calendar_in_iso_form(day: object) -> None:
    (place, _) = refusal(EmploymentSpan, SMALLEST["employment"][0] | {"start": day})[0]
    assert place == ("start",)


@pytest.mark.parametrize("number", ["", None, 1001])
def test_the_number_of_a_person_is_text(number: object) -> None:
    assert refusal(Person, SMALLEST | {"employee_id": number})[0][0] == ("employee_id",)


def test_a_person_was_employed() -> None:
    assert refusal(Person, SMALLEST | {"employment": []}) == [(("employment",), "too_short")]
    assert refusal(Person, SMALLEST | {"employment": None})[0][0] == ("employment",)


def test_words_are_those_of_the_schema() -> None:
    spell = SMALLEST["employment"][0] | {"end": "1996-01-09"}
    for reason in get_args(Reason):
        assert EmploymentSpan.model_validate(spell | {"reason": reason}).reason == reason
    for kind in get_args(PayKind):
        assert PayRow.model_validate(ROW | {"kind": kind}).kind == kind
    assert refusal(EmploymentSpan, spell | {"reason": "Quit"}) == [(("reason",), "literal_error")]
    assert refusal(PayRow, ROW | {"kind": "bonus"}) == [(("kind",), "literal_error")]
    assert refusal(CashOut, {"paid_on": "1996-02-01", "kind": "loan"}) == [(("kind",), "literal_error")]
