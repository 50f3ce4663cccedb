"""The form on one person's facts, without script: mistakes, rows, what is not known, and checking the answers."""

import re

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from web.pages.visits import browser, day, facts, sample, send, untouched, words

FORM = "/plans/steel-technologies/facts"
SALARIED = {
    "classes_known": "some",
    "class-rows": "1",
    "class-1-class": "salaried",
    **day("class-1-start", 10, 15, 1994),
}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser()


def type_in(client: TestClient, fields: dict[str, str]) -> Response:
    return send(client, FORM, FORM, fields)


def without(*starts: str) -> dict[str, str]:
    return {name: value for name, value in facts().items() if not name.startswith(starts)}


def test_typed_facts_are_checked_before_they_are_answered(client: TestClient) -> None:
    checked = type_in(client, facts())
    assert checked.url.path.endswith("/check")
    said = words(checked)
    for told in (
        "T-7",
        "Steel Technologies Inc., from October 15, 1994, still employed",
        "1,040.00 hours",
        "typed here",
    ):
        assert told in said
    answer = client.get(checked.url.path.removesuffix("/check"))
    assert "T-7 joins the Plan on January 1, 1996" in words(answer)
    assert "What is matched?" not in words(answer), "pay is not typed, so that nothing is said of the match"
    assert "When can they be paid?" not in words(answer), "it was not asked"


