"""Section 6.03 of a plan in plain words: what a Participant at work can take out, and hardship."""

from collections.abc import Iterator

from planrules.answers.words import spoken
from planrules.plan import Terms

Line = tuple[str, tuple[str, ...]]


def in_service_lines(terms: Terms) -> Iterator[Line]:
    """Withdrawals while employed, then hardship at work and after leaving."""
    yield from _employer(terms)
    yield from _deferral(terms)
    yield from _hardship(terms)


def _employer(terms: Terms) -> Iterator[Line]:
    by, part = terms.set_by, terms.in_service
    if part.employer_from_retirement_age:
        yield (
            f"While employed, {part.employer_money} from Normal Retirement Age on.",
            by["employer_from_retirement_age"],
        )
    if part.employer_from_age is not None:
        percent = spoken(part.employer_from_age_percent)
        told = (
            f"While employed, {part.employer_money} from age {part.employer_from_age} on, with {percent}% of it owned."
        )
        yield told, by["employer_from_age"]
    if part.employer_after_years is not None:
        years = f"{part.employer_after_years} years as a Participant"
        told = f"While employed, {part.employer_money} after {years}, with all of it owned."
        yield told, by["employer_after_years"]


def _deferral(terms: Terms) -> Iterator[Line]:
    by, part = terms.set_by, terms.in_service
    if part.deferral_from_retirement_age:
        earliest = f"age {part.earliest_deferral_years} and {part.earliest_deferral_months} months"
        told = f"While employed, {part.deferral_money} from the later of Normal Retirement Age and {earliest} on."
        yield told, by["deferral_from_retirement_age"]
    if part.deferral_from_age is not None:
        yield f"While employed, {part.deferral_money} from age {part.deferral_from_age} on.", by["deferral_from_age"]


def _hardship(terms: Terms) -> Iterator[Line]:
    by, part = terms.set_by, terms.in_service
    for when, name in (("While employed", "hardship_at_work"), ("After leaving", "hardship_after_separation")):
        accounts = getattr(part, name)
        money = ["elective deferrals"] if "deferral" in accounts else []
        money += [part.employer_money] if "employer" in accounts else []
        yield f"{when}, in a hardship: {' and '.join(money) or 'nothing'}.", by[name]
    if part.hardship_percent:
        percent = spoken(part.hardship_percent)
        yield f"In a hardship {part.employer_money} only once {percent}% of it is owned.", by["hardship_percent"]
