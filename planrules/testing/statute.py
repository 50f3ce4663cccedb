"""The numbers of the statute that do not change with the year, from statute.yaml."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml


@cache
def _numbers() -> Mapping[str, int]:
    text = resources.files(__package__).joinpath("statute.yaml").read_text(encoding="utf-8")
    return {name: int(entry["value"]) for name, entry in yaml.safe_load(text).items()}


def statutory(name: str) -> int:
    """A number of the statute by its name in statute.yaml."""
    return _numbers()[name]
