"""Headers that nobody asked for, each with the nearest heading that is known: most of them are one mistyped."""

from collections.abc import Iterator

from planrules.people.importing.fields import Holds
from planrules.people.importing.headers import nearest, plain


def told(unused: tuple[str, ...], holds: Holds) -> str:
    """The headers that were not used, as a note says them."""
    return f"columns not used: {', '.join(_told(unused, holds))}"


def _told(unused: tuple[str, ...], holds: Holds) -> Iterator[str]:
    for header in unused:
        like = nearest(header, holds)
        # A heading that is known already, and that another column was preferred to, is not mistyped.
        known = like is None or plain(like[0]) == plain(header)
        yield header if like is None or known else f"{header} (did you mean “{like[0]}”, the heading of {like[1]}?)"
