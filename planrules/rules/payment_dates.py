"""Sections 6.01 and 6.03: the distribution dates of a separated person, and the one that decides.

Needs, of a person: event_on, last_reason, birth_date, attains_retirement_age_on, years_for_payment, vested_total,
`breaks_<n>_on` (the close of the n-th Break in a row after the separation) and `years_<n>_on` (the day from the
separation on by which so many Years of Service are completed). `each_date` gives one column a box, `date.<box>`.
"""

from collections.abc import Callable

import polars as pl

from planrules import dates
from planrules.book import Given as AnyGiven
from planrules.book import Rule, rule
from planrules.plan.distribution import Distribution
from planrules.plan.payment_dates import AtOnce, PaymentDate

Given = AnyGiven[Distribution]
DEATH = "6.01(C)"
"""Stands for a box: after a death the document itself sets the date."""


def each_date(given: Given) -> list[pl.Expr]:
    """One column a box: its date for the person; null while employed, and as long as its event has not come about."""
    return [_day(date, given).alias(_column(date)) for date in given.provisions.payment_dates]


def _column(date: PaymentDate) -> str:
    return f"date.{date.box}"


def _day(date: PaymentDate, given: Given) -> pl.Expr:
    event, base = pl.col("event_on"), _counted_from(date, given)
    earliest = dates.days_after(event, date.days_after_separation)
    waited = pl.when(base.is_not_null()).then(pl.max_horizontal(_after(base, date, given), earliest))
    return pl.when(_meets_one(date, given)).then(event).otherwise(waited)


def _counted_from(date: PaymentDate, given: Given) -> pl.Expr:
    """The day the wait is counted from; null as long as it has not come about."""
    match date.counted_from:
        case "separation":
            return pl.col("event_on")
        case "breaks":
            return pl.col(f"breaks_{date.breaks}_on")
        case "retirement_age":
            return pl.col("attains_retirement_age_on")
        case "retirement_year":
            return given.plan_year_through(pl.col("attains_retirement_age_on"))
        case "age":
            enough = pl.col(f"years_{date.years}_on")
            attained = enough if date.age is None else _attained_on(date.age.years, date.age.months, given)
            both = attained.is_not_null() & enough.is_not_null()
            return pl.when(both).then(pl.max_horizontal(attained, enough))


def _attained_on(years: int, months: int, given: Given) -> pl.Expr:
    return dates.attained_on(pl.col("birth_date"), years, months, given.provisions.leap_day_anniversary)


def _after(base: pl.Expr, date: PaymentDate, given: Given) -> pl.Expr:
    """The end of the wait that begins on `base`."""
    if date.months is not None:
        return dates.months_after(base, date.months)
    if date.plan_years is None:
        return dates.days_after(base, date.days or 0)
    number = given.plan_years.number(base) + date.plan_years
    through = given.plan_years.through(number)
    if date.day == "last":
        return through
    first = dates.days_after(given.plan_years.through(number - 1), 1)
    count = 1 if date.day in (None, "first") else int(date.day)
    return pl.min_horizontal(dates.days_after(first, count - 1), through)


def _meets(condition: AtOnce, given: Given) -> pl.Expr:
    """Whether a condition for payment at once is met on the last day."""
    retirement = condition.age is None
    attained = pl.col("attains_retirement_age_on") if retirement else _attained_on(condition.age or 0, 0, given)
    enough = pl.col("years_for_payment") >= condition.years
    return ((attained <= pl.col("event_on")) & (enough | pl.lit(condition.years == 0))).fill_null(value=False)


def _meets_one(date: PaymentDate, given: Given) -> pl.Expr:
    return pl.any_horizontal(pl.lit(value=False), *(_meets(each, given) for each in date.at_once_from))


def _date(date: PaymentDate | None) -> pl.Expr:
    return pl.lit(None, dtype=pl.Date) if date is None else pl.col(_column(date))


@rule(cites=["@general_date"], says="The general distribution date is {general_date_on}.", unit="date")
def general_date_on(given: Given) -> pl.Expr:
    """What 6.01 calls a distribution date; no benefit over $3,500 is paid earlier. Null while employed."""
    return _date(given.provisions.general_date)


@rule(cites=["@small_benefit_date"], says="A small benefit is payable from {small_benefit_on}.", unit="date")
def small_benefit_on(given: Given) -> pl.Expr:
    """The distribution date of a vested benefit of $3,500 or less; null as long as its event has not come about."""
    return _date(given.provisions.small_benefit_date)


