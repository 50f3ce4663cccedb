"""Versions of a plan's elections: kept for good beside the audit log, each by its content hash.

`document` turns a plan into what is kept and back, `store` keeps it, `starting` says which version is in force when a
server starts, `standing` holds that while it runs, and `changing` puts another in its place.
"""

from planrules.web.versions.standing import InForce, Standing
from planrules.web.versions.store import Versions
from planrules.web.versions.version import Version

__all__ = ["InForce", "Standing", "Version", "Versions"]
