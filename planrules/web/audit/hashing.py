"""What stands in the audit log for facts and answers: SHA-256 over their JSON, or over the bytes of tables."""

import hashlib
from collections.abc import Mapping
from datetime import date

import polars as pl

from planrules.people import Person


def hash_of(text: str | bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def inputs_hash(person: Person, as_of: date) -> str:
    """Over one person's facts and the day asked for."""
    return hash_of(f"{as_of.isoformat()}\n{person.model_dump_json(by_alias=True)}")


def tables_hash(tables: Mapping[str, pl.DataFrame], as_of: date) -> str:
    """Over tables of people and the day asked for: their rows in order, whatever file they came in."""
    parts = [f"{name}\n{hash_of(tables[name].write_ndjson())}" for name in sorted(tables)]
    return hash_of("\n".join([as_of.isoformat(), *parts]))
