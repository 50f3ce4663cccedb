"""What the check found, one finding at a time, and what follows from all of them."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, computed_field

from planrules.acknowledgments import Acknowledgment
from planrules.check.catalogue import Severity, finding_kinds


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(_Frozen):
    """One thing the check found.

    Attributes:
        severity: from the catalogue, by the code.
        code: stable name of the kind of finding.
        cites: the options of the agreement it is about, and the law or plan section behind it.
        what: what was found in this agreement.
        why: the rule behind it.
        do: what somebody should do about it.
        readings: readings of the catalogue that say how planrules understands the place; empty when there is none.
        acknowledged: who answers for it and why; null when nobody does.
    """

    severity: Severity
    code: str
    cites: tuple[str, ...]
    what: str
    why: str
    do: str
    readings: tuple[str, ...] = ()
    acknowledged: Acknowledgment | None = None

    @classmethod
    def of(cls, code: str, cites: Iterable[str], what: str, why: str, do: str, **more: tuple[str, ...]) -> Self:
        """A finding of a kind in the catalogue; KeyError for a code that is not there."""
        severity = finding_kinds()[code].severity
        return cls(severity=severity, code=code, cites=tuple(dict.fromkeys(cites)), what=what, why=why, do=do, **more)


class Report(_Frozen):
    """Everything the check found in one elections file.

    Attributes:
        elections: what was checked, usually a file's name.
        law_of: the day whose law the terms were held against; null when no day is known, so that none was.
        findings: errors first, then warnings, then notes; each in the form's order.
    """

    elections: str
    law_of: date | None
    findings: tuple[Finding, ...]

    @property
    def open_errors(self) -> tuple[Finding, ...]:
        """The errors nobody has acknowledged."""
        return tuple(found for found in self.findings if found.severity == "error" and found.acknowledged is None)

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own pairing
    @property
    def passed(self) -> bool:
        """Whether no error is left that nobody has acknowledged."""
        return not self.open_errors
