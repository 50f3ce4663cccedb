"""The command line: a thin shell that parses, calls the library and prints.

Exit codes: 0 clean, 1 findings in a plan, 2 usage, 3 bad data.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel
from rich.console import Console

from planrules.answers import Answer, print_answer
from planrules.answers.show import print_plan
from planrules.api import FACTS_ENDING, engine_version, load_plan
from planrules.batch import Manifest
from planrules.batch.layout import Layout
from planrules.check import Report, check_elections, print_reports
from planrules.check.wording import wrapped
from planrules.commands import add_to
from planrules.commands.asking import answered
from planrules.commands.options import day
from planrules.commands.printing import print_wrapped
from planrules.elections import Elections
from planrules.errors import PlanrulesError
from planrules.people import Person
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
    LAYOUT = "layout"
    MANIFEST = "manifest"


_MODELS: dict[SchemaName, type[BaseModel]] = {
    SchemaName.ANSWER: Answer,
    SchemaName.PERSON: Person,
    SchemaName.ELECTIONS: Elections,
    SchemaName.FACTS: PlanFacts,
    SchemaName.REPORT: Report,
    SchemaName.MAPPING: ImportMapping,
    SchemaName.LAYOUT: Layout,
    SchemaName.MANIFEST: Manifest,
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
def answer(  # noqa: PLR0913, PLR0917  one parameter an option of the command
    elections: ElectionsFile,
    person: Annotated[Path, typer.Argument(help="One person as JSON, or a folder of tables.", metavar="PERSON")],
    as_of: AsOf,
    employee: Annotated[
        str | None, typer.Option("--employee", help="Whom of a folder of tables to answer for.", metavar="ID")
    ] = None,
    facts: FactsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object instead of sentences.")] = False,  # noqa: FBT002  a flag
) -> None:
    """Eligible, joined, matched, owned, paid: when, how much and why."""
    found = answered(load_plan(elections, facts), person, employee, as_of)
    if as_json:
        _print_json(found.model_dump(mode="json"))
    else:
        print_answer(found, Console(highlight=False, markup=False))


@app.command(epilog="Example: `planrules check docs/examples/agreement-with-answers.yaml`")
def check(
    elections: Annotated[list[Path], typer.Argument(help="Elections files, one or more.", metavar="ELECTIONS...")],
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            parser=day,
            metavar="YYYY-MM-DD",
            help="Hold the terms against the law of this day, not of the Effective Date.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report, or of several files an array.")] = False,  # noqa: FBT002  a flag
) -> None:
    """What breaks the form's rules, contradicts itself or the law of its day; status 1 when an error is left.

    Of several files each is reported under its name, and the status is that of the worst; plan facts among them are
    left out, so that a whole folder can be given.
    """
    files, facts = _without_facts(elections)
    reports, status = _checked(files, as_of)
    if as_json:
        found = [report.model_dump(mode="json") for report in reports.values()]
        _print_json(found if len(elections) > 1 else found[0])
    else:
        print_reports({str(file): report for file, report in reports.items()}, Console(highlight=False, markup=False))
        for file in facts:
            typer.echo(f"{file.name}: plan facts, no elections; not checked.")
    raise typer.Exit(status)


def _without_facts(files: Sequence[Path]) -> tuple[Sequence[Path], Sequence[Path]]:
    """The elections files among several, and the files named as plan facts are; one file alone is taken as it is."""
    facts = [file for file in files if len(files) > 1 and file.name.endswith(FACTS_ENDING)]
    if len(facts) == len(files):
        msg = "only plan facts are given, and no elections file"
        raise typer.BadParameter(msg, param_hint="ELECTIONS")
    return [file for file in files if file not in facts], facts


def _checked(files: Sequence[Path], as_of: date | None) -> tuple[Mapping[Path, Report], int]:
    """The reports by file and the exit status; one of several files that cannot be read does not stop the others."""
    reports: dict[Path, Report] = {}
    status = 0
    for file in dict.fromkeys(files):
        try:
            reports[file] = check_elections(file, as_of=as_of)
        except PlanrulesError as error:
            if len(files) == 1:
                raise
            _complain(error)
            status = max(status, error.exit_code)
        else:
            status = max(status, 0 if reports[file].passed else 1)
    return reports, status


@app.command(epilog="Example: `planrules read docs/examples/filing.txt`")
def read(
    filing: Annotated[Path, typer.Argument(help="A filing, or the agreement alone, as plain text.", metavar="FILING")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the elections file here.", metavar="FILE")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there and differs.")] = False,  # noqa: FBT002  a flag
    as_json: Annotated[bool, typer.Option("--json", help="Print elections and remarks as one object.")] = False,  # noqa: FBT002  a flag
) -> None:
    """The elections file of the agreement in a filing; exit status 1 when something on the page was not placed."""
    found = read_filing(filing)
    if out is not None:
        _write(out, found.yaml, force=force)
    if as_json:
        _print_json(found.as_dict())
    elif out is None:
        typer.echo(found.yaml.rstrip("\n"))
    else:
        print_wrapped(found.report(str(out)))
    if not found.is_clean:
        print_wrapped(found.complaint, stderr=True)
        raise typer.Exit(1)


@app.command(epilog="Example: `planrules show elections/steel-technologies.yaml`")
def show(elections: ElectionsFile, facts: FactsFile = None) -> None:
    """The plan in plain words, each line with the option that set it."""
    plan = load_plan(elections, facts)
    print_plan(plan.elections, plan.terms, plan.otherwise_read(), Console(highlight=False, markup=False))


@app.command(epilog="Example: `planrules schema answer`")
def schema(name: Annotated[SchemaName, typer.Argument(help="Which format.")]) -> None:
    """The JSON Schema (2020-12) of a file or an answer."""
    model = _MODELS[name]
    given_out = name in {SchemaName.ANSWER, SchemaName.REPORT, SchemaName.MANIFEST}
    mode: Literal["serialization", "validation"] = "serialization" if given_out else "validation"
    found = {
        "$schema": DIALECT,
        **model.model_json_schema(by_alias=True, mode=mode),
    }
    _print_json(found)


@app.command(
    epilog="Example: `planrules prove elections/steel-technologies.yaml --property vesting_never_falls --examples 20`"
)
def prove(  # noqa: PLR0913, PLR0917  one parameter an option of the command
    elections: ElectionsFile,
    facts: FactsFile = None,
    names: Annotated[
        list[str] | None,
        typer.Option("--property", metavar="NAME", help="Hold only this property; may be given several times."),
    ] = None,
    examples: Annotated[int, typer.Option("--examples", min=1, help="How many people are drawn.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed draws the same people.")] = 0,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where the smallest person of a broken property is written.")
    ] = Path("proof"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the proof object instead of tables.")] = False,  # noqa: FBT002  a flag
) -> None:
    """Search for somebody whose answer breaks what the law or the document promises; status 1 when one is found."""
    # The kit brings Hypothesis, which no other command should wait for.
    from planrules.testing import command, print_proof  # noqa: PLC0415

    plan = load_plan(elections, facts)
    proof = command.proved(plan, names or (), examples, seed)
    files = command.written(proof, out)
    if not as_json:
        command.show(proof, plan, print_proof.Commands(elections, facts, files))
    else:
        _print_json(proof.model_dump(mode="json", by_alias=True))
    if not proof.passed:
        typer.echo(f"Broken: {', '.join(files)}. The smallest people are in {out}.", err=True)
        raise typer.Exit(1)


add_to(app)


def _write(file: Path, text: str, *, force: bool) -> None:
    """Writes a file, and only with `force` over another text."""
    try:
        if not force and file.exists() and file.read_bytes() != text.encode():
            msg = f"{file} is there and differs; name another file, or give --force to write over it"
            raise typer.BadParameter(msg, param_hint="--out")
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        msg = f"{file} cannot be written; check the folder and the permissions"
        raise typer.BadParameter(msg, param_hint="--out") from None


def _print_json(value: Any) -> None:  # noqa: ANN401  any JSON value
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def _complain(error: PlanrulesError) -> None:
    """Prints the problems of a refusal on standard error."""
    console = Console(stderr=True, highlight=False, markup=False)
    for problem in error.problems:
        console.print(f"{problem.where}: {problem.what}.", style="bold")
        reason = " ".join(part for part in (problem.why, problem.do) if part)
        console.print(wrapped(reason, console.width, "  "), style="dim")


def run() -> None:
    """Runs the command line; a refusal is printed with its problems, one a line, and never as a traceback."""
    try:
        app()
    except PlanrulesError as error:
        _complain(error)
        raise SystemExit(error.exit_code) from None
