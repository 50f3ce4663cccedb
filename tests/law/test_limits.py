"""The yearly limits: every amount against the collected figures, the spot checks, and what is refused."""

import ast
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planrules import law
from planrules.errors import LawError
from planrules.law import annual_limits
from planrules.law.limit_files import parse_series
from planrules.law.reading import file_text

ROOT = Path(__file__).parents[2]
COLLECTED = ROOT.parent / "shared" / "law" / "limits.json"

SERIES = {
    "elective_deferral_limit": "402g_elective_deferral",
    "catch_up_limit": "414v_catch_up",
    "enhanced_catch_up_limit": "414v_enhanced_60_63",
    "annual_additions_limit": "415c_dollar",
    "defined_benefit_limit": "415b_dollar",
    "compensation_limit": "401a17_compensation",
    "highly_compensated_threshold": "414q_hce_80k_indexed",
    "highly_compensated_threshold_until_1996": "414q_hce_75k_indexed",
    "highly_compensated_threshold_until_1996_top_paid": "414q_hce_50k_indexed_top_paid_group",
    "key_employee_officer_threshold": "416_key_officer",
    "taxable_wage_base": "social_security_wage_base",
}
ALL_LIMITS = [limit for name in law.limit_names() for limit in law.limits(name).values()]


@pytest.fixture(scope="module")
def collected() -> dict[str, Any]:
    if not COLLECTED.exists():
        pytest.skip("../shared/law/limits.json, the collection these files were made from, is not here")
    read: dict[str, Any] = json.loads(COLLECTED.read_text(encoding="utf-8"))
    return read


# ---- every amount --------------------------------------------------------------


def test_every_series_of_the_collection_is_on_file(collected: dict[str, Any]) -> None:
    assert set(SERIES) == set(law.limit_names())
    assert set(SERIES.values()) == set(collected["series"])


@pytest.mark.parametrize("name", SERIES)
def test_every_year_is_as_collected(name: str, collected: dict[str, Any]) -> None:
    expected = collected["series"][SERIES[name]]["values"]
    on_file = law.limits(name)
    assert set(on_file) == {int(year) for year in expected}
    for year, entry in expected.items():
        limit = on_file[int(year)]
        assert limit.amount == Decimal(str(entry["value"])), year
        assert limit.status == entry["status"], year
        assert list(limit.sources) == entry["sources"], year
        conflict = {source: Decimal(str(amount)) for source, amount in entry.get("conflict", {}).items()}
        assert dict(limit.conflict) == conflict, year


def test_sources_are_as_collected(collected: dict[str, Any]) -> None:
    for source_id, source in collected["meta"]["sources"].items():
        assert law.source(source_id).model_dump() == source


SPOT_CHECKS = [
    ("elective_deferral_limit", 1993, 8_994),
    ("elective_deferral_limit", 1994, 9_240),
    ("elective_deferral_limit", 1995, 9_240),  # one source prints 9,440
    ("elective_deferral_limit", 1996, 9_500),
    ("elective_deferral_limit", 1997, 9_500),
    ("elective_deferral_limit", 1998, 10_000),
    ("elective_deferral_limit", 2026, 24_500),
    ("compensation_limit", 1992, 228_860),
    ("compensation_limit", 1993, 235_840),
    ("compensation_limit", 1994, 150_000),
    ("compensation_limit", 1995, 150_000),
    ("compensation_limit", 1996, 150_000),
    ("compensation_limit", 1997, 160_000),
    ("compensation_limit", 2002, 200_000),
    ("annual_additions_limit", 1995, 30_000),
    ("annual_additions_limit", 2001, 35_000),
    ("annual_additions_limit", 2002, 40_000),
    ("defined_benefit_limit", 1994, 118_800),
    ("defined_benefit_limit", 1998, 130_000),
    ("highly_compensated_threshold_until_1996", 1994, 99_000),
    ("highly_compensated_threshold_until_1996_top_paid", 1996, 66_000),
    ("highly_compensated_threshold", 1997, 80_000),
    ("key_employee_officer_threshold", 2002, 130_000),
    ("catch_up_limit", 2002, 1_000),
    ("enhanced_catch_up_limit", 2025, 11_250),
    ("taxable_wage_base", 1995, 61_200),
]


