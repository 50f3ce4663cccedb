"""The files of tokens and logins, and the hashes in them."""

import hashlib
from pathlib import Path

import pytest
import yaml

from planrules.web.safety.access import AccessError, load_logins, new_login, new_token
from planrules.web.safety.callers import Caller
from planrules.web.safety.passwords import password_is


def written(folder: Path, text: str) -> Path:
    (file := folder / "access.yaml").write_text(text, encoding="utf-8")
    return file


def test_a_new_token_is_let_in_by_its_own_lines(tmp_path: Path) -> None:
    token, lines = new_token("payroll", ["look_up_one", "run_batch"])
    found = load_logins([written(tmp_path, lines)])
    assert found.tokens == {
        hashlib.sha256(token.encode()).digest(): Caller("payroll", frozenset({"look_up_one", "run_batch"}))
    }
    assert token not in lines
    assert new_token("payroll", ["look_up_one"])[0] != token


def test_a_password_is_known_by_its_hash_alone() -> None:
    kept = yaml.safe_load(new_login("ann", "a password of ann", ["look_up_one"]))[0]["password"]
    again = yaml.safe_load(new_login("ann", "a password of ann", ["look_up_one"]))[0]["password"]
    assert kept != again
    assert password_is("a password of ann", kept)
    assert password_is("a password of ann", again)
    assert not password_is("a password of anm", kept)


WRONG = {
    "nobody": "tokens: []",
    "no entries": "- 1",
    "a word": "secret",
    "not YAML": "tokens: [",
    "no role": f"tokens: [{{name: a, sha256: {'0' * 64}, roles: []}}]",
    "an unknown role": f"tokens: [{{name: a, sha256: {'0' * 64}, roles: [king]}}]",
    "a token in place of its hash": "tokens: [{name: a, sha256: planrules_secret, roles: [look_up_one]}]",
    "a password in place of its hash": "logins: [{name: a, password: secret, roles: [look_up_one]}]",
    "an unknown key": "tokens: [{name: a, token: secret, roles: [look_up_one]}]",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_a_file_that_cannot_be_held_to_is_refused_without_its_secrets(tmp_path: Path, text: str) -> None:
    with pytest.raises(AccessError) as caught:
        load_logins([written(tmp_path, text)])
    assert caught.value.exit_code == 2
    assert "secret" not in str(caught.value)


def test_entries_are_appended_to_those_that_are_there(tmp_path: Path) -> None:
    made = [new_token(name, ["look_up_one"])[1] for name in ("payroll", "census", "backup")]
    login = new_login("ann", "a password of ann", ["look_up_one"])
    found = load_logins([written(tmp_path, "".join([*made, login]))])
    assert {each.name for each in found.tokens.values()} == {"payroll", "census", "backup"}
    assert set(found.passwords) == {"ann"}
    headed = load_logins([written(tmp_path, f"tokens:\n{made[0]}{made[1]}logins:\n{login}")])
    assert (len(headed.tokens), len(headed.passwords)) == (2, 1)


def test_a_key_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    made = ["tokens:\n" + new_token(name, ["look_up_one"])[1] for name in ("payroll", "census", "backup")]
    with pytest.raises(AccessError) as caught:
        load_logins([written(tmp_path, "".join(made))])
    assert [(each.what, each.where) for each in caught.value.problems] == [
        ("the key tokens is there twice", "access.yaml, lines 1 and 6"),
        ("the key tokens is there twice", "access.yaml, lines 1 and 11"),
    ]
    with pytest.raises(AccessError, match="a key is there twice") as caught:
        load_logins([written(tmp_path, "{secret: 1, secret: 2}")])
    assert "secret" not in str(caught.value)


def test_one_name_is_one_caller(tmp_path: Path) -> None:
    (one := tmp_path / "one.yaml").write_text(new_token("ann", ["look_up_one"])[1])
    (two := tmp_path / "two.yaml").write_text(new_token("ann", ["run_batch"])[1])
    with pytest.raises(AccessError, match="twice"):
        load_logins([one, two])
    with pytest.raises(AccessError, match="cannot be read"):
        load_logins([tmp_path / "missing.yaml"])
