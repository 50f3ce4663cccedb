"""docs/examples/README.md: the sample people, what each shows and how the answer begins."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import planrules
from pages.markdown import page as made
from pages.markdown import table
from pages.sample import ELECTIONS, ROOT
from planrules.answers.headlines import headlines

Example = Mapping[str, Any]

PLANS = {
    ELECTIONS: "Steel Technologies Inc.",
    "elections/fictional-fasteners.yaml": "Fictional Fasteners Inc.",
    "elections/imaginary-instruments.yaml": "Imaginary Instruments Ltd.",
    "elections/hypothetical-hardware.yaml": "Hypothetical Hardware Inc.",
    "elections/nonexistent-novelties.yaml": "Nonexistent Novelties Ltd.",
    "elections/unreal-umbrellas.yaml": "Unreal Umbrellas Co.",
}

INTRODUCTION = f"""
People made up to show one thing each: under the sample plan, and under five fictional ones.
Every file is complete unless it is about a gap. Pay is by month or half month; older years may stand in one row, as an
archive has them.

```console
$ planrules answer {ELECTIONS} docs/examples/rehired.json --as-of 1996-06-30
```

`top-heavy-floor.json` is asked with plan facts of its own: add `--facts docs/examples/top-heavy.facts.yaml`. The
headline is the sentence of the part of the answer that the file is about; the whole answer has more.
"""


def page() -> str:
    """The table of sample people."""
    return made("Sample people", INTRODUCTION, *(_table(name) for name in PLANS))


def _table(plan: str) -> str:
    """The people of one plan."""
    rows = [
        (f"[{each['file']}]({each['file']}.json)", each["as_of"], each["shows"], headline(each))
        for each in examples()
        if elections_of(each) == plan
    ]
    link = f"[{plan}](../../{plan})"
    return f"## {PLANS[plan]}\n\n{link}\n\n{table(['file', 'ask as of', 'what it shows', 'headline'], rows)}"


def elections_of(example: Example) -> str:
    """The elections file of the plan the person is asked about."""
    found: str = example.get("plan", ELECTIONS)
    return found


@cache
def examples() -> Sequence[Example]:
    """The sample people as examples.yaml lists them."""
    found: Sequence[Example] = yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text("utf-8"))
    return found


def headline(example: Example) -> str:
    """The sentence of the part the example is about."""
    facts = example.get("facts")
    elections = ROOT / elections_of(example)
    plan = planrules.load_plan(elections, ROOT / facts if facts else None)
    person = planrules.read_person(ROOT / "docs" / "examples" / f"{example['file']}.json")
    found = plan.answer(person, example["as_of"], other_readings=False)
    return dict(headlines(found))[example["part"]]
