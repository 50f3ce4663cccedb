"""What is known at the close of the evaluation date, and variants of a person that bound what is not known.

Later facts are left out: spells and classes that start later, ends that come later, pay rows that end later. A person
with a fact missing is evaluated once as recorded and once more for each missing fact at its other extreme; where the
answers agree, the fact does not matter. Hours and money become whole hundredths here, spans become half-open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from planrules import dates
from planrules.engine import employers
from planrules.engine.collecting import all_collected, collected
from planrules.engine.crediting import credited, days_untold
from planrules.people import People
from planrules.plan import Terms
from planrules.rules.service import coverage

RECORDED = "recorded"
EVERYTHING = "everything"
MISSING = ("hours", "days", "pay", "birth_date", "classes", "accounts")
"""Facts whose absence leaves an answer open: `needs_data` where it matters."""
ASSUMED = ("pay_gap", "reason")
"""Facts taken as the record stands, with the assumption said: `projected` where it matters."""

LONGEST_PAY_PERIOD = 31
"""Days after the last pay row within which the next one need not have ended yet (29 CFR 2530.200b-2(c)(4))."""

_OLD = date(1918, 1, 1)
"""A birth date old enough for every age the plan asks about; unknown classes are taken to reach back to it."""

_HOURS_A_DAY = dates.HOURS_IN_A_DAY * 100
LARGE = 10**12
"""Cents above any balance: the other extreme of one that is not known."""
_KEY = "employee_id"


@dataclass(frozen=True)
class Known:
    """Frames keyed by `person`, one number a person and variant. Hours and money in hundredths, spans half-open.

    persons: person, employee_id, variant, birth_date, top_heavy_schedule_kept_on, participant_since.
    spells: person, start, before, reason, of_employer, for_participation, for_vesting.
    excluded: person, start, before, not_in_yet. opt_outs: person, start, before; none where the plan permits none.
    pay: person, start, end, paid_on, hours, the amounts, upper, of_employer, for_participation, for_vesting.
    credited: the hours that count: person, start, end, known_on, hours, upper, of_employer, for_participation,
    for_vesting. absences: person, start, hours.
    accounts: person, balance_*. distributions: person, paid_on, repaid_on. gaps: employee_id, start, before.
    """

    persons: pl.DataFrame
    spells: pl.DataFrame
    excluded: pl.DataFrame
    opt_outs: pl.DataFrame
    pay: pl.DataFrame
    credited: pl.DataFrame
    absences: pl.DataFrame
    accounts: pl.DataFrame
    distributions: pl.DataFrame
    gaps: pl.DataFrame


def known(people: People, terms: Terms, as_of: date) -> Known:
    """The facts of people dated on or before `as_of`, with the variants that bound what is missing."""
    employment = _spells(people, terms, as_of)
    spells = employers.employment_that_counts(employment, terms.service).pipe(collected).lazy()
    pay = people.pay.filter(pl.col("end") <= as_of).lazy()
    gaps = _gaps(people, spells, pay, terms, as_of).pipe(collected)
    persons = _persons(people, _missing(people, spells, pay, gaps.lazy(), terms), as_of).pipe(collected)
    who, both = persons.lazy(), persons.lazy().select(_KEY, "person", "variant")
    unpaid = spells.join(people.employees.lazy().filter(~pl.col("pay_known")), on=_KEY, how="semi")
    rows = [
        _pay_rows(both, pay, set_aside=terms.service.straddling_pay == "set_aside"),
        *_bounding_rows(both, unpaid, gaps.lazy(), as_of),
    ]
    all_rows = pl.concat(rows, how="diagonal").drop("variant")
    mine = employers.with_employer(all_rows, both.join(employment, on=_KEY), terms.service).pipe(collected).lazy()
    whose = _with_reason(both.join(spells, on=_KEY))
    paid = mine.filter(pl.col("kind") == "paid").drop("kind")
    frames = {
        "spells": whose.drop(_KEY, "variant"),
        "excluded": _excluded(who, people, employers.before_joining(spells, terms.service), terms, as_of),
        "pay": paid.drop("days", "days_at_most"),
        "credited": credited(paid, whose, terms.service),
        "opt_outs": _opt_outs(who, people, terms, as_of),
        "absences": mine.filter((pl.col("kind") == "maternity") & pl.col("for_vesting")).select(
            "person", "start", "hours"
        ),
        "accounts": _accounts(who, people),
        "distributions": who.select(_KEY, "person")
        .join(people.distributions.lazy().filter(pl.col("paid_on") <= as_of), on=_KEY)
        .select("person", "paid_on", repaid_on=pl.when(pl.col("repaid_on") <= as_of).then("repaid_on")),
    }
    made = all_collected(list(frames.values()))
    return Known(persons=persons, gaps=gaps, **dict(zip(frames, made, strict=True)))


def _spells(people: People, terms: Terms, as_of: date) -> pl.LazyFrame:
    """Employment known by the evaluation date; an end that has not come is open."""
    ended = pl.col("end") <= as_of
    return (
        people.employment.lazy()
        .filter(pl.col("start") <= as_of)
        .select(
            _KEY,
            "start",
            before=_open_end(as_of),
            reason=pl.when(ended).then("reason"),
            **employers.whose(terms.service),
            employer="employer",
        )
    )


def _gaps(people: People, spells: pl.LazyFrame, pay: pl.LazyFrame, terms: Terms, as_of: date) -> pl.LazyFrame:
    """Employed days without a pay row, of people whose pay is known. Columns: employee_id, start, before."""
    with_pay = people.employees.lazy().filter("pay_known").select(_KEY)
    long = dates.days_in(pl.col("start"), pl.lit(as_of)) > LONGEST_PAY_PERIOD
    # A pay row that runs over the end of a period may still bring its hours into the period that is over.
    ends = [
        dates.plan_year_through(pl.col("start"), terms.service.plan_year_ends),
        dates.twelve_months_through(pl.col("first_day"), terms.service.leap_day_anniversary),
    ]
    own = (terms.participation.later_eligibility_periods == "anniversary", terms.vesting.vesting_period != "Plan Year")
    if any(own):
        years = dates.years_from(pl.col("first_day"), terms.service.leap_day_anniversary)
        ends.append(years.through(years.number(pl.col("start"))))
    over = [(end >= pl.col("start")) & (end <= as_of) for end in ends]
    employed = spells.with_columns(before=pl.min_horizontal("before", pl.lit(as_of).dt.offset_by("1d")))
    paid = pay.filter(pl.col("kind") == "paid").select(_KEY, "start", before=dates.days_after(pl.col("end"), 1))
    away = pay.filter(pl.col("kind") == "maternity").select(_KEY, "start", before=dates.days_after(pl.col("end"), 1))
    return (
        coverage(_as_person(employed.with_columns(of_employer=pl.lit(value=True))), _as_person(pl.concat([paid, away])))
        .rename({"person": _KEY})
        .join(with_pay, on=_KEY, how="semi")
        .join(spells.group_by(_KEY).agg(first_day=pl.col("start").min()), on=_KEY)
        .filter((pl.col("before") <= as_of) | long | pl.any_horizontal(over))
        .drop("first_day")
    )


def _as_person(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.rename({_KEY: "person"})


def _missing(
    people: People, spells: pl.LazyFrame, pay: pl.LazyFrame, gaps: pl.LazyFrame, terms: Terms
) -> Mapping[str, pl.LazyFrame]:
    """For each missing or assumed fact, the people it is missing for. Frames of employee_id."""
    everybody = people.employees.lazy()
    hours = pay.filter(pl.col("hours").is_null() | pl.lit(terms.service.straddling_pay == "set_aside"))
    return {
        "hours": hours,
        "days": days_untold(pay, terms.service),
        "pay": everybody.filter(~pl.col("pay_known")),
        "birth_date": everybody.filter(pl.col("birth_date").is_null()),
        "classes": everybody.filter(~pl.col("classes_known")),
        "accounts": everybody.join(people.accounts.lazy(), on=_KEY, how="anti"),
        "pay_gap": gaps,
        "reason": spells.filter(
            pl.col("of_employer") & pl.col("reason").is_null() & (pl.col("before") < dates.FAR_FUTURE)
        ),
    }


def _persons(people: People, missing: Mapping[str, pl.LazyFrame], as_of: date) -> pl.LazyFrame:
    """Everybody as recorded, once more for each missing fact, and once with all of them where there are several."""
    everybody = people.employees.lazy().select(
        *(_KEY, "birth_date", "top_heavy_schedule_kept_on", "classes_known", "pay_known"),
        participant_since=pl.when(pl.col("participant_since") <= as_of).then("participant_since"),
    )
    lacking = pl.concat(
        frame.select(_KEY, place=pl.lit(place, dtype=pl.UInt8), variant=pl.lit(name))
        for place, (name, frame) in enumerate(missing.items())
    ).unique()
    several = lacking.group_by(_KEY).len().filter(pl.col("len") > 1)
    together = several.select(_KEY, place=pl.lit(len(missing), dtype=pl.UInt8), variant=pl.lit(EVERYTHING))
    more = everybody.join(pl.concat([lacking, together]), on=_KEY, maintain_order="left")
    old = pl.col("birth_date").is_null() & pl.col("variant").is_in(["birth_date", EVERYTHING])
    return (
        pl.concat(
            [everybody.with_columns(variant=pl.lit(RECORDED)), more.sort("place", maintain_order=True).drop("place")]
        )
        .with_columns(birth_date=pl.when(old).then(pl.lit(_OLD)).otherwise("birth_date"))
        .with_row_index("person")
    )


def _pay_rows(persons: pl.LazyFrame, pay: pl.LazyFrame, *, set_aside: bool) -> pl.LazyFrame:
    """Pay rows in hundredths; at the upper bound unknown hours are every hour of the days they stand for."""
    columns = ["start", "end", "paid_on", "hours", *employers.AMOUNTS, "kind", "employer", "days"]
    recorded = pay.select(_KEY, *columns).with_columns((pl.col("hours", *employers.AMOUNTS) * 100).cast(pl.Int64))
    rows = persons.join(recorded, on=_KEY)
    at_most = pl.col("variant").is_in(["hours", EVERYTHING])
    most = dates.days_in(pl.col("start"), pl.col("end")) * _HOURS_A_DAY
    rows = rows.with_columns(upper=at_most & (pl.col("hours").is_null() | pl.lit(set_aside)))
    return rows.with_columns(
        hours=pl.coalesce("hours", pl.when("upper").then(most).otherwise(0)),
        days_at_most=pl.col("variant").is_in(["days", EVERYTHING]),
    )


def _bounding_rows(persons: pl.LazyFrame, unpaid: pl.LazyFrame, gaps: pl.LazyFrame, as_of: date) -> list[pl.LazyFrame]:
    """Rows of every hour of the days that have none, for the variants that bound them.

    `unpaid` holds the employment of people whose pay is not known at all, `gaps` the days without a pay row.
    """
    bounding = (("pay", unpaid.select(_KEY, "start", "before")), ("pay_gap", gaps))
    return [
        _every_hour(persons.filter(pl.col("variant").is_in([fact, EVERYTHING])), spans, as_of)
        for fact, spans in bounding
    ]


def _every_hour(persons: pl.LazyFrame, spans: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    end = pl.min_horizontal(dates.days_after(pl.col("before"), -1), pl.lit(as_of))
    return (
        persons.join(spans, on=_KEY)
        .with_columns(end=end, paid_on=end, kind=pl.lit("paid"), upper=pl.lit(value=True))
        .with_columns(
            hours=dates.days_in(pl.col("start"), pl.col("end")) * _HOURS_A_DAY,
            **{name: pl.lit(0, dtype=pl.Int64) for name in employers.AMOUNTS},
        )
        .drop("before")
    )


def _with_reason(spells: pl.LazyFrame) -> pl.LazyFrame:
    """The other extreme of an untold reason: disability."""
    untold = pl.col("of_employer") & pl.col("reason").is_null() & (pl.col("before") < dates.FAR_FUTURE)
    assumed = untold & pl.col("variant").is_in(["reason", EVERYTHING])
    return spells.with_columns(reason=pl.when(assumed).then(pl.lit("disability")).otherwise("reason"))


def _excluded(
    persons: pl.LazyFrame, people: People, before_joining: Sequence[pl.LazyFrame], terms: Terms, as_of: date
) -> pl.LazyFrame:
    """Days in an excluded class; or, `not_in_yet`, with an employer that had not come into the plan."""
    inside = pl.col("class").is_in(list(terms.participation.excluded_classes)) & (pl.col("start") <= as_of)
    spans = people.classes.lazy().filter(inside).select(_KEY, "start", before=_open_end(as_of), not_in_yet=False)
    spans = pl.concat([spans, *(each.with_columns(not_in_yet=True) for each in before_joining)])
    recorded = persons.select(_KEY, "person").join(spans, on=_KEY).drop(_KEY)
    always = persons.filter(~pl.col("classes_known") & pl.col("variant").is_in(["classes", EVERYTHING])).select(
        "person", start=pl.lit(_OLD), before=pl.lit(dates.FAR_FUTURE), not_in_yet=False
    )
    return pl.concat([recorded, always])


def _open_end(as_of: date) -> pl.Expr:
    """The day after a span; far in the future where its end is not known, or has not come."""
    return pl.when(pl.col("end") <= as_of).then(dates.days_after(pl.col("end"), 1)).otherwise(dates.FAR_FUTURE)


def _opt_outs(persons: pl.LazyFrame, people: People, terms: Terms, as_of: date) -> pl.LazyFrame:
    """Days on which somebody has elected not to participate (AA 2.06(b)); an end that has not come is open."""
    permitted = terms.participation.opt_outs_permitted
    spans = people.opt_outs.lazy().filter(pl.lit(permitted) & (pl.col("start") <= as_of))
    return persons.select(_KEY, "person").join(spans, on=_KEY).select("person", "start", before=_open_end(as_of))


def _accounts(persons: pl.LazyFrame, people: People) -> pl.LazyFrame:
    """Balances in cents; unknown ones are nothing, or at the other extreme large."""
    columns = ["deferral", "regular_matching", "employer", "qualified_nonelective"]
    joined = persons.select(_KEY, "person", "variant").join(people.accounts.lazy(), on=_KEY, how="left")
    large = pl.col("variant").is_in(["accounts", EVERYTHING])
    unknown = pl.when(large).then(LARGE).otherwise(0)
    return joined.select(
        "person",
        *(pl.coalesce((pl.col(name) * 100).cast(pl.Int64), unknown).alias(f"balance_{name}") for name in columns),
    )
