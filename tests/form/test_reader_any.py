"""Whatever an employer may elect, and however the form is printed, it is read as it was filled in."""

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from render import render
from render_filing import DOCUMENT, in_filing
from render_style import STYLES, Style

from planrules.elections import parse_elections
from planrules.form import load_form
from planrules.form.reader import load_layout, read_text
from planrules.form.reader.write import elections_file
from planrules.form.strict_yaml import read_yaml
from planrules.testing import elections_data

FORM = load_form("adoption-agreement-005")
LAYOUT = load_layout(FORM.name)
FILINGS = st.none() | st.tuples(st.sampled_from(["10.3", "10.10", "99"]), st.booleans())
# Not shrunk: a form is so long that it would take minutes. `tests/many_elections.py` draws as many as one likes.
MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def sourced(data: dict[str, Any], filing: tuple[str, bool] | None) -> dict[str, Any]:
    """The elections with the source that the filing around them tells; an index names only numbers with a part."""
    if filing is None:
        return {**data, "source": {}}
    exhibit, titled = filing
    told = {"exhibit": exhibit} if titled or "." in exhibit else {}
    return {**data, "source": {"document": DOCUMENT} | told}


@MANY
@given(data=elections_data(), style=STYLES, filing=FILINGS)
def test_any_elections_on_any_page_are_read_as_they_were_filled_in(
    data: dict[str, Any], style: Style, filing: tuple[str, bool] | None
) -> None:
    rendered = render(data, FORM, LAYOUT, style)
    text = rendered.text if filing is None else in_filing(rendered.text, data, filing[0], titled=filing[1])
    found = read_text(text, FORM, rendered.layout)
    assert found is not None
    assert [str(remark) for remark in found.remarks if remark.kind == "not_placed"] == []
    read = parse_elections({**found.elections, "supplements": {}}, "read")
    assert read == parse_elections(sourced(data, filing), "drawn")


@MANY
@given(data=elections_data())
def test_any_elections_are_written_to_a_file_that_holds_them(data: dict[str, Any]) -> None:
    written = read_yaml(elections_file(data, FORM, ["Any words\x07 at the head."]))
    assert written.duplicates == ()
    assert parse_elections(written.data, "written") == parse_elections(data, "drawn")
