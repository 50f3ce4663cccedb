"""Folders that are written whole: what is there already is kept, unless somebody says to write over it."""

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from planrules.errors import PeopleError, Problem

_NAMED = 3


@contextmanager
def written_whole(target: Path, what: str, *, force: bool, written_before: Collection[str] = ()) -> Iterator[Path]:
    """A folder to make files and folders in; once the block has ended each takes its name in the target, whole.

    Args:
        target: the folder, made where it is not there.
        what: what goes there, as the sentence of an error begins.
        force: whether to write over a folder with other content.
        written_before: names that an earlier writing may have left; what this one does not make of them goes.

    Raises:
        PeopleError: the folder cannot be written, or has other content.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target, prefix=".unfinished-") as scratch:
            made = Path(scratch)
            yield made
            if not force:
                _keep_other_content(made, target)
            left = set(written_before) - {entry.name for entry in made.iterdir()}
            for entry in sorted(made.iterdir()):
                if entry.is_dir() and (target / entry.name).is_dir():
                    shutil.rmtree(target / entry.name)
                entry.replace(target / entry.name)
        for name in left:
            (target / name).unlink(missing_ok=True)
    except OSError as error:
        raise PeopleError([_unwritable(target.name, type(error).__name__, what)]) from None


def _keep_other_content(made: Path, target: Path) -> None:
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


def _unwritable(where: str, told: str, what: str) -> Problem:
    return Problem(
        what=f"the folder cannot be written ({told})",
        where=where,
        why=f"{what} there.",
        do="Check the folder, its rights and the room on the disk.",
    )
