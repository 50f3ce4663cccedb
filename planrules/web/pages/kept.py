"""The facts that the form does not show: they are kept as they are on file, and told where facts are told."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from planrules.answers.words import spoken_date
from planrules.people import Person
from planrules.people.models import PayRow

_PARTS = {
    "bonus": "bonus",
    "overtime": "overtime",
    "commissions": "commissions",
    "other_elective_contributions": "other elective contributions",
    "salary_reduction": "elective deferrals",
    "cash_or_deferred": "of the cash or deferred contribution deferred",
    "mandatory_contribution": "mandatory contributions",
}
"""Amounts of a row of pay beside the pay itself, in words."""


def kept_facts(person: Person) -> Iterator[tuple[str, str]]:
    """Each of these facts that a person has: its name, and what is known."""
    yield from _of_pay(person.pay or ())
    if person.participant_since is not None:
        yield "Participant before the restatement", f"since {spoken_date(person.participant_since)}"
    if person.opt_outs:
        spans = (f"{spoken_date(each.start)} through {spoken_date(each.end)}" for each in person.opt_outs)
        yield "Elections not to participate", "; ".join(spans)
    for paid in person.distributions:
        back = "not paid back" if paid.repaid_on is None else f"paid back on {spoken_date(paid.repaid_on)}"
        yield "Paid out", f"the whole balance on {spoken_date(paid.paid_on)}, {back}"
    if person.top_heavy_schedule_kept_on is not None:
        yield "Election to keep the top-heavy schedule", f"filed on {spoken_date(person.top_heavy_schedule_kept_on)}"


def _of_pay(rows: Sequence[PayRow]) -> Iterator[tuple[str, str]]:
    away = [row for row in rows if row.kind == "maternity"]
    if away:
        hours = sum((row.hours for row in away if row.hours is not None), Decimal(0))
        why = "for pregnancy, birth, adoption or the care that follows"
        yield "Absences", f"{hours:,.2f} hours normally worked in {counted(away)}, {why}"
    paid = [row.compensation for row in rows if row.compensation is not None]
    amounts = [f"${sum(paid):,.2f} of pay in {counted(paid)}"] if paid else []
    amounts += [f"${amount:,.2f} {words}" for name, words in _PARTS.items() if (amount := _sum(rows, name))]
    if amounts:
        yield "Pay and deferrals", "; ".join(amounts)
    more = []
    if other := [row for row in rows if row.paid_on != row.end]:
        more.append(f"{counted(other)} paid on another day than the last day of the work")
    if days := [row.days for row in rows if row.days is not None]:
        more.append(f"{sum(days):,} days with an Hour of Service in {counted(days)}")
    if employers := dict.fromkeys(row.employer for row in rows if row.employer is not None):
        more.append(f"paid by {', '.join(employers)} where the row says so")
    if more:
        yield "Rows of pay", "; ".join(more)


def _sum(rows: Sequence[PayRow], name: str) -> Decimal:
    return sum((getattr(row, name) or Decimal(0) for row in rows), Decimal(0))


def counted(rows: Sequence[object]) -> str:
    """How many rows there are."""
    return "1 row" if len(rows) == 1 else f"{len(rows)} rows"
