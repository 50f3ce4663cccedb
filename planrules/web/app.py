"""The application: routers, the guards before them and the errors after them."""

from importlib.resources import files

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.staticfiles import StaticFiles

from planrules.api import engine_version
from planrules.web import api, everybody, letter, pages
from planrules.web.api.held import Shelf
from planrules.web.api.repeats import Repeats
from planrules.web.problems import add_errors, told
from planrules.web.safety.guards import add_guards
from planrules.web.signing import Sealer
from planrules.web.site import Site

_NONE: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}
"""Nothing of what is asked is handed to anybody else."""


def create_app(site: Site) -> FastAPI:
    """The application that serves a site; `app.state` has the `site` and the `sealer`."""
    app = FastAPI(
        title="planrules",
        version=engine_version(),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry=_NONE,
        redirect_slashes=False,
    )
    app.state.site = site
    app.state.sealer = Sealer()
    app.state.repeats = Repeats(site.audit.engine, site.clock)
    app.state.shelf = Shelf(site.clock)
    for router in (api.router, pages.router, letter.router, everybody.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("planrules.web") / "static"), check_dir=False), name="static")
    add_errors(app)
    add_guards(app, site, told)
    return app