@rule(cites=["@elected_dates"], says="Payment can be elected from {elected_on}.", unit="date")
def elected_on(given: Given) -> pl.Expr:
    """The earliest date of 6.03 a Participant with more than $3,500 may elect, not before the general date."""
    earliest = pl.min_horizontal(pl.lit(None, dtype=pl.Date), *map(_date, given.provisions.elected_dates))
    general = pl.col("general_date_on")
    return pl.when(earliest.is_not_null() & general.is_not_null()).then(pl.max_horizontal(earliest, general))


@rule(cites=["@disability_date"], says="After the disability payable from {disability_on}.", unit="date")
def disability_on(given: Given) -> pl.Expr:
    """The distribution date after disability; null for others, and where disability makes no difference."""
    return pl.when(pl.col("last_reason") == "disability").then(_date(given.provisions.disability_date))


def _kind(given: Given) -> pl.Expr:
    """Which of the dates a separated person has: of death, disability, a small benefit or a larger one."""
    disabled = (pl.col("last_reason") == "disability") & pl.lit(given.provisions.disability_has_its_own_date)
    return (
        pl.when(pl.col("event_on").is_null())
        .then(None)
        .when(pl.col("last_reason") == "death")
        .then(pl.lit("death"))
        .when(disabled)
        .then(pl.lit("disability"))
        .when(pl.col("vested_total") <= given.provisions.consent_amount * 100)
        .then(pl.lit("small"))
        .otherwise(pl.lit("large"))
    )


@rule(
    cites=["@consent_amount", "@disability_date", "Plan 6.01(C)"],
    says="The distribution date is that of: {payment_kind}.",
    unit="word",
)
def payment_kind(given: Given) -> pl.Expr:
    """Which distribution date a separated person has: death, disability, small ($3,500 or less) or large."""
    return _kind(given)


def _elected_box(given: Given) -> pl.Expr:
    """The box behind a larger benefit's date: 6.01 where the general date is the later one, or the earliest of 6.03."""
    found: list[pl.Expr] = []
    general = given.provisions.general_date
    if general is not None:
        found.append(pl.when(pl.col("elected_on") == pl.col("general_date_on")).then(pl.lit(general.box)))
    elected = given.provisions.elected_dates
    found += [pl.when(pl.col("elected_on") == _date(date)).then(pl.lit(date.box)) for date in elected]
    return pl.coalesce(*found, pl.lit(elected[0].box if elected else None))


@rule(
    cites=["@general_date", "@small_benefit_date", "@elected_dates", "@disability_date"],
    says="The date is that of {payable_by}.",
    unit="word",
)
def payable_by(given: Given) -> pl.Expr:
    """The option whose date decides; null while employed, and where its words are not told."""
    provisions = given.provisions
    box = {"death": pl.lit(DEATH), "large": _elected_box(given)}
    for kind, date in (("small", provisions.small_benefit_date), ("disability", provisions.disability_date)):
        box[kind] = pl.lit(None if date is None else date.box, dtype=pl.String)
    return pl.coalesce(pl.when(pl.col("payment_kind") == kind).then(value) for kind, value in box.items())


def reaches(given: Given) -> list[pl.Expr]:
    """Flags of the people whose date rests on each group of boxes, for options whose words are not told."""
    kind, provisions = pl.col("payment_kind"), given.provisions
    small, large = kind == "small", kind == "large"
    flags = {
        "paid_by_general_date": large | (small & pl.lit(provisions.small_benefit_date == provisions.general_date)),
        "paid_by_small_benefit_date": small,
        "paid_by_elected_date": large,
        "left_disabled": kind == "disability",
    }
    return [flag.fill_null(value=False).alias(name) for name, flag in flags.items()]


@rule(
    cites=["@general_date", "@small_benefit_date", "@elected_dates", "@disability_date", "@ten_years_of_service"],
    says="The wait falls away: {at_once_by}.",
    unit="word",
)
def at_once_by(given: Given) -> pl.Expr:
    """The condition that did away with the wait of the deciding date: an age, service with it; null when none did."""
    return _of_condition(given, lambda each: pl.lit(_name(each)), pl.String)


def _name(condition: AtOnce) -> str:
    age = "retirement_age" if condition.age is None else "age"
    return f"{age}_and_years" if condition.years else age


