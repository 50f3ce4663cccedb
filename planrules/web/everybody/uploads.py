"""What was uploaded, in memory alone: under a random token, for an hour, a few at a time, and for its uploader only."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from starlette.requests import Request

from planrules.people import People
from planrules.people.importing import Imported
from planrules.web.audit import note
from planrules.web.cases import cases
from planrules.web.clock import Clock
from planrules.web.everybody.rosters import Rosters, rosters
from planrules.web.safety.refusals import not_found
from planrules.web.signing import Sealer, sealer

KEPT = 16
LIFETIME = timedelta(hours=1)
BETWEEN = "\n"
"""Stands between the token of an upload and the employee_id of one of its people where the two are sealed."""


@dataclass(frozen=True)
class Upload:
    """What was made of uploaded files.

    Attributes:
        token: what stands in URLs.
        plan: the id of the plan they are answered for.
        as_of: the day on which the files were drawn, at whose close the answers hold.
        imported: the people and everything that was set aside.
        people: the people.
        who: who uploaded them; nobody else is shown them.
        until: when they are forgotten.
        inputs: the hash of the files, as the audit log has it.
        layout: the word of the layout they were read by.
        opened: the tokens of the cases that were made of some of them.
    """

    token: str
    plan: str
    as_of: date
    imported: Imported
    people: People
    who: str
    until: datetime
    inputs: str = ""
    layout: str = ""
    opened: list[str] = field(default_factory=list)


@dataclass
class Uploads:
    """The uploads of this process; the oldest goes when there are more than `KEPT`.

    `gone` is told the token of each that goes. Whose time is over is shown to nobody and goes at the next request.
    """

    clock: Clock
    gone: Callable[[str], None]
    _kept: OrderedDict[str, Upload] = field(default_factory=OrderedDict)

    def add(  # noqa: PLR0913, PLR0917  what an upload is kept with
        self, plan: str, as_of: date, imported: Imported, who: str, inputs: str = "", layout: str = ""
    ) -> Upload:
        """Keeps what was imported; `inputs` is the hash of the files."""
        self._forget_old()
        token, until = secrets.token_urlsafe(24), self.clock() + LIFETIME
        upload = Upload(token, plan, as_of, imported, imported.people, who, until, inputs, layout)
        self._kept[upload.token] = upload
        while len(self._kept) > KEPT:
            self.forget(next(iter(self._kept)))
        return upload

    def get(self, token: str, who: str) -> Upload:
        """The upload of a token.

        Raises:
            RefusedError: there is none, it is over, or somebody else's; which of these is not told.
        """
        self._forget_old()
        found = self._kept.get(token)
        if found is None or found.who != who:
            raise not_found(what="there is no such upload, or it has been forgotten", do="Upload the files again.")
        return found

    def forget(self, token: str) -> None:
        """Lets go of an upload."""
        self._kept.pop(token, None)
        self.gone(token)

    def _forget_old(self) -> None:
        now = self.clock()
        for token in [token for token, upload in self._kept.items() if upload.until <= now]:
            self.forget(token)


def uploads(request: Request) -> Uploads:
    """The uploads of this process."""
    state = request.app.state
    if not hasattr(state, "uploads"):
        state.uploads = Uploads(state.site.clock, partial(_gone, rosters(request), sealer(request)))
    found: Uploads = state.uploads
    return found


def upload_of(request: Request, token: str, who: str) -> Upload:
    """The upload of a token, noted for the audit log.

    Raises:
        RefusedError: as `Uploads.get`.
    """
    found = uploads(request).get(token, who)
    elections = request.app.state.site.plans[found.plan].plan.reference.elections_hash
    note(request, plan=found.plan, inputs_hash=found.inputs, elections_hash=elections)
    return found


def _gone(kept: Rosters, sealed: Sealer, token: str) -> None:
    """Lets go of what was worked out from an upload, and of its people's names in URLs."""
    kept.forget(token)
    sealed.forget(f"{token}{BETWEEN}")


def forget(request: Request, upload: Upload) -> None:
    """Lets go of an upload, of what was worked out from it, and of the people of it that were opened."""
    for token in upload.opened:
        cases(request).forget(token, upload.who)
    uploads(request).forget(upload.token)
