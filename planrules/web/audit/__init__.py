"""Who asked what of whom, kept for good: a log that rows are added to and never changed or taken from.

`record` has its rows, `tables` the database's, `log` writes them. `routes` says by data which request gets one,
`noting` what a route adds to it, `journal` sees to it that it is there first, and `folding` that no flood fills a disk.
"""

from planrules.web.audit.folding import RowLimits
from planrules.web.audit.hashing import hash_of, inputs_hash, tables_hash
from planrules.web.audit.journal import Journal
from planrules.web.audit.log import AuditLog
from planrules.web.audit.noting import note
from planrules.web.audit.record import Asked, Done

__all__ = ["Asked", "AuditLog", "Done", "Journal", "RowLimits", "hash_of", "inputs_hash", "note", "tables_hash"]
