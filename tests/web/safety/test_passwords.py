"""What a password must be, and hashes that can be checked."""

import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planrules.cli import app
from planrules.web.safety.access import AccessError, load_logins, new_login
from planrules.web.safety.passwords import can_be_checked, hashed, password_is, password_rules, wrong_with

SHORTEST, LONGEST = password_rules().shortest, password_rules().longest


def test_the_rules_are_those_of_a_password_that_lets_in_alone() -> None:
    rules = password_rules()
    assert rules.shortest >= 15
    assert rules.longest >= 64
    assert "800-63B" in rules.cites


@pytest.mark.parametrize(
    "password",
    [
        "",
        "secret",
        "x7-ßkq 9.Lm2!a",  # 14 characters, of every kind
        "x" * SHORTEST,
        "planrulesplanrules",
        "Password Password"[:8] * 2,
        "ann-of-hrann-of-hr",
        "ANN-OF-HRann-of-hran",
        "12345678901234567890",
        "kq8 mzt4 w2" * 40,
    ],
)
def test_a_password_that_would_be_guessed_is_refused_without_being_told(password: str) -> None:
    with pytest.raises(AccessError) as caught:
        new_login("ann-of-hr", password, ["look_up_one"])
    (problem,) = caught.value.problems
    assert all((problem.what, problem.where, problem.why, problem.do))
    assert not password or password not in str(caught.value)


@pytest.mark.parametrize("password", ["kq8 mzt4 w2 pp9", "fünfzehn Zeichen", "x" * 14 + "y", "correct horse " * 6])
def test_any_characters_will_do_when_there_are_enough(password: str) -> None:
    assert wrong_with(password, "ann-of-hr") is None


def test_characters_are_counted_and_not_their_bytes() -> None:
    assert wrong_with("ééééééé", "ann") is not None
    assert wrong_with("漢字仮名交じり文の長い合言葉です。", "ann") is None


def test_a_character_is_the_same_however_it_is_composed() -> None:
    kept = hashed("un café à Orléans")
    assert password_is(unicodedata.normalize("NFD", "un café à Orléans"), kept)
    assert not password_is("un cafe a Orleans", kept)


def test_the_command_says_what_is_wrong_and_prints_no_entry() -> None:
    made = CliRunner().invoke(app, ["serve", "--new-login", "ann"], input="hunter2 zq7w\nhunter2 zq7w\n")
    assert isinstance(made.exception, AccessError)
    assert "shorter than 15 characters" in str(made.exception)
    assert "zq7w" not in str(made.exception) + made.output
    assert "scrypt" not in made.output


SALT = "c2FsdHNhbHQ="
WRONG = {
    "no power of two": f"scrypt$16383$8$1${SALT}${SALT}{SALT}",
    "no rounds": f"scrypt$16384$8$0${SALT}${SALT}{SALT}",
    "more memory than there is": f"scrypt$16777216$8$1${SALT}${SALT}{SALT}",
    "not base64": f"scrypt$16384$8$1$A=AAAAAAA${SALT}{SALT}",
}


@pytest.mark.parametrize("kept", WRONG.values(), ids=WRONG.keys())
def test_a_hash_that_cannot_be_checked_is_found_before_somebody_signs_in(tmp_path: Path, kept: str) -> None:
    assert not can_be_checked(kept)
    (file := tmp_path / "logins.yaml").write_text(
        f"logins: [{{name: ann, password: '{kept}', roles: [look_up_one]}}]", encoding="utf-8"
    )
    with pytest.raises(AccessError) as caught:
        load_logins([file])
    assert SALT not in str(caught.value)


def test_entries_of_before_go_on_letting_in() -> None:
    kept = "scrypt$16384$8$1$AAAAAAAAAAAAAAAAAAAAAA==$"
    assert can_be_checked(f"{kept}{SALT}")
    assert can_be_checked(hashed("anything"))
