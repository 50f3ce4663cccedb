"""The form's "choose" rules, read from its data: how many boxes of a group are checked, and whether each part is done.

Nothing here knows a section. A group that does not apply to the plan, is marked N/A where that is allowed, or stands
under a box that is not checked asks for nothing.
"""

from collections.abc import Iterator, Sequence

from planrules.check.report import Finding
from planrules.check.settling import advice, settling
from planrules.check.sheet import Sheet
from planrules.check.wording import cites, letters, listed, named
from planrules.form import Group, Option, Section

AMEND = (
    "Compare it with the signed page. If it is signed so, have the agreement amended so that it makes one clear "
    "choice, or acknowledge the finding."
)
_RULES = {
    "exactly_one": "exactly one of {options}",
    "at_least_one": "at least one of {options}",
    "sole_or_some": "{sole} alone, or at least one of {options}",
    "all": "{options}, each of them",
}


def choice_findings(sheet: Sheet) -> Iterator[Finding]:
    """What breaks a "choose" rule of the form, in the form's order."""
    for section in sheet.form.sections:
        yield from _section(sheet, section)


def _section(sheet: Sheet, section: Section) -> Iterator[Finding]:
    citation = section.citation
    if citation in sheet.marks:
        if not section.na_allowed:
            yield _not_to_be_marked(citation, f"Section {citation} ({section.title})")
    elif not sheet.touched(citation):
        yield from _empty_section(sheet, section)
    else:
        required = [blank.name for blank in section.blanks if blank.required]
        if required and citation not in sheet.checked and not sheet.is_doubtful(citation):
            what = f"Section {citation} ({section.title}): {listed(required)} not filled in"
            yield Finding.of("not_completed", cites([citation]), what, "The form has blanks for it.", "Fill it in.")
        for group in section.groups:
            yield from _group(sheet, group, optional=group.choose.optional and not section.optional)


def _empty_section(sheet: Sheet, section: Section) -> Iterator[Finding]:
    asks = any(blank.required for blank in section.blanks) or any(
        group.choose.rule != "any_combination" and not group.choose.optional and _applies(sheet, group)
        for group in section.groups
    )
    if section.optional or not asks or sheet.is_doubtful(section.citation):
        return
    code = "neither_chosen_nor_marked" if section.na_allowed else "section_left_empty"
    what = f"Section {section.citation} ({section.title}): nothing is checked, filled in or marked N/A"
    yield Finding.of(code, cites([section.citation]), what, "The form asks for a choice here.", "Make the choice.")


def _group(sheet: Sheet, group: Group, *, optional: bool) -> Iterator[Finding]:
    if not _applies(sheet, group):
        yield from _does_not_apply(sheet, group)
        return
    if _marked(sheet, group):
        if not group.choose.na_allowed:
            yield _not_to_be_marked(group.citation, f"{group.citation} ({group.label})")
        return
    yield from _counted(sheet, group, optional=optional)
    for option in group.options:
        yield from _option(sheet, option, group)


def _applies(sheet: Sheet, group: Group) -> bool:
    choose = group.choose
    return (not choose.when or sheet.any_of(choose.when)) and not sheet.any_of(choose.unless)


def _marked(sheet: Sheet, group: Group) -> bool:
    return group.citation in sheet.marks or all(option.citation in sheet.marks for option in group.options)


def _does_not_apply(sheet: Sheet, group: Group) -> Iterator[Finding]:
    # An option with `only_with` is reported by that condition.
    idle = [option.citation for option in group.options if sheet.has(option.citation) and not option.only_with]
    if idle:
        choose = group.choose
        names = listed([named(sheet.form, each) for each in (choose.when or choose.unless)], "or")
        why = f"{group.label}: this part applies only {'with' if choose.when else 'without'} {names}."
        what = f"{listed(idle)} checked in a part that does not apply"
        yield Finding.of("does_not_apply", cites(idle), what, why, "Leave the part empty or mark it N/A.")


