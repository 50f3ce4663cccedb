"""The letter: an answer in writing, to be handed over, as a page to print and as PDF.

`content` says what stands in it, `pdf` prints it; `denial` drafts, on a page apart, what the claims rule asks of a
refusal.
"""

from planrules.web.letter.routes import router

__all__ = ["router"]
