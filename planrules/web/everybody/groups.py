"""The people that a list is of: those the server was started with, or those of an upload."""

from dataclasses import dataclass

from starlette.requests import Request

from planrules.people import People
from planrules.web.everybody.uploads import BETWEEN, Upload, upload_of
from planrules.web.safety import Caller
from planrules.web.safety.refusals import not_found
from planrules.web.signing import seal, unseal
from planrules.web.site import HostedPlan, Site

LOADED = "loaded"


@dataclass(frozen=True)
class Group:
    """Some people and the plan they are answered for.

    Attributes:
        name: "loaded", or the token of an upload.
        hosted: the plan.
        people: the people.
        path: where their list is.
        upload: the upload they came in; null for those the server was started with.
    """

    name: str
    hosted: HostedPlan
    people: People
    path: str
    upload: Upload | None = None


def loaded(site: Site) -> Group | None:
    """The people the server was started with; null where there are none."""
    return None if site.people is None else Group(LOADED, site.first, site.people, "/everybody")


def uploaded(request: Request, token: str, caller: Caller) -> Group:
    """The people of an upload.

    Raises:
        RefusedError: there is no such upload, or it is over, or somebody else's.
    """
    upload = upload_of(request, token, caller.name)
    site: Site = request.app.state.site
    return Group(token, site.plans[upload.plan], upload.people, f"/uploads/{token}/everybody", upload)


def sealed(request: Request, group: Group, employee_id: str) -> str:
    """What stands in a URL for one of a group."""
    return seal(request, employee_id if group.name == LOADED else f"{group.name}{BETWEEN}{employee_id}")


def unsealed(request: Request, group: Group, token: str) -> str:
    """The employee_id that was sealed for one of this group.

    Raises:
        RefusedError: none was.
    """
    found = unseal(request, token)
    if found is not None and group.name != LOADED:
        name, between, found = found.partition(BETWEEN)
        found = found if between and name == group.name else None
    if found is None:
        raise not_found(what="nobody is known by this address", do="Open the list of everybody and choose the person.")
    return found
