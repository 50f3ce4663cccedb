"""The sample workforce: the same seed gives the same bytes, nobody depends on the others, and it is Steel's shape."""

from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from seeded_defects import FILES, THROUGH, same_answers, same_facts, seeded_and_found

from planrules import People, import_people, load_plan, read_people
from planrules.errors import PeopleError
from planrules.people.frames import SCHEMAS
from planrules.sampling import make, make_sample
from planrules.sampling.defects import kinds
from planrules.sampling.draws import NUMBER, Draws
from planrules.sampling.shape import steel
from planrules.sampling.workforce import workforce

SIZE = 571
"""People of Steel on October 31, 1995 (10-K, item 1)."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder, SIZE, 1)
    return folder


@pytest.fixture(scope="module")
def truth(sample: Path) -> People:
    return read_people(sample / "people")


def digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(sample: Path, tmp_path: Path) -> None:
    make_sample(tmp_path, SIZE, 1)
    assert digests(tmp_path) == digests(sample)
    make_sample(tmp_path, SIZE, 2, force=True)
    differing = {name for name, digest in digests(sample).items() if digests(tmp_path)[name] != digest}
    assert differing == digests(sample).keys() - {"defects.csv", "files/map.yaml"}


def test_nobody_depends_on_how_many_people_there_are_or_on_the_blocks_they_are_made_in(
    truth: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "BLOCK", 250)
    make_sample(tmp_path, SIZE + 230, 1)
    more = read_people(tmp_path / "people").only(truth.employees["employee_id"])
    for table in SCHEMAS:
        assert getattr(more, table).equals(getattr(truth, table)), table


def test_draws_are_spread_and_do_not_follow_each_other() -> None:
    people = pl.DataFrame({NUMBER: pl.int_range(10_000, eager=True)})
    draws = Draws(1)
    drawn = people.select(a=draws.below("a", 1000), b=draws.below("b", 1000), a2=Draws(2).below("a", 1000))
    assert min(drawn.select(pl.all().n_unique()).row(0)) > 990
    for one, other in (("a", "b"), ("a", "a2")):
        assert abs(drawn.select(pl.corr(one, other)).item()) < 0.03
    assert drawn.select(pl.all().mean().is_between(480, 520)).row(0) == (True, True, True)


def test_the_plants_have_the_sizes_of_the_filing() -> None:
    people = workforce(0, 3 * SIZE, steel(), Draws(1))
    assert steel().size == SIZE
    assert dict(people["plant"].value_counts().rows()) == {plant.name: 3 * plant.people for plant in steel().plants}
    assert {plant.name: plant.people for plant in steel().plants if plant.name in {"Portage", "Canton"}} == {
        "Portage": 121,
        "Canton": 84,
    }


@pytest.fixture(scope="module")
def thousand() -> pl.DataFrame:
    return workforce(0, 5000, steel(), Draws(3))


HAPPENS = {
    "left": pl.col("left").is_not_null(),
    "died": pl.col("reason") == "death",
    "disabled": pl.col("reason") == "disability",
    "retired": pl.col("reason") == "retirement",
    "laid off": pl.col("reason") == "layoff",
    "came back": pl.col("back").is_not_null(),
    "came back and left": pl.col("left_again").is_not_null(),
    "from the predecessor": pl.col("before").is_not_null(),
    "to the predecessor": pl.col("after").is_not_null(),
    "in the bargaining unit": pl.col("class") == "collective_bargaining",
    "out of the bargaining unit": pl.col("class_end").is_not_null(),
    "abroad": pl.col("class") == "nonresident_alien",
    "salesmen": pl.col("class") == "commission_sales",
    "absent": pl.col("absent_from").is_not_null(),
    "part time": pl.col("part_time"),
    "salaried": ~pl.col("hourly"),
    "without hours on file": pl.col("hours_not_kept"),
    "defers": pl.col("percent") > 0,
}


@pytest.mark.parametrize("what", HAPPENS)
def test_everything_happens_to_somebody_and_to_not_everybody(thousand: pl.DataFrame, what: str) -> None:
    assert 0 < thousand.filter(HAPPENS[what]).height < thousand.height


def test_days_are_in_order(thousand: pl.DataFrame) -> None:
    order = ("born", "before", "hired", "left", "back", "left_again")
    days = [pl.col(name) for name in order]
    for earlier, later in pairwise(days):
        assert thousand.filter(earlier > later).height == 0
    assert thousand.filter(pl.max_horizontal(*days) > steel().through).height == 0
    assert thousand.filter(pl.col("hired") < pl.col("opened")).height == 0


def test_the_files_come_to_the_tables(sample: Path, truth: People) -> None:
    files = [sample / "files" / name for name in FILES]
    found = import_people(files, sample / "files" / "map.yaml", as_of=THROUGH)
    assert found.exit_code == 0
    assert found.questions == ()
    for table in SCHEMAS:
        assert getattr(found.people, table).equals(getattr(truth, table)), table


def test_the_files_have_reversals_bonuses_and_the_marks_of_practice(sample: Path) -> None:
    payroll = (sample / "files" / "payroll.csv").read_bytes()
    assert payroll.startswith(b"\xef\xbb\xbf")
    assert b'"($' in payroll or b",($" in payroll
    assert b",0.00," in payroll
    census = (sample / "files" / "census.csv").read_bytes()
    assert b"\r\n" in census
    with pytest.raises(UnicodeDecodeError):
        census.decode("utf-8")
    assert "Núñez" in census.decode("windows-1252")


def test_everybody_of_a_sample_can_be_answered_for(truth: People) -> None:
    result = load_plan("elections/steel-technologies.yaml").evaluate(truth, date(1996, 9, 30))
    assert result.exceptions.height == 0
    assert set(result.people["status_of_employee"].drop_nulls()) == {
        "not_eligible",
        "awaiting_entry",
        "participant",
        "former_participant",
        "excluded",
    }


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).resolve().parents[2])


# ---- defects ---------------------------------------------------------------------------------


def test_each_defect_is_told_once_at_its_place_and_nobody_else_is_touched(tmp_path: Path) -> None:
    wanted = 2 * len(kinds(THROUGH))
    found = seeded_and_found(tmp_path, 900, wanted, seed=4)
    assert found.seeded.height == found.told.height == wanted
    assert found.not_told.rows() == []
    assert found.not_seeded.rows() == []
    assert found.twice == 0
    assert found.seeded["employee_id"].is_unique().all()
    assert found.clean.employees.height == 900 - wanted
    assert same_facts(found)
    assert same_answers(found)


def test_defects_are_spread_over_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "BLOCK", 500)
    found = seeded_and_found(tmp_path, 1300, 60, seed=5)
    assert (found.seeded.height, found.not_told.height, found.not_seeded.height) == (60, 0, 0)
    assert same_facts(found)


def test_more_defects_than_half_the_people_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="half the people"):
        make_sample(tmp_path, 10, 1, spoiled=6)
    assert list(tmp_path.iterdir()) == []


def test_a_sample_is_written_over_an_older_one_and_leaves_nothing_between(tmp_path: Path) -> None:
    make_sample(tmp_path, 60, 1, years=1)
    make_sample(tmp_path, 30, 1, years=1, force=True)
    assert read_people(tmp_path / "people").employees.height == 30
    assert {file.name for file in tmp_path.iterdir()} == {"files", "people", "defects.csv"}


def test_more_years_are_more_pay_of_the_same_people(tmp_path: Path) -> None:
    make_sample(tmp_path / "one", 60, 1, years=1)
    make_sample(tmp_path / "three", 60, 1, years=3)
    one, three = (read_people(tmp_path / name / "people") for name in ("one", "three"))
    assert one.employment.equals(three.employment)
    lately = three.pay.filter(pl.col("start") > date(1995, 9, 30))
    assert 0 < one.pay.height == lately.height < three.pay.height
    assert one.pay.equals(lately)
