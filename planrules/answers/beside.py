"""What stands beside an answer in sentences: what was taken as it stands, what later law overtook, which plan it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from planrules.answers.labels import fields_in_words
from planrules.answers.models import Answer
from planrules.answers.words import sourced, spoken_date


@dataclass(frozen=True)
class Overtaken:
    """A change of law that overtook a term, and what it bears on."""

    says: str
    cites: tuple[str, ...]
    bears: str


def assumed(answer: Answer) -> Iterator[str]:
    """What was taken as the record stands, one sentence an assumption."""
    return (f"{each.says} This bears on {fields_in_words(each.needed_for)}." for each in answer.assumptions)


def overtaken(answer: Answer) -> Iterator[Overtaken]:
    """The changes of law behind the answers whose term they overtook."""
    for each in answer.superseded:
        yield Overtaken(each.says, each.cites, f"This bears on {fields_in_words(each.fields)}.")


def illustrative(answer: Answer) -> str:
    """That the plan facts are made up for the sample, and what their source is; empty when they are not."""
    return f"{told[:-1]}{sourced(answer.plan.facts_source)}." if (told := made_up(answer)) else ""


def made_up(answer: Answer) -> str:
    """That the plan facts are made up for the sample, in short; empty when they are not."""
    if answer.plan.facts != "illustrative":
        return ""
    return "The match rates and top-heavy Plan Years on file are illustrative."


def which_plan(answer: Answer) -> str:
    """Which plan answered, by its hash and version, for which day."""
    plan = answer.plan
    facts = illustrative(answer)
    day = spoken_date(answer.as_of)
    told = f"{plan.name}, at the close of {day}; plan {plan.elections_hash[:12]}, planrules {plan.engine_version}."
    return f"{told} {facts}" if facts else told
