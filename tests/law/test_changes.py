"""The dated changes of law: the first Plan Year of each, the day before, on and after, and what is refused."""

from datetime import date, timedelta

import pytest

from planrules import law
from planrules.errors import LawError
from planrules.law import law_changes
from planrules.law.law_changes import parse_changes

STEEL = (9, 30)
CALENDAR = (12, 31)
YEAR_ENDS = [STEEL, CALENDAR, (6, 30), (1, 1), (2, 29), (8, 5)]
ONE_DAY = timedelta(days=1)

# The first day on which each change counts: for a plan whose year ends on 30 September, and on the calendar year.
REACHED = [
    ("uca-1992-direct-rollover", "1993-01-01", "1993-01-01"),
    ("obra-1993-compensation-limit", "1994-10-01", "1994-01-01"),
    ("userra-1994-uniformed-service", "1994-12-12", "1994-12-12"),
    ("rpa-1994-rounding", "1995-01-01", "1995-01-01"),
    ("sbjpa-1996-highly-compensated", "1997-10-01", "1997-01-01"),
    ("sbjpa-1996-participation-test", "1997-10-01", "1997-01-01"),
    ("sbjpa-1996-leased-employee", "1997-10-01", "1997-01-01"),
    ("sbjpa-1996-excess-by-dollars", "1997-10-01", "1997-01-01"),
    ("sbjpa-1996-prior-year-testing", "1997-10-01", "1997-01-01"),
    ("sbjpa-1996-required-beginning-date", "1997-01-01", "1997-01-01"),
    ("tra-1997-cash-out", "1997-10-01", "1998-01-01"),
    ("sbjpa-1996-415-compensation", "1998-10-01", "1998-01-01"),
    ("sbjpa-1996-safe-harbor", "1999-10-01", "1999-01-01"),
    ("irsrra-1998-hardship-rollover", "1999-01-01", "1999-01-01"),
    ("td8794-look-back", "1999-03-22", "1999-03-22"),
    ("sbjpa-1996-combined-limit", "2000-10-01", "2000-01-01"),
    ("td8891-look-back", "2000-10-17", "2000-10-17"),
    ("egtrra-2001-match-vesting", "2002-10-01", "2002-01-01"),
    ("egtrra-2001-compensation-limit", "2002-10-01", "2002-01-01"),
    ("egtrra-2001-annual-additions", "2002-10-01", "2002-01-01"),
    ("egtrra-2001-multiple-use", "2002-10-01", "2002-01-01"),
    ("egtrra-2001-top-heavy", "2002-10-01", "2002-01-01"),
    ("egtrra-2001-hardship-suspension", "2002-01-01", "2002-01-01"),
    ("egtrra-2001-severance", "2002-01-01", "2002-01-01"),
    ("egtrra-2001-rollovers-apart", "2002-01-01", "2002-01-01"),
    ("egtrra-2001-automatic-rollover", "2005-03-28", "2005-03-28"),
    ("treas-2004-deferrers-and-parity", "2006-10-01", "2006-01-01"),
    ("treas-2004-gap-period-income", "2006-10-01", "2006-01-01"),
    ("ppa-2006-nonelective-vesting", "2007-10-01", "2007-01-01"),
    ("ppa-2006-notice-period", "2007-10-01", "2007-01-01"),
    ("ppa-2006-gap-period-income", "2008-10-01", "2008-01-01"),
    ("bba-2018-hardship", "2019-10-01", "2019-01-01"),
    ("bba-2018-no-suspension", "2020-01-01", "2020-01-01"),
    ("secure-2019-age-72", "2020-01-01", "2020-01-01"),
    ("secure-2019-ten-year-payout", "2020-01-01", "2020-01-01"),
    ("secure-2019-long-term-part-time", "2024-01-01", "2024-01-01"),  # nobody can have three periods earlier
    ("secure2-2022-age-73", "2023-01-01", "2023-01-01"),
    ("secure2-2022-top-heavy", "2024-10-01", "2024-01-01"),
    ("secure2-2022-cash-out", "2024-01-01", "2024-01-01"),
    ("secure2-2022-long-term-part-time", "2025-10-01", "2025-01-01"),
    ("secure2-2022-age-75", "2033-01-01", "2033-01-01"),
]

