"""Answers: models, explanations and what a person reads, all rendered from the columns the rules gave.

`build` turns one person's row into an `Answer`; `explain` fills each rule's sentence from that row; `differences`
re-evaluates under the other readings; `sections`, `open_places` and `beside` put it in words as data, which `render`
prints and the page and the letter lay out. Nothing here decides anything.
"""

from planrules.answers.build import answer
from planrules.answers.models import Answer
from planrules.answers.render import print_answer

__all__ = ["Answer", "answer", "print_answer"]