def test_an_empty_form_names_each_field_at_the_top_and_there(client: TestClient) -> None:
    reply = type_in(client, {"spell-rows": "1", "hours-rows": "1", "spell-1-employer": "Steel Technologies Inc."})
    assert reply.status_code == 422
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', reply.text)
    assert len(links) >= 5
    for target, says in links:
        assert f'id="{target}"' in reply.text, f"nothing to go to for: {says}"
        assert reply.text.count(says) >= 2, f"not told at its field: {says}"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({**facts(), "spell-1-start-day": "31", "spell-1-start-month": "2"}, "must be a day of the calendar"),
        ({**facts(), "spell-1-start-year": ""}, "must include a year"),
        ({**facts(), "spell-1-start-year": "94"}, "a year of four figures"),
        ({**facts(), "hours-1-hours": "many"}, "Write as a number, such as 1040 or 1040.50"),
        ({**facts(), "hours-1-hours": "-1"}, "Write as a number"),
        ({**facts(), "spell-1-employer": "Nobody"}, "Choose the employer"),
        ({**facts(), "spell-1-ended": "yes", **day("spell-1-end", 1, 1, 1990)}, "must not be before the first day"),
        ({**facts(), "classes_known": "some"}, "Add the days in the group"),
        ({**facts(), **day("hours-1-end", 1, 1, 1990)}, "must not be before its first day"),
        (without("wants"), "Choose at least one question"),
        (without("birth_date"), "Enter the birth date, or say that you do not know it"),
        ({**facts(), **day("birth_date", 2, 31, 1967)}, "The birth date must be a day of the calendar"),
        ({**facts(), **day("spell-1-end", 1, 1, 1995)}, "Clear the last day of work"),
        ({**facts(), "spell-1-reason": "quit"}, "Clear the last day of work"),
        ({**facts(), "accounts-employer": "900"}, "Say that you know the balances"),
        ({**facts(), "accounts_known": "unknown", "accounts-employer": "900"}, "Say that you know the balances"),
        ({**facts(), "birth_date-unknown": "yes"}, "Either leave this empty"),
        ({**facts(), "hours-1-hours-unknown": "yes"}, "Either leave this empty"),
        ({**facts(), "hours_known": "unknown"}, "Choose that you know the hours"),
        ({**facts(), "class-rows": "1", **day("class-1-start", 1, 1, 1995)}, "Choose “Yes, on these days”"),
        ({**facts(), **SALARIED, "class-1-class": ""}, "Choose the group"),
        ({**facts(), **SALARIED, "class-1-class": "everybody"}, "Choose the group"),
        ({**facts(), "hours-rows": "²"}, "Add at least one row of hours"),
        ({**facts(), "hours-rows": "1" * 5_000}, "Add at least one row of hours"),
        ({**facts(), **day("as_of", 1, 10**150, 1995)}, "must be a day of the calendar"),
        ({**facts(), **day("as_of", 1, 1, 2900)}, "A day before 1975-01-01 or after"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(client: TestClient, fields: dict[str, str], says: str) -> None:
    reply = type_in(client, fields)
    assert reply.status_code == 422
    assert says in words(reply)
    assert 'value="T-7"' in reply.text


def test_facts_that_cannot_all_be_true_are_told_at_their_field(client: TestClient) -> None:
    overlapping = {
        **facts(),
        "spell-rows": "1 2",
        "spell-2-employer": "Steel Technologies Inc.",
        **day("spell-2-start", 1, 1, 1995),
        "spell-2-ended": "no",
    }
    reply = type_in(client, overlapping)
    assert reply.status_code == 422
    assert 'href="#spell-' in reply.text


def test_a_row_that_cannot_be_true_is_named(client: TestClient) -> None:
    early = {**day("hours-7-start", 1, 1, 1994), **day("hours-7-end", 1, 31, 1994), "hours-7-hours": "80"}
    reply = type_in(client, {**facts(), **early, "hours-rows": "1 7"})
    says = "Hours row 2: work before the first day of employment. Correct the row or add the employment."
    assert (
        f'<a href="#hours-7-start-month">{says}</a>' in reply.text
        or f'<a href="#hours-7-start">{says}</a>' in reply.text
    )


def test_a_social_security_number_is_neither_taken_nor_shown_again(client: TestClient) -> None:
    reply = type_in(client, {**facts(), "employee_id": "000-12-3456"})
    assert reply.status_code == 422
    assert "a Social Security number is never needed here" in words(reply)
    assert "000-12-3456" not in reply.text


def test_rows_come_and_go_without_script(client: TestClient) -> None:
    more = type_in(client, {**facts(), "do": "add-hours"})
    assert more.status_code == 200
    assert 'name="hours-2-hours"' in more.text
    assert 'value="1,040"' in more.text
    fewer = type_in(client, {**facts(), "hours-rows": "1 2", "do": "remove-hours-1"})
    assert 'name="hours-1-hours"' not in fewer.text
    assert 'name="hours-2-hours"' in fewer.text


def test_only_joining_needs_no_birth_date(client: TestClient) -> None:
    assert type_in(client, without("birth_date", "wants-own")).url.path.endswith("/check")


def test_i_dont_know_is_an_answer_everywhere(client: TestClient) -> None:
    unknown = {
        **without("birth_date", "spell-1-ended", "classes", "hours-1", "hours_known"),
        "birth_date-unknown": "yes",
        "spell-1-ended": "unknown",
        "classes_known": "unknown",
        "hours_known": "unknown",
        "accounts_known": "unknown",
    }
    checked = type_in(client, unknown)
    answer = words(client.get(checked.url.path.removesuffix("/check")))
    assert "cannot be said yet" in answer
    assert "Whether employment has ended is not known; it is taken to go on." in answer


def test_without_the_first_day_nothing_can_be_said(client: TestClient) -> None:
    checked = type_in(client, {**without("spell-1-start"), "spell-1-start-unknown": "yes"})
    at = checked.url.path.removesuffix("/check")
    assert "Nothing can be said yet" in words(client.get(at))
    assert client.get(f"{at}/letter").status_code == 409
    assert client.get(f"{at}/readings").url.path == at
    assert client.get(f"{at}/timeline.svg").status_code == 404
    assert client.get(f"{at}.json").json()["answer"] is None


def test_an_employment_without_its_first_day_is_left_out_and_that_is_said(client: TestClient) -> None:
    before = {"spell-rows": "1 2", "spell-2-employer": "MiTech Steel Inc.", "spell-2-start-unknown": "yes"}
    checked = type_in(client, {**facts(), **before})
    left_out = "The first day of an employment with MiTech Steel Inc. is not known; that employment is left out."
    assert left_out in words(checked)
    assert left_out in words(client.get(checked.url.path.removesuffix("/check")))


def test_nothing_that_was_taken_as_it_stands_is_decided(client: TestClient) -> None:
    for guess in (
        {"spell-1-ended": "unknown"},
        {"spell-rows": "1 2", "spell-2-employer": "MiTech Steel Inc.", "spell-2-start-unknown": "yes"},
    ):
        at = type_in(client, {**facts(), **guess}).url.path.removesuffix("/check")
        answer = client.get(at)
        assert "As the record stands, T-7 joins the Plan on January 1, 1996" in words(answer)
        assert "status-decided" not in answer.text
        assert {each["status"] for each in client.get(f"{at}.json").json()["timeline"]["marks"]} == {"projected"}
        letter = words(client.get(f"{at}/letter"))
        assert "ESTIMATE" in letter
        assert "As the record stands: On December 31, 1995, 0%" in letter


def test_what_nobody_asks_is_neither_drawn_nor_written(client: TestClient) -> None:
    joining = type_in(client, without("wants-own")).url.path.removesuffix("/check")
    assert "for owning" not in client.get(joining).text
    assert "Statement of benefits" not in words(client.get(f"{joining}/letter"))
    assert "joins the Plan" in client.get(f"{joining}/timeline.svg").text
    owning = type_in(client, without("wants-join")).url.path.removesuffix("/check")
    assert "for owning" in client.get(owning).text
    assert "Plan Entry Date" not in client.get(f"{owning}/timeline.svg").text


def test_an_employment_that_ends_on_the_last_day_there_is_can_be_shown(client: TestClient) -> None:
    fields = {**facts(), "wants-paid": "yes", "spell-1-ended": "yes", **day("spell-1-end", 12, 31, 9999)}
    at = type_in(client, fields).url.path.removesuffix("/check")
    for path in (at, f"{at}/timeline.svg", f"{at}.json", f"{at}/letter", f"{at}/facts"):
        assert client.get(path).status_code == 200


def test_a_change_link_leads_to_the_form_as_it_was_typed(client: TestClient) -> None:
    checked = type_in(client, facts())
    at = checked.url.path.replace("/check", "/facts")
    assert f'href="{at}#spell-1"' in checked.text
    assert 'value="1,040"' in client.get(at).text
    changed = send(client, at, at, {**facts(), "hours-1-hours": "999"})
    answer = words(client.get(changed.url.path.removesuffix("/check")))
    assert "T-7 is not in the Plan yet" in answer


def test_the_facts_of_a_sample_fill_the_form_and_give_the_same_answer(client: TestClient) -> None:
    at = sample(client, "small-balance-left-at-40").url.path
    checked = client.post(f"{at}/facts", data=untouched(client.get(f"{at}/facts").text))
    assert checked.url.path.endswith("/check"), words(checked)
    assert "E1008 can be paid as soon as practical after June 29, 1995" in words(client.get(at))


def test_a_day_out_of_range_is_told_at_that_day(client: TestClient) -> None:
    assert 'href="#as_of-month"' in type_in(client, {**facts(), **day("as_of", 1, 1, 2900)}).text


def test_a_group_that_the_plan_does_not_leave_out_can_be_told(client: TestClient) -> None:
    checked = type_in(client, {**facts(), **SALARIED})
    assert "salaried Employees from October 15, 1994 on" in words(checked)
    assert "T-7 joins the Plan on January 1, 1996" in words(client.get(checked.url.path.removesuffix("/check")))


def test_no_hours_at_all_is_told_apart_from_hours_that_are_not_known(client: TestClient) -> None:
    checked = type_in(client, {**without("hours-"), "hours_known": "none"})
    assert "Hours of Service None on file" in words(checked)
    assert untouched(client.get(checked.url.path.replace("/check", "/facts")).text)["hours_known"] == "none"


def test_what_was_not_typed_is_not_missed(client: TestClient) -> None:
    checked = type_in(client, {**facts(), **day("as_of", 3, 31, 1996)})
    answer = words(client.get(checked.url.path.removesuffix("/check")))
    assert "T-7 joined the Plan on January 1, 1996" in answer
    assert "the match in total" not in answer
    assert "the match by month" not in answer
    assert "compensation" not in answer.partition("Next step")[2]


def test_facts_are_forgotten_when_asked(client: TestClient) -> None:
    at = type_in(client, facts()).url.path.removesuffix("/check")
    assert send(client, at, f"{at}/forget", {}).url.path == "/"
    assert client.get(at).status_code == 404


def test_many_rows_are_all_taken_or_told(client: TestClient) -> None:
    rows = {"hours-rows": " ".join(map(str, range(1, 121)))}
    many = type_in(client, {**facts(), **rows, "do": "add-hours"})
    assert 'name="hours-121-hours"' in many.text
    far_too_many = type_in(client, {**facts(), "hours-rows": " ".join(map(str, range(1, 3000)))})
    assert far_too_many.status_code == 422
    assert "load them from a file" in words(far_too_many)


def test_the_next_step_of_typed_facts_is_in_the_form(client: TestClient) -> None:
    left = {
        **facts(),
        **day("as_of", 6, 30, 1996),
        **day("spell-1-start", 4, 3, 1995),
        **day("hours-1-start", 4, 3, 1995),
        **day("hours-1-end", 4, 2, 1996),
    }
    at = type_in(client, left).url.path.removesuffix("/check")
    page = client.get(at)
    assert f'<a href="{at}/facts#hours-rows">Add a row of hours for April 3, 1996 to June 30, 1996' in page.text
    assert "person's file" not in words(page)
    assert 'id="hours-rows"' in client.get(f"{at}/facts").text


def test_who_has_not_joined_is_told_that_nothing_is_paid_at_work(client: TestClient) -> None:
    asked = {**without("wants-"), "wants-paid": "yes"}
    at = type_in(client, asked).url.path.removesuffix("/check")
    for page in (at, f"{at}/letter"):
        said = words(client.get(page))
        assert "Nothing can be paid to T-7 while employed before joining the Plan." in said
        assert "Plan 6.03" in said


def test_without_a_number_no_number_is_told(client: TestClient) -> None:
    asked = {**facts(), "wants-paid": "yes", "employee_id": ""}
    checked = type_in(client, asked)
    assert "Change employment 1" not in words(checked)
    assert "Employee number Not given" in words(checked)
    at = checked.url.path.removesuffix("/check")
    assert "Nothing can be paid to the employee while employed" in words(client.get(at))
    letter = words(client.get(f"{at}/letter"))
    assert "Employee number" not in letter
    assert "Answer for the employee" in letter
    assert "you are called" not in letter
    assert client.get(f"{at}/letter.json").json()["employee_id"] is None


def test_months_follow_the_last_row_and_their_hours_are_left_empty(client: TestClient) -> None:
    one = {**facts(), **day("hours-1-start", 1, 1, 1995), **day("hours-1-end", 1, 31, 1995), "hours-rows": "1 2"}
    reply = type_in(client, {**one, "do": "months-hours-12"})
    found = untouched(reply.text)
    assert reply.status_code == 200
    assert found["hours-rows"] == "1 2 3 4 5 6 7 8 9 10 11 12 13", "an empty row at the end is used"
    for number, month, last in ((2, 2, 28), (3, 3, 31), (12, 12, 31)):
        for name, told in {
            **day(f"hours-{number}-start", month, 1, 1995),
            **day(f"hours-{number}-end", month, last, 1995),
        }.items():
            assert found[name] == told
        assert not found[f"hours-{number}-hours"]
    again = untouched(type_in(client, {**found, "do": "months-hours-1"}).text)
    assert again["hours-14-end-month"] == "2"
    assert again["hours-14-end-year"] == "1996"


def test_months_have_a_row_to_follow_and_an_end(client: TestClient) -> None:
    nothing = {name: value for name, value in facts().items() if not name.startswith("hours-1")}
    reply = type_in(client, {**nothing, "do": "months-hours-1"})
    assert reply.status_code == 422
    assert "Fill in the last day of a row; months follow it" in reply.text
    many = {**facts(), "hours-rows": " ".join(map(str, range(2, 1495))) + " 1"}
    assert "too many rows to type" in type_in(client, {**many, "do": "months-hours-12"}).text
    for step in ("months-hours-400", "months-spell-1"):
        assert untouched(type_in(client, {**facts(), "do": step}).text)["hours-rows"] == "1"
    late = {**facts(), **day("hours-1-end", 12, 31, 9999), "do": "months-hours-1"}
    assert untouched(type_in(client, late).text)["hours-rows"] == "1"
