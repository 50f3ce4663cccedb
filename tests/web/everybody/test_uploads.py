"""Uploads: every format, defects row by row and never a value, files that may not be taken, and nothing left behind."""

import asyncio
import re
import zipfile
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from asking import steel
from starlette.testclient import TestClient
from web.everybody.crowds import ROOT, sample
from web.everybody.sites import IMPORT, browser, example, send
from web.serving import Hours

from planrules import import_people
from planrules.sampling import make_sample
from planrules.web import HostedPlan, Settings
from planrules.web.everybody import rosters
from planrules.web.everybody.layouts import LAYOUTS, layout_text
from planrules.web.everybody.rosters import Rosters
from planrules.web.everybody.uploads import KEPT

CENSUS, PAYROLL = example("census-1996.csv"), example("payroll-1996.csv")


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser(None)


def sheet(content: bytes) -> pl.DataFrame:
    return pl.read_csv(BytesIO(content), infer_schema=False)


def as_workbook(table: pl.DataFrame) -> bytes:
    made = BytesIO()
    table.write_excel(made)
    return made.getvalue()


def people(client: TestClient, page: str) -> list[str]:
    return [each["employee_id"] for each in client.get(f"{page}/everybody.json").json()["people"]]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.word)
def test_the_layouts_are_those_of_the_examples(layout: object) -> None:
    word = layout.word  # type: ignore[attr-defined]
    assert layout_text(word) == (IMPORT / f"{word}.yaml").read_text(encoding="utf-8")


def test_a_census_and_payroll_lead_to_the_list(client: TestClient) -> None:
    reply = send(client, [CENSUS], [PAYROLL])
    assert reply.status_code == 200
    assert "3 people were read" in reply.text
    assert "Every row was used" in reply.text
    assert re.search(r"/uploads/[\w-]{32}$", str(reply.url))
    assert people(client, str(reply.url)) == ["E1001", "E1002", "E1003"]
    assert "Everybody on September 30, 1996" in client.get(f"{reply.url}/everybody").text


ORDINARY = b"Employee Number,Date of Birth,Hire Date,Term Date,Term Reason\nE7,01/05/1960,10/15/1994,,\n"


def test_usual_headings_are_understood(client: TestClient) -> None:
    reply = send(client, [("ours.csv", ORDINARY)], layout="usual-headings")
    assert "Every row was used" in reply.text
    assert people(client, str(reply.url)) == ["E7"]
    forms = (b"10/15/1994", b"1994-10-15", b"Oct 15, 1994")
    for heading, day in zip((b"DOH", b"Start Date", b"Original Hire Date"), forms, strict=True):
        text = ORDINARY.replace(b"Hire Date", heading).replace(forms[0], b'"' + day + b'"')
        told = send(client, [("ours.csv", text)], layout="usual-headings")
        assert "Every row was used" in told.text, heading


def test_an_unknown_heading_is_told_with_the_nearest_known_one(client: TestClient) -> None:
    census = ORDINARY.replace(b"Term Date", b"Trem Date").replace(b"Term Reason", b"Shoe Size")
    said = unescape(send(client, [("ours.csv", census)], layout="usual-headings").text)
    assert "columns not used: Trem Date (did you mean “Term Date”, the heading of termination_date?), Shoe Size" in said
    needed = ORDINARY.replace(b"Hire Date", b"Hire Dte")
    said = unescape(send(client, [("ours.csv", needed)], layout="usual-headings").text)
    assert "no column for hire_date" in said
    assert "A column headed “Hire Dte” is there, and is not known." in said


def test_several_mistakes_in_one_row_are_told_at_a_time(client: TestClient) -> None:
    row = b"E7,02/31/1960,30/11/1994,13/13/1995,Whim\n"
    reply = send(client, [("ours.csv", ORDINARY + row)], layout="usual-headings")
    found = pl.read_csv(BytesIO(client.get(f"{reply.url}/exceptions.csv").content)).filter(row=3)
    assert set(found["column"]) == {"Date of Birth", "Hire Date", "Term Date", "Term Reason"}
    assert "Whim" not in reply.text


UNION = b"Employee Number,Date of Birth,Hire Date,Union\n" + b"".join(
    b"E%d,01/05/1960,10/15/1994,%b\n" % (number, said) for number, said in enumerate((b"Y", b"N", b"N"))
)


