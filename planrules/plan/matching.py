"""Article III and section 14.06(B): the formulas of the match, what they look at and when the match is allocated."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from planrules.plan.dependent import MATCH
from planrules.plan.elected import Agreement, Elected, Provisions
from planrules.plan.facts import MatchRate, PlanFacts
from planrules.supplements import AllocationDates, YearlyLimit, YearsForMatch

Every = Literal["pay_period", "month", "quarter", "plan_year"]
_ELIGIBLE = {
    "3.01(i)(1)": "salary_reduction",
    "3.01(i)(2)": "cash_or_deferred",
    "3.01(i)(3)": "mandatory_contribution",
}
_RATES = ("plan facts, match_rates",)


class Formula(BaseModel):
    """One matching formula of AA 3.01(h).

    Attributes:
        option: its citation, such as 3.01(h)(1).
        on_tiers: whether it has a percentage for each tier, or one for all eligible contributions.
        percents: the percentages; empty where the Employer sets them from time to time, or service does.
        by_years: percentage by least Years of Service, ascending; empty where service does not matter.
        years: which Years those are, and `counted_on` the day on which they are counted; null likewise.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    option: str
    on_tiers: bool = False
    percents: tuple[Decimal, ...] = ()
    by_years: tuple[tuple[int, Decimal], ...] = ()
    years: Literal["vesting", "eligibility"] | None = None
    counted_on: Literal["plan_year_start", "allocation_date"] | None = None

    @property
    def discretionary(self) -> bool:
        """Whether the Employer sets the percentages from time to time: they stand in the plan facts."""
        return not self.percents and not self.by_years


class Matching(Provisions):
    """The match (AA 3.01(b), (h)-(j), 3.04(a), (c); Plan 14.06(B)).

    `tier_percents` are percent of compensation, empty where no tiers are elected. `match_rates` come from the plan
    facts. Limits are amounts a Plan Year, null where none is elected. `allocated_every` is how often the match is
    allocated, always on the Accounting Date too.
    """

    match_elected: bool
    formulas: tuple[Formula, ...]
    eligible_contributions_of: tuple[str, ...]
    disregarded_above: YearlyLimit | None
    tier_percents: tuple[Decimal, ...]
    tiers_of: Literal["allocation_period", "plan_year"]
    match_rates: tuple[MatchRate, ...]
    no_match_above: YearlyLimit | None
    no_match_below: YearlyLimit | None
    matching_account: Literal["regular", "qualified", "both"]
    allocated_every: Every
    allocation_period: Literal["calendar_month", "pay_period"]
    match_pay_after_separation: Literal["out", "in"]

    @property
    def asks_compensation(self) -> bool:
        """Whether the match depends on Compensation: by tiers of it, or a limit that is a percentage of it."""
        limits = (self.disregarded_above, self.no_match_above, self.no_match_below)
        of_pay = any(limit is not None and limit.percent_of_compensation is not None for limit in limits)
        return of_pay or any(formula.on_tiers for formula in self.formulas)


def matching(agreement: Agreement, facts: PlanFacts) -> Matching:
    """The matching provisions of an agreement, with the rates the employer set.

    Words whose meaning is not told, and formulas that ask for tiers nobody has elected, leave the match open.
    """
    tiers, of = _tiers(agreement)
    formulas = _formulas(agreement, tiers.value)
    eligible = agreement.flags(_ELIGIBLE)
    every, above = _every(agreement, of.value), _limit(agreement, "3.01(j)(2)")
    rated = tuple(f"AA {formula.option}" for formula in formulas.value if formula.discretionary)
    if agreement.elections.has("3.01(j)(4)"):
        agreement.tell_not("3.01(j)(4)", MATCH)
    return Matching.of(
        match_elected=Elected(agreement.elections.has("3.01(b)"), ("AA 3.01(b)",)),
        formulas=formulas,
        eligible_contributions_of=Elected(eligible.value, eligible.cites or ("AA 3.01(i)",)),
        disregarded_above=above,
        tier_percents=tiers,
        tiers_of=Elected("plan_year" if of.value == "plan_year" else "allocation_period", of.cites),
        match_rates=Elected(facts.match_rates, (*rated, *_RATES)),
        no_match_above=_limit(agreement, "3.01(h)(5)(i)"),
        no_match_below=_limit(agreement, "3.01(h)(5)(ii)"),
        matching_account=_account(agreement, formulas.value),
        allocated_every=every,
        allocation_period=_period(agreement, every.value, of.value, above.value),
        match_pay_after_separation=agreement.reading(
            "match_pay_after_separation", bears=agreement.elections.has("3.01(b)")
        ),
    )


def options_of_3_01(named: Iterable[object]) -> tuple[str, ...] | None:
    """The options of section 3.01 that somebody wrote in a blank, by full citation; null when one is none of them."""
    found = tuple(option_named("3.01", str(text)) for text in named)
    return found if found and all(each.startswith("3.01(h)(") for each in found) else None


def option_named(section: str, words: str) -> str:
    """The citation that words such as "Option (h)(1)" or "h(1)" give of an option of a section.

    >>> option_named("3.01", "Option h(1)")
    '3.01(h)(1)'
    """
    plain = words.lower().removeprefix("aa").replace(" ", "").removeprefix("option").removeprefix(section)
    return f"{section}{plain if plain.startswith('(') else f'({plain[:1]}){plain[1:]}'}"


