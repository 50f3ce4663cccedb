"""What stands beside an answer: what is missing, what was assumed, and which change of law overtook a term."""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from planrules import law
from planrules.answers.models import Assumption, Missing, Superseded
from planrules.answers.words import spoken_date
from planrules.engine import Result
from planrules.engine.superseded import later_ages_born_from

FACTS: Mapping[str, str] = {
    "hours": "Hours of Service that are blank in the pay rows",
    "days": "the days of work of pay rows of several days",
    "pay": "the pay rows: hours, compensation and deferrals",
    "birth_date": "the birth date",
    "classes": "the classes of employees, with dates",
    "accounts": "the account balances",
    "everything": "the missing facts together",
    "top_heavy": "whether the plan was top heavy in the Plan Years that have not been tested",
    "match_rates": "the match rate for the month",
    "compensation_limit": "the limit on Compensation for the Plan Year",
    "compensation": "compensation that is blank in the pay rows",
    "bonus": "the bonuses in the pay, which are no part of Compensation",
    "overtime": "the overtime pay in the pay, which is no part of Compensation",
    "commissions": "the commissions in the pay, which are no part of Compensation",
    "other_elective_contributions": "the elective contributions besides deferrals in the pay, no part of Compensation",
    "highly_compensated": "who is a Highly Compensated Employee of the Plan Year",
    "payroll_calendar": "the calendar of payroll periods",
}
"""What to ask for, by fact."""

_ASSUMED: Mapping[str, str] = {
    "pay_gap": "No pay is on file for {gaps} although employed; no hours, no pay and no match are counted there.",
    "reason": "No reason for leaving is on file; it is taken to be neither death nor disability.",
    "accrued_balance": "All of the matching and Employer balance is taken to have accrued by the end of the last "
    "top-heavy Plan Year served; what accrued later is owned to a lower percentage.",
    "everything": "Several of these assumptions together could change the answer.",
}


def missing(result: Result, employee_id: str) -> Iterator[Missing]:
    """One entry a missing fact and answer that needs it."""
    for row in sorted(result.rows_of(employee_id, "missing"), key=itemgetter("fact", "needed_for")):
        bounds = {name: _typed(row[name]) for name in ("earliest", "latest")}
        yield Missing(fact=row["fact"], needed_for=row["needed_for"], **bounds)


def _typed(bound: str | None) -> int | bool | str | None:
    """A bound as its field has it: the frame holds bounds of many fields as text."""
    if bound is None or bound in ("true", "false"):
        return None if bound is None else bound == "true"
    return int(bound) if bound.isdigit() else bound


def assumptions(result: Result, employee_id: str) -> Iterator[Assumption]:
    """One entry an assumption, with the answers that rest on it."""
    resting: dict[str, dict[str, None]] = {}
    for row in result.rows_of(employee_id, "assumptions"):
        resting.setdefault(row["fact"], {})[row["needed_for"]] = None
    spans = result.rows_of(employee_id, "gaps")
    gaps = ", ".join(f"{spoken_date(span['start'])} to {spoken_date(span['through'])}" for span in spans)
    for fact, fields in resting.items():
        yield Assumption(fact=fact, says=_ASSUMED[fact].format(gaps=gaps), needed_for=tuple(fields))


def superseded(result: Result, row: Mapping[str, Any], statuses: Mapping[str, str]) -> Iterator[Superseded]:
    """The changes of law behind the answers whose status says so."""
    names = [name for name, status in statuses.items() if status == "superseded"]
    worked = row["last_worked_year_start"]
    ends = (result.terms.service.plan_year_ends.month, result.terms.service.plan_year_ends.day)
    for change in law.changes():
        touched = tuple(name for name in names if change.touches(name))
        parity, schedule = change.touches("years_of_service"), change.touches("vested_percent")
        not_dropped = parity and "years_of_service" not in names
        not_worked = schedule and not parity and (worked is None or change.reached_on(ends) > worked)
        # The later ages are for those born late enough; the others only gained from working past 70 1/2.
        born = row["birth_date"] or later_ages_born_from()
        too_old = "-age-" in change.id and born < later_ages_born_from()
        if touched and change.reached_on(ends) <= result.as_of and not (not_dropped or not_worked or too_old):
            says = f"{change.law}: {change.what}"
            yield Superseded(change=change.id, says=says, cites=tuple(change.cites), fields=touched)


def person_row(result: Result, employee_id: str) -> Mapping[str, Any]:
    """The person's row of the evaluation."""
    (row,) = result.rows_of(employee_id, "facts")
    return row