def _counted(sheet: Sheet, group: Group, *, optional: bool) -> Iterator[Finding]:
    """How many boxes are checked, against the group's rule."""
    choose = group.choose
    counted = [option for option in group.options if option.citation not in choose.additional]
    checked = [option.citation for option in counted if sheet.has(option.citation)]
    if choose.rule == "any_combination":
        return
    if choose.rule == "all":
        yield from _completed(sheet, group)
    elif not checked:
        if (
            not optional
            and not sheet.is_doubtful(group.citation)
            and not any(sheet.any_of(option.required_with) for option in group.options)
        ):
            yield _none(sheet, group, [option.citation for option in counted])
    elif choose.rule == "exactly_one" and len(checked) > 1:
        yield _too_many(sheet, group, "more_than_one", checked)
    elif choose.rule == "sole_or_some" and len(checked) > 1 and set(choose.sole).intersection(checked):
        yield _too_many(sheet, group, "alone_or_others", checked)


def _completed(sheet: Sheet, group: Group) -> Iterator[Finding]:
    missing = [
        option.citation
        for option in group.options
        if option.citation not in sheet.checked and (option.box or any(blank.required for blank in option.blanks))
    ]
    if missing and not sheet.is_doubtful(group.citation):
        what = f"{group.label}: {listed(missing)} not completed"
        why = f"The form asks for {_asked(group)}."
        yield Finding.of("not_completed", cites(missing), what, why, "Complete what is missing.")


def _none(sheet: Sheet, group: Group, options: Sequence[str]) -> Finding:
    extra = [option for option in group.choose.additional if sheet.has(option)]
    beside = f"; {listed(extra)} can only stand beside one of them" if extra else ""
    what = f"{group.label}: neither {listed(options, 'nor')} is checked{beside}"
    if len(options) != 2:  # noqa: PLR2004  "neither" is said of two
        what = f"{group.label}: none of {listed(options, 'or')} is checked{beside}"
    why, found = f"The form asks for {_asked(group)}.", cites(options)
    if group.choose.na_allowed:
        return Finding.of("neither_chosen_nor_marked", found, what, why, "Make the choice, or mark it N/A.")
    settled = settling(group.citation, ())
    return Finding.of("none_chosen", found, what, why, advice(sheet, AMEND, settled), readings=settled)


def _too_many(sheet: Sheet, group: Group, code: str, checked: Sequence[str]) -> Finding:
    found, what = cites(checked), f"{group.label}: {listed(checked)} are all checked"
    if len(checked) == 2:  # noqa: PLR2004  "both" is said of two
        what = f"{group.label}: both {listed(checked)} are checked"
    labels = "; ".join(named(sheet.form, option) for option in checked)
    settled = settling(group.citation, checked)
    why = f"The form asks for {_asked(group)}. Checked: {labels}."
    return Finding.of(code, found, what, why, advice(sheet, AMEND, settled), readings=settled)


def _asked(group: Group) -> str:
    choose = group.choose
    others = [option.citation for option in group.options if option.citation not in (*choose.additional, *choose.sole)]
    options, sole = (listed(letters(each, group.parent), "or") for each in (others, choose.sole))
    return _RULES[choose.rule].format(options=options, sole=sole)


def _option(sheet: Sheet, option: Option, group: Group) -> Iterator[Finding]:
    citation = option.citation
    if citation in sheet.marks:
        if not option.na_allowed:
            what = f"{named(sheet.form, citation)} is marked N/A"
            why, do = "The form has no N/A here; an empty box says the same.", "Take out the mark."
            yield Finding.of("mark_not_foreseen", cites([citation]), what, why, do)
    elif sheet.has(citation) or (not option.box and group.choose.rule == "all"):
        for inner in option.groups:
            yield from _group(sheet, inner, optional=inner.choose.optional)
    elif sheet.touched(citation) and not sheet.is_doubtful(citation):
        inside = [key for key in sheet.checked if key.startswith(f"{citation}(")]
        what = f"{listed(inside)} checked, but not {named(sheet.form, citation)}"
        why, do = "An option under a box counts only if the box is checked.", f"Check {citation} or uncheck the others."
        yield Finding.of("parent_not_checked", cites([citation, *inside]), what, why, do)


def _not_to_be_marked(citation: str, place: str) -> Finding:
    what, why = f"{place} is marked N/A", "The form asks for a choice here and has no N/A."
    return Finding.of("not_applicable_not_allowed", cites([citation]), what, why, "Make the choice.")
