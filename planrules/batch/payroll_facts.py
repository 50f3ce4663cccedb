"""What a file for payroll can hold, and how its days can be written."""

from collections.abc import Mapping
from typing import Literal

Kind = Literal["text", "day", "money", "percent", "flag"]
FACTS: Mapping[str, Kind] = {
    "employee_id": "text",
    "status_of_employee": "text",
    "period_through": "day",
    "match": "money",
    "tier_1": "money",
    "tier_2": "money",
    "compensation_counted": "money",
    "eligible_contributions": "money",
    "allocated": "flag",
    "newly_eligible": "flag",
    "entry_on": "day",
    "next_entry_on": "day",
    "vested_percent_employer": "percent",
    "vested_percent_regular_matching": "percent",
    "as_of": "day",
}
"""What a column can hold, and its kind."""
DAYS: Mapping[str, str] = {
    "yyyy-mm-dd": "%Y-%m-%d",
    "yyyymmdd": "%Y%m%d",
    "mm/dd/yyyy": "%m/%d/%Y",
    "dd/mm/yyyy": "%d/%m/%Y",
    "mmddyyyy": "%m%d%Y",
}
"""How days can be written, by the name that a layout gives."""
