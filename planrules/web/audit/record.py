"""The rows of the audit log: what was asked of the engine, and what else was done or refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """What was asked and answered, by hashes: no personal value stands in it.

    Attributes:
        who: the login or the name of the token that asked; "local" where neither is needed.
        what: the kind of request: "answer", "evaluation", "page", "page, other readings",
            "what if", "list" or "change of elections". A letter is made of a page.
        plan: the id of the plan; empty where none was asked.
        inputs_hash: SHA-256 over the facts and the day asked for; over the JSON as it came where it is no person, and
            over the elections and plan facts that a change puts in force.
        elections_hash: SHA-256 over elections, facts and readings, as an answer names it.
        answer_hash: SHA-256 over the answer's JSON; empty where there is none.
        status: "answered", "changed", "unchanged" where a change is in force already, or the code of the error that
            refused.
    """

    who: str
    what: str
    plan: str
    inputs_hash: str
    elections_hash: str
    answer_hash: str
    status: str


@dataclass(frozen=True)
class Done:
    """What a request did, or was refused: a letter printed, an upload, a sign-in. No personal value stands in it.

    Attributes:
        who: the login or the name of the token; "local" where neither is needed. Where a sign-in fails, the login that
            was tried, if there is one of this name; empty where nobody knows who it is.
        what: what was done, as `routes.yaml` calls it; "sign in", or "request" for anything that has no name there.
        route: the method and the address with names in place of what stands in them; "(any)" of several requests.
        status: the HTTP status of the reply.
        refused: why it was refused, in a word; empty where it was not.
        plan: the id of the plan; empty where it is about none.
        inputs_hash: SHA-256 over the facts and the day asked for; where they could not be read, over the fields of the
            form, the body or the files that they stood in; empty where it brought no facts.
        elections_hash: SHA-256 over elections, facts and readings; empty where it is about no plan.
        answer_hash: SHA-256 over the answer's JSON, the same as in the row of the question; empty where none was shown.
        times: how many requests the row stands for; more than one only of such as were refused alike.
    """

    who: str
    what: str
    route: str
    status: int
    refused: str = ""
    plan: str = ""
    inputs_hash: str = ""
    elections_hash: str = ""
    answer_hash: str = ""
    times: int = 1
