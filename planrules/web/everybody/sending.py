"""What somebody sends with the upload form, what is wrong with it, and reading it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from planrules.people.importing import Imported, ImportMapping
from planrules.web.audit import hash_of
from planrules.web.everybody import days
from planrules.web.everybody.layouts import LAYOUTS, OWN, cannot_be_left_out, fitted, mapping_of, without
from planrules.web.everybody.receiving import Beside, File, read
from planrules.web.site import Site


@dataclass(frozen=True)
class Sent:
    """The fields of the upload form; all are empty before anything is sent.

    Attributes:
        plan: the id of the plan.
        layout: the word of a shipped layout, or "own".
        day: the day on which the files were drawn.
        people_files: the census, or the roster.
        pay_files: payroll files.
        mapping: the uploader's own mapping.
        compared: whether to compare with the people that the server was started with.
        leave_out: the headings of columns that are not to be read.
        secret: what the keys of a hashed column are made with, without spaces at its ends; empty for none.
    """

    plan: str = ""
    layout: str = ""
    day: days.Asked = field(default_factory=days.Asked)
    people_files: tuple[File, ...] = ()
    pay_files: tuple[File, ...] = ()
    mapping: tuple[File, ...] = ()
    compared: bool = False
    leave_out: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)

    @property
    def as_of(self) -> date:
        """The day; ValueError where none was given, which `errors` tells."""
        if self.day.on is None:
            raise ValueError
        return self.day.on

    def inputs(self) -> str:
        """SHA-256 over the files in their order, for the audit log; empty where there are none."""
        files = (*self.people_files, *self.pay_files, *self.mapping)
        return hash_of("\n".join(hash_of(each.content) for each in files)) if files else ""

    def errors(self, site: Site) -> list[tuple[str, str]]:
        """What is wrong with the form: the field's id and what to do, in the order of the fields."""
        words = {OWN, *(layout.word for layout in LAYOUTS)}
        wrong = [
            ("plan", "Choose a plan of this server", self.plan not in site.plans),
            ("month", self.day.error, self.day.on is None),
            ("census", "Choose the census or roster file", not self.people_files),
            (f"layout-{LAYOUTS[0].word}", "Choose how the files are laid out", self.layout not in words),
            ("leave_out", _needed(cannot_be_left_out(self.leave_out)), bool(cannot_be_left_out(self.leave_out))),
            ("mapping", "Choose the file of your mapping", self.layout == OWN and not self.mapping),
        ]
        return [(field, told) for field, told, is_wrong in wrong if is_wrong]


def received(sent: Sent, site: Site) -> Imported:
    """The people in what was sent.

    Raises:
        RefusedError: a file may not be taken.
        PeopleError: a file or the mapping cannot be read at all.
    """
    files = (*sent.people_files, *sent.pay_files)
    last = site.people if sent.compared and sent.plan == site.first.id else None
    beside = Beside(last, sent.secret.encode() or None)
    return read(files, lambda: without(_mapping(sent, site), sent.leave_out), sent.as_of, site.settings, beside)


def _needed(headers: Sequence[str]) -> str:
    named = ", ".join(f"“{header}”" for header in headers)
    return f"{named} cannot be left out: without it a file says that nobody left, or that nothing was deferred"


def _mapping(sent: Sent, site: Site) -> ImportMapping:
    if sent.layout == OWN:
        text = sent.mapping[0].content.decode("utf-8-sig", errors="replace")
        return mapping_of(text, sent.mapping[0].name)
    return fitted(sent.layout, site.plans[sent.plan].plan, _names(sent.people_files), _names(sent.pay_files))


def _names(files: Sequence[File]) -> list[str]:
    return [file.name for file in files]
