"""How much a request may carry, and how often somebody may guess."""

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


@dataclass(frozen=True)
class Guesses:
    """How many tokens and passwords may be wrong before none is looked at for a while.

    NIST SP 800-63B-4, 3.2.2, shuts a login after at most 100 failures in a row. None is ever shut here, or whoever
    guesses could shut out whose it is; it is slowed instead, to 1,920 guesses a day from wherever they come.

    Attributes:
        window: seconds in which failures are counted, and after which each is forgotten.
        of_address: wrong tokens and passwords of one address.
        of_login: wrong passwords of one login, from all addresses that it has not come from before.
        quiet: seconds without a request after which the next one is recorded as a sign-in again.
    """

    window: int = 900
    of_address: int = 10
    of_login: int = 20
    quiet: int = 1_800
