"""A sample workforce, as large as wanted: made-up people with the shape of Steel Technologies Inc.

shape (data) ▶ workforce (who, when, where) ▶ pay ▶ tables (what is true) and files (as employers have them) ▶ defects

Every number is drawn from the seed, the person's number and the question alone, so the same seed gives the same bytes.
"""

from planrules.sampling.make import make_sample
from planrules.sampling.shape import steel

__all__ = ["make_sample", "steel"]
