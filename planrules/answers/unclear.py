"""One unclear place of the documents, told whole: what can be read how, what is in force here and what it can move."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planrules.answers.differences import Key
from planrules.answers.labels import field_in_words
from planrules.engine.fields import FIELDS
from planrules.plan import Reading, Terms, catalogue


@dataclass(frozen=True)
class Option:
    """One way to read the place: its name in an elections file, and what it means.

    `supported`: the text supports it; `literal`: the text supports none, and its words literally say this one.
    """

    name: str
    says: str
    in_force: bool
    supported: bool
    literal: bool


@dataclass(frozen=True)
class Unclear:
    """An unclear place and how this plan reads it.

    Attributes:
        reading: its name in an elections file.
        question: what the documents leave open.
        cites: the boxes and sections it is about, as far as the plan has them.
        why: what the text supports, and why.
        here: what the reading in force means; null where nobody has decided.
        how: why that one is in force, as a whole sentence; where nobody has decided, what follows from that.
        options: every way to read it.
        moves: the parts of an answer that it can move, each with its fields in words; none for a place that no answer
            depends on yet.
        matters: whether another reading would make another plan of this one.
    """

    reading: str
    question: str
    cites: tuple[str, ...]
    why: str
    here: str | None
    how: str
    options: tuple[Option, ...]
    moves: Mapping[str, tuple[str, ...]]
    matters: bool


def unclear(name: str, terms: Terms, chosen: Mapping[str, str], others: Mapping[Key, Terms]) -> Unclear:
    """How a plan reads an unclear place.

    `chosen` are the readings that the elections file chooses; `others` is the plan under each other option of each
    reading. KeyError for a name that is no reading.
    """
    reading, open_here = catalogue()[name], name in terms.choices.undecided
    option = None if open_here else terms.choices[name]
    return Unclear(
        reading=name,
        question=reading.question,
        cites=terms.cites(reading.cites),
        why=reading.why,
        here=None if option is None else reading.options[option],
        how=_how(reading, option, by_elections=name in chosen),
        options=tuple(_options(reading, option)),
        moves={section: tuple(field_in_words(each) for each in FIELDS[section]) for section in reading.bears_on},
        matters=not all(terms.same_as(other) for (which, _), other in others.items() if which == name),
    )


def read_how(reading: Reading, option: str) -> str:
    """Why an option is in force, in a few words."""
    return "as the text supports" if option == reading.supported else "chosen for this plan"


def _how(reading: Reading, option: str | None, *, by_elections: bool) -> str:
    if option is None:
        return "Nobody has decided, and the text does not settle it. Answers that turn on it stay open."
    if not by_elections:
        return "Nobody has chosen for this plan, so that it is read as the text supports."
    if option == reading.supported:
        return "It was chosen for this plan, and it is what the text supports."
    against = "the text does not settle it" if reading.supported is None else "the text supports another"
    return f"It was chosen for this plan; {against}."


def _options(reading: Reading, in_force: str | None) -> Iterator[Option]:
    for name, says in reading.options.items():
        yield Option(name, says, name == in_force, name == reading.supported, name == reading.literal)
