"""Whatever elections are given, there is a report: every finding complete, and the same refusals as loading them."""

from datetime import date
from typing import Any

from check.strategy import elections
from hypothesis import given, settings
from hypothesis import strategies as st

from planrules.check import check_elections, finding_kinds
from planrules.elections import parse_elections
from planrules.errors import ElectionsError


@settings(max_examples=300, deadline=None)
@given(data=elections(), as_of=st.none() | st.dates())
def test_there_is_always_a_report(data: dict[str, Any], as_of: date | None) -> None:
    report = check_elections(data, as_of=as_of)
    for found in report.findings:
        assert all((found.what, found.why, found.do))
        assert finding_kinds()[found.code].severity == found.severity
        assert found.cites or finding_kinds()[found.code].family == "file"
    kept_from_loading = {found.code for found in report.findings if finding_kinds()[found.code].family == "file"}
    assert _loads(data) != bool(kept_from_loading)


def _loads(data: dict[str, Any]) -> bool:
    try:
        return bool(parse_elections(data, "elections"))
    except ElectionsError:
        return False
