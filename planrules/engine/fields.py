"""The fields of an answer, by section: every one has a status."""

from collections.abc import Mapping

FIELDS: Mapping[str, tuple[str, ...]] = {
    "participation": (
        "status_of_employee",
        "eligibility_completed_on",
        "scheduled_entry_on",
        "entry_on",
        "next_entry_on",
        "earliest_entry_on",
        "contributions",
        "suspended_from",
        "suspended_through",
    ),
    "vesting": (
        "years_of_service",
        "schedule",
        "vested_percent",
        "fully_vested_on",
        "forfeiture_break_on",
        "vested_percent_before_forfeiture_break",
    ),
    "matching": ("months", "total", "allocated_total"),
    "distribution": (
        "event_on",
        "immediate",
        "payable_after_on",
        "vested_total",
        "consent_required",
        "default_payment_on",
        "required_beginning_on",
        "forfeiture_on",
        "restored_on",
        "restoration_valued_on",
    ),
    "in_service": ("employer_withdrawal_on", "deferral_withdrawal_on", "hardship_accounts"),
    "deferral": (
        "next_change_on",
        "next_revocation_on",
        "next_resumption_on",
        "maximum_percent",
        "minimum_percent",
        "annual_limit",
        "plan_year_compensation",
        "plan_year_maximum",
        "deferred_in_plan_year",
        "deferred_in_calendar_year",
    ),
}


def fields() -> tuple[str, ...]:
    """Every field of an answer that has a status."""
    return tuple(name for section in FIELDS.values() for name in section)
