"""One employer's form as far as it can be read: what is checked, filled and marked, however wrong it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from planrules.dates import MonthDay
from planrules.elections import Draft
from planrules.form import Form
from planrules.plan.readings import catalogue
from planrules.supplements import PlanYearEnd, Supplement

_UNPLACED = frozenset({"unknown_option", "no_box"})
"""The problems of a key that stands for no box."""


@dataclass(frozen=True)
class Sheet:
    """The boxes and blanks of a draft, asked by citation."""

    form: Form
    draft: Draft

    @property
    def checked(self) -> Mapping[str, Mapping[str, Any]]:
        """The blanks that could be read, by the citation of each checked box."""
        found: Mapping[str, Mapping[str, Any]] = self.draft.found["checked"]
        return found

    @property
    def marks(self) -> tuple[str, ...]:
        """The sections, groups and options marked N/A."""
        found: tuple[str, ...] = self.draft.found["not_applicable"]
        return found

    def has(self, reference: str) -> bool:
        """Whether a box is checked or a blank filled; a blank is named after a colon (`5.03(b):non_top_heavy`)."""
        citation, _, blank = reference.partition(":")
        return self.blank(citation, blank) is not None if blank else citation in self.checked

    def any_of(self, references: Iterable[str]) -> bool:
        """Whether one of these boxes is checked or blanks filled."""
        return any(self.has(reference) for reference in references)

    def blank(self, citation: str, name: str) -> Any:  # noqa: ANN401  the type depends on the blank's
        """What is written in a blank; null when the box is not checked or the blank empty or unreadable."""
        return self.checked.get(citation, {}).get(name)

    def only(self, *citations: str) -> str | None:
        """The one of these options that is checked; null when none is, or more than one."""
        checked = [citation for citation in citations if self.has(citation)]
        return checked[0] if len(checked) == 1 else None

    def touched(self, citation: str) -> bool:
        """Whether anything at or under a section or option is checked, filled or marked N/A."""
        inside = (citation, f"{citation}(")
        return any(key == inside[0] or key.startswith(inside[1]) for key in (*self.checked, *self.marks))

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Sections in which a key could not be placed, so that an empty box there may only be written wrongly."""
        cites = [cite for each in self.draft.problems if each.code in _UNPLACED for cite in each.cites]
        return frozenset(cite.removeprefix("AA ").partition("(")[0] for cite in cites)

    def is_doubtful(self, citation: str) -> bool:
        """Whether a section, group or option stands in such a section."""
        return citation.partition("(")[0] in self.doubtful

    def supplement(self, citation: str) -> Supplement | None:
        """The meaning given to a free text; null when none is given or it cannot be read."""
        found: Supplement | None = self.draft.found["supplements"].get(citation)
        return found

    @property
    def effective_on(self) -> date | None:
        """The Effective Date; null when it is not filled in."""
        found: date | None = self.blank("1.18", "new_plan_effective_on") or self.blank("1.18", "restated_effective_on")
        return found

    @property
    def plan_year_ends(self) -> MonthDay | None:
        """The last day of every Plan Year; null when it is not filled in or left to free text without a meaning."""
        meant = self.supplement("1.17(b)")
        found: MonthDay | None = self.blank("1.17(a)", "ends_every")
        return found or (meant.ends_every if isinstance(meant, PlanYearEnd) else None)

    @cached_property
    def readings(self) -> Mapping[str, str]:
        """The option in force for every reading: the one chosen, where it exists, else the one evaluated."""
        chosen: Mapping[str, str] = self.draft.found["readings"]
        evaluated = {name: reading.evaluated for name, reading in catalogue().items()}
        known = {name: option for name, option in chosen.items() if option in _options(name)}
        return evaluated | known


def _options(reading: str) -> Mapping[str, str]:
    found = catalogue().get(reading)
    return found.options if found else {}
