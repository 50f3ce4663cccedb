"""Who asked what of whom, kept for good: a log that rows are added to and never changed or taken from."""

from planrules.web.audit.hashing import hash_of, inputs_hash, tables_hash
from planrules.web.audit.log import AuditLog
from planrules.web.audit.record import Asked

__all__ = ["Asked", "AuditLog", "hash_of", "inputs_hash", "tables_hash"]
