"""docs/reference/readings.md: the unclear places of the documents, as readings.yaml has them."""

from pages.markdown import code, table
from pages.markdown import page as made
from pages.sample import steel
from planrules.answers.words import joined
from planrules.plan import Reading, catalogue

INTRODUCTION = """
Where the documents can be read in two ways, planrules never chooses silently. Each unclear place is a *reading*: a
question, the options, the option the text supports, and why. An elections file chooses under `readings`; what it does
not choose is read as the text supports it. Where the text supports no option, the employer has to choose: until then
the answers that depend on it are null and their status is `needs_reading`. Either way `answer` works out the other
options too and says what they would change.
"""


def page() -> str:
    """Every reading."""
    rows = [(f"[{name}](#{name})", reading.question) for name, reading in catalogue().items()]
    return made("Readings", INTRODUCTION, table(["reading", "question"], rows), *map(_reading, *_both()))


def _both() -> tuple[tuple[str, ...], tuple[Reading, ...]]:
    return tuple(catalogue()), tuple(catalogue().values())


def _reading(name: str, reading: Reading) -> str:
    chosen = steel().elections.readings.get(name)
    options = [(code(option), meaning) for option, meaning in reading.options.items()]
    supported = code(reading.supported) if reading.supported else "none: the employer has to choose"
    bears = ", ".join(reading.bears_on) or "no part of an answer yet"
    sample = f"The sample plan chooses {code(chosen)}." if chosen else ""
    facts = [
        f"- Cites: {joined(reading.cites)}",
        f"- The text supports: {supported}. {reading.why}",
        f"- Bears on: {bears}",
    ]
    parts = [f"## {name}", reading.question, table(["option", "meaning"], options), "\n".join(facts), sample]
    return "\n\n".join(part for part in parts if part)
