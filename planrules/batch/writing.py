"""Files that are there whole or not at all: made under a temporary name beside their place, then renamed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from planrules.errors import FileError, Problem

_UNFINISHED = ".unfinished-"
_LOCK = ".lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Sees to it that nobody else writes to the folder meanwhile; it is made where there is none.

    A run that is killed holds nothing any more: the system lets go of what it held.

    Raises:
        FileError: another run is writing there, or nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise FileError([_taken(folder.name)]) from None
    except OSError as error:
        raise FileError([unwritable(folder.name, type(error).__name__)]) from error
    with lock:
        yield
        with suppress(OSError):  # where an open file cannot be removed it stays, empty
            (folder / _LOCK).unlink()


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A place to make a file or a folder in; it gets its name once the block has ended without an error.

    Raises:
        FileError: it cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=target.parent))
    except OSError as error:
        raise FileError([unwritable(target.name, type(error).__name__)]) from error
    try:
        made = scratch / target.name
        yield made
        _on_disk(made)
        if target.is_dir():
            shutil.rmtree(target)
        made.replace(target)
    except OSError as error:
        raise FileError([unwritable(target.name, type(error).__name__)]) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def clear_unfinished(folder: Path) -> None:
    """Drops what a run that was killed had begun and not finished."""
    for left in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _on_disk(made: Path) -> None:
    """Sees to it that a name never stands before the bytes it names, whatever happens to the machine."""
    for file in [made] if made.is_file() else sorted(each for each in made.rglob("*") if each.is_file()):
        with file.open("rb") as opened:
            os.fsync(opened.fileno())


def unwritable(where: str, told: str) -> Problem:
    """The problem of a place that nothing can be written to."""
    return Problem(
        what=f"cannot be written ({told})",
        where=where,
        why="The results go there.",
        do="Check the folder, its rights and the room on the disk.",
    )


def _taken(where: str) -> Problem:
    return Problem(
        what="another run is writing here",
        where=where,
        why="Two runs would mix their tables.",
        do="Wait for it to end, or name another folder.",
    )
