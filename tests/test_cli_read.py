"""`planrules read`: what it prints, what it writes, and its exit codes."""

import json
from pathlib import Path

import pytest
from asking import ROOT
from render_filing import DOCUMENT, example
from shell import BAD_DATA, CLEAN, FINDINGS, USAGE, Shell

from planrules.elections import load_elections

SEED = ROOT.parent / "shared" / "seed" / "steel-technologies-10k-1995.txt"
STEEL = ROOT / "elections" / "steel-technologies.yaml"

EXAMPLES = ROOT / "docs" / "examples"
FILING = EXAMPLES / "filing.txt"
SHORT = """
     ADOPTION AGREEMENT #005

     1.02 TRUSTEE. The Trustee is: (Choose (a) or (b))
     [X]  (a)  A discretionary Trustee.
     [ ]  (b)  A nondiscretionary Trustee.
"""


@pytest.fixture
def seed() -> Path:
    if not SEED.exists():
        pytest.skip(f"the filing's text is not on this machine ({SEED.name})")
    return SEED


def test_the_filing_becomes_an_elections_file(shell: Shell, seed: Path, tmp_path: Path) -> None:
    said = shell("read", seed, "--out", tmp_path / "steel.yaml")
    assert said.code == CLEAN
    assert said.out.startswith(f"{tmp_path / 'steel.yaml'}: filled in: 103 boxes and sections; marked N/A: 7;")
    assert "lines 3209-3216: 3.06(d)(1): typed in the margin" in said.out
    assert said.out.rstrip("\n").endswith(f"then `planrules check {tmp_path / 'steel.yaml'}`.")
    assert load_elections(tmp_path / "steel.yaml") == load_elections(STEEL)


def test_without_a_file_to_write_the_elections_are_printed(shell: Shell, seed: Path) -> None:
    said = shell("read", seed)
    assert said.code == CLEAN
    assert said.out.startswith("# The elections of Steel Technologies Inc., read from steel-technologies-10k-1995.txt")
    assert "# - lines 3642-3646: 6.01: payment is understood to come after 90 days" in said.out
    assert said.out.endswith("  match_employment_condition: plan_year_end\n")


def test_json_has_the_elections_and_the_remarks(shell: Shell, seed: Path) -> None:
    found = json.loads(shell("read", seed, "--json").out)
    assert found["elections"]["checked"]["1.17(a)"] == {"ends_every": "09-30"}
    assert {remark["kind"] for remark in found["remarks"]} == {"confirm"}
    assert found["problems"] == []


def test_what_was_not_placed_is_told_and_ends_with_1(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text(SHORT, encoding="utf-8")
    said = shell("read", tmp_path / "short.txt", "--out", tmp_path / "short.yaml")
    assert said.code == FINDINGS
    assert "Not placed, lines 2-6: 1.03: the section's heading was not found" in said.error
    assert "Not allowed, short.txt, employer.name: field required" in said.error
    assert "1.02(a):" in (tmp_path / "short.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"An annual report.", "no adoption agreement was found in the text"),
        (b"\x81\x00\xff\xfe", "the file is not text"),
        (None, "there is no such file"),
    ],
)
def test_a_file_that_is_no_filing_ends_with_3(shell: Shell, tmp_path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / "report.txt").write_bytes(content)
    said = shell("read", tmp_path / "report.txt")
    assert said.code == BAD_DATA
    assert said.error.startswith(f"report.txt: {says}.")


def test_without_a_filing_the_usage_is_told(shell: Shell) -> None:
    assert shell("read").code == USAGE


def test_the_sample_filing_gives_the_elections_it_was_printed_from(shell: Shell, tmp_path: Path) -> None:
    said = shell("read", FILING, "--out", tmp_path / "mills.yaml")
    found, printed = load_elections(tmp_path / "mills.yaml"), load_elections(EXAMPLES / "agreement-with-answers.yaml")
    assert said.code == CLEAN
    assert found.checked == printed.checked
    assert found.not_applicable == printed.not_applicable
    assert found.source == {"document": DOCUMENT, "exhibit": "10.3"}
    assert "it is another print of the form" in said.out


def test_the_sample_filing_is_as_it_is_rendered_now() -> None:
    assert FILING.read_text(encoding="utf-8") == example(), "run `python tests/render_filing.py`"


def test_a_file_that_is_there_is_not_written_over_unless_that_is_wanted(shell: Shell, tmp_path: Path) -> None:
    (out := tmp_path / "mills.yaml").write_text("corrected by hand", encoding="utf-8")
    refused = shell("read", FILING, "--out", out)
    assert (refused.code, refused.out) == (USAGE, "")
    assert "--force" in refused.error
    assert out.read_text(encoding="utf-8") == "corrected by hand"
    assert shell("read", FILING, "--out", out, "--force").code == CLEAN
    written = out.read_text(encoding="utf-8")
    assert written.startswith("# The elections of")
    assert shell("read", FILING, "--out", out).code == CLEAN, "the same content again is no loss"
    assert out.read_text(encoding="utf-8") == written


def test_no_line_is_wider_than_the_terminal_and_no_word_broken(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = shell("read", FILING, "--out", tmp_path / "mills.yaml").out
    monkeypatch.setenv("COLUMNS", "80")
    narrow = shell("read", FILING, "--out", tmp_path / "mills.yaml").out
    assert [line for line in narrow.splitlines() if len(line) > 80 and " " in line.strip()] == []
    assert narrow.split() == wide.split()


def test_a_file_that_cannot_be_written_is_told(shell: Shell, tmp_path: Path) -> None:
    said = shell("read", FILING, "--out", tmp_path / "no-such-folder" / "mills.yaml")
    assert said.code == USAGE
    assert "cannot be written" in said.error
