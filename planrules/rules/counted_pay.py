"""Article III: the pay rows that are matched, and the spans on which a day falls.

Needs: pay (cents), coverage, relationships and matching_entry_on.
"""

from datetime import date

import polars as pl

from planrules.plan.matching import Matching


def counted(
    pay: pl.LazyFrame, covered: pl.LazyFrame, relationships: pl.LazyFrame, provisions: Matching, as_of: date
) -> pl.LazyFrame:
    """The pay rows that are matched: the Employer's, paid on or after entry, to somebody covered on the pay date.

    When the work was done does not matter; only a check paid after the last day counts, where it is read to count at
    all, by its last day of work. `pay` has matching_entry_on, the day of joining in the match. Source: AA
    3.01(j)(3), 1.29, Plan 1.12, 3.06(A).
    """
    since = pl.col("paid_on") >= pl.col("matching_entry_on")
    paid = pay.filter(pl.col("of_employer") & (pl.col("paid_on") <= as_of) & since)
    on_pay_date = within(paid, covered, "paid_on")
    if provisions.match_pay_after_separation == "out":
        return on_pay_date
    late = within(within(paid, relationships, "paid_on", inside=False), covered, "end")
    return pl.concat([on_pay_date, late])


def within(rows: pl.LazyFrame, spans: pl.LazyFrame, day: str, *, inside: bool = True) -> pl.LazyFrame:
    """The rows whose `day` lies within one of the person's spans (or, `inside` false, within none), in their order.

    A person's spans do not overlap, and there are few of them: each row is held against each.
    """
    edges = spans.select("person", span_start="start", span_before="before")
    on = pl.col("span_start") <= pl.col(day), pl.col(day) < pl.col("span_before")
    if inside:
        return rows.join(edges, on="person", maintain_order="left").filter(*on).drop("span_start", "span_before")
    numbered = rows.with_row_index("row_number")
    held = numbered.select("row_number", "person", day).join(edges, on="person").filter(*on)
    return numbered.join(held, on="row_number", how="anti", maintain_order="left").drop("row_number")
