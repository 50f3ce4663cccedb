"""What if: more hours, another last day, top heavy or not. Nothing of it is kept."""

from datetime import date

import pytest
from asking import elections, steel
from starlette.responses import Response
from starlette.testclient import TestClient
from web.pages.visits import browser, day, facts, person, sample, send, words

from planrules import Plan
from planrules.plan.facts import TopHeavy
from planrules.web.cases import Case
from planrules.web.pages.fields import Typed
from planrules.web.pages.supposing import Supposed, changes, no_more_hours, supposed

FORM = "/plans/steel-technologies/facts"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser()


@pytest.fixture(scope="module")
def joined(client: TestClient) -> str:
    return sample(client, "joined").url.path


def suppose(client: TestClient, at: str, fields: dict[str, str], **headers: str) -> Response:
    return send(client, at, f"{at}/what-if", fields, **headers)


def test_more_hours_can_bring_the_day_of_joining(client: TestClient) -> None:
    some = {**facts(), **day("as_of", 6, 30, 1996), "hours-1-hours": "999", "hours-rows": "1 2"}
    some |= {**day("hours-2-start", 10, 15, 1995), **day("hours-2-end", 6, 30, 1996), "hours-2-hours": "700"}
    at = send(client, FORM, FORM, some).url.path.removesuffix("/check")
    reply = suppose(client, at, {"suppose": "hours", "more_hours": "300"})
    said = words(reply)
    assert "If 300 more hours are worked from July 1, 1996 to September 30, 1996" in said
    assert "T-7 is not in the Plan yet" in said
    assert "T-7 joins the Plan on October 1, 1996" in said
    assert "T-7 joins the Plan on October 1, 1996" not in words(client.get(at)), "nothing is kept"
    assert "Nothing would change" in words(suppose(client, at, {"suppose": "top_heavy", "top_heavy": "no"}))
    assert "Nothing would change" in words(suppose(client, at, {"suppose": "hours", "more_hours": "0"})), (
        "that time goes by is no effect of hours"
    )
    assert "No more hours (September 30, 1996) Then (September 30, 1996)" in said


def test_what_if_stands_on_what_was_taken_as_it_stands_too(client: TestClient) -> None:
    at = send(client, FORM, FORM, {**facts(), "spell-1-ended": "unknown"}).url.path.removesuffix("/check")
    said = words(suppose(client, at, {"suppose": "last_day", **day("last_day", 6, 15, 1995)}))
    assert "Joining As the record stands, T-7 joins the Plan on January 1, 1996" in said


def test_another_last_day_says_when_payment_can_be_made(client: TestClient, joined: str) -> None:
    fields = {"suppose": "last_day", **day("last_day", 6, 28, 1996), "last_day-reason": "quit"}
    said = words(suppose(client, joined, fields))
    assert "If the last day of work is June 28, 1996" in said
    assert "Being paid Nothing to say. E1001 can be paid" in said


def test_an_earlier_last_day_leaves_later_pay_out(client: TestClient, joined: str) -> None:
    fields = {"suppose": "last_day", **day("last_day", 6, 15, 1995)}
    said = words(suppose(client, joined, fields))
    assert "If the last day of work is June 15, 1995" in said
    assert "E1001 is not in the Plan" in said


def test_a_top_heavy_year_gives_the_faster_schedule(client: TestClient, joined: str) -> None:
    said = words(suppose(client, joined, {"suppose": "top_heavy", "top_heavy": "yes"}))
    assert "If the Plan is top heavy for the Plan Year that ends on September 30, 1996" in said
    assert "Which vesting schedule applies non top heavy top heavy" in said


def heavy(plan: Plan, as_of: date) -> Supposed:
    """What is supposed when the plan is said to be top heavy."""
    asked = Case("steel-technologies", as_of, person("joined"), "sample", "local")
    answer = plan.answer(person("joined"), as_of, other_readings=False)
    found = supposed(Typed({"suppose": "top_heavy", "top_heavy": "yes"}), asked, answer, plan)
    assert found is not None
    return found


