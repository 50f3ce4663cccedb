"""Every edge that a plan has is stood on by drawn people, and says of a person what is true."""

from datetime import date, timedelta
from typing import Any

import pytest
from testing.drawing import EDGE, NAMES, drawn, plan_of

from planrules import Person, Plan
from planrules.plan import parse_facts
from planrules.testing import EDGES, Trial, edge_hits

COUNT, FULL = 800, 2000
SEVERAL = 5
"""How many of `FULL` trials have to stand on an edge; of `COUNT` as many in proportion."""
STEEL, MITECH = "Steel Technologies Inc.", "MiTech Steel Inc."
NOT_STEEL = {
    *("entry_age_on", "entry_age_day_before", "withdrawal_age_on", "withdrawal_age_day_before", "top_heavy_year"),
    *("age_from_which_years_count_on", "age_from_which_years_count_day_before", "opted_out"),
    *("minimum_vested_exactly", "minimum_vested_and_a_cent"),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_edge_of_a_plan_is_hit_and_missed(name: str) -> None:
    hits = edge_hits(plan_of(name), drawn(name, COUNT))
    assert {edge: count for edge, count in hits.items() if count < SEVERAL * COUNT / FULL} == {}
    assert max(hits.values()) < COUNT


def test_a_plan_has_the_edges_of_its_own_terms() -> None:
    assert {edge.name for edge in EDGES if not edge.applies(plan_of(NAMES[0]))} == NOT_STEEL
    exact = {"eligibility_hours_exactly", "vesting_hours_exactly", "break_hours_exactly"}
    assert not any(EDGE[edge].applies(plan_of("fictional-fasteners")) for edge in exact)  # no months give 900 hours
    assert EDGE["opted_out"].applies(plan_of("fictional-fasteners"))
    assert EDGE["age_from_which_years_count_on"].applies(plan_of("fictional-fasteners"))


def test_a_top_heavy_year_is_an_edge_once_it_is_told() -> None:
    plan = Plan(plan_of(NAMES[0]).elections, parse_facts({"top_heavy": {"plan_years": ["1995-09-30"]}}, "facts"))
    assert EDGE["top_heavy_year"].hit(plan, trial(pay=[row("1994-10-01", "1995-09-30", "1")]))
    assert not EDGE["top_heavy_year"].hit(plan, trial(pay=[row("1995-10-01", "1996-09-30", "1")]))


def test_names_are_unique_and_all_say_something() -> None:
    assert len({edge.name for edge in EDGES}) == len({edge.says for edge in EDGES}) == len(EDGES)
    assert all(edge.name.isidentifier() and edge.says for edge in EDGES)


def test_what_is_known_only_later_is_not_stood_on() -> None:
    plan = plan_of(NAMES[0])
    for drawn_trial in drawn(NAMES[0], COUNT)[:100]:
        eve = Trial(drawn_trial.person, drawn_trial.person.employment[0].start - timedelta(days=1))
        told_of_birth_or_day = {"leap_day_birth"} | {edge for edge in EDGE if "asked" in edge or "age" in edge}
        found = {edge for edge, count in edge_hits(plan, [eve]).items() if count}
        assert found <= told_of_birth_or_day


def row(start: str, end: str, hours: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  any fact
    return {"start": start, "end": end, "paid_on": end, "hours": hours, "compensation": "100.00", **more}


def trial(as_of: str = "1999-12-15", **facts: Any) -> Trial:  # noqa: ANN401  any facts
    plain = {
        "employee_id": "E1",
        "birth_date": "1960-05-05",
        "employment": [{"employer": STEEL, "start": "1994-03-10"}],
        "classes": [],
        "pay": [],
        "accounts": dict.fromkeys(("deferral", "regular_matching", "employer", "qualified_nonelective"), "0.00"),
    }
    return Trial(Person.model_validate({**plain, **facts}), date.fromisoformat(as_of))


def spell(start: str, end: str | None = None, employer: str = STEEL, reason: str | None = None) -> dict[str, Any]:
    return {"employer": employer, "start": start, "end": end, "reason": reason}


def balances(**amounts: str) -> dict[str, str]:
    return dict.fromkeys(("deferral", "regular_matching", "employer", "qualified_nonelective"), "0.00") | amounts


YEARS = [row(f"{year}-10-01", f"{year + 1}-09-30", "2000") for year in (1994, 1995)]
FIVE_BREAKS = [spell("1994-10-01", "1996-09-30")]
LEFT = [spell("1994-03-10", "1996-03-10", reason="quit")]

STANDS: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("month_end", {"employment": [spell("1994-02-28")]}, {"employment": [spell("1996-02-28")]}),
    ("leap_day_start", {"employment": [spell("1996-02-29")]}, {"employment": [spell("1996-02-28")]}),
    ("leap_day_birth", {"birth_date": "1960-02-29"}, {"birth_date": "1960-02-28"}),
    ("hired_on_plan_year_end", {"employment": [spell("1994-09-30")]}, {"employment": [spell("1994-10-01")]}),
    ("hired_day_after_plan_year_end", {"employment": [spell("1994-10-01")]}, {"employment": [spell("1994-09-30")]}),
    ("left_on_plan_year_end", {"employment": [spell("1994-03-10", "1996-09-30")]}, {"employment": LEFT}),
    ("hired_on_entry_date", {"employment": [spell("1995-04-01")]}, {"employment": [spell("1995-04-02")]}),
    ("hired_day_before_entry_date", {"employment": [spell("1995-03-31")]}, {"employment": [spell("1995-04-01")]}),
    ("left_day_after_entry_date", {"employment": [spell("1994-03-10", "1995-04-02")]}, {"employment": LEFT}),
    ("asked_on_entry_date", {"as_of": "1996-07-01"}, {"as_of": "1996-07-02"}),
    (
        "completed_on_entry_date",
        {"employment": [spell("1994-10-02")], "pay": [row("1994-10-02", "1995-10-01", "1000")]},
        {"employment": [spell("1994-10-02")], "pay": [row("1994-10-02", "1995-10-01", "999.99")]},
    ),
    (
        "eligibility_hours_below",
        {"pay": [row("1994-03-10", "1995-03-09", "999.99")]},
        {"pay": [row("1994-03-10", "1995-03-09", "1000")]},
    ),
    (
        "vesting_hours_exactly",
        {"pay": [row("1994-10-01", "1994-12-31", "500"), row("1995-01-01", "1995-03-31", "500")]},
        {"pay": [row("1994-10-01", "1995-10-01", "1000")]},
    ),
    (
        "break_hours_above",
        {"pay": [row("1994-10-01", "1994-12-31", "500.01")]},
        {"pay": [row("1994-10-01", "1994-12-31", "500.00")]},
    ),
    (
        "breaks_exactly",
        {"employment": FIVE_BREAKS, "pay": YEARS, "as_of": "2001-09-30"},
        {"employment": FIVE_BREAKS, "pay": YEARS, "as_of": "2001-09-29"},
    ),
    (
        "breaks_one_too_few",
        {"employment": FIVE_BREAKS, "pay": YEARS, "as_of": "2001-09-29"},
        {"employment": FIVE_BREAKS, "pay": YEARS, "as_of": "2001-09-30"},
    ),
    (
        "breaks_one_more",
        {"employment": FIVE_BREAKS, "pay": YEARS, "as_of": "2002-09-30"},
        {"employment": FIVE_BREAKS, "pay": YEARS, "as_of": "2001-09-30"},
    ),
    ("wait_ends", {"employment": LEFT, "as_of": "1996-06-08"}, {"employment": LEFT, "as_of": "1996-06-09"}),
    ("wait_over", {"employment": LEFT, "as_of": "1996-06-09"}, {"employment": LEFT, "as_of": "1996-06-08"}),
    (
        "consent_amount_exactly",
        {"employment": LEFT, "accounts": balances(deferral="3500")},
        {"employment": LEFT, "accounts": balances(deferral="3500.01")},
    ),
    (
        "consent_amount_and_a_cent",
        {"employment": LEFT, "accounts": balances(employer="3500.01")},
        {"accounts": balances(employer="3500.01")},
    ),
    (
        "normal_retirement_age_on",
        {"birth_date": "1931-07-01", "as_of": "1996-07-01"},
        {"birth_date": "1931-07-02", "as_of": "1996-07-01"},
    ),
    (
        "early_payment_age_day_before",
        {"birth_date": "1941-07-02", "as_of": "1996-07-01"},
        {"birth_date": "1941-07-01", "as_of": "1996-07-01"},
    ),
    (
        "required_beginning_age_on",
        {"birth_date": "1926-01-01", "as_of": "1996-07-01"},
        {"birth_date": "1926-01-02", "as_of": "1996-07-01"},
    ),
    ("rehire", {"employment": [*LEFT, spell("1996-03-12")]}, {"employment": [*LEFT, spell("1996-03-11")]}),
    ("next_day", {"employment": [*LEFT, spell("1996-03-11")]}, {"employment": [*LEFT, spell("1996-03-12")]}),
    ("death", {"employment": [spell("1994-03-10", "1996-03-10", reason="death")]}, {"employment": LEFT}),
    ("predecessor_service", {"employment": [spell("1990-01-01", "1994-01-01", MITECH), spell("1994-03-10")]}, {}),
    (
        "excluded_over_entry_date",
        {"classes": [{"class": "leased", "start": "1996-01-01", "end": "1996-01-01"}]},
        {"classes": [{"class": "leased", "start": "1996-01-02", "end": "1996-03-31"}]},
    ),
    (
        "cash_out",
        {"employment": LEFT, "distributions": [{"paid_on": "1996-06-09"}]},
        {"employment": LEFT, "distributions": [{"paid_on": "1999-12-16"}]},
    ),
    (
        "deferral_at_a_tier",
        {"pay": [row("1996-01-01", "1996-01-31", "160", salary_reduction="6.00")]},
        {"pay": [row("1996-01-01", "1996-01-31", "160", salary_reduction="6.01")]},
    ),
)


@pytest.mark.parametrize(("edge", "on", "off"), STANDS, ids=[each[0] for each in STANDS])
def test_an_edge_is_stood_on_and_not_beside(edge: str, on: dict[str, Any], off: dict[str, Any]) -> None:
    plan = plan_of(NAMES[0])
    assert EDGE[edge].hit(plan, trial(**on))
    assert not EDGE[edge].hit(plan, trial(**off))
