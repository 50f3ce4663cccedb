"""The sample plan."""

from functools import cache
from pathlib import Path

import planrules

ROOT = Path(__file__).resolve().parents[2]
ELECTIONS = "elections/steel-technologies.yaml"


@cache
def steel() -> planrules.Plan:
    """The plan of Steel Technologies Inc."""
    return planrules.load_plan(ROOT / ELECTIONS)
