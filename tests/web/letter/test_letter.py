"""The letter: what it says, when it is an estimate, what a denial has, and that it holds no SSN."""

import re
import sys
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from asking import ELECTIONS, ROOT, steel
from pypdf import PdfReader
from starlette.testclient import TestClient
from web.pages.visits import browser, person, sample, words

from planrules import Answer, Person, Plan, load_plan, read_person
from planrules.answers.models import VestedPercent
from planrules.web.cases import Case
from planrules.web.letter.content import Letter, letter, statement

_SSN = re.compile(r"\b\d{3}-?\d{2}-?\d{4}\b")


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser()


@pytest.fixture(scope="module")
def left(client: TestClient) -> str:
    return sample(client, "small-balance-left-at-40").url.path


def written(name: str, as_of: date, plan: Plan | None = None) -> Letter:
    asked, plan = read_person(ROOT / "docs" / "examples" / f"{name}.json"), plan or steel()
    answer = plan.answer(asked, as_of, other_readings=False)
    return letter(Case("steel-technologies", as_of, asked, "record", "ann"), answer, plan)


def real() -> Plan:
    """The sample plan, as if its facts were the employer's own."""
    return Plan(steel().elections, steel().facts.model_copy(update={"illustrative": False}))


def test_the_letter_has_all_its_parts(client: TestClient, left: str) -> None:
    said = words(client.get(f"{left}/letter"))
    for part in (
        "Steel Technologies Inc. Retirement Savings Plan, plan number 002",
        "Employee number E1008",
        "the close of March 31, 1995",
        "E1008 joined the Plan on January 1, 1994",
        "Payable as soon as practical after June 29, 1995, the 90th day after March 31, 1995. AA 6.01, 6.01(b)",
        "not a promised day",
        "The facts this rests on",
        "What could change this",
        "Whom to ask, and how to ask for a review",
        "write to the administrator",
    ):
        assert part in said


def test_a_letter_without_a_name_leaves_room_for_it_and_says_who_the_number_is(client: TestClient, left: str) -> None:
    said = words(client.get(f"{left}/letter"))
    assert re.search(r" Date _{20,} To _{20,} Employee number E1008 ", said)
    assert "Answer for employee E1008" in said
    assert "In this letter you are called E1008, your employee number: no name is kept" in said


def test_a_denied_claim_is_a_draft_for_the_administrator(client: TestClient, left: str) -> None:
    said = words(client.get(f"{left}/denial")).partition("FOR THE ADMINISTRATOR TO APPROVE")[2]
    for part in ("The specific reasons", "The provisions of the plan AA", "What more is needed", "Within 60 days"):
        assert part in said
    assert "Within 60 days of this notice (180 where the claim turns on whether somebody is disabled)" in said
    assert "Payment now." in said
    assert "Add to" not in said, "the claimant has no files of ours"
    assert "that is not Nonforfeitable" in said
    assert written("left-at-57", date(1995, 12, 31)).denial is None, "nothing is refused"


def test_the_draft_is_no_part_of_the_letter(client: TestClient, left: str) -> None:
    page = client.get(f"{left}/letter")
    assert "FOR THE ADMINISTRATOR TO APPROVE" not in page.text
    assert f'href="{left}/denial"' in page.text
    at_work = sample(client, "joined").url.path
    assert "/denial" not in client.get(f"{at_work}/letter").text
    assert client.get(f"{at_work}/denial").status_code == 404


def test_what_more_is_needed_is_no_order_to_keep_files() -> None:
    person = read_person(ROOT / "docs" / "examples" / "small-balance-left-at-40.json")
    (span,) = person.employment
    person = person.model_copy(update={"employment": (span.model_copy(update={"reason": None}),)})
    answer = steel().answer(person, date(1995, 4, 30), other_readings=False)
    draft = letter(Case("steel-technologies", date(1995, 4, 30), person, "record", "ann"), answer, steel()).denial
    assert draft is not None
    assert "No reason for leaving is on file" in " ".join(draft.needed)
    assert not [line for line in draft.needed if "file:" in line or "ask again" in line]


