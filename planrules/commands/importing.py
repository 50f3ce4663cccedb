"""`planrules import`: census and payroll files into a folder of tables."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from planrules.commands.next_steps import after_import
from planrules.commands.options import day
from planrules.commands.printing import print_wrapped
from planrules.importing_people import import_people, profile_yaml, write_import
from planrules.people.importing import Imported
from planrules.people.importing.report import as_dict, counted, lines

EXAMPLE = (
    "Example: `planrules import docs/examples/import/census-1996.csv docs/examples/import/payroll-1996.csv "
    "--map docs/examples/import/one-row-a-person.yaml --as-of 1996-09-30 --dry-run`"
)


def import_command(  # noqa: PLR0913  one parameter an option
    files: Annotated[list[Path], typer.Argument(help="Census, payroll and balance files.", metavar="FILES")],
    *,
    mapping: Annotated[Path, typer.Option("--map", help="What the employer declares of its files.", metavar="MAP")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the tables to this folder.", metavar="DIR")] = None,
    as_of: Annotated[
        date | None,
        typer.Option("--as-of", parser=day, metavar="YYYY-MM-DD", help="The day on which the files were drawn."),
    ] = None,
    last: Annotated[
        Path | None, typer.Option("--last", help="The folder of the import before, to compare with.", metavar="DIR")
    ] = None,
    save_profile: Annotated[
        Path | None,
        typer.Option("--save-profile", help="Write the mapping with every column named, for the next time."),
    ] = None,
    secret: Annotated[
        Path | None, typer.Option("--secret", help="The employer's secret, for a key column that is hashed.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a folder that has other content.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read, check and report; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report object instead of sentences.")] = False,
) -> None:
    """Census and payroll files into the tables of people; status 1 when a row was set aside, 3 when nobody is left."""
    if out is None and not dry_run:
        msg = "where to write is needed, or --dry-run"
        raise typer.BadParameter(msg, param_hint="--out")
    imported = import_people(files, mapping, as_of=as_of, last=last, secret=_secret(secret))
    written = out if not dry_run and imported.tables["employees"].height else None
    if written is not None:
        write_import(imported, written, force=force)
    if save_profile is not None and not dry_run:
        _save(save_profile, profile_yaml(imported.mapping))
    if as_json:
        typer.echo(json.dumps(as_dict(imported), indent=2, ensure_ascii=False))
    else:
        print_wrapped("\n".join(lines(imported)))
        typer.echo(f"\n{after_import(imported, written, as_of)}")
    if imported.exit_code:
        told = _told(imported)
        if imported.exit_code != 1:
            told = f"Nobody could be imported, and no table is written. {told}"
        print_wrapped(told, stderr=True)
        raise typer.Exit(imported.exit_code)


def _told(imported: Imported) -> str:
    """What stands between these files and a clean import."""
    errors, questions = imported.errors.height, len(imported.questions)
    parts = (
        f"{counted(errors, 'finding', 'findings')} set rows aside" if errors else "",
        f"{counted(questions, 'question is', 'questions are')} open" if questions else "",
    )
    return f"{'; '.join(part for part in parts if part)}."


def _secret(file: Path | None) -> bytes | None:
    if file is None:
        return None
    try:
        found = file.read_bytes().strip()
    except OSError:
        found = b""
    if not found:
        msg = f"{file} cannot be read, or is empty"
        raise typer.BadParameter(msg, param_hint="--secret")
    return found


def _save(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError:
        msg = f"{file} cannot be written; check the folder and the permissions"
        raise typer.BadParameter(msg, param_hint="--save-profile") from None
