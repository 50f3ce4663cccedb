"""The shared workload of the benchmark: our rules, and Polars by hand, give everybody the answers of NumPy."""

from collections.abc import Callable
from typing import Any

import pytest
from peers import of_planrules, of_polars, run, workload

from planrules.book import Rule, facts_in
from planrules.rules import formulas

PEOPLE = workload.draw(2_000)
EXPECTED = workload.reference(PEOPLE)


def test_the_people_and_their_answers_stay_what_they_are() -> None:
    assert EXPECTED.sums == (199_900, 399_451_342, 10_036_045.56)


@pytest.mark.parametrize("engine", [of_planrules, of_polars], ids=["planrules", "polars"])
def test_everybody_has_the_answers_of_the_reference(engine: Any) -> None:  # noqa: ANN401  a module
    found = engine.told(engine.evaluate(engine.prepare(PEOPLE)))
    assert workload.equal(found, EXPECTED)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda told: told._replace(vested=100 - told.vested),
        lambda told: told._replace(entry=told.entry + (told.entry == told.entry.max())),
        lambda told: told._replace(match=told.match + 0.0051 * (told.match == told.match.max())),
    ],
    ids=["percent", "one entry", "one match by more than half a cent"],
)
def test_another_answer_is_not_equal(wrong: Callable[[workload.Answers], workload.Answers]) -> None:
    assert not workload.equal(wrong(EXPECTED), EXPECTED)


def test_ours_are_cited_rules_whose_sentences_name_columns_there_are() -> None:
    given, frame = of_planrules.prepare(workload.draw(10))
    rules = (*of_planrules.RULES, *formulas.RULES)
    columns = {*frame.columns, *(each.name for each in rules)}
    for each in rules:
        assert isinstance(each, Rule)
        assert given.terms.cites(each.cites)
        assert set(facts_in(each.says["always"])) <= columns


def test_a_line_says_so_of_an_engine_that_did_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(peer: run.Peer, *_: object) -> dict[str, Any]:
        told = {"engine": peer.name, "version": "1", "people": 10, "megabytes": 9, "equal": True, "match_differs_by": 0}
        seconds = {"planrules": 2.0, "polars": 1.0}
        return told | {"seconds": seconds[peer.name]} if peer.name in seconds else {run.NOT_RUN: "it is not there"}

    monkeypatch.setattr(run, "_environment", lambda peer, place: place / peer.name)
    monkeypatch.setattr(run, "_run", lambda *_: "")
    monkeypatch.setattr(run, "_measured", measured)
    lines = run.table(10, ["planrules", "polars", "zen-engine"])
    assert lines[3] == "| polars | 1 | 10 | 10 | 0.50 | 9 | yes | 0.00 |"
    assert lines[4].startswith("| zen-engine | 2.1.3 | not run: it is not there |")
