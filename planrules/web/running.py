"""Runs a site until it is told to stop: one process, one port, and nothing of a request in its logs but the route."""

import gc
import logging
import signal
import socket
import sys
import threading
from types import FrameType

import uvicorn

from planrules.errors import Problem
from planrules.web.api.openapi import warm_up
from planrules.web.app import create_app
from planrules.web.safety.access import AccessError
from planrules.web.site import Site

_TURN = 0.001
"""Seconds after which an evaluation lets the port have its turn: a request is read and written in several."""


def bound(site: Site) -> socket.socket:
    """The port of a site, taken.

    Raises:
        AccessError: it cannot be had.
    """
    host = site.settings.host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, site.settings.port), family=family, backlog=2048)
    except OSError as error:
        raise AccessError([_taken(site.settings.port, error.strerror or type(error).__name__)]) from None


def url_of(site: Site, port: socket.socket) -> str:
    """The address to open in a browser."""
    host = site.settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{port.getsockname()[1]}/"


def run(site: Site, port: socket.socket) -> None:
    """Serves until the process is told to stop; requests that have begun are answered first.

    Then what was only counted is written to the audit log, and the log is closed.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    logging.getLogger("planrules.access").setLevel(logging.INFO)
    config = uvicorn.Config(
        create_app(site),
        access_log=False,  # it would have whole addresses; the door logs routes
        log_config=None,
        server_header=False,
        lifespan="off",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=30,
    )
    threading.Thread(target=warm, args=(site,), daemon=True).start()
    sys.setswitchinterval(_TURN)
    try:
        signal.signal(signal.SIGTERM, _stopped)
        uvicorn.Server(config).run(sockets=[port])
    except KeyboardInterrupt:
        pass  # whoever stops it so has been told by the server
    finally:
        site.desk.close()
        site.journal.close()
        site.audit.close()


def warm(site: Site) -> None:
    """Works out what each plan's readings mean, so that the first question about it is as quick as the next.

    What stands then stands for good: the collector of garbage need not look through it again, for which everybody would
    wait a tenth of a second every few hundred questions.
    """
    for hosted in site.plans.values():
        warm_up(hosted)
    gc.collect()
    gc.freeze()


def _stopped(number: int, frame: FrameType | None) -> None:
    """Ends as Ctrl-C does.

    Uvicorn, once it is done, sends itself the signal that stopped it, which would end the process before the log is
    closed.
    """
    del number, frame
    raise KeyboardInterrupt


def _taken(port: int, why: str) -> Problem:
    return Problem(
        what=f"port {port} cannot be had ({why.lower()})",
        where="--host, --port",
        why="The server listens there.",
        do="Give another --port, or 0 for any that is free.",
    )
