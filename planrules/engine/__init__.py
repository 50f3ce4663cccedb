"""evaluate(people, terms, as_of): every rule for everybody, with a status beside every answer.

`knowledge` keeps what is known by the evaluation date and bounds what is not; `tenure` counts employment;
`determine` runs the rules in stages; `honesty` compares the bounds and sets the statuses. Frames in, frames out;
nobody's answer depends on anybody else, and whoever's facts cannot be true is set aside while the others are
answered.
"""

from planrules.engine.evaluate import evaluate
from planrules.engine.result import Result
from planrules.engine.stages import Stages

__all__ = ["Result", "Stages", "evaluate"]
