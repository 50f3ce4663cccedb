"""Entry no later than the law allows, for the worst day of hire or birth: cases by hand, and a naive second count."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from check.filled import changed, report
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from planrules.check.asked import Asked, Measures
from planrules.check.entry_rule import EntryRule
from planrules.check.worst_entry import Statute, worst_entry
from planrules.dates import MonthDay, one_day

STATUTE = Statute(21, 1, 2, 6)
YEAR_END, ENDS = MonthDay(12, 31), MonthDay(6, 30)
ANNUAL: tuple[dict[str, Any], list[str]] = ({"2.01(e)": None}, ["2.01(d)"])
SEPTEMBER = {"1.17(a)": {"ends_every": "09-30"}}
HALVES = {"2.01(f)": {"each": ["01-01", "07-01"]}}


def late(checked: dict[str, Any], unchecked: list[str] | tuple[str, ...] = (), **other: Any) -> list[str]:  # noqa: ANN401  any key
    return [
        each.what for each in report(changed(checked, unchecked, **other)).findings if each.code == "entry_too_late"
    ]


def test_once_a_year_is_too_late_after_one_year_of_service() -> None:
    # Hired January 2: the year ends January 1, too late for that day's entry date; six months on is July 1.
    (what,) = late(*ANNUAL)
    assert what == (
        "Somebody hired on January 2, 1994 reaches the age and service of the law on January 1, 1995 and joins the "
        "Plan on January 1, 1996, 184 days too late: the law's last day is July 1, 1995"
    )


def test_the_finding_names_the_options_and_the_law() -> None:
    (only,) = report(changed(*ANNUAL)).findings
    assert only.cites == ("AA 2.01(a)", "AA 2.01(b)(1)", "AA 2.01(e)", "AA 2.01(g)", "IRC 410(a)(4)")
    assert only.severity == "error"


YOUNG = {"2.01(a)": {"age": "20.5"}, "2.01(e)": None}
ONCE_NOT_TWICE = ["2.01(d)", "2.01(b)(1)"]
LAWFUL: list[tuple[str, dict[str, Any], list[str]]] = [
    ("twice a year, following", {}, []),
    ("once a year, preceding", {"2.01(e)": None, "2.01(h)": None}, ["2.01(d)", "2.01(g)"]),
    ("once a year, nearest", {"2.01(e)": None, "2.01(i)": None}, ["2.01(d)", "2.01(g)"]),
    ("once a year after 6 months and 20 1/2", YOUNG | {"2.01(b)(2)": {"months": 6}}, ONCE_NOT_TWICE),
    ("once a year after one hour and 20 1/2", YOUNG | {"2.01(b)(3)": None}, ONCE_NOT_TWICE),
    ("a Plan Year that ends on February 28", {"1.17(a)": {"ends_every": "02-28"}}, []),
    ("quarterly", SEPTEMBER | {"2.01(f)": {"each": ["01-01", "04-01", "07-01", "10-01"]}}, ["2.01(d)"]),
]

LATE = [
    # Seven months after June 2 end on January 1; the year ends on June 1, and six months later it is December 1.
    (31, YOUNG | {"2.01(b)(2)": {"months": 7}}, ONCE_NOT_TWICE),
    # Completed with the Plan Year on September 30, when the next one begins the day after; January 1 is 92 days on.
    (92, SEPTEMBER | HALVES, ["2.01(d)"]),
    # By anniversaries: completed July 1, so not that day but January 1; the Plan Year begins on October 1.
    (92, SEPTEMBER | HALVES | {"2.02(c)": None}, ["2.01(d)", "2.02(d)"]),
    # Born on January 1: 21 that day, the next entry date is a year off, July 1 the law's last day.
    (184, {"2.01(b)(3)": None, "2.01(e)": None}, ONCE_NOT_TWICE),
    # 20 years and 9 months on January 1 (born April 1): a year to wait, 21 on April 1, October 1 the last day.
    (92, {"2.01(a)": {"age": "20.75"}, "2.01(b)(3)": None, "2.01(e)": None}, ONCE_NOT_TWICE),
]


@pytest.mark.parametrize(("name", "checked", "unchecked"), LAWFUL, ids=[name for name, _, _ in LAWFUL])
def test_lawful(name: str, checked: dict[str, Any], unchecked: list[str]) -> None:
    assert late(checked, unchecked) == [], name


@pytest.mark.parametrize(("days", "checked", "unchecked"), LATE)
def test_late_by_so_many_days(days: int, checked: dict[str, Any], unchecked: list[str]) -> None:
    (what,) = late(checked, unchecked)
    assert f", {days} days too late:" in what


def test_entering_on_the_day_of_completion_helps_nobody_who_completes_a_day_later() -> None:
    assert "hired on January 3, 1994" in late(*ANNUAL, readings={"entry_on_completion_day": "same_day"})[0]


def test_twelve_months_that_end_only_on_the_anniversary_miss_the_entry_date_of_that_day() -> None:
    twelve = Asked("the Plan", (), months=12)
    twice = EntryRule("2.01(d)", "2.01(g)", YEAR_END, (), same_day=False, later_of_two=False)
    for day_before in (True, False):
        measures = Measures("feb_28", YEAR_END, by_plan_years=True, months_end_day_before=day_before)
        worst = worst_entry(twelve, twice, measures, STATUTE, 1994)
        assert (worst and worst.person_from) == (None if day_before else date(1995, 1, 1))  # 1996 is a leap year


def test_two_years_are_allowed_where_all_is_vested_at_once() -> None:
    other = {"2.01(c)": None, "2.01(c)(1)(i)": None, "2.01(c)(2)(i)": {"years": 2}, "5.03(a)": None}
    schedules = ["5.03(b)", "5.03(d)", "5.03(d)(1)"]
    assert late(other, schedules) == []
    (what,) = late(other | {"2.01(f)": {"each": ["01-02", "07-01"]}}, [*schedules, "2.01(d)"])[1:]
    assert "the contributions of 2.01(c) on January 2" in what


def test_unclear_choices_are_left_to_the_form_s_findings() -> None:
    assert late({"2.01(e)": None}) == []
    assert late({"2.01(f)": {"each": []}}, ["2.01(d)"]) == []
    assert late({}, ["2.01(b)(1)"]) == []


# ---- a second count -----------------------------------------------------------------------------

ENTRY_DAYS = [MonthDay(1, 1), MonthDay(4, 15), MonthDay(7, 1), MonthDay(10, 31)]


def gap(hired: date, asked: Asked, rule: EntryRule) -> int:
    """Days late of somebody old enough hired on a day, who completes every period; counted day by day."""
    satisfied = hired + relativedelta(years=1) - timedelta(days=1)
    served = hired + relativedelta(years=asked.years) - timedelta(days=1) if asked.years else hired
    waited = hired + relativedelta(months=asked.months) - timedelta(days=1) if asked.months else hired
    completed = max(served, waited)
    dates = sorted(date(year, *day) for year in range(hired.year - 2, hired.year + 5) for day in rule.days)
    after = next(day for day in dates if day > completed)
    before = max(day for day in dates if day < completed)
    entered = after if rule.choice == "2.01(g)" else before
    starts = (date(year, 7, 1) for year in range(hired.year, hired.year + 5))
    return (entered - min(next(day for day in starts if day > satisfied), satisfied + relativedelta(months=6))).days


@settings(max_examples=150, deadline=None)
@given(
    days=st.sets(st.sampled_from(ENTRY_DAYS), min_size=1),
    choice=st.sampled_from(["2.01(g)", "2.01(h)"]),
    years=st.integers(0, 1),
    months=st.integers(0, 12),
    hired=st.dates(date(1994, 1, 1), date(1997, 12, 31)),
)
def test_nobody_waits_longer_than_the_worst(
    days: set[MonthDay], choice: str, years: int, months: int, hired: date
) -> None:
    asked = Asked("the Plan", (), years, months)
    rule = EntryRule("2.01(f)", choice, ENDS, tuple(sorted(days)), same_day=False, later_of_two=False)
    worst = worst_entry(
        asked, rule, Measures("feb_28", ENDS, by_plan_years=False, months_end_day_before=True), STATUTE, 1994
    )
    assert gap(hired, asked, rule) <= (worst.days_late if worst else 0)
    if worst:
        assert gap(worst.person_from, asked, rule) == worst.days_late


def test_ages_with_a_fraction_are_months() -> None:
    measured = Measures("feb_28", ENDS, by_plan_years=False, months_end_day_before=True)
    assert one_day(measured.age(pl.lit(date(1975, 8, 31)), Decimal("20.5"))) == date(1996, 2, 29)
