"""How findings name the options of the form."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date

from planrules.form import Form


def cites(citations: Iterable[str]) -> tuple[str, ...]:
    """Options or sections of the agreement as citations."""
    return tuple(f"AA {citation}" for citation in citations)


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them.

    >>> listed(["(a)", "(b)", "(c)"], "or")
    '(a), (b) or (c)'
    """
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""


def letters(citations: Sequence[str], parent: str) -> tuple[str, ...]:
    """Options by what their citations add to their parent's: (a) for 6.01(a) under 6.01."""
    return tuple(citation.removeprefix(parent) for citation in citations)


def named(form: Form, reference: str) -> str:
    """An option, section or blank with its label: 2.01(e) (First day of the Plan Year)."""
    citation, _, blank = reference.partition(":")
    if blank:
        return f"the blank {blank} of {citation}"
    label = form.option[citation].label if citation in form.option else form.section[citation].title
    return f"{citation} ({label})"


def day_words(day: date) -> str:
    """A day as a sentence has it.

    >>> day_words(date(1996, 1, 1))
    'January 1, 1996'
    """
    return f"{day:%B} {day.day}, {day.year}"


def wrapped(words: str, width: int, indent: str = "", hang: str = "") -> str:
    """A paragraph on lines of at most that many characters, each after the indent; no word is broken.

    Args:
        words: the paragraph.
        width: of the lines.
        indent: before every line.
        hang: after the indent of every line but the first.

    >>> print(wrapped("The form asks for one.", 14, "  "))
      The form
      asks for
      one.
    """
    following = indent + hang
    return textwrap.fill(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
