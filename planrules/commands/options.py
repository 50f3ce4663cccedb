"""Kinds of arguments that several commands take."""

from datetime import date

import typer
from pydantic import TypeAdapter, ValidationError

from planrules.people.models import Day

_DAY: TypeAdapter[date] = TypeAdapter(Day)


def day(text: str) -> date:
    """A day of the command line; nothing that could be taken for one."""
    try:
        return _DAY.validate_python(text)
    except ValidationError:
        msg = "not a day of the calendar written YYYY-MM-DD, for example 1996-03-31"
        raise typer.BadParameter(msg) from None
