"""What somebody answers for: a finding of `planrules check`, the reason, and the reading that settles it."""

from pydantic import BaseModel, ConfigDict, Field

from planrules.errors import Problem
from planrules.parts import model_part


class Acknowledgment(BaseModel):
    """One entry of `acknowledged` in an elections file.

    Attributes:
        finding: the finding's code, or a citation it names, such as 6.02(a).
        reason: why the agreement can stand as it is.
        reading: the reading that settles what it means; null when none does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    finding: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    reading: str | None = None


def read_acknowledgments(given: object, where: str, problems: list[Problem]) -> tuple[Acknowledgment, ...]:
    """The entries that can be read; what is wrong with the others is added to `problems`."""
    if given is None:
        return ()
    place = f"{where}, acknowledged"
    if not isinstance(given, list | tuple):
        do = "Write a list of `{finding: ..., reason: ..., reading: ...}`."
        problems.append(Problem("`acknowledged` is not a list", place, "It lists findings.", do, "not_a_list"))
        return ()
    entries = dict(enumerate(given, start=1))
    read = [model_part(Acknowledgment, entries, number, place, problems) for number in entries]
    return tuple(entry for entry in read if entry is not None)
