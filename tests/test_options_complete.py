"""Every option of the form has its place: evaluated with a case of its own, without effect for a reason, or refused."""

from case_files import elections_of, load_cases

from planrules.form import load_form
from planrules.plan.scope import scope

FORM = load_form("adoption-agreement-005")
CHECKED = {option for case in load_cases() if case.kind == "person" for option in elections_of(case)["checked"]}
MOST_REFUSED = 0
"""Options that the engine refuses by name. This may only shrink."""


def test_every_evaluated_option_is_checked_in_a_case() -> None:
    assert {option for option in scope().evaluated if option in FORM.fillable} - CHECKED == set()


def test_every_option_is_evaluated_or_without_effect_and_few_are_refused() -> None:
    refused = set(FORM.fillable) - scope().known
    assert len(refused) <= MOST_REFUSED, sorted(refused)


def test_the_scope_names_options_of_the_form_once() -> None:
    headings = {citation for citation, option in FORM.option.items() if option.groups}
    assert scope().known <= {*FORM.fillable, *headings}
    groups = [scope().evaluated, scope().shown, *scope().no_effect.values()]
    assert sum(map(len, groups)) == len(scope().known)
