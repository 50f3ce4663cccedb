"""One row of the audit log."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """What was asked and answered, by hashes: no personal value stands in it.

    Attributes:
        who: the login or the name of the token that asked; "local" where neither is needed.
        what: the kind of request: "answer", "evaluation", "page", "page, other readings",
            "what if" or "list". A letter is made of a page.
        plan: the id of the plan; empty where none was asked.
        inputs_hash: SHA-256 over the facts and the day asked for.
        elections_hash: SHA-256 over elections, facts and readings, as an answer names it.
        answer_hash: SHA-256 over the answer's JSON; empty where there is none.
        status: "answered", or the code of the error that refused.
    """

    who: str
    what: str
    plan: str
    inputs_hash: str
    elections_hash: str
    answer_hash: str
    status: str
