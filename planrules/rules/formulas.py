"""Section 3.01(h)-(j): the matching formulas, each tier of each worked out and rounded half-up once a period.

Needs, of an allocation period: month_end, plan_year, eligible_contributions (cents), counted_shares (see
compensation), years.<number> (Years of Service, for a formula by service) and highly_compensated where it matters.
Gives by_formulas (cents of match by all formulas), tier_1 and tier_2.

A contribution is counted in units so small that a percentage of a share of a cent is a whole number of them; rates
are whole numbers too, so that nothing is rounded before the amount. Products are worked out in 128 bits: no amount a
file can hold is too large.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import polars as pl

from planrules.book import Rule, rule
from planrules.plan.matching import Formula, Matching

_LEAST_SCALE = 100
_YEAR = ["person", "plan_year"]


@dataclass(frozen=True)
class Given:
    """What the rules read besides columns; `shares`: parts of a cent in which Compensation is counted.

    `withheld`: formulas whose match no Highly Compensated Employee gets, by their option.
    """

    provisions: Matching
    shares: int
    withheld: tuple[str, ...] = ()

    @cached_property
    def tier_scale(self) -> int:
        """Makes every percentage of Compensation a whole number."""
        above = self.provisions.disregarded_above
        share = () if above is None or above.percent_of_compensation is None else (above.percent_of_compensation,)
        return _scale((*self.provisions.tier_percents, *share))

    @cached_property
    def rate_scale(self) -> int:
        """Makes every rate of match a whole number."""
        fixed = [rate for each in self.provisions.formulas for rate in _fixed(each)]
        told = [rate for entry in self.provisions.match_rates for rate in (*(entry.percents or ()), entry.rate or 0)]
        return _scale((*fixed, *map(Decimal, told)))

    @property
    def unit(self) -> int:
        """Units of a contribution in one cent."""
        return 100 * self.tier_scale * self.shares

    @property
    def numbered(self) -> Iterator[tuple[int, Formula, int]]:
        """Each formula by number, with how many tiers it has (one for a formula on all contributions)."""
        for number, formula in enumerate(self.provisions.formulas):
            yield number, formula, len(self.provisions.tier_percents) if formula.on_tiers else 1

    @property
    def rates(self) -> list[str]:
        """The columns of rates."""
        return [f"rate.{number}.{tier}" for number, _, tiers in self.numbered for tier in range(tiers)]


def _fixed(formula: Formula) -> Iterable[Decimal]:
    return (*formula.percents, *(percent for _, percent in formula.by_years))


def _scale(numbers: Iterable[Decimal]) -> int:
    """The power of ten that makes whole numbers of all these."""
    places = max((-int(number.normalize().as_tuple().exponent) for number in numbers if number), default=0)
    return max(_LEAST_SCALE, int(10 ** max(places, 0)))


def with_rates(periods: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """Adds the rate of every formula and tier; null where the Employer has set none by the allocation date."""
    fixed = [
        _rate(given, number, formula, tier)
        for number, formula, tiers in given.numbered
        for tier in range(tiers)
        if not formula.discretionary
    ]
    told = [
        _told(given, number, formula, tier)
        for number, formula, tiers in given.numbered
        for tier in range(tiers)
        if formula.discretionary
    ]
    return periods.with_columns(*told, *fixed)


def _told(given: Given, number: int, formula: Formula, tier: int) -> pl.Expr:
    """The rate of the latest entry on file that holds from the allocation date or before; entries ascend by date."""
    rate = pl.lit(None, dtype=pl.Int64)
    for entry in given.provisions.match_rates:
        scaled = _scaled(given, entry.percents if formula.on_tiers else (entry.rate,), tier)
        since = pl.col("month_end") >= entry.from_
        rate = pl.when(since).then(pl.lit(scaled, dtype=pl.Int64)).otherwise(rate)
    return rate.alias(f"rate.{number}.{tier}")


def _scaled(given: Given, percents: tuple[Decimal | None, ...] | None, tier: int) -> int | None:
    percent = None if percents is None or tier >= len(percents) else percents[tier]
    return None if percent is None else int(percent * given.rate_scale)


def _rate(given: Given, number: int, formula: Formula, tier: int) -> pl.Expr:
    """A percentage printed in the agreement; by service, that of the greatest listed years not above one's own."""
    if not formula.by_years:
        rate = pl.lit(_scaled(given, formula.percents, tier), dtype=pl.Int64)
    else:
        years, rate = pl.col(f"years.{number}"), pl.lit(0, dtype=pl.Int64)
        for least, percent in formula.by_years:
            rate = pl.when(years >= least).then(pl.lit(int(percent * given.rate_scale), dtype=pl.Int64)).otherwise(rate)
        rate = pl.when(years.is_not_null()).then(rate)
    return rate.alias(f"rate.{number}.{tier}")


