"""Reading what an employer elected, and every refusal."""

import copy
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from planrules.check import check_elections
from planrules.elections import Elections, load_elections, parse_elections
from planrules.errors import ElectionsError, FileError, PlanrulesError

ROOT = Path(__file__).parents[1]
STEEL = ROOT / "elections" / "steel-technologies.yaml"

SMALL: dict[str, Any] = {
    "form": "adoption-agreement-005",
    "employer": {"name": "Example Inc.", "ein": "12-3456789"},
    "plan": {"name": "Example Plan", "number": "001"},
    "not_applicable": ["1.31"],
    "checked": {
        "1.07(a)": None,
        "2.01(a)": {"age": 21},
        "2.01(f)": {"effective": date(1993, 8, 1), "each": ["01-01", "07-01"]},
        "3.01(k)(1)(ii)": {"maximum_percent": Decimal("12.5")},
    },
    "readings": {"match_employment_condition": "plan_year_end"},
}


@pytest.fixture
def small() -> dict[str, Any]:
    return copy.deepcopy(SMALL)


def refusal(data: object) -> str:
    """The text of the one error that lists every problem."""
    with pytest.raises(ElectionsError) as caught:
        parse_elections(data, "example.yaml")  # type: ignore[arg-type]  # bad input is the point
    assert all(problem.where.startswith("example.yaml") and problem.do for problem in caught.value.problems)
    return str(caught.value)


