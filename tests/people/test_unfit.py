"""Tables of frames, lazy frames and Arrow; somebody whose value does not fit is set aside, and nobody else."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from asking import ELECTIONS
from crowd import crowd
from polars.testing import assert_frame_equal

from planrules import People, load_plan
from planrules.errors import PeopleError
from planrules.people.frames import SCHEMAS

AS_OF = date(1996, 3, 31)
CROWD = crowd(40)
PLAN = load_plan(ELECTIONS)


class Arrow:
    """A table of some other library: all that is known of it is that it speaks Arrow."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def tables(people: People) -> dict[str, pl.DataFrame]:
    return {name: getattr(people, name) for name in SCHEMAS}


def spoiled(table: str, column: str, value: str, key: str | None = "P00003") -> dict[str, pl.DataFrame]:
    """The crowd's tables with a value that does not fit in one column of one person's rows, as text."""
    found = tables(CROWD)
    there = pl.col("employee_id") == key
    text = pl.when(there).then(pl.lit(value)).otherwise(pl.col(column).cast(pl.String))
    return found | {table: found[table].with_columns(text.alias(column))}


@pytest.mark.parametrize("handed", [pl.DataFrame.clone, pl.DataFrame.lazy, Arrow])
def test_every_kind_of_table_gives_the_same_answers(handed: Callable[[pl.DataFrame], object]) -> None:
    expected = PLAN.evaluate(CROWD, AS_OF)
    found = PLAN.evaluate({name: handed(table) for name, table in tables(CROWD).items()}, AS_OF)
    for part in ("people", "vesting_periods", "participation_periods", "matching", "missing", "exceptions"):
        assert_frame_equal(getattr(found, part), getattr(expected, part))


@pytest.mark.parametrize("value", ["10.005", "eighty", "99999999999999999999"])
def test_a_value_that_does_not_fit_sets_its_person_aside_and_nobody_else(value: str) -> None:
    expected, found = PLAN.evaluate(CROWD, AS_OF), PLAN.evaluate(spoiled("pay", "hours", value), AS_OF)
    told = found.exceptions.select("employee_id", "table", "column", "rule").unique().rows()
    assert told == [("P00003", "pay", "hours", "a value that does not fit its column's type")]
    assert found.exceptions["row"].to_list() == list(range(1, found.exceptions.height + 1))
    assert value not in str(found.exceptions.rows())
    others = pl.col("employee_id") != "P00003"
    for part in ("people", "vesting_periods", "matching"):
        assert_frame_equal(getattr(found, part), getattr(expected, part).filter(others))


def test_a_time_of_day_does_not_fit_a_day() -> None:
    found = tables(CROWD)
    late = pl.when(pl.col("employee_id") == "P00007").then(pl.duration(hours=7)).otherwise(pl.duration())
    found["employment"] = found["employment"].with_columns(pl.col("start").cast(pl.Datetime) + late)
    told = PLAN.evaluate(found, AS_OF).exceptions
    assert set(told.select("employee_id", "column").rows()) == {("P00007", "start")}


def test_a_row_that_names_nobody_is_told_and_stops_nobody() -> None:
    found = tables(CROWD)
    nameless = found["pay"].head(1).with_columns(employee_id=pl.lit(None, pl.String))
    result = PLAN.evaluate(found | {"pay": pl.concat([found["pay"], nameless])}, AS_OF)
    assert result.exceptions.select("employee_id", "table", "rule").rows() == [(None, "pay", "a row that names nobody")]
    assert_frame_equal(result.people, PLAN.evaluate(CROWD, AS_OF).people)


def test_a_column_of_another_kind_refuses_the_table() -> None:
    found = tables(CROWD)
    numbers = found["employment"].with_columns(pl.col("start").cast(pl.Int32))
    with pytest.raises(PeopleError, match="table employment"):
        PLAN.evaluate(found | {"employment": numbers}, AS_OF)
    with pytest.raises(PeopleError, match="unknown tables"):
        PLAN.evaluate(found | {"wages": numbers}, AS_OF)


def test_nobody_at_all_gives_tables_without_rows() -> None:
    result = PLAN.evaluate({name: table.head(0) for name, table in tables(CROWD).items()}, AS_OF)
    assert (result.people.height, result.exceptions.height) == (0, 0)
    assert result.people.schema == PLAN.evaluate(CROWD, AS_OF).people.schema
