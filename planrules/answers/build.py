"""One person's row and ledgers as an `Answer`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from planrules.answers import models, notes
from planrules.answers.differences import Key, disputes, flat, told, undecided_parts
from planrules.answers.explain import NESTED, hours_reasons, match_reasons, reasons
from planrules.answers.models import Answer, OtherOption, ReadingNote, UntoldOption
from planrules.engine import Result
from planrules.engine.fields import fields
from planrules.plan import Terms, Untold, catalogue
from planrules.supplements import SUPPLEMENTS


def _always(_: Key, __: str) -> bool:
    return True


def answer(
    result: Result,
    employee_id: str,
    plan: models.PlanReference,
    others: Mapping[Key, Result],
    moves: Callable[[Key, str], bool] = _always,
) -> Answer:
    """The answer for one person of an evaluation.

    `others` holds the evaluation under each other option of each reading, by reading and option; `moves` says whether
    one of them may give this person another answer, which is quicker where it is known.
    """
    row = notes.person_row(result, employee_id)
    parts = _parts(result, employee_id, row)
    choices = result.terms.choices
    here = flat(parts)
    there = {key: flat(_of(other, employee_id)) if moves(key, employee_id) else here for key, other in others.items()}
    changed = told(here, there, choices)
    disputed = disputes(changed, choices)
    statuses = dict(row["statuses"]) | {name: "needs_reading" for name in disputed if name in fields()}
    told_why = (*hours_reasons(result.terms), *reasons(row, result.terms), *match_reasons(row, result.terms))
    return Answer(
        employee_id=employee_id,
        as_of=result.as_of,
        plan=plan,
        **undecided_parts(parts, disputed),
        statuses=statuses,
        because=tuple(step for step in told_why if statuses.get(NESTED.get(step.fact, step.fact)) != "needs_reading"),
        readings=tuple(_readings(result.terms, changed)),
        untold=tuple(_untold(result, statuses)),
        missing=tuple(notes.missing(result, employee_id)),
        assumptions=tuple(notes.assumptions(result, employee_id)),
        superseded=tuple(notes.superseded(result, row, statuses)),
    )


def _of(result: Result, employee_id: str) -> dict[str, models.Part]:
    return _parts(result, employee_id, notes.person_row(result, employee_id))


def _parts(result: Result, employee_id: str, row: Mapping[str, Any]) -> dict[str, Any]:
    def lines(ledger: str, model: type[models.Part]) -> list[dict[str, Any]]:
        names = _names(model)
        return [{name: line[name] for name in names} for line in result.rows_of(employee_id, ledger)]

    return {
        "participation": models.Participation(
            periods=lines("participation_periods", models.ParticipationPeriod),
            **_pick(row, models.Participation),
        ),
        "vesting": models.Vesting(
            computation_period=_PERIODS[result.terms.vesting.vesting_period],
            periods=lines("vesting_periods", models.VestingPeriod),
            portions=_portions(row, result.as_of, _EMPLOYER),
            matching_portions=_portions(row, result.as_of, _MATCH) if result.terms.vesting.match_apart else [],
            **_pick(row, models.Vesting),
        ),
        "matching": models.Matching(
            allocated_every=result.terms.matching.allocated_every,
            months=lines("matching", models.MatchingMonth),
            **_pick(row, models.Matching),
        ),
        "distribution": models.Distribution(**_pick(row, models.Distribution)),
        "in_service": models.InService(
            employer_money=result.terms.in_service.employer_money,
            deferral_money=result.terms.in_service.deferral_money,
            **_pick(row, models.InService),
        ),
        "deferral": models.Deferral(**_pick(row, models.Deferral)),
    }


def _names(model: type[models.Part]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _pick(row: Mapping[str, Any], model: type[models.Part]) -> dict[str, Any]:
    given = (
        *("allocated_every", "periods", "months", "portions", "matching_portions", "computation_period"),
        *("employer_money", "deferral_money"),
    )
    return {name: row[name] for name in model.model_fields if name not in given}


_PERIODS: Mapping[str, Literal["plan_year", "employment_year"]] = {
    "Plan Year": "plan_year",
    "Employment Year": "employment_year",
}


_EMPLOYER = ("owned_percent", "later_money_percent", "vested_percent_before_forfeiture_break")
_MATCH = ("owned_matching_percent", "later_matching_percent", "matching_frozen_percent")


def _portions(row: Mapping[str, Any], as_of: date, names: tuple[str, str, str]) -> list[models.Portion]:
    """Money before a Forfeiture Break, money up to the last top-heavy Plan Year, and the rest, where they differ.

    `names` are the columns of the account: what is owned now, of later money, and as it froze.
    """
    now, later, frozen = (row[name] for name in names)
    if row["forfeiture_break_on"] is None:
        frozen = None
    if now is None or (later is None and frozen in (None, now)):
        return []
    cuts: list[tuple[date | None, Any]] = []
    if frozen is not None and frozen != now:
        cuts.append((row["forfeiture_break_on"], frozen))
    if later is not None and row["floor_through_on"] < as_of:
        cuts += [(row["floor_through_on"], now), (None, later)]
    else:
        cuts.append((None, now))
    portions, start = [], None
    entered = row["entry_on"] or as_of
    left = row["last_day_on"] if row["separated"] else as_of
    for through, percent in cuts:
        nothing_since = start is not None and start > left
        if (through is None or entered <= through) and not nothing_since:
            portions.append(models.Portion(accrued_from=start, accrued_through=through, percent=percent))
            start = None if through is None else date.fromordinal(through.toordinal() + 1)
    return portions if len(portions) > 1 else []


def _lacks(option: Untold) -> str:
    """What is not told, as a sentence."""
    remedy = (
        "a supplement in the elections file would"
        if option.option in SUPPLEMENTS
        else "an elections file has no supplement for them"
    )
    told = option.lacks or f"nobody has said what the words written in {option.option} mean: {remedy}"
    return f"{told[0].upper()}{told[1:]}."


def _untold(result: Result, statuses: Mapping[str, str]) -> Iterator[UntoldOption]:
    """The options whose effect is not told, where an answer of the person rests on them."""
    for each in result.terms.untold:
        fields = tuple(name for name in dict.fromkeys(each.fields) if statuses.get(name) == "needs_reading")
        if fields:
            yield UntoldOption(option=each.option, says=_lacks(each), fields=fields)


def _readings(terms: Terms, changed: Mapping[tuple[str, str], dict[str, Any]]) -> Iterator[ReadingNote]:
    for name, reading in catalogue().items():
        others = tuple(
            OtherOption(option=option, changes=changes) for (which, option), changes in changed.items() if which == name
        )
        if others:
            chosen = None if name in terms.choices.undecided else terms.choices[name]
            yield ReadingNote(reading=name, chosen=chosen, others=others, cites=terms.cites(reading.cites))
