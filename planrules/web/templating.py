"""Pages from templates: one environment, its filters, and what every page has: the plans and the form token."""

import re
from datetime import date
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from planrules.answers.words import joined, spoken, spoken_date
from planrules.web.personal import shown
from planrules.web.safety import csrf_token
from planrules.web.safety.callers import roles_of
from planrules.web.site import HostedPlan, Site
from planrules.web.versions import Version

FRAGMENT: Final = "x-fragment"
"""The header of the page's script, which asks for a part of a page alone."""
_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@cache
def environment() -> Environment:
    """The templates of the package. A name that a page was not given is an error, never an empty place."""
    made = Environment(
        loader=PackageLoader("planrules.web"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        us_date=spoken_date,
        us_days=us_days,
        put_by=put_by,
        shown=shown,
        spoken=spoken,
        cites=lambda given: joined(tuple(given)),
        zip_same=lambda names: [(name, name) for name in names],
        zip_words=lambda names: [(name, name[:1].upper() + name[1:]) for name in names],
    )
    return made


def us_days(words: str) -> str:
    """Words with the ISO days in them written as people read them on screen."""
    return _ISO_DAY.sub(lambda found: spoken_date(date.fromisoformat(found[0])), words)


def put_by(version: Version) -> str:
    """Who put a version, as people read it."""
    told = {"file": "read from its file", "engine": "as a newer planrules reads the version before"}
    return told.get(version.origin, f"put by {version.by}")


def page(
    request: Request, name: str, *, status: int = 200, hosted: HostedPlan | None = None, **context: object
) -> HTMLResponse:
    """A page as HTML. `hosted` is the plan that the page is about, the server's first where it is about none."""
    return HTMLResponse(rendered(request, name, hosted=hosted, **context), status)


def rendered(request: Request, name: str, *, hosted: HostedPlan | None = None, **context: object) -> str:
    """A page, or a part of one, as text."""
    site: Site = request.app.state.site
    shared: dict[str, object] = {
        "site": site,
        "hosted": hosted or site.first,
        "csrf": csrf_token(request),
        "path": request.url.path,
        "may": roles_of(request),
    }
    return environment().get_template(name).render(shared | context)
