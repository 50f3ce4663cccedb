"""Contradictions between options that the form's data cannot say: one named, cited rule each, a module a subject.

Importing this package registers every rule; `contradictions` runs them all in the order of the modules.
"""

from planrules.check.across import contributions, eligibility, payment, signing, vesting
from planrules.check.across.registry import contradictions, rules

__all__ = ["contradictions", "contributions", "eligibility", "payment", "rules", "signing", "vesting"]
