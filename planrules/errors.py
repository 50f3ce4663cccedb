"""The named errors of planrules, all of one shape: what, where, why, what to do.

No message ever holds a personal value (a date, an amount, a name): it names the field, the row and the rule.
`code` is stable and documented in docs/reference/errors.md; command line exit codes follow `exit_code`
(1 findings in a plan, 2 usage, 3 bad data).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        what: the rule that was broken, in a few words.
        where: file, option, table, row and column, as far as they apply.
        why: the reason the rule exists or the citation behind it.
        do: what the reader should do about it.
        code: short stable name of the rule, where a check tells one from another by it; else empty.
        cites: the options of the form it is about, where it is about any.
    """

    what: str
    where: str
    why: str
    do: str
    code: str = ""
    cites: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.why} {self.do}".strip()

    def as_dict(self) -> dict[str, str]:
        """The four parts by name, for JSON."""
        return {"what": self.what, "where": self.where, "why": self.why, "do": self.do}


class PlanrulesError(Exception):
    """Anything planrules refuses; holds every `Problem` found, not only the first."""

    code: ClassVar[str] = "planrules"
    exit_code: ClassVar[int] = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ElectionsError(PlanrulesError):
    """An elections file or a plan facts file that the form does not allow."""

    code = "elections"
    exit_code = 1


class FileError(PlanrulesError):
    """A file that cannot be read at all, so that nothing can be said about what it holds."""

    code = "file"


class LawError(PlanrulesError):
    """A statutory amount or change of law that is not on file for the date asked."""

    code = "law"


class PeopleError(PlanrulesError):
    """Facts about a person that cannot all be true, or cannot be read."""

    code = "people"


class UnsupportedElectionError(PlanrulesError):
    """A valid election whose effect the engine does not evaluate: it says so and never guesses."""

    code = "unsupported_election"
    exit_code = 1
