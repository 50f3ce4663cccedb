"""/v1/evaluations: people in as JSON Lines or Parquet, tables of answers out."""

import asyncio
import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from starlette.testclient import TestClient
from web.serving import DAY, PEOPLE, ROOT, STEEL, as_json, bearer, client, joined, logins, site

from planrules import People, read_person
from planrules.batch.determinations import PERCENT, TABLES, tables
from planrules.people.frames import SCHEMAS
from planrules.web import Settings
from planrules.web.api import tables as tables_sent
from planrules.web.api.rows import as_rows
from planrules.web.audit import AuditLog

FOLDER = ROOT / "docs" / "examples" / "people"
FILES = {file.stem: file.read_bytes() for file in FOLDER.glob("*.parquet")}
ADDRESS = f"/v1/evaluations?as_of={DAY}"
LINES = {"content-type": "application/x-ndjson"}
ZIP = {"content-type": "application/zip"}
PARQUET = {"accept": "application/vnd.apache.parquet"}


@pytest.fixture(scope="module")
def program() -> TestClient:
    return client()


@pytest.fixture(scope="module")
def expected() -> dict[str, pl.DataFrame]:
    people = {name: pl.read_parquet(io.BytesIO(content)) for name, content in FILES.items()}
    return dict(tables(STEEL.plan.evaluate(people, DAY)))


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_tables_in_a_form_or_a_zip_give_the_tables_of_the_library(
    program: TestClient, expected: dict[str, pl.DataFrame]
) -> None:
    form = program.post(ADDRESS, files={name: (f"{name}.parquet", content) for name, content in FILES.items()})
    archive = program.post(ADDRESS, content=zipped({f"{name}.parquet": c for name, c in FILES.items()}), headers=ZIP)
    for made in (form, archive):
        assert (made.status_code, made.json()["answered"], made.json()["set_aside"]) == (201, 12, 0)
        assert made.json()["plan"]["elections_hash"] == STEEL.plan.reference.elections_hash
        assert program.get(made.headers["location"]).json() == made.json()
        for name in TABLES:
            found = pl.read_parquet(
                io.BytesIO(program.get(f"{made.headers['location']}/{name}", headers=PARQUET).content)
            )
            assert_frame_equal(found, expected[name])
            assert made.json()["tables"][name]["rows"] == expected[name].height


def test_nobody_is_refused_however_they_are_sent(program: TestClient) -> None:
    empty = {name: pl.DataFrame(schema=SCHEMAS[name]) for name in ("employees", "employment")}
    made = {name: io.BytesIO() for name in empty}
    for name, table in empty.items():
        table.write_parquet(made[name])
    body = zipped({f"{name}.parquet": content.getvalue() for name, content in made.items()})
    for content, headers in ((b"", LINES), (b"\n \n", LINES), (body, ZIP)):
        reply = program.post(ADDRESS, content=content, headers=headers)
        assert (reply.status_code, reply.json()["problems"][0]["what"]) == (422, "nobody")


def test_whoever_has_a_social_security_number_for_a_key_is_set_aside(program: TestClient) -> None:
    number = "900-11-2222"
    persons = [as_json(joined()), {**as_json(joined()), "employee_id": number}, {"employee_id": number, "pay": 1}]
    lines = program.post(ADDRESS, content="\n".join(map(json.dumps, persons)), headers=LINES).json()
    named = {name: pl.read_parquet(io.BytesIO(content)) for name, content in FILES.items()}
    who = named["employees"]["employee_id"][2]
    made = {name: io.BytesIO() for name in named}
    for name, table in named.items():
        table.with_columns(pl.col("employee_id").replace(who, number.replace("-", ""))).write_parquet(made[name])
    body = zipped({f"{name}.parquet": content.getvalue() for name, content in made.items()})
    archive = program.post(ADDRESS, content=body, headers=ZIP).json()
    assert [(each["people"], each["answered"], each["set_aside"]) for each in (lines, archive)] == [
        (3, 1, 2),
        (12, 11, 1),
    ]
    of_lines, of_tables = (
        program.get(each["tables"]["exceptions"]["href"]).json()["rows"] for each in (lines, archive)
    )
    assert [(each["row"], each["column"], each["employee_id"]) for each in of_lines[:1]] == [(2, "/employee_id", None)]
    assert [(each["table"], each["row"], each["employee_id"]) for each in of_tables] == [("employees", 3, None)]
    assert "2222" not in json.dumps([of_lines, of_tables])


