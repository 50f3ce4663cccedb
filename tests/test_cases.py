"""Every cited case of ``tests/cases``, asked through the public API."""

from decimal import Decimal

import pytest
from case_files import Case, differences, elections_of, facts_of, load_cases

from planrules import Person, Plan
from planrules.yearend import hce_limit

CASES = load_cases()
OF_A_PERSON = [case for case in CASES if case.kind == "person"]


@pytest.mark.parametrize("case", OF_A_PERSON, ids=lambda case: case.slug)
def test_the_answer_is_the_one_the_documents_give(case: Case) -> None:
    assert case.as_of is not None
    plan = Plan.from_data(elections_of(case), facts_of(case))
    wanted = "readings" in case.expect
    found = plan.answer(Person.model_validate(case.person), case.as_of, other_readings=wanted)
    answer = found.model_dump(mode="json")

    wrong = differences(case.expect, answer)

    assert not wrong, "\n".join([case.name, *wrong, f"Why: {case.reason}", f"Cites: {'; '.join(case.cites)}"])


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "hce_limit"], ids=lambda case: case.slug)
def test_the_highest_average_of_the_highly_compensated(case: Case) -> None:
    limits = [str(hce_limit(percent)) for percent in case.nhce_percent or ()]

    assert not differences([Decimal(limit) for limit in case.expect["hce_limit"]], limits)
