"""`planrules import` and `planrules sample` on the command line: what they print, write and end with."""

import csv
import json
import shlex
from pathlib import Path

import polars as pl
import pytest
import yaml
from importing import CENSUS, HEAD
from jsonschema import Draft202012Validator
from shell import BAD_DATA, CLEAN, FINDINGS, USAGE, Shell

from planrules import People, load_mapping, read_people, read_person
from planrules.errors import PeopleError
from planrules.people.frames import SCHEMAS
from planrules.sampling import make_sample

EXAMPLES = Path("docs/examples/import")
CLEAN_FILES = (EXAMPLES / "census-1996.csv", EXAMPLES / "payroll-1996.csv")
MAP = EXAMPLES / "one-row-a-person.yaml"
STEEL = Path("elections/steel-technologies.yaml")
FAULT = "E2,1961-02-30,1990-03-01,,"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A census with a fault, and its mapping."""
    census, mapping = tmp_path / "census.csv", tmp_path / "map.yaml"
    census.write_text(f"{HEAD}\nE1,1960-05-01,1994-10-15,,\n{FAULT}\n", encoding="utf-8")
    mapping.write_text(json.dumps({"profile": "test", "files": [CENSUS]}), encoding="utf-8")
    return census, mapping


@pytest.mark.parametrize(
    ("mapping", "names"),
    [
        ("one-row-a-person.yaml", ("census-1996.csv", "payroll-1996.csv")),
        ("by-earning-code.yaml", ("roster-1996.txt", "register-1996.csv")),
    ],
)
def test_the_examples_are_imported_whole(shell: Shell, tmp_path: Path, mapping: str, names: tuple[str, ...]) -> None:
    paths = [EXAMPLES / name for name in names]
    done = shell("import", *paths, "--map", EXAMPLES / mapping, "--out", tmp_path / "out", "--as-of", "1996-09-30")
    assert done.code == CLEAN
    assert f"{names[0]} (" in done.out
    assert "Set aside" not in done.out
    assert read_people(tmp_path / "out").employees.height in {2, 3}


def test_a_dry_run_reports_the_same_and_writes_nothing(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dry = shell("import", *CLEAN_FILES, "--map", MAP, "--out", out, "--dry-run", "--save-profile", tmp_path / "p.yaml")
    assert dry.code == CLEAN
    assert list(tmp_path.iterdir()) == []
    report, _, step = dry.out.rpartition("\nNext: ")
    assert step == "the same command with --out DIR, and without --dry-run, writes the tables.\n"
    assert shell("import", *CLEAN_FILES, "--map", MAP, "--out", out).out.rpartition("\nNext: ")[0] == report
    assert out.exists()


def test_somewhere_to_write_is_needed(shell: Shell) -> None:
    done = shell("import", *CLEAN_FILES, "--map", MAP)
    assert done.code == USAGE
    assert "--dry-run" in done.error


def test_a_row_set_aside_ends_with_1_and_is_written_down(
    shell: Shell, files: tuple[Path, Path], tmp_path: Path
) -> None:
    census, mapping = files
    done = shell("import", census, "--map", mapping, "--out", tmp_path / "out")
    assert done.code == FINDINGS
    assert (
        "census.csv, Birth Date, row 3: a day that the calendar does not have, read in the form of its column."
        in done.out
    )
    with (tmp_path / "out" / "exceptions.csv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["file"], row["row"], row["column"], row["level"]) for row in rows] == [
        ("census.csv", "3", "Birth Date", "error")
    ]
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["people"] == {"imported": 1, "missing": None}
    assert report["files"][0]["set_aside"] == 1
    assert "1961-02-30" not in done.out + done.error


def test_nobody_left_ends_with_3_and_keeps_what_was_there(
    shell: Shell, files: tuple[Path, Path], tmp_path: Path
) -> None:
    census, mapping = files
    shell("import", census, "--map", mapping, "--out", tmp_path / "out")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    census.write_text(f"{HEAD}\n{FAULT}\n", encoding="utf-8")
    done = shell("import", census, "--map", mapping, "--out", tmp_path / "out")
    assert done.code == BAD_DATA
    assert "Nobody could be imported" in done.error
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before


def test_a_file_that_cannot_be_read_ends_with_3(shell: Shell, files: tuple[Path, Path], tmp_path: Path) -> None:
    done = shell("import", tmp_path / "census-none.csv", "--map", files[1], "--out", tmp_path / "out")
    assert done.code == BAD_DATA
    assert "census-none.csv: there is no such file." in done.error


def test_a_file_that_is_not_there_is_told_before_the_mapping_is_asked(
    shell: Shell, files: tuple[Path, Path], tmp_path: Path
) -> None:
    done = shell("import", tmp_path / "nope.csv", tmp_path, "--map", files[1], "--dry-run")
    assert done.code == BAD_DATA
    assert "nope.csv: there is no such file." in done.error
    assert f"{tmp_path.name}: a folder, not a file." in done.error
    assert "mapping" not in done.error


def test_only_options_that_were_not_given_are_told_as_not_given(shell: Shell, tmp_path: Path) -> None:
    shell("import", *CLEAN_FILES, "--map", MAP, "--out", tmp_path / "last")
    dated = shell("import", CLEAN_FILES[1], "--map", MAP, "--dry-run", "--as-of", "1996-09-30")
    assert dated.code == BAD_DATA
    assert "--as-of" not in dated.out
    assert "not checked without --last" in dated.out
    both = ("--as-of", "1996-09-30", "--last", tmp_path / "last")
    assert "not checked without" not in shell("import", CLEAN_FILES[1], "--map", MAP, "--dry-run", *both).out
    assert "not checked without --as-of" in shell("import", CLEAN_FILES[1], "--map", MAP, "--dry-run").out


def test_one_of_a_kind_is_told_in_the_singular(shell: Shell, files: tuple[Path, Path]) -> None:
    one_person = shell("import", files[0], "--map", files[1], "--dry-run")
    assert "1 person imported." in one_person.out
    assert one_person.error == "1 finding set rows aside.\n"
    one_question = shell("import", CLEAN_FILES[1], "--map", MAP, "--dry-run")
    assert one_question.error.endswith("no table is written. 1 question is open.\n")


def test_the_report_is_as_wide_as_the_screen(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_sample(tmp_path, 60, 3, years=1, spoiled=6)
    files, arguments = sorted((tmp_path / "files").glob("[!m]*")), ("--as-of", "1996-09-30", "--dry-run")
    wide = shell("import", *files, "--map", tmp_path / "files" / "map.yaml", *arguments)
    monkeypatch.setenv("COLUMNS", "80")
    narrow = shell("import", *files, "--map", tmp_path / "files" / "map.yaml", *arguments)
    assert max(map(len, wide.out.splitlines())) > 120
    assert max(map(len, narrow.out.splitlines())) <= 80
    assert narrow.out.split() == wide.out.split()
    assert "(a day)" not in wide.out


def test_the_report_as_json(shell: Shell) -> None:
    done = shell("import", *CLEAN_FILES, "--map", MAP, "--dry-run", "--json")
    report = json.loads(done.out)
    assert [file["used"] for file in report["files"]] == [3, 8]
    assert report["errors"] == []


def test_the_same_files_give_the_same_bytes_and_tables_that_are_gone_go(shell: Shell, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        shell("import", *CLEAN_FILES, "--map", MAP, "--out", folder)
    told = [{file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders]
    assert told[0] == told[1]
    assert "pay.parquet" in told[0]
    shell("import", CLEAN_FILES[0], "--map", MAP, "--out", folders[0], "--force")
    assert "pay.parquet" not in {file.name for file in folders[0].iterdir()}
    assert read_people(folders[0]).employees["pay_known"].to_list() == [False, False, False]


def test_a_saved_profile_names_every_column_and_notices_when_one_is_gone(shell: Shell, tmp_path: Path) -> None:
    saved, out = tmp_path / "saved.yaml", tmp_path / "out"
    shell("import", *CLEAN_FILES, "--map", MAP, "--out", out, "--save-profile", saved)
    again = shell("import", *CLEAN_FILES, "--map", saved, "--out", tmp_path / "again")
    assert again.code == CLEAN
    assert (tmp_path / "again" / "pay.parquet").read_bytes() == (out / "pay.parquet").read_bytes()
    assert load_mapping(saved).files[1].columns["hours"].headers == ("Hours Worked",)
    renamed = tmp_path / "payroll-1997.csv"
    renamed.write_bytes(CLEAN_FILES[1].read_bytes().replace(b"Hours Worked", b"Hours"))
    assert shell("import", CLEAN_FILES[0], renamed, "--map", MAP, "--dry-run").code == CLEAN
    noticed = shell("import", CLEAN_FILES[0], renamed, "--map", saved, "--dry-run")
    assert noticed.code == FINDINGS
    assert "a column that the file does not have: “Hours Worked” (hours)" in noticed.out


def test_people_missing_since_the_last_import_are_written_down(shell: Shell, tmp_path: Path) -> None:
    shell("import", *CLEAN_FILES, "--map", MAP, "--out", tmp_path / "last")
    fewer = tmp_path / "census-1997.csv"
    fewer.write_bytes(b"\r\n".join(CLEAN_FILES[0].read_bytes().split(b"\r\n")[:3]))
    arguments = ("--map", MAP, "--out", tmp_path / "out", "--last", tmp_path / "last")
    done = shell("import", fewer, *arguments)
    assert "1 person of the last import is in none of the files." in done.out
    assert pl.read_csv(tmp_path / "out" / "missing.csv")["employee_id"].to_list() == ["E1003"]


def test_headers_that_a_spreadsheet_would_take_for_formulas_are_made_safe(
    shell: Shell, files: tuple[Path, Path], tmp_path: Path
) -> None:
    census, mapping = files
    census.write_text('EN,"=HYPERLINK(""x"")",DOH\nE1,x,1990-03-01\nE2,,1990-03-01\n', encoding="utf-8")
    entry = CENSUS | {"columns": {"birth_date": '=HYPERLINK("x")'}}
    mapping.write_text(json.dumps({"profile": "test", "files": [entry]}), encoding="utf-8")
    assert shell("import", census, "--map", mapping, "--out", tmp_path / "out").code == FINDINGS
    with (tmp_path / "out" / "exceptions.csv").open(encoding="utf-8") as opened:
        assert next(csv.DictReader(opened))["column"] == '\'=HYPERLINK("x")'


WRONG_MAPS = {
    "not yaml": ("a: [", "cannot be read"),
    "a key twice": ("profile: a\nprofile: b\nfiles: [{files: x, holds: pay}]", "a key given twice"),
    "not a mapping": ("- a", "valid dictionary"),
    "an unknown key": ("profile: a\nfiles: [{files: x, holds: pay}]\nfile: x", "unknown key"),
}


@pytest.mark.parametrize("case", WRONG_MAPS)
def test_a_mapping_that_cannot_be_read_is_refused(tmp_path: Path, case: str) -> None:
    text, what = WRONG_MAPS[case]
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PeopleError, match=what):
        load_mapping(tmp_path / "map.yaml")


@pytest.mark.parametrize("name", ["one-row-a-person.yaml", "by-earning-code.yaml"])
def test_the_example_mappings_satisfy_the_schema(shell: Shell, name: str) -> None:
    schema = json.loads(shell("schema", "mapping").out)
    declared = yaml.load((EXAMPLES / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  text only
    for entry in declared["files"]:
        for codes in entry.get("codes", {}).values():
            codes.update({code: None for code, meaning in codes.items() if meaning == "null"})
    declared = {key: int(value) if key == "two_digit_years_from" else value for key, value in declared.items()}
    Draft202012Validator(schema).validate(declared)


def test_codes_that_other_readers_of_yaml_take_for_yes_and_no_stay_codes(tmp_path: Path) -> None:
    text = "profile: a\nfiles: [{files: x, holds: census, codes: {status: {Y: active, NO: terminated, 1: leave}}}]"
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    assert list(load_mapping(tmp_path / "map.yaml").files[0].codes.status) == ["Y", "NO", "1"]


def test_a_folder_that_cannot_be_written(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = shell("import", *CLEAN_FILES, "--map", MAP, "--out", tmp_path / "file")
    assert done.code == BAD_DATA
    assert "cannot be written" in done.error


def test_a_secret_is_read_from_a_file_and_its_absence_is_told(
    shell: Shell, files: tuple[Path, Path], tmp_path: Path
) -> None:
    census, mapping = files
    census.write_text("SSN,DOH\n900-11-2222,1990-03-01\n", encoding="utf-8")
    entry = CENSUS | {"columns": {"employee_id": {"header": "SSN", "hashed": True}}}
    mapping.write_text(json.dumps({"profile": "test", "files": [entry]}), encoding="utf-8")
    (tmp_path / "secret").write_text("ours\n", encoding="utf-8")
    done = shell("import", census, "--map", mapping, "--out", tmp_path / "out", "--secret", tmp_path / "secret")
    assert done.code == CLEAN
    assert "900" not in done.out
    missing = shell("import", census, "--map", mapping, "--out", tmp_path / "out", "--secret", tmp_path / "none")
    assert missing.code == USAGE


def test_a_sample(shell: Shell, tmp_path: Path) -> None:
    done = shell("sample", "--employees", 60, "--seed", 3, "--years", 1, "--defects", 6, "--out", tmp_path / "made")
    assert done.code == CLEAN
    made = tmp_path / "made"
    assert done.out.startswith(f"60 people: {made}/files with map.yaml, {made}/people, {made}/defects.csv.\n\nNext: ")
    assert pl.read_csv(tmp_path / "made" / "defects.csv").height == 6
    refused = shell("sample", "--employees", 6, "--defects", 6, "--out", tmp_path / "made")
    assert refused.code == BAD_DATA


# ---- what to do next ----------------------------------------------------------------------------


def next_words(out: str) -> list[str]:
    """The words of the command that the last line says to give."""
    command = out.splitlines()[-1].rpartition("planrules ")[2]
    assert command
    found = [
        sorted(map(str, Path(word).parent.glob("*.csv"))) if "*" in word else [word] for word in shlex.split(command)
    ]
    return [name for names in found for name in names]


def test_a_sample_leads_to_its_import_and_that_to_an_answer(shell: Shell, tmp_path: Path) -> None:
    sample = shell("sample", "--employees", 60, "--seed", 3, "--years", 1, "--out", tmp_path / "made here")
    imported = shell(*next_words(sample.out))
    assert imported.code == CLEAN
    words = next_words(imported.out)
    assert words[:3] == ["answer", "ELECTIONS", f"{tmp_path / 'made here'}-imported"]
    people = read_people(words[2])
    assert people.employees.height == 60
    answer = shell(words[0], STEEL, *words[2:])
    assert answer.code == CLEAN
    assert people.employees["employee_id"][0] in answer.out


def test_what_was_set_aside_is_the_next_step(shell: Shell, files: tuple[Path, Path], tmp_path: Path) -> None:
    done = shell("import", files[0], "--map", files[1], "--out", tmp_path / "out")
    assert "\nNext: mend what is told above and import again" in done.out
    assert next_words(done.out) == [
        *("answer", "ELECTIONS", str(tmp_path / "out"), "--employee", "E1", "--as-of", "YYYY-MM-DD")
    ]
    files[0].write_text(f"{HEAD}\n{FAULT}\n", encoding="utf-8")
    nobody = shell("import", files[0], "--map", files[1], "--out", tmp_path / "out")
    assert nobody.out.splitlines()[-1].startswith("Next: mend what is told above, in the mapping and in the files")


def test_somebody_of_a_folder_is_answered_for_as_from_a_file_of_their_own(shell: Shell, tmp_path: Path) -> None:
    people, day = tmp_path / "people", ("--as-of", "1996-03-31")
    person = Path("docs/examples/joined.json")
    write_tables(People.from_persons([read_person("docs/examples/left-at-57.json"), read_person(person)]), people)
    who = read_person(person).employee_id
    for form in ((), ("--json",)):
        alone = shell("answer", STEEL, person, *day, *form)
        assert shell("answer", STEEL, people, "--employee", who, *day, *form).out == alone.out
    listed = tmp_path / "two.jsonl"
    listed.write_text(f"{json.dumps(json.loads(person.read_text('utf-8')))}\n", encoding="utf-8")
    assert shell("answer", STEEL, listed, "--employee", who, *day).out == shell("answer", STEEL, person, *day).out


def test_a_folder_without_a_name_and_a_name_that_nobody_has_are_refused(shell: Shell, tmp_path: Path) -> None:
    write_tables(People.from_persons([read_person("docs/examples/joined.json")]), tmp_path / "people")
    unsaid = shell("answer", STEEL, tmp_path / "people", "--as-of", "1996-03-31")
    assert unsaid.code == BAD_DATA
    assert "people: a folder, which may hold the tables of many people." in unsaid.error
    assert "--employee" in unsaid.error
    stranger = shell("answer", STEEL, tmp_path / "people", "--employee", "X77", "--as-of", "1996-03-31")
    assert stranger.code == BAD_DATA
    assert "people: nobody has this employee_id." in stranger.error
    assert "X77" not in stranger.error


def test_facts_of_a_folder_that_cannot_be_true_are_told(shell: Shell, tmp_path: Path) -> None:
    people = People.from_persons([read_person("docs/examples/joined.json")])
    write_tables(people, tmp_path / "people")
    wrong = people.employment.with_columns(end=pl.col("start").dt.offset_by("-1d"))
    wrong.write_parquet(tmp_path / "people" / "employment.parquet")
    who = people.employees["employee_id"][0]
    done = shell("answer", STEEL, tmp_path / "people", "--employee", who, "--as-of", "1996-03-31")
    assert done.code == BAD_DATA
    assert "people, employment row 1, end: the employment ends before it starts." in done.error


def write_tables(people: People, folder: Path) -> None:
    """The folder that an import writes, without its reports."""
    folder.mkdir()
    for table in SCHEMAS:
        getattr(people, table).write_parquet(folder / f"{table}.parquet")


# ---- folders with other content -----------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_an_import_over_another_needs_force_and_over_itself_does_not(shell: Shell, tmp_path: Path) -> None:
    whole, fewer = ("import", *CLEAN_FILES, "--map", MAP, "--out", tmp_path), ("import", CLEAN_FILES[0], "--map", MAP)
    shell(*whole)
    before = contents(tmp_path)
    assert shell(*whole).code == CLEAN
    refused = shell(*fewer, "--out", tmp_path)
    assert refused.code == BAD_DATA
    assert "the folder has other content, and nothing was written" in refused.error
    assert "employees.parquet" in refused.error
    assert "--force" in refused.error
    assert contents(tmp_path) == before
    assert {file.name for file in tmp_path.iterdir()} == set(before)
    assert shell(*fewer, "--out", tmp_path, "--force").code == CLEAN
    assert contents(tmp_path) != before


def test_a_folder_of_something_else_is_not_written_into(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    (tmp_path / ".hidden").write_text("no matter", encoding="utf-8")
    for words in (("import", *CLEAN_FILES, "--map", MAP), ("sample", "--employees", 10, "--years", 1)):
        refused = shell(*words, "--out", tmp_path)
        assert refused.code == BAD_DATA
        assert "Not the same as what would be written: letter.txt. Name another folder" in refused.error
        assert contents(tmp_path) == {"letter.txt": b"mine", ".hidden": b"no matter"}
    assert shell("sample", "--employees", 10, "--years", 1, "--out", tmp_path, "--force").code == CLEAN
    assert (tmp_path / "letter.txt").read_text("utf-8") == "mine"


def test_a_sample_over_itself_is_written_and_over_another_is_not(shell: Shell, tmp_path: Path) -> None:
    words = ("sample", "--employees", 30, "--years", 1, "--out", tmp_path)
    shell(*words, "--defects", 3)
    before = contents(tmp_path)
    assert shell(*words, "--defects", 3).code == CLEAN
    refused = shell(*words)
    assert refused.code == BAD_DATA
    assert "defects.csv" in refused.error
    assert contents(tmp_path) == before
    assert shell(*words, "--force").code == CLEAN
    assert pl.read_csv(tmp_path / "defects.csv").height == 0
