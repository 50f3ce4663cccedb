"""Every option of the form has its place: evaluated with a case of its own, without effect for a reason, or refused."""

from case_files import elections_of, load_cases

from planrules.form import load_form
from planrules.plan.scope import scope

FORM = load_form("adoption-agreement-005")
CHECKED = {option for case in load_cases() if case.kind == "person" for option in elections_of(case)["checked"]}
MOST_REFUSED, MOST_WITHOUT_EFFECT = 0, 152
"""Options that the engine refuses by name, and that no answer depends on. Both may only shrink."""
IN_WORDS = {"2.06(b)(4)", "3.04(d)(3)", "4.01(e)", "4.05(c)(4)", "4.05(d)", "6.01(m)", "9.10(c)"}
"""Those of the latter that an employer fills in with words: about filings, contributions by Participants, loans and
values of accounts, of which nobody's facts are kept. May only shrink."""


def test_every_evaluated_option_is_checked_in_a_case() -> None:
    assert {option for option in scope().evaluated if option in FORM.fillable} - CHECKED == set()


def test_every_option_is_evaluated_or_without_effect_and_few_are_refused() -> None:
    refused = set(FORM.fillable) - scope().known
    assert len(refused) <= MOST_REFUSED, sorted(refused)


def test_what_is_without_effect_only_shrinks() -> None:
    options = {option for some in scope().no_effect.values() for option in some}
    blanks = {citation: option.blanks for citation, option in FORM.option.items()}
    in_words = {each for each in options if any(blank.name == "specify" for blank in blanks.get(each, ()))}
    assert len(options) <= MOST_WITHOUT_EFFECT
    assert in_words <= IN_WORDS


def test_the_scope_names_options_of_the_form_once() -> None:
    headings = {citation for citation, option in FORM.option.items() if option.groups}
    assert scope().known <= {*FORM.fillable, *headings}
    groups = [scope().evaluated, scope().shown, *scope().no_effect.values()]
    assert sum(map(len, groups)) == len(scope().known)