def file_refusal(tmp_path: Path, text: str, refused: type[PlanrulesError] = ElectionsError) -> str:
    (file := tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(refused) as caught:
        load_elections(file)
    return str(caught.value)


# ---- asking ---------------------------------------------------------------------


def test_what_is_not_there_was_not_checked(small: dict[str, Any]) -> None:
    elections = parse_elections(small, "example.yaml")
    assert elections.has("2.01(a)")
    assert not elections.has("2.01(b)(1)")
    assert elections.blank("5.01(a)", "age") is None
    assert elections.source == {}


def test_asking_for_what_the_form_has_not_is_an_error_of_the_asker(small: dict[str, Any]) -> None:
    elections = parse_elections(small, "example.yaml")
    with pytest.raises(KeyError):
        elections.has("2.01(z)")
    with pytest.raises(KeyError, match="years"):
        elections.blank("2.01(a)", "years")


def test_elections_are_frozen(small: dict[str, Any]) -> None:
    elections = parse_elections(small, "example.yaml")
    with pytest.raises(ValidationError, match="frozen"):
        elections.form = "another"  # type: ignore[misc]  # mypy sees the mistake too


def test_checked_follows_the_form_s_order(small: dict[str, Any]) -> None:
    small["checked"] = dict(reversed(small["checked"].items()))
    assert list(parse_elections(small, "example.yaml").checked) == list(SMALL["checked"])


# ---- the hash --------------------------------------------------------------------


def test_the_hash_does_not_depend_on_order_or_spelling(small: dict[str, Any]) -> None:
    other = {key: small[key] for key in reversed(small)}
    other["checked"] = dict(reversed(small["checked"].items()))
    other["checked"]["1.07(a)"] = {}
    other["checked"]["2.01(f)"] = {"each": ["07-01", "01-01"], "effective": "1993-08-01"}
    other["checked"]["3.01(k)(1)(ii)"] = {"maximum_percent": "12.50"}
    assert parse_elections(other, "b.yaml").content_hash == parse_elections(small, "a.yaml").content_hash


def test_the_hash_does_not_depend_on_comments_or_quotes(tmp_path: Path) -> None:
    text = STEEL.read_text(encoding="utf-8")
    bare = re.sub(r"^# .*\n", "", text, flags=re.MULTILINE).replace('"6.01":', "6.01:")
    assert bare != text
    (file := tmp_path / "bare.yaml").write_text(bare, encoding="utf-8")
    assert load_elections(file).content_hash == load_elections(STEEL).content_hash


@pytest.mark.parametrize(
    ("citation", "blanks"),
    [("2.01(a)", {"age": 20}), ("1.07(b)", None), ("2.01(a)", {"age": 21, "note": "seen"})],
)
def test_the_hash_depends_on_the_content(small: dict[str, Any], citation: str, blanks: object) -> None:
    before = parse_elections(small, "a.yaml").content_hash
    small["checked"][citation] = blanks
    after = parse_elections(small, "a.yaml").content_hash
    assert re.fullmatch(r"[0-9a-f]{64}", after)
    assert after != before


# ---- yes and no -------------------------------------------------------------------


def test_a_bare_no_is_the_word_no(tmp_path: Path) -> None:
    text = yaml.safe_dump(SMALL | {"checked": {}, "readings": {}}).replace("readings: {}", "readings: {a: no, b: yes}")
    (file := tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    assert load_elections(file).readings == {"a": "no", "b": "yes"}


def test_a_boolean_from_another_reader_is_yes_or_no(small: dict[str, Any]) -> None:
    small["readings"] = {"a": False, "b": True}
    assert parse_elections(small, "example.yaml").readings == {"a": "no", "b": "yes"}


# ---- refusals -----------------------------------------------------------------------


def test_an_unknown_key_is_refused_with_the_known_ones(small: dict[str, Any]) -> None:
    assert re.search(r"chekced is not a key.*not_applicable", refusal(small | {"chekced": {}}))


def test_a_missing_key_is_refused(small: dict[str, Any]) -> None:
    del small["employer"]
    assert "the key employer is missing" in refusal(small)


def test_an_unknown_form_is_refused_with_the_known_ones(small: dict[str, Any]) -> None:
    text = refusal(small | {"form": "adoption-agreement-001"})
    assert "adoption-agreement-001" in text
    assert "adoption-agreement-005" in text


@pytest.mark.parametrize("form", [None, 5, ["adoption-agreement-005"], {"name": "x"}])
def test_a_form_that_is_not_a_name_is_refused(small: dict[str, Any], form: object) -> None:
    assert "not a form planrules knows" in refusal(small | {"form": form})


def test_an_unknown_option_is_refused_with_the_section_s_options(small: dict[str, Any]) -> None:
    small["checked"]["2.02(z)"] = None
    text = refusal(small)
    assert "2.02(z) is not an option of the form" in text
    assert "Section 2.02 (Year of Service for participation) has: 2.02(a), 2.02(b), 2.02(c), 2.02(d)." in text


@pytest.mark.parametrize(
    ("slip", "near"),
    [("2.1(g)", "2.01(g)"), ("2.01 (G)", "2.01(g)"), ("3.01.k.1.ii", "3.01(k)(1)(ii)"), ("1.3", "1.03")],
)
def test_a_slip_in_a_citation_is_refused_with_the_option_it_is_nearest_to(
    small: dict[str, Any], slip: str, near: str
) -> None:
    small["checked"][slip] = None
    text = refusal(small)
    assert f"{slip} is not an option of the form. The nearest is {near} (" in text
    assert f"Write `{near}:` if it is meant" in text
    assert "The form has:" not in text


def test_an_unknown_blank_is_refused_with_the_blank_it_is_nearest_to(small: dict[str, Any]) -> None:
    small["checked"]["3.01(k)(1)(ii)"] = {"max_percent": 15}
    assert "Write `maximum_percent:` if it is meant, or take it out." in refusal(small)


def test_an_unknown_sub_option_is_refused_with_its_neighbours(small: dict[str, Any]) -> None:
    small["checked"]["2.01(b)(9)"] = None
    assert "2.01(b) has: 2.01(b)(1), 2.01(b)(2), 2.01(b)(3)." in refusal(small)


def test_an_unknown_section_is_refused_with_the_form_s_sections(small: dict[str, Any]) -> None:
    small["checked"]["8.01(a)"] = None
    assert re.search(r"8\.01\(a\) is not an option.*The form has: 1\.02, 1\.03", refusal(small))


@pytest.mark.parametrize(
    ("citation", "offered"), [("1.02", "1.02(a), 1.02(b)"), ("3.01(k)(1)", "3.01(k)(1)(i), 3.01(k)(1)(ii)")]
)
def test_what_has_neither_box_nor_blank_is_refused(small: dict[str, Any], citation: str, offered: str) -> None:
    small["checked"][citation] = None
    text = refusal(small)
    assert f"{citation} has no box and no blank" in text
    assert offered in text


@pytest.mark.parametrize(
    ("citation", "blanks", "says"),
    [
        (
            "2.01(a)",
            {"age": 25},
            "2.01(a): the age is 25; the form allows no more than 21. The limit is that of IRC 410(a)(1)(A)(i).",
        ),
        ("2.01(a)", {"age": "old"}, "2.01(a) age: blank age needs a number"),
        ("2.01(a)", None, "2.01(a) age: blank age is missing"),
        ("2.01(a)", {"age": 21, "years": 1}, "years is not a blank of 2.01(a). 2.01(a) has the blanks: age"),
        ("2.01(a)", 21, "2.01(a): what follows is not a mapping of blanks"),
        ("1.07(b)", True, "1.07(b): what follows is not a mapping of blanks"),
        ("1.07(b)", {"class": "union"}, "class is not a blank of 1.07(b). 1.07(b) has the blanks: none (and note)."),
        ("1.07(b)", {"note": 3}, "1.07(b) note: blank note needs text"),
        ("3.01(k)(1)(ii)", {"maximum_percent": 12.5}, "blank maximum_percent needs a number"),
        ("1.27(b)", {"equivalency": "hourly"}, "needs one of: daily, weekly, semi-monthly payroll periods, monthly"),
        (
            "5.03(b)",
            {"top_heavy": {3: 101}},
            "5.03(b): the top heavy schedule has 101; the form allows no more than 100",
        ),
        ("6.03(j)(2)", {"age": 59}, "6.03(j)(2): the age is 59; the form allows no less than 59.5"),
        (
            "addendum(g)",
            {"plan_years_beginning_after": date(1985, 1, 1)},
            "is 1985-01-01; the form allows no day before 1985-12-31",
        ),
    ],
)
def test_a_wrong_blank_is_refused(small: dict[str, Any], citation: str, blanks: object, says: str) -> None:
    small["checked"][citation] = blanks
    assert says in refusal(small)


def test_an_unknown_not_applicable_mark_is_refused(small: dict[str, Any]) -> None:
    small["not_applicable"] = ["1.31", "2.01(x)-(y)"]
    text = refusal(small)
    assert "2.01(x)-(y) is not on the form" in text
    assert "Section 2.01" in text


@pytest.mark.parametrize(
    ("mark", "citation"),
    [("1.31", "1.31(b)(1)"), ("2.01(j)-(k)", "2.01(j)(1)"), ("9.11(c)", "9.11(c)(1)"), ("9.11(c)", "9.11(c)")],
)
def test_what_is_both_not_applicable_and_checked_is_refused(small: dict[str, Any], mark: str, citation: str) -> None:
    small["not_applicable"] = [mark]
    small["checked"][citation] = None
    assert f"{citation} is checked, and {mark} is marked N/A" in refusal(small)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("employer", {"name": "X", "ein": "1"}, "employer.ein"),
        (
            "employer",
            {"name": "X", "phone": "1"},
            "employer.phone: this key is not permitted. employer has: name, ein.",
        ),
        ("employer", None, "example.yaml, employer:"),
        ("plan", {"number": "002"}, "plan.name: field required"),
        ("plan", {"name": "X", "number": 2}, "plan.number: should be a valid string"),
        ("source", ["10-K"], "source: there is no mapping"),
        ("checked", ["1.07(a)"], "`checked` is not a mapping"),
        ("not_applicable", "1.31", "`not_applicable` is not a list"),
        ("supplements", {"6.02": {}}, "6.02 takes no supplement. Supplements are known for: 1.07(g)"),
        ("supplements", {"6.01": {"at_once_from": []}}, "6.01: value error, exactly one of days_after_separation"),
        ("supplements", {"6.01": {"days_after_separation": "90"}}, "should be a valid integer"),
        ("supplements", {"6.01": {"days_after_separation": 1, "at_once_from": [{"age": "old"}]}}, "at_once_from.0.age"),
        ("supplements", [], "supplements: there is no mapping"),
        ("readings", {"first_plan_year": 12}, "first_plan_year is not text"),
        ("readings", "plan_year_end", "readings: there is no mapping"),
    ],
)
def test_a_wrong_part_is_refused_by_its_name(small: dict[str, Any], key: str, value: object, says: str) -> None:
    assert says in refusal(small | {key: value})


