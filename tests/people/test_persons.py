"""One of many people is the same person that the tables were made from."""

from pathlib import Path

import pytest

from planrules import People, Person, read_person
from planrules.errors import PeopleError
from planrules.people import person_among

EXAMPLES = sorted(Path("docs/examples").glob("*.json"))


@pytest.fixture(scope="module")
def persons() -> list[Person]:
    return [read_person(file).model_copy(update={"employee_id": file.stem}) for file in EXAMPLES]


def test_everybody_comes_back_as_given(persons: list[Person]) -> None:
    people = People.from_persons(persons)
    assert persons
    for person in persons:
        assert person_among(people, person.employee_id) == person


def test_not_known_comes_back_as_not_known_and_none_as_none(persons: list[Person]) -> None:
    unknown = persons[0].model_copy(update={"classes": None, "pay": None, "accounts": None})
    none = persons[1].model_copy(update={"classes": (), "pay": ()})
    people = People.from_persons([unknown, none])
    assert person_among(people, unknown.employee_id) == unknown
    assert person_among(people, none.employee_id) == none


def test_nobody_is_refused_by_name_of_the_source_alone(persons: list[Person]) -> None:
    with pytest.raises(PeopleError) as caught:
        person_among(People.from_persons(persons), "E-SECRET", "the census")
    assert "the census" in str(caught.value)
    assert "SECRET" not in str(caught.value)
