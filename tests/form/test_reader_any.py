"""Whatever an employer may elect, and however the form is printed, it is read as it was filled in."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from render import render
from render_style import STYLES, Style

from planrules.elections import parse_elections
from planrules.form import load_form
from planrules.form.reader import load_layout, read_text
from planrules.testing import elections_data

FORM = load_form("adoption-agreement-005")
LAYOUT = load_layout(FORM.name)


def check(data: dict[str, Any], style: Style) -> None:
    """Renders and reads, and compares as data; everything on the page must be placed."""
    rendered = render(data, FORM, LAYOUT, style)
    found = read_text(rendered.text, FORM, rendered.layout)
    assert found is not None
    drawn, again = parse_elections(data, "drawn"), parse_elections(found.elections, "read")
    assert {**again.checked} == {**drawn.checked}
    assert again.not_applicable == drawn.not_applicable
    assert (again.employer, again.plan) == (drawn.employer, drawn.plan)
    assert [str(remark) for remark in found.remarks if remark.kind == "not_placed"] == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=elections_data(), style=STYLES)
def test_any_elections_on_any_page_are_read_as_they_were_filled_in(data: dict[str, Any], style: Style) -> None:
    check(data, style)
