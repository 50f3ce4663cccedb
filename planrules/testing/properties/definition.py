"""What a property is: something the law or the document promises to everybody, with a way to see it broken."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from planrules.plan import Terms
from planrules.testing.case import Case


class Claim(NamedTuple):
    """One thing that a property says of one person.

    Attributes:
        holds: whether the engine's answer keeps it.
        expected: what the answer has to be.
        found: what it is.
        why: the facts that decide it.
    """

    holds: bool
    expected: object
    found: object
    why: str


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
        """The first claim that the answer does not keep; null when it keeps them all."""
        return next((claim for claim in self.claims(case) if not claim.holds), None)


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
