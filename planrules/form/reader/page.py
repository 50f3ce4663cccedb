"""The agreement on its pages: what the parts of the reader share."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from planrules.form.model import Form
from planrules.form.reader.agreement import Agreement, Heading
from planrules.form.reader.layout import Layout
from planrules.form.reader.remarks import Kind, Remark
from planrules.form.reader.text import FilingText

Span = tuple[int, int]


@dataclass
class Page:
    """An agreement being read.

    Attributes:
        text: the whole filing; what has been read from the margins is taken out.
        remarks: what there is to tell so far.
    """

    text: FilingText
    agreement: Agreement
    form: Form
    layout: Layout
    remarks: list[Remark] = field(default_factory=list)

    def sections(self) -> Iterator[tuple[Heading, int]]:
        """Each heading with the end of its section."""
        headings = self.agreement.headings
        ends = [*(following.start for following in headings[1:]), self.agreement.end]
        yield from zip(headings, ends, strict=True)

    def take_out(self, spans: list[Span]) -> None:
        """Makes these spans spaces."""
        self.text = self.text.without(spans)

    def lost(self, span: Span, about: str | None, says: str, words: str | None = None) -> None:
        """Tells of something on the page that is not placed; its words are quoted unless others are given."""
        shown = " ".join(self.text.chars[slice(*span)].split()) if words is None else words
        self._tell("not_placed", span, about, says, shown)

    def confirm(self, span: Span, about: str, says: str, words: str) -> None:
        """Tells of an understanding that a person should confirm."""
        self._tell("confirm", span, about, says, words)

    def _tell(self, kind: Kind, span: Span, about: str | None, says: str, words: str) -> None:
        lines = self.text.line(span[0]), self.text.line(max(span[0], span[1] - 1))
        self.remarks.append(Remark(kind, lines, about, says, words))
