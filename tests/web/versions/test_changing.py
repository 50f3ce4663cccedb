"""`PUT /v1/plans/{id}`: who may, what is refused and where it points, and what two people who change at once get."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from web.serving import ROOT, bearer, client, site
from web.versions.hardware import HARDWARE, NRA, PLAN, by, put, sent, served

from planrules.check import check_elections
from planrules.elections import parse_elections
from planrules.errors import ElectionsError, FileError
from planrules.web.audit import AuditLog
from planrules.web.changing import CHANGE
from planrules.web.versions.document import as_in_yaml


def test_a_change_is_in_force_at_once_by_its_hash() -> None:
    site = served()
    program = by("ann", site)
    reply = put(program, sent(age=62))
    told = reply.json()
    assert reply.status_code == 200
    assert told["elections_hash"] != HARDWARE.hash
    assert reply.headers["etag"] == f'"{told["elections_hash"]}"'
    assert program.get(PLAN).json() == told
    assert site.plans[HARDWARE.id].plan.elections.blank(NRA, "age") == 62
    row = site.audit.rows()[-1]
    assert (row.who, row.what, row.plan, row.elections_hash) == ("ann", CHANGE, HARDWARE.id, told["elections_hash"])


def test_the_example_of_the_reference_has_what_is_needed_but_for_the_other_options() -> None:
    page = (ROOT / "docs" / "reference" / "http.md").read_text(encoding="utf-8")
    example = json.loads(page.partition("`PUT /v1/plans/{id}` puts")[2].partition("```json\n")[2].partition("```")[0])
    program = by("ann")
    short = put(program, example)
    assert (short.status_code, short.json()["type"]) == (422, "urn:planrules:error:unsupported_election")
    whole = sent()["elections"]
    others = {**whole["checked"], **example["elections"]["checked"]}
    supplements = {"supplements": whole["supplements"]}
    assert put(program, {"elections": {**example["elections"], **supplements, "checked": others}}).status_code == 200
    assert program.get(PLAN).json()["elections_hash"] != HARDWARE.hash


def test_the_versions_say_when_and_by_whom_and_what() -> None:
    program = by("ann")
    first = HARDWARE.hash
    second = put(program, sent(age=62)).json()["elections_hash"]
    listed = program.get(f"{PLAN}/versions").json()
    assert [(each["hash"], each["by"], each["origin"], each["in_force"]) for each in listed["versions"]] == [
        (second, "ann", "put", True),
        (first, "file", "file", False),
    ]
    assert all(each["at"].endswith("Z") for each in listed["versions"])
    for content_hash, age in ((first, 60), (second, 62)):
        version = program.get(f"{PLAN}/versions/{content_hash}").json()
        assert version["hash"] == content_hash
        assert version["elections"]["checked"][NRA] == {"age": age}
    assert program.get(f"{PLAN}/versions/{'0' * 64}").status_code == 404
    assert program.get("/v1/plans/nosuch/versions").status_code == 404


def test_versions_come_page_by_page() -> None:
    program = by("ann")
    hashes = [HARDWARE.hash, *(put(program, sent(age=age)).json()["elections_hash"] for age in (61, 62, 63))]
    found, cursor = [], None
    while True:
        page = program.get(f"{PLAN}/versions", params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        found += [each["hash"] for each in page["versions"]]
        if (cursor := page["next"]) is None:
            break
    assert found == hashes[::-1]
    first = program.get(f"{PLAN}/versions", params={"limit": 1}).json()
    put(program, sent(age=64))
    assert program.get(f"{PLAN}/versions", params={"cursor": first["next"]}).status_code == 422


def test_what_a_version_says_can_be_put_again() -> None:
    program = by("ann")
    put(program, sent(age=62))
    said = program.get(f"{PLAN}/versions/{HARDWARE.hash}").json()
    again = put(program, {"elections": said["elections"], "facts": said["facts"]})
    assert again.json()["elections_hash"] == HARDWARE.hash
    assert [each["in_force"] for each in program.get(f"{PLAN}/versions").json()["versions"]] == [True, False, False]


def test_without_facts_those_in_force_stay_and_with_none_they_go() -> None:
    program = by("ann")
    before = program.get(PLAN).json()["facts"]
    elections = sent(age=62)["elections"]
    assert put(program, {"elections": elections}).json()["facts"] == before
    gone = put(program, {"elections": elections, "facts": {}}).json()["facts"]
    assert gone["highly_compensated"] == [] != before["highly_compensated"]


@pytest.mark.parametrize("known", ["", "*", " , "])
def test_who_does_not_say_what_is_in_force_is_asked_to(known: str) -> None:
    reply = put(by("ann"), sent(age=62), known)
    assert reply.status_code in {412, 428} if not known else reply.status_code == 428
    assert "If-Match" in reply.json()["problems"][0]["do"]
    assert ("*" in reply.json()["problems"][0]["what"]) == (known == "*")


def test_who_knows_an_earlier_version_is_told_and_nothing_is_lost() -> None:
    program = by("ann")
    old = f'"{HARDWARE.hash}"'
    now = put(program, sent(age=62)).json()["elections_hash"]
    reply = put(program, sent(age=63), old)
    assert (reply.status_code, reply.headers["content-type"]) == (412, "application/problem+json")
    assert program.get(PLAN).json()["elections_hash"] == now
    assert put(program, sent(age=63), f'"{"0" * 64}", "{now}"').status_code == 200


def test_the_tag_of_the_plan_is_as_good_as_its_hash() -> None:
    program = by("ann")
    assert put(program, sent(age=62), program.get(PLAN).headers["etag"]).status_code == 200
    assert put(program, sent(age=63), f"W/{program.get(PLAN).headers['etag']}").status_code == 412


def test_of_many_who_change_at_once_one_does() -> None:
    site = served()
    program = by("ann", site)
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda age: put(program, sent(age=age), f'"{HARDWARE.hash}"'), range(60, 66)))
    # The age of 60 is what the plan begins with: to put what is in force already is no change.
    statuses = [each.status_code for each in replies[1:]]
    assert sorted(statuses) == [200, 412, 412, 412, 412]
    assert len(site.in_force.versions.chain(HARDWARE.id)) == 2
    assert sum(row.status == "changed" for row in site.audit.rows()) == 1


def test_the_same_change_again_is_the_same_and_no_other_version() -> None:
    site = served()
    program = by("ann", site)
    first = put(program, sent(age=62), f'"{HARDWARE.hash}"')
    again = put(program, sent(age=62), f'"{HARDWARE.hash}"')
    assert (again.status_code, again.text, again.headers["etag"]) == (200, first.text, first.headers["etag"])
    assert len(program.get(f"{PLAN}/versions").json()["versions"]) == 2
    rows = [(row.who, row.what, row.status, row.inputs_hash, row.elections_hash) for row in site.audit.rows()]
    assert [row[:3] for row in rows] == [("ann", CHANGE, "changed"), ("ann", CHANGE, "unchanged")]
    assert rows[0][3:] == rows[1][3:]


def test_who_has_not_got_the_role_changes_nothing() -> None:
    program = by("bob")
    reply = put(program, sent(age=62))
    assert (reply.status_code, reply.json()["problems"][0]["what"]) == (403, "the role change_elections is needed")
    assert client(served()).put(PLAN, json=sent(age=62)).status_code == 401
    assert program.get(PLAN).json()["elections_hash"] == HARDWARE.hash


def test_each_change_is_a_row_and_each_refusal_too() -> None:
    site = served()
    now = put(by("ann", site), sent(age=62)).json()["elections_hash"]
    put(by("bob", site), sent(age=63))
    put(by("ann", site), sent(age="old"))
    put(by("ann", site), sent(age=63), f'"{HARDWARE.hash}"')
    assert [(row.who, row.what, row.elections_hash, row.status) for row in site.audit.rows()] == [
        ("ann", CHANGE, now, "changed")
    ]
    refused = [(row.who, row.what, row.status, row.plan) for row in site.audit.done() if row.status >= 400]
    assert refused == [
        ("bob", CHANGE, 403, ""),
        ("ann", CHANGE, 422, HARDWARE.id),
        ("ann", CHANGE, 412, HARDWARE.id),
    ]


def test_where_nobody_signs_in_nobody_changes_anything() -> None:
    address = "/v1/plans/steel-technologies"
    program = client(site())
    reply = put(program, sent(age=62), address=address)
    assert reply.status_code == 403
    assert "--token-file" in reply.json()["problems"][0]["do"]


def _broken(**parts: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON
    found = sent()
    for place, value in parts.items():
        *above, last = place.split("__")
        inside = found
        for step in above:
            inside = inside[step]
        inside[last.replace("NRA", NRA)] = value
    return found


WRONG = {
    "an unknown key": (_broken(elections__colour=1), "/elections/colour"),
    "no form": (_broken(elections__form=None), "/elections/form"),
    "an unknown option": (_broken(**{"elections__checked__99.01": None}), "/elections/checked/99.01"),
    "an unknown blank": (_broken(elections__checked__NRA={"age": 62, "aeg": 1}), f"/elections/checked/{NRA}/aeg"),
    "a wrong blank": (_broken(elections__checked__NRA={"age": "old"}), f"/elections/checked/{NRA}/age"),
    "a missing blank": (_broken(elections__checked__NRA=None), f"/elections/checked/{NRA}"),
    "a wrong number of the employer": (_broken(elections__employer__ein="1"), "/elections/employer/ein"),
    "a reading that is none": (_broken(elections__readings={"nosuch": "x"}), "/elections/readings"),
    "a wrong fact": (_broken(facts__match_rates=[{"from": "1994-01-01", "rate": -1}]), "/facts/match_rates/0/rate"),
    "an unknown fact": (_broken(facts__colour="red"), "/facts/colour"),
    "an acknowledgment without a reason": (
        _broken(elections__acknowledged=[{"finding": "more_than_one", "reason": "So."}, {"finding": "x"}]),
        "/elections/acknowledged/1",
    ),
}


@pytest.mark.parametrize(("body", "pointer"), WRONG.values(), ids=WRONG.keys())
def test_what_a_file_would_be_refused_for_is_refused_with_a_pointer(body: dict[str, Any], pointer: str) -> None:
    program = by("ann")
    reply = put(program, body)
    told = reply.json()
    assert (reply.status_code, told["type"]) == (422, "urn:planrules:error:elections")
    assert pointer in [each["pointer"] for each in told["problems"]]
    assert program.get(PLAN).json()["elections_hash"] == HARDWARE.hash


@pytest.mark.parametrize("name", [name for name in WRONG if "fact" not in name and "reading" not in name])
def test_the_problems_are_those_of_a_file(name: str) -> None:
    body, _ = WRONG[name]
    with pytest.raises(ElectionsError) as caught:
        parse_elections(as_in_yaml(body["elections"]), "elections")
    told = put(by("ann"), body).json()["problems"]
    assert [{**each, "pointer": ""} for each in told] == [
        {**each.as_dict(), "pointer": ""} for each in caught.value.problems
    ]


def test_what_the_check_finds_unlawful_is_refused_until_somebody_answers_for_it() -> None:
    body = _broken(**{"elections__checked__5.03(b)": {"top_heavy": {"3": 100}, "non_top_heavy": {"6": 100}}})
    report = check_elections(as_in_yaml(body["elections"]))
    program = by("ann")
    reply = put(program, body)
    told = reply.json()["problems"]
    assert reply.status_code == 422
    assert [each["what"] for each in told] == [found.what for found in report.open_errors]
    assert "/elections/checked/5.03(b)" in [each["pointer"] for each in told]
    codes = {found.code for found in report.open_errors}
    body["elections"]["acknowledged"] = [{"finding": code, "reason": "The trustee knows."} for code in codes]
    assert put(program, body).status_code == 200


def test_an_answer_for_a_finding_is_kept_though_no_answer_depends_on_it() -> None:
    program = by("ann")
    body = sent()
    body["elections"]["acknowledged"] = [{"finding": "vesting_too_slow", "reason": "Looked at."}]
    assert put(program, body).json()["elections_hash"] == HARDWARE.hash
    said = program.get(f"{PLAN}/versions/{HARDWARE.hash}").json()
    assert said["elections"]["acknowledged"] == body["elections"]["acknowledged"]


@pytest.mark.parametrize(
    ("text", "status"), [("[]", 422), ("{", 400), ("{}", 422), ('{"elections": []}', 422), ('{"elections": {}}', 422)]
)
def test_what_is_no_change_is_refused(text: str, status: int) -> None:
    headers = {"content-type": "application/json", "if-match": f'"{HARDWARE.hash}"'}
    assert by("ann").put(PLAN, content=text, headers=headers).status_code == status
    assert by("ann").put(PLAN, content=text, headers={"if-match": '"x"'}).status_code == 415


@pytest.mark.parametrize("depth", [40, 300, 700, 5000])
@pytest.mark.parametrize("part", ["elections", "facts"])
def test_what_is_nested_without_end_is_refused(part: str, depth: int) -> None:
    whole = sent()
    text = json.dumps({**whole, part: {**whole[part], "x": "here"}}).replace('"here"', "[" * depth + "]" * depth)
    headers = {"content-type": "application/json", "if-match": f'"{HARDWARE.hash}"'}
    assert by("ann").put(PLAN, content=text, headers=headers).status_code in {400, 422}


@pytest.mark.parametrize("name", ['"more": {"\\ud800": "x"}', '"more": {"x": "\\ud800"}', '"\\ud800": 1'])
def test_half_a_character_is_refused(name: str) -> None:
    text = json.dumps(sent()).replace('"form"', f'{name}, "form"', 1)
    headers = {"content-type": "application/json", "if-match": f'"{HARDWARE.hash}"'}
    reply = by("ann").put(PLAN, content=text, headers=headers)
    assert (reply.status_code, reply.json()["type"]) == (422, "urn:planrules:error:elections")


def test_a_plan_that_is_not_there_is_not_made() -> None:
    reply = put(by("ann"), sent(), '"x"', "/v1/plans/nosuch")
    assert reply.status_code == 404


def test_what_cannot_be_recorded_is_not_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = served(AuditLog(f"sqlite:///{tmp_path}/audit.db"))
    program = by("ann", site)

    def full(*_: object) -> None:
        raise FileError([])

    monkeypatch.setattr("planrules.web.changing.add", full)
    assert put(program, sent(age=62)).status_code == 503
    assert program.get(PLAN).json()["elections_hash"] == HARDWARE.hash
    assert len(site.in_force.versions.chain(HARDWARE.id)) == 1
    assert site.audit.rows() == []


def test_a_server_takes_up_what_another_has_put_into_the_same_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/audit.db"
    one, two = by("ann", served(AuditLog(url))), by("cat", served(AuditLog(url)))
    now = put(one, sent(age=62)).json()["elections_hash"]
    assert two.get(PLAN).json()["elections_hash"] == HARDWARE.hash
    assert put(two, sent(age=63), f'"{HARDWARE.hash}"').status_code == 412
    assert two.get(PLAN).json()["elections_hash"] == now
    assert put(two, sent(age=63), f'"{now}"').status_code == 200
    assert [each["by"] for each in two.get(f"{PLAN}/versions").json()["versions"]] == ["cat", "ann", "file"]


def test_a_change_from_a_page_elsewhere_is_refused() -> None:
    headers = {**bearer("ann"), "origin": "https://evil.example", "if-match": f'"{HARDWARE.hash}"'}
    assert client(served()).put(PLAN, json=sent(age=62), headers=headers).status_code == 403
