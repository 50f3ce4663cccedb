"""Plan 14.08: the highest actual deferral percentage that highly compensated Employees may reach as a group.

Percentages are hundredths of a percent inside, as the regulations figure them (26 CFR 1.401(k)-1).
"""

from decimal import Decimal
from functools import cache
from importlib import resources

import polars as pl
import yaml

from planrules.book import Rule, rule

_HUNDREDTHS = 100


@cache
def _figures() -> dict[str, Decimal]:
    text = resources.files(__package__).joinpath("deferral_percentage.yaml").read_text(encoding="utf-8")
    return {name: Decimal(entry["value"]) for name, entry in yaml.safe_load(text).items()}


@rule(
    cites=["Plan 14.08", "IRC 401(k)(3)(A)(ii)"],
    says="{nhce_percent} for the others allows {hce_percent_limit} for highly compensated Employees.",
    unit="percent",
)
def hce_percent_limit() -> pl.Expr:
    """The highest average allowed, in hundredths of a percent: 1.25 times, or 2 points more but at most twice."""
    figures, others = _figures(), pl.col("nhce_percent")
    times = others * int(figures["times"] * _HUNDREDTHS) // _HUNDREDTHS
    more = others + int(figures["points_more"] * _HUNDREDTHS)
    twice = others * int(figures["at_most_times"] * _HUNDREDTHS) // _HUNDREDTHS
    return pl.max_horizontal(times, pl.min_horizontal(more, twice))


RULES: tuple[Rule, ...] = (hce_percent_limit,)


def hce_limit(nhce_percent: Decimal) -> Decimal:
    """The highest average percentage allowed to highly compensated Employees.

    >>> hce_limit(Decimal("4"))
    Decimal('6.00')
    """
    frame = pl.DataFrame({"nhce_percent": [int(nhce_percent * _HUNDREDTHS)]})
    return (Decimal(frame.select(hce_percent_limit.column()).item()) / _HUNDREDTHS).quantize(Decimal("0.01"))
