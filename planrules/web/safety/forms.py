"""Forms that only a page of this server can have sent.

A browser holds a random cookie; each form repeats its keyed digest in a hidden field named `csrf`. Another site can
send the cookie along, and cannot know the digest.
"""

import hmac
from collections.abc import AsyncIterator
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request

from planrules.web.safety.refusals import refused
from planrules.web.signing import sealer

FIELD: Final = "csrf"
HEADER: Final = "x-csrf-token"
_FIELDS, _FILES = 20_000, 20


def csrf_token(request: Request) -> str:
    """What the hidden field `csrf` of a form holds, or the header X-CSRF-Token of a script's request.

    It is of one browser and one caller, so that nobody can have a token made for a cookie that he plants elsewhere.
    """
    who = request.state.caller.name if hasattr(request.state, "caller") else ""
    return sealer(request).digest("csrf", f"{request.state.browser}\0{who}")


async def checked_form(request: Request) -> AsyncIterator[FormData]:
    """A dependency: the fields of a form that a page of this server has sent; its files are gone after the request.

    Raises:
        RefusedError: the form lacks the token of its page.
    """
    settings = request.app.state.site.settings
    form = await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=settings.max_body)
    try:
        given = form.get(FIELD) or request.headers.get(HEADER) or ""
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), csrf_token(request).encode()):
            raise refused(
                403,
                "this form did not come from a page of this server that is still good",
                "So that no other site can send forms in somebody's name, each form carries a token of its page.",
                "Load the page again and send the form from there.",
                reason="form token",
            )
        yield form
    finally:
        await form.close()
