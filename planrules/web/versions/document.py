"""Elections and plan facts as JSON: what a version keeps, in the format of the YAML files."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from planrules.api import Plan
from planrules.dates import MonthDay
from planrules.elections import Elections, parse_elections
from planrules.errors import ElectionsError, Problem
from planrules.form.strict_yaml import DEEPEST
from planrules.people.read import json_from
from planrules.plan import parse_facts

ELECTIONS, FACTS = "elections", "facts"
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")


def document(plan: Plan) -> str:
    """A plan's elections and facts as JSON. Read again, they are the same plan by the same hash."""
    facts = plan.facts.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps({ELECTIONS: said(plan.elections), FACTS: _plain(facts)}, ensure_ascii=False)


def said(elections: Elections) -> object:
    """What an elections file says, as JSON has it, without the keys that say nothing."""
    found: dict[str, object] = {
        "form": elections.form,
        "employer": elections.employer.model_dump(exclude_none=True),
        "plan": elections.plan.model_dump(exclude_none=True),
        "source": elections.source,
        "not_applicable": elections.not_applicable,
        "checked": elections.checked,
        "supplements": {
            citation: meaning.model_dump(mode="json", by_alias=True, exclude_none=True)
            for citation, meaning in elections.supplements.items()
        },
        "readings": elections.readings,
        "acknowledged": [each.model_dump(exclude_none=True) for each in elections.acknowledged],
    }
    return _plain({key: value for key, value in found.items() if value or key == "checked"})


def plan_of(kept: str) -> Plan:
    """The plan that a document keeps.

    Raises:
        ElectionsError: this planrules no longer takes what an earlier one took.
        UnsupportedElectionError: likewise.
    """
    return read(parts_of(kept))


def parts_of(kept: str) -> Mapping[str, Any]:
    """The elections and the facts of a document, as parsed JSON."""
    found = json_from(kept, "version")
    return found if isinstance(found, Mapping) else {}


def read(given: Mapping[str, Any]) -> Plan:
    """The plan of elections and facts in parsed JSON, read and refused exactly as files are.

    Raises:
        ElectionsError: the elections or facts break the form or their format.
        UnsupportedElectionError: an election that the engine does not evaluate.
    """
    elections = parse_elections(as_in_yaml(given[ELECTIONS]), ELECTIONS)
    return Plan(elections, parse_facts(as_in_yaml(given.get(FACTS)), FACTS))


def as_in_yaml(value: Any, depth: int = 0) -> Any:  # noqa: ANN401  parsed JSON
    """JSON has only words as keys; YAML has the years of a schedule as numbers.

    Raises:
        ElectionsError: it is nested deeper than a file may be, or has text that no file can have.
    """
    if depth > DEEPEST:
        raise _not_of_a_file(what=f"the nesting is deeper than {DEEPEST} levels")
    if isinstance(value, Mapping):
        return {_key(_text(key)): as_in_yaml(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [as_in_yaml(each, depth + 1) for each in value]
    return _text(value)


def _key(key: object) -> object:
    return int(key) if isinstance(key, str) and _WHOLE.fullmatch(key) else key


def _text(value: object) -> object:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:  # half of a pair, which JSON can write and nothing else
            raise _not_of_a_file(what="there is text that is not Unicode") from None
    return value


def _not_of_a_file(what: str) -> ElectionsError:
    do = "Send what an elections file and a plan facts file say."
    return ElectionsError([Problem(what=what, where=ELECTIONS, why="A file cannot say that.", do=do)])


def _plain(value: object) -> object:
    """A value as the files write it: days, fractions and days of the year as text."""
    if isinstance(value, MonthDay):
        return f"{value.month:02}-{value.day:02}"
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return value.isoformat() if isinstance(value, date) else value
