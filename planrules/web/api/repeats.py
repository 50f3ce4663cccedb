"""`Idempotency-Key`: the same request twice gets the same reply, byte for byte, and another under the same key none.

An evaluation is the same each time, so nothing of a reply is kept but its hash, for a day, in the server's database: no
fact or answer about a person rests there. A repeat is worked out again, and told apart if it should ever differ.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from sqlalchemy import Column, DateTime, Engine, MetaData, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from planrules.errors import FileError, Problem
from planrules.web.audit import hash_of
from planrules.web.audit.databases import made
from planrules.web.clock import Clock
from planrules.web.safety.callers import caller
from planrules.web.safety.refusals import RefusedError, refused

HEADER: Final = "idempotency-key"
KEPT: Final = timedelta(hours=24)
_LONGEST = 255
_METADATA = MetaData()
_KEYS = Table(
    "idempotency_keys",
    _METADATA,
    Column("key", String, primary_key=True),
    Column("request", String, nullable=False),
    Column("reply", String, nullable=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
)


class Repeats:
    """The keys of the last day, with the hash of the request and of its reply.

    Raises:
        FileError: the database does not let their table be made.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock
        made(engine, _METADATA)

    def claim(self, key: str, request: str) -> bool:
        """Takes a key for a request, by hashes; true where the same request has it already.

        Raises:
            RefusedError: another request has it.
        """
        now = self._clock()
        with self._engine.begin() as connection:
            connection.execute(delete(_KEYS).where(_KEYS.c.at < now - KEPT))
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_KEYS).values(key=key, request=request, reply=None, at=now))
        except IntegrityError:
            with self._engine.connect() as connection:
                found = connection.execute(select(_KEYS.c.request).where(_KEYS.c.key == key)).scalar()
            if found != request:
                raise _taken() from None
            return True
        return False

    def settle(self, key: str, reply: str) -> None:
        """Keeps the hash of a reply, or compares it with the one that is kept.

        Raises:
            RefusedError: the reply differs from the first.
        """
        with self._engine.begin() as connection:
            first = connection.execute(select(_KEYS.c.reply).where(_KEYS.c.key == key)).scalar()
            if first is None:
                connection.execute(update(_KEYS).where(_KEYS.c.key == key).values(reply=reply))
        if first is not None and first != reply:
            raise _changed()


async def once(request: Request, body: bytes, work: Callable[[], Awaitable[Response]]) -> Response:
    """The reply to a request, worked out under its `Idempotency-Key` where it has one.

    Raises:
        RefusedError: another request had the key, or its reply would be another now.
        FileError: the database does not take the key.
    """
    given = request.headers.get(HEADER)
    if given is None:
        return await work()
    if not given or len(given) > _LONGEST:
        raise refused(400, "not a key", f"An Idempotency-Key has 1 to {_LONGEST} characters.", "Take another.", HEADER)
    repeats: Repeats = request.app.state.repeats
    key = key_of(request)
    target = f"{request.method} {request.url.path}?{request.url.query} {request.headers.get('content-type')}"
    try:
        again = await run_in_threadpool(repeats.claim, key, hash_of(f"{target}\n{hash_of(body)}"))
        reply = await work()
        await run_in_threadpool(repeats.settle, key, hash_of(bytes(reply.body)))
    except SQLAlchemyError as error:
        raise FileError([_not_kept(type(error).__name__)]) from None
    if again:
        reply.headers["idempotency-replayed"] = "true"
    return reply


def key_of(request: Request) -> str:
    """The hash that a request's key is kept under; each caller has keys of their own."""
    return hash_of(f"{caller(request).name}\n{request.headers.get(HEADER)}")


def _taken() -> RefusedError:
    return refused(
        422,
        "another request had this key",
        "A key is for one request and its repeats, for 24 hours.",
        "Take a new key for a new request.",
        HEADER,
    )


def _changed() -> RefusedError:
    return refused(
        409,
        "the reply is another than the first under this key",
        "The plan, its facts or the engine have changed since.",
        "Take a new key, and look into /v1/plans/{id} for what is in force.",
        HEADER,
    )


def _not_kept(kind: str) -> Problem:
    return Problem(
        what=f"the key could not be kept ({kind})",
        where="the server's database",
        why="A request with a key is answered once it is kept.",
        do="Tell whoever runs this server; ask again once its database takes rows.",
    )
