"""Bodies of requests: JSON with its problems by pointer, and never with a value or a name that the request chose."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from planrules.errors import PeopleError
from planrules.people import Person
from planrules.people.faults import UNKNOWN_FIELD, in_words, placed_problems
from planrules.people.read import json_from
from planrules.plan import catalogue
from planrules.web.api.models import Asking
from planrules.web.api.numbers import check_number
from planrules.web.audit import hash_of, note
from planrules.web.safety.refusals import PointedProblem, RefusedError, not_found, refused
from planrules.web.site import HostedPlan, Site

Model = TypeVar("Model", bound=BaseModel)
_SEE = "Look into /v1/openapi.json for what it takes."
_AT_ONCE = 100_000
"""Bytes of JSON that are read at once; while more are, other requests go on."""
_FREE = ("readings",)
"""Fields whose content has names of the request's own choosing."""
_TELLS: Mapping[str, str] = {
    "missing": "a required field is missing",
    "extra_forbidden": UNKNOWN_FIELD,
    "value_error": "not a valid date written YYYY-MM-DD",
}


async def json_of(request: Request) -> object:
    """The parsed JSON of a request.

    Raises:
        RefusedError: 415 where the body is not declared to be JSON, 400 where it is none.
    """
    if media_type(request) != "application/json":
        raise unsupported(("application/json",))
    body = await request.body()
    note(request, inputs_hash=hash_of(body))
    return parsed(body) if len(body) < _AT_ONCE else await run_in_threadpool(parsed, body)


def parsed(body: bytes) -> object:
    """JSON from bytes; 400 where it is none."""
    try:
        return json_from(body.decode("utf-8-sig"), "request")
    except UnicodeDecodeError:
        raise refused(400, "not text in UTF-8", "JSON is text in UTF-8.", "Encode the body so.") from None
    except PeopleError as error:
        told = error.problems[0]
        raise refused(400, told.what, "The body is JSON.", "Mend it at that place.", told.where) from None


def media_type(request: Request) -> str:
    """What a request says its body is, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def unsupported(known: Sequence[str]) -> RefusedError:
    """The body is of a kind that the address does not take."""
    return refused(415, "a body of another kind", f"Known here: {', '.join(known)}.", "Say so in Content-Type.")


def model_of(model: type[Model], data: object) -> Model:
    """A request's model; 422 with the pointer of each wrong field."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise RefusedError(422, list(_envelope_problems(error))) from None


def _envelope_problems(error: ValidationError) -> Iterator[PointedProblem]:
    for finding in error.errors(include_url=False, include_input=False, include_context=False):
        place = list(finding["loc"])
        if finding["type"] == "extra_forbidden":
            place = place[:-1]
        elif place and place[0] in _FREE:
            place = place[:1]
        what = _TELLS.get(finding["type"], "not what this field takes")
        yield PointedProblem(what=what, where=in_words(["request", *place]), why="", do=_SEE, pointer=pointer_to(place))


def person_of(data: object, base: str) -> Person:
    """One person of a request; `base` is the pointer to it.

    Raises:
        PeopleError: the facts cannot be read, or the employee number looks like a Social Security number; each wrong
            field is told by its pointer.
    """
    try:
        found = Person.model_validate(data)
    except ValidationError as error:
        raise PeopleError(list(_person_problems(error, base))) from None
    check_number(found, base)
    return found


def _person_problems(error: ValidationError, base: str) -> Iterator[PointedProblem]:
    for place, problem in placed_problems(error):
        known = list(place[:-1] if problem.what == UNKNOWN_FIELD else place)
        yield PointedProblem(
            what=problem.what,
            where=in_words(["person", *known]),
            why=problem.why,
            do=problem.do,
            pointer=f"{base}{pointer_to(known)}",
        )


def pointer_to(place: Sequence[int | str]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in place)


def asked_plan(site: Site, asking: Asking) -> HostedPlan:
    """The plan that a request names, with its readings and the hash it expects looked at.

    Raises:
        RefusedError: 404 for no such plan, 422 for an unknown reading or option.
    """
    if asking.plan is not None and asking.plan not in site.plans:
        told = not_found(what="no plan of this id", do="Take an id that /v1/plans lists.").problems[0]
        raise RefusedError(404, [PointedProblem(told.what, "request, plan", told.why, told.do, pointer="/plan")])
    if unknown := list(_unknown_readings(asking.readings)):
        raise RefusedError(422, unknown)
    return site.first if asking.plan is None else site.plans[asking.plan]


def _unknown_readings(chosen: Mapping[str, str]) -> Iterator[PointedProblem]:
    """A name that is no reading's may be anything, and is not told; of a reading, its name is."""
    known, see = catalogue(), "Take names and options that docs/reference/readings.md or /v1/plans/{id} has."
    place = "request, readings"
    if not chosen.keys() <= known.keys():
        why = f"The readings are {', '.join(known)}."
        yield PointedProblem("an unknown reading", place, why, see, pointer="/readings")
    for name in sorted(chosen.keys() & known.keys()):
        if chosen[name] not in known[name].options:
            why = f"Its options are {', '.join(known[name].options)}."
            pointer = pointer_to(["readings", name])
            yield PointedProblem("an unknown option", f"{place}, {name}", why, see, pointer=pointer)


def check_hash(expected: str | None, *served: str) -> None:
    """Refuses with 409 a request that expects to be answered from other elections."""
    if expected is None or expected in served:
        return
    told = PointedProblem(
        what="this plan is not the one that the request expects",
        where="request, elections_hash",
        why="Elections, facts, readings or the engine's reading of them have changed since.",
        do="Look into /v1/plans/{id} for what is in force, and ask with its hash or without one.",
        pointer="/elections_hash",
    )
    raise RefusedError(409, [told])


async def under(site: Site, hosted: HostedPlan, version: str | None, pointer: str = "/version") -> HostedPlan:
    """The plan in the version that a request names; as it is in force where it names none.

    Raises:
        RefusedError: 404 for no such version.
        ElectionsError: this planrules no longer takes what an earlier one took.
        FileError: the database cannot be read.
    """
    if version is None:
        return hosted
    found = await run_in_threadpool(site.in_force.under, hosted.id, version)
    if found is None:
        told = PointedProblem(
            what="no version of this hash",
            where="request, version",
            why="Versions have been in force on this server, or on one with the same database.",
            do="Take a hash that /v1/plans/{id}/versions lists.",
            pointer=pointer,
        )
        raise RefusedError(404, [told])
    return found