@pytest.mark.parametrize(("name", "year", "dollars"), SPOT_CHECKS)
def test_the_limit_of_a_year(name: str, year: int, dollars: int) -> None:
    limit = law.limit(name, year)
    assert (limit.value, limit.cents) == (dollars, dollars * 100)
    assert limit.cites


def test_a_source_in_conflict_stays_visible() -> None:
    assert dict(law.limit("elective_deferral_limit", 1995).conflict) == {"pensionsoft": Decimal(9440)}


@pytest.mark.parametrize("limit", ALL_LIMITS, ids=lambda limit: f"{limit.series} {limit.year}")
def test_every_limit_says_whether_a_source_prints_it(limit: law.Limit) -> None:
    assert limit.confirmed == bool(limit.sources)
    assert ("unconfirmed" in str(limit)) == (not limit.confirmed)
    assert all(law.source(source_id).url for source_id in limit.sources)


def test_the_officer_amount_was_half_of_the_defined_benefit_limit_until_2001() -> None:
    for year in range(1987, 2002):
        limit = law.limit("key_employee_officer_threshold", year)
        assert limit.amount * 2 == law.limit("defined_benefit_limit", year).amount
        assert not limit.confirmed


def test_an_amount_with_cents_is_exact_and_never_cut_off() -> None:
    limit = law.limit("key_employee_officer_threshold", 1993)
    assert (limit.amount, limit.cents) == (Decimal("57820.50"), 5_782_050)
    assert str(limit) == "$57,820.50 for 1993 (unconfirmed)"
    with pytest.raises(LawError, match="has cents"):
        _ = limit.value


def test_what_was_read_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        law.limits("catch_up_limit")[2031] = law.limit("catch_up_limit", 2026)  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        law.limit("catch_up_limit", 2026).amount = Decimal(1)  # type: ignore[misc]


# ---- the year a period uses ------------------------------------------------------

PERIODS = [
    ("compensation_limit", "1992-10-01", "1993-09-30", 228_860),  # the amount of the year the Plan Year begins in
    ("compensation_limit", "1993-10-01", "1994-09-30", 235_840),
    ("compensation_limit", "1994-10-01", "1995-09-30", 150_000),
    ("annual_additions_limit", "2000-10-01", "2001-09-30", 35_000),  # the year it ends in
    ("annual_additions_limit", "2001-10-01", "2002-09-30", 35_000),  # began before 2002: not yet 40,000
    ("annual_additions_limit", "2002-01-01", "2002-12-31", 40_000),
    ("annual_additions_limit", "2003-10-01", "2004-09-30", 41_000),
    ("defined_benefit_limit", "2001-10-01", "2002-09-30", 160_000),  # years that end after 2001: no transition
    ("highly_compensated_threshold", "1997-10-01", "1998-09-30", 80_000),
    ("highly_compensated_threshold_until_1996", "1994-10-01", "1995-09-30", 99_000),
    ("key_employee_officer_threshold", "2001-10-01", "2002-09-30", 130_000),
    ("elective_deferral_limit", "1995-01-01", "1995-12-31", 9_240),
]


@pytest.mark.parametrize(("name", "start", "through", "dollars"), PERIODS)
def test_the_limit_of_a_period(name: str, start: str, through: str, dollars: int) -> None:
    limit = law.limit_for_period(name, date.fromisoformat(start), date.fromisoformat(through))
    assert limit.value == dollars


def test_a_calendar_year_limit_is_refused_for_days_of_two_years() -> None:
    with pytest.raises(LawError, match="days of two"):
        law.limit_for_period("elective_deferral_limit", date(1994, 10, 1), date(1995, 9, 30))


# ---- refused ---------------------------------------------------------------------


@pytest.mark.parametrize("year", [1986, 2027])
def test_a_year_that_is_not_on_file_names_those_that_are(year: int) -> None:
    with pytest.raises(LawError) as refusal:
        law.limit("elective_deferral_limit", year)
    message = str(refusal.value)
    assert f"no elective_deferral_limit for {year}" in message
    assert "1987 to 2026" in message


def test_there_was_no_general_compensation_limit_before_1989() -> None:
    with pytest.raises(LawError, match="1989 to 2026"):
        law.limit("compensation_limit", 1988)


