"""Asks the planrules on the path, which may be a broken copy, and prints as JSON what it fails in.

The argument is a job as JSON: `cases` by folder and name, of which `enough_cases` are to fail, `plan` (an elections
file), `people` (a file of trials) and the names of `properties`, of which `enough_properties` are to be broken. An
error while answering is a failure like any other.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from case_files import CASES, differences, elections_of, facts_of, load_case

from planrules import Person, Plan, load_plan
from planrules.testing import Trial
from planrules.testing.properties import PROPERTIES, Property
from planrules.testing.run import cases_of
from planrules.testing.supposed import suppositions


def failing_cases(names: Sequence[str], enough: int) -> list[str]:
    """The cases that fail, in their order, until there are enough."""
    found: list[str] = []
    for name in names:
        if len(found) == enough:
            break
        if _fails(name):
            found.append(name)
    return found


def _fails(name: str) -> bool:
    case = load_case(CASES / f"{name}.yaml")
    assert case.as_of is not None
    try:
        plan = Plan.from_data(elections_of(case), facts_of(case))
        answer = plan.answer(Person.model_validate(case.person), case.as_of, other_readings="readings" in case.expect)
    except Exception:  # noqa: BLE001  whatever comes, the copy cannot answer
        return True
    return bool(differences(case.expect, answer.model_dump(mode="json")))


def broken_properties(job: Mapping[str, Any]) -> list[str]:
    """The properties that somebody breaks, asked day by day under each supposition until there are enough of them."""
    wanted = [each for each in PROPERTIES if each.name in job["properties"]]
    if not wanted:
        return []
    trials = [
        Trial(Person.model_validate(each["person"]), date.fromisoformat(each["as_of"]))
        for each in json.loads(Path(job["people"]).read_text(encoding="utf-8"))
    ]
    days = sorted({trial.as_of for trial in trials})
    found: set[str] = set()
    for supposed in suppositions(load_plan(job["plan"])):
        for day in reversed(days):
            left = [each for each in wanted if each.name not in found]
            if len(found) >= job["enough_properties"]:
                return sorted(found)
            found |= set(_broken(supposed.plan, [each for each in trials if each.as_of == day], left, days))
    return sorted(found)


def _broken(plan: Plan, trials: Sequence[Trial], properties: Sequence[Property], days: Sequence[date]) -> Iterator[str]:
    about = [each for each in properties if each.not_about(plan.terms) is None]
    if not about:
        return
    beside = dict.fromkeys(name for each in about for name in each.beside)
    try:
        cases = [case for case in cases_of(plan, trials, beside, days) if case is not None]
    except Exception:  # noqa: BLE001  whatever comes, the copy cannot answer
        yield from (each.name for each in about)
        return
    yield from (each.name for each in about if any(each.broken(case) is not None for case in cases))


def main() -> None:
    """Does the job of the command line."""
    job = json.loads(sys.argv[1])
    told = {"cases": failing_cases(job["cases"], job["enough_cases"]), "properties": broken_properties(job)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
