# ruff: noqa: INP001 - a script beside the pages
"""Makes the sample people of Steel's plan as tables, and the two runs over them that the examples of commands use.

python docs/remake_examples.py       writes docs/examples/people and docs/examples/answers-*
"""

import shutil
from datetime import date
from pathlib import Path

from pages.examples import ELECTIONS, elections_of, examples

from planrules import People, load_plan, read_person
from planrules.batch import evaluate_folder

EXAMPLES = Path(__file__).with_name("examples")
DAYS = (date(1995, 12, 31), date(1996, 3, 31))
TABLES = ("employees", "employment", "classes", "pay", "accounts")


def sample_people() -> People:
    """The sample people of Steel's plan, in the order of employee_id."""
    names = sorted({each["file"] for each in examples() if elections_of(each) == ELECTIONS})
    persons = [read_person(EXAMPLES / f"{name}.json") for name in names]
    return People.from_persons(sorted(persons, key=lambda person: person.employee_id))


def main() -> None:
    """Writes the tables and the runs."""
    people = sample_people()
    (EXAMPLES / "people").mkdir(exist_ok=True)
    for name in TABLES:
        getattr(people, name).write_parquet(EXAMPLES / "people" / f"{name}.parquet")
    plan = load_plan(EXAMPLES.parents[1] / ELECTIONS)
    for day in DAYS:
        run = EXAMPLES / f"answers-{day.isoformat()}"
        shutil.rmtree(run, ignore_errors=True)  # a finished run of the same inputs would be left as it is
        evaluate_folder(plan, EXAMPLES / "people", day, run)


if __name__ == "__main__":
    main()
