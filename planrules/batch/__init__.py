"""Many people from files to files: evaluated in ranges, compared between two runs, and handed back to payroll."""

from planrules.batch.manifest import Manifest, load_manifest
from planrules.batch.run import Pace, evaluate_folder

__all__ = ["Manifest", "Pace", "evaluate_folder", "load_manifest"]
