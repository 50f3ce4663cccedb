"""Every single break of the engine on file is noticed, by the cases and the properties that the file names."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from case_files import CASES
from mutations import ELECTIONS, PACKAGE, Mutation, Plan, copied, mutations, people_file, tried

from planrules.testing.properties import PROPERTIES

PLANS: tuple[str, ...] = get_args(Plan)


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The people of each plan, drawn by the package that is not broken."""
    folder = tmp_path_factory.mktemp("people")
    return {plan: people_file(plan, folder) for plan in PLANS}


def job(people: Mapping[str, Path], plan: str, broken: tuple[Mutation, ...]) -> dict[str, object]:
    cases = list(dict.fromkeys(chain.from_iterable(each.cases for each in broken)))
    properties = sorted({name for each in broken for name in each.properties})
    return {
        "cases": cases,
        "enough_cases": max(1, len(cases)),
        "plan": str(ELECTIONS / f"{plan}.yaml"),
        "people": str(people[plan]),
        "properties": properties,
        "enough_properties": max(1, len(properties)),
    }


@pytest.mark.parametrize("plan", PLANS)
def test_the_copy_that_is_not_broken_fails_in_nothing(plan: str, people: Mapping[str, Path], tmp_path: Path) -> None:
    of_plan = tuple(each for each in mutations() if each.plan == plan)
    found = tried(copied(tmp_path), job(people, plan, of_plan))
    assert (found.error, found.cases, found.properties) == (None, (), ())


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: mutation.name)
def test_a_break_is_noticed(mutation: Mutation, people: Mapping[str, Path], tmp_path: Path) -> None:
    found = tried(copied(tmp_path, mutation), job(people, mutation.plan, (mutation,)))
    assert found.error is None, found.error
    says = f"{mutation.breaks} ({'; '.join(mutation.cites)}), and nobody notices"
    assert set(found.cases) == set(mutation.cases), says
    assert set(found.properties) == set(mutation.properties), says


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: mutation.name)
def test_what_is_replaced_stands_exactly_once(mutation: Mutation) -> None:
    text = (PACKAGE / mutation.file).read_text(encoding="utf-8")
    assert text.count(mutation.old) == 1
    assert mutation.new not in {"", mutation.old}


def test_every_break_names_who_notices_it() -> None:
    assert [each.name for each in mutations() if not each.cases and not each.properties] == []
    named = {name for each in mutations() for name in each.properties}
    assert named <= {each.name for each in PROPERTIES}
    assert [case for each in mutations() for case in each.cases if not (CASES / f"{case}.yaml").exists()] == []


def test_there_are_enough_and_they_differ() -> None:
    assert len(mutations()) >= 40
    assert len({each.name for each in mutations()}) == len(mutations())
    assert len({(each.file, each.old, each.new) for each in mutations()}) == len(mutations())
    assert sum(bool(each.properties) for each in mutations()) >= 30
    assert {each.file.split("/")[0] for each in mutations()} >= {"rules", "plan", "engine", "law", "nonforfeitable.py"}
