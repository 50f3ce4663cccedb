"""The only clock of planrules. Answers never see it: the audit log, kept replies and sealed forms need the hour."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the hour it is, with its time zone."""


def utc() -> datetime:
    """The hour it is, in UTC."""
    return datetime.now(UTC)
