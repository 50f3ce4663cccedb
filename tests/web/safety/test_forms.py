"""A form is taken from a page of this server and from nowhere else; a token in a URL tells nobody who it is."""

from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.testclient import TestClient
from web.serving import bearer, logins, site

from planrules.web import create_app
from planrules.web.safety import checked_form, csrf_token
from planrules.web.signing import Sealer


@pytest.fixture(scope="module")
def app() -> FastAPI:
    made = create_app(site())

    @made.get("/token")
    def token(request: Request) -> str:
        return csrf_token(request)

    @made.post("/send")
    async def send(form: Annotated[FormData, Depends(checked_form)]) -> str:
        return str(form["said"])

    return made


def browser(app: FastAPI) -> TestClient:
    made = TestClient(app, base_url="http://127.0.0.1")
    made.get("/")
    return made


def test_a_form_with_the_token_of_its_page_is_taken(app: FastAPI) -> None:
    one = browser(app)
    token = one.get("/token").json()
    assert one.post("/send", data={"said": "yes", "csrf": token}).json() == "yes"
    assert one.post("/send", data={"said": "yes"}, headers={"x-csrf-token": token}).json() == "yes"
    assert one.post("/send", data={"csrf": token}, files={"said": ("", b"yes")}).status_code == 200


@pytest.mark.parametrize("token", [None, "", "0" * 32, "é"])
def test_a_form_without_it_is_not(app: FastAPI, token: str | None) -> None:
    sent = {"said": "yes"} | ({} if token is None else {"csrf": token})
    assert browser(app).post("/send", data=sent).status_code == 403


def test_the_token_of_another_browser_is_none(app: FastAPI) -> None:
    token = browser(app).get("/token").json()
    assert browser(app).post("/send", data={"said": "yes", "csrf": token}).status_code == 403


def test_sealed_tokens_tell_nothing_and_end_with_the_process() -> None:
    one, two = Sealer(), Sealer()
    token = one.seal("E1001")
    assert (token, one.unseal(token)) == (one.seal("E1001"), "E1001")
    assert "E1001" not in token
    assert token != two.seal("E1001")
    assert two.unseal(token) is None
    assert one.unseal(one.digest("seal", "E1002")) is None
    assert one.digest("csrf", "E1001") != token


def test_a_token_is_of_its_caller_so_that_nobody_can_have_one_made_for_a_planted_cookie() -> None:
    made = create_app(site(logins=logins(ann="look_up_one", eve="look_up_one")))

    @made.get("/token")
    def token(request: Request) -> str:
        return csrf_token(request)

    eve = TestClient(made, base_url="http://127.0.0.1", headers=bearer("eve"))
    eve.get("/")
    ann = TestClient(made, base_url="http://127.0.0.1", headers=bearer("ann"), cookies=dict(eve.cookies))
    fields = {"csrf": eve.get("/token").json(), "sample": "nobody"}
    address = "/plans/steel-technologies/samples"
    assert eve.post(address, data=fields).status_code == 404
    assert ann.post(address, data=fields).status_code == 403
    assert ann.post(address, data={**fields, "csrf": ann.get("/token").json()}).status_code == 404
