"""Every citation of the agreement that a person reads is of something this plan checked or filled in."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from asking import ELECTIONS, ROOT, changed
from hypothesis import HealthCheck, assume, given, settings
from many_elections import AS_OF, EVALUATED, people

from planrules import Answer, Plan, load_plan, read_person
from planrules.answers import answer
from planrules.answers.changes import what_could_change
from planrules.answers.show import lines_shown
from planrules.elections import parse_elections
from planrules.errors import UnsupportedElectionError
from planrules.plan import PlanFacts
from planrules.plan.citing import standing

SAMPLES: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs/pages/examples.yaml").read_text(encoding="utf-8"))
FILES = [file.stem for file in sorted(ELECTIONS.parent.glob("*.yaml")) if not file.name.endswith(".facts.yaml")]
OPTION = re.compile(r"AA (\d+\.\d+)((?:\([^)]+\))*)$")


@cache
def plan_of(elections: str, facts: str | None = None) -> Plan:
    return load_plan(ROOT / elections, None if facts is None else ROOT / facts)


def strays(plan: Plan, cites: Iterable[str]) -> list[str]:
    """The citations of options that the plan has not checked, and of sections in which it checked nothing at all."""
    checked = plan.elections.checked
    sections = {option.partition("(")[0] for option in checked}
    found = [(cite, OPTION.match(cite)) for cite in dict.fromkeys(cites)]
    return [
        cite
        for cite, option in found
        if option is not None
        and (option[1] not in sections if option[2] == "" else cite.removeprefix("AA ") not in checked)
    ]


def cites_of(found: Answer) -> Iterator[str]:
    """Everything an answer cites: reasons, what could change it, open readings and options."""
    yield from (cite for step in found.because for cite in step.cites)
    yield from (cite for _, cites in what_could_change(found) for cite in cites)
    yield from (cite for note in found.readings for cite in note.cites)
    yield from (f"AA {each.option}" for each in found.untold)


def cites_shown(plan: Plan) -> Iterator[str]:
    """Everything `show` cites, readings included."""
    yield from (
        cite for _, lines in lines_shown(plan.terms, plan.otherwise_read()) for _, cites in lines for cite in cites
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample['file']}, {sample['as_of']}")
def test_an_answer_cites_what_its_plan_checked(sample: dict[str, Any]) -> None:
    plan = plan_of(sample.get("plan", "elections/steel-technologies.yaml"), sample.get("facts"))
    found = plan.answer(read_person(ROOT / "docs" / "examples" / f"{sample['file']}.json"), sample["as_of"])
    assert strays(plan, cites_of(found)) == []


@pytest.mark.parametrize("name", FILES)
def test_the_plan_in_words_cites_what_it_checked(name: str) -> None:
    plan = plan_of(f"elections/{name}.yaml")
    assert strays(plan, cites_shown(plan)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=EVALUATED)
def test_nothing_is_cited_that_is_not_checked_under_any_agreement(data: dict[str, Any]) -> None:
    elections = parse_elections(data, "drawn")
    try:
        plan = Plan(elections, PlanFacts())
    except UnsupportedElectionError:
        assume(False)  # noqa: FBT003  Hypothesis's own way to set an example aside
    result = plan.evaluate(people(elections), AS_OF)
    cited = {cite for who in result.people["employee_id"] for cite in cites_of(answer(result, who, plan.reference, {}))}
    assert strays(plan, [*cites_shown(plan), *sorted(cited)]) == []


@pytest.mark.parametrize(
    ("named", "stand"),
    [
        (["AA 3.06(e)(1)", "AA 3.04(c)"], ["AA 3.06(e)(1)", "AA 3.04(c)"]),
        (["AA 3.06(e)(5)"], ["AA 3.06(e)"]),
        (["AA 3.06(c)", "AA 3.06(d)(1)"], ["AA 3.06(d)(1)"]),
        (["AA 1.27(b)(1)", "Plan 1.27"], ["AA 1.27", "Plan 1.27"]),
        (["AA execution page", "IRC 402(g)"], ["AA execution page", "IRC 402(g)"]),
        (["AA 6.01", "AA 6.01(d)"], ["AA 6.01"]),
    ],
)
def test_what_stands_for_a_box_that_is_not_checked(named: list[str], stand: list[str]) -> None:
    assert standing(named, plan_of("elections/steel-technologies.yaml").terms.checked) == tuple(stand)


def test_the_test_finds_a_citation_of_an_unchecked_box() -> None:
    assert strays(changed(), ["AA 2.01(g)", "AA 2.01(h)", "AA 1.31", "AA 1.29", "Plan 2.01"]) == [
        "AA 2.01(h)",
        "AA 1.31",
    ]
