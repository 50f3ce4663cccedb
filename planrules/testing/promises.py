"""For a suite of one's own: a pytest test for each property, of which one search serves them all."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from planrules.api import Plan, load_plan
from planrules.testing.proof import Counterexample, Held, Proof, prove
from planrules.testing.properties import PROPERTIES

EXAMPLES = 200
"""People drawn, unless asked otherwise: a suite runs often, and `planrules prove` is there for more."""


def promises(plan: Plan | str | Path, *, examples: int = EXAMPLES, seed: int = 0) -> Callable[[str], None]:
    """A test function for pytest, one test a property; give it a name that begins with `test_`.

    A property that is broken fails with the smallest person found; one that does not apply to the plan, or of which
    nobody drawn is an instance, is skipped with the reason.

    Args:
        plan: a plan, or its elections file; plan facts are found beside the file.
        examples: how many people are drawn.
        seed: the same seed draws the same people.
    """
    # Whoever proves on the command line needs no pytest.
    import pytest  # noqa: PLC0415

    @cache
    def proof() -> Proof:
        return prove(plan if isinstance(plan, Plan) else load_plan(plan), examples=examples, seed=seed)

    @pytest.mark.parametrize("promise", [each.name for each in PROPERTIES])
    def holds(promise: str) -> None:
        held = next(each for each in proof().properties if each.name == promise)
        if held.result == "does_not_apply":
            pytest.skip(f"does not apply: {held.not_about}")
        if held.result == "nobody_concerned":
            pytest.skip(f"says nothing of the {held.tried} people drawn")
        if held.counterexample is not None:
            pytest.fail(_told(held, held.counterexample), pytrace=False)

    return holds


def _told(held: Held, found: Counterexample) -> str:
    person = found.person.model_dump_json(by_alias=True, exclude_defaults=True, indent=2)
    supposing = f"\nSupposing that {found.supposing}." if found.supposing else ""
    return (
        f"{held.statement} ({'; '.join(held.cites)})\n"
        f"Expected: {found.expected}. The answer of {found.as_of}: {found.found}.\n"
        f"Why: {found.why}.{supposing}\n{person}"
    )
