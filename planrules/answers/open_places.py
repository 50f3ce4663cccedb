"""What an answer leaves open: facts that are missing, words nobody has interpreted, and readings that matter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planrules.answers.bounded import bounds_in_words, value_of
from planrules.answers.labels import LEDGERS, field_in_words, fields_in_words
from planrules.answers.models import Answer, ReadingNote
from planrules.answers.next_steps import unseen
from planrules.answers.notes import FACTS
from planrules.answers.unclear import read_how
from planrules.answers.words import MONEY, listed
from planrules.engine.fields import fields
from planrules.plan import catalogue


@dataclass(frozen=True)
class NotKnown:
    """A fact that is missing, and the bounds of each answer that needs it: the field in words, and its bounds."""

    fact: str
    bounds: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OpenReading:
    """An unclear place whose other reading would change this answer.

    `here` is the reading in force, `how` why it is; both are null when nobody has decided. `others` are the other
    readings, each with what it would do, as the rest of "That would".
    """

    reading: str
    question: str
    cites: tuple[str, ...]
    how: str | None
    here: str | None
    others: tuple[tuple[str, str], ...]


def not_known(answer: Answer) -> Iterator[NotKnown]:
    """The missing facts that an answer shown to this person needs."""
    shown = [entry for entry in answer.missing if entry.needed_for not in unseen(answer)]
    shown.sort(key=lambda entry: fields().index(entry.needed_for))
    for fact in dict.fromkeys(entry.fact for entry in shown):
        bounds = tuple(
            (field_in_words(entry.needed_for), bounds_in_words(answer, entry)) for entry in shown if entry.fact == fact
        )
        yield NotKnown(f"{FACTS[fact][:1].upper()}{FACTS[fact][1:]}", bounds)


def not_told(answer: Answer) -> Iterator[str]:
    """One sentence an option whose effect nobody has told."""
    for each in answer.untold:
        yield f"{each.says} (AA {each.option}) This bears on {fields_in_words(each.fields)}."


def open_readings(answer: Answer) -> Iterator[OpenReading]:
    """The unclear places whose other reading would change something shown to this person."""
    for note in answer.readings:
        if moved := _moving(answer, note):
            reading = catalogue()[note.reading]
            yield OpenReading(
                reading=note.reading,
                question=reading.question,
                cites=note.cites,
                how=None if note.chosen is None else read_how(reading, note.chosen),
                here=None if note.chosen is None else reading.options[note.chosen],
                others=tuple(
                    (reading.options[option], _moved(changes, decided=note.chosen is not None))
                    for option, changes in moved.items()
                ),
            )


def quiet_readings(answer: Answer) -> str | None:
    """How many unclear places change nothing here; null when there is none."""
    quiet = sum(not _moving(answer, note) for note in answer.readings)
    if not quiet:
        return None
    others = " other" if quiet < len(answer.readings) else ""
    places = f"1{others} unclear place" if quiet == 1 else f"{quiet}{others} unclear places"
    return f"{places} of the document would change nothing here, however read."


def _moving(answer: Answer, note: ReadingNote) -> Mapping[str, Mapping[str, object]]:
    """The other options that change something shown, each with what it changes."""
    return {other.option: other.changes for other in note.others if set(other.changes) - unseen(answer)}


def _moved(changes: Mapping[str, object], *, decided: bool) -> str:
    """What another reading would do, as the rest of "That would"; what it leaves without a value comes last.

    Where nobody has `decided` there is nothing that it could change. A value that is null may be none, or not known
    under that reading: which of them the changes do not say.
    """
    plain = {name: value for name, value in changes.items() if not isinstance(value, list | dict)}
    gone = [name for name, value in plain.items() if value is None]
    to = " to" if decided else ""
    told = [f"{field_in_words(name)}{to} {value_in_words(name, plain[name])}" for name in plain if name not in gone]
    ledgers = [LEDGERS.get(name) or field_in_words(name) for name in changes if name not in plain]
    parts = [f"leave {listed([field_in_words(name) for name in gone])} without {_value_of(gone)}"] if gone else []
    if decided:
        parts = [f"change {listed([*told, *ledgers])}", *parts] if told or ledgers else parts
        return listed(parts)
    parts = [f"decide {listed(ledgers)}", *parts] if ledgers else parts
    return listed([f"make {listed(told)}", *parts] if told else parts)


def _value_of(names: Sequence[str]) -> str:
    """What a field holds, as a noun; of several a word for all of them."""
    kinds = {
        "a day" if name.endswith(("_on", "_from", "_through")) else "an amount" if name in MONEY else "a value"
        for name in names
    }
    return kinds.pop() if len(kinds) == 1 else "a value"


def value_in_words(name: str, value: object) -> str:
    """The value of a field of an answer, as JSON has it, in words; null is none, which only a decided field is."""
    if value is None or value == []:
        return "none"
    return value_of(name, value)
