"""Every address of the server has its place in the data that says which requests are rows."""

import re

import pytest
from starlette.routing import compile_path
from web.serving import ROOT, client

from planrules.web.audit.folding import RowLimits
from planrules.web.audit.routes import Route, route_of, routes
from planrules.web.safety.limits import Guesses
from planrules.web.safety.passwords import password_rules


def addresses() -> list[str]:
    """Every route of the application, in the order in which it looks for one."""
    included = [route for route in client().app.routes if hasattr(route, "effective_route_contexts")]  # type: ignore[attr-defined]
    contexts = [each for route in included for each in route.effective_route_contexts()]
    return [f"{method} {each.path_format}" for each in contexts for method in sorted(each.methods)]


def test_every_address_is_in_the_data_and_nothing_else() -> None:
    assert sorted(addresses()) == sorted(route.name for _, _, route in routes())


def test_the_data_finds_the_route_that_the_application_finds() -> None:
    """Of two that fit a path the application takes the one that it was told first."""
    known = [(*each.partition(" ")[::2], each) for each in addresses()]
    patterns = [(method, compile_path(path)[0], name) for method, path, name in known]
    for method, path, _ in known:
        made_up = re.sub(r"{\w+}", "x", path)
        first = next(name for verb, pattern, name in patterns if verb == method and pattern.match(made_up))
        assert route_of(method, made_up).name == first


PERSONAL = [
    "GET /cases/abc",
    "GET /cases/abc.json",
    "GET /cases/abc/letter",
    "GET /cases/abc/letter.json",
    "GET /cases/abc/letter.pdf",
    "GET /cases/abc/denial",
    "GET /cases/abc/check",
    "GET /cases/abc/facts",
    "GET /cases/abc/timeline.svg",
    "GET /cases/abc/readings",
    "GET /cases/abc/facts.json",
    "POST /cases/abc/what-if",
    "GET /cases/abc/what-if.json",
    "POST /cases/abc/what-if.json",
    "POST /upload",
    "GET /uploads/abc.json",
    "GET /uploads/abc/exceptions.csv",
    "GET /everybody/abc",
    "GET /v1/evaluations/abc/determinations",
]


@pytest.mark.parametrize("asked", PERSONAL)
def test_what_gives_facts_or_answers_out_is_a_row_each_time(asked: str) -> None:
    assert route_of(*asked.split(" ")).recorded


def test_no_address_of_a_case_or_an_upload_goes_without_rows() -> None:
    for _, _, route in routes():
        if "{token}" in route.name or "{name}" in route.name or "{sealed}" in route.name:
            assert route.does != "request", route.name


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/secret", "GET (none)"),
        ("GET", "/cases/secret/nothing", "GET (none)"),
        ("POST", "/cases/secret/letter", "POST /cases/{token}/letter"),
        ("SECRET", "/cases/secret/letter", "(other) /cases/{token}/letter"),
        ("GET", "/static/secret.css", "GET /static/"),
    ],
)
def test_nothing_of_what_was_asked_is_in_a_name(method: str, path: str, name: str) -> None:
    assert route_of(method, path).name == name


def test_files_of_the_server_are_told_apart() -> None:
    assert route_of("GET", "/static/planrules.css") == Route("GET /static/", static=True)


def test_the_how_to_names_everything_that_is_done_and_the_numbers() -> None:
    told = (ROOT / "docs" / "how-to" / "serve.md").read_text("utf-8")
    assert {route.does for _, _, route in routes() if f"`{route.does}`" not in told} == set()
    guesses, rows = Guesses(), RowLimits()
    for said in (
        f"After {guesses.of_address} wrong tokens or passwords",
        f"{guesses.of_login} wrong passwords",
        f"within {guesses.window // 60} minutes",
        f"first {rows.strangers}\nrefusals an hour",
        f"first {rows.callers} of",
        f"at least {password_rules().shortest} characters",
    ):
        assert " ".join(said.split()) in " ".join(told.split()), said
    assert rows.window == 3600
