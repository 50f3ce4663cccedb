"""The engine and the oracle under every option of Article I that Steel left open, on people drawn at random."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import oracle
import pytest
import strategies
from asking import MITECH, STEEL, elections, facts
from comparing import differences, plain
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_properties import KEY, evaluated

from planrules import Plan
from planrules.answers import answer

UNITS = ("daily", "weekly", "semi-monthly payroll periods", "monthly")
SIGNED = {
    "signatory_employer": STEEL,
    "participating_employer": MITECH,
    "participating_employer_ein": "61-0000001",
    "participation_effective_on": "1995-02-10",
}
SOME_SERVICE = {"except": [{"employer": MITECH, "start": "1993-11-10", "end": "1994-03-20"}]}


def by_units(unit: str, *actual_for: str) -> dict[str, Any]:
    exceptions = {"1.27(b)(2)": None, **{f"1.27(b)(2)({each})": None for each in actual_for}}
    return {"1.27(b)": {"equivalency": unit}, **(exceptions if actual_for else {"1.27(b)(1)": None})}


# checked instead of the boxes that begin so, supplements, readings
OPTIONS: dict[str, tuple[dict[str, Any], tuple[str, ...], dict[str, Any], dict[str, str]]] = {
    **{unit: (by_units(unit), ("1.27",), {}, {}) for unit in UNITS},
    **{f"{unit} by row end": (by_units(unit), ("1.27",), {}, {"straddling_pay": "by_row_end"}) for unit in UNITS},
    **{f"weekly but for {each}": (by_units("weekly", each), ("1.27",), {}, {}) for each in ("i", "ii", "iii")},
    "weeks from Monday": (by_units("weekly"), ("1.27",), {}, {"week_begins": "monday"}),
    "weeks by anniversary": (by_units("weekly") | {"2.02(c)": None}, ("1.27", "2.02(d)"), {}, {}),
    **{
        f"Plan Years to {ends}": ({"1.17(a)": {"ends_every": ends}}, ("1.17(a)",), {}, {})
        for ends in ("12-31", "02-29", "06-30")
    },
    "nobody excluded": ({"1.07(a)": None}, ("1.07(b)",), {}, {}),
    "leased may join": ({"1.07(i)": None}, ("1.07(h)",), {}, {}),
    "a related employer named": ({"1.07(k)": {"related_employers": [MITECH]}}, ("1.29",), {}, {}),
    "a participating employer": ({"participation": SIGNED, "participation(a)": None}, ("1.29",), {}, {}),
    "predecessor for participation": ({}, ("1.29(b)",), {}, {}),
    "predecessor for vesting": ({}, ("1.29(a)",), {}, {}),
    "excepted service": ({"1.29(c)": {"specify": "as stated"}}, (), {"1.29(c)": SOME_SERVICE}, {}),
}


def made(option: str) -> tuple[Plan, oracle.Terms]:
    checked, without, supplements, readings = OPTIONS[option]
    said, known = elections(), facts()
    kept = {cite: blanks for cite, blanks in said["checked"].items() if not cite.startswith(without or ("-",))}
    said["checked"] = kept | checked
    said["supplements"] = said["supplements"] | supplements
    said["readings"] = said.get("readings", {}) | readings
    if "1.17(a)" in checked:
        known["top_heavy"] = {"plan_years": [], "tested_through": f"2040-{checked['1.17(a)']['ends_every']}"}
    return Plan.from_data(said, known), oracle.Terms.of(said["checked"], known, said["readings"], said["supplements"])


def with_days(row: Mapping[str, Any], most: int) -> dict[str, Any]:
    """The row with as many days of work as its hours allow, `most` at the most."""
    hours = int(float(row.get("hours") or 0))
    fewest, length = -(-hours // 24), (_day(row["end"]) - _day(row["start"])).days + 1
    return dict(row) | {"days": max(fewest, min(most, length, hours))}


def _day(text: object) -> date:
    return date.fromisoformat(str(text))


@pytest.mark.parametrize("option", OPTIONS)
def test_the_engine_and_the_oracle_agree_under_the_options_of_article_i(option: str) -> None:
    plan, terms = made(option)

    @settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.lists(strategies.people(), min_size=4, max_size=6), st.integers(0, 20), st.data())
    def agree(drawn: list[dict[str, Any]], most: int, data: st.DataObject) -> None:
        as_of = data.draw(strategies.as_of_dates(drawn[0]))
        crowd = [
            person | {KEY: f"E{number}", "pay": [with_days(row, most) for row in person["pay"] or ()]}
            for number, person in enumerate(drawn)
        ]
        result = evaluated(plan, crowd, as_of)
        for person in crowd:
            ours = answer(result, person[KEY], plan.reference, {}).model_dump(mode="json")
            theirs = plain(oracle.answer(person, as_of, terms=terms))
            assert not differences(ours, theirs), (as_of, person)

    agree()
