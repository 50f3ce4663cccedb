"""Which fields of an answer rest on what: they are open where the words of an option have no meaning told."""

ON_ENTRY = (
    *("status_of_employee", "entry_on", "next_entry_on", "earliest_entry_on"),
    *("contributions", "suspended_from", "suspended_through"),
    *("months", "total", "allocated_total"),
    *("forfeiture_on", "restored_on", "restoration_valued_on"),
    *("employer_withdrawal_on", "deferral_withdrawal_on", "hardship_accounts"),
)
"""Fields that rest on the day from which somebody takes part."""

ON_SERVICE = (
    *("eligibility_completed_on", "scheduled_entry_on", "periods", *ON_ENTRY),
    *("years_of_service", "vested_percent", "fully_vested_on"),
    *("forfeiture_break_on", "vested_percent_before_forfeiture_break"),
    *("immediate", "payable_after_on", "vested_total", "consent_required"),
)
"""Fields that rest on Hours of Service and their computation periods; `periods`: the periods are not shown either."""

ON_PLAN_YEAR = (
    *ON_SERVICE,
    *("schedule", "default_payment_on", "next_change_on", "next_revocation_on", "next_resumption_on"),
    *("plan_year_compensation", "plan_year_maximum", "deferred_in_plan_year"),
)
"""Fields that rest on when Plan Years begin and end."""

MATCH = ("months", "total", "allocated_total")
"""Everything said about the match."""

ALLOCATED = ("allocated_total",)
"""What of the match is allocated; how much it comes to does not rest on it."""

DEFERRED_PAY = ("plan_year_compensation", "plan_year_maximum")
"""The Compensation that may be deferred from, and how much of it."""

FORFEITED = ("forfeiture_on", "restored_on", "restoration_valued_on")
"""Fields that rest on when a forfeiture occurs."""

OWNED = (
    *("vested_percent", "fully_vested_on", "vested_percent_before_forfeiture_break"),
    *("vested_total", "consent_required", "payable_after_on", *FORFEITED),
    *("employer_withdrawal_on", "hardship_accounts"),
)
"""Fields that rest on the vesting schedules: how much is owned, and what asks that it is."""

ON_YEARS_FOR_VESTING = ("years_of_service", "immediate", *OWNED)
"""Fields that rest on which Years of Service count for vesting."""

PAID = ("vested_total", "consent_required", "payable_after_on")
"""Fields that rest on the whole vested balance."""