def _formulas(agreement: Agreement, tiers: tuple[Decimal, ...]) -> Elected[tuple[Formula, ...]]:
    """Every formula elected; one on tiers has as many percentages as there are tiers, else it is not understood."""
    if not agreement.elections.has("3.01(b)"):
        return Elected((), ("AA 3.01",))
    made: list[Formula] = []
    if agreement.elections.has("3.01(h)(1)"):
        made.append(Formula(option="3.01(h)(1)", percents=(Decimal(agreement.blank("3.01(h)(1)", "percent")),)))
    if agreement.elections.has("3.01(h)(2)"):
        percents = _percents(agreement, "3.01(h)(2)")
        if len(percents) == len(tiers):
            made.append(Formula(option="3.01(h)(2)", on_tiers=True, percents=percents))
        else:
            agreement.tell_not("3.01(h)(2)", MATCH)
    if agreement.elections.has("3.01(h)(3)(i)"):
        made.append(Formula(option="3.01(h)(3)(i)"))
    if agreement.elections.has("3.01(h)(3)(ii)"):
        if tiers:
            made.append(Formula(option="3.01(h)(3)(ii)", on_tiers=True))
        else:
            agreement.tell_not("3.01(h)(3)(ii)", MATCH)
    made += _by_years(agreement)
    return Elected(tuple(made), tuple(f"AA {formula.option}" for formula in made) or ("AA 3.01(h)",))


def _by_years(agreement: Agreement) -> list[Formula]:
    """The formula of AA 3.01(h)(4), where it is elected and its Years of Service are told."""
    option = "3.01(h)(4)"
    how = agreement.meaning(option, YearsForMatch, MATCH)
    if how is None or not agreement.elections.has(option):
        return []
    rows: Mapping[int, Decimal] = agreement.blank(option, "percent_by_years")
    by_years = tuple(sorted((int(years), Decimal(percent)) for years, percent in rows.items()))
    return [Formula(option=option, by_years=by_years, years=how.years, counted_on=how.counted_on)]


def _percents(agreement: Agreement, option: str) -> tuple[Decimal, ...]:
    first, later = agreement.blank(option, "first_tier_percent"), agreement.blank(option, "subsequent_tier_percents")
    return tuple(Decimal(percent) for percent in (first, *(later or ())))


def _tiers(agreement: Agreement) -> tuple[Elected[tuple[Decimal, ...]], Elected[str]]:
    """The tiers, and the Compensation they are percentages of."""
    option = "3.01(j)(3)"
    if not agreement.elections.has(option):
        return Elected((), ("AA 3.01(j)",)), Elected("allocation_period", ("AA 3.01(j)",))
    of = agreement.words(option, "of", MATCH) or "allocation_period"
    cites = (f"AA {option}",)
    return Elected(_percents(agreement, option), cites), Elected(of, cites)


def _limit(agreement: Agreement, option: str) -> Elected[YearlyLimit | None]:
    elected = agreement.elections.has(option)
    meaning = agreement.meaning(option, YearlyLimit, MATCH)
    all_counted = ("AA 3.01(j)(1)",) if agreement.elections.has("3.01(j)(1)") else (f"AA {option[:7]}",)
    return Elected(meaning if elected else None, (f"AA {option}",) if elected else all_counted)


def _every(agreement: Agreement, tiers_of: str) -> Elected[str]:
    """How often the match is allocated (AA 3.04(c)); without other dates on the Accounting Date only."""
    option = "3.04(c)"
    if not agreement.elections.has(option):
        return Elected("plan_year", ("AA 3.04", "Plan 14.06"))
    told = agreement.elections.supplements.get(option)
    words = told.every if isinstance(told, AllocationDates) else agreement.words(option, "additional_dates", MATCH)
    every = words or "month"
    if tiers_of == "month" and every != "month":
        agreement.tell_not("3.01(j)(3)", MATCH)
    return Elected(every, (f"AA {option}",))


def _period(agreement: Agreement, every: str, tiers_of: str, above: YearlyLimit | None) -> Elected[str]:
    """The reading of the Allocation Period, where the plan has tiers or a limit that are percentages of its pay."""
    of_period = agreement.elections.has("3.01(j)(3)") and tiers_of != "plan_year"
    limited = above is not None and above.percent_of_compensation is not None
    return agreement.reading("allocation_period", bears=every != "pay_period" and (of_period or limited))


def _account(agreement: Agreement, formulas: tuple[Formula, ...]) -> Elected[str]:
    """The account of the match: the Qualified one where 3.04(a)(2) says so, or 3.04(a)(3) names every formula."""
    if agreement.elections.has("3.04(a)(2)"):
        return Elected("qualified", ("AA 3.04(a)(2)",))
    if not agreement.elections.has("3.04(a)(3)"):
        return Elected("regular", ("AA 3.04(a)(1)",))
    named = options_of_3_01(agreement.blank("3.04(a)(3)", "options")) or ()
    all_named = all(any(formula.option.startswith(each) for each in named) for formula in formulas)
    return Elected("qualified" if named and all_named else "both", ("AA 3.04(a)(3)",))