def test_every_problem_is_in_one_error(small: dict[str, Any]) -> None:
    small["checked"] |= {"2.01(a)": {"age": 25}, "2.01(z)": None}
    small |= {"surprise": 1, "readings": {"x": 1}, "plan": {}}
    with pytest.raises(ElectionsError) as caught:
        parse_elections(small, "example.yaml")
    assert len(caught.value.problems) == 5


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_what_is_no_mapping_is_refused(data: object) -> None:
    assert "there is no mapping of keys" in refusal(data)


def test_a_key_that_stands_twice_is_refused_beside_the_other_problems(tmp_path: Path) -> None:
    text = file_refusal(
        tmp_path, yaml.safe_dump(SMALL | {"checked": {}, "surprise": 1}) + "form: adoption-agreement-005\n"
    )
    assert re.search(r"example\.yaml, line \d+: form stands twice, first on line \d+", text)
    assert "surprise is not a key" in text


@pytest.mark.parametrize(
    "text", ["form: [", "a: b: c", "\tform: x", "form: &a x\nplan: *a", "[" * 5000, "- 1\n- 2", ""]
)
def test_malformed_yaml_is_refused(tmp_path: Path, text: str) -> None:
    assert "example.yaml" in file_refusal(tmp_path, text, FileError)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"absent\.yaml: there is no such file"):
        load_elections(tmp_path / "absent.yaml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="cannot be read as UTF-8"):
        load_elections(tmp_path / "binary.yaml")
    with pytest.raises(FileError, match="this is a folder"):
        load_elections(tmp_path)


@pytest.mark.parametrize(("key", "other"), [("employee_id", "a person"), ("match_rates", "plan facts")])
def test_another_file_of_the_project_is_told_in_one_sentence(key: str, other: str) -> None:
    with pytest.raises(ElectionsError) as caught:
        parse_elections({key: "1", "pay": [], "employment": []}, "example")
    assert [problem.what for problem in caught.value.problems] == [f"this is {other}, not an elections file"]
    report = check_elections({key: "1"})
    assert [found.code for found in report.findings] == ["another_file"]


def test_a_slip_in_a_key_is_refused_with_the_key_it_is_nearest_to(small: dict[str, Any]) -> None:
    assert "Write `supplements:` if it is meant" in refusal(small | {"suplements": {}})


def test_elections_survive_a_round_trip_through_their_model(small: dict[str, Any]) -> None:
    elections = parse_elections(small, "example.yaml")
    assert Elections.model_validate(elections.model_dump()) == elections
