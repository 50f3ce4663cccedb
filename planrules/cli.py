"""The command line: a thin shell that parses, calls the library and prints.

Exit codes: 0 clean, 1 findings in a plan, 2 usage, 3 bad data.
"""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.padding import Padding

from planrules.answers import Answer, print_answer
from planrules.answers.show import print_plan
from planrules.api import engine_version, load_plan
from planrules.check import Report, check_elections, print_report
from planrules.commands.importing import EXAMPLE as IMPORT_EXAMPLE
from planrules.commands.importing import import_command
from planrules.commands.options import day
from planrules.commands.sampling import EXAMPLE as SAMPLE_EXAMPLE
from planrules.commands.sampling import sample_command
from planrules.elections import Elections
from planrules.errors import PlanrulesError
from planrules.people import Person, read_person
from planrules.people.importing import ImportMapping
from planrules.plan import PlanFacts
from planrules.reading_filings import read_filing

DIALECT = "https://json-schema.org/draft/2020-12/schema"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="A 401(k) adoption agreement's checked boxes, evaluated: eligible, joined, matched, vested, paid.",
)


class SchemaName(StrEnum):
    """What has a JSON Schema."""

    ANSWER = "answer"
    PERSON = "person"
    ELECTIONS = "elections"
    FACTS = "facts"
    REPORT = "report"
    MAPPING = "mapping"


_MODELS: dict[SchemaName, type[BaseModel]] = {
    SchemaName.ANSWER: Answer,
    SchemaName.PERSON: Person,
    SchemaName.ELECTIONS: Elections,
    SchemaName.FACTS: PlanFacts,
    SchemaName.REPORT: Report,
    SchemaName.MAPPING: ImportMapping,
}

ElectionsFile = Annotated[Path, typer.Argument(help="The elections file of the plan.", metavar="ELECTIONS")]
FactsFile = Annotated[
    Path | None,
    typer.Option(
        "--facts", help="Match rates and top-heavy Plan Years; without it `<name>.facts.yaml` beside the elections."
    ),
]


AsOf = Annotated[
    date, typer.Option("--as-of", parser=day, metavar="YYYY-MM-DD", help="The day at whose close the answer holds.")
]


def _version(wanted: bool) -> None:  # noqa: FBT001  how Typer hands a flag over
    if wanted:
        typer.echo(f"planrules {engine_version()}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """A 401(k) adoption agreement's checked boxes, evaluated: eligible, joined, matched, vested, paid."""
    del version  # the callback has answered


@app.command(
    epilog="Example: `planrules answer elections/steel-technologies.yaml docs/examples/joined.json --as-of 1996-03-31`"
)
def answer(
    elections: ElectionsFile,
    person: Annotated[Path, typer.Argument(help="One person as JSON.", metavar="PERSON")],
    as_of: AsOf,
    facts: FactsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object instead of sentences.")] = False,  # noqa: FBT002  a flag
) -> None:
    """Eligible, joined, matched, owned, paid: when, how much and why."""
    found = load_plan(elections, facts).answer(read_person(person), as_of, where=person.name)
    if as_json:
        _print_json(found.model_dump(mode="json"))
    else:
        print_answer(found, Console(highlight=False, markup=False))


@app.command(epilog="Example: `planrules check docs/examples/agreement-with-answers.yaml`")
def check(
    elections: ElectionsFile,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            parser=day,
            metavar="YYYY-MM-DD",
            help="Hold the terms against the law of this day, not of the Effective Date.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report object instead of sentences.")] = False,  # noqa: FBT002  a flag
) -> None:
    """What breaks the form's rules, contradicts itself or the law of its day; status 1 when an error is left."""
    report = check_elections(elections, as_of=as_of)
    if as_json:
        _print_json(report.model_dump(mode="json"))
    else:
        print_report(report, Console(highlight=False, markup=False))
    raise typer.Exit(0 if report.passed else 1)


@app.command(epilog="Example: `planrules read docs/examples/filing.txt`")
def read(
    filing: Annotated[Path, typer.Argument(help="A filing, or the agreement alone, as plain text.", metavar="FILING")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the elections file here.", metavar="FILE")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print elections and remarks as one object.")] = False,  # noqa: FBT002  a flag
) -> None:
    """The elections file of the agreement in a filing; exit status 1 when something on the page was not placed."""
    found = read_filing(filing)
    if out is not None:
        _write(out, found.yaml)
    if as_json:
        _print_json(found.as_dict())
    else:
        typer.echo(found.yaml.rstrip("\n") if out is None else found.report(out.name))
    if not found.is_clean:
        typer.echo(found.complaint, err=True)
        raise typer.Exit(1)


@app.command(epilog="Example: `planrules show elections/steel-technologies.yaml`")
def show(elections: ElectionsFile, facts: FactsFile = None) -> None:
    """The plan in plain words, each line with the option that set it."""
    plan = load_plan(elections, facts)
    print_plan(plan.terms, plan.otherwise_read(), Console(highlight=False, markup=False))


@app.command(epilog="Example: `planrules schema answer`")
def schema(name: Annotated[SchemaName, typer.Argument(help="Which format.")]) -> None:
    """The JSON Schema (2020-12) of a file or an answer."""
    model = _MODELS[name]
    given_out = name in {SchemaName.ANSWER, SchemaName.REPORT}
    mode: Literal["serialization", "validation"] = "serialization" if given_out else "validation"
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(by_alias=True, mode=mode),
    }
    _print_json(found)


app.command(name="import", epilog=IMPORT_EXAMPLE)(import_command)
app.command(name="sample", epilog=SAMPLE_EXAMPLE)(sample_command)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError:
        msg = f"{file} cannot be written; check the folder and the permissions"
        raise typer.BadParameter(msg) from None


def _print_json(value: Any) -> None:  # noqa: ANN401  any JSON value
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def run() -> None:
    """Runs the command line; a refusal is printed with its problems, one a line, and never as a traceback."""
    try:
        app()
    except PlanrulesError as error:
        console = Console(stderr=True, highlight=False, markup=False)
        for problem in error.problems:
            console.print(f"{problem.where}: {problem.what}.", style="bold")
            console.print(
                Padding(" ".join(part for part in (problem.why, problem.do) if part), (0, 0, 0, 2)), style="dim"
            )
        raise SystemExit(error.exit_code) from None
