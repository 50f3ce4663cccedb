"""What the form on one person's facts asks, for its page and for its JSON."""

from collections.abc import Mapping
from typing import Any, Final

from planrules.answers.words import class_in_words
from planrules.plan import Terms
from planrules.web.cases import Case, Want
from planrules.web.pages.reading import ACCOUNTS, REASONS, employers
from planrules.web.personal import person_as_json
from planrules.web.site import HostedPlan

QUESTIONS: Final[Mapping[Want, str]] = {
    "join": "When they can join the plan",
    "own": "What they own of the Employer’s money",  # noqa: RUF001  the apostrophe of the pages
    "paid": "When they can be paid",
}
"""What can be asked, in the words of the form."""


def asked(terms: Terms) -> dict[str, Any]:
    """What the form of a plan offers to choose from.

    `predecessors` are former employers whose service counts; `left_out` are the classes that the plan leaves
    out, in words.
    """
    named = employers(terms)
    return {
        "questions": QUESTIONS,
        "employers": named,
        "predecessors": [name for name in named if name not in terms.service.own_employers],
        "left_out": [class_in_words(name) for name in terms.participation.excluded_classes],
        "classes": {name: class_in_words(name) for name in terms.known_classes},
        "reasons": REASONS,
        "accounts": ACCOUNTS,
    }


def form_as_json(hosted: HostedPlan, case: Case | None = None) -> dict[str, Any]:
    """What the form asks, and the facts it stands on; without a case nothing is known yet, and these are null."""
    terms, person = hosted.plan.terms, None if case is None else case.person
    return {
        "plan": hosted.plan.reference.model_dump(mode="json"),
        "asks": {**asked(terms), "asks_an_age": terms.participation.asks_an_age},
        "as_of": None if case is None else case.as_of.isoformat(),
        "asked": None if case is None else list(case.wants),
        "source": None if case is None else case.source,
        "person": None if person is None else person_as_json(person),
        "taken_as_it_stands": [] if case is None else list(case.taken),
    }
