"""Changed trials that a property compares with the trial itself: asked later, with more hours, in another order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planrules.people import Person
from planrules.testing.drawn import Trial

_YEAR = timedelta(days=366)
_MUCH_LATER = timedelta(days=6 * 365)
_HOURS_A_DAY = 24

Change = Callable[[Trial, Sequence[date]], Trial | None]


@dataclass(frozen=True)
class Variant:
    """One way to change a trial.

    Attributes:
        name: how properties ask for it.
        says: what is changed.
        made: the changed trial, asked about on one of the days given where it is asked on another day than the trial;
            null where there is nothing to change.
        apart: whether it is evaluated in a batch without the trial itself.
    """

    name: str
    says: str
    made: Change
    apart: bool = False


def _same(trial: Trial, _: Sequence[date]) -> Trial:
    return trial


def _later_by(least: timedelta) -> Change:
    def later(trial: Trial, days: Sequence[date]) -> Trial | None:
        coming = [day for day in days if day >= trial.as_of + least and day > trial.as_of]
        # Without days to choose from, as for one trial alone, a year is enough to change what time can.
        found = min(coming) if coming else None if days else trial.as_of + max(least, _YEAR)
        return None if found is None else Trial(trial.person, found)

    return later


def _reordered(trial: Trial, _: Sequence[date]) -> Trial:
    person = trial.person
    return Trial(
        person.model_copy(
            update={
                "employment": person.employment[::-1],
                "classes": None if person.classes is None else person.classes[::-1],
                "pay": None if person.pay is None else person.pay[::-1],
                "opt_outs": person.opt_outs[::-1],
            }
        ),
        trial.as_of,
    )


def _fuller(trial: Trial, _: Sequence[date]) -> Trial | None:
    """One check has all the hours of its days; which one turns on the person alone."""
    rows = trial.person.pay or ()
    paid = [number for number, row in enumerate(rows) if row.kind == "paid" and row.end <= trial.as_of]
    if not paid:
        return None
    chosen = paid[(trial.as_of.toordinal() + len(rows)) % len(paid)]
    row = rows[chosen]
    hours = Decimal(_HOURS_A_DAY * ((row.end - row.start).days + 1))
    changed = tuple(each.model_copy(update={"hours": hours}) if n == chosen else each for n, each in enumerate(rows))
    return Trial(trial.person.model_copy(update={"pay": changed}), trial.as_of)


def _known_by_then(trial: Trial, _: Sequence[date]) -> Trial:
    """Nothing is on record that comes after the day: no later spell, check, class or payment, no end that is ahead."""
    person, day = trial.person, trial.as_of

    def open_end(each: object) -> object:
        end = getattr(each, "end", None)
        ahead = {"end": None, "reason": None} if hasattr(each, "reason") else {"end": None}
        return each.model_copy(update=ahead) if end is not None and end > day else each  # type: ignore[attr-defined]

    begun = [spell for spell in person.employment if spell.start <= day]
    changed: Mapping[str, object] = {
        # Somebody has to have a first spell, even one that is ahead.
        "employment": tuple(open_end(each) for each in begun or person.employment[:1]),
        "classes": None
        if person.classes is None
        else tuple(open_end(each) for each in person.classes if each.start <= day),
        "pay": None if person.pay is None else tuple(row for row in person.pay if row.end <= day),
        "distributions": tuple(
            each.model_copy(update={"repaid_on": None}) if each.repaid_on and each.repaid_on > day else each
            for each in person.distributions
            if each.paid_on <= day
        ),
    }
    return Trial(person.model_copy(update=dict(changed)), day)


VARIANTS: Mapping[str, Variant] = {
    each.name: each
    for each in (
        Variant("again", "the same facts under another name, in the same batch", _same),
        Variant("alone", "the same facts in other company", _same, apart=True),
        Variant("reordered", "the rows of each table in the other order", _reordered),
        Variant("known_by_then", "without anything that comes after the day asked about", _known_by_then),
        Variant("fuller", "one check with all the hours of its days", _fuller),
        Variant("later", "asked about on the next day tried", _later_by(timedelta(days=1))),
        Variant("much_later", "asked about some years later", _later_by(_MUCH_LATER)),
    )
}
"""Every variant by name."""


def renamed(person: Person, name: str) -> Person:
    """The same facts under another employee_id."""
    return person.model_copy(update={"employee_id": name})
