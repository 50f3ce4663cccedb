"""The answer object: one JSON shape, with the names of the batch columns.

Dates are ISO days, hours and money decimal strings, percentages plain numbers. Null is explained by the field's status.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

Status = Literal["decided", "projected", "needs_data", "needs_reading", "provisional", "superseded", "not_applicable"]
StatusOfEmployee = Literal["not_eligible", "awaiting_entry", "participant", "former_participant", "excluded"]
Amount = Annotated[Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json")]


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Percent = Annotated[Decimal, PlainSerializer(_plain_number, return_type=int | float, when_used="json")]


def _plainly(value: object) -> object:
    """A whole percentage as a whole number, another one without zeros at its end."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else value.normalize()


Owned = Annotated[
    int | Decimal,
    BeforeValidator(_plainly),
    PlainSerializer(lambda value: value if isinstance(value, int) else format(value, "f"), when_used="json"),
]
"""A percentage: a whole number, or an exact decimal (a decimal string in JSON)."""


class Part(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class PlanReference(Part):
    """Which plan answered: its name, the hash of its elections, facts and readings, and the engine's version.

    `facts_source` is where the facts file says its figures come from; null when it does not say.
    """

    name: str
    elections_hash: str
    engine_version: str
    facts: str | None = None
    facts_source: str | None = None


class ParticipationPeriod(Part):
    """One eligibility computation period. `hours` is null when they are not known."""

    start: date
    through: date
    hours: Amount | None
    year_of_service: bool | None
    complete: bool


class ContributionEntry(Part):
    """Joining in a contribution that has conditions of its own (AA 2.01(c))."""

    contribution: Literal["matching", "nonelective", "qualified_nonelective"]
    eligibility_completed_on: date | None
    scheduled_entry_on: date | None
    entry_on: date | None


class Participation(Part):
    """Joining the plan (AA 2.01-2.06).

    `contributions` has those with conditions of their own, the other fields speak of the 401(k) arrangement; it is
    empty where one set of conditions serves for all, and null where a missing fact leaves it open. `suspended_from` and
    `suspended_through` are a Participant's latest suspension after a Break (Plan 2.03(B)).
    """

    status_of_employee: StatusOfEmployee | None
    eligibility_completed_on: date | None
    scheduled_entry_on: date | None
    entry_on: date | None
    next_entry_on: date | None
    earliest_entry_on: date | None
    contributions: tuple[ContributionEntry, ...] | None
    suspended_from: date | None
    suspended_through: date | None
    periods: tuple[ParticipationPeriod, ...]


class VestedPercent(Part):
    """The Nonforfeitable percentage of each account; null when it is not known."""

    deferral: Owned
    regular_matching: Owned | None
    employer: Owned | None
    qualified_nonelective: Owned


class VestingPeriod(Part):
    """One computation period of the vesting ledger. `year` stands before what 5.08 leaves out, parity included."""

    start: date
    through: date
    hours: Amount | None
    year: bool | None
    break_: bool | None = Field(alias="break")
    consecutive_breaks: int | None


class Portion(Part):
    """A part of the Employer's money with a percentage of its own, by when it accrued; null is unbounded."""

    accrued_from: date | None
    accrued_through: date | None
    percent: Owned


class Vesting(Part):
    """What is owned of the Employer's money (AA 5.01-5.08). `portions` is empty where one percentage covers all.

    `matching_portions` are those of the match where it vests by schedules of its own.
    """

    computation_period: Literal["plan_year", "employment_year"]
    years_of_service: int | None
    schedule: Literal["top_heavy", "non_top_heavy"] | None
    vested_percent: VestedPercent
    fully_vested_on: date | None
    forfeiture_break_on: date | None
    vested_percent_before_forfeiture_break: Owned | None
    portions: tuple[Portion, ...]
    matching_portions: tuple[Portion, ...]
    periods: tuple[VestingPeriod, ...]


class MatchingMonth(Part):
    """The match for one allocation period of pay dates. Amounts are null when a rate, limit or pay is not on file."""

    month_end: date
    compensation: Amount | None
    compensation_counted: Amount | None
    eligible_contributions: Amount | None
    tier_1: Amount | None
    tier_2: Amount | None
    match: Amount | None
    allocated: bool | None
    tested_on: date | None


class Matching(Part):
    """The match by allocation period (AA 3.01(h)-(j)). `total` adds the periods, `allocated_total` those allocated."""

    allocated_every: Literal["pay_period", "month", "quarter", "plan_year"]
    months: tuple[MatchingMonth, ...]
    total: Amount | None
    allocated_total: Amount | None


class Distribution(Part):
    """When a separated person is paid (AA 6.01, 5.04). All but the required beginning date are null while employed."""

    event_on: date | None
    immediate: bool | None
    payable_after_on: date | None
    vested_total: Amount | None
    consent_required: bool | None
    default_payment_on: date | None
    required_beginning_on: date | None
    forfeiture_on: date | None
    restored_on: date | None
    restoration_valued_on: date | None


class InService(Part):
    """What can be paid to a Participant at work, and in a hardship (AA 6.01(i), (j), 6.03(d)-(l)).

    The days are the first ones on which somebody still employed may withdraw; null when there is none.
    `hardship_accounts` may be had at the evaluation date, and is null when it is not known. `employer_money` and
    `deferral_money` say in words what the two kinds of accounts hold under this plan (AA 3.04(a)).
    """

    employer_money: str
    deferral_money: str
    employer_withdrawal_on: date | None
    deferral_withdrawal_on: date | None
    hardship_accounts: tuple[Literal["deferral", "regular_matching", "employer"], ...] | None


class Deferral(Part):
    """What may be deferred and when it may change (AA 3.01(k), Plan 14.07)."""

    next_change_on: date | None
    next_revocation_on: date | None
    next_resumption_on: date | None
    maximum_percent: Percent | None
    minimum_percent: Percent | None
    annual_limit: Amount | None
    plan_year_compensation: Amount | None
    plan_year_maximum: Amount | None
    deferred_in_plan_year: Amount | None
    deferred_in_calendar_year: Amount | None


class Because(Part):
    """One step of the reasoning: the fact a rule gave, in a sentence, with its citations and the facts it came from."""

    fact: str
    value: Any
    says: str
    cites: tuple[str, ...]
    from_: tuple[str, ...] = Field(alias="from")


class OtherOption(Part):
    """What another option of a reading would change: field to its value then; empty when nothing here would change."""

    option: str
    changes: dict[str, Any]


class ReadingNote(Part):
    """A reading that bears on this plan: the option in force and what each other option would change.

    `cites` are the options this plan checked, and the sections, that leave the question open.
    """

    reading: str
    chosen: str | None
    others: tuple[OtherOption, ...]
    cites: tuple[str, ...]


class UntoldOption(Part):
    """An option whose effect is not told, mostly words of the employer's own, and the fields that rest on it.

    `says` is what would settle it.
    """

    option: str
    says: str
    fields: tuple[str, ...]


class Missing(Part):
    """A fact that is not known, an answer that needs it, and the bounds of that answer; null is unbounded."""

    fact: str
    needed_for: str
    earliest: int | bool | str | None
    latest: int | bool | str | None


class Assumption(Part):
    """Something taken as the record stands, and the answers that rest on it."""

    fact: str
    says: str
    needed_for: tuple[str, ...]


class Superseded(Part):
    """A change of law that overtook the elected term behind some answers."""

    change: str
    says: str
    cites: tuple[str, ...]
    fields: tuple[str, ...]


class Answer(Part):
    """Everything planrules says of one person at the close of one day."""

    employee_id: str
    as_of: date
    plan: PlanReference
    participation: Participation
    vesting: Vesting
    matching: Matching
    distribution: Distribution
    in_service: InService
    deferral: Deferral
    statuses: dict[str, Status]
    because: tuple[Because, ...]
    readings: tuple[ReadingNote, ...]
    untold: tuple[UntoldOption, ...]
    missing: tuple[Missing, ...]
    assumptions: tuple[Assumption, ...]
    superseded: tuple[Superseded, ...]