def test_percentages_are_those_of_an_answer_in_json_and_json_lines(program: TestClient) -> None:
    body = "\n".join(json.dumps(as_json(read_person(file))) for file in PEOPLE if file.stem in {"joined", "left-at-57"})
    made = program.post(ADDRESS, content=body, headers=LINES).json()
    whole = {"accept": "application/x-ndjson"}
    for table in ("determinations", "vesting_periods"):
        href = made["tables"][table]["href"]
        rows = program.get(href).json()["rows"]
        assert [json.loads(line) for line in program.get(href, headers=whole).text.splitlines()] == rows
        named = [value for row in rows for name, value in row.items() if "percent" in name and "status" not in name]
        assert {type(value) for value in named} <= {int, type(None)}
        assert 0 in named
    found = program.get(made["tables"]["determinations"]["href"]).json()["rows"][0]
    person = next(as_json(each) for file in PEOPLE if (each := read_person(file)).employee_id == found["employee_id"])
    answer = program.post("/v1/answers", json={"as_of": DAY.isoformat(), "person": person}).json()
    for account, percent in answer["vesting"]["vested_percent"].items():
        assert found[f"vested_percent_{account}"] == percent


def test_a_percentage_is_a_number_or_plain_decimal_text() -> None:
    values = [Decimal(text) for text in ("0", "15", "33.333333333333", "0.000000000001")]
    frame = pl.DataFrame({"percent": values, "hours": values}, schema={"percent": PERCENT, "hours": pl.Decimal(16, 2)})
    assert [row["percent"] for row in as_rows(frame)] == [0, 15, "33.333333333333", "0.000000000001"]
    limits = pl.DataFrame({"maximum_percent": [Decimal("7.5000"), None]}, schema={"maximum_percent": pl.Decimal(7, 4)})
    assert [row["maximum_percent"] for row in as_rows(limits)] == [7.5, None]


def test_a_table_comes_in_pages_of_json_or_whole_as_json_lines(
    program: TestClient, expected: dict[str, pl.DataFrame]
) -> None:
    made = program.post(ADDRESS, files={name: (f"{name}.parquet", content) for name, content in FILES.items()})
    address = f"{made.headers['location']}/participation_periods"
    rows, cursor = [], None
    while True:
        page = program.get(address, params={"limit": 25} | ({"cursor": cursor} if cursor else {})).json()
        rows += page["rows"]
        if (cursor := page["next"]) is None:
            break
    whole = program.get(address, headers={"accept": "application/x-ndjson"})
    assert [json.loads(line) for line in whole.text.splitlines()] == rows
    assert len(rows) == expected["participation_periods"].height > 25
    assert rows[0]["hours"] == str(expected["participation_periods"]["hours"][0])
    assert program.get(address, headers={"accept": "text/csv"}).status_code == 406


def test_json_lines_set_aside_who_cannot_be_read_and_nobody_else(program: TestClient) -> None:
    people = [read_person(file) for file in PEOPLE if "fasteners" not in file.name][:3]
    lines = [json.dumps(as_json(person)) for person in people]
    bad = ["{", '{"employee_id": 5}', '{"employee_id": "E7", "employment": 1}']
    made = program.post(ADDRESS, content="\n".join([lines[0], *bad, "", *lines[1:]]), headers=LINES)
    told = made.json()
    assert told["people"] == 6
    found = program.get(f"{made.headers['location']}/exceptions").json()["rows"]
    said = {(row["row"], row["employee_id"]) for row in found if row["table"] == "line"}
    assert said == {(2, None), (3, None), (4, "E7")}, "by line, and by employee_id where that can be read"
    fit = dict(tables(STEEL.plan.evaluate({n: getattr(People.from_persons(people), n) for n in SCHEMAS}, DAY)))
    assert told["answered"] == fit["determinations"].height
    assert told["set_aside"] == 6 - told["answered"]


