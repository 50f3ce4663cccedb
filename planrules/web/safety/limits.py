"""How much a request may carry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How much a request may carry.

    Attributes:
        max_body: bytes of a request's body that is no upload.
        max_upload: bytes of an uploaded file, and of all that a request uploads.
        max_unpacked: bytes that an uploaded archive or workbook may unpack to.
        max_people: people of one request for answers.
        max_rows: rows of all the tables of a request.
    """

    max_body: int = 10_000_000
    max_upload: int = 50_000_000
    max_unpacked: int = 500_000_000
    max_people: int = 1_000
    max_rows: int = 2_000_000
