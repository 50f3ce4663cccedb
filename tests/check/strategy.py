"""Elections of any kind, valid and wrong, whole and scraps, to see that the check reports and never fails."""

from typing import Any

from check.filled import lawful
from hypothesis import strategies as st

from planrules.form import Blank, load_form
from planrules.supplements import SUPPLEMENTS

FORM = load_form("adoption-agreement-005")
DAYS = st.dates().map(str) | st.sampled_from(["1993-08-01", "1988-12-31", "0001-01-01", "9999-12-31", "1994-02-29"])
MONTH_DAYS = st.sampled_from(["09-30", "02-28", "02-29", "12-31", "01-01", "07-01", "08-30", "13-01"])
NUMBERS = st.integers(0, 1100) | st.decimals(0, 66, places=1).map(str) | st.sampled_from([0, 1, 2, 12, 21, 1000, 1001])
TEXTS = st.sampled_from(["as soon as practical", "(h)(1)", "none", "words", "N/A"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "date": DAYS,
    "month_day": MONTH_DAYS,
    "month_days": st.lists(MONTH_DAYS, max_size=4, unique=True),
    "percents": st.lists(NUMBERS, max_size=3),
    "text": TEXTS,
    "texts": st.lists(TEXTS, max_size=2),
    "schedule": st.dictionaries(st.integers(0, 9), st.integers(0, 110), max_size=5),
}
MEANINGS = st.fixed_dictionaries({}, optional={"days_after_separation": NUMBERS, "top_heavy": VALUES["schedule"]})


def value(blank: Blank) -> st.SearchStrategy[Any]:
    """Something of the blank's kind, or of another."""
    if blank.type == "choice":
        return st.sampled_from([*blank.values, "other"])
    return VALUES.get(blank.type, NUMBERS)


def blanks(citation: str) -> st.SearchStrategy[Any]:
    """The blanks of a box, some of them left out."""
    each = {name: value(blank) for name, blank in FORM.blanks_of(citation).items()}
    required = {name: each[name] for name, blank in FORM.blanks_of(citation).items() if blank.required}
    others = {name: strategy for name, strategy in each.items() if name not in required}
    whole = st.fixed_dictionaries(required, optional=others)
    return (st.none() | whole) if each else st.none()


@st.composite
def elections(draw: st.DrawFn) -> dict[str, Any]:
    """The lawful agreement with boxes put in, taken out and marked, or the boxes alone."""
    data = lawful()
    changed = draw(st.lists(st.sampled_from(FORM.fillable), max_size=40))
    kept = {} if draw(st.booleans()) else data["checked"]
    gone = draw(st.sets(st.sampled_from(sorted(kept)), max_size=15)) if kept else set()
    data["checked"] = {cite: each for cite, each in kept.items() if cite not in gone}
    data["checked"] |= {citation: draw(blanks(citation)) for citation in changed}
    marks = st.sampled_from([*FORM.section, *FORM.group, *FORM.option, "9.99"])
    data["not_applicable"] = draw(st.lists(marks, max_size=6) | st.just(data["not_applicable"]))
    data["supplements"] = draw(st.dictionaries(st.sampled_from(sorted(SUPPLEMENTS)), MEANINGS, max_size=2))
    return data
