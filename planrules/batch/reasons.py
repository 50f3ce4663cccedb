"""Why somebody moved: the facts of both runs that brought it about, in a sentence, with the citations of this plan."""

from collections.abc import Iterator

import polars as pl

from planrules.batch.folder import KEY
from planrules.batch.pair import HERE, NEW, Pair

_OWNED = {"vested_percent_employer": "owned_percent", "vested_percent_regular_matching": "owned_matching_percent"}
_LINES_SHOWN = 3


class Reasons:
    """The reasons of the changes of one pair of runs."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair

    def entered(self) -> list[pl.Expr]:
        """Why somebody joined: the conditions, and the entry date after them."""
        met = pl.format("met the conditions on {} and joined on {}", _new("eligibility_completed_on"), _new("entry_on"))
        told = pl.coalesce(met, pl.format("joined on {}", _new("entry_on")))
        strange = pl.when(pl.col(HERE)).then(pl.lit("")).otherwise(pl.lit("; not answered for in the run before"))
        return [(told + strange).alias("reason"), self._cites("entry_on")]

    def vested(self, name: str) -> list[pl.Expr]:
        """Why somebody owns more: the Years of Service before and after, or that they are the same."""
        was, now = _text("years_of_service"), _new("years_of_service")
        more = pl.format("{} Years of Service, {} before", now, was)
        same = pl.format("{} Years of Service as before; an age, an event or the schedule that applies", now)
        told = pl.when(was.ne_missing(now)).then(more).otherwise(same)
        unknown = pl.lit("the Years of Service are not known")
        return [pl.coalesce(told, unknown).alias("reason"), self._cites(_OWNED[name])]

    def payable(self) -> list[pl.Expr]:
        """Why somebody can be paid."""
        told = pl.format("left on {}; payable after {}", _new("event_on"), _new("payable_after_on"))
        any_day = pl.format("payable after {}", _new("payable_after_on"))
        return [pl.coalesce(told, any_day).alias("reason"), self._cites("payable_after_on")]

    def separated(self) -> list[pl.Expr]:
        """Why somebody counts as having left."""
        return [pl.format("employment ended on {}", _new("event_on")).alias("reason"), self._cites("event_on")]

    def returned(self) -> list[pl.Expr]:
        """Why somebody counts as employed again."""
        told = pl.lit("employed on the day of the newer run: came back, or the leaving was taken back")
        return [told.alias("reason"), self._cites("status_of_employee")]

    def gone(self) -> list[pl.Expr]:
        """Why there is no answer any more."""
        aside = pl.lit("set aside: the exceptions file of the newer run says why")
        absent = pl.lit("not among the people of the newer run")
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
        return pl.col("field").replace_strict(cites, default="", return_dtype=pl.String)


def _text(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String)


def _new(name: str) -> pl.Expr:
    return _text(f"{name}{NEW}")
