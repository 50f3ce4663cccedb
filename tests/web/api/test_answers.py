"""POST /v1/answers: exactly what the library answers, for one person and for many."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from starlette.testclient import TestClient
from web.serving import DAY, JSON, PEOPLE, ROOT, STEEL, as_json, asked, bearer, client, joined, logins, site

from planrules import Answer, Person, Plan, read_person
from planrules.errors import PeopleError


@pytest.fixture(scope="module")
def program() -> TestClient:
    return client()


def library(person: Person, *, other_readings: bool) -> dict[str, object]:
    return STEEL.plan.answer(person, DAY, other_readings=other_readings).model_dump(mode="json")


def test_one_person_gets_exactly_the_answer_of_the_library(program: TestClient) -> None:
    reply = program.post("/v1/answers", json=asked())
    assert reply.status_code == 200
    assert reply.json() == library(joined(), other_readings=False)


def test_the_other_readings_are_told_unless_declined(program: TestClient) -> None:
    request = {name: value for name, value in asked().items() if name != "other_readings"}
    assert program.post("/v1/answers", json=request).json() == library(joined(), other_readings=True)


def test_readings_of_the_request_are_in_force_and_change_the_hash(program: TestClient) -> None:
    name, option = next(iter(STEEL.plan.otherwise_read()))
    chosen = {name: option}
    reply = program.post("/v1/answers", json=asked(readings=chosen)).json()
    other = STEEL.plan.with_readings(**chosen)
    assert reply == other.answer(joined(), DAY, other_readings=False).model_dump(mode="json")
    assert reply["plan"]["elections_hash"] != STEEL.plan.reference.elections_hash


def test_of_many_each_gets_its_own_answer_and_a_bad_one_stops_nobody(program: TestClient) -> None:
    good = as_json(joined())
    unreadable = {**good, "birth_date": "1960-02-30"}
    impossible = {**good, "employment": good["employment"] * 2}
    reply = program.post("/v1/answers", json=asked(people=[good, unreadable, impossible, {}, good])).json()
    assert (reply["answered"], reply["refused"]) == (2, 3)
    found = [(each["answer"] is not None, [told["pointer"] for told in each["problems"]]) for each in reply["outcomes"]]
    assert found[0] == found[4] == (True, [])
    assert found[1] == (False, ["/people/1/birth_date"])
    assert found[2][0] is False
    assert all(pointer.startswith("/people/2/employment/") for pointer in found[2][1])
    assert found[3] == (False, ["/people/3/employee_id", "/people/3/employment"])
    assert reply["outcomes"][0]["answer"] == library(joined(), other_readings=False)


def test_people_gathered_at_the_desk_are_answered_as_if_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody at once, two of them under one employee_id and some impossible: each as the library alone has it."""
    people = [read_person(file) for file in PEOPLE]
    people.append(people[0].model_copy(update={"employment": people[0].employment * 2}))
    people.append(people[1].model_copy(update={"employee_id": people[0].employee_id}))
    expected = [outcome(person) for person in people]
    gathered: list[int] = []
    answers = Plan.answers

    def counted(plan: Plan, persons: Sequence[Person], as_of: date, *, other_readings: bool) -> object:
        gathered.append(len(persons))
        return answers(plan, persons, as_of, other_readings=other_readings)

    monkeypatch.setattr(Plan, "answers", counted)
    served = site()
    asking = client(served)
    bodies = [json.dumps(asked(person=as_json(person))) for person in people]
    with ThreadPoolExecutor(len(bodies)) as pool:
        replies = list(pool.map(lambda body: asking.post("/v1/answers", content=body, headers=JSON), bodies))
    for said, reply in zip(expected, replies, strict=True):
        if isinstance(said, PeopleError):
            assert reply.status_code == 422
            assert [each["what"] for each in reply.json()["problems"]] == [each.what for each in said.problems]
        else:
            assert reply.json() == said.model_dump(mode="json")
    assert len(served.audit.rows()) == len(people) == sum(gathered)
    assert len(gathered) < len(people)


def outcome(person: Person, *, other_readings: bool = False) -> Answer | PeopleError:
    try:
        return STEEL.plan.answer(person, DAY, other_readings=other_readings)
    except PeopleError as error:
        return error


def test_plan_answers_are_those_of_each_person_alone() -> None:
    people = [joined(), read_person(ROOT / "docs" / "examples" / "hours-missing.json")]
    impossible = people[0].model_copy(update={"employment": people[0].employment * 2})
    one, two, refused, three = STEEL.plan.answers([*people, impossible, people[0]], DAY)
    assert [one, two, three] == [outcome(each, other_readings=True) for each in (*people, people[0])]
    assert isinstance(refused, PeopleError)
    assert refused.problems == outcome(impossible).problems  # type: ignore[union-attr]


def test_the_hash_that_a_request_expects_is_held_to(program: TestClient) -> None:
    served = STEEL.plan.reference.elections_hash
    assert program.post("/v1/answers", json=asked(elections_hash=served)).status_code == 200
    refused = program.post("/v1/answers", json=asked(elections_hash="0" * 64))
    assert (refused.status_code, refused.json()["problems"][0]["pointer"]) == (409, "/elections_hash")


@pytest.mark.parametrize(
    ("request_", "status", "pointer"),
    [
        ({"as_of": "1996-03-31"}, 422, ""),
        (asked(person={}, people=[{}]), 422, ""),
        (asked(people=[]), 422, ""),
        (asked(plan="no-such-plan"), 404, "/plan"),
        (asked(readings={"no such": "reading"}), 422, "/readings"),
        (asked(as_of="1996-02-30"), 422, "/as_of"),
        (asked(as_of=9131), 422, "/as_of"),
        (asked(as_of="1900-01-01"), 422, "/as_of"),
        (asked(stray=1), 422, ""),
        (asked(people="everybody"), 422, "/people"),
        ([], 422, ""),
    ],
)
def test_a_request_that_cannot_be_is_refused_by_pointer(
    program: TestClient, request_: object, status: int, pointer: str
) -> None:
    reply = program.post("/v1/answers", json=request_)
    assert (reply.status_code, reply.json()["problems"][0]["pointer"]) == (status, pointer), reply.text


def test_only_json_is_taken(program: TestClient) -> None:
    assert program.post("/v1/answers", content=json.dumps(asked())).status_code == 415
    assert program.post("/v1/answers", content=b"{", headers=JSON).status_code == 400
    assert program.post("/v1/answers", content=b"\xff", headers=JSON).status_code == 400
    assert program.post("/v1/answers", content=b'{"as_of": 1, "as_of": 2}', headers=JSON).status_code == 400


def test_looking_up_one_and_running_many_are_different_roles() -> None:
    asking = client(site(logins=logins(ann="look_up_one", bob="run_batch")))
    many = asked(people=[as_json(joined())])
    statuses = {
        (who, what): asking.post("/v1/answers", json=body, headers=bearer(who)).status_code
        for who in ("ann", "bob")
        for what, body in {"one": asked(), "many": many}.items()
    }
    assert statuses == {("ann", "one"): 200, ("ann", "many"): 403, ("bob", "one"): 403, ("bob", "many"): 200}