# Answer fields by their flat names, as design and answer model have them.
ANSWER_FIELDS = {
    "consent_required",
    "eligibility_completed_on",
    "employer_withdrawal_on",
    "entry_on",
    "forfeiture_on",
    "fully_vested_on",
    "hardship_accounts",
    "next_entry_on",
    "required_beginning_on",
    "scheduled_entry_on",
    "status_of_employee",
    "vested_percent",
    "years_of_service",
}


def ids_overtaking(name: str, on: str) -> list[str]:
    return [change.id for change in law.changes_overtaking(name, date.fromisoformat(on), STEEL)]


# ---- from when -------------------------------------------------------------------


def test_every_change_has_its_dates_here() -> None:
    assert sorted(change.id for change in law.changes()) == sorted(name for name, _, _ in REACHED)


@pytest.mark.parametrize(("name", "steel", "calendar"), REACHED)
def test_the_first_day_a_change_counts(name: str, steel: str, calendar: str) -> None:
    change = law.change(name)
    assert change.reached_on(STEEL) == date.fromisoformat(steel)
    assert change.reached_on(CALENDAR) == date.fromisoformat(calendar)


@pytest.mark.parametrize("plan_year_end", YEAR_ENDS)
@pytest.mark.parametrize("change", law.changes(), ids=lambda change: change.id)
def test_the_day_before_on_and_after(change: law.Change, plan_year_end: tuple[int, int]) -> None:
    day = change.reached_on(plan_year_end)
    assert [change.in_force(day + days * ONE_DAY, plan_year_end) for days in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize("plan_year_end", YEAR_ENDS)
@pytest.mark.parametrize("change", law.changes(), ids=lambda change: change.id)
def test_the_first_plan_year_begins_within_a_year_of_the_date(
    change: law.Change, plan_year_end: tuple[int, int]
) -> None:
    start = change.first_plan_year_start(plan_year_end)
    assert change.effective <= start <= change.effective + 366 * ONE_DAY
    last_day = start - ONE_DAY
    assert (last_day.month, last_day.day) in (plan_year_end, (2, 28))
    if change.by_plan_year:
        assert start > change.effective


@pytest.mark.parametrize("plan_year_end", YEAR_ENDS)
@pytest.mark.parametrize("change", law.changes(), ids=lambda change: change.id)
def test_without_the_plan_year_only_what_is_sure_is_said(change: law.Change, plan_year_end: tuple[int, int]) -> None:
    for days in (-400, -1, 0, 1, 200, 364, 365, 366, 400, 1500):
        on = change.effective + days * ONE_DAY
        try:
            said = change.in_force(on)
        except LawError as refusal:
            assert "plan_year_end" in str(refusal)  # noqa: PT017 - a refusal is one of two right outcomes
        else:
            assert said == change.in_force(on, plan_year_end)


STARTS = [
    ("2001-12-31", STEEL, "2002-10-01"),
    ("2001-12-31", CALENDAR, "2002-01-01"),
    ("1997-08-05", (8, 4), "1998-08-05"),  # a Plan Year that begins on the date itself is not reached
    ("1997-08-05", (8, 5), "1997-08-06"),
    ("1999-12-31", (2, 29), "2000-03-01"),
    ("2000-12-31", (2, 29), "2001-03-01"),  # 28 February in a common year
    ("2000-12-31", (2, 28), "2001-03-01"),
    ("1999-12-31", (2, 28), "2000-02-29"),
]


@pytest.mark.parametrize(("day", "plan_year_end", "start"), STARTS)
def test_the_plan_year_that_begins_after_a_day(day: str, plan_year_end: tuple[int, int], start: str) -> None:
    assert law.plan_year_start_after(date.fromisoformat(day), plan_year_end) == date.fromisoformat(start)


@pytest.mark.parametrize("plan_year_end", [(9, 31), (13, 1), (0, 1), (2, 30)])
def test_a_plan_year_ends_on_a_day_of_the_calendar(plan_year_end: tuple[int, int]) -> None:
    with pytest.raises(LawError, match="no such month and day"):
        law.plan_year_start_after(date(2001, 12, 31), plan_year_end)


# ---- what is overtaken -----------------------------------------------------------


def test_a_five_year_cliff_is_overtaken_for_match_and_then_for_all_money() -> None:
    assert ids_overtaking("vested_percent", "2002-09-30") == []
    assert ids_overtaking("vested_percent", "2002-10-01") == ["egtrra-2001-match-vesting"]
    assert ids_overtaking("5.03(b)", "2007-09-30") == ["egtrra-2001-match-vesting"]
    assert ids_overtaking("5.03(b)", "2007-10-01") == ["egtrra-2001-match-vesting", "ppa-2006-nonelective-vesting"]


def test_the_consent_line_is_overtaken_from_the_plan_year_after_august_1997() -> None:
    assert ids_overtaking("consent_required", "1997-09-30") == []
    assert ids_overtaking("consent_required", "1997-10-01") == ["tra-1997-cash-out"]


def test_the_required_beginning_date_is_overtaken_from_1997() -> None:
    assert ids_overtaking("required_beginning_on", "1996-12-31") == []
    assert ids_overtaking("required_beginning_on", "1997-01-01") == ["sbjpa-1996-required-beginning-date"]


def test_entry_is_overtaken_from_2024_for_long_term_part_time_employees() -> None:
    assert ids_overtaking("entry_on", "2023-12-31") == []
    assert ids_overtaking("entry_on", "2024-01-01") == ["secure-2019-long-term-part-time"]
    change = law.change("secure-2019-long-term-part-time")
    assert change.first_plan_year_start(STEEL) == date(2021, 10, 1)
    assert change.who is not None


def test_nothing_elected_is_overtaken_while_the_agreement_was_current() -> None:
    for change in law.changes():
        if change.overtakes.answers:
            assert change.reached_on(STEEL) >= date(1997, 1, 1)


def test_changes_name_answer_fields_that_exist() -> None:
    assert {name for change in law.changes() for name in change.overtakes.answers} == ANSWER_FIELDS


def test_every_change_is_cited_and_says_whether_its_date_is_printed() -> None:
    for change in law.changes():
        assert change.cites
        assert change.what.endswith(".")
        assert change.confirmed == (change.status == "confirmed")
        assert all(law.source(source_id) for source_id in change.sources)


# ---- refused ---------------------------------------------------------------------

CHANGE = """
  - id: {id}
    law: An Act
    what: Something.
    cites: ["IRC 1"]
    effective: {effective}
    measured_by: {measured_by}
    nature: {nature}
    overtakes: {overtakes}
    status: {status}
"""
SOUND = {
    "id": "an-act",
    "effective": "1997-01-01",
    "measured_by": "calendar_date",
    "nature": "required",
    "overtakes": "{answers: [entry_on], options: ['2.01(b)(1)']}",
    "status": "unconfirmed",
}
FAULTS = [
    ({"status": "confirmed"}, "confirmed, but no source is named"),
    ({"measured_by": "sometime"}, "plan_years_beginning_after"),
    ({"nature": "wished"}, "required"),
    ({"effective": "1997-13-01"}, "month must be in"),
    ({"effective": "soon"}, "date"),
    ({"id": "An Act"}, "pattern"),
    ({"overtakes": "{answers: [Entry]}"}, "pattern"),
    ({"overtakes": "{options: ['section 2']}"}, "pattern"),
    ({"overtakes": "{fields: [entry_on]}"}, "not permitted"),
]


def test_a_sound_change_is_read() -> None:
    (change,) = parse_changes("changes:" + CHANGE.format(**SOUND), "changes.yaml", frozenset())
    assert change.touches("entry_on")
    assert change.touches("2.01(b)(1)")
    assert not change.touches("2.01(b)")


@pytest.mark.parametrize(("fault", "message"), FAULTS)
def test_a_faulty_change_is_refused(fault: dict[str, str], message: str) -> None:
    with pytest.raises(LawError, match=message):
        parse_changes("changes:" + CHANGE.format(**(SOUND | fault)), "changes.yaml", frozenset())


@pytest.mark.parametrize(
    ("second", "message"), [({}, "given twice"), ({"id": "older", "effective": "1996-01-01"}, "older is out of order")]
)
def test_changes_stand_once_and_in_order(second: dict[str, str], message: str) -> None:
    text = "changes:" + CHANGE.format(**SOUND) + CHANGE.format(**(SOUND | second))
    with pytest.raises(LawError, match=message):
        parse_changes(text, "changes.yaml", frozenset())


def test_a_change_is_carried_only_by_what_is_on_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law_changes, "limit_names", tuple)
    with pytest.raises(LawError, match="obra-1993-compensation-limit is carried by compensation_limit"):
        law.changes.__wrapped__()


def test_an_unknown_change_names_those_on_file() -> None:
    with pytest.raises(LawError, match=r"no change an-act is on file.*tra-1997-cash-out"):
        law.change("an-act")
