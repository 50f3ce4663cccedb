"""Who moved between two runs: the feed that payroll acts on, and its table.

| kind | what moved |
|---|---|
| entered | joined the Plan since the older run, or is new in the files and has joined |
| vested | owns more of the Employer's money |
| became_payable | the day after which the benefit is payable has passed |
| separated | left since the older run |
| returned | had left, and is employed: came back, or the leaving was taken back |
| corrected | a decided value of the past is another one now; see `corrections` |
| not_answered | answered for in the older run only: set aside, or not among the people |
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from planrules.batch.corrections import EVENT, corrected, event, ledger_lines
from planrules.batch.folder import KEY
from planrules.batch.pair import HERE, HERE_NEW, NEW, Pair, pair_of
from planrules.batch.reasons import Reasons

KINDS = ("entered", "vested", "became_payable", "separated", "returned", "corrected", "not_answered")
_ACCOUNTS = ("vested_percent_employer", "vested_percent_regular_matching")
COLUMNS = {"event_id": pl.String, KEY: pl.String, "kind": pl.String, **EVENT, "reason": pl.String, "cites": pl.String}
"""The columns of the feed. `on` is the day a change is about; `cites` has `; ` between citations."""


def changes(old: str | Path, new: str | Path) -> pl.DataFrame:
    """Who moved from one run to the other, with before, after and reason; in the order of employee_id.

    `event_id` is the same whenever the same two runs are compared.

    Raises:
        FileError: one of the folders is not a finished run, or the first is of a later day.
    """
    pair = pair_of(old, new)
    reasons = Reasons(pair)
    kinds, parts = zip(*_parts(pair, reasons), strict=True)
    frames = pl.collect_all(parts, engine="streaming")
    told = [frame.with_columns(kind=pl.lit(kind)) for kind, frame in zip(kinds, frames, strict=True)]
    rows = reasons.of_corrections(pl.concat(told), list(pl.collect_all(list(ledger_lines(pair)), engine="streaming")))
    order = pl.col("kind").replace_strict(list(KINDS), list(range(len(KINDS))), return_dtype=pl.Int8)
    rows = rows.sort(KEY, order, "field", "on")
    return rows.with_columns(event_id=_ids(rows, pair)).select(COLUMNS.keys())


def _parts(pair: Pair, reasons: Reasons) -> Iterator[tuple[str, pl.LazyFrame]]:
    """Every kind of change with its rows: employee_id, the columns of `EVENT`, reason and cites."""
    people = pair.people()
    here, both = people.filter(HERE_NEW), people.filter(pl.col(HERE) & pl.col(HERE_NEW))
    yield "entered", here.filter(_entered(pair)).select(KEY, *event(pair, "entry_on"), *reasons.entered())
    if not pair.same_day:
        for name in _ACCOUNTS:
            more = (pl.col(f"{name}{NEW}") > pl.col(name)) & _not_told_already(name)
            yield "vested", both.filter(more).select(KEY, *event(pair, name), *reasons.vested(name))
        payable = here.filter(_became_payable(pair))
        yield "became_payable", payable.select(KEY, *event(pair, "payable_after_on"), *reasons.payable())
        yield (
            "separated",
            both.filter(_since(pair, "event_on")).select(KEY, *event(pair, "event_on"), *reasons.separated()),
        )
        back = pl.col("event_on").is_not_null() & (pl.col(f"event_on_status{NEW}") == "not_applicable")
        day = pl.lit(None, pl.Date)
        yield "returned", both.filter(back).select(KEY, *event(pair, "event_on", day), *reasons.returned())
    for lines in corrected(pair):
        yield "corrected", lines.with_columns(reason=pl.lit(""), cites=pl.lit(""))
    gone = people.filter(pl.col(HERE) & ~pl.col(HERE_NEW))
    yield "not_answered", gone.select(KEY, *event(pair, "status_of_employee"), *reasons.gone())


def _since(pair: Pair, name: str) -> pl.Expr:
    """Whether a day lies after the older run and not after the newer one, and is another than before."""
    was, now = pl.col(name), pl.col(f"{name}{NEW}")
    return (now > pair.before.inputs.as_of) & (now <= pair.after.inputs.as_of) & was.ne_missing(now)


def _entered(pair: Pair) -> pl.Expr:
    return _since(pair, "entry_on") | (~pl.col(HERE) & (pl.col(f"entry_on{NEW}") <= pair.after.inputs.as_of))


def _became_payable(pair: Pair) -> pl.Expr:
    """Whether the day after which the benefit is payable has passed, and had not on the older run's day."""
    now = pl.col(f"payable_after_on{NEW}")
    return (now >= pair.before.inputs.as_of) & (now < pair.after.inputs.as_of)


def _not_told_already(name: str) -> pl.Expr:
    """Of the match only what is not the same as of the Employer's other money."""
    first = _ACCOUNTS[0]
    if name == first:
        return pl.lit(value=True)
    same = pl.col(name).eq_missing(pl.col(first)) & pl.col(f"{name}{NEW}").eq_missing(pl.col(f"{first}{NEW}"))
    return ~same


def _ids(rows: pl.DataFrame, pair: Pair) -> pl.Series:
    runs = [pair.before.inputs.key, pair.after.inputs.key]
    named = rows.select(KEY, "kind", "field", pl.col("on").cast(pl.String)).iter_rows()
    return pl.Series(
        [hashlib.sha256(json.dumps([*runs, *row]).encode()).hexdigest()[:16] for row in named], dtype=pl.String
    )


def counts(found: pl.DataFrame) -> Mapping[str, int]:
    """How many changes of each kind there are, those without any left out."""
    return {kind: count for kind in KINDS if (count := found.filter(pl.col("kind") == kind).height)}
