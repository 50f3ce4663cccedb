"""planrules prove: what holds, what is found, the smallest person as a file, and the same again by the same seed."""

import json
import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from asking import ROOT
from shell import CLEAN, FINDINGS, USAGE, Shell

from planrules import load_plan, read_person
from planrules.testing import EDGES, PROPERTIES, prove
from planrules.testing.properties import vesting_law

STEEL = "elections/steel-technologies.yaml"
ENTRY = "entry_no_later_than_the_law_allows"
VESTING = "vesting_no_slower_than_the_law"
TOP_HEAVY = "top_heavy_vesting_no_slower_than_the_law"
UNLAWFUL = {
    "entry-once-a-year": (ENTRY, "IRC 410(a)(4)"),
    "six-year-cliff": (VESTING, "IRC 411(a)(2)"),
    "slow-top-heavy-schedule": (TOP_HEAVY, "IRC 416(b)"),
}
"""What `prove` finds, and the citation it says; the other files are refused when they are loaded."""
REFUSED = {"a-thousand-and-one-hours": "2.02(b)", "age-twenty-two": "2.01(a)"}


def test_steel_keeps_every_promise(shell: Shell) -> None:
    printed = shell("prove", STEEL, "--examples", 100)
    assert printed.code == CLEAN
    words = " ".join(printed.out.split())
    assert all(each.name in words for each in PROPERTIES)
    assert "100 people drawn with seed 0" in words
    assert "0 are broken" in printed.out.splitlines()[0]
    assert "Everybody is asked about twice: under the plan facts given, and again supposing that 3 Plan Years" in words
    assert printed.out.splitlines()[-2].startswith("Next: ")
    assert printed.out.splitlines()[-1].startswith(f"  planrules prove {STEEL} --examples ")


def test_a_property_without_an_instance_does_not_pass(shell: Shell) -> None:
    printed = shell("prove", STEEL, "--examples", 1, "--property", "restored_whenever_the_document_says", "--json")
    (held,) = json.loads(printed.out)["properties"]
    assert (held["result"], held["concerned"]) == ("nobody_concerned", 0)


def test_a_property_that_is_not_about_the_plan_says_why(shell: Shell) -> None:
    name = "no_deferrals_out_at_work_before_59_and_a_half"
    printed = shell("prove", STEEL, "--examples", 1, "--property", name)
    assert f"Not about this plan: {name}: the plan lets nobody at work withdraw deferrals" in " ".join(
        printed.out.split()
    )


@pytest.mark.parametrize("file", UNLAWFUL)
def test_an_unlawful_plan_is_found_with_a_person_small_enough_to_read(shell: Shell, tmp_path: Path, file: str) -> None:
    name, citation = UNLAWFUL[file]
    elections = f"tests/unlawful/{file}.yaml"
    words = ("prove", elections, "--property", name, "--examples", 400, "--out", tmp_path)
    printed = shell(*words)
    assert printed.code == FINDINGS
    assert name in printed.error
    said = " ".join(printed.out.split())
    assert printed.out.startswith(load_plan(ROOT / elections).reference.name)
    assert said.index("1 is broken") < said.index(f"BROKEN: {name}") < said.index("Edges of the plan")
    assert citation in said
    person = read_person(tmp_path / f"{name}.json")
    assert len(person.employment) + len(person.pay or ()) + len(person.classes or ()) <= 6
    under, last = [line.strip() for line in printed.out.splitlines() if line.strip().startswith("planrules answer ")]
    assert under == last
    again = shell(*shlex.split(last)[1:])
    assert again.code == CLEAN
    answer = " ".join(again.out.split())
    assert "No pay is on file" not in answer
    lines = printed.out.split("In the answer look at:")[1].split("  All of the answer")[0].splitlines()
    shown = [line.strip() for line in lines if line.strip() and "the table of its periods" not in line]
    assert shown
    assert all(line in answer for line in shown)


def test_somebody_who_waits_too_long_is_said_to_be_out_or_to_have_joined_late(shell: Shell, tmp_path: Path) -> None:
    words = (
        "prove",
        "tests/unlawful/entry-once-a-year.yaml",
        "--property",
        ENTRY,
        "--examples",
        100,
        "--out",
        tmp_path,
    )
    printed = shell(*words, "--json")
    (held,) = json.loads(printed.out)["properties"]
    found = held["counterexample"]["found"]
    assert found.startswith(("joined on ", "not in the Plan by then"))


def test_a_broken_year_is_one_of_the_plan_s_life() -> None:
    plan = load_plan(ROOT / "tests" / "unlawful" / "slow-top-heavy-schedule.yaml")
    only = [each for each in PROPERTIES if each.name == TOP_HEAVY]
    (held,) = prove(plan, only, examples=100).properties
    assert held.counterexample is not None
    (day,) = re.findall(r"the top-heavy Plan Year that ends on (\S+)", held.counterexample.why)
    assert date.fromisoformat(day) >= plan.terms.participation.effective_date
    assert "the match account" in held.counterexample.expected


