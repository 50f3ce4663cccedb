"""An answer of the engine beside that of the oracle: the fields on which they differ."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def plain(value: object) -> object:
    """Oracle values in the form of the JSON answer."""
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def same(ours: Any, theirs: Any) -> bool:  # noqa: ANN401  any JSON value
    """Equal, looking only at what the oracle says of a ledger line."""
    if isinstance(theirs, list) and theirs and isinstance(theirs[0], dict):
        return len(ours) == len(theirs) and all(
            same({name: line[name] for name in other}, other) for line, other in zip(ours, theirs, strict=True)
        )
    if isinstance(ours, int | float) and isinstance(theirs, str):
        return Decimal(str(ours)) == Decimal(theirs)  # a percentage is a number in JSON
    return bool(ours == theirs)


def differences(ours: Any, theirs: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON value
    """Fields that the engine answers otherwise, as (ours, theirs).

    `theirs` is plain. Since when somebody owns all is not asked before they have joined: nothing is theirs by then,
    and what a schedule or a floor gives of nothing the documents do not say.
    """
    joined_on, owned_on = theirs["participation"]["entry_on"], theirs["vesting"]["fully_vested_on"]
    has_joined = joined_on is not None and owned_on is not None and joined_on <= owned_on
    return {
        f"{section}.{name}": (ours[section][name], value)
        for section, fields in theirs.items()
        for name, value in fields.items()
        if not same(ours[section][name], value) and (has_joined or name != "fully_vested_on")
    }
