"""The plan as people use it in Python: loading it, asking it about one, and evaluating many at once."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import yaml
from asking import ELECTIONS, LEDGERS, ROOT, SECTIONS, ask, elections, elections_for, facts, people_of, steel
from crowd import LAST_DAY, crowd
from oracle_example import pay, person, plan_year_rows, spell
from polars.testing import assert_frame_equal
from pydantic import BaseModel, ValidationError

from planrules import Answer, People, Plan, load_plan, read_person
from planrules.engine import Result
from planrules.errors import ElectionsError, FileError, PeopleError, UnsupportedElectionError
from planrules.people.frames import SCHEMAS
from planrules.plan.facts import HighlyCompensated

EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.json"))
FRAMES = ("people", "facts", *LEDGERS, "missing", "assumptions", "gaps")
JOINED = person(spell("1994-10-15"), rows=[pay("1994-10-15", "1995-10-14", "1040.00")])


# ---- loading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["0001-01-31", "0001-09-30", "9998-12-31", "9999-09-30"])
def test_days_at_the_ends_of_the_calendar_are_refused_or_taken_like_others(day: str) -> None:
    top_heavy = {"plan_years": [date.fromisoformat(day)]}
    if day.endswith("09-30"):
        assert Plan.from_data(elections(), {"top_heavy": top_heavy}).terms.vesting.top_heavy_plan_years
    else:
        with pytest.raises(ElectionsError, match="does not end a Plan Year"):
            Plan.from_data(elections(), {"top_heavy": top_heavy})


def test_the_same_facts_have_the_same_hash_whatever_their_order() -> None:
    """Sets of words come in another order in another process."""
    named = ["E7", "E1", "E5", "E3"]
    told = HighlyCompensated(plan_year=date(1996, 9, 30), employee_ids=frozenset(named))
    assert told.model_dump(mode="json")["employee_ids"] == sorted(named)


def test_facts_beside_the_elections_are_loaded_and_others_when_named(tmp_path: Path) -> None:
    assert [rate.tier_1 for rate in load_plan(ELECTIONS).facts.match_rates] == [Decimal(50)]
    alone, beside, named = (tmp_path / name for name in ("plan.yaml", "plan.facts.yaml", "named.yaml"))
    alone.write_text(ELECTIONS.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_plan(str(alone)).facts.match_rates == ()
    beside.write_text("match_rates: [{from: 1993-08-01, tier_1: 10, tier_2: 0}]", encoding="utf-8")
    named.write_text("match_rates: [{from: 1993-08-01, tier_1: 20, tier_2: 0}]", encoding="utf-8")
    assert load_plan(alone).facts.match_rates[0].tier_1 == 10
    assert load_plan(alone, named).facts.match_rates[0].tier_1 == 20
    with pytest.raises(FileError, match=r"absent\.yaml"):
        load_plan(alone, tmp_path / "absent.yaml")


def test_a_plan_from_data_is_the_plan_from_its_file() -> None:
    made = Plan.from_data(elections(), facts())
    assert made.reference == steel().reference
    assert made.terms == steel().terms
    assert Plan.from_data(elections()).facts.match_rates == ()
    assert (
        Plan.from_data(elections(), facts(), {"vesting_credit": "period_end"}).terms.vesting.vesting_credit
        == "period_end"
    )


def test_what_the_engine_does_not_evaluate_is_refused_by_name() -> None:
    said = elections()
    said["checked"] |= {"2.03(b)": None}
    with pytest.raises(UnsupportedElectionError, match=r"2\.03\(b\)"):
        Plan.from_data({key: value for key, value in said.items() if key != "not_applicable"})
    with pytest.raises(ElectionsError, match=r"2\.01\(z\)"):
        Plan.from_data(elections() | {"checked": elections()["checked"] | {"2.01(z)": None}})


def test_other_readings_make_another_plan_and_leave_this_one() -> None:
    plan = Plan.from_data(elections(), facts())
    other = plan.with_readings(vesting_credit="period_end").with_readings(leap_day_anniversary="mar_1")
    assert (other.terms.choices["vesting_credit"], other.terms.choices["leap_day_anniversary"]) == (
        "period_end",
        "mar_1",
    )
    assert plan.terms.choices["vesting_credit"] == "when_hours_reached"
    for wrong in ({"vesting_credit": "never"}, {"the_moon": "full"}):
        with pytest.raises(ElectionsError, match="unknown"):
            plan.with_readings(**wrong)


# ---- which plan answered ------------------------------------------------------------------------


def hashed(plan: Plan) -> str:
    return plan.reference.elections_hash


def test_the_hash_does_not_change_with_formatting(tmp_path: Path) -> None:
    (file := tmp_path / "plan.yaml").write_text(
        yaml.safe_dump(elections(), sort_keys=True, default_flow_style=True, indent=8), encoding="utf-8"
    )
    (tmp_path / "plan.facts.yaml").write_text(json.dumps(facts(), default=str, indent=7), encoding="utf-8")
    assert hashed(load_plan(file)) == hashed(steel())
    for same in (50.0, "50.00", Decimal("50.0")):
        rates = [{"from": "1993-08-01", "tier_1": same, "tier_2": 25}]
        assert hashed(Plan.from_data(elections(), facts() | {"match_rates": rates})) == hashed(steel())


def test_the_hash_changes_with_elections_facts_and_readings() -> None:
    checked = elections()["checked"]
    plans = [
        steel(),
        Plan.from_data(elections() | {"checked": checked | {"5.01(a)": {"age": 64}}}, facts()),
        Plan.from_data(elections() | {"employer": {"name": "Acme"}}, facts()),
        Plan.from_data(elections(), facts() | {"match_rates": []}),
        Plan.from_data(elections(), facts() | {"top_heavy": {"plan_years": ["1995-09-30"]}}),
        Plan.from_data(elections()),
        *(steel(vesting_credit=option) for option in ("period_end",)),
        steel(leap_day_anniversary="mar_1"),
    ]
    assert len({hashed(plan) for plan in plans}) == len(plans)
    assert hashed(steel(vesting_credit="period_end").with_readings(vesting_credit="when_hours_reached")) == hashed(
        steel()
    )


def test_an_answer_says_which_plan_gave_it_and_that_its_rates_are_illustrative() -> None:
    said = ask(JOINED, "1996-03-31").plan
    assert said == steel().reference
    assert (said.name, said.facts) == ("Steel Technologies Inc. Retirement Savings Plan", "illustrative")
    assert Plan.from_data(elections(), facts() | {"illustrative": False}).reference.facts is None


# ---- one person ---------------------------------------------------------------------------------


def test_an_answer_is_frozen() -> None:
    answer = ask(JOINED, "1996-03-31")
    for part, name in ((answer, "as_of"), (answer.participation, "entry_on"), (answer.because[0], "says")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, name, None)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_answer_comes_back_from_json_as_it_was(file: Path) -> None:
    plan = load_plan(elections_for(file))
    answer = plan.answer(read_person(file), date(1996, 6, 30), other_readings=False)
    again = Answer.model_validate_json(answer.model_dump_json())
    assert again.model_dump_json() == answer.model_dump_json()


def test_the_answer_read_from_json_equals_the_answer() -> None:
    answer = ask(JOINED, "1996-03-31")
    assert Answer.model_validate_json(answer.model_dump_json()) == answer


def test_impossible_facts_raise_with_every_problem() -> None:
    bad = person(spell("1994-10-15", "1994-10-01"), rows=[pay("1994-10-16", "1994-10-17", "48.01")])
    with pytest.raises(PeopleError) as caught:
        ask(bad, "1996-03-31")
    assert len(caught.value.problems) == 2


def test_the_other_readings_are_there_unless_left_out() -> None:
    asked, left_out = (ask(JOINED, "1996-03-31", other_readings=others) for others in (True, False))
    assert len(asked.readings) > 10
    assert left_out.readings == ()
    assert left_out == asked.model_copy(update={"readings": ()})


# ---- many ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def thousand() -> Result:
    """A thousand people over twenty years in one call."""
    return steel().evaluate(crowd(1000), LAST_DAY)


def compared(one: Result, other: Result, frames: Sequence[str] = FRAMES, *, ordered: bool = True) -> None:
    """Nothing differs in any frame; without `ordered` the order of people does not matter."""
    for name in frames:
        mine, theirs = (getattr(result, name) for result in (one, other))
        if not ordered or name in ("missing", "assumptions", "gaps"):
            by = [column for column in mine.columns if mine.schema[column] != pl.Struct][:3]
            mine, theirs = (frame.sort(by, maintain_order=True) for frame in (mine, theirs))
        assert_frame_equal(mine, theirs)


def only(result: Result, employee_ids: Sequence[str]) -> Result:
    kept = {name: getattr(result, name).filter(pl.col("employee_id").is_in(employee_ids)) for name in FRAMES}
    return Result(result.terms, result.as_of, **kept, exceptions=result.exceptions.clear())


def test_everybody_is_answered_in_the_order_given(thousand: Result) -> None:
    people = crowd(1000)
    assert thousand.people["employee_id"].to_list() == people.employees["employee_id"].to_list()
    assert thousand.exceptions.is_empty()
    assert set(thousand.people["status_of_employee"].drop_nulls()) >= {"excluded", "not_eligible", "participant"}
    assert thousand.people["years_of_service"].max() == 20
    assert thousand.matching["match"].sum() > 1_000_000
    assert set(thousand.missing["fact"]) >= {"hours", "accounts", "classes", "birth_date", "top_heavy", "everything"}


def test_person_by_person_is_the_same_as_together(thousand: Result) -> None:
    people = crowd(1000)
    for number in range(3, 1000, 50):
        who = f"P{number:05}"
        compared(steel().evaluate(people.only(pl.Series([who])), LAST_DAY), only(thousand, [who]))


def _plain(value: object) -> object:
    return value.model_dump() if isinstance(value, BaseModel) else value


def test_one_asked_alone_has_the_columns_of_all_together(thousand: Result) -> None:
    answer = ask(JOINED, "1996-03-31")
    row = steel().evaluate(people_of([JOINED]), date(1996, 3, 31)).people.row(0, named=True)
    for section in SECTIONS:
        for field, value in getattr(answer, section):
            if field not in (
                "periods",
                "months",
                "portions",
                "matching_portions",
                "computation_period",
                "allocated_every",
                "employer_money",
                "deferral_money",
            ):
                plain = [_plain(each) for each in value] if isinstance(value, tuple) else _plain(value)
                assert row[field] == plain, field
    assert answer.statuses == row["statuses"]
    assert set(row) == set(thousand.people.columns)


@pytest.mark.parametrize("readings", [{}, {"allocation_period": "pay_period"}], ids=["as read", "by pay period"])
def test_the_order_of_rows_does_not_matter(readings: dict[str, str]) -> None:
    people = crowd(60)
    tables = {table: getattr(people, table) for table in SCHEMAS}
    mixed = People(**{table: frame.sample(fraction=1, shuffle=True, seed=7) for table, frame in tables.items()})
    plan = steel(**readings)
    compared(plan.evaluate(people, LAST_DAY), plan.evaluate(mixed, LAST_DAY), ordered=False)


def test_the_order_of_two_checks_on_one_day_does_not_matter() -> None:
    rows = [
        *plan_year_rows(1994, "2000.00"),
        pay("1994-10-01", "1995-08-31", "1800.00", "145000.00"),
        pay("1995-09-01", "1995-09-15", "80.00", "5000.00", "300.00"),
        pay("1995-09-01", "1995-09-15", "0.00", "5000.00", "100.00"),
    ]
    for readings in ({}, {"allocation_period": "pay_period"}, {"compensation_limit_in_match": "monthly_share"}):
        totals = [
            ask(person(spell("1993-10-01"), rows=each), "1995-09-30", steel(**readings)).matching.total
            for each in (rows, [*rows[:-2], rows[-1], rows[-2]])
        ]
        assert totals[0] == totals[1] is not None


def test_nobody_s_answer_depends_on_the_others() -> None:
    few, many = crowd(40), crowd(80)
    compared(
        steel().evaluate(few, LAST_DAY), only(steel().evaluate(many, LAST_DAY), few.employees["employee_id"].to_list())
    )


def test_bad_people_are_set_aside_and_the_good_ones_answered_as_without_them() -> None:
    good = crowd(40)
    bad = [
        person(spell("1994-10-15", "1994-10-01"), employee_id="X1"),
        person(spell("1994-10-15"), spell("1995-01-01"), employee_id="X2"),
        person(spell("1900-01-01", employer="Acme"), employee_id="P00000x"),
    ]
    tables = zip(SCHEMAS, strict=True)
    both = People(**{table: pl.concat([getattr(people_of(bad), table), getattr(good, table)]) for (table,) in tables})
    with_bad, without = steel().evaluate(both, LAST_DAY), steel().evaluate(good, LAST_DAY)
    compared(with_bad, without)
    assert set(with_bad.exceptions["employee_id"]) == {"X1", "X2", "P00000x"}
    assert with_bad.exceptions.columns == ["employee_id", "table", "row", "column", "rule", "do"]
    assert without.exceptions.is_empty()


def test_nobody_at_all_and_only_bad_people_give_empty_frames(thousand: Result) -> None:
    bad = people_of([person(spell("1994-10-15", "1994-10-01"))])
    for people in (People.from_persons([]), bad):
        result = steel().evaluate(people, LAST_DAY)
        for name in FRAMES:
            assert getattr(result, name).is_empty()
            assert getattr(result, name).schema == getattr(thousand, name).schema, name


@pytest.mark.parametrize("amount", ["9999999.99", "999999999999.99"])
def test_no_amount_is_too_large_to_be_worked_out_exactly(amount: str) -> None:
    rows = [*plan_year_rows(1994, "2000.00"), pay("1994-10-01", "1994-10-31", "160.00", amount, amount)]
    month = ask(person(spell("1993-10-01"), rows=rows), "1994-10-31").matching.months[0]
    assert (month.compensation_counted, month.tier_1, month.tier_2) == (Decimal(150000), Decimal(2250), Decimal(1125))
