"""Whatever is given, elections are read exactly or refused with one ElectionsError."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from planrules.elections import parse_elections
from planrules.errors import ElectionsError
from planrules.form import load_form

SMALL: dict[str, Any] = {
    "form": "adoption-agreement-005",
    "employer": {"name": "Example Inc."},
    "plan": {"name": "Example Plan"},
    "not_applicable": ["1.31"],
    "checked": {"1.07(a)": None, "2.01(a)": {"age": 21}},
    "readings": {"match_employment_condition": "plan_year_end"},
}
DECIMALS = st.decimals(allow_nan=False) | st.sampled_from([Decimal("1e999999"), Decimal("1e-999999")])
WORDS = st.none() | st.booleans() | st.integers() | st.floats() | DECIMALS | st.dates() | st.text(max_size=12)
KEYS = st.sampled_from(
    [*SMALL, *SMALL["checked"], "supplements", "6.01", "1.18", "5.03(b)", "top_heavy", "age", "note"]
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | WORDS.filter(bool), inner, max_size=4),
    max_leaves=12,
)


def problems(data: object) -> list[str]:
    """Where the problems are; anything but elections or an ElectionsError is a failure of the test."""
    try:
        parse_elections(data, "example.yaml")  # type: ignore[arg-type]  # bad input is the point
    except ElectionsError as error:
        return [problem.where for problem in error.problems]
    return []


@given(part=st.sampled_from([*SMALL, "source", "supplements"]), value=TREES)
@example(part="form", value=None)
@example(part="employer", value={"name": "\ud800"})
def test_any_part_is_read_or_refused_under_its_name(part: str, value: object) -> None:
    assert all(part in where for where in problems(SMALL | {part: value}) if part != "checked")


@given(citation=st.sampled_from(load_form("adoption-agreement-005").fillable), value=TREES)
def test_any_blank_is_read_or_refused_under_its_citation(citation: str, value: object) -> None:
    data = SMALL | {"not_applicable": [], "checked": {citation: value}}
    assert all(citation in where for where in problems(data))


@given(day=st.dates(), amount=st.decimals(0, 65, places=4), words=st.text(min_size=1).filter(str.strip))
def test_good_blanks_are_kept_exactly_and_hashed(day: date, amount: Decimal, words: str) -> None:
    checked = {"3.01(e)": {"frozen_from": day}, "5.01(a)": {"age": amount}, "1.07(g)": {"specify": words}}
    elections = parse_elections(SMALL | {"checked": checked}, "example.yaml")
    again = {key: {name: str(value) for name, value in blanks.items()} for key, blanks in elections.checked.items()}
    assert elections.blank("5.01(a)", "age") == amount
    assert parse_elections(SMALL | {"checked": again}, "other.yaml").content_hash == elections.content_hash