def test_an_estimate_says_that_it_is_one_and_why(client: TestClient, left: str) -> None:
    page = client.get(f"{left}/letter")
    assert "ESTIMATE" in words(page)
    assert "illustrative" in words(page)
    assert "(estimate)" in page.text.partition("</title>")[0]
    projected = written("joined", date(1996, 3, 31), real())
    assert "some of it holds only if what it names comes about" in projected.estimate
    assert "a condition is tested on a later day" in projected.estimate
    unknown = written("hours-missing", date(1996, 3, 31), real())
    assert any(each.startswith("a fact is missing (") for each in unknown.estimate)


def about(asked: Person, as_of: date) -> Letter:
    answer = real().answer(asked, as_of, other_readings=False)
    return letter(Case("steel-technologies", as_of, asked, "record", "ann"), answer, real())


def test_a_missing_fact_that_leaves_something_open_is_a_reason_though_every_sentence_is_decided() -> None:
    known = read_person(ROOT / "docs" / "examples" / "from-mitech.json")
    assert about(known, date(1995, 9, 30)).estimate == ()
    found = about(known.model_copy(update={"birth_date": None}), date(1995, 9, 30))
    assert {each.status for each in found.answers} == {"decided"}
    (why,) = found.estimate
    assert why.startswith("a fact is missing (the birth date), which leaves open ")
    assert "the day by which payment must begin" in why


def test_consent_that_is_open_is_told_in_the_letter_and_why() -> None:
    known, unknown = person("left-at-57"), person("left-at-57").model_copy(update={"accounts": None})
    assert about(known, date(1995, 12, 31)).estimate == ()
    found = about(unknown, date(1995, 12, 31))
    (why,) = found.estimate
    assert why.startswith("a fact is missing (the account balances), which leaves open ")
    assert "consent" in why
    assert any("whether consent is needed is not known" in each.headline for each in found.answers)


def test_a_denial_lists_only_what_it_rests_on() -> None:
    as_of, asked = date(1995, 4, 30), person("small-balance-left-at-40").model_copy(update={"accounts": None})
    draft = about(asked, as_of).denial
    assert draft is not None
    assert draft.refused == ("The part of the Employer's money that is not Nonforfeitable.", "Payment now.")
    assert draft.needed == ("Nothing is missing: the answer follows from the facts on file.",)
    said = " ".join(draft.reasons)
    assert "which gives 0%" in said
    assert "Payable as soon as practical after June 29, 1995" in said
    assert "Paid by" not in said
    assert "must begin by" not in said
    assert "IRC 401(a)(9)" not in draft.provisions


def test_who_never_joined_is_denied_payment_for_that() -> None:
    asked = person("joined")
    spans = tuple(each.model_copy(update={"end": date(1994, 12, 15), "reason": "quit"}) for each in asked.employment)
    draft = about(
        asked.model_copy(update={"employment": spans, "pay": None, "accounts": None}), date(1994, 12, 31)
    ).denial
    assert draft is not None
    assert "Payment now." in draft.refused
    assert draft.reasons == (
        "No measuring period is complete yet with the 1,000 hours that are needed.",
        "Employment with the Employer ended on December 15, 1994.",
    )


def test_what_is_decided_is_no_estimate() -> None:
    assert written("left-at-57", date(1995, 12, 31), real()).estimate == ()


def test_the_statement_has_the_owned_part_or_the_earliest_day() -> None:
    early = written("joined", date(1996, 3, 31)).statement
    assert "0% of the Employer's money is Nonforfeitable" in early
    assert "The earliest day on which all of it becomes Nonforfeitable is September 30, 1999" in early
    assert "100% of the Employer's money is Nonforfeitable" in written("from-mitech", date(1995, 9, 30)).statement
    assert "No day can be given" in written("small-balance-left-at-40", date(1995, 4, 30)).statement


def test_the_statement_says_the_bounds_that_the_page_says() -> None:
    said = written("hours-missing", date(1996, 3, 31))
    assert said.statement is not None
    bounds = "between September 30, 1999 and September 30, 2000"
    assert f"becomes Nonforfeitable: {bounds}, if each Plan Year until then" in said.statement
    assert "No day can be given" not in said.statement
    assert ("the day of full ownership", bounds) in said.beside.not_known[0].bounds


def top_heavy_once() -> tuple[Person, Plan]:
    plan = load_plan(ELECTIONS, facts=ROOT / "docs" / "examples" / "top-heavy.facts.yaml")
    return read_person(ROOT / "docs" / "examples" / "top-heavy-floor.json"), plan