def test_an_unknown_series_names_those_on_file() -> None:
    with pytest.raises(LawError, match=r"no limit pay_limit is on file.*compensation_limit"):
        law.limit("pay_limit", 1995)


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(LawError, match="no source hearsay"):
        law.source("hearsay")


HEAD = """
series: pay_limit
title: Pay
cites: ["IRC 1"]
unit: dollars
keyed_by: {year: calendar_year, status: confirmed, sources: [alpa]}
"""
TRANSITION_OF_1995 = (
    "transitions: [{year: 1995, periods_beginning_before: 1995-01-01, value: 1, status: unconfirmed, note: x}]"
)
FAULTS = [
    ("years: {1994: {value: 1, status: confirmed, sources: [hearsay]}}", "source hearsay is not in sources.yaml"),
    ("years: {1994: {value: 1, status: confirmed}}", "confirmed, but no source is named"),
    ("years: {1994: {value: 1, status: confirmed, sources: [alpa, alpa]}}", "named twice"),
    ("years: {1994: {value: 1, status: unconfirmed}, 1997: {value: 1, status: unconfirmed}}", "missing.*1995, 1996"),
    ("years: {1994: {value: 1, status: unconfirmed}, 1994: {value: 2, status: unconfirmed}}", "1994 is given twice"),
    ("years: {1994: {value: 1.5, status: unconfirmed}}", "whole number above 0"),
    ("years: {1994: {value: 0, status: unconfirmed}}", "whole number above 0"),
    ("years: {1994: {value: true, status: unconfirmed}}", "whole number above 0"),
    ('years: {1994: {value: "1.5", status: unconfirmed}}', "whole number above 0"),
    ("years: {1994: {value: 1, status: likely}}", "confirmed"),
    ("years: {1994: {value: 1, status: unconfirmed, sauce: [alpa]}}", "not permitted"),
    (
        "years: {1994: {value: 1, status: confirmed, sources: [alpa], conflict: {alpa: 2}}}",
        "print another amount and confirm nothing",
    ),
    (
        "years: {1994: {value: 1, status: unconfirmed, conflict: {alpa: 1}}}",
        "print another amount and confirm nothing",
    ),
    ("years: {}", "at least 1 item"),
    ("years: [", "not readable as YAML"),
    (
        "years: {1994: {value: 1, status: unconfirmed}}\n" + TRANSITION_OF_1995,
        "transition for a year that is not there",
    ),
]


@pytest.mark.parametrize(("years", "message"), FAULTS)
def test_a_faulty_series_is_refused(years: str, message: str) -> None:
    with pytest.raises(LawError, match=message) as refusal:
        parse_series(HEAD + years, "pay_limit.yaml", frozenset({"alpa"}))
    assert all(problem.where.startswith("pay_limit.yaml") for problem in refusal.value.problems)


def test_every_fault_of_a_file_is_named_at_once() -> None:
    years = "years: {1994: {value: 1.5, status: unconfirmed}, 1995: {value: 1, status: confirmed}}"
    with pytest.raises(LawError) as refusal:
        parse_series(HEAD + years, "pay_limit.yaml", frozenset({"alpa"}))
    assert [problem.where for problem in refusal.value.problems] == [
        "pay_limit.yaml, years.1994.value",
        "pay_limit.yaml, years.1995",
    ]


def test_a_file_is_named_as_its_series(monkeypatch: pytest.MonkeyPatch) -> None:
    other = law.limit_series("elective_deferral_limit")
    monkeypatch.setattr(annual_limits, "load", lambda *_: other)
    with pytest.raises(LawError, match="another series, elective_deferral_limit"):
        law.limit_series.__wrapped__("catch_up_limit")


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(LawError, match="no such file") as refusal:
        file_text("limits", "pay_limit.yaml")
    assert refusal.value.problems[0].where == "planrules/law/limits/pay_limit.yaml"


# ---- the house -------------------------------------------------------------------


def test_the_law_imports_nothing_of_planrules_but_the_errors() -> None:
    for module in (ROOT / "planrules" / "law").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            ours = [name for name in names if name.startswith("planrules")]
            assert all(name == "planrules.errors" or name.startswith("planrules.law") for name in ours), module