def test_a_column_whose_codes_are_not_known_is_one_message_and_can_be_left_out(client: TestClient) -> None:
    reply = send(client, [("ours.csv", UNION)], layout="usual-headings")
    assert "3 people were read" in reply.text
    said = unescape(reply.text)
    assert "ours.csv, Union: 3 rows have a code there, and none of the codes is known; these are: H, Hourly" in said
    assert "A no does not say that somebody is in none of the other groups" in said
    checked = re.search(r'name="leave_out" id="[^"]+" value="Union"( checked)?', said)
    assert checked is not None
    assert checked[1]
    form = client.get("/upload?leave_out=Union&layout=usual-headings&as_of=1996-09-30").text
    assert ">Union</textarea>" in form
    assert 'value="1996"' in form
    again = send(client, [("ours.csv", UNION)], layout="usual-headings", leave_out="union\n")
    assert "Every row was used" in again.text


def test_rows_with_codes_that_are_not_known_are_told_together(client: TestClient) -> None:
    mixed = UNION + b"E7,01/05/1960,10/15/1994,U\n"
    said = unescape(send(client, [("ours.csv", mixed)], layout="usual-headings").text)
    assert "ours.csv, Union: 3 rows have a code that is not known" in said
    assert "Rows 2, 3, 4. Known are H, Hourly, S, Salaried, U, Union." in said
    assert "A code that the mapping does not explain" not in said


def test_of_two_hire_dates_that_differ_one_can_be_left_out(client: TestClient) -> None:
    two = b"Employee Number,Hire Date,Original Hire Date\nE1,10/15/1994,10/15/1990\nE2,10/15/1994,10/15/1994\n"
    said = unescape(send(client, [("ours.csv", two)], layout="usual-headings").text)
    assert "By their headings, “Original Hire Date” is the first day" in said
    for header in ("Hire Date", "Original Hire Date"):
        assert re.search(rf'name="leave_out" id="[^"]+" value="{header}"', said)
    assert "did you mean" not in said
    one = send(client, [("ours.csv", two)], layout="usual-headings", leave_out="Hire Date")
    assert "2 people were read" in one.text


def test_a_column_whose_absence_says_something_cannot_be_left_out(client: TestClient) -> None:
    reply = send(client, [("ours.csv", ORDINARY)], layout="usual-headings", leave_out="Term Date\nTerm Reason")
    assert reply.status_code == 422
    assert "“Term Date” cannot be left out" in unescape(reply.text)


HASHED = b"""profile: mine
files:
  - files: census*
    holds: census
    employer: Steel Technologies Inc.
    columns: {employee_id: {header: SSN, hashed: true}, hire_date: {dates: [mm/dd/yyyy]}}
"""


def test_hashed_keys_are_made_with_the_secret_that_is_typed(client: TestClient) -> None:
    census, keys = b"SSN,Hire Date\n900-11-2222,10/15/1994\n", list[list[str]]()
    for secret in (" one ", "one", "two", ""):
        found = re.search(r'name="csrf" value="([^"]+)"', client.get("/upload").text)
        assert found is not None
        reply = client.post(
            "/upload",
            data={"csrf": found[1], "layout": "own", "month": "9", "day": "30", "year": "1996", "secret": secret},
            files=[("census", ("census.csv", census)), ("mapping", ("mine.yaml", HASHED))],
        )
        assert "900-11-2222" not in reply.text
        assert "secret" in reply.text or secret.strip()
        keys.append(people(client, str(reply.url)) if secret else [])
    assert keys[0] == keys[1] != keys[2]
    assert len(keys[2][0]) == 20


def test_an_upload_can_be_compared_with_the_people_of_the_server() -> None:
    client = browser(sample())
    assert 'name="compared"' in client.get("/upload").text
    told = send(client, [CENSUS], [PAYROLL], compared="yes")
    assert "employees.parquet of the last import" in told.text
    assert client.get(f"{told.url}.json").json()["people"]["missing"] == sample().employees.height - 3
    assert client.get(f"{send(client, [CENSUS], [PAYROLL]).url}.json").json()["people"]["missing"] is None
    assert 'name="compared"' not in browser(None).get("/upload").text


def test_headers_of_another_file_are_one_finding_with_what_the_file_has(client: TestClient) -> None:
    text = send(client, [("ours.csv", ORDINARY)]).text
    assert text.count("the mapping names columns that the file does not have") == 1
    for named in ("“Date of Hire” (hire_date)", "“DOB” (birth_date)", "It has, not used: “Date of Birth”"):
        assert named in text
    assert "1994" not in text.partition("To answer first")[2].partition("<h2")[0]


