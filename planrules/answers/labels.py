"""The fields of an answer in words, for sentences: no field name is prose."""

from collections.abc import Iterable, Mapping

_FIELDS: Mapping[str, str] = {
    "status_of_employee": "the person's standing in the Plan",
    "eligibility_completed_on": "the day the conditions for joining are met",
    "scheduled_entry_on": "the scheduled Plan Entry Date",
    "entry_on": "the day of joining",
    "next_entry_on": "the day of joining that lies ahead",
    "earliest_entry_on": "the earliest day of joining",
    "contributions": "joining in contributions with conditions of their own",
    "suspended_from": "the first day of a suspension",
    "suspended_through": "the last day of a suspension",
    "years_of_service": "the Years of Service",
    "schedule": "which vesting schedule applies",
    "vested_percent": "the percentage owned",
    "fully_vested_on": "the day of full ownership",
    "forfeiture_break_on": "the day of a Forfeiture Break",
    "vested_percent_before_forfeiture_break": "the percentage owned of money from before the Forfeiture Break",
    "portions": "which money is owned to which percentage",
    "matching_portions": "which part of the match is owned to which percentage",
    "months": "the match by month",
    "total": "the match in total",
    "allocated_total": "the match allocated",
    "event_on": "the day of leaving",
    "immediate": "whether payable at once",
    "payable_after_on": "the day from which payment can be made",
    "vested_total": "the vested balance",
    "consent_required": "whether consent is needed",
    "default_payment_on": "the payment day when nobody elects",
    "required_beginning_on": "the day by which payment must begin",
    "forfeiture_on": "the day of a forfeiture",
    "restored_on": "the day as of which a forfeiture is restored",
    "restoration_valued_on": "the day whose amount is restored",
    "employer_withdrawal_on": "when the Employer's money can be withdrawn while employed",
    "deferral_withdrawal_on": "when elective deferrals can be withdrawn while employed",
    "hardship_accounts": "what can be paid in a hardship",
    "next_change_on": "the next day to change the salary reduction",
    "next_revocation_on": "the next day to revoke the salary reduction",
    "next_resumption_on": "the next day to take the salary reduction up again",
    "maximum_percent": "the highest percentage of deferrals",
    "minimum_percent": "the lowest percentage of deferrals",
    "annual_limit": "the limit on deferrals in the calendar year",
    "plan_year_compensation": "the Plan Year's Compensation that deferrals are measured against",
    "plan_year_maximum": "the most that can be deferred of the Plan Year's Compensation so far",
    "deferred_in_plan_year": "what has been deferred in the Plan Year",
    "deferred_in_calendar_year": "what has been deferred in the calendar year",
    "participation.periods": "the measuring periods",
    "vesting.periods": "the years that count for vesting",
    "periods": "the measuring periods",
    "computation_period": "which years count for vesting",
    "allocated_every": "how often the match is allocated",
    "employer_money": "which money of the Employer can be withdrawn",
    "deferral_money": "which money of the employee can be withdrawn",
}
LEDGERS: Mapping[str, str] = {"months": "what some months of the match come to or whether they are allocated"}
"""How a change in some lines of a table is told, where that is not how the table is called."""


def field_in_words(name: str) -> str:
    """A field of an answer, as the rest of a sentence; KeyError for a name that is none."""
    return _FIELDS[name]


def fields_in_words(names: Iterable[str]) -> str:
    """Fields of an answer, one after the other."""
    return ", ".join(map(field_in_words, names))
