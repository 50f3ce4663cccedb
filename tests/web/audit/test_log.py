"""The audit log: rows stay as they are, and are there before an answer is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_mock_engine, delete, text, update
from sqlalchemy.exc import DatabaseError
from web.serving import DAY, STEEL, Hours, as_json, asked, client, joined, site

from planrules.errors import FileError
from planrules.web.audit import Asked, AuditLog, hash_of, inputs_hash
from planrules.web.audit.log import ASKED, METADATA

ROW = Asked("ann", "answer", "steel", "a" * 64, "b" * 64, "c" * 64, "answered")


@pytest.fixture(params=["memory", "file"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AuditLog]:
    made = AuditLog("sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/audit.db", Hours())
    yield made
    made.close()


def test_rows_are_kept_in_order_with_their_hour(log: AuditLog) -> None:
    log.record(ROW)
    log.record(ROW, Asked("bob", *("",) * 6))
    assert [row.who for row in log.rows()] == ["ann", "ann", "bob"]
    with log.engine.connect() as connection:
        assert {str(each) for each in connection.execute(text("SELECT at FROM asked")).scalars()} == {
            "2026-01-01 00:00:00.000000"
        }


def test_the_database_refuses_to_change_or_delete_a_row(log: AuditLog) -> None:
    log.record(ROW)
    for statement in (
        update(ASKED).values(who="nobody"),
        delete(ASKED),
        text("UPDATE asked SET status = 'x' WHERE id = 1"),
        text("DELETE FROM asked WHERE id = 1"),
        text("INSERT OR REPLACE INTO asked SELECT * FROM asked"),
    ):
        with pytest.raises(DatabaseError, match="only added to"), log.engine.begin() as connection:
            connection.execute(statement)
    assert log.rows() == [ROW]


def test_a_log_goes_on_where_it_was(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/audit.db"
    first = AuditLog(url)
    first.record(ROW)
    first.close()
    second = AuditLog(url)
    second.record(ROW)
    assert second.rows() == [ROW, ROW]
    with pytest.raises(DatabaseError), second.engine.begin() as connection:
        connection.execute(delete(ASKED))


def test_a_new_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    log = AuditLog(f"sqlite:///{tmp_path}/audit.db")
    log.record(ROW)
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}
    log.close()


def test_the_file_alone_has_every_row_once_the_log_is_closed_or_opened_again(tmp_path: Path) -> None:
    (folder := tmp_path / "closed").mkdir()
    closed = AuditLog(f"sqlite:///{folder}/audit.db")
    closed.record(ROW)
    closed.close()
    assert [file.name for file in folder.iterdir()] == ["audit.db"]
    killed = AuditLog(f"sqlite:///{tmp_path}/killed.db")
    killed.record(ROW)
    opened = AuditLog(f"sqlite:///{tmp_path}/killed.db")
    (tmp_path / "copy.db").write_bytes((tmp_path / "killed.db").read_bytes())
    assert AuditLog(f"sqlite:///{tmp_path}/copy.db").rows() == [ROW]
    for log in (opened, killed):
        log.close()


def test_who_reads_meanwhile_does_not_keep_a_log_from_being_closed(tmp_path: Path) -> None:
    log, reader = AuditLog(url := f"sqlite:///{tmp_path}/audit.db"), AuditLog(url)
    with log.engine.connect() as short:
        short.exec_driver_sql("PRAGMA busy_timeout = 1")
    log.record(ROW)
    with reader.engine.connect() as connection:
        assert len(connection.execute(text("SELECT id FROM asked")).all()) == 1
        log.record(ROW)
        log.close()
    assert reader.rows() == [ROW, ROW]
    reader.close()


def test_postgresql_is_told_to_refuse_too() -> None:
    said: list[str] = []
    engine = create_mock_engine(
        "postgresql://", lambda sql, *_, **__: said.append(str(sql.compile(dialect=engine.dialect)))
    )
    METADATA.create_all(engine, checkfirst=False)
    for table in ("asked", "done"):
        assert any(f"BEFORE UPDATE OR DELETE ON {table} " in each for each in said)
        assert any(f"BEFORE TRUNCATE ON {table} " in each for each in said)
    assert not any("RAISE(ABORT" in each for each in said)


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/audit.db", "nonsense", "nosuch://x"])
def test_a_database_that_cannot_be_opened_is_named(url: str) -> None:
    with pytest.raises(FileError) as caught:
        AuditLog(url)
    assert caught.value.problems[0].where == "--database"


def test_a_row_has_hashes_of_what_was_asked_and_answered() -> None:
    served = site()
    reply = client(served).post("/v1/answers", json=asked())
    (row,) = served.audit.rows()
    assert row == Asked(
        who="local",
        what="answer",
        plan=STEEL.id,
        inputs_hash=inputs_hash(joined(), DAY),
        elections_hash=reply.json()["plan"]["elections_hash"],
        answer_hash=hash_of(reply.text),
        status="answered",
    )


def test_who_is_refused_is_recorded_too() -> None:
    served = site()
    person = as_json(joined())
    client(served).post("/v1/answers", json=asked(person={**person, "employment": person["employment"] * 2}))
    assert [(row.status, row.answer_hash) for row in served.audit.rows()] == [("people", "")]


def test_what_cannot_be_recorded_is_not_answered(tmp_path: Path) -> None:
    audit = AuditLog(f"sqlite:///{tmp_path}/audit.db")
    with audit.engine.begin() as connection:
        connection.execute(text("ALTER TABLE asked RENAME TO gone"))
    reply = client(site(audit)).post("/v1/answers", json=asked())
    assert (reply.status_code, reply.json()["type"]) == (503, "urn:planrules:error:file")
    assert joined().employee_id not in reply.text


def test_no_value_of_a_person_is_in_the_database(tmp_path: Path) -> None:
    audit = AuditLog(f"sqlite:///{tmp_path}/audit.db")
    person = joined().model_copy(update={"employee_id": "zq7w-secret"})
    assert client(site(audit)).post("/v1/answers", json=asked(person=as_json(person))).status_code == 200
    audit.close()
    assert not any(b"zq7w" in file.read_bytes() for file in tmp_path.iterdir())
