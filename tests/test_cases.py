"""Every cited case of ``tests/cases``, asked through the public API."""

import pytest
from case_files import Case, differences, elections_of, facts_of, load_cases

from planrules.api import Person, Plan

CASES = load_cases()
OF_A_PERSON = [case for case in CASES if case.kind == "person"]


@pytest.mark.parametrize("case", OF_A_PERSON, ids=lambda case: case.slug)
def test_the_answer_is_the_one_the_documents_give(case: Case) -> None:
    assert case.as_of is not None
    plan = Plan.from_data(elections_of(case), facts_of(case))
    answer = plan.answer(Person.model_validate(case.person), case.as_of).model_dump(mode="json")

    wrong = differences(case.expect, answer)

    assert not wrong, "\n".join([case.name, *wrong, f"Why: {case.reason}", f"Cites: {'; '.join(case.cites)}"])
