"""Who did what: rows for what was given out and what was refused, there before the reply is, without a value."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError
from starlette.testclient import TestClient
from web.everybody.sites import example
from web.everybody.sites import send as upload
from web.pages.visits import browser, facts, sample, send
from web.serving import DAY, JSON, STEEL, Hours, as_json, asked, bearer, client, joined, logins, site

from planrules.web import Settings, Site
from planrules.web.audit import AuditLog, Done, RowLimits, hash_of, inputs_hash
from planrules.web.audit.tables import DONE

ELECTIONS = STEEL.plan.reference.elections_hash
BROKEN = "ALTER TABLE done RENAME TO gone"


def log_of(program: TestClient) -> AuditLog:
    served: Site = program.app.state.site  # type: ignore[attr-defined]
    return served.audit


def added(program: TestClient, before: int = 0) -> Sequence[Done]:
    return log_of(program).done()[before:]


def break_(program: TestClient) -> None:
    with log_of(program).engine.begin() as connection:
        connection.execute(text(BROKEN))


# ---- what was given out ---------------------------------------------------------------------------


def test_a_letter_a_pdf_and_a_denial_are_rows_that_name_the_answer_of_the_question() -> None:
    program = browser()
    address = sample(program, "left-at-57").url.path
    before = len(added(program))
    for ending in ("/letter", "/letter.pdf", "/letter.json", ".json", "/timeline.svg", "/check"):
        assert program.get(f"{address}{ending}").status_code == 200
    denial = program.get(f"{address}/denial")
    rows = added(program, before)
    assert [row.what for row in rows] == [
        "letter",
        "letter as PDF",
        "letter as JSON",
        "answer as JSON",
        "timeline",
        "facts seen",
        "draft of a denial",
    ]
    assert rows[1].route == "GET /cases/{token}/letter.pdf"
    assert {(row.who, row.plan, row.elections_hash) for row in rows} == {("local", "steel-technologies", ELECTIONS)}
    assert [row.status for row in rows] == [200] * 6 + [denial.status_code]
    questions = {row.inputs_hash: row.answer_hash for row in log_of(program).rows() if row.what.startswith("page, o")}
    assert [questions[row.inputs_hash] for row in rows[:4]] == [row.answer_hash for row in rows[:4]]


@pytest.mark.parametrize("ending", ["/what-if", "/what-if.json"])
def test_a_what_if_that_cannot_be_is_called_the_same_in_both_tables(ending: str) -> None:
    program = browser()
    at = sample(program, "joined").url.path
    reply = send(program, at, f"{at}{ending}", {"suppose": "hours", "more_hours": "99999"})
    assert reply.status_code == 422
    asked_, done = log_of(program).rows()[-1], added(program)[-1]
    assert (asked_.what, asked_.status) == ("what if", "people")
    assert (done.what, done.status, done.refused) == ("what if", 422, "people")


def test_the_person_found_and_the_page_opened_again_are_rows() -> None:
    program = browser()
    found = send(
        program,
        "/",
        "/plans/steel-technologies/find",
        {"employee_id": "E1001", "as_of-month": "3", "as_of-day": "31", "as_of-year": "1996"},
    )
    program.get(found.url.path)
    assert [(row.what, row.status) for row in added(program)] == [
        ("person found", 303),
        ("answer seen", 200),
        ("answer seen", 200),
    ]
    assert {row.inputs_hash for row in added(program)} == {inputs_hash(joined(), DAY)}


def test_an_upload_what_is_seen_of_it_and_letting_go_of_it_are_rows() -> None:
    program = browser()
    reply = upload(program, [example("census-1996.csv")], [example("payroll-1996.csv")])
    address = reply.url.path
    assert re.fullmatch(r"/uploads/[\w-]+", address), reply.text
    for ending in (".json", "/exceptions.csv"):
        program.get(f"{address}{ending}")
    send(program, address, f"{address}/forget", {})
    rows = added(program)
    assert [row.what for row in rows] == [
        "upload",
        "upload seen",
        "upload as JSON",
        "exceptions of an upload",
        "upload seen",
        "upload forgotten",
    ]
    contents = [example(name)[1] for name in ("census-1996.csv", "payroll-1996.csv")]
    assert {row.inputs_hash for row in rows} == {hash_of("\n".join(hash_of(each) for each in contents))}
    assert {(row.plan, row.elections_hash) for row in rows} == {("steel-technologies", ELECTIONS)}


def test_tables_of_an_evaluation_are_rows_with_the_hashes_of_the_evaluation() -> None:
    program = client(site(logins=logins(pay="run_batch")))
    line = joined().model_dump_json(by_alias=True)
    headers = bearer("pay") | {"content-type": "application/x-ndjson"}
    made = program.post(f"/v1/evaluations?as_of={DAY}", content=line, headers=headers).json()
    (evaluation,) = log_of(program).rows()
    assert (evaluation.who, evaluation.what) == ("pay", "evaluation")
    program.get(made["tables"]["determinations"]["href"], headers=bearer("pay"))
    program.delete(f"/v1/evaluations/{made['id']}", headers=bearer("pay"))
    entered, *rows = added(program)
    assert entered == Done("pay", "sign in", "POST /v1/evaluations", 200)
    assert [row.what for row in rows] == ["table of an evaluation", "evaluation forgotten"]
    assert {(row.inputs_hash, row.answer_hash) for row in rows} == {(evaluation.inputs_hash, evaluation.answer_hash)}


def test_an_answer_is_a_question_and_nothing_is_written_twice() -> None:
    program = client()
    assert program.post("/v1/answers", json=asked()).status_code == 200
    assert program.get("/v1/plans").status_code == 200
    assert (len(log_of(program).rows()), added(program)) == (1, [])


# ---- what was refused -----------------------------------------------------------------------------


def test_what_a_caller_is_refused_is_a_row_with_its_reason() -> None:
    served = site(logins=logins(ann="look_up_one"), settings=Settings(max_body=20_000))
    program = client(served)
    person = as_json(joined())
    headers = bearer("ann")
    bad = asked(person={**person, "employment": person["employment"] * 2})
    program.post("/v1/answers", json=bad, headers=headers)
    program.post("/v1/answers", json=asked(people=[person]), headers=headers)
    program.post("/v1/answers", content="{", headers=headers | JSON)
    program.post("/v1/answers", content=" " * 30_000, headers=headers | JSON)
    program.get("/v1/plans/zq7w", headers=headers)
    program.get("/zq7w", headers=headers)
    program.delete("/v1/plans", headers=headers)
    program.post("/cases/zq7w/forget", data={"csrf": "zq7w"}, headers=headers)
    program.get("/v1/plans?limit=zq7w", headers=headers)
    rows = added(program)[1:]
    assert [(row.status, row.refused, row.what, row.route) for row in rows] == [
        (422, "people", "answer", "POST /v1/answers"),
        (403, "role run_batch", "answer", "POST /v1/answers"),
        (400, "request", "answer", "POST /v1/answers"),
        (413, "too large", "answer", "POST /v1/answers"),
        (404, "not there", "request", "GET /v1/plans/{id}"),
        (404, "not there", "request", "GET (none)"),
        (405, "another method", "request", "DELETE /v1/plans"),
        (403, "form token", "facts forgotten", "POST /cases/{token}/forget"),
        (422, "request", "request", "GET /v1/plans"),
    ]
    assert {row.who for row in rows} == {"ann"}
    assert (rows[0].plan, rows[0].elections_hash) == ("steel-technologies", ELECTIONS)
    assert all(len(row.inputs_hash) == 64 for row in rows[:3])
    assert served.audit.rows()[0].status == "people"


def test_facts_that_cannot_be_on_the_page_are_a_row() -> None:
    program = browser()
    typed = {**facts(), "spell-1-start-year": "zq7w"}
    reply = send(program, "/plans/steel-technologies/facts", "/plans/steel-technologies/facts", typed)
    (row,) = added(program)
    assert (reply.status_code, row.status, row.what) == (422, 422, "page")
    assert len(row.inputs_hash) == 64


def test_each_of_several_who_cannot_be_read_has_a_row() -> None:
    served = site()
    reply = client(served).post("/v1/answers", json=asked(people=[as_json(joined()), {"zq7w": 1}]))
    assert (reply.json()["answered"], reply.json()["refused"]) == (1, 1)
    assert sorted(row.status for row in served.audit.rows()) == ["answered", "people"]


def test_strangers_are_rows_by_reason_and_not_by_what_they_typed() -> None:
    program = client(site(logins=logins(ann="look_up_one"), settings=Settings(hosts=("127.0.0.1",))))
    program.get("/cases/zq7w")
    program.get("/v1/plans", headers=bearer("zq7w"))
    program.get("/", headers={"host": "zq7w.example"})
    program.post("/upload", headers={"origin": "http://zq7w.example"})
    assert [(row.who, row.what, row.status, row.refused) for row in added(program)] == [
        ("", "sign in", 401, "no login"),
        ("", "sign in", 401, "wrong token or password"),
        ("", "request", 421, "another name"),
        ("", "request", 403, "another origin"),
    ]
    assert added(program)[0].route == "GET /cases/{token}"


def test_a_flood_of_strangers_is_counted_and_files_are_nobodys_business() -> None:
    hours = Hours()
    limits = Settings(row_limits=RowLimits(window=600, strangers=4))
    served = site(logins=logins(ann="look_up_one"), settings=limits, clock=hours)
    program = client(served)
    for n in range(50):
        program.get(f"/nothing/{n}")
    assert len(added(program)) == 4
    hours.pass_by(seconds=600)
    program.get("/")
    assert [row.times for row in added(program)] == [1] * 4 + [46, 1]
    program.get("/static/nothing.css", headers=bearer("ann"))
    assert [row.what for row in added(program, 6)] == ["sign in"]
    for _ in range(6):
        program.get("/")
    served.journal.close()
    assert added(program)[-1] == Done("", "sign in", "(any)", 401, "no login", times=3)


# ---- when the log takes no rows -------------------------------------------------------------------


def test_what_cannot_be_recorded_is_not_given_out() -> None:
    program = browser()
    address = sample(program, "joined").url.path
    break_(program)
    for ending in ("", "/letter", "/letter.pdf", ".json", "/check", "/denial"):
        reply = program.get(f"{address}{ending}")
        assert reply.status_code in {404, 503}, ending
        assert "E1001" not in reply.text
    told = program.get(f"{address}.json").json()
    assert (told["type"], told["status"]) == ("urn:planrules:error:file", 503)
    assert program.get("/v1/plans").status_code == 200


def test_a_refusal_that_cannot_be_recorded_is_a_refusal(caplog: pytest.LogCaptureFixture) -> None:
    program = client(site(logins=logins(ann="look_up_one")))
    program.get("/", headers=bearer("ann"))
    break_(program)
    headers = bearer("ann")
    assert program.get("/v1/nothing", headers=headers).status_code == 404
    assert program.post("/v1/answers", json=asked(people=[{}]), headers=headers).status_code == 403
    assert program.get("/").status_code == 401
    assert [each.getMessage() for each in caplog.records if each.levelname == "ERROR"] == [
        "a refusal could not be written to the audit log"
    ] * 3


def test_nobody_is_let_in_without_a_row() -> None:
    program = client(site(logins=logins(ann="look_up_one")))
    break_(program)
    reply = program.get("/", headers=bearer("ann"))
    assert reply.status_code == 503
    assert "Steel" not in reply.text


# ---- the rows themselves --------------------------------------------------------------------------


def test_the_database_refuses_to_change_or_delete_what_was_done(tmp_path: Path) -> None:
    log = AuditLog(f"sqlite:///{tmp_path}/audit.db")
    log.note(Done("ann", "letter", "GET /cases/{token}/letter", 200))
    for statement in (
        update(DONE).values(who="nobody"),
        delete(DONE),
        text("INSERT OR REPLACE INTO done SELECT * FROM done"),
    ):
        with pytest.raises(DatabaseError, match="only added to"), log.engine.begin() as connection:
            connection.execute(statement)
    assert [row.who for row in log.done()] == ["ann"]


def test_a_log_from_before_these_rows_goes_on(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/audit.db"
    first = AuditLog(url)
    with first.engine.begin() as connection:
        connection.execute(text("DROP TABLE done"))
    first.close()
    second = AuditLog(url)
    second.note(Done("ann", "letter", "GET /cases/{token}/letter", 200))
    assert len(second.done()) == 1


def test_no_value_of_a_person_or_of_an_address_is_in_the_database(tmp_path: Path) -> None:
    audit = AuditLog(f"sqlite:///{tmp_path}/audit.db")
    program = client(site(audit, logins=logins(ann="look_up_one")), failing=False)
    person = {**as_json(joined()), "employee_id": "zq7w-secret"}
    for headers in (bearer("ann"), bearer("zq7w"), {"authorization": "Basic enE3dzp6cTd3"}, {"origin": "http://zq7w"}):
        program.post("/v1/answers?zq7w", json=asked(person=person), headers=headers)
        program.post("/v1/answers", json=asked(person={**person, "zq7w": "zq7w"}), headers=headers)
        program.get("/cases/zq7w/letter?zq7w=zq7w", headers=headers)
        program.request("ZQ7W", "/zq7w", headers=headers)
    assert len(audit.done()) > 8
    audit.close()
    assert not any(b"zq7w" in file.read_bytes().lower() for file in tmp_path.iterdir())
