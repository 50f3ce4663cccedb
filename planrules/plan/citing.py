"""What of the agreement can be cited for a plan: only what its employer checked or filled in."""

import re
from collections.abc import Collection, Iterable

_OPTION = re.compile(r"AA (?P<section>\d+\.\d+)(?:\([^)]+\))*$")


def standing(cites: Iterable[str], checked: Collection[str]) -> tuple[str, ...]:
    """The citations, each once, without options that are not checked.

    Where that leaves nothing of a section, the option's own place stands for it: the nearest option above it that is
    checked, else the section, whose box was then left blank.
    """
    named = tuple(cites)
    sections = {_section(cite) for cite in named if _option(cite) in checked}
    found = (cite if _stands(cite, checked) else _above(cite, checked) for cite in named)
    return tuple(
        dict.fromkeys(
            cite
            for cite, first in zip(found, named, strict=True)
            if cite == first or _section(cite) not in sections or _option(cite) in checked
        )
    )


def _option(cite: str) -> str | None:
    """The option or section of the agreement that is cited; null for a citation of anything else."""
    return cite.removeprefix("AA ") if _OPTION.match(cite) else None


def _section(cite: str) -> str | None:
    found = _OPTION.match(cite)
    return found["section"] if found else None


def _stands(cite: str, checked: Collection[str]) -> bool:
    option = _option(cite)
    return option is None or option in checked or option == _section(cite)


def _above(cite: str, checked: Collection[str]) -> str:
    """The nearest option above that is checked, else the section."""
    option = cite.removeprefix("AA ")
    while option.endswith(")"):
        option = option.rpartition("(")[0]
        if option in checked:
            break
    return f"AA {option}"