def test_the_statement_tells_money_that_is_owned_to_another_percentage_as_the_headline_does() -> None:
    said = written("top-heavy-floor", date(1997, 9, 30), top_heavy_once()[1]).statement
    assert "100% of the Employer's money that had accrued before October 1, 1996 is Nonforfeitable" in said
    assert "and 0% of what accrued from October 1, 1996 on is Nonforfeitable" in said
    assert "No day can be given on which the rest becomes Nonforfeitable" in said
    before = written("top-heavy-floor", date(1996, 9, 30), top_heavy_once()[1]).statement
    assert "100% of the Employer's money is Nonforfeitable" in before, "no later money yet"
    assert "what accrued" not in before


def test_the_statement_is_full_only_where_all_the_money_is() -> None:
    asked, plan = top_heavy_once()
    answer = plan.answer(asked, date(1997, 9, 30), other_readings=False)
    broken = answer.vesting.portions[0].model_copy(update={"percent": 40})
    frozen = {"forfeiture_break_on": broken.accrued_through, "portions": (broken, answer.vesting.portions[1])}
    part = answer.vesting.model_copy(update={**frozen, "vested_percent": _percents(answer, 20)})
    said = statement(answer.model_copy(update={"vesting": part}), None)
    assert "40% of what accrued through September 30, 1996" in said
    assert "earliest day" not in said, "money that a Forfeiture Break froze never becomes so"


def _percents(answer: Answer, percent: int) -> VestedPercent:
    same = {"employer": percent, "regular_matching": percent}
    return answer.vesting.vested_percent.model_copy(update=same)


def test_nothing_is_denied_where_a_fact_or_a_decision_is_missing() -> None:
    open_answer = written("hours-missing", date(1996, 3, 31))
    assert "cannot be said yet" in open_answer.answers[0].headline
    assert open_answer.denial is None
    unborn = written("no-birth-date", date(1995, 9, 15)).denial
    assert unborn is None or "Payment now." not in unborn.refused
    soon = written("joined", date(1995, 11, 30)).denial
    assert soon is not None
    assert soon.refused == ("Taking part in the Plan on November 30, 1995.",)


def test_the_pdf_says_the_same_and_is_the_same_every_time(client: TestClient, left: str) -> None:
    first = client.get(f"{left}/letter.pdf")
    assert first.headers["content-type"] == "application/pdf"
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(first.content)).pages).split())
    assert "ESTIMATE" in text
    assert "E1008 joined the Plan on January 1, 1994" in text
    assert "FOR THE ADMINISTRATOR" not in text
    assert "denied" not in text
    assert not _SSN.search(text)
    assert client.get(f"{left}/letter.pdf").content == first.content


@pytest.mark.parametrize("number", ["900-11-2222", "900112222"])
def test_no_letter_holds_a_social_security_number_used_as_employee_number(number: str) -> None:
    """Nor a page: people can be loaded with such keys, and only the form refuses them."""
    client = browser(person("small-balance-left-at-40").model_copy(update={"employee_id": number}))
    listed = client.get("/everybody?as_of=1995-03-31")
    link = re.search(r'<th scope="row"><a href="([^"]*)">XXX-XX-2222</a>', listed.text)
    assert link is not None
    case = client.get(unescape(link[1])).url.path
    pages = [listed, *(client.get(f"{case}{path}") for path in ("", "/check", "/letter", "/letter.json"))]
    assert all(reply.status_code == 200 for reply in pages)
    made = PdfReader(BytesIO(client.get(f"{case}/letter.pdf").content))
    texts = [*(reply.text for reply in pages), " ".join(page.extract_text() for page in made.pages)]
    assert all("XXX-XX-2222" in text for text in texts)
    assert not any(_SSN.search(text) for text in texts)


def test_without_its_libraries_the_pdf_is_told_and_the_page_stays(
    client: TestClient, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    reply = client.get(f"{left}/letter.pdf")
    assert reply.status_code == 501
    assert "print it to PDF" in words(reply)
    assert client.get(f"{left}/letter").status_code == 200


def test_the_letter_is_also_json(client: TestClient, left: str) -> None:
    told = client.get(f"{left}/letter.json").json()
    assert told["employee_id"] == "E1008"
    assert told["estimate"]
    assert [each["question"] for each in told["answers"]][:3] == [
        "When can they join?",
        "What do they own?",
        "When can they be paid?",
    ]
