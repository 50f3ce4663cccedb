"""What the law says, by date: the limits of every year, thresholds and the changes of law; mostly data.

limits/ has one YAML a series, thresholds/ one a threshold, changes.yaml the dated changes, sources.yaml what was read.
Everything carries its citation and status; what no source on file prints is marked `unconfirmed` wherever it appears.
A year, a day or a name that is not on file raises `planrules.errors.LawError`: nothing is extrapolated.
To add next year's limits: docs/how-to/add-a-limit-for-a-new-year.md. Imports nothing of planrules but the errors.
"""

from planrules.law.annual_limits import Limit, limit, limit_for_period, limit_names, limit_series, limits
from planrules.law.dated_thresholds import Threshold, threshold, threshold_names, thresholds
from planrules.law.dating import Dated, MonthDay, plan_year_start_after
from planrules.law.distribution_dates import (
    DistributionStart,
    RequiredBeginning,
    RequiredBeginningAge,
    StillWorkingRule,
    distribution_start,
    required_beginning,
    required_beginning_age,
    still_working_rule,
)
from planrules.law.law_changes import Change, Overtakes, change, changes, changes_overtaking
from planrules.law.limit_files import LimitSeries
from planrules.law.minimum_vesting import (
    MinimumSchedule,
    VestingMinimum,
    vesting_minimum,
    vesting_minimums,
)
from planrules.law.sourcing import Source, Status, source, sources

__all__ = [
    "Change",
    "Dated",
    "DistributionStart",
    "Limit",
    "LimitSeries",
    "MinimumSchedule",
    "MonthDay",
    "Overtakes",
    "RequiredBeginning",
    "RequiredBeginningAge",
    "Source",
    "Status",
    "StillWorkingRule",
    "Threshold",
    "VestingMinimum",
    "change",
    "changes",
    "changes_overtaking",
    "distribution_start",
    "limit",
    "limit_for_period",
    "limit_names",
    "limit_series",
    "limits",
    "plan_year_start_after",
    "required_beginning",
    "required_beginning_age",
    "source",
    "sources",
    "still_working_rule",
    "threshold",
    "threshold_names",
    "thresholds",
    "vesting_minimum",
    "vesting_minimums",
]
