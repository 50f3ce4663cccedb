"""Which version is in force when a server starts: what the file has, unless somebody has put another since."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError
from web.serving import Hours
from web.versions.hardware import HARDWARE, sent

from planrules.api import Plan
from planrules.errors import ElectionsError
from planrules.web import HostedPlan
from planrules.web.audit import AuditLog
from planrules.web.versions import InForce, Standing, Version, Versions
from planrules.web.versions.document import document, read
from planrules.web.versions.starting import in_force
from planrules.web.versions.store import VERSIONS, OvertakenError

ID = HARDWARE.id


@pytest.fixture
def audit(tmp_path: Path) -> Iterator[AuditLog]:
    made = AuditLog(f"sqlite:///{tmp_path}/audit.db", Hours())
    yield made
    made.close()


def aged(age: int) -> HostedPlan:
    """The plan with another Normal Retirement Age."""
    return replace(HARDWARE, plan=read(sent(age=age)))


def started(audit: AuditLog, hosted: HostedPlan = HARDWARE) -> Standing:
    """What is in force when a server starts with a file of this plan."""
    return in_force({ID: hosted}, Versions(audit.engine), audit.clock).standing(ID)


def put(audit: AuditLog, plan: Plan, by: str = "ann") -> None:
    """A version as somebody puts it over HTTP."""
    versions = Versions(audit.engine)
    number = len(versions.chain(ID)) + 1
    versions.add(Version(ID, number, plan.reference.elections_hash, audit.clock(), by, "put", document(plan)))


def chain(audit: AuditLog) -> list[tuple[str, str]]:
    return [(each.hash, each.by) for each in Versions(audit.engine).chain(ID)]


def test_a_file_that_is_served_first_is_the_first_version(audit: AuditLog) -> None:
    standing = started(audit)
    assert standing.hosted is HARDWARE
    assert standing.in_words() == "as in its file, new here"
    assert chain(audit) == [(HARDWARE.hash, "file")]
    again = started(audit)
    assert again.in_words() == "as in its file since 2026-01-01 00:00 UTC"
    assert len(chain(audit)) == 1


def test_what_was_put_holds_as_long_as_the_file_is_what_it_was(audit: AuditLog) -> None:
    started(audit)
    put(audit, aged(62).plan)
    standing = started(audit)
    assert standing.hosted.hash == aged(62).hash
    assert standing.hosted.plan.elections == aged(62).plan.elections
    assert standing.in_words() == (
        f"put by ann on 2026-01-01 00:00 UTC; its file has an earlier version, {HARDWARE.hash[:12]}"
    )
    assert len(chain(audit)) == 2


def test_a_file_that_says_something_new_is_in_force(audit: AuditLog) -> None:
    started(audit)
    put(audit, aged(62).plan)
    assert started(audit, aged(63)).hosted.hash == aged(63).hash
    assert chain(audit) == [(HARDWARE.hash, "file"), (aged(62).hash, "ann"), (aged(63).hash, "file")]


def test_a_file_that_has_what_was_put_last_or_before_changes_nothing(audit: AuditLog) -> None:
    started(audit)
    put(audit, aged(62).plan)
    put(audit, aged(63).plan, "bob")
    assert started(audit, aged(62)).hosted.hash == aged(63).hash
    last = started(audit, aged(63))
    assert last.in_words() == "put by bob on 2026-01-01 00:00 UTC, as its file has it"
    assert len(chain(audit)) == 3


def test_a_file_that_is_changed_back_is_in_force_where_nobody_has_put_anything_since(audit: AuditLog) -> None:
    for hosted in (HARDWARE, aged(62), HARDWARE):
        assert started(audit, hosted).hosted.hash == hosted.hash
    assert [content_hash for content_hash, _ in chain(audit)] == [HARDWARE.hash, aged(62).hash, HARDWARE.hash]


def of_another_engine(audit: AuditLog) -> None:
    """Makes every version one that another engine recorded, which reads the same elections otherwise."""
    with audit.engine.begin() as connection:
        for name in ("update", "replace", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS election_versions_no_{name}"))
        connection.execute(update(VERSIONS).values(hash="0" * 40 + VERSIONS.c.number))


def test_another_engine_takes_the_file_for_what_it_was_and_what_was_put_too(audit: AuditLog) -> None:
    started(audit)
    of_another_engine(audit)
    assert started(audit).in_words() == "as in its file, new here"
    assert chain(audit)[-1] == (HARDWARE.hash, "file")
    put(audit, aged(62).plan)
    of_another_engine(audit)
    standing = started(audit)
    assert standing.hosted.hash == aged(62).hash
    assert standing.in_words() == (
        f"as this planrules reads the last version since 2026-01-01 00:00 UTC; "
        f"its file has an earlier version, {HARDWARE.hash[:12]}"
    )
    assert chain(audit)[-1] == (aged(62).hash, "planrules")


def test_a_version_that_is_no_longer_taken_stops_the_start_and_says_what_to_do(audit: AuditLog) -> None:
    started(audit)
    said = json.loads(document(HARDWARE.plan))
    said["elections"]["checked"]["99.99"] = None
    Versions(audit.engine).add(Version(ID, 2, "f" * 64, audit.clock(), "ann", "put", json.dumps(said)))
    with pytest.raises(ElectionsError) as caught:
        started(audit)
    first, *others = caught.value.problems
    assert (first.where, "elections file" in first.do) == (ID, True)
    assert any("99.99" in each.what for each in others)
    assert started(audit, aged(63)).hosted.hash == aged(63).hash


def test_two_servers_that_start_at_once_agree(audit: AuditLog, monkeypatch: pytest.MonkeyPatch) -> None:
    add = Versions.add

    def late(self: Versions, version: Version) -> None:
        monkeypatch.setattr(Versions, "add", add)
        started(audit)
        add(self, version)

    monkeypatch.setattr(Versions, "add", late)
    assert started(audit).version.number == 1
    assert chain(audit) == [(HARDWARE.hash, "file")]


def test_a_number_is_taken_once(audit: AuditLog) -> None:
    started(audit)
    with pytest.raises(OvertakenError):
        Versions(audit.engine).add(Version(ID, 1, "a" * 64, audit.clock(), "ann", "put", "{}"))


def test_the_database_refuses_to_change_or_delete_a_version(audit: AuditLog) -> None:
    started(audit)
    for statement in (
        update(VERSIONS).values(by="nobody"),
        delete(VERSIONS),
        text("INSERT OR REPLACE INTO election_versions SELECT * FROM election_versions"),
    ):
        with pytest.raises(DatabaseError, match="only added to"), audit.engine.begin() as connection:
            connection.execute(statement)
    assert chain(audit) == [(HARDWARE.hash, "file")]


def test_each_plan_has_versions_of_its_own(audit: AuditLog) -> None:
    other = replace(aged(62), id="other")
    found: InForce = in_force({ID: HARDWARE, "other": other}, Versions(audit.engine), audit.clock)
    assert [each.hash for each in found.values()] == [HARDWARE.hash, other.hash]
    assert found.under(ID, other.hash) is None
