"""What the form does not show: it is kept as it is on file, and told."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from asking import ROOT, elections_for
from starlette.testclient import TestClient
from web.pages.visits import send, untouched, words

from planrules import Person, Plan, load_plan, read_person
from planrules.people.models import CashOut, EmploymentSpan, OptOut, PayRow
from planrules.web import HostedPlan, Site, create_app
from planrules.web.audit import AuditLog
from planrules.web.cases import Case, Cases, OnFile
from planrules.web.clock import utc
from planrules.web.pages.fields import typed
from planrules.web.pages.reading import read
from planrules.web.pages.start import last_day_of_record

PEOPLE = sorted((ROOT / "docs" / "examples").glob("*.json"))
YEAR = PayRow(
    start=date(1995, 1, 1), end=date(1995, 12, 31), paid_on=date(1996, 1, 5), hours=Decimal(1500), days=250,
    compensation=Decimal(30000), salary_reduction=Decimal(900), employer="Steel Technologies Inc.",
)  # fmt: skip
AWAY = PayRow(
    start=date(1996, 1, 1), end=date(1996, 3, 31), paid_on=date(1996, 3, 31), hours=Decimal(480), kind="maternity"
)
EVERYTHING = Person(
    employee_id="E-9",
    birth_date=date(1960, 1, 1),
    employment=(EmploymentSpan(employer="Steel Technologies Inc.", start=date(1990, 1, 1)),),
    classes=(),
    pay=(YEAR, AWAY),
    distributions=(CashOut(paid_on=date(1994, 1, 1), repaid_on=date(1995, 2, 2)),),
    top_heavy_schedule_kept_on=date(1994, 5, 5),
    opt_outs=(OptOut(start=date(1994, 10, 1), end=date(1995, 9, 30)),),
    participant_since=date(1992, 1, 1),
)


@cache
def plan(elections: Path) -> Plan:
    return load_plan(elections)


def held(person: Person, elections: Path, as_of: date | None = None) -> tuple[TestClient, str]:
    """A browser, and the address of this person's case."""
    hosted = HostedPlan("plan", plan(elections))
    app = create_app(Site({hosted.id: hosted}, AuditLog()))
    app.state.cases = Cases(utc)
    case = Case(hosted.id, as_of or last_day_of_record(person), person, "record", "local")
    return TestClient(app, base_url="http://127.0.0.1"), f"/cases/{app.state.cases.add(case)}"


def person_of(client: TestClient, at: str) -> Person:
    """The facts that a case has."""
    return Person.model_validate(client.get(f"{at}.json").json()["person"])


@pytest.mark.parametrize("file", PEOPLE, ids=lambda file: file.stem)
def test_a_form_sent_as_it_came_changes_nothing(file: Path) -> None:
    person = read_person(file)
    client, at = held(person, elections_for(file))
    form = typed(untouched(client.get(f"{at}/facts").text).items())
    case = read(form, plan(elections_for(file)).terms, "plan", "local", OnFile(person, "sample"))
    assert form.mistakes == []
    assert case is not None
    assert case.person == person


def test_nothing_is_lost_that_the_form_does_not_show() -> None:
    client, at = held(EVERYTHING, ROOT / "elections" / "steel-technologies.yaml", date(1996, 6, 30))
    form = untouched(client.get(f"{at}/facts").text)
    send(client, f"{at}/facts", f"{at}/facts", form)
    assert person_of(client, at) == EVERYTHING
    checked = send(client, f"{at}/facts", f"{at}/facts", {**form, "hours-1-hours": "900"})
    changed = YEAR.model_copy(update={"hours": Decimal(900)})
    assert person_of(client, at) == EVERYTHING.model_copy(update={"pay": (changed, AWAY)})
    for said in (
        "Hours of Service 900.00 hours in 1 row, from January 1, 1995 to December 31, 1995 typed here",
        "Birth date January 1, 1960 the table employees",
        "Absences 480.00 hours normally worked in 1 row",
        "$30,000.00 of pay in 1 row; $900.00 elective deferrals the table pay Kept as on file",
        "1 row paid on another day than the last day of the work; 250 days with an Hour of Service in 1 row",
        "Participant before the restatement since January 1, 1992",
        "Elections not to participate October 1, 1994 through September 30, 1995 the table opt_outs",
        "the whole balance on January 1, 1994, paid back on February 2, 1995",
        "Election to keep the top-heavy schedule filed on May 5, 1994",
    ):
        assert said in words(checked)
        assert said.partition(" the table")[0].removesuffix(" typed here") in words(client.get(f"{at}/letter"))
    assert "What is matched?" in words(client.get(at)), "pay is on file"


def test_a_row_that_was_added_is_no_row_on_file() -> None:
    client, at = held(EVERYTHING, ROOT / "elections" / "steel-technologies.yaml", date(1996, 6, 30))
    form = untouched(client.get(f"{at}/facts").text)
    fewer = untouched(client.post(f"{at}/facts", data={**form, "do": "remove-hours-2"}).text)
    more = untouched(client.post(f"{at}/facts", data={**fewer, "do": "add-hours"}).text)
    assert more["hours-rows"] == "1 2"
    typed = {name: form[name] for name in form if name.startswith("hours-2-") and not name.endswith("-row")}
    client.post(f"{at}/facts", data={**more, **typed})
    pay = person_of(client, at).pay
    assert pay is not None
    assert [row.kind for row in pay] == ["paid", "paid"]


def test_the_first_group_of_the_list_is_nobodys() -> None:
    file = ROOT / "docs" / "examples" / "left-the-bargaining-unit.json"
    client, at = held(read_person(file), elections_for(file))
    form = client.get(f"{at}/facts").text
    assert untouched(form)["class-2-class"] == "salaried"
    assert (
        untouched(client.post(f"{at}/facts", data={**untouched(form), "do": "add-class"}).text)["class-3-class"] == ""
    )
