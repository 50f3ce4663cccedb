"""What a missing fact could lead to: answers at its two extremes, compared.

The frames of bounds have the columns employee_id, fact, needed_for (the field), earliest and latest. Bounds are text,
since fields have many types; latest is null when there may be no answer at all, both when nothing bounds the answer.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from planrules import dates
from planrules.engine.collecting import collected
from planrules.engine.determine import Determination
from planrules.engine.fields import FIELDS, fields
from planrules.engine.knowledge import EVERYTHING, LARGE
from planrules.nonforfeitable import percent_at, percent_type
from planrules.plan import Terms
from planrules.plan.schedules import FULL

_KEY = "employee_id"
_COMPARED = {
    "vested_percent": ("owned_percent", "owned_matching_percent"),
    "hardship_accounts": ("hardship_from",),
    "contributions": ("apart_entry_on", "apart_scheduled_on", "apart_completed_on"),
}
"""Fields compared through plain columns, of which the first bounds them."""
_BOUNDED_BY_ALL = ("vested_percent",)
"""Those of them that all of their columns bound."""
_UNBOUNDED = ("required_beginning_on",)
"""Fields that the extremes do not bound: nobody's age does."""
_OF_PAY = ("plan_year_compensation", "plan_year_maximum", "deferred_in_plan_year", "deferred_in_calendar_year")
"""Fields that add up the running year's pay."""
_MONEY = ("vested_total", "total", "allocated_total", "annual_limit", *_OF_PAY)
"""Fields in cents; unknown balances have no upper bound."""
_OF_COMPENSATION = ("plan_year_compensation", "plan_year_maximum")
"""Those of them that need every check's Compensation."""
_LACKS = "lacks."
_OF_EMPLOYER = ("match_rates", "highly_compensated")
"""Facts of the plan that a month's match can lack, told when nothing of the person is lacking."""
_ALLOCATED = "allocated_total"
_NO_BOUND = pl.lit(None, dtype=pl.String)
_NAMES = {"needed_for": pl.String}
_SCHEMA = {_KEY: pl.String, "fact": pl.String, "needed_for": pl.String, "earliest": pl.String, "latest": pl.String}


def differences(recorded: pl.DataFrame, variants: pl.DataFrame) -> pl.DataFrame:
    """The fields in which a person's variants differ from the person as recorded, with their bounds."""
    empty = pl.DataFrame(schema=_SCHEMA)
    if variants.is_empty():
        return empty
    names = [name for name in fields() if name != "months"]
    sides = {name: _COMPARED.get(name, (name,)) for name in names}
    columns = dict.fromkeys(side for several in sides.values() for side in several)
    pairs = recorded.select(_KEY, *columns).join(variants.select(_KEY, "variant", *columns), on=_KEY, suffix=".other")
    differs = {
        name: pl.any_horizontal(pl.col(side).ne_missing(pl.col(f"{side}.other")) for side in several)
        for name, several in sides.items()
    }
    moved = pairs.select(differ.any().alias(name) for name, differ in differs.items()).row(0, named=True)
    found = [
        pairs.lazy()
        .filter(differs[name])
        .select(
            _KEY, fact="variant", needed_for=pl.lit(name), **_bounds(_bounding(name, several), name not in _UNBOUNDED)
        )
        for name, several in sides.items()
        if moved[name]
    ]
    return _together_only(pl.concat([empty.lazy(), *found]).pipe(collected))


def _bounding(name: str, several: Sequence[str]) -> Sequence[str]:
    return several if name in _BOUNDED_BY_ALL else several[:1]


def _bounds(side: Sequence[str], bounded: bool) -> dict[str, pl.Expr]:  # noqa: FBT001  whether the extremes bound it
    ends = [pl.col(f"{column}{variant}") for column in side for variant in ("", ".other")]
    nothing = pl.any_horizontal(end.is_null() for end in ends) | pl.lit(not bounded)
    if side[0] in _MONEY:
        nothing |= ends[1] >= LARGE
        ends = [(end.cast(pl.Decimal(18, 2)) / 100).cast(pl.Decimal(18, 2)) for end in ends]
    return {
        "earliest": pl.when(pl.lit(bounded)).then(pl.min_horizontal(ends)).cast(pl.String),
        "latest": pl.when(~nothing).then(pl.max_horizontal(ends)).cast(pl.String),
    }


def _together_only(found: pl.DataFrame) -> pl.DataFrame:
    """Drops what several facts move together where one of them moves it alone."""
    if EVERYTHING not in found["fact"]:
        return found
    alone = found.filter(pl.col("fact") != EVERYTHING)
    together = found.filter(pl.col("fact") == EVERYTHING)
    return pl.concat([alone, together.join(alone, on=[_KEY, "needed_for"], how="anti")])


