"""Any filling of a form that its own data allows: the rules of choice, the conditions between options, the blanks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from planrules.elections import Elections, parse_elections
from planrules.form.checked import NOTE
from planrules.form.load import FORMS, load_form
from planrules.form.model import Blank, Form, Group, Option, Section
from planrules.testing.values import phrases, values

_NEEDS_ONE = frozenset({"exactly_one", "at_least_one", "sole_or_some", "all"})
Words = Mapping[str, Mapping[str, Collection[str]]]

_SELDOM = (False, False, False, True)


@st.composite
def elections_data(
    draw: st.DrawFn,
    form: Form | None = None,
    *,
    notes: bool = True,
    options: Collection[str] | None = None,
    words: Words | None = None,
) -> dict[str, Any]:
    """Draw the content of an elections file, as `parse_elections` takes it: no supplements and no readings.

    Args:
        draw: as Hypothesis hands it over.
        form: the form to fill in; without it the first that planrules knows.
        notes: whether words may be typed in the margin beside boxes.
        options: the only options that may be checked; any where it is null.
        words: for some blanks, by citation and name, the only words that may be written there.
    """
    filling = _Filling(draw, form or load_form(FORMS[0]), notes=notes, options=options, words=words or {})
    for section in filling.form.sections:
        filling.section(section)
    return filling.data()


def elections(
    form: Form | None = None,
    *,
    notes: bool = True,
    options: Collection[str] | None = None,
    words: Words | None = None,
) -> st.SearchStrategy[Elections]:
    """Draw elections that the form allows; the arguments are those of `elections_data`."""
    drawn = elections_data(form, notes=notes, options=options, words=words)
    return drawn.map(lambda data: parse_elections(data, "drawn elections"))


@dataclass
class _Filling:
    """A form being filled in, in its own order.

    Attributes:
        wanted: for options already checked that need a later one beside them, the later ones of which one will do.
    """

    draw: Callable[[st.SearchStrategy[Any]], Any]
    form: Form
    notes: bool
    options: Collection[str] | None
    words: Words
    checked: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    wanted: list[tuple[str, ...]] = field(default_factory=list)
    done: set[str] = field(default_factory=set)

    def data(self) -> dict[str, Any]:
        """The content of the file; who the employer is and what the plan is called are what the form says."""
        signed = self.checked.get("execution", {})
        employer = {"name": signed.get("employer_name"), "ein": signed.get("employer_ein")}
        plan = {"name": self.checked.get("1.03", {}).get("plan_name"), "number": signed.get("plan_number")}
        return {
            "form": self.form.name,
            "employer": {key: value for key, value in employer.items() if value is not None},
            "plan": {key: value for key, value in plan.items() if value is not None},
            "not_applicable": self.marks,
            "checked": self.checked,
        }

    def section(self, section: Section) -> None:
        """Fills in a section, or marks it N/A, or leaves it empty where the form allows that."""
        can = all(self._can_be_filled(group) for group in section.groups)
        if section.na_allowed and (not can or self._seldom()):
            self.marks.append(section.citation)
        elif not section.optional or self._seldom():
            if blanks := self._blanks(section.citation, section.blanks):
                self.checked[section.citation] = blanks
            for group in section.groups:
                self._group(group, optional=group.choose.optional and not section.optional)
        self.done |= {section.citation, *(option.citation for option in section.top_options)}

    def _group(self, group: Group, *, optional: bool) -> None:
        if not self._applies(group):
            return
        forced = self._forced(group)
        if not forced:
            can = self._can_be_filled(group)
            if group.choose.na_allowed and (not can or self._seldom()):
                self.marks.append(group.citation)
                return
            if optional and (not can or self._seldom()):
                return
        chosen = self._chosen(group, forced)
        for option in group.options:
            is_beside = option.citation in group.choose.additional and self._joins(option, forced)
            if option.citation in chosen or is_beside:
                self._option(option)
            elif option.na_allowed and self._seldom():
                self.marks.append(option.citation)
            self.done.add(option.citation)

    def _option(self, option: Option) -> None:
        """Checks a box, or enters a heading without one, and everything under it."""
        citation = option.citation
        if option.box:
            self.checked[citation] = {}
        if option.only_with and not self._any(option.only_with):
            self.wanted.append(option.only_with)
        if blanks := self._blanks(citation, option.blanks):
            self.checked.setdefault(citation, {}).update(blanks)
        if option.box and self.notes and self.draw(st.integers(0, 40)) == 40:  # noqa: PLR2004  seldom
            self.checked[citation][NOTE] = self.draw(phrases())
        for group in option.groups:
            self._group(group, optional=group.choose.optional)

    def _blanks(self, citation: str, blanks: Sequence[Blank]) -> dict[str, Any]:
        allowed = [blank for blank in blanks if not self._forbidden(f"{citation}:{blank.name}")]
        may = self.options is None or citation in self.options
        filled = [blank for blank in allowed if blank.required or (may and self.draw(st.booleans()))]
        written = {blank.name: values(blank) for blank in filled}
        for name, words in self.words.get(citation, {}).items():
            if name == NOTE or name in written:
                written[name] = st.sampled_from(sorted(words))
        return {name: self.draw(what) for name, what in written.items()}

    # ---- which options ---------------------------------------------------------------

    def _chosen(self, group: Group, forced: set[str]) -> set[str]:
        """The options that the group's rule counts."""
        counted = [option.citation for option in group.options if option.citation not in group.choose.additional]
        can = [citation for citation in counted if self._feasible(self.form.option[citation])]
        must = forced.intersection(counted)
        assume(must <= set(can))
        assume(group.choose.rule != "all" or can == counted)
        return self._counted(group, can, must)

    def _joins(self, option: Option, forced: set[str]) -> bool:
        """Whether an option that stands only beside others is checked."""
        can = self._feasible(option) and (not option.only_with or self._any(option.only_with))
        must = option.citation in forced or self._any(option.required_with)
        assume(can or not must)
        return can and (must or self._seldom())

    def _counted(self, group: Group, counted: list[str], must: set[str]) -> set[str]:
        rule, sole = group.choose.rule, group.choose.sole
        others = [citation for citation in counted if citation not in sole]
        if rule == "all":
            return set(counted)
        if rule == "any_combination":
            return must | self._some(counted)
        assume(counted)
        if rule == "exactly_one":
            assume(len(must) <= 1)
            return must or {self.draw(st.sampled_from(counted))}
        if rule == "sole_or_some" and not must and (not others or self.draw(st.booleans())):
            return {self.draw(st.sampled_from([citation for citation in counted if citation in sole] or counted))}
        some = must | self._some(others)
        return some or {self.draw(st.sampled_from(others))}

    def _some(self, citations: Sequence[str]) -> set[str]:
        return {citation for citation in citations if self._seldom()}

    def _forced(self, group: Group) -> set[str]:
        """The options that must be checked: required by others, or wanted beside others, with what they need here."""
        here = {option.citation: option for option in group.options}
        forced = {citation for citation, option in here.items() if self._any(option.required_with)}
        for names in self.wanted:
            if not self._any(names) and not forced.intersection(names):
                forced |= set(self._paths(names, here))
        for citation in sorted(forced):
            needs = here[citation].only_with
            inside = [name for name in needs if name in here]
            if needs and not self._any(needs) and inside and not forced.intersection(inside):
                forced.add(self.draw(st.sampled_from(inside)))
        return forced

    def _paths(self, names: Sequence[str], here: Mapping[str, Option]) -> list[str]:
        """One option of a group by which one of the names is reached."""
        ways = [citation for citation in here for name in names if _leads(citation, name)]
        return [self.draw(st.sampled_from(ways))] if ways else []

    # ---- conditions ---------------------------------------------------------------------

    def _feasible(self, option: Option) -> bool:
        """Whether an option is available, and so is enough of what it then asks for."""
        if self._any(option.not_with) or self._forbidden(option.citation):
            return False
        if self.options is not None and option.box and option.citation not in self.options:
            return False
        if option.only_with and not self._any(option.only_with) and not self._still_to_come(option.only_with):
            return False
        return all(self._can_be_filled(group) for group in option.groups)

    def _can_be_filled(self, group: Group) -> bool:
        if group.choose.rule not in _NEEDS_ONE or not self._applies(group):
            return True
        counted = (option for option in group.options if option.citation not in group.choose.additional)
        enough = all if group.choose.rule == "all" else any
        return enough(self._feasible(option) for option in counted)

    def _applies(self, group: Group) -> bool:
        choose = group.choose
        return (not choose.when or self._any(choose.when)) and not self._any(choose.unless)

    def _still_to_come(self, names: Sequence[str]) -> bool:
        return any(not self._passed(name) for name in names)

    def _passed(self, name: str) -> bool:
        return any(_leads(citation, name) for citation in self.done)

    def _any(self, names: Sequence[str]) -> bool:
        return any(self._holds(name) for name in names)

    def _holds(self, name: str) -> bool:
        citation, _, blank = name.partition(":")
        return citation in self.checked and (not blank or blank in self.checked[citation])

    def _forbidden(self, name: str) -> bool:
        return any(
            name in self.form.option[citation].not_with for citation in self.checked if citation in self.form.option
        )

    def _seldom(self) -> bool:
        return bool(self.draw(st.sampled_from(_SELDOM)))


def _leads(citation: str, name: str) -> bool:
    """Whether an option is another one, or the one it stands under."""
    target = name.partition(":")[0]
    return target == citation or target.startswith(f"{citation}(")
