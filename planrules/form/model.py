"""The form as data: sections, groups of options, options and blanks, each with its citation and our own label.

Everything is frozen and refuses what it does not know. The "choose" rule of a group is data here: the models only
check that it names options the form has.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator

BlankType = Literal[
    "date",
    "month_day",
    "month_days",
    "percent",
    "percents",
    "hours",
    "money",
    "age",
    "years",
    "months",
    "integer",
    "text",
    "texts",
    "schedule",
    "choice",
]

ChooseRule = Literal["exactly_one", "at_least_one", "any_combination", "sole_or_some", "all"]

_Limit = Annotated[date, Strict()] | Decimal

_UNITS: Mapping[str, str] = {
    "age": "years of age",
    "hours": "Hours of Service",
    "money": "US dollars",
    "months": "months",
    "years": "years",
}
"""What the numbers of a type count, where the form's data says nothing else."""
_UNIT_TOLD = frozenset({"integer", "percent", "percents", "schedule"})


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Blank(_Frozen):
    """A place to write on the form.

    Attributes:
        name: ours; the key under the option in an elections file.
        type: what may be written there (see `planrules.form.values`).
        unit: what its number counts, or what its percentage is of; null for dates and words.
        required: whether the option means nothing without it.
        min: the least number or earliest date, by the form's note; null when there is none. Numbers are never negative.
        max: the greatest number or latest date, by the form's note or because a share of a whole is at most 100.
        values: what a `choice` may be; empty for other types.
        pattern: regular expression a text must match in full; null when any text will do.
        rising: whether the percentages of a schedule may not fall as the years rise.
        last_row: the years of the last row the form prints for a schedule; null where its rows are typed.
        cites: the law behind the limit; empty where the form sets it on its own.
    """

    name: str
    type: BlankType
    unit: str | None = None
    required: bool = True
    min: _Limit | None = None
    max: _Limit | None = None
    values: tuple[str, ...] = ()
    pattern: str | None = None
    rising: bool = False
    last_row: int | None = None
    cites: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _counted_in(cls, given: Any) -> Any:  # noqa: ANN401  as pydantic hands it over
        return {"unit": _UNITS.get(str(given.get("type"))), **given} if isinstance(given, Mapping) else given

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.type == "choice") != bool(self.values):
            msg = f"{self.name}: values belong to a choice, and a choice needs them"
            raise ValueError(msg)
        if self.pattern is not None:
            re.compile(self.pattern)
        return self


class Choose(_Frozen):
    """How many options of a group the form allows.

    Attributes:
        rule: `exactly_one`; `at_least_one`; `any_combination` (none is fine too); `sole_or_some` (one of `sole` on its
            own, or at least one of the others); `all` (each must be completed). It counts every option of the group
            but the `additional` ones.
        sole: for `sole_or_some`, the options that stand alone.
        additional: options available only beside one that the rule counts.
        optional: the group may be left out where it does not apply to the plan.
        na_allowed: the group may be marked N/A.
        when: the group applies only if one of these options is checked; always when empty.
        unless: the group does not apply if one of these options is checked.
    """

    rule: ChooseRule
    sole: tuple[str, ...] = ()
    additional: tuple[str, ...] = ()
    optional: bool = False
    na_allowed: bool = False
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.rule == "sole_or_some") != bool(self.sole):
            msg = "sole options belong to the rule sole_or_some, which needs them"
            raise ValueError(msg)
        return self


class Option(_Frozen):
    """A box of the form, or a lettered heading without one.

    Attributes:
        citation: its full citation, such as 2.01(b)(1).
        label: what checking it means, in our words.
        group: citation of the group it is chosen in.
        box: false for a heading that only holds further options or a blank.
        na_allowed: whether N/A may stand beside it.
        only_with: available only beside one of these options or filled blanks (`5.03(b):non_top_heavy`).
        required_with: must be checked if one of these is.
        not_with: not available if one of these is checked or filled.
        note: what the form's note adds, in our words.
    """

    citation: str
    label: str
    group: str
    box: bool = True
    na_allowed: bool = False
    blanks: tuple[Blank, ...] = ()
    groups: tuple["Group", ...] = ()
    only_with: tuple[str, ...] = ()
    required_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    note: str | None = None

    @property
    def references(self) -> tuple[str, ...]:
        """Every option or blank this one's conditions name."""
        return (*self.only_with, *self.required_with, *self.not_with)