def test_a_file_without_headers_shows_none_of_its_cells(client: TestClient) -> None:
    text = send(client, [("ours.csv", ORDINARY.partition(b"\n")[2] + b"E8,01/06/1961,10/15/1994,,\n")]).text
    assert "does not have" in text
    assert "E7" not in text
    assert "01/05/1960" not in text


def test_a_layout_lists_its_headers_and_gives_a_file_to_fill_in(client: TestClient) -> None:
    text = client.get("/upload").text
    assert "<li>Date of Hire: hire date, in every row</li>" in text
    assert "characters 32 to 39" in text
    census = client.get("/upload/layouts/one-row-a-person/census.csv")
    assert census.headers["content-type"].startswith("text/csv")
    filled = census.text + "E7,01/05/1960,10/15/1994" + "," * (census.text.count(",") - 2) + "\n"
    pay = client.get("/upload/layouts/one-row-a-person/pay.csv").text + "E7,1996-01-01,1996-01-15,1996-01-19,80,900,\n"
    reply = send(client, [("census.csv", filled.encode())], [("pay.csv", pay.encode())])
    assert "Every row was used" in reply.text
    assert client.get("/upload/layouts/by-earning-code/employment.csv").status_code == 404
    assert client.get("/upload/layouts/none/pay.csv").status_code == 404


def test_rows_held_back_are_named(client: TestClient) -> None:
    broken = PAYROLL[1].replace(b"E1001,1995-12-01,1995-12-15", b"E1001,nonsense,1995-12-15")
    text = send(client, [CENSUS], [("payroll-1996.csv", broken)]).text
    assert "(row 2)" in text
    assert "(rows 3, 4, 5)" in text


def test_a_row_of_an_upload_leads_to_the_persons_page(client: TestClient) -> None:
    reply = send(client, [CENSUS], [PAYROLL])
    text = client.get(f"{reply.url}/everybody").text
    link = re.search(r'<th scope="row"><a href="([^"]*)">E1001', text)
    assert link is not None
    assert "E1001" not in link[1]
    assert client.get(link[1], follow_redirects=False).status_code == 303
    sealed = link[1].rpartition("/")[2]
    assert client.get(f"/uploads/{'x' * 32}/everybody/{sealed}").status_code == 404


@pytest.mark.parametrize("form", ["xlsx", "parquet", "jsonl"])
def test_the_same_people_come_of_every_format_whatever_the_files_are_called(client: TestClient, form: str) -> None:
    table = sheet(CENSUS[1])
    made = BytesIO()
    if form == "parquet":
        table.write_parquet(made)
    elif form == "jsonl":
        table.write_ndjson(made)
    content = as_workbook(table) if form == "xlsx" else made.getvalue()
    reply = send(client, [(f"our people.{form}", content)], [("wages [1996].csv", PAYROLL[1])])
    assert reply.status_code == 200, reply.text
    assert people(client, str(reply.url)) == ["E1001", "E1002", "E1003"]


def test_a_fixed_width_roster_is_read(client: TestClient) -> None:
    reply = send(client, [example("roster-1996.txt")], [example("register-1996.csv")], layout="by-earning-code")
    assert people(client, str(reply.url)) == ["E2001", "E2002"]


def test_defects_are_told_by_row_and_rule_and_the_good_rows_go_on(client: TestClient) -> None:
    broken = CENSUS[1].replace(b"10/15/1994", b"02/30/1994").replace(b",VOL,", b",ZZZ,")
    reply = send(client, [("census.csv", broken)], [PAYROLL])
    assert "1 row could not be used" in reply.text
    assert "A day that the calendar does not have" in reply.text
    assert '<td data-label="Row" class="number">2</td>' in reply.text
    assert "02/30/1994" not in reply.text
    assert people(client, str(reply.url)) == ["E1002", "E1003"]
    lines = client.get(f"{reply.url}/exceptions.csv").text.splitlines()
    assert lines[0].startswith("file,row,column,level,code")
    assert any("no_such_day" in line for line in lines)


