"""The application: routers, the guards before them and the errors after them."""

from importlib.resources import files

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from planrules.api import engine_version
from planrules.web import api, everybody, pages
from planrules.web.problems import add_errors
from planrules.web.safety.guards import add_guards
from planrules.web.signing import Sealer
from planrules.web.site import Site


def create_app(site: Site) -> FastAPI:
    """The application that serves a site; `app.state` has the `site` and the `sealer`."""
    app = FastAPI(title="planrules", version=engine_version(), docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site
    app.state.sealer = Sealer()
    for router in (api.router, pages.router, everybody.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("planrules.web") / "static"), check_dir=False), name="static")
    add_errors(app)
    add_guards(app)
    return app
