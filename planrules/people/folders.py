"""Folders that are written whole: what is there already is kept, unless somebody says to write over it."""

from pathlib import Path

from planrules.errors import PeopleError, Problem

_NAMED = 3


def keep_other_content(made: Path, target: Path) -> None:
    """Refuses to write into a folder with anything in it that the files made do not have, or have otherwise.

    Hidden entries of the folder do not count.

    Raises:
        PeopleError: the folder has other content; the first few names of it are told.
    """
    entries = sorted(entry for entry in target.iterdir() if not entry.name.startswith("."))
    files = [file for entry in entries for file in (sorted(entry.rglob("*")) if entry.is_dir() else [entry])]
    names = [file.relative_to(target).as_posix() for file in files if file.is_file()]
    other = [name for name in names if not _same(made / name, target / name)]
    if other:
        raise PeopleError([_taken(target, other)])


def _same(one: Path, other: Path) -> bool:
    if not one.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return one.read_bytes() == other.read_bytes()


def _taken(target: Path, other: list[str]) -> Problem:
    more = f" and {len(other) - _NAMED:,} more" if len(other) > _NAMED else ""
    return Problem(
        what="the folder has other content, and nothing was written",
        where=str(target),
        why=f"Not the same as what would be written: {', '.join(other[:_NAMED])}{more}.",
        do="Name another folder, or write over this one with --force (force=True from Python).",
    )
