"""What a command says to do next, as a line that can be typed."""

import shlex
from datetime import date
from pathlib import Path

from planrules.people.importing import Imported

_SOME_DAY = "YYYY-MM-DD"


def after_import(imported: Imported, out: Path | None, as_of: date | None) -> str:
    """The next step after an import; `out` is the folder that was written, null where none was."""
    people = imported.tables["employees"]
    if not people.height:
        return "Next: mend what is told above, in the mapping and in the files, and import again."
    if out is None:
        return "Next: the same command with --out DIR, and without --dry-run, writes the tables."
    command = ["planrules", "answer", "ELECTIONS", str(out), "--employee", people["employee_id"][0]]
    answer = f"{shlex.join(command)} --as-of {as_of or _SOME_DAY}"
    if imported.exit_code:
        return (
            f"Next: mend what is told above and import again, with --force into the same folder. Whoever was imported "
            f"can be answered for: {answer}"
        )
    return f"Next: {answer}"


def after_sample(out: Path, through: date) -> str:
    """The import of a sample's files, into a folder beside it."""
    files = out / "files"
    named = [shlex.quote(str(files / name)) for name in ("classes.txt", "balances.jsonl", "map.yaml")]
    texts, balances, mapping = named
    tables = shlex.quote(str(files) + "/")
    into = shlex.quote(f"{out}-imported")
    return f"Next: planrules import {tables}*.csv {texts} {balances} --map {mapping} --as-of {through} --out {into}"
