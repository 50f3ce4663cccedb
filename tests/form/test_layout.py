"""The layout of the form agrees with its data, and the words it prints with the signed form."""

from pathlib import Path

import pytest
from printed import printed

from planrules.form import load_form
from planrules.form.reader import Layout, load_layout
from planrules.form.reader.layout import OPENING, anchor

FORM = load_form("adoption-agreement-005")
LAYOUT = load_layout(FORM.name)
SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "adoption-agreement-005.txt"
PRINTED = Path(__file__).parents[2] / "planrules" / "form" / "adoption_agreement_005" / "printed.yaml"


def changed(**parts: object) -> Layout:
    return LAYOUT.model_copy(update=parts)


def test_every_box_and_heading_says_how_many_words_are_printed_behind_it() -> None:
    boxes = {citation for citation, option in FORM.option.items() if option.box}
    assert set(LAYOUT.printed) == boxes | set(FORM.section) | {OPENING}


def test_the_printed_words_are_those_of_the_signed_form() -> None:
    if not SEED.exists():
        pytest.skip(f"the filing's text is not on this machine ({SEED.name})")
    assert printed(SEED.read_text(encoding="utf-8")) == PRINTED.read_text(encoding="utf-8")


def test_a_layout_that_does_not_agree_with_the_form_is_refused() -> None:
    segments = dict(LAYOUT.segments)
    with pytest.raises(ValueError, match=r"section 1\.02 has no heading"):
        changed(headings={name: title for name, title in LAYOUT.headings.items() if name != "1.02"}).check(FORM)
    with pytest.raises(ValueError, match=r"1\.03 plan_name differs"):
        changed(segments={name: places for name, places in segments.items() if name != "1.03"}).check(FORM)
    with pytest.raises(ValueError, match=r"1\.03 plan_name has two places"):
        changed(segments=segments | {"1.03": (*segments["1.03"], *segments["1.03"])}).check(FORM)
    with pytest.raises(ValueError, match=r"9\.99 is no segment"):
        changed(segments=segments | {"9.99": ()}).check(FORM)
    with pytest.raises(ValueError, match=r"1\.02\(c\) is no group"):
        changed(groups={"1.02(c)": "words"}).check(FORM)


@pytest.mark.parametrize(
    "text", ["Attainment of Age", "attainment\n     of  age", "ATTAINMENT OF AGE_", "(attainment of age"]
)
def test_printed_words_are_found_in_any_case_and_spacing(text: str) -> None:
    assert anchor("attainment of age").search(text)


@pytest.mark.parametrize("text", ["attainment of ages", "reattainment of age", "attainment or age"])
def test_other_words_are_not_taken_for_them(text: str) -> None:
    assert anchor("attainment of age").search(text) is None