def _of_condition(given: Given, value: Callable[[AtOnce], pl.Expr], dtype: type[pl.DataType]) -> pl.Expr:
    """The value for the first condition met of the deciding date, Normal Retirement Age alone before any other."""
    found = [
        pl.when((pl.col("payable_by") == date.box) & _meets(each, given)).then(value(each))
        for date in given.provisions.payment_dates
        for each in sorted(date.at_once_from, key=lambda each: (each.age is not None, each.years > 0))
    ]
    return pl.coalesce(*found, pl.lit(None, dtype=dtype))


_AHEAD = {"breaks": "breaks_ahead", "age": "age_ahead"}
_UNTIL = {"breaks": "breaks", "retirement_age": "retirement_age", "retirement_year": "retirement_year", "age": "age"}


def _said(date: PaymentDate) -> pl.Expr:
    """How a date of one box is explained."""
    day = pl.col(_column(date))
    earliest = dates.days_after(pl.col("event_on"), date.days_after_separation)
    return (
        pl.when(day.is_null())
        .then(pl.lit(_AHEAD.get(date.counted_from), dtype=pl.String))
        .when(pl.lit(date.days_after_separation > 0) & (day == earliest))
        .then(pl.lit("not_before"))
        .when(pl.col("at_once_by").is_not_null() | (day == pl.col("event_on")))
        .then(pl.lit("at_once"))
        .otherwise(pl.lit(_UNTIL.get(date.counted_from) or _waiting(date)))
    )


def _waiting(date: PaymentDate) -> str:
    if date.months is not None:
        return "after_months"
    if date.plan_years is not None:
        return "plan_year"
    return "after_days"


@rule(
    cites=["@general_date", "@small_benefit_date", "@elected_dates", "@disability_date"],
    says="The date is explained as: {payable_how}.",
    unit="word",
)
def payable_how(given: Given) -> pl.Expr:
    """How the deciding date comes about: at once, or what is waited for; null while employed or where it is untold."""
    boxes = given.provisions.payment_dates
    by = pl.col("payable_by")
    return pl.coalesce(
        pl.when(by == DEATH).then(pl.lit("at_once")), *(pl.when(by == date.box).then(_said(date)) for date in boxes)
    )


def numbers(given: Given) -> list[pl.Expr]:
    """What the deciding date and the condition met count, for the sentences; null where they do not."""
    counted: dict[str, Callable[[PaymentDate], int | None]] = {
        "payable_after_days": lambda date: date.days_after_separation or date.days,
        "payable_after_months": lambda date: date.months,
        "payable_after_plan_years": lambda date: date.plan_years,
        "payable_after_breaks": lambda date: date.breaks,
        "payable_after_years": lambda date: date.years,
    }
    conditions: dict[str, Callable[[AtOnce], int | None]] = {
        "at_once_age": lambda each: each.age,
        "at_once_years": lambda each: each.years,
    }
    return [
        *(_of_box(given, read).alias(name) for name, read in counted.items()),
        *(_of_condition(given, _whole(read), pl.Int64).alias(name) for name, read in conditions.items()),
        _of_box(given, lambda date: None if date.age is None else str(date.age), pl.String).alias("payable_from_age"),
        _cited(given).alias("payable_after_on.cites"),
    ]


def _whole(read: Callable[[AtOnce], int | None]) -> Callable[[AtOnce], pl.Expr]:
    return lambda each: pl.lit(read(each), dtype=pl.Int64)


def _of_box(
    given: Given, read: Callable[[PaymentDate], int | str | None], dtype: type[pl.DataType] = pl.Int64
) -> pl.Expr:
    boxes = given.provisions.payment_dates
    return pl.coalesce(
        *(pl.when(pl.col("payable_by") == date.box).then(pl.lit(read(date), dtype=dtype)) for date in boxes),
        pl.lit(None, dtype=dtype),
    )


def _cited(given: Given) -> pl.Expr:
    """The citations of the deciding date."""
    boxes = {date.box: list(date.cites) for date in given.provisions.payment_dates} | {DEATH: [f"Plan {DEATH}"]}
    return pl.coalesce(pl.when(pl.col("payable_by") == box).then(pl.lit(cites)) for box, cites in boxes.items())


OF_EACH_KIND: tuple[Rule, ...] = (general_date_on, small_benefit_on, elected_on, disability_on, payment_kind)
DECIDING: tuple[Rule, ...] = (payable_by, at_once_by, payable_how)
