"""Vesting no slower than the law allows, and an Integration Level no higher (AA 3.04(i)(2), 5.03)."""

from collections.abc import Iterator, Mapping

from planrules import law as statute
from planrules.check.across.vesting import Rows, percent, schedules
from planrules.check.legal import LawOfADay
from planrules.check.report import Finding
from planrules.check.sheet import Sheet
from planrules.check.wording import cites, day_words, listed
from planrules.errors import LawError
from planrules.law import MinimumSchedule, VestingMinimum
from planrules.law.minimum_vesting import Money

_WORDS: Mapping[Money, str] = {"matching": "matching contributions", "nonelective": "nonelective contributions"}


def vesting_findings(sheet: Sheet, law: LawOfADay) -> Iterator[Finding]:
    """A finding for each schedule that is slower than all that the law lets a plan choose (IRC 411(a), 416(b))."""
    for citation, (top_heavy, other) in schedules(sheet).items():
        reached = _money(sheet, citation)
        if top_heavy:
            yield from _slow(citation, "Top Heavy schedule", top_heavy, _minimums(law, reached, top_heavy=True))
        if rows := other or top_heavy:
            name = "Non Top Heavy schedule" if other else "only schedule"
            yield from _slow(citation, name, rows, _minimums(law, reached, top_heavy=False))


def integration_findings(sheet: Sheet, law: LawOfADay) -> Iterator[Finding]:
    """An Integration Level in dollars above the taxable wage base of the first Plan Year (note at AA 3.04(i)(2))."""
    level = sheet.blank("3.04(i)(2)", "amount")
    try:
        base = statute.limit("taxable_wage_base", law.plan_year_start.year)
    except LawError:
        return
    if level is not None and level > base.amount:
        what = f"3.04(i)(2) sets ${level:,}, above the taxable wage base of ${base.amount:,}"
        first = day_words(law.plan_year_start)
        why = f"The Integration Level may not exceed the base on the first day of the Plan Year, {first}."
        do = "Set an amount within it, or a percentage of it under 3.04(i)(1)."
        yield Finding.of("integration_level_too_high", (*cites(["3.04(i)(2)"]), "IRC 401(l)"), what, why, do)


def _money(sheet: Sheet, citation: str) -> tuple[Money, ...]:
    """The money a schedule is for: that of 5.03(b) also reaches matching contributions unless 5.03(c) has its own."""
    if citation == "5.03(c)(2)":
        return ("matching",)
    matching = sheet.has("3.01(b)") and not sheet.has("5.03(c)")
    return ("matching", "nonelective") if matching else ("nonelective",)


def _minimums(law: LawOfADay, reached: tuple[Money, ...], *, top_heavy: bool) -> dict[Money, VestingMinimum]:
    found = {money: law.vesting_minimum(money, top_heavy=top_heavy) for money in reached}
    return {money: minimum for money, minimum in found.items() if minimum}


def _slow(citation: str, name: str, rows: Rows, minimums: Mapping[Money, VestingMinimum]) -> Iterator[Finding]:
    slow = {money: minimum for money, minimum in minimums.items() if not minimum.allows(rows)}
    if not slow:
        return
    options = {option.name: option for minimum in slow.values() for option in minimum.options}
    found = (*cites([citation]), *dict.fromkeys(cite for minimum in slow.values() for cite in minimum.cites))
    unknown = [each for each, option in options.items() if option.percents is None]
    what = f"{citation}: the {name} for {listed([_WORDS[money] for money in slow])}"
    if unknown:
        why = f"The steps of {listed(unknown)} are not on file, so it is not known whether the schedule is fast enough."
        do = "Compare the schedule with the law of its day."
        yield Finding.of("cannot_be_checked", found, f"{what} could not be compared with the law", why, do)
        return
    gaps = [_gap(rows, option) for option in options.values()]
    allowed = listed([f"the {option}" for option in options], "or")
    why = f"At every number of years a schedule has to be at least as fast as {allowed}, one of them throughout."
    what = f"{what} is slower than {listed(gaps, 'and than')}"
    yield Finding.of("vesting_too_slow", found, what, why, "Elect a schedule that is fast enough.")


def _gap(rows: Rows, option: MinimumSchedule) -> str:
    """Where a schedule first falls behind one that the law allows."""
    steps = sorted((option.percents or {}).items())
    years, least = next((each for each in steps if percent(rows, each[0]) < each[1]), steps[-1])
    return f"the {option.name} ({percent(rows, years)}% at {years} Years of Service, the law asks for {least}%)"
