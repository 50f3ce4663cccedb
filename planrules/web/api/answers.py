"""`POST /v1/answers`: one person or several, each answered or refused alone."""

import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from planrules.answers import Answer
from planrules.errors import PeopleError, PlanrulesError
from planrules.people import Person
from planrules.web.answering import Way, ask_each, plan_read
from planrules.web.api.bodies import asked_plan, check_hash, json_of, model_of, person_of, under
from planrules.web.api.models import AnswersRequest, Envelope, Outcomes
from planrules.web.api.repeats import once
from planrules.web.api.replies import JSON, dumped
from planrules.web.api.telling import ERRORS
from planrules.web.audit import Asked, hash_of, note
from planrules.web.desk import Outcome
from planrules.web.problems import pointed, problem_of
from planrules.web.safety.callers import caller, role
from planrules.web.safety.refusals import PointedProblem, RefusedError
from planrules.web.safety.uploads import too_many
from planrules.web.site import HostedPlan, Site

router = APIRouter(tags=["answers"])
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", description="For 24 hours the same request with it gets the same reply."),
]
_BODY = {
    "required": True,
    "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{AnswersRequest.__name__}"}}},
}


@router.post(
    "/answers",
    response_model=Answer | Outcomes,
    responses=ERRORS,
    openapi_extra={"requestBody": _BODY},
    summary="When somebody is eligible, joins, is matched, owns and is paid",
)
async def answers(request: Request, key: Key = None) -> Response:
    """Of a `person` the answer, as `planrules answer --json` prints it; of `people` an outcome each, in their order.

    Somebody whose facts cannot all be true has problems in place of an answer, and stops nobody else.
    """
    del key  # `once` reads it
    envelope = model_of(Envelope, await json_of(request))
    several = _people(envelope)
    role("look_up_one" if several is None else "run_batch")(request)
    site: Site = request.app.state.site
    hosted = await under(site, asked_plan(site, envelope), envelope.version)
    note(request, plan=hosted.id, elections_hash=hosted.hash)
    readings = tuple(sorted(envelope.readings.items()))
    plan = plan_read(hosted.plan, readings)
    check_hash(envelope.elections_hash, hosted.plan.reference.elections_hash, plan.reference.elections_hash)

    async def one() -> Response:
        person = person_of(envelope.person, "/person")
        (said,) = await _asked(request, hosted, [person], envelope)
        if isinstance(said, PlanrulesError):
            raise _pointed(said, "/person")
        return Response(said.model_dump_json(), media_type=JSON)

    async def many(people: Sequence[object]) -> Response:
        if len(people) > site.settings.max_people:
            raise too_many(what="people", most=site.settings.max_people)
        outcomes = await _each(request, hosted, people, envelope)
        answered = sum(isinstance(said, Answer) for said in outcomes)
        head = dumped({"as_of": envelope.as_of, "answered": answered, "refused": len(outcomes) - answered})
        told = ",".join(_outcome(said, f"/people/{n}") for n, said in enumerate(outcomes))
        text = f'{{"plan":{plan.reference.model_dump_json()},{head[1:-1]},"outcomes":[{told}]}}'
        return Response(text, media_type=JSON)

    return await once(request, await request.body(), one if several is None else lambda: many(several))


def _people(envelope: Envelope) -> Sequence[object] | None:
    """The people of a request for several; null where it is about one person."""
    given = envelope.model_fields_set & {"person", "people"}
    if given == {"person"}:
        return None
    if given == {"people"} and envelope.people:
        return envelope.people
    told = PointedProblem(
        what="neither one person nor several people" if given != {"person", "people"} else "a person and people",
        where="request",
        why="A request is about one person, or about several.",
        do="Give a `person`, or `people` with at least one.",
    )
    raise RefusedError(422, [told])


async def _asked(
    request: Request, hosted: HostedPlan, persons: Sequence[Person], envelope: Envelope
) -> Sequence[Outcome]:
    readings = tuple(sorted(envelope.readings.items()))
    way = Way(request.state.caller.name, "answer", readings, envelope.other_readings)
    return await ask_each(request.app.state.site, hosted, persons, envelope.as_of, way)


async def _each(
    request: Request, hosted: HostedPlan, people: Sequence[object], envelope: Envelope
) -> Sequence[Outcome]:
    """What each of several gets; who cannot be read is not asked about."""
    read = await run_in_threadpool(lambda: [_read(each, f"/people/{n}") for n, each in enumerate(people)])
    persons = [each for each in read if isinstance(each, Person)]
    unread = [data for data, each in zip(people, read, strict=True) if not isinstance(each, Person)]
    if unread:
        await run_in_threadpool(_record_unread, request, hosted, unread)
    said = iter(await _asked(request, hosted, persons, envelope) if persons else ())
    return [next(said) if isinstance(each, Person) else each for each in read]


def _record_unread(request: Request, hosted: HostedPlan, unread: Sequence[object]) -> None:
    """Rows for those who cannot be read, and never come to the desk that has rows for the others."""
    who, elections = caller(request).name, hosted.plan.reference.elections_hash
    hashes = [hash_of(json.dumps(each, default=str)) for each in unread]
    rows = [Asked(who, "answer", hosted.id, given, elections, "", PeopleError.code) for given in hashes]
    request.app.state.site.audit.record(*rows)


def _read(data: object, base: str) -> Person | PeopleError:
    try:
        return person_of(data, base)
    except PeopleError as error:
        return error


def _outcome(said: Outcome, base: str) -> str:
    if isinstance(said, Answer):
        return f'{{"answer":{said.model_dump_json()},"problems":[]}}'
    return dumped({"answer": None, "problems": [problem_of(each, base) for each in said.problems]})


def _pointed(error: PlanrulesError, base: str) -> PlanrulesError:
    """The error with a pointer at each problem of the person."""
    if error.code != PeopleError.code:
        return error
    return PeopleError([pointed(each, base) for each in error.problems])
