"""Draws that depend on the seed alone: for Hypothesis, by a provider of its own.

Hypothesis itself also tries constants that it finds in the source of loaded modules outside site-packages. The same
seed would then draw other people after any change of the code, from an editable install, or beside another library.
"""

from functools import cached_property
from typing import Final

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.internal.constants_ast import Constants

STEADY: Final = "planrules-steady"
"""The name under which Hypothesis settings ask for it, as `settings(backend=STEADY)`."""


class SteadyProvider(HypothesisProvider):
    """The provider of Hypothesis without constants from source code."""

    @cached_property
    def _local_constants(self) -> Constants:
        return Constants()


AVAILABLE_PROVIDERS[STEADY] = f"{__name__}.{SteadyProvider.__name__}"
