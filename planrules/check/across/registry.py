"""The register of contradictions: the name of a rule's function is the code of its findings in the catalogue."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from planrules.check.catalogue import finding_kinds
from planrules.check.report import Finding
from planrules.check.sheet import Sheet

Rule = Callable[[Sheet], Iterator[str]]

_RULES: dict[str, tuple[tuple[str, ...], Rule]] = {}
rules: Mapping[str, tuple[tuple[str, ...], Rule]] = MappingProxyType(_RULES)
"""Every rule by its code, with its citations."""


def contradiction(*cites: str) -> Callable[[Rule], Rule]:
    """Registers a rule that gives a sentence for each contradiction; the catalogue says why and what to do."""

    def register(rule: Rule) -> Rule:
        _RULES[rule.__name__] = (cites, rule)
        return rule

    return register


def contradictions(sheet: Sheet) -> Iterator[Finding]:
    """Every contradiction in a sheet."""
    for code, (cites, rule) in rules.items():
        kind = finding_kinds()[code]
        for what in rule(sheet):
            yield Finding.of(code, cites, what, kind.means, kind.do or "")
