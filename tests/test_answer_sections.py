"""An answer as data: what the terminal prints, the page lays out. Statuses in words; the first day of payment."""

from datetime import date
from io import StringIO
from typing import get_args

import pytest
from asking import ROOT, elections_for, steel
from case_files import load_case
from rich.console import Console

from planrules import Answer, Person, load_plan, read_person
from planrules.answers import print_answer
from planrules.answers.headlines import headlines
from planrules.answers.models import Status
from planrules.answers.payable import no_promise, payable_from
from planrules.answers.sections import sections
from planrules.answers.status_words import status_in_words, status_means, status_of
from planrules.answers.words import joined

EXAMPLES = ROOT / "docs" / "examples"


def answered(name: str, as_of: date) -> Answer:
    file = EXAMPLES / f"{name}.json"
    return load_plan(elections_for(file)).answer(read_person(file), as_of, other_readings=False)


def test_the_terminal_prints_every_section_with_its_reasons() -> None:
    answer = answered("joined", date(1996, 3, 31))
    printed = StringIO()
    print_answer(answer, Console(file=printed, width=1000))
    found = list(sections(answer))
    assert [each.name for each in found] == ["participation", "matching", "vesting", "in_service", "deferral"]
    for each in found:
        assert each.headline in printed.getvalue()
        assert all(reason.says in printed.getvalue() for reason in each.reasons)
        assert all(cell in printed.getvalue() for table in each.tables for row in table.rows for cell in row)


@pytest.mark.parametrize("status", get_args(Status))
def test_every_status_has_a_word_and_a_meaning(status: str) -> None:
    assert status_in_words(status)[0].isupper()
    assert status_means(status).endswith(".")


@pytest.mark.parametrize(
    ("name", "as_of", "section", "status"),
    [
        ("joined", date(1996, 3, 31), "participation", "decided"),
        ("joined", date(1996, 3, 31), "vesting", "projected"),
        ("joined", date(1996, 3, 31), "matching", "provisional"),
        ("hours-missing", date(1996, 3, 31), "participation", "needs_data"),
        ("from-mitech", date(1995, 9, 30), "vesting", "decided"),
        ("fasteners-few-hours-a-month", date(1995, 3, 14), "participation", "projected"),  # as the record stands
        ("small-balance-left-at-40", date(1995, 4, 30), "distribution", "decided"),
    ],
)
def test_a_section_is_as_sure_as_its_weakest_part(name: str, as_of: date, section: str, status: str) -> None:
    assert status_of(answered(name, as_of), section) == status


@pytest.mark.parametrize(
    ("name", "as_of", "first"),
    [
        ("small-balance-left-at-40", date(1995, 4, 30), date(1995, 6, 30)),  # after the 90th day
        ("fasteners-left-after-four-years", date(1994, 12, 31), date(1995, 1, 1)),  # from the first day of a Plan Year
        ("left-at-57", date(1995, 6, 30), date(1995, 6, 17)),  # without a wait: after the last day
        ("joined", date(1996, 3, 31), None),  # still employed
        ("no-birth-date", date(1995, 9, 15), None),  # it cannot be said
    ],
)
def test_the_first_day_of_payment_is_never_promised(name: str, as_of: date, first: date | None) -> None:
    answer = answered(name, as_of)
    assert payable_from(answer) == first
    assert (no_promise(answer) is None) == (first is None)


def test_a_payment_at_the_latest_rests_on_its_own_day_and_waits_for_none() -> None:
    case = load_case(ROOT / "tests" / "cases" / "distribution" / "default-date-before-the-ninetieth-day.yaml")
    answer = steel().answer(Person.model_validate(case.person), date(1995, 9, 30))
    assert dict(headlines(answer))["distribution"].endswith("is paid by November 29, 1995 at the latest.")
    assert no_promise(answer) is None
    assert status_of(answer, "distribution") == "decided"
    for name in ("default_payment_on", "consent_required"):
        unsure = answer.model_copy(update={"statuses": {**answer.statuses, name: "projected"}})
        assert status_of(unsure, "distribution") == "projected"


def test_the_payment_sentence_does_not_hide_that_consent_may_be_needed() -> None:
    known = read_person(EXAMPLES / "small-balance-left-at-40.json")
    found = steel().answer(known.model_copy(update={"accounts": None}), date(1995, 4, 30), other_readings=False)
    told = "E1008 can be paid as soon as practical after June 29, 1995; whether consent is needed is not known."
    assert dict(headlines(found))["distribution"] == told
    assert status_of(found, "distribution") == "needs_data"
    unread = found.model_copy(update={"statuses": found.statuses | {"consent_required": "needs_reading"}})
    assert dict(headlines(unread))["distribution"].endswith("depends on a reading that nobody has decided.")


def own_money(answer: Answer) -> list[str]:
    """The cited sentences under the question what is owned that speak of the employee's own deferrals."""
    return [
        f"{reason.says} {joined(reason.cites)}"
        for section in sections(answer)
        if section.name == "vesting"
        for reason in section.reasons
        if reason.says.startswith("Elective deferrals")
    ]


def test_own_deferrals_are_said_to_be_owned_where_there_may_be_some() -> None:
    told = "Elective deferrals and qualified nonelective contributions are always owned in full. AA 5.03, Plan 4.04"
    left = answered("small-balance-left-at-40", date(1995, 4, 30))
    assert left.vesting.vested_percent.employer == 0
    assert own_money(left) == [told]
    known = read_person(EXAMPLES / "small-balance-left-at-40.json").model_copy(update={"pay": None})
    assert own_money(steel().answer(known, date(1995, 4, 30), other_readings=False)) == [told], "however much is open"
    assert own_money(answered("joined", date(1995, 10, 31))) == [], "not joined yet, and nothing deferred"


def test_when_somebody_is_paid_is_bounded_where_a_fact_is_missing() -> None:
    told = dict(headlines(answered("no-birth-date", date(1995, 9, 15))))["distribution"]
    assert told == "When E1012 can be paid cannot be said yet: between August 31, 1995 and November 29, 1995."
