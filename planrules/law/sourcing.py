"""Where each amount and date was read, and whether a source really prints it.

`confirmed` means that at least one source of sources.yaml prints the value; `unconfirmed` means that it was recalled or
derived and stays marked so wherever it is used.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, RootModel, StringConstraints, ValidationInfo, model_validator

from planrules.errors import LawError
from planrules.law.reading import LawModel, Model, file_text, parse, place, problem

Status = Literal["confirmed", "unconfirmed"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _exact(value: object) -> Decimal:
    """Dollars without a float in between: 9240, or "57820.50" where there are cents."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return Decimal(value)
    if isinstance(value, str) and value.isascii() and value.replace(".", "", 1).isdigit() and value[-3:-2] == ".":
        return Decimal(value)
    message = "an amount is a whole number above 0, or a quoted one with two decimals"
    raise ValueError(message)


def _known(value: str, info: ValidationInfo) -> str:
    if info.context is None or value not in info.context["sources"]:
        message = f"source {value} is not in sources.yaml"
        raise ValueError(message)
    return value


Amount = Annotated[Decimal, BeforeValidator(_exact)]
SourceId = Annotated[str, AfterValidator(_known)]


class Source(LawModel):
    """One thing that was read: what it is, and its address."""

    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Sourced(LawModel):
    """Anything that says whether a source prints it, and which."""

    status: Status
    sources: tuple[SourceId, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether at least one source on file prints it."""
        return self.status == "confirmed"

    @model_validator(mode="after")
    def _confirmed_by_a_source(self) -> Self:
        if self.confirmed and not self.sources:
            message = "confirmed, but no source is named"
            raise ValueError(message)
        if len(set(self.sources)) < len(self.sources):
            message = "a source is named twice"
            raise ValueError(message)
        return self


class _SourceFile(RootModel[dict[str, Source]]):
    """sources.yaml as a whole: source id to source."""


class _SourceList(LawModel):
    sources: _SourceFile


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its id; raises `LawError` when sources.yaml cannot be read."""
    read = parse(_SourceList, file_text("sources.yaml"), place("sources.yaml"))
    return MappingProxyType(read.sources.root)


def source(source_id: str) -> Source:
    """The source with that id; raises `LawError` for one that is not on file.

    >>> source("alpa").title.startswith("ALPA")
    True
    """
    try:
        return sources()[source_id]
    except KeyError:
        raise LawError([problem(f"no source {source_id} is on file", place("sources.yaml"))]) from None


def load(model: type[Model], *parts: str) -> Model:
    """One file below planrules/law as `model`, its sources checked; raises `LawError` with every fault found."""
    return parse(model, file_text(*parts), place(*parts), frozenset(sources()))