def unaged(recorded: pl.LazyFrame, missing: pl.LazyFrame, terms: Terms) -> list[pl.LazyFrame]:
    """People whose entry hangs on an age that is not known: between the extremes it may also lie ahead.

    At the extremes they have joined long ago, or never do, and no coming entry shows in either.
    """
    if not terms.participation.asks_an_age:
        return []
    hangs = missing.filter(
        pl.col("fact").is_in(["birth_date", EVERYTHING]) & (pl.col("needed_for") == "eligibility_completed_on")
    )
    free = recorded.filter(pl.col("birth_date").is_null() & pl.col("employed") & ~pl.col("kept_out")).select(_KEY)
    who = hangs.join(free, on=_KEY, how="semi")
    return [_of_field(who, name) for name in ("next_entry_on", "earliest_entry_on")]


def unpriced(recorded: pl.LazyFrame, found: Determination) -> list[pl.LazyFrame]:
    """People with a month whose match cannot be worked out, and the fact it lacks; nothing where there is none.

    What is allocated hangs on it only where such a month is allocated, or would be at a missing fact's other extreme.
    """
    if not found.matching["match"].null_count():
        return []
    who = found.people.lazy().select(_KEY, "person")
    variants = found.matching.lazy().filter(pl.col("match").is_null()).join(who, on="person")
    months = variants.join(recorded.select("person"), on="person", how="semi")
    hanging = variants.filter(pl.col("allocated").fill_null(value=True)).select(_KEY).unique()
    lacking = [name for name in found.matching.columns if name.startswith(_LACKS)]
    pay = [name for name in lacking if name.removeprefix(_LACKS) not in ("compensation_limit", *_OF_EMPLOYER)]
    limit = pl.col(f"{_LACKS}compensation_limit") & ~pl.any_horizontal(pl.lit(value=False), *pay)
    rest = [name for name in lacking if name.removeprefix(_LACKS) in _OF_EMPLOYER]
    facts = [
        *((pl.col(name), name) for name in pay),
        (limit, f"{_LACKS}compensation_limit"),
        *((pl.col(name) & ~pl.any_horizontal(pl.lit(value=False), *pay, limit), name) for name in rest),
    ]
    each = pl.concat(
        months.filter(lacks).select(_KEY, fact=pl.lit(name.removeprefix(_LACKS))) for lacks, name in facts
    ).unique(maintain_order=True)
    of_allocated = each.join(hanging, on=_KEY, how="semi")
    return [_of_field(of_allocated if name == _ALLOCATED else each, name) for name in FIELDS["matching"]]


def untested(recorded: pl.LazyFrame, terms: Terms) -> pl.LazyFrame:
    """People whose percentage would be higher if a Plan Year that was not tested turned out to be top heavy."""
    faster = untested_percents(terms)
    who = recorded.filter("untested_could_matter")
    key = (_KEY, pl.lit("top_heavy").alias("fact"))
    percent = who.select(
        *key,
        needed_for=pl.lit("vested_percent"),
        earliest=pl.min_horizontal(*faster).cast(pl.String),
        latest=pl.max_horizontal(*faster, *faster.values()).cast(pl.String),
    )
    sooner = pl.any_horizontal(each == FULL for each in faster.values()) | pl.lit(terms.vesting.top_heavy_once)
    day = who.filter(sooner).select(
        *key, needed_for=pl.lit("fully_vested_on"), earliest=_NO_BOUND, latest=pl.col("fully_vested_on").cast(pl.String)
    )
    return pl.concat([percent, day])


def untested_percents(terms: Terms) -> dict[str, pl.Expr]:
    """For the percentage of each account, what the Top Heavy schedule would give in the untested Plan Years worked.

    Where that schedule would apply for good, by the Years of Service of today. Null where every such year was tested.
    """
    vesting = terms.vesting
    years = pl.col("untested_years")
    if vesting.top_heavy_once:
        years = pl.when(years.is_not_null()).then("years_of_service")
    schedules = {
        "owned_percent": vesting.schedules["employer"],
        "owned_matching_percent": vesting.schedules["regular_matching"],
    }
    kind = percent_type(vesting)
    return {
        name: pl.when(years.is_not_null()).then(percent_at(years, top_heavy, kind))
        for name, (top_heavy, _) in schedules.items()
    }


