"""What somebody may have meant by a name that does not exist: the one known name it is nearest to."""

import difflib
import re
from collections.abc import Iterable

_PARTS = re.compile(r"[0-9]+|[a-z]+")
_NEAR = 0.75
"""How alike two names have to be, as a share of their letters, for one to be taken for the other."""


def meant(name: str, known: Iterable[str]) -> str | None:
    """The known name that this one is a slip of; null when none is near, or two are as near.

    Leading zeros, cases, spaces and signs make no difference.

    >>> meant("2.1(G)", ["2.01(g)", "2.01(h)"])
    '2.01(g)'
    >>> meant("birthdate", ["birth_date", "employment"])
    'birth_date'
    >>> meant("2.01(z)", ["2.01(g)", "2.01(h)"]) is None
    True
    """
    names = list(known)
    same = [each for each in names if _parts(each) == _parts(name)]
    if same:
        return same[0] if len(same) == 1 else None
    found = difflib.get_close_matches(name, names, n=2, cutoff=_NEAR)
    if len(found) > 1 and _alike(name, found[0]) == _alike(name, found[1]):
        return None
    return found[0] if found else None


def _parts(name: str) -> list[str]:
    return [part.lstrip("0") for part in _PARTS.findall(name.lower())]


def _alike(name: str, other: str) -> float:
    # In the order in which difflib compares them: the measure is not the same both ways round.
    return difflib.SequenceMatcher(None, other, name).ratio()