def test_what_the_files_leave_open_is_a_question_with_what_to_do(client: TestClient) -> None:
    own = b"profile: mine\nfiles:\n  - files: census*\n    holds: census\n    employer: Steel Technologies Inc.\n"
    census = b"Employee Number,Date of Hire,DOB\nE1,03/04/1990,01/02/1960\nE2,05/06/1991,02/03/1961\n"
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/upload").text)
    assert found is not None
    reply = client.post(
        "/upload",
        data={"csrf": found[1], "layout": "own", "month": "9", "day": "30", "year": "1996"},
        files=[("census", ("census.csv", census)), ("mapping", ("mine.yaml", own))],
    )
    assert "To answer first" in reply.text
    assert "What to do:" in reply.text
    assert "Nobody" not in reply.text
    assert "03/04/1990" not in reply.text


def test_the_form_says_what_it_lacks_at_the_fields(client: TestClient) -> None:
    reply = send(client, [], layout="", month="13")
    assert reply.status_code == 422
    for target in ("month", "census", "layout-usual-headings"):
        assert f'href="#{target}"' in reply.text
        assert f'id="{target}"' in reply.text
    assert "data-focus" in reply.text


def test_an_own_mapping_that_is_no_mapping_is_told(client: TestClient) -> None:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/upload").text)
    assert found is not None
    reply = client.post(
        "/upload",
        data={"csrf": found[1], "layout": "own", "month": "9", "day": "30", "year": "1996"},
        files=[("census", CENSUS), ("mapping", ("mine.yaml", b"a: [1\n"))],
    )
    assert reply.status_code == 422
    assert "mine.yaml" in reply.text


def test_what_a_mapping_calls_a_workbook_has_to_be_one(client: TestClient) -> None:
    own = b"profile: mine\nfiles:\n  - files: census*\n    holds: census\n    format: xlsx\n    employer: Steel Inc.\n"
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/upload").text)
    assert found is not None
    reply = client.post(
        "/upload",
        data={"csrf": found[1], "layout": "own", "month": "9", "day": "30", "year": "1996"},
        files=[("census", ("census.dat", b"no archive")), ("mapping", ("mine.yaml", own))],
    )
    assert reply.status_code == 422
    assert "does not begin as one" in reply.text


def test_two_files_of_one_name_are_refused(client: TestClient) -> None:
    assert send(client, [CENSUS, CENSUS]).status_code == 422


def with_part(name: str, content: bytes = b"x") -> bytes:
    made = BytesIO(as_workbook(sheet(CENSUS[1])))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def bomb() -> bytes:
    made = BytesIO(as_workbook(sheet(CENSUS[1])))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large.bin", b"\0" * 20_000_000)
    return made.getvalue()


def with_formula() -> bytes:
    table = sheet(CENSUS[1])
    made = BytesIO()
    table.write_excel(made, formulas={"Sum": "=1+1"})
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (with_part("xl/vbaProject.bin"), "macros"),
        (with_part("xl/externalLinks/externalLink1.xml"), "links"),
        (with_formula(), "formulas"),
        (bomb(), "unpacks to"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old binary format"),
        (b"PK\x03\x04 no archive", "cannot be unpacked"),
        (b"\n" + with_formula(), "something before it"),
        (b"employee_id\nE1\n", "does not begin as one"),
    ],
    ids=["macros", "links", "formulas", "bomb", "old", "broken", "behind a byte", "no workbook"],
)
def test_files_that_could_do_more_than_be_read_are_refused(content: bytes, told: str) -> None:
    client = browser(None, Settings(max_unpacked=10_000_000))
    reply = send(client, [("census.xlsx", content)])
    assert reply.status_code in {413, 422}
    assert told in reply.text


def test_sizes_and_rows_are_limited() -> None:
    assert send(browser(None, Settings(max_rows=4)), [CENSUS], [PAYROLL]).status_code == 413
    assert send(browser(None, Settings(max_upload=500)), [CENSUS], [PAYROLL]).status_code == 413


def test_a_form_of_another_site_is_refused(client: TestClient) -> None:
    client.get("/upload")
    assert client.post("/upload", data={"csrf": "x"}, files=[("census", CENSUS)]).status_code == 403


