"""Reads a filing's text into elections: finds the agreement, its checked boxes, what was typed, and says what is left.

`read_text(raw, form, layout)` gives a `Filing`: the content of an elections file without the readings, and remarks.
How it goes: `text` evens the page; `agreement` finds the sections by number and title; `boxes` names every box;
`margins` takes out what was typed beside them; `segments` cuts the text at the boxes and finds the places to write on
by the printed words around them (`layout`); `places`, `values`, `wordings` and `schedules` read what stands there.

Printed words are told from typed ones by number and checksum of the words between two boxes, so that a word typed
anywhere is noticed, although none of the form's sentences is kept here. Only `read_filing` opens a file.
"""

from planrules.form.reader.layout import Layout, Place, load_layout
from planrules.form.reader.read import Filing, read_text
from planrules.form.reader.remarks import Remark

__all__ = ["Filing", "Layout", "Place", "Remark", "load_layout", "read_text"]
