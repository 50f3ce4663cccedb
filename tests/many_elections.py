"""Any elections from the signed page to answers: rendered, read, checked, resolved and asked about a few people.

    PYTHONPATH=. python tests/many_elections.py --examples 500 --seed 1

draws that many fillings of the form and says how many were answered and which options stood in the way of the others.
The only refusal allowed is `UnsupportedElectionError`, which names them; anything else is printed and ends it with 1.
The same seed draws the same fillings from the same code, so that many can be done in slices, each with its own seed.
"""

import argparse
import json
import sys
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from render import render
from render_style import STYLES, Style

from planrules import People, Person, Plan
from planrules.check import check_elections
from planrules.elections import Elections, parse_elections
from planrules.engine import Result
from planrules.errors import UnsupportedElectionError
from planrules.form import load_form
from planrules.form.reader import load_layout, read_text
from planrules.plan import parse_facts
from planrules.plan.scope import scope
from planrules.testing import elections_data

FORM = load_form("adoption-agreement-005")
LAYOUT = load_layout(FORM.name)
EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
AS_OF = date(1999, 6, 30)
STEEL, MITECH = "Steel Technologies Inc.", "MiTech Steel Inc."
FINDINGS = Path(__file__).parents[1] / "planrules" / "check" / "findings.yaml"


WHOLE_AGES = ("2.01(a)", "2.01(k)(1)", "5.01(a)", "5.01(b)", "5.08(b)")
SCHEDULES = ("top_heavy", "non_top_heavy")
FULL = 100


def answerable(data: dict[str, Any]) -> dict[str, Any]:
    """The filling with a day on which it begins, whole ages and schedules that end at 100%, which the engine needs."""
    checked = {citation: dict(blanks) for citation, blanks in data["checked"].items()}
    effective = checked.setdefault("1.18", {})
    if not {"new_plan_effective_on", "restated_effective_on"} & effective.keys():
        effective["restated_effective_on"] = date(1993, 8, 1)
    for citation in WHOLE_AGES:
        if "age" in checked.get(citation, {}):
            checked[citation]["age"] = int(checked[citation]["age"])
    schedules = checked.get("5.03(b)", {})
    for name in SCHEDULES:
        if rows := schedules.get(name):
            schedules[name] = rows | {max(rows): FULL}
    return {**data, "checked": checked}


EVALUATED = elections_data(notes=False, options=scope().known, words=scope().meanings).map(answerable)
"""Only elections that the engine says it evaluates, with all that it needs."""
DRAWN = st.one_of(elections_data(), elections_data(), EVALUATED)
"""Any elections, about half of which are answered."""


@dataclass
class Tally:
    """What became of the elections drawn.

    Attributes:
        drawn: how many there were.
        answered: how many gave an answer, or a status that says what is missing, for everybody asked about.
        refused: for the others, how often each option was named.
        failures: the first failures, in full.
    """

    drawn: int = 0
    answered: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


@cache
def people_texts() -> tuple[str, ...]:
    """The sample people of Steel's plan in the documentation, as JSON."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("*.json"))]
    return tuple(text for text in texts if json.dumps(STEEL) in text)


def people(elections: Elections) -> People:
    """The sample people, employed by this employer and by a predecessor of it where it names one."""
    employer = elections.employer.name
    predecessor = next(iter(elections.blank("1.29", "predecessor_employers") or ()), employer)
    names = {json.dumps(STEEL): json.dumps(employer), json.dumps(MITECH): json.dumps(predecessor)}
    texts = list(people_texts())
    for old, new in names.items():
        texts = [text.replace(old, new) for text in texts]
    persons = [json.loads(text) | {"employee_id": f"E{number}"} for number, text in enumerate(texts)]
    return People.from_persons(Person.model_validate(person) for person in persons)


def read_back(data: Mapping[str, Any], style: Style) -> Elections:
    """The elections as they are read from the form on which they were printed; the same, and nothing left over."""
    rendered = render(data, FORM, LAYOUT, style)
    found = read_text(rendered.text, FORM, rendered.layout)
    assert found is not None
    left = [str(remark) for remark in found.remarks if remark.kind == "not_placed"]
    assert left == [], left
    read = parse_elections(found.elections, "read")
    drawn = parse_elections(data, "drawn")
    assert read.model_copy(update={"supplements": {}}) == drawn, _difference(read, drawn)
    return read


def _difference(read: Elections, drawn: Elections) -> dict[str, Any]:
    pairs = {citation: (read.checked.get(citation), drawn.checked.get(citation)) for citation in FORM.fillable}
    return {citation: pair for citation, pair in pairs.items() if pair[0] != pair[1]}


@cache
def form_rules() -> frozenset[str]:
    """The kinds of finding that break the form's own data: those of the file and of the form, not of law or sense."""
    kinds = yaml.safe_load(FINDINGS.read_text(encoding="utf-8"))
    return frozenset(kinds["file"]) | frozenset(kinds["form"])


def broken_rules(data: Mapping[str, Any]) -> list[str]:
    """The rules of the form itself that the check finds broken."""
    return [finding.what for finding in check_elections(data).findings if finding.code in form_rules()]


def result_of(elections: Elections) -> Result:
    """Everybody's answers.

    Raises:
        UnsupportedElectionError: an election that is not evaluated; names it.
    """
    plan = Plan(elections, parse_facts(None, "facts"))
    return plan.evaluate(people(elections), AS_OF)


def follow(data: Mapping[str, Any], style: Style, tally: Tally) -> None:
    """Takes one filling all the way; a refusal is counted by the options that it names."""
    elections = read_back(data, style)
    broken = broken_rules(data)
    assert broken == [], broken
    try:
        result = result_of(elections)
    except UnsupportedElectionError as error:
        tally.refused.update({problem.what.partition(":")[0] for problem in error.problems})
        return
    assert result.people.height == len(people_texts()), result.exceptions.to_dicts()
    tally.answered += 1


def many(examples: int, start: int) -> Tally:
    """Follows so many fillings; failures are kept, and the first ten ended with."""
    tally = Tally()

    @seed(start)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(data=DRAWN, style=STYLES)
    def run(data: dict[str, Any], style: Style) -> None:
        tally.drawn += 1
        try:
            follow(data, style, tally)
        except Exception:  # noqa: BLE001  whatever comes is a failure to be shown
            tally.failures.append(f"{traceback.format_exc(limit=-4)}\n{style}\n{data}\n")

    run()
    return tally


def main(arguments: Sequence[str]) -> int:
    """Runs from the command line; 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=500, help="how many elections to draw")
    parser.add_argument("--seed", type=int, default=0, help="where the drawing begins")
    given_ = parser.parse_args(arguments)
    tally = many(given_.examples, given_.seed)
    found = f"{tally.drawn} drawn, {tally.answered} answered, {len(tally.failures)} failed"
    lines = [f"seed {given_.seed}: {found}, the others refused by name:"]
    lines += [f"{count:6}  {option}" for option, count in tally.refused.most_common()]
    sys.stdout.write("\n".join([*lines, *tally.failures[:10]]) + "\n")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