def with_contributions(periods: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """Adds `matched`, the eligible contributions that are looked at, in units; what is above a limit is disregarded.

    A limit in dollars is used up in date order within the Plan Year; one in percent is of the period's Compensation.
    Gives the periods in date order where something is added up over a Plan Year. Source: AA 3.01(j)(1)-(3).
    """
    above, unit = given.provisions.disregarded_above, given.unit
    units = pl.col("eligible_contributions").cast(pl.Int128) * unit
    if above is not None and above.dollars is not None:
        most = int(above.dollars * 100) * unit
        so_far = units.cum_sum().over(_YEAR).clip(upper_bound=most)
        units = so_far - so_far.shift(1, fill_value=0).over(_YEAR)
    if above is not None and above.percent_of_compensation is not None:
        share = pl.col("counted_shares") * int(above.percent_of_compensation * given.tier_scale)
        units = pl.min_horizontal(units, share) + share * 0
    if given.provisions.tiers_of == "plan_year" or (above is not None and above.dollars is not None):
        by = [name for name in ("person", "month_end", "paid_on", "check") if name in periods.collect_schema()]
        periods = periods.sort(by)
    return periods.with_columns(matched=units)


def amounts(periods: pl.LazyFrame, given: Given) -> pl.LazyFrame:
    """Adds `amount.<formula>.<tier>`: cents of match of each formula and tier for the period.

    On tiers of the Plan Year it is what is due on the Plan Year so far, less what was due before: it can be below
    nothing where contributions move to an earlier tier. `gained.<formula>` is what all tiers add to the match.
    """
    yearly = given.provisions.tiers_of == "plan_year"
    for number, formula, tiers in given.numbered:
        so_far = yearly and formula.on_tiers
        each = [_amount(given, number, formula, tier, so_far=so_far) for tier in range(tiers)]
        periods = periods.with_columns(each)
        if so_far:
            periods = periods.with_columns(_gained(number, tiers))
    return periods


def _amount(given: Given, number: int, formula: Formula, tier: int, *, so_far: bool) -> pl.Expr:
    matched, shares = pl.col("matched"), pl.col("counted_shares")
    if so_far:
        matched, shares = (_running(each) for each in (matched, shares))
    rate = pl.col(f"rate.{number}.{tier}").cast(pl.Int128)
    base = _in_tier(given, matched, shares, tier) if formula.on_tiers else matched
    cent = given.unit * 100 * given.rate_scale
    amount = (base * rate + cent // 2) // cent
    return _withheld(given, formula, amount.cast(pl.Int64)).alias(f"amount.{number}.{tier}")


def _running(amount: pl.Expr) -> pl.Expr:
    """The sum over the Plan Year so far; null from the first period on that is not known."""
    unknown = amount.is_null().cum_sum().over(_YEAR) > 0
    return pl.when(~unknown).then(amount.cum_sum().over(_YEAR))


def _in_tier(given: Given, matched: pl.Expr, shares: pl.Expr, tier: int) -> pl.Expr:
    """The contributions that fall in a tier; null when the Compensation it is a percentage of is not known."""
    percents = [int(percent * given.tier_scale) for percent in given.provisions.tier_percents]
    below, width = shares * sum(percents[:tier]), shares * percents[tier]
    return pl.min_horizontal((matched - below).clip(lower_bound=0), width) + shares * 0


def _withheld(given: Given, formula: Formula, amount: pl.Expr) -> pl.Expr:
    """Nothing for a Highly Compensated Employee where the formula is withheld; null when that is not known."""
    if not any(formula.option.startswith(each) for each in given.withheld):
        return amount
    who = pl.col("highly_compensated")
    return pl.when(who).then(0).when(~who).then(amount)


def _gained(number: int, tiers: int) -> list[pl.Expr]:
    """What a period adds to the amounts due on the Plan Year so far; what was matched before is never taken back."""
    names = [f"amount.{number}.{tier}" for tier in range(tiers)]
    due = pl.sum_horizontal(names, ignore_nulls=False).cum_max().over(_YEAR)
    return [
        *(pl.col(name) - pl.col(name).shift(1, fill_value=0).over(_YEAR) for name in names),
        (due - due.shift(1, fill_value=0).over(_YEAR)).alias(f"gained.{number}"),
    ]


def _of_tier(given: Given, tier: int) -> pl.Expr:
    names = [
        f"amount.{number}.{tier}" for number, formula, tiers in given.numbered if formula.on_tiers and tier < tiers
    ]
    return pl.sum_horizontal(names, ignore_nulls=False) if names else pl.lit(None, dtype=pl.Int64)


@rule(cites=["@formulas", "@tier_percents", "@match_rates"], says="{tier_1} on the first tier.", unit="money")
def tier_1(given: Given) -> pl.Expr:
    """The match on the first tier of eligible contributions; null without tiers, or when no rate is on file."""
    return _of_tier(given, 0)


@rule(cites=["@formulas", "@tier_percents", "@match_rates"], says="{tier_2} on the next tier.", unit="money")
def tier_2(given: Given) -> pl.Expr:
    """The match on the second tier of eligible contributions; null likewise."""
    return _of_tier(given, 1)


@rule(cites=["@formulas", "@match_rates"], says="{by_formulas} by the formulas of the match.", unit="money")
def by_formulas(given: Given) -> pl.Expr:
    """The match by every formula and tier, before a limit on it; null when one of them cannot be worked out."""
    names = [
        name
        for number, formula, tiers in given.numbered
        for name in (
            [f"gained.{number}"]
            if formula.on_tiers and given.provisions.tiers_of == "plan_year"
            else [f"amount.{number}.{tier}" for tier in range(tiers)]
        )
    ]
    return pl.sum_horizontal(names, ignore_nulls=False) if names else pl.lit(0, dtype=pl.Int64)


RULES: tuple[Rule, ...] = (tier_1, tier_2, by_formulas)
