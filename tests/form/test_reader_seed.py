"""The reader on the filing it was made for: Steel's agreement inside its 10-K."""

from pathlib import Path
from time import process_time

import pytest

from planrules.elections import load_elections, parse_elections
from planrules.form.strict_yaml import read_yaml
from planrules.reading_filings import ReadFiling, read_filing

ROOT = Path(__file__).parents[2]
STEEL = ROOT / "elections" / "steel-technologies.yaml"
SEED = ROOT.parent / "shared" / "seed"
PARTS = ["form", "employer", "plan", "source", "not_applicable", "checked", "supplements", "readings"]


def seed(name: str) -> ReadFiling:
    if not (SEED / name).exists():
        pytest.skip(f"the filing's text is not on this machine ({name})")
    return read_filing(SEED / name)


@pytest.mark.parametrize("part", PARTS)
def test_the_10_k_gives_the_committed_elections(part: str) -> None:
    found = parse_elections(seed("steel-technologies-10k-1995.txt").elections, "the filing")
    assert getattr(found, part) == getattr(load_elections(STEEL), part)


def test_everything_on_the_page_is_placed() -> None:
    found = seed("steel-technologies-10k-1995.txt")
    assert found.not_placed == ()
    assert found.is_clean
    assert found.lines == (2078, 4286)


def test_the_file_that_is_written_holds_what_was_read() -> None:
    found = seed("steel-technologies-10k-1995.txt")
    written = parse_elections(read_yaml(found.yaml).data, "written")
    assert written == load_elections(STEEL)
    assert all(
        len(line) <= 120
        for line in found.yaml.splitlines()
        if not line.lstrip().startswith(("#", "- ")) and "  # " not in line
    )


def test_what_was_understood_from_words_is_told_with_its_lines() -> None:
    found = seed("steel-technologies-10k-1995.txt")
    told = {(remark.about, remark.lines) for remark in found.to_confirm}
    assert ("2.01(f)", (2382, 2383)) in told
    assert ("3.06(d)(1)", (3209, 3216)) in told
    assert ("6.01", (3642, 3646)) in told
    assert ("readings, match_employment_condition", (2078, 4286)) in told


def test_the_agreement_by_itself_has_no_source() -> None:
    found = seed("adoption-agreement-005.txt").elections
    whole = seed("steel-technologies-10k-1995.txt").elections
    assert found == {**whole, "source": {}}


def test_the_10_k_is_read_in_less_than_two_seconds_of_computing() -> None:
    seed("steel-technologies-10k-1995.txt")
    began = process_time()
    assert seed("steel-technologies-10k-1995.txt").yaml
    assert process_time() - began < 2
