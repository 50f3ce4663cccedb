"""Text files: their encoding, and their lines whatever ends them."""

from pathlib import Path

from planrules.people.importing.sources import unreadable

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def text_of(file: Path, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    """The text of a file with one line feed a line, and a note where its encoding was not told.

    Raises:
        PeopleError: the file is not there, or is not text in the encoding declared.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise unreadable(file.name, f"cannot be read ({type(error).__name__})", "Check its name and rights.") from None
    text, notes = _decoded(raw, file.name, encoding)
    if "\0" in text:
        raise unreadable(file.name, "not a text file", "Say its format in the mapping.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decoded(raw: bytes, name: str, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    marked = next((code for mark, code in _MARKS.items() if raw.startswith(mark)), None)
    try:
        return raw.decode(marked or encoding or "utf-8"), ()
    except UnicodeDecodeError:
        if marked or encoding:
            what = f"not text in {marked or encoding}"
            raise unreadable(name, what, "Correct the encoding in the mapping, or save the file again.") from None
    return raw.decode("windows-1252", errors="replace"), ("read as Windows-1252, because it is not UTF-8",)
