"""Article III: the match is of pay as a Participant, within the tiers and the yearly limit, and its parts add up."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from planrules.people.models import PayRow
from planrules.plan import Terms
from planrules.plan.matching import Formula
from planrules.testing.case import Case, Row
from planrules.testing.properties.definition import Claim, stated
from planrules.testing.properties.matched_pay import matched_rows

_CENT = Decimal("0.01")
_PERCENT = Decimal(100)
_FIELDS = ("matching.compensation", "matching.eligible_contributions")


def no_match(terms: Terms) -> str | None:
    """Why a property of the match is not about a plan."""
    return None if terms.matching.match_elected else "the plan has no match (AA 3.01(b))"


def _settled(case: Case) -> bool:
    return case.told.settles("total") and case.told.settles("entry_on")


def eligible(row: PayRow, terms: Terms) -> Decimal:
    """What of a pay row is matched (AA 3.01(i))."""
    return sum((getattr(row, name) for name in terms.matching.eligible_contributions_of), Decimal(0))


def compensation(row: PayRow, terms: Terms) -> Decimal | None:
    """The Compensation of a pay row (AA 1.12); null when it, or a part that is left out, is not known."""
    parts = [getattr(row, name) for name in terms.compensation.parts_to_know]
    if row.compensation is None or None in parts:
        return None
    if terms.compensation.elective_contributions_left_out:
        parts.append(row.salary_reduction)
    return max(row.compensation - sum(parts, Decimal(0)), Decimal(0))


def _rows_unsettled(terms: Terms) -> str | None:
    if terms.matching.match_pay_after_separation == "in":
        return "checks paid after the last day are read to count (reading match_pay_after_separation)"
    return no_match(terms)


@stated("IRC 401(k)(2)", "AA 3.01(i)", "Plan 3.06(A)", reads=("entry_on", *_FIELDS), not_about=_rows_unsettled)
def match_counts_only_pay_as_a_participant(case: Case) -> Iterator[Claim]:
    """Deferrals and pay are matched only where they were paid by the Employer on or after entry, to a Participant.

    Pay before entry, in a class left out, of another employer or after the last day is in no allocation period.
    """
    if not _settled(case) or not case.history.never_held_out:
        return
    rows = matched_rows(case)
    if rows is None:
        return
    told = {line["month_end"]: line for line in case.told.matching}
    for end, found in rows.items():
        line = told.pop(end, None)
        due = sum((eligible(row, case.terms) for row in found), Decimal(0))
        why = f"{len(found)} checks paid to a Participant in the period that ends on {end}"
        yield Claim(line is not None and line["eligible_contributions"] == due, due, _of(line), why)
        pay = [compensation(row, case.terms) for row in found]
        if line is not None and None not in pay and line["compensation"] is not None:
            total = sum((each for each in pay if each is not None), Decimal(0))
            yield Claim(line["compensation"] == total, total, line["compensation"], why)
    for end, line in told.items():
        yield Claim(line["match"] == 0 and not _of(line), "no match", line["match"], f"nothing was paid by {end}")


def _of(line: Row | None) -> Decimal | None:
    return None if line is None else line["eligible_contributions"]


@stated("AA 3.01(b)", "Plan 14.06(B)", reads=("total", "allocated_total", "matching.match"), not_about=no_match)
def the_months_add_up_to_the_total(case: Case) -> Iterator[Claim]:
    """The match of all allocation periods is the total, and that of the allocated ones the allocated total.

    Each period stands once, on an allocation date.
    """
    told = case.told
    if not told.settles("total"):
        return
    matches = [line["match"] for line in told.matching]
    if None not in matches and told.value("total") is not None:
        yield Claim(sum(matches, Decimal(0)) == told.value("total"), sum(matches), told.value("total"), "all periods")
    given = [line["match"] for line in told.matching if line["allocated"]]
    if None not in given and told.settles("allocated_total") and told.value("allocated_total") is not None:
        found = told.value("allocated_total")
        yield Claim(sum(given, Decimal(0)) == found, sum(given), found, "the allocated periods")
    ends = [line["month_end"] for line in told.matching]
    yield Claim(ends == sorted(set(ends)), "each period once", len(ends), "the allocation dates")


def _rates(case: Case, formula: Formula, end: date) -> tuple[Decimal, ...] | None:
    """The highest percentages of match that a formula can give on an allocation date; null when none is on file."""
    if formula.percents:
        return formula.percents
    if formula.by_years:
        return (max(percent for _, percent in formula.by_years),)
    entries = [entry for entry in case.terms.matching.match_rates if entry.from_ <= end]
    if not entries:
        return None
    if formula.on_tiers:
        return entries[-1].percents
    return None if entries[-1].rate is None else (entries[-1].rate,)


def _raised(terms: Terms) -> str | None:
    if terms.matching.no_match_below is not None:
        return "the plan has a least match (AA 3.01(h)(5)(ii))"
    return no_match(terms)


@stated(
    *("AA 3.01(h)", "AA 3.01(j)(3)"),
    reads=("matching.match", "matching.compensation_counted", "matching.eligible_contributions"),
    not_about=_raised,
)
def no_match_above_the_tiers(case: Case) -> Iterator[Claim]:
    """What is contributed above the tiers is not matched, and no tier at more than its rate.

    Of the periods of a Plan Year together, to a cent a period, tier and formula.
    """
    matching, most, found = case.terms.matching, Decimal(0), Decimal(0)
    if not _settled(case):
        return
    for end, lines in _by_plan_year(case):
        most, found = Decimal(0), Decimal(0)
        for line in lines:
            for formula in matching.formulas:
                bound = _bound(case, formula, line)
                if bound is None or line["match"] is None:
                    return
                most += bound
            found += line["match"]
        yield Claim(found <= most, f"at most {most.quantize(_CENT)}", found, f"the Plan Year that ends on {end}")


def _by_plan_year(case: Case) -> Iterator[tuple[date, list[Row]]]:
    calendar = case.history.calendar
    for end, lines in groupby(case.told.matching, key=lambda line: calendar.plan_year_end(line["month_end"])):
        yield end, list(lines)


def _bound(case: Case, formula: Formula, line: Row) -> Decimal | None:
    """The most that a formula can match of a period, a cent a tier more."""
    rates, tiers = _rates(case, formula, line["month_end"]), case.terms.matching.tier_percents
    if rates is None or (formula.on_tiers and (line["compensation_counted"] is None or len(rates) != len(tiers))):
        return None
    all_of_it = Decimal(line["eligible_contributions"]) * max(rates) / _PERCENT
    if not formula.on_tiers:
        return all_of_it + _CENT
    pay = Decimal(line["compensation_counted"]) / _PERCENT
    by_tier = sum((pay * tier * rate / _PERCENT for tier, rate in zip(tiers, rates, strict=True)), Decimal(0))
    return min(all_of_it, by_tier) + _CENT * len(tiers)


def _not_plain(terms: Terms) -> str | None:
    matching = terms.matching
    plain = not any(formula.by_years for formula in matching.formulas) and matching.tiers_of == "allocation_period"
    limits = (matching.disregarded_above, matching.no_match_above, matching.no_match_below)
    each_check = "pay_period" in (matching.allocated_every, matching.allocation_period)
    withheld = bool(terms.accrual.withheld_from_highly_compensated)
    shares = terms.compensation.compensation_limit_in_match == "monthly_share"
    if not plain or limits != (None, None, None) or each_check or withheld or shares:
        return "the match is not worked out by tier and allocation period alone"
    return no_match(terms)


@stated(
    *("AA 3.01(h)", "AA 3.01(j)(3)", "Plan 14.06(B)"),
    reads=("matching.match", "matching.tier_1", "matching.tier_2"),
    not_about=_not_plain,
)
def the_match_is_what_the_formula_gives(case: Case) -> Iterator[Claim]:
    """Each tier of each period is its rate of the contributions that fall in it, rounded half-up to the cent once."""
    if not _settled(case):
        return
    for line in case.told.matching:
        due = [_worked_out(case, formula, line) for formula in case.terms.matching.formulas]
        if None not in due and line["match"] is not None:
            expected = sum((each for each in due if each is not None), Decimal(0))
            why = f"{line['eligible_contributions']} of {line['compensation_counted']} by {line['month_end']}"
            yield Claim(line["match"] == expected, expected, line["match"], why)


def _worked_out(case: Case, formula: Formula, line: Row) -> Decimal | None:
    rates, given = _rates(case, formula, line["month_end"]), Decimal(line["eligible_contributions"])
    if rates is None or (formula.on_tiers and line["compensation_counted"] is None):
        return None
    widths = [given]
    if formula.on_tiers:
        widths = [Decimal(line["compensation_counted"]) * tier / _PERCENT for tier in case.terms.matching.tier_percents]
    if len(widths) != len(rates):
        return None
    total, left = Decimal(0), given
    for width, rate in zip(widths, rates, strict=True):
        part = min(left, width)
        total += (part * rate / _PERCENT).quantize(_CENT, ROUND_HALF_UP)
        left -= part
    return total


PROPERTIES = (
    match_counts_only_pay_as_a_participant,
    the_months_add_up_to_the_total,
    no_match_above_the_tiers,
    the_match_is_what_the_formula_gives,
)