def runs_on_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def test_bodies_are_read_off_the_event_loop(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large one would else stop the whole server."""
    on_the_loop = []

    def noted(work: Callable[..., object]) -> Callable[..., object]:
        def found(*given: object) -> object:
            on_the_loop.append(runs_on_a_loop())
            return work(*given)

        return found

    for name in ("_lines", "_tables", "check_upload", "unpacked"):
        monkeypatch.setattr(tables_sent, name, noted(getattr(tables_sent, name)))
    archive = zipped({f"{name}.parquet": content for name, content in FILES.items()})
    form = {name: (f"{name}.parquet", content) for name, content in FILES.items()}
    sent = [
        program.post(ADDRESS, files=form),
        program.post(ADDRESS, content=archive, headers=ZIP),
        program.post(ADDRESS, content=json.dumps(as_json(joined())), headers=LINES),
    ]
    assert [reply.status_code for reply in sent] == [201] * 3
    assert on_the_loop
    assert not any(on_the_loop)


def test_an_evaluation_is_its_makers_alone_and_goes_when_told() -> None:
    program = client(site(logins=logins(ann="run_batch", bob="run_batch", cy="look_up_one")))
    line = joined().model_dump_json(by_alias=True)
    assert program.post(ADDRESS, content=line, headers=LINES | bearer("cy")).status_code == 403
    made = program.post(ADDRESS, content=line, headers=LINES | bearer("ann")).headers["location"]
    assert program.get(made, headers=bearer("bob")).status_code == 404
    assert program.get(made, headers=bearer("ann")).status_code == 200
    assert program.delete(made, headers=bearer("bob")).status_code == 404
    assert program.delete(made, headers=bearer("ann")).status_code == 204
    assert program.get(made, headers=bearer("ann")).status_code == 404


def test_an_evaluation_is_recorded_by_hashes() -> None:
    audit = AuditLog()
    client(site(audit)).post(ADDRESS, content=joined().model_dump_json(by_alias=True), headers=LINES)
    (row,) = audit.rows()
    assert (row.what, row.status, row.elections_hash) == ("evaluation", "answered", STEEL.plan.reference.elections_hash)
    assert len(row.inputs_hash) == len(row.answer_hash) == 64


WITHOUT = {name: content for name, content in FILES.items() if name != "employment"}


@pytest.mark.parametrize(
    "files",
    [
        WITHOUT,
        {**FILES, "strangers": FILES["pay"]},
        {**FILES, "pay": b"no parquet"},
        {**FILES, "pay": FILES["classes"]},
    ],
    ids=["employment missing", "an unknown table", "not Parquet", "columns of another table"],
)
def test_tables_that_are_not_those_of_people_are_refused(program: TestClient, files: dict[str, bytes]) -> None:
    form = program.post(ADDRESS, files={name: (f"{name}.parquet", content) for name, content in files.items()})
    archive = program.post(ADDRESS, content=zipped({f"{n}.parquet": c for n, c in files.items()}), headers=ZIP)
    assert (form.status_code, archive.status_code) == (422, 422)
    assert "strangers" not in form.text + archive.text


def test_limits_are_held_to() -> None:
    program = client(site(settings=Settings(max_people=1, max_rows=20, max_upload=100_000, max_body=20_000)))
    people = as_json(joined())
    many = program.post("/v1/answers", json={"as_of": str(DAY), "people": [people, people]})
    lines = program.post(ADDRESS, content=f"{json.dumps(people)}\n" * 3, headers=LINES)
    form = program.post(ADDRESS, files={name: (f"{name}.parquet", content) for name, content in FILES.items()})
    large = program.post("/v1/answers", content=b" " * 20_001, headers={"content-type": "application/json"})
    streamed = program.post(
        "/v1/answers", content=iter([b" " * 15_000] * 2), headers={"content-type": "application/json"}
    )
    replies = [many, lines, form, large, streamed]
    assert [(each.status_code, each.headers["content-type"]) for each in replies] == [
        (413, "application/problem+json")
    ] * 5
