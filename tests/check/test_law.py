"""Terms held against a day's law: schedules, Integration Level, dates of payment, free text, the day itself."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from check.filled import STEEL, changed, codes, found, lawful, report

from planrules import Person, load_plan
from planrules.check import check_elections
from planrules.check.texts import limited_texts
from planrules.form import load_form
from planrules.supplements import SUPPLEMENTS

UNLAWFUL = Path(__file__).parents[1] / "unlawful"


def schedules(top_heavy: dict[int, int], other: dict[int, int] | None) -> dict[str, Any]:
    rows = {"top_heavy": top_heavy} | ({"non_top_heavy": other} if other else {})
    return changed({"5.03(b)": rows}, () if other else ("5.03(d)", "5.03(d)(1)"))


CLIFF_3, CLIFF_5 = {3: 100}, {5: 100}
GRADED_2_6 = {2: 20, 3: 40, 4: 60, 5: 80, 6: 100}
GRADED_3_7 = {3: 20, 4: 40, 5: 60, 6: 80, 7: 100}


@pytest.mark.parametrize(
    ("top_heavy", "other"),
    [(CLIFF_3, CLIFF_5), (GRADED_2_6, GRADED_3_7), (CLIFF_3, None), (GRADED_2_6, CLIFF_5), ({1: 10, 3: 100}, CLIFF_5)],
)
def test_schedules_of_the_day_s_law_are_fast_enough(top_heavy: dict[int, int], other: dict[int, int] | None) -> None:
    assert "vesting_too_slow" not in codes(schedules(top_heavy, other))


SLOW = [
    (
        CLIFF_3,
        {6: 100},
        "5-year cliff (0% at 5 Years of Service, the law asks for 100%) and than the 3-7 graded (0% at 3",
    ),
    (
        {4: 100},
        CLIFF_5,
        "3-year cliff (0% at 3 Years of Service, the law asks for 100%) and than the 2-6 graded (0% at 2",
    ),
    (
        {3: 20, 4: 40, 5: 60, 6: 80},
        GRADED_3_7,
        "the Top Heavy schedule for matching contributions and nonelective contributions is slower",
    ),
    ({2: 20, 3: 40, 4: 60, 5: 79, 6: 100}, CLIFF_5, "2-6 graded (79% at 5 Years of Service, the law asks for 80%)"),
    (CLIFF_3, {3: 20, 4: 40, 5: 60, 6: 80, 7: 99}, "3-7 graded (99% at 7 Years of Service, the law asks for 100%)"),
    (CLIFF_3, {3: 20, 4: 40, 5: 99, 7: 99}, "5-year cliff (99% at 5 Years of Service, the law asks for 100%)"),
]


@pytest.mark.parametrize(("top_heavy", "other", "says"), SLOW)
def test_a_slow_schedule_is_found_with_the_year(top_heavy: dict[int, int], other: dict[int, int], says: str) -> None:
    slow = [each for each in report(schedules(top_heavy, other)).findings if each.code == "vesting_too_slow"]
    assert says in slow[0].what
    assert slow[0].cites[0] == "AA 5.03(b)"


def test_a_schedule_that_serves_every_year_has_to_be_fast_enough_for_a_top_heavy_one() -> None:
    (slow,) = report(schedules(CLIFF_5, None)).findings
    assert (slow.code, slow.cites) == ("vesting_too_slow", ("AA 5.03(b)", "IRC 416(b)", "26 CFR 1.416-1 V-1"))


def test_the_match_has_its_own_schedule_in_an_addendum() -> None:
    boxes = {"5.03(c)": None, "5.03(c)(2)": None}
    assert codes(changed(boxes)) == ["words_not_interpreted"]
    fast, slow = ({"5.03(c)(2)": {"top_heavy": rows, "non_top_heavy": CLIFF_5}} for rows in (CLIFF_3, {4: 100}))
    assert codes(changed(boxes, supplements=fast)) == []
    assert found(changed(boxes, supplements=slow))[0][1][0] == "AA 5.03(c)(2)"


MATCH, ALL = ["matching contributions"], ["matching contributions and nonelective contributions"]
OTHER_DAYS = [("2001-12-31", []), ("2002-09-30", []), ("2002-10-01", MATCH), ("2007-09-30", MATCH), ("2007-10-01", ALL)]


@pytest.mark.parametrize(("day", "late"), OTHER_DAYS)
def test_the_law_of_another_day(day: str, late: list[str]) -> None:
    """The 5-year cliff was overtaken for the match in 2002, for the rest in 2007, by the Plan Year that begins then."""
    checked = check_elections(STEEL, as_of=date.fromisoformat(day))
    slow = [each.what for each in checked.findings if each.code == "vesting_too_slow"]
    assert [what.partition(" for ")[2].partition(" is ")[0] for what in slow] == late
    assert str(checked.law_of) == day


def test_law_that_is_not_on_file_is_said() -> None:
    late = {"top_heavy": {3: 100}, "non_top_heavy": {7: 99}}
    graded = changed({"1.18": {"new_plan_effective_on": date(1986, 1, 1)}, "5.03(b)": late})
    assert codes(graded) == ["cannot_be_checked"]
    early = changed({"1.18": {"new_plan_effective_on": date(1970, 1, 1)}})
    assert report(early).law_of == date(1970, 1, 1)
    assert codes(early) == ["law_not_applied"]


@pytest.mark.parametrize("unchecked", ["1.17(a)", "1.18"])
def test_without_a_day_no_law_is_applied(unchecked: str) -> None:
    data = changed({"2.01(e)": None}, [unchecked, "2.01(d)"])
    assert "law_not_applied" in codes(data)
    assert "entry_too_late" not in codes(data)
    assert report(data).law_of is None


def test_a_plan_year_of_free_text_takes_its_meaning() -> None:
    words = {"1.17(b)": {"specify": "52 weeks"}}
    assert codes(changed(words, ["1.17(a)"])) == ["words_not_interpreted", "law_not_applied"]
    meant = changed(words | {"2.01(e)": None}, ["1.17(a)", "2.01(d)"], supplements={"1.17(b)": {"ends_every": "12-31"}})
    assert codes(meant) == ["entry_too_late"]


@pytest.mark.parametrize(("amount", "expected"), [(60600, []), (60601, ["integration_level_too_high"])])
def test_the_integration_level(amount: int, expected: list[str]) -> None:
    """The taxable wage base of 1994 was $60,600."""
    boxes = {"3.04(f)": None, "3.04(i)": None, "3.04(i)(2)": {"amount": amount}}
    assert codes(changed(boxes, ["3.04(e)", "3.04(e)(1)"])) == expected


WAITS = [
    ({"days_after_separation": 60}, False),
    ({"days_after_separation": 61}, True),
    ({"days_after_separation": 90, "at_once_from": [{"age": "normal_retirement_age"}]}, False),
    ({"months_after_separation": 2}, True),
    ({"plan_years_after": 1, "day": "first"}, False),
    ({"plan_years_after": 1, "day": 60}, False),
    ({"plan_years_after": 1, "day": 61}, True),
    ({"plan_years_after": 1, "day": "last"}, True),
    ({"plan_years_after": 2, "day": "first"}, True),
]


@pytest.mark.parametrize(("meaning", "late"), WAITS)
def test_a_date_of_payment_after_the_law_s_last_day(meaning: dict[str, Any], late: bool) -> None:  # noqa: FBT001  a table
    data = changed(supplements={"6.01": meaning})
    assert codes(data) == (["paid_before_the_date"] if late else [])


def test_a_wait_for_breaks_or_for_many_days() -> None:
    by_breaks = {"6.01(c)": {"when": "the first day", "breaks": 1}}
    assert codes(changed(by_breaks, ["6.01(b)"])) == ["paid_before_the_date"]
    assert codes(changed({"6.01(d)": {"when": "at once", "days": 60}}, ["6.01(b)"])) == []
    assert codes(changed({"6.01(d)": {"when": "at once", "days": 61}}, ["6.01(b)"])) == ["paid_before_the_date"]


@pytest.mark.parametrize("citation", list(limited_texts()))
def test_free_text_that_the_law_limits_is_a_warning_that_quotes_it(citation: str) -> None:
    form = load_form("adoption-agreement-005")
    written = {blank.name: "as the Committee says" for blank in form.blanks_of(citation).values()}
    found = report(changed({citation: written or None})).findings
    (warning,) = [each for each in found if each.code == "words_not_interpreted"]
    assert (warning.severity, warning.cites[0]) == ("warning", f"AA {citation}")
    assert ("“as the Committee says” is written in" in warning.what) == bool(limited_texts()[citation].blank)
    assert warning.why == limited_texts()[citation].limit
    assert ("under `supplements:`" in warning.do) == (citation in SUPPLEMENTS)


@pytest.mark.parametrize(
    ("citation", "words", "meaning"),
    [
        ("3.01(k)(2)(iv)", "each quarter", {"days": ["01-01"]}),
        ("6.01", "sixty days later", {"days_after_separation": 60}),
        ("1.07(g)", "interns", {"classes": ["intern"]}),
    ],
)
def test_a_supplement_answers_for_free_text(citation: str, words: str, meaning: dict[str, Any]) -> None:
    blank = limited_texts()[citation].blank or ""
    data = changed({citation: {blank: words}}, supplements={citation: meaning})
    assert "words_not_interpreted" not in codes(data)


@pytest.mark.parametrize("words", ["As soon as practical", "as soon as practical after the 60th day."])
def test_words_of_6_01_that_are_understood(words: str) -> None:
    assert codes(changed({"6.01": {"distribution_date": words}})) == []


UNLAWFUL_FILES = {
    "entry-once-a-year": ("entry_too_late", ("AA 2.01(b)(1)", "AA 2.01(e)", "AA 2.01(g)", "IRC 410(a)(4)")),
    "six-year-cliff": ("vesting_too_slow", ("AA 5.03(b)", "IRC 411(a)(2) before 2007")),
    "slow-top-heavy-schedule": ("vesting_too_slow", ("AA 5.03(b)", "IRC 416(b)", "26 CFR 1.416-1 V-1")),
    "a-thousand-and-one-hours": ("outside_limit", ("AA 2.02(b)", "IRC 410(a)(3)(A)")),
    "age-twenty-two": ("outside_limit", ("AA 2.01(a)", "IRC 410(a)(1)(A)(i)")),
    "match-before-entry": ("words_not_interpreted", ("AA 3.01(j)(4)", "Plan 3.06(A)", "IRC 401(a)(17)")),
}
"""What `check` finds of each file: the code and the citations. What is in words it can only point out."""


@pytest.mark.parametrize("name", UNLAWFUL_FILES)
def test_unlawful_agreements_are_found_by_citation(name: str) -> None:
    checked = check_elections(UNLAWFUL / f"{name}.yaml")
    assert [(each.code, each.cites) for each in checked.findings] == [UNLAWFUL_FILES[name]]
    assert checked.passed == (UNLAWFUL_FILES[name][0] == "words_not_interpreted")


def test_a_match_on_pay_before_entry_that_only_words_ask_for_is_never_worked_out() -> None:
    """No box elects it, so no answer follows from it: the match stays open."""
    person = Person.model_validate(
        {
            "employee_id": "E1",
            "birth_date": "1960-05-01",
            "employment": [{"employer": "Fictional Match Before Entry Co.", "start": "1994-01-03"}],
            "classes": [],
            "pay": [
                {
                    "start": "1994-01-03",
                    "end": "1995-01-02",
                    "paid_on": "1995-01-02",
                    "hours": "2000.00",
                    "compensation": "30000.00",
                    "salary_reduction": "1500.00",
                },
            ],
        }
    )
    plan = load_plan(UNLAWFUL / "match-before-entry.yaml")
    found = plan.answer(person, date(1995, 12, 31))
    assert found.participation.entry_on == date(1995, 7, 1)
    assert found.matching.total is None
    assert found.statuses["total"] == "needs_reading"


def test_every_unlawful_file_is_expected_and_says_it_is_fictional() -> None:
    files = sorted(UNLAWFUL.glob("*.yaml"))
    assert {file.stem for file in files} == set(UNLAWFUL_FILES)
    assert all("Fictional" in file.read_text("utf-8") for file in files)


def test_the_lawful_agreement_is_lawful_for_a_while() -> None:
    assert found(lawful()) == []
    assert check_elections(lawful(), as_of=date(1999, 5, 5)).findings == ()
