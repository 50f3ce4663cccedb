"""What a property is: something the law or the document promises to everybody, with a way to see it broken."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from planrules.plan import Terms
from planrules.testing.case import Case

ACCOUNTS: Mapping[str, str] = {
    "deferral": "the elective deferral account",
    "regular_matching": "the match account",
    "employer": "the account of the Employer's other money",
    "qualified_nonelective": "the account of qualified nonelective contributions",
}
"""The accounts in words, by the names of the answer."""


class Claim(NamedTuple):
    """One thing that a property says of one person.

    Attributes:
        holds: whether the engine's answer keeps it.
        expected: what the answer has to be.
        found: what it is.
        why: the facts that decide it.
        on: the day it is of, where that is another than the day asked about.
    """

    holds: bool
    expected: object
    found: object
    why: str
    on: date | None = None


def always(_: Terms) -> None:
    """The property is about every plan."""
    return


@dataclass(frozen=True)
class Property:
    """A promise to everybody in a plan.

    Attributes:
        name: in snake_case.
        cites: the statute, regulation or section of the document that makes the promise.
        statement: the promise in words.
        reads: the fields of the answer it looks at; a ledger's as ledger.field.
        beside: the variants of a trial it compares with.
        not_about: why the property does not apply to a plan; null when it does.
        claims: what it says of one person; nothing where the person is not concerned.
    """

    name: str
    cites: tuple[str, ...]
    statement: str
    reads: tuple[str, ...]
    beside: tuple[str, ...]
    not_about: Callable[[Terms], str | None]
    claims: Callable[[Case], Iterable[Claim]]

    def broken(self, case: Case) -> Claim | None:
        """The first claim that the answer does not keep, sooner one of the plan's life; null when it keeps them all."""
        return gravest(self.claims(case), case.terms)


def gravest(claims: Iterable[Claim], terms: Terms) -> Claim | None:
    """The first claim that is not kept, sooner one of the plan's life; null when all are kept."""
    broken = (claim for claim in claims if not claim.holds)
    return min(broken, key=lambda claim: before_the_plan(claim, terms), default=None)


def before_the_plan(claim: Claim, terms: Terms) -> bool:
    """Whether a claim is of a day on which the plan was not in force yet."""
    return claim.on is not None and claim.on < terms.participation.effective_date


def stated(
    *cites: str,
    reads: tuple[str, ...],
    beside: tuple[str, ...] = (),
    not_about: Callable[[Terms], str | None] = always,
) -> Callable[[Callable[[Case], Iterator[Claim]]], Property]:
    """Makes a property of a function: its name, and as the statement its docstring."""

    def made(claims: Callable[[Case], Iterator[Claim]]) -> Property:
        statement = " ".join((claims.__doc__ or "").split())
        return Property(claims.__name__, cites, statement, reads, beside, not_about, claims)

    return made
