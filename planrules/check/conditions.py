"""Conditions between single options, read from the form's data: only with, required with, not with."""

from collections.abc import Iterator, Sequence

from planrules.check.report import Finding
from planrules.check.sheet import Sheet
from planrules.check.wording import cites, listed, named
from planrules.form import Option


def condition_findings(sheet: Sheet) -> Iterator[Finding]:
    """The options whose conditions on other options do not hold, in the form's order."""
    for option in sheet.form.option.values():
        if option.citation in sheet.checked:
            yield from _lacks(sheet, option)
            yield from _excludes(sheet, option)
        else:
            yield from _missing(sheet, option)


def _lacks(sheet: Sheet, option: Option) -> Iterator[Finding]:
    if option.only_with and not sheet.any_of(option.only_with):
        others = _names(sheet, option.only_with, "or")
        what = f"{named(sheet.form, option.citation)} is checked without {others}"
        do = f"Elect what it needs, or uncheck {option.citation}."
        yield _finding("only_with", (option.citation, *option.only_with), what, _why(option), do)


def _excludes(sheet: Sheet, option: Option) -> Iterator[Finding]:
    present = [reference for reference in option.not_with if sheet.has(reference)]
    if present:
        what = f"{named(sheet.form, option.citation)} is checked together with {_names(sheet, present, 'and')}"
        do = f"Uncheck {option.citation} or give up the other."
        yield _finding("not_with", (option.citation, *present), what, _why(option), do)


def _missing(sheet: Sheet, option: Option) -> Iterator[Finding]:
    present = [reference for reference in option.required_with if sheet.has(reference)]
    if present:
        what = (
            f"{named(sheet.form, option.citation)} is not checked, although {_names(sheet, present, 'and')} is elected"
        )
        yield _finding("required_with", (option.citation, *present), what, _why(option), f"Elect {option.citation}.")


def _finding(code: str, references: Sequence[str], what: str, why: str, do: str) -> Finding:
    citations = dict.fromkeys(reference.partition(":")[0] for reference in references)
    return Finding.of(code, cites(citations), what, why, do)


def _names(sheet: Sheet, references: Sequence[str], last: str) -> str:
    return listed([named(sheet.form, reference) for reference in references], last)


def _why(option: Option) -> str:
    return option.note or "The form ties these options together."
