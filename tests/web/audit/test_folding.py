"""Refusals that come again and again are counted, and nothing grows with them."""

from dataclasses import replace

from web.serving import Hours

from planrules.web.audit.folding import Folding, RowLimits
from planrules.web.audit.record import Done

LIMITS = RowLimits(window=3600, strangers=3, callers=5)
GUESS = Done("", "sign in", "GET /", 401, "wrong token or password")
MISTAKE = Done("ann", "answer", "POST /v1/answers", 422, "people", "steel", "a" * 64, "b" * 64)


def test_the_first_have_rows_and_the_others_are_counted() -> None:
    folding = Folding(LIMITS, Hours())
    rows = [folding.rows_for(MISTAKE, stranger=False) for _ in range(12)]
    assert rows == [(MISTAKE,)] * 5 + [()] * 7
    assert folding.rest() == (replace(MISTAKE, plan="", inputs_hash="", elections_hash="", times=7),)
    assert folding.rest() == ()


def test_strangers_are_counted_wherever_they_knock() -> None:
    folding = Folding(LIMITS, Hours())
    for n in range(1000):
        folding.rows_for(replace(GUESS, route=f"GET /{n}"), stranger=True)
    assert folding.rest() == (replace(GUESS, route="(any)", times=997),)


def test_a_window_that_is_over_is_told_and_begins_again() -> None:
    hours = Hours()
    folding = Folding(LIMITS, hours)
    for _ in range(10):
        folding.rows_for(GUESS, stranger=True)
    hours.pass_by(seconds=3599)
    assert folding.over() == ()
    hours.pass_by(seconds=1)
    assert [each.times for each in folding.over()] == [7]
    assert folding.rows_for(GUESS, stranger=True) == (GUESS,)
    assert folding.over() == ()


def test_a_window_without_anything_counted_leaves_no_row() -> None:
    hours = Hours()
    folding = Folding(LIMITS, hours)
    folding.rows_for(GUESS, stranger=True)
    hours.pass_by(days=1)
    assert folding.over() == ()


def test_callers_routes_and_reasons_do_not_hide_each_other() -> None:
    folding = Folding(LIMITS, Hours())
    kinds = [
        MISTAKE,
        replace(MISTAKE, who="bob"),
        replace(MISTAKE, route="POST /v1/evaluations"),
        replace(MISTAKE, refused="too large", status=413),
    ]
    for kind in kinds * 5:
        assert folding.rows_for(kind, stranger=False) == (kind,)
    assert [folding.rows_for(kind, stranger=False) for kind in kinds] == [()] * 4
    assert len(folding.rest()) == 4