def untold_pay(recorded: pl.LazyFrame, lacking: Sequence[str], terms: Terms) -> list[pl.LazyFrame]:
    """People whose pay is not known, or a check's Compensation is not: what hangs on it cannot be said or bounded.

    `lacking` names the columns `untold.<fact>` of a fact that a check lacks.
    """
    could_join = pl.col("commenced_for_participation_on").is_not_null()
    match = FIELDS["matching"] if terms.matching.match_elected else ()
    of_pay = [name for name in _OF_PAY if name != "plan_year_maximum" or terms.deferral.deferral_percent is not None]
    of_compensation = [name for name in of_pay if name in _OF_COMPENSATION]
    return [
        _left_open(recorded.filter(~pl.col("pay_known") & could_join), "pay", [*match, *of_pay]),
        *(_left_open(recorded.filter(fact), fact.removeprefix("untold."), of_compensation) for fact in lacking),
    ]


def _of_field(rows: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """The same people and facts for another field, which nothing bounds."""
    return rows.with_columns(needed_for=pl.lit(name), earliest=_NO_BOUND, latest=_NO_BOUND)


def _left_open(who: pl.LazyFrame, fact: str, names: Sequence[str]) -> pl.LazyFrame:
    """People for whom a fact leaves all of these fields open, with no bounds."""
    each = who.select(_KEY, fact=pl.lit(fact)).join(pl.LazyFrame({"needed_for": names}, _NAMES), how="cross")
    return each.with_columns(earliest=_NO_BOUND, latest=_NO_BOUND)


def untold_payroll(recorded: pl.LazyFrame, terms: Terms) -> list[pl.LazyFrame]:
    """Everybody, where a day depends on when a payroll period begins: no calendar of them is known."""
    changing = terms.deferral.changing
    if changing is None or changing.kind != "payroll_period":
        return []
    return [_left_open(recorded, "payroll_calendar", ["next_change_on"])]


def unpaid_days(recorded: pl.LazyFrame, gaps: pl.LazyFrame, terms: Terms, as_of: date) -> list[pl.LazyFrame]:
    """Money that pay in days without a pay row would add to. Columns: employee_id, fact, needed_for."""
    last = gaps.group_by(_KEY).agg(gap_before=pl.col("before").max())
    people = recorded.select(_KEY, "entry_on").join(last, on=_KEY)
    year_start = dates.plan_years_from(as_of, terms.service.plan_year_ends, 1)[0].start
    since = {
        **dict.fromkeys(_OF_PAY[:3], pl.lit(year_start)),
        _OF_PAY[3]: pl.lit(date(as_of.year, 1, 1)),
    }
    return [
        people.filter(pl.col("gap_before") > day).select(_KEY, fact=pl.lit("pay_gap"), needed_for=pl.lit(name))
        for name, day in since.items()
    ]


def match_together(missing: pl.LazyFrame) -> list[pl.LazyFrame]:
    """What leaves the match open leaves its months and its total open alike; what is allocated has rows of its own."""
    some = missing.filter(pl.col("needed_for").is_in(FIELDS["matching"]))
    return [_of_field(some, name) for name in FIELDS["matching"] if name != _ALLOCATED]


def later_money(recorded: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Balances that may hold money owned to another percentage. Columns: employee_id, fact, needed_for."""
    shared = pl.any_horizontal(
        pl.col(percent).is_not_null() & (pl.col(balance) > 0)
        for percent, balance in (
            ("later_money_percent", "balance_employer"),
            ("later_matching_percent", "balance_regular_matching"),
        )
    )
    who = recorded.filter(pl.col("separated") & shared)
    return [
        who.select(_KEY, fact=pl.lit("accrued_balance"), needed_for=pl.lit(name))
        for name in ("vested_total", "consent_required")
    ]


def open_ledger(
    recorded: pl.LazyFrame, variants: pl.LazyFrame, by: Sequence[str], values: Sequence[str]
) -> pl.LazyFrame:
    """A ledger of the recorded people, its `values` null where a variant of the same person says otherwise.

    Both frames have `employee_id`, the columns `by` and `values`, and no others.
    """
    key = [_KEY, *by]
    pairs = recorded.join(variants, on=key, suffix=".other")
    differ = pairs.group_by(key).agg(
        pl.col(name).ne_missing(pl.col(f"{name}.other")).any().alias(f"open.{name}") for name in values
    )
    joined = recorded.join(differ, on=key, how="left", maintain_order="left")
    opened = [pl.when(~pl.col(f"open.{name}").fill_null(value=False)).then(name).alias(name) for name in values]
    return joined.with_columns(opened).select(*key, *values)
