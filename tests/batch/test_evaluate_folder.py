"""A folder of people into a folder of answers: the same bytes however it is gone about, and nobody stops the rest."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from asking import ELECTIONS, ROOT
from crowd import crowd
from folders import PLAN, folder_of, run, table, written
from polars.testing import assert_frame_equal

import planrules.batch.run as running
from planrules import People
from planrules.batch import Pace, evaluate_folder, load_manifest, opening
from planrules.batch.determinations import LEDGERS, determinations
from planrules.batch.finishing import FILES
from planrules.batch.opening import open_folder
from planrules.engine import Result
from planrules.errors import FileError, PeopleError

AS_OF = date(1997, 3, 31)
CROWD = crowd(40)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return folder_of(CROWD, tmp_path / "people")


def test_the_tables_are_what_evaluate_gives(people: Path, tmp_path: Path) -> None:
    manifest = run(people, AS_OF, tmp_path / "out", at_once=9)
    expected = PLAN.evaluate(CROWD, AS_OF)
    assert_frame_equal(table(tmp_path / "out", "determinations"), determinations(expected).sort("employee_id"))
    for name in LEDGERS:
        wanted = getattr(expected, name).sort("employee_id", maintain_order=True)
        assert_frame_equal(table(tmp_path / "out", name), wanted, check_dtypes=False)
    assert manifest.counts.people == manifest.counts.answered == CROWD.employees.height
    assert manifest.counts.rows["matching"] == expected.matching.height


def test_every_answer_has_a_flat_column_and_a_status(people: Path, tmp_path: Path) -> None:
    run(people, AS_OF, tmp_path / "out")
    found = table(tmp_path / "out", "determinations")
    assert [name for name, dtype in found.schema.items() if dtype.is_nested()] == []
    whole = PLAN.evaluate(CROWD, AS_OF).people.sort("employee_id")
    for name in whole["statuses"].struct.fields:
        assert found[f"{name}_status"].to_list() == whole["statuses"].struct.field(name).to_list()
    accounts = whole["vested_percent"].struct.field("employer").cast(pl.Decimal(38, 12))
    assert found["vested_percent_employer"].to_list() == accounts.to_list()
    assert found["hardship_accounts"].to_list() == whole["hardship_accounts"].list.join(";").to_list()


def test_the_bytes_do_not_depend_on_how_many_are_evaluated_at_once(people: Path, tmp_path: Path) -> None:
    for at_once in (1000, 11):
        run(people, AS_OF, tmp_path / str(at_once), at_once)
    assert written(tmp_path / "1000") == written(tmp_path / "11")
    assert set(written(tmp_path / "11")) == {*FILES.values(), "manifest.json"}


def test_tables_in_any_order_of_people_and_in_several_files_give_the_same_answers(people: Path, tmp_path: Path) -> None:
    run(people, AS_OF, tmp_path / "in-order", at_once=11)
    mixed = folder_of(CROWD, tmp_path / "mixed")
    for name in ("employees", "employment", "pay"):
        rows = pl.read_parquet(mixed / f"{name}.parquet").with_row_index("n")
        shuffled = rows.sort(pl.col("n").hash(1) if name != "pay" else pl.col("n") % 7, "n").drop("n")
        (mixed / f"{name}.parquet").unlink()
        (mixed / name).mkdir()
        half = shuffled.height // 2
        shuffled.head(half).write_parquet(mixed / name / "part-0.parquet")
        shuffled.tail(-half).write_parquet(mixed / name / "part-1.parquet")
    run(mixed, AS_OF, tmp_path / "out", at_once=11)
    expected, found = written(tmp_path / "in-order"), written(tmp_path / "out")
    assert {name for name in found if found[name] != expected[name]} == {"manifest.json"}
    assert load_manifest(tmp_path / "out").outputs == load_manifest(tmp_path / "in-order").outputs


def test_a_run_again_leaves_the_bytes_and_works_nothing_out(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(people, AS_OF, tmp_path / "out")
    before = written(tmp_path / "out")
    monkeypatch.setattr(running, "_evaluate_range", lambda *_: pytest.fail("worked out again"))
    run(people, AS_OF, tmp_path / "out")
    assert written(tmp_path / "out") == before


def test_a_run_over_a_spoiled_or_older_one_gives_the_bytes_of_a_fresh_one(people: Path, tmp_path: Path) -> None:
    run(people, AS_OF, tmp_path / "fresh")
    run(people, date(1996, 3, 31), tmp_path / "out")
    run(people, AS_OF, tmp_path / "out")
    assert written(tmp_path / "out") == written(tmp_path / "fresh")
    (tmp_path / "out" / "matching.parquet").write_bytes(b"spoiled")
    run(people, AS_OF, tmp_path / "out")
    assert written(tmp_path / "out") == written(tmp_path / "fresh")


def killed_in_the_middle(people: Path, out: Path) -> None:
    """Starts a run in a process of its own and kills it without warning once some ranges are finished."""
    line = [sys.executable, "-c", "from planrules.cli import run; run()", "evaluate", str(ELECTIONS)]
    line += ["--people", str(people), "--as-of", AS_OF.isoformat(), "--out", str(out), "--at-once", "4"]
    with subprocess.Popen(line, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:  # noqa: S603  our own
        while process.poll() is None and not list(out.glob(".parts/*/00000002")):
            pass
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


def test_a_run_that_was_killed_goes_on_and_gives_the_bytes_of_an_undisturbed_one(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(people, AS_OF, tmp_path / "undisturbed")
    out = tmp_path / "out"
    killed_in_the_middle(people, out)
    assert not (out / "manifest.json").exists()
    finished = {place.name for place in out.glob(".parts/*/0*")}
    assert {"00000000", "00000001", "00000002"} <= finished
    evaluated = []
    evaluate_range = running._evaluate_range  # noqa: SLF001  counted here
    monkeypatch.setattr(
        running, "_evaluate_range", lambda *given: evaluated.append(given[-1].name) or evaluate_range(*given)
    )
    run(people, AS_OF, out, at_once=4)
    assert set(evaluated).isdisjoint(finished)
    assert len(evaluated) + len(finished) == CROWD.employees.height // 4
    assert written(out) == written(tmp_path / "undisturbed")


def test_what_a_stopped_run_of_other_inputs_left_is_not_used(people: Path, tmp_path: Path) -> None:
    run(people, AS_OF, tmp_path / "fresh")
    killed_in_the_middle(people, tmp_path / "out")
    run(people, date(1996, 3, 31), tmp_path / "out", at_once=4)
    assert load_manifest(tmp_path / "out").inputs.as_of == date(1996, 3, 31)
    run(people, AS_OF, tmp_path / "out", at_once=4)
    assert written(tmp_path / "out") == written(tmp_path / "fresh")


def spoil(people: Path, key: str) -> None:
    """Gives one person an hour count with three decimals, and another an end before the start."""
    pay = pl.read_parquet(people / "pay.parquet")
    hours = pl.col("hours").cast(pl.Decimal(18, 3))
    wrong = pl.when(pl.col("employee_id") == key).then(pl.lit("80.125").cast(pl.Decimal(18, 3))).otherwise(hours)
    pay.with_columns(hours=wrong).write_parquet(people / "pay.parquet")


def test_bad_people_are_exceptions_and_all_others_answered_as_without_them(people: Path, tmp_path: Path) -> None:
    run(people, AS_OF, tmp_path / "clean")
    spoil(people, "P00005")
    manifest = run(people, AS_OF, tmp_path / "out", at_once=7)
    assert (manifest.counts.answered, manifest.counts.set_aside) == (CROWD.employees.height - 1, 1)
    exceptions = pl.read_csv(tmp_path / "out" / "exceptions.csv")
    assert set(exceptions.select("employee_id", "table", "column").rows()) == {("P00005", "pay", "hours")}
    assert "80.125" not in (tmp_path / "out" / "exceptions.csv").read_text("utf-8")
    for name in ("determinations", *LEDGERS):
        others = table(tmp_path / "clean", name).filter(pl.col("employee_id") != "P00005")
        assert_frame_equal(table(tmp_path / "out", name), others)


def test_somebody_for_whom_the_engine_fails_is_set_aside_alone(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(people, AS_OF, tmp_path / "clean")
    evaluate = type(PLAN).evaluate

    def failing(plan: object, given: dict[str, pl.DataFrame], as_of: date) -> Result:
        if "P00013" in given["employees"]["employee_id"]:
            msg = "overflow"
            raise pl.exceptions.ComputeError(msg)
        return evaluate(plan, given, as_of)  # type: ignore[arg-type]

    monkeypatch.setattr(type(PLAN), "evaluate", failing)
    run(people, AS_OF, tmp_path / "out", at_once=9)
    told = pl.read_csv(tmp_path / "out" / "exceptions.csv").select("employee_id", "rule").rows()
    assert told == [("P00013", "the engine could not evaluate this person (ComputeError)")]
    others = table(tmp_path / "clean", "determinations").filter(pl.col("employee_id") != "P00013")
    assert_frame_equal(table(tmp_path / "out", "determinations"), others)


def test_the_manifest_tells_inputs_and_no_clock(people: Path, tmp_path: Path) -> None:
    manifest = run(people, AS_OF, tmp_path / "out")
    assert set(manifest.inputs.people) == {f"{name}.parquet" for name in People.__dataclass_fields__}
    assert manifest.inputs.plan == PLAN.reference
    assert manifest.inputs.readings == dict(PLAN.terms.choices.options)
    assert str(date.today().year) not in manifest.text.replace(AS_OF.isoformat(), "")  # noqa: DTZ011  what must not be
    assert str(tmp_path) not in manifest.text
    other = evaluate_folder(
        PLAN.with_readings(match_employment_condition="allocation_period_end"), people, AS_OF, tmp_path / "o"
    )
    assert other.inputs.key != manifest.inputs.key


def test_progress_is_told_after_every_range(people: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    evaluate_folder(PLAN, people, AS_OF, tmp_path / "out", Pace(15, lambda *counts: told.append(counts)))
    assert told == [(15, 40), (30, 40), (40, 40)]


def test_folders_that_are_none_are_refused(people: Path, tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="no table employees and no table employment"):
        run(tmp_path / "nothing", AS_OF, tmp_path / "out")
    (people / "pay.parquet").write_bytes(b"no parquet")
    with pytest.raises(PeopleError, match="cannot be read"):
        run(people, AS_OF, tmp_path / "out")
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="cannot be written"):
        run(folder_of(CROWD, tmp_path / "again"), AS_OF, tmp_path / "file")
    assert not (tmp_path / "out").exists()


def test_a_run_that_stops_while_it_replaces_another_is_none_until_it_is_run_again(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(people, AS_OF, tmp_path / "fresh")
    out = tmp_path / "out"
    run(people, date(1996, 3, 31), out)
    replace = Path.replace

    def stopping(self: Path, target: Path) -> Path:
        if target == out / "matching.parquet":
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as stopped:
        stopped.setattr(Path, "replace", stopping)
        with pytest.raises(KeyboardInterrupt):
            run(people, AS_OF, out)
    with pytest.raises(FileError, match="no finished run"):
        load_manifest(out)
    run(people, AS_OF, out)
    assert written(out) == written(tmp_path / "fresh")


def test_how_many_are_evaluated_at_once_goes_by_their_pay_rows(people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_folder(people).ranges == 1
    rows = pl.read_parquet(people / "pay.parquet").height
    monkeypatch.setattr(opening, "_PAY_ROWS", rows // 4)
    assert (open_folder(people).at_once, open_folder(people).ranges) == (9, 5)
    assert open_folder(people, 7).at_once == 7
    (people / "pay.parquet").unlink()
    assert open_folder(people).ranges == 1


def test_a_second_run_into_the_same_folder_is_refused_while_the_first_one_writes(tmp_path: Path) -> None:
    people = folder_of(crowd(8), tmp_path / "people")
    refused: list[str] = []

    def meanwhile(done: int, _: int) -> None:
        if done < 8:
            with pytest.raises(FileError, match="another run is writing here") as told:
                evaluate_folder(PLAN, people, AS_OF, tmp_path / "run")
            refused.append(told.value.problems[0].where)

    evaluate_folder(PLAN, people, AS_OF, tmp_path / "run", Pace(4, meanwhile))
    assert refused == ["run"]
    again = evaluate_folder(PLAN, people, AS_OF, tmp_path / "run")
    assert again.counts.people == 8
