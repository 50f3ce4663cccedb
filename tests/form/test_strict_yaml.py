"""YAML without guessing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planrules.form.strict_yaml import Duplicate, StrictYamlError, read_yaml


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("true", True),
        ("", None),
        ("null", None),
        ("15", 15),
        ("-3", -3),
        ("002", "002"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        (".nan", ".nan"),
        ("12.50", Decimal("12.50")),
        ("9" * 30, "9" * 30),
        ("1995-09-30", date(1995, 9, 30)),
        ("1995-02-30", "1995-02-30"),
        ("09-30", "09-30"),
        ("'15'", "15"),
        ('"null"', "null"),
        ("[1, a]", [1, "a"]),
        ("{3: 100}", {3: 100}),
    ],
)
def test_each_word_has_one_meaning(written: str, value: object) -> None:
    found = read_yaml(f"key: {written}").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_an_empty_text_holds_nothing() -> None:
    assert read_yaml("# only a comment\n").data is None


def test_a_key_that_stands_twice_is_reported_with_both_lines() -> None:
    document = read_yaml('a: 1\n"1.31": x\nb:\n  c: 1\n  c: 2\n1.31: y\n')
    assert document.duplicates == (Duplicate("c", 5, 4), Duplicate("1.31", 6, 2))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [1, 2", "line"),
        ("a: 1\nb: @", "line 2"),
        ("a: &x 1\nb: *x", "line 1: an anchor or alias"),
        ("a: !!python/object:os.system x", "a tag"),
        ("a: !!set {x}", "a tag"),
        ("? [a]\n: 1", "a key is a list"),
        ("a: 1\n---\nb: 2", "second document"),
        ("[" * 5000, "nesting"),
        ("a: \x00", "character"),
    ],
)
def test_more_than_plain_yaml_is_refused(text: str, says: str) -> None:
    with pytest.raises(StrictYamlError, match=says):
        read_yaml(text)


@given(text=st.text(alphabet="ab:-[]{}&*!?#'\"|> \n\t@\x85\ufeff\ud800", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_yaml(text)
    except StrictYamlError:
        return
    assert found.data is None or isinstance(found.data, str | list | dict)
