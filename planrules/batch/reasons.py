"""Why somebody moved: the facts of both runs that brought it about, in a sentence, with the citations of this plan."""

from collections.abc import Iterator

import polars as pl

from planrules.batch.folder import KEY
from planrules.batch.pair import HERE, NEW, SAYS, Pair

_OWNED = {"vested_percent_employer": "owned_percent", "vested_percent_regular_matching": "owned_matching_percent"}
_LEDGERS = {
    "participation_periods": "eligibility_completed_on",
    "vesting_periods": "owned_percent",
    "matching": "match",
}
"""The rule whose citations stand for the lines of a ledger."""
_LINES_SHOWN = 3


class Reasons:
    """The reasons of the changes of one pair of runs."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair

    def entered(self) -> list[pl.Expr]:
        """Why somebody joined: the day the conditions were met, and what the rule says of the day of joining."""
        met = pl.format("Conditions met on {}. ", _new("eligibility_completed_on")).fill_null("")
        said = pl.col(f"{SAYS}entry_on").fill_null(pl.format("Joined on {}.", _new("entry_on")))
        strange = pl.when(pl.col(HERE)).then(pl.lit("")).otherwise(pl.lit(" Not answered for in the run before."))
        return [(met + said + strange).alias("reason"), self._cites("entry_on")]

    def vested(self, name: str) -> list[pl.Expr]:
        """Why somebody owns more: what the rule says, and the Years of Service before."""
        said = pl.col(f"{SAYS}vested_percent").fill_null("")
        before = pl.format(" Years of Service before: {}.", _text("years_of_service")).fill_null("")
        return [(said + before).str.strip_chars().alias("reason"), self._cites(_OWNED[name])]

    def payable(self) -> list[pl.Expr]:
        """Why somebody can be paid."""
        any_day = pl.format("Payable after {}.", _new("payable_after_on"))
        return [pl.col(f"{SAYS}payable_after_on").fill_null(any_day).alias("reason"), self._cites("payable_after_on")]

    def separated(self) -> list[pl.Expr]:
        """Why somebody counts as having left."""
        return [pl.format("Employment ended on {}.", _new("event_on")).alias("reason"), self._cites("event_on")]

    def returned(self) -> list[pl.Expr]:
        """Why somebody counts as employed again."""
        told = pl.lit("Employed on the day of the newer run: came back, or the leaving was taken back.")
        return [told.alias("reason"), self._cites("status_of_employee")]

    def gone(self) -> list[pl.Expr]:
        """Why there is no answer any more."""
        aside = pl.lit("Set aside: the exceptions file of the newer run says why.")
        absent = pl.lit("Not among the people of the newer run.")
        known = pl.col(KEY).is_in(self._pair.set_aside().implode())
        return [pl.when(known).then(aside).otherwise(absent).alias("reason"), pl.lit("").alias("cites")]

    def of_corrections(self, rows: pl.DataFrame, lines: list[pl.DataFrame]) -> pl.DataFrame:
        """The rows with the reason of every correction: what differs of the person's hours, or what else does."""
        hours = pl.concat(lines).filter(pl.col("field").str.ends_with(".hours")).unique([KEY, "on"], keep="first")
        said = pl.format("{} hours through {}, {} before", pl.col("after").fill_null("unknown"), "on", "before")
        by_person = hours.sort(KEY, "on").group_by(KEY, maintain_order=True)
        told = by_person.agg(hours=said.head(_LINES_SHOWN).str.join("; "))
        general = "; ".join(self._inputs()) or "the same inputs"
        reason = pl.when(pl.col("kind") == "corrected").then(pl.col("hours").fill_null(general)).otherwise("reason")
        cites = pl.when(pl.col("kind") == "corrected").then(self._cites_by_field()).otherwise("cites")
        joined = rows.join(told, on=KEY, how="left", maintain_order="left")
        return joined.with_columns(reason.alias("reason"), cites.alias("cites")).drop("hours")

    def _inputs(self) -> Iterator[str]:
        """What the runs were made from that differs."""
        before, after = self._pair.before.inputs, self._pair.after.inputs
        if before.elections != after.elections:
            yield "the elections are other ones"
        if before.facts != after.facts:
            yield "the plan facts are other ones"
        read = [name for name, option in after.readings.items() if before.readings.get(name) != option]
        if read:
            yield f"read otherwise: {', '.join(read)}"
        if before.plan.engine_version != after.plan.engine_version:
            yield "another version of planrules"
        if before.people != after.people:
            yield "other facts on file"

    def _cites(self, name: str) -> pl.Expr:
        return pl.lit("; ".join(self._pair.after.cites.get(name, ()))).alias("cites")

    def _cites_by_field(self) -> pl.Expr:
        cites = {name: "; ".join(each) for name, each in self._pair.after.cites.items()}
        cites |= {name: cites[rule] for name, rule in _OWNED.items() if rule in cites}
        cites |= {ledger: cites[rule] for ledger, rule in _LEDGERS.items() if rule in cites}
        named = pl.col("field").str.replace(r"\..*$", "")
        return named.replace_strict(cites, default="", return_dtype=pl.String)


def _text(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String)


def _new(name: str) -> pl.Expr:
    return _text(f"{name}{NEW}")
