"""`planrules serve`: the page for HR and the HTTP API for payroll, from one process."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from planrules.people.importing.report import counted

if TYPE_CHECKING:
    from planrules.web.safety.callers import Role
    from planrules.web.site import Site

EXAMPLE = "Example: `planrules serve elections/steel-technologies.yaml --people docs/examples/people --check`"
_MISSING: Final = 2


class RoleName(StrEnum):
    """What somebody may do."""

    LOOK_UP_ONE = "look_up_one"
    RUN_BATCH = "run_batch"
    CHANGE_ELECTIONS = "change_elections"


Elections = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Elections files; without them those of elections/.", metavar="[ELECTIONS]...", show_default=False
    ),
]
PeopleFolder = Annotated[
    Path | None, typer.Option("--people", help="People of the first plan: a folder of tables.", metavar="DIR")
]
Facts = Annotated[
    Path | None,
    typer.Option(
        "--facts", help="Match rates and top-heavy Plan Years; without it `<name>.facts.yaml` beside the elections."
    ),
]
Host = Annotated[str, typer.Option("--host", help="The address to listen on.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any that is free.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="Where the audit log and the versions of elections are kept; without it in a file of yours.",
    ),
]
Login = Annotated[Path | None, typer.Option("--login", metavar="FILE", help="Who may sign in, with which roles.")]
TokenFile = Annotated[
    Path | None, typer.Option("--token-file", metavar="FILE", help="Tokens of programs, with their roles.")
]
Check = Annotated[bool, typer.Option("--check", help="Load everything, say what would be served, and stop.")]
NewToken = Annotated[
    str | None, typer.Option("--new-token", metavar="NAME", help="Make a token, print it with its entry, and stop.")
]
NewLogin = Annotated[
    str | None, typer.Option("--new-login", metavar="NAME", help="Ask for a password, print its entry, and stop.")
]
Roles = Annotated[
    list[RoleName] | None,
    typer.Option("--role", help="A role of the new token or login; may be given several times."),
]


def serve_command(  # noqa: PLR0913  one parameter an option
    elections: Elections = None,
    *,
    people: PeopleFolder = None,
    facts: Facts = None,
    host: Host = "127.0.0.1",
    port: Port = 8080,
    database: Database = None,
    login: Login = None,
    token_file: TokenFile = None,
    check: Check = False,
    new_token: NewToken = None,
    new_login: NewLogin = None,
    roles: Roles = None,
) -> None:
    """The page for one person's question and the HTTP API for payroll, on this machine alone unless told otherwise.

    Nothing is loaded from elsewhere. Beyond loopback it takes tokens or logins. Each question is recorded, by hashes.
    """
    _installed()
    if new_token is not None or new_login is not None:
        _print_entry(new_token, new_login, roles or [RoleName.LOOK_UP_ONE])
        return
    # The web part is loaded by this command alone: no other should need it, or wait for it.
    from planrules.web.audit import AuditLog  # noqa: PLC0415
    from planrules.web.hosting import Served, load_site  # noqa: PLC0415
    from planrules.web.running import bound, run, url_of  # noqa: PLC0415
    from planrules.web.versions.rehearsing import rehearsal  # noqa: PLC0415

    access = [file for file in (login, token_file) if file is not None]
    served = Served(elections or [], facts, people, access, host, port)
    if check:
        _tell(load_site(served, rehearsal(database or _database())))
        return
    site = load_site(served, AuditLog(url := database or _database(made=True)))
    opened = bound(site)
    _tell(site)
    typer.echo(f"Audit log: {_shown(url)}")
    typer.echo(f"Open {url_of(site, opened)}")
    run(site, opened)


def _tell(site: "Site") -> None:
    """What is served: of each plan the version in force, and where it comes from."""
    for plan, hosted in site.plans.items():
        where = site.in_force.standing(plan).in_words()
        typer.echo(f"{plan}: {hosted.plan.reference.name}, {hosted.hash[:12]}, {where}")
    if site.people is not None:
        typer.echo(f"{counted(site.people.employees.height, 'person', 'people')} of {site.first.id}.")
    tokens = counted(len(site.logins.tokens), "token", "tokens")
    logins = counted(len(site.logins.passwords), "login", "logins")
    typer.echo(f"{tokens}, {logins}." if site.logins else "No login: whoever uses this machine may ask.")


def _installed() -> None:
    try:
        import fastapi  # noqa: F401, PLC0415
        import jinja2  # noqa: F401, PLC0415
        import python_multipart  # noqa: F401, PLC0415
        import sqlalchemy  # noqa: F401, PLC0415
        import uvicorn  # noqa: F401, PLC0415
    except ImportError:
        typer.echo(
            "The web part is not installed; pip install 'planrules[web]' brings it (in a checkout: '.[web]').",
            err=True,
        )
        raise typer.Exit(_MISSING) from None


def _print_entry(token: str | None, login: str | None, names: list[RoleName]) -> None:
    from planrules.web.safety.access import new_login, new_token  # noqa: PLC0415

    roles: list[Role] = [each.value for each in names]
    if token is not None:
        made, lines = new_token(token, roles)
        typer.echo(f"The token, shown this once: {made}", err=True)
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        lines = new_login(str(login), password, roles)
    typer.echo(lines.rstrip("\n"))


def _database(*, made: bool = False) -> str:
    """Where the audit log is kept when nobody says: among the files that programs keep for their user."""
    folder = Path(typer.get_app_dir("planrules"))
    if made:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"sqlite:///{(folder / 'audit.db').as_posix()}"


def _shown(url: str) -> str:
    from sqlalchemy import make_url  # noqa: PLC0415

    return make_url(url).render_as_string(hide_password=True)
