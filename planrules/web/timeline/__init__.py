"""The timeline of one answer: one model, shown as a picture, as a table and as a paragraph.

`model` says what stands on it, `build` and `marks` take that from the answer and the plan's terms, and `picture`,
`table` and `text` show it. Nothing here decides anything, and no number is written here: hours, years and days of
wait are the plan's.
"""

from planrules.web.timeline.build import timeline
from planrules.web.timeline.model import Timeline
from planrules.web.timeline.picture import picture
from planrules.web.timeline.table import table
from planrules.web.timeline.text import text

__all__ = ["Timeline", "picture", "table", "text", "timeline"]
