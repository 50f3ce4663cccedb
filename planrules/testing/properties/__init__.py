"""The properties: what the law and the document promise to everybody in any plan, each with a way to see it broken."""

from planrules.testing.properties import (
    anybody,
    breaks,
    joining,
    joining_law,
    limits,
    matching,
    owning,
    paying,
    restoring,
    vesting_law,
)
from planrules.testing.properties.definition import Claim, Property

__all__ = ["PROPERTIES", "Claim", "Property"]

PROPERTIES: tuple[Property, ...] = (
    *joining_law.PROPERTIES,
    *joining.PROPERTIES,
    *vesting_law.PROPERTIES,
    *owning.PROPERTIES,
    *breaks.PROPERTIES,
    *restoring.PROPERTIES,
    *paying.PROPERTIES,
    *matching.PROPERTIES,
    *limits.PROPERTIES,
    *anybody.PROPERTIES,
)
"""Every property, in the order of the document."""