def test_nothing_is_left_on_the_disk(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert send(client, [CENSUS], [PAYROLL]).status_code == 200
    assert send(client, [("census.csv", b"\0\0")]).status_code == 422
    assert list(tmp_path.iterdir()) == []


def test_an_upload_is_forgotten_after_an_hour_or_when_told_so() -> None:
    clock = Hours()
    client = browser(None, clock=clock)
    page = str(send(client, [CENSUS], [PAYROLL]).url)
    clock.pass_by(minutes=59)
    assert client.get(page).status_code == 200
    clock.pass_by(minutes=1)
    for ending in ("", ".json", "/everybody", "/everybody.csv", "/exceptions.csv"):
        assert client.get(page + ending).status_code == 404
    other = send(client, [CENSUS], [PAYROLL])
    link = re.search(r'<th scope="row"><a href="([^"]*)">E1001', client.get(f"{other.url}/everybody").text)
    assert link is not None
    person = client.get(link[1], follow_redirects=False).headers["location"]
    assert client.get(person).status_code == 200
    found = re.search(r'name="csrf" value="([^"]+)"', other.text)
    assert found is not None
    assert client.post(f"{other.url}/forget", data={"csrf": "x"}).status_code == 403
    assert client.post(f"{other.url}/forget", data={"csrf": found[1]}, follow_redirects=False).status_code == 303
    assert client.get(str(other.url)).status_code == 404
    assert client.get(person).status_code == 404


def test_what_is_forgotten_leaves_no_employee_number_in_memory() -> None:
    client = browser(None)
    page = str(send(client, [CENSUS], [PAYROLL]).url)
    found = re.search(r'<th scope="row"><a href="([^"?]*)[^"]*">E1001', client.get(f"{page}/everybody").text)
    assert found is not None
    sealed, state = found[1].rpartition("/")[2], client.app.state  # type: ignore[attr-defined]
    upload = page.rpartition("/")[2]
    assert state.sealer.unseal(sealed) == f"{upload}\nE1001"
    state.uploads.forget(upload)
    assert state.sealer.unseal(sealed) is None


def test_a_roster_that_is_worked_out_while_its_upload_is_forgotten_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, people, made = Rosters(), sample(), list[str]()
    hosted = HostedPlan("steel-technologies", steel())

    def worked_out(*_: object) -> object:
        made.append("a roster")
        if len(made) == 1:
            kept.forget("upload")
        return object()

    async def asked_twice() -> int:
        await asyncio.gather(*(kept.of("upload", hosted, people, date(1996, 9, 30)) for _ in range(2)))
        return len(made)

    async def twice_twice() -> tuple[int, int]:
        return await asked_twice(), await asked_twice()

    monkeypatch.setattr(rosters, "_kept", worked_out)
    first, then = asyncio.run(twice_twice())
    assert first == 2, "who waits meanwhile gets one too, and it is not kept either"
    assert then == 3, "asked for anew, it is kept again"


def test_only_the_newest_uploads_are_kept() -> None:
    client = browser(None)
    pages = [str(send(client, [CENSUS]).url) for _ in range(KEPT + 1)]
    assert client.get(pages[0]).status_code == 404
    assert client.get(pages[1]).status_code == 200


def test_the_employer_of_a_layout_is_the_plans(client: TestClient) -> None:
    source = (ROOT / "planrules/web/everybody/mappings/one-row-a-person.yaml").read_text(encoding="utf-8")
    assert "employer: Steel Technologies Inc." in source
    reply = send(client, [CENSUS])
    data = client.get(f"{reply.url}/everybody.json").json()
    assert data["set_aside"] == []


def test_the_defects_of_a_made_up_workforce_are_those_that_the_import_finds(client: TestClient, tmp_path: Path) -> None:
    make_sample(tmp_path / "made", 60, 3, spoiled=6)
    files = sorted((tmp_path / "made" / "files").glob("*.*"))
    mapping = next(file for file in files if file.suffix == ".yaml")
    data = [file for file in files if file != mapping]
    found = import_people(data, mapping, as_of=date(1996, 9, 30))
    sent = client.get("/upload").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', sent)
    assert csrf is not None
    fields = {"csrf": csrf[1], "layout": "own", "month": "9", "day": "30", "year": "1996"}
    given = [("census", (file.name, file.read_bytes())) for file in data]
    reply = client.post("/upload", data=fields, files=[*given, ("mapping", (mapping.name, mapping.read_bytes()))])
    assert reply.status_code == 200
    told = pl.read_csv(BytesIO(client.get(f"{reply.url}/exceptions.csv").content))
    assert found.errors.height == 6
    for column in ("file", "row", "column", "code"):
        assert told[column].to_list() == found.exceptions[column].to_list()
    listed = client.get(f"{reply.url}/everybody.csv").text.splitlines()[1:]
    assert [line.partition(",")[0] for line in listed] == sorted(found.people.employees["employee_id"])