def test_earlier_years_that_nobody_tested_are_said_to_be_supposed_too() -> None:
    more = "and was not in the Plan Years before it that are not tested yet"
    for tested, told in ((None, True), (date(1994, 9, 30), True), (date(1995, 9, 30), False)):
        facts = steel().facts.model_copy(update={"top_heavy": TopHeavy(tested_through=tested)})
        assert (more in heavy(steel().with_facts(facts), date(1996, 3, 31)).words) is told


def test_readings_that_nobody_decided_stay_undecided() -> None:
    data = elections()
    data["readings"] = {}
    plan = Plan.from_data(data)
    assert plan.terms.choices.undecided
    assert heavy(plan, date(1996, 3, 31)).plan.terms.choices == plan.terms.choices


def test_what_cannot_be_said_is_not_called_none() -> None:
    gone = {"hours": None}
    whole = person("joined")
    some = tuple(row.model_copy(update=gone) for row in whole.pay or ())
    as_of = date(1996, 3, 31)
    known, unknown = (
        steel().answer(each, as_of, other_readings=False) for each in (whole, whole.model_copy(update={"pay": some}))
    )
    told = {each.what: (each.before, each.after) for each in changes(known, unknown)}
    assert any(was == "January 1, 1996" and now.startswith("cannot be said yet") for was, now in told.values())
    assert "none" not in {after for _, after in told.values()}


def test_days_after_the_pay_on_file_are_said_to_count_nothing(client: TestClient, joined: str) -> None:
    fields = {"suppose": "last_day", **day("last_day", 6, 28, 1996)}
    told = "No hours and no pay are on file from April 1, 1996 to June 28, 1996: none are counted there."
    assert told in words(suppose(client, joined, fields))
    assert "none are counted there" not in words(suppose(client, joined, fields | day("last_day", 3, 31, 1996)))


def test_a_payment_that_the_birth_date_bounds_is_told_as_moved() -> None:
    whole = person("left-at-57")
    (span,) = whole.employment
    unborn = whole.model_copy(update={"birth_date": None})
    at_work = unborn.model_copy(update={"employment": (span.model_copy(update={"end": None, "reason": None}),)})
    now, then = (steel().answer(each, date(1995, 10, 31), other_readings=False) for each in (at_work, unborn))
    told = {each.what: (each.before, each.after) for each in changes(now, then)}
    days = "cannot be said yet: between June 16, 1995 and September 14, 1995"
    assert told["The day from which payment can be made"] == ("none", days)
    assert told["Being paid"][1].endswith("can be paid " + days + ".")


def test_a_running_year_is_not_denied_where_the_hours_are_not_known() -> None:
    unpaid = person("joined").model_copy(update={"pay": None})
    asked = Case("steel-technologies", date(1996, 3, 31), unpaid, "record", "local")
    answer = steel().answer(unpaid, asked.as_of, other_readings=False)
    why = no_more_hours(asked, answer)
    assert why is not None
    assert why.startswith("The hours so far are not known")


def test_the_script_asks_for_the_part_of_the_page_alone(client: TestClient, joined: str) -> None:
    fields = {"suppose": "top_heavy", "top_heavy": "yes"}
    part = suppose(client, joined, fields, **{"x-fragment": "what-if"})
    assert "<html" not in part.text
    assert "<h2>What if?</h2>" in part.text
    whole = suppose(client, joined, fields)
    assert part.text.strip() in whole.text, "with script and without it the same is shown"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"suppose": "hours", "more_hours": ""}, "Enter the hours still to be worked"),
        ({"suppose": "hours", "more_hours": "99999"}, "hour"),
        ({"suppose": "last_day"}, "Enter the last day of work"),
        ({"suppose": "last_day", **day("last_day", 1, 1, 1980)}, "must not be before the first day"),
        ({"suppose": "top_heavy"}, "Choose whether the plan is top heavy"),
        ({}, "Choose what to change"),
    ],
)
def test_what_cannot_be_supposed_is_told(client: TestClient, joined: str, fields: dict[str, str], says: str) -> None:
    reply = suppose(client, joined, fields)
    assert reply.status_code == 422
    assert "There is a problem" in words(reply)
    assert says in words(reply)


def test_who_has_left_works_no_more_hours(client: TestClient) -> None:
    at = sample(client, "left-at-57").url.path
    assert "No measuring year is running in which hours could be added." in words(client.get(at))