def test_words_that_nobody_explains_are_not_passed_over(shell: Shell) -> None:
    words = ("prove", "tests/unlawful/match-before-entry.yaml", "--examples", 20)
    printed = shell(*words, "--property", "match_counts_only_pay_as_a_participant")
    assert printed.code == CLEAN
    said = " ".join(printed.out.split())
    assert "1 could not be examined" in printed.out.splitlines()[0]
    assert "“deferrals from Compensation paid before the Participant joined are matched too” (AA 3.01(j)(4))" in said
    assert printed.out.splitlines()[-2].startswith("Next: compare the words of AA 3.01(j)(4) with the law")


def test_a_name_may_be_typed_with_spaces(shell: Shell) -> None:
    printed = shell("prove", STEEL, "--examples", 1, "--property", "deferrals are always-owned", "--json")
    assert [each["name"] for each in json.loads(printed.out)["properties"]] == ["deferrals_are_always_owned"]


@pytest.mark.parametrize("width", [80, 100, 140])
def test_a_screen_is_wide_enough_for_a_property_a_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    name = "the_required_date_is_told_to_everybody_it_reaches"
    printed = shell("prove", STEEL, "--examples", 20, "--property", name)
    (line,) = [line for line in printed.out.splitlines() if line.startswith(name)]
    assert line.rstrip().endswith("holds")
    assert ("IRC" in line or "Plan" in line) == (width > 100)


@pytest.mark.parametrize("file", REFUSED)
def test_a_number_outside_the_form_s_limits_is_refused_before_any_search(shell: Shell, file: str) -> None:
    printed = shell("prove", f"tests/unlawful/{file}.yaml")
    assert printed.code == FINDINGS
    assert REFUSED[file] in printed.error
    assert not printed.out


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    words = ["prove", "tests/unlawful/entry-once-a-year.yaml", "--json", "--examples", "200", "--seed", "7"]
    line = [sys.executable, "-c", "from planrules.cli import run; run()", *words, "--property", ENTRY]
    said = [
        subprocess.run(  # noqa: S603  our own program
            [*line, "--out", str(tmp_path / hashed)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hashed},
            capture_output=True,
            check=False,
        ).stdout
        for hashed in ("1", "2")
    ]
    assert said[0]
    assert said[0] == said[1]
    files = [(tmp_path / hashed / f"{ENTRY}.json").read_bytes() for hashed in ("1", "2")]
    assert files[0] == files[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--property", "everybody_is_happy"), "no property is named everybody_is_happy"),
        (("--property", "vesting_falls_never"), "Did you mean vesting_never_falls?"),
        (("--examples", "0"), "greater than or equal to 1"),
        (("--seed", "-1"), "greater than or equal to 0"),
    ],
)
def test_wrong_usage(shell: Shell, words: tuple[str, ...], said: str) -> None:
    printed = shell("prove", STEEL, *words)
    assert printed.code == USAGE
    assert said in " ".join(printed.error.split())


def test_a_folder_that_cannot_be_written_is_wrong_usage(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    words = ("prove", "tests/unlawful/entry-once-a-year.yaml", "--property", ENTRY, "--examples", 200)
    printed = shell(*words, "--out", tmp_path / "file")
    assert printed.code == USAGE
    assert "cannot be written" in printed.error


def test_every_edge_of_a_plan_is_counted() -> None:
    plan = load_plan(ROOT / STEEL)
    proof = prove(plan, vesting_law.PROPERTIES[-1:], examples=300)
    had = {edge.name for edge in EDGES if edge.applies(plan)}
    assert {edge.name for edge in proof.edges} == had | {"top_heavy_year"}
    hit = {edge.name for edge in proof.edges if edge.hits}
    assert {edge.name for edge in proof.edges} == hit


def test_a_suite_outside_the_package_takes_two_lines(tmp_path: Path) -> None:
    suite = tmp_path / "test_our_plan.py"
    elections = ROOT / "tests" / "unlawful" / "entry-once-a-year.yaml"
    suite.write_text(
        "from planrules.testing import promises\n\n"
        f"test_our_plan = promises({str(elections)!r}, examples=100, seed=3)\n",
        "utf-8",
    )
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "pytest", "-rsf", "-p", "no:cacheprovider", suite.name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert "1 failed" in done.stdout
    assert "age and service of the law were reached" in done.stdout
    assert len(failed) == 1
    assert ENTRY in failed[0]
    assert "does not apply: the plan does not elect the rule of parity" in done.stdout