class Group(_Frozen):
    """Options between which the form lets one choose.

    Attributes:
        citation: first and last option, such as 2.01(j)-(k); the option's own citation when it is alone.
        parent: citation of the section or option the group stands under.
    """

    citation: str
    label: str
    parent: str
    choose: Choose
    options: tuple[Option, ...] = Field(min_length=1)
    note: str | None = None


class Section(_Frozen):
    """A numbered section, or the addendum, the execution page or the participation agreement.

    Attributes:
        citation: its number; `addendum`, `execution` and `participation` have no number.
        article: the Roman number of its article, or the name of the part outside the articles.
        optional: the whole part may be left empty where it does not apply to the plan.
        blanks: those that stand beside no box; an elections file fills them under the section's own citation.
    """

    citation: str
    title: str
    article: str
    na_allowed: bool = False
    optional: bool = False
    blanks: tuple[Blank, ...] = ()
    groups: tuple[Group, ...] = ()
    note: str | None = None

    @property
    def top_options(self) -> tuple[Option, ...]:
        """The options directly under the section, in the form's order."""
        return tuple(option for group in self.groups for option in group.options)


class Form(_Frozen):
    """A whole adoption agreement form, looked up by citation."""

    name: str
    title: str
    basic_plan_document: str
    sections: tuple[Section, ...]

    @cached_property
    def section(self) -> Mapping[str, Section]:
        """The sections by citation."""
        return {section.citation: section for section in self.sections}

    @cached_property
    def option(self) -> Mapping[str, Option]:
        """Every option and sub-option by full citation, in the form's order."""
        return {option.citation: option for section in self.sections for option in _options(section.groups)}

    @cached_property
    def group(self) -> Mapping[str, Group]:
        """Every group by citation, in the form's order."""
        return {group.citation: group for section in self.sections for group in _walk(section.groups)}

    @cached_property
    def fillable(self) -> tuple[str, ...]:
        """The citations an elections file may have as keys: boxes, and whatever has blanks, in the form's order."""
        found = []
        for section in self.sections:
            found += [section.citation] if section.blanks else []
            found += [option.citation for option in _options(section.groups) if option.box or option.blanks]
        return tuple(found)

    def blanks_of(self, citation: str) -> Mapping[str, Blank]:
        """The blanks of an option or section by name; KeyError if the form has neither."""
        blanks = self.option[citation].blanks if citation in self.option else self.section[citation].blanks
        return {blank.name: blank for blank in blanks}

    def section_of(self, citation: str) -> Section | None:
        """The section a citation begins with, whether or not the rest exists; null if the form has none such."""
        return self.section.get(citation.partition("(")[0])

    @model_validator(mode="after")
    def _citations_hold(self) -> Self:
        problems = [*_twice(self.sections), *self._dangling(), *self._uncounted()]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _dangling(self) -> Iterator[str]:
        for option in self.option.values():
            yield from (f"{option.citation} refers to {name}" for name in option.references if not self._exists(name))
        for group in self.group.values():
            choose, here = group.choose, {option.citation for option in group.options}
            named = {*choose.sole, *choose.additional} - here
            yield from (f"{group.citation} refers to {name}, not one of its options" for name in named)
            outside = (*choose.when, *choose.unless)
            yield from (f"{group.citation} refers to {name}" for name in outside if name not in self.option)

    def _uncounted(self) -> Iterator[str]:
        for citation in self.fillable:
            for blank in self.blanks_of(citation).values():
                if blank.type in _UNIT_TOLD and blank.unit is None:
                    yield f"{citation} {blank.name} does not say what its number counts"

    def _exists(self, name: str) -> bool:
        citation, _, blank = name.partition(":")
        known = citation in self.option or citation in self.section
        return known and (not blank or blank in self.blanks_of(citation))


def _walk(groups: tuple[Group, ...]) -> Iterator[Group]:
    for group in groups:
        yield group
        for option in group.options:
            yield from _walk(option.groups)


def _options(groups: tuple[Group, ...]) -> Iterator[Option]:
    for group in groups:
        for option in group.options:
            yield option
            yield from _options(option.groups)


def _twice(sections: tuple[Section, ...]) -> Iterator[str]:
    """What has the same citation as something else, or one that does not continue its parent's."""
    seen = {section.citation for section in sections}
    for section in sections:
        parents = {group.citation: group.parent for group in _walk(section.groups)}
        for option in _options(section.groups):
            if option.citation in seen or not option.citation.startswith(f"{parents[option.group]}("):
                yield f"{option.citation} is out of place"
            seen.add(option.citation)
