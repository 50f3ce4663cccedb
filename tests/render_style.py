"""How a page may look: everything about the layout of a form that does not change what it says."""

from dataclasses import dataclass

from hypothesis import strategies as st

CHECKED = ("[X ]", "[X]", "[x]", "[ X ]", "[  X  ]", "[ x]", "[_X_]", "[XX]")
EMPTY = ("[   ]", "[ ]", "[]", "[     ]", "[___]", "[_]")
CASES = (str.upper, str.lower, str.title, str.capitalize)
BREAKS = (None, "<PAGE>", "\f", "- {} -\n<PAGE>", "{}\n<PAGE>", "Page {}\n\f", "\n- {} -\n")


@dataclass(frozen=True)
class Style:
    """One way to print the form.

    Attributes:
        checked: how a checked box is printed.
        empty: how an empty one is.
        after_box: what stands between a box and its letter.
        after_label: what stands between the letter and the text.
        indent: spaces a level of options is moved to the right; 0: none at all.
        hang: spaces by which further lines of an option are moved to the right.
        width: the width of the page.
        fill: with what an empty blank is drawn, a space or a line.
        room: how much of it stands behind what was typed, always more than before it.
        case: of the headings.
        page_break: what stands between pages; null for one long page.
        page: lines of a page.
        tabs: whether runs of spaces are tabs.
        trailing: whether spaces at the ends of lines are kept.
        crlf: whether lines end as on Windows.
        airy: whether an empty line stands between options.
        margin: whether notes stand in a margin of their own; else right before the box.
        numbers: which of the ways to write a date or a number.
        lone_stop: whether the form's own full stop stands far from the words.
    """

    checked: str = "[X ]"
    empty: str = "[   ]"
    after_box: str = " "
    after_label: str = "  "
    indent: int = 5
    hang: int = 10
    width: int = 70
    fill: str = " "
    room: int = 12
    case: int = 0
    page_break: str | None = None
    page: int = 55
    tabs: bool = False
    trailing: bool = True
    crlf: bool = False
    airy: bool = True
    margin: bool = True
    numbers: int = 0
    lone_stop: bool = True


STYLES: st.SearchStrategy[Style] = st.builds(
    Style,
    checked=st.sampled_from(CHECKED),
    empty=st.sampled_from(EMPTY),
    after_box=st.sampled_from((" ", "", "     ", "\n")),
    after_label=st.sampled_from(("  ", " ", "      ")),
    indent=st.sampled_from((5, 0, 2, 8)),
    hang=st.sampled_from((10, 0, 4)),
    width=st.integers(48, 110),
    fill=st.sampled_from((" ", "_")),
    room=st.integers(12, 60),
    case=st.integers(0, len(CASES) - 1),
    page_break=st.sampled_from(BREAKS),
    page=st.integers(20, 66),
    tabs=st.booleans(),
    trailing=st.booleans(),
    crlf=st.booleans(),
    airy=st.booleans(),
    margin=st.booleans(),
    numbers=st.integers(0, 5),
    lone_stop=st.booleans(),
)
