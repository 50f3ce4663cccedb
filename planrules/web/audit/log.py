"""The audit log in a database: SQLite in a file, or whatever SQLAlchemy speaks to."""

from planrules.web.audit.record import Asked


class AuditLog:
    """Rows are committed when `record` returns."""

    def record(self, *rows: Asked) -> None:
        """Adds rows; they are on disk when this returns."""
