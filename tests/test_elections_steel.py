"""The sample: Steel Technologies Inc.'s elections, checked against the signed form."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from planrules.dates import MonthDay
from planrules.elections import load_elections
from planrules.form import load_form
from planrules.supplements import DistributionDate

ROOT = Path(__file__).parents[1]
STEEL = ROOT / "elections" / "steel-technologies.yaml"
SEED = ROOT.parent / "shared" / "seed" / "adoption-agreement-005.txt"


def test_steel_s_typed_blanks() -> None:
    steel = load_elections(STEEL)
    assert steel.employer.name == "Steel Technologies Inc."
    assert steel.plan.number == "002"
    assert steel.blank("1.17(a)", "ends_every") == MonthDay(9, 30)
    assert steel.blank("1.18", "restated_effective_on") == date(1993, 8, 1)
    assert steel.blank("1.29", "predecessor_employers") == ("MiTech Steel Inc.",)
    assert steel.blank("2.01(f)", "effective") == date(1993, 8, 1)
    assert steel.blank("2.01(f)", "each") == (MonthDay(1, 1), MonthDay(4, 1), MonthDay(7, 1), MonthDay(10, 1))
    assert steel.blank("3.01(j)(3)", "subsequent_tier_percents") == (3,)
    assert steel.blank("3.01(k)(1)(ii)", "maximum_percent") == 15
    assert steel.blank("5.03(b)", "top_heavy") == {3: 100}
    assert steel.blank("5.03(b)", "non_top_heavy") == {5: 100}
    assert steel.blank("9.10(a)", "percent") == 0
    assert steel.blank("3.06(d)(1)", "note") == "Applies to nonelective contributions and QNECs only"
    assert steel.readings == {"match_employment_condition": "plan_year_end"}


def test_steel_s_supplement_gives_6_01_its_structure() -> None:
    supplement = load_elections(STEEL).supplements["6.01"]
    assert isinstance(supplement, DistributionDate)
    assert supplement.days_after_separation == 90
    ages = [(condition.age, condition.years_of_service) for condition in supplement.at_once_from]
    assert ages == [("normal_retirement_age", None), (55, 10)]


def test_steel_s_boxes_are_those_of_the_signed_form() -> None:
    if not SEED.exists():
        pytest.skip(f"the filing's text is not on this machine ({SEED.name})")
    text = SEED.read_text(encoding="utf-8")
    marks = re.findall(r"\[( +|X )\]\s*\([a-z0-9]+\)", text)
    boxes = [citation for citation, option in load_form("adoption-agreement-005").option.items() if option.box]
    signed = [citation for citation, mark in zip(boxes, marks, strict=True) if "X" in mark]
    keys = list(load_elections(STEEL).checked)
    assert len(signed) == text.count("[X ]") == 98
    assert [key for key in keys if key not in signed] == ["1.03", "1.18", "1.29", "6.01", "execution"]
    assert [key for key in keys if key in signed] == signed


def test_steel_s_facts_are_marked_illustrative() -> None:
    facts = yaml.safe_load((ROOT / "elections" / "steel-technologies.facts.yaml").read_text(encoding="utf-8"))
    assert facts["illustrative"] is True
    assert facts["elections"] == STEEL.name
    assert facts["match_rates"] == [{"from": date(1993, 8, 1), "tier_1": 50, "tier_2": 25}]
    assert facts["top_heavy"] == {"tested_through": date(2002, 9, 30), "plan_years": []}
