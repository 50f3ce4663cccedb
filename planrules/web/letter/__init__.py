"""The letter: an answer in writing, to be handed over, as a page to print and as PDF.

`content` says what stands in it, `denial` what the claims rule asks for where the answer is a refusal, `pdf` prints it.
"""

from planrules.web.letter.routes import router

__all__ = ["router"]
