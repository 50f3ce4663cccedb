"""Elections drawn so that the form's data allows them: the check finds nothing against the form in any of them."""

from typing import Any

from hypothesis import HealthCheck, given, settings

from planrules.check import check_elections, finding_kinds
from planrules.testing import elections_data


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=elections_data())
def test_what_the_form_allows_breaks_no_rule_of_the_form(data: dict[str, Any]) -> None:
    found = [(each.code, each.cites) for each in check_elections(data).findings if each.severity == "error"]
    assert [each for each in found if finding_kinds()[each[0]].family in {"file", "form"}] == []
