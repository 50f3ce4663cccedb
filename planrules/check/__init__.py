"""The check of an elections file: the form's own rules, contradictions, and the law of the plan's day.

`check_elections` reads leniently, so that everything wrong stands in one `Report`. Which findings there are, and how
grave each is, is `findings.yaml`; what the form itself asks is data of `planrules.form`; limits of law are data of
`planrules.law`. Terms are checked as they stand on the Effective Date, or under the law of another day.
"""

from planrules.check.catalogue import FindingKind, Severity, finding_kinds
from planrules.check.checking import check_elections
from planrules.check.printing import print_reports
from planrules.check.report import Finding, Report

__all__ = [
    "Finding",
    "FindingKind",
    "Report",
    "Severity",
    "check_elections",
    "finding_kinds",
    "print_reports",
]
