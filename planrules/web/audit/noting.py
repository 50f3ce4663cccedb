"""What a route finds out about a request, for its row: which plan, which facts, which answer."""

from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request

STATE: Final = "noted"


@dataclass(frozen=True)
class Noted:
    """What is known of a request so far; empty where nothing is. The columns of `Done` by the same names."""

    plan: str = ""
    inputs_hash: str = ""
    elections_hash: str = ""
    answer_hash: str = ""


def note(
    request: Request, *, plan: str = "", inputs_hash: str = "", elections_hash: str = "", answer_hash: str = ""
) -> None:
    """Adds to what is known of a request; of two, what is told later stands."""
    now: Noted = getattr(request.state, STATE, Noted())
    setattr(
        request.state,
        STATE,
        replace(
            now,
            plan=plan or now.plan,
            inputs_hash=inputs_hash or now.inputs_hash,
            elections_hash=elections_hash or now.elections_hash,
            answer_hash=answer_hash or now.answer_hash,
        ),
    )
