"""Sections 6.01 and 6.03: each elected distribution date, with the event it is counted from and the wait."""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import ceil
from typing import Literal

from pydantic import BaseModel, ConfigDict

from planrules.dates import MONTHS_IN_A_YEAR
from planrules.errors import UnsupportedElectionError
from planrules.plan.elected import Agreement, Elected
from planrules.plan.scope import not_evaluated, scope
from planrules.supplements import DistributionDate

DATED = ("immediate", "payable_after_on")
"""The answers that rest on a distribution date."""
_WORDS = {
    "6.01": "distribution_date",
    "6.01(b)": "when",
    "6.01(c)": "when",
    "6.01(d)": "when",
    "6.01(e)": "specify",
    "6.01(f)": "when",
    "6.01(h)": "specify",
    "6.03(b)(3)": "plan_years",
    "6.03(b)(6)": "specify",
    "6.03(c)": "specify",
}
"""The blank whose words can tell a date by themselves; 6.01(a) and 6.03(a) name a day of a Plan Year in two blanks."""


class Age(BaseModel):
    """An age, or another time, in years and months: 59 1/2 is 59 and 6."""

    model_config = ConfigDict(frozen=True)

    years: int
    months: int = 0

    def __str__(self) -> str:
        return f"{self.years} 1/2" if self.months else str(self.years)


class AtOnce(BaseModel):
    """One condition for payment without a wait; `age` null is Normal Retirement Age, `years` 0 asks for no service."""

    model_config = ConfigDict(frozen=True)

    age: int | None
    years: int


class PaymentDate(BaseModel):
    """One elected distribution date.

    Attributes:
        box: the option that elects it.
        cites: what an answer quotes for it.
        counted_from: the separation, the close of the last of `breaks` Breaks in a row, Normal Retirement Age, the
            close of its Plan Year, or `age` with `years` of service.
        days: the wait from there in days; null when it is in months or Plan Years.
        months: the wait in months.
        plan_years: payment is in the so many-th Plan Year that begins after it, on `day`.
        at_once_from: conditions on the last day, any one of which does away with the wait.
        days_after_separation: never earlier than so many days after the separation.
    """

    model_config = ConfigDict(frozen=True)

    box: str
    cites: tuple[str, ...]
    counted_from: Literal["separation", "breaks", "retirement_age", "retirement_year", "age"] = "separation"
    days: int | None = 0
    months: int | None = None
    plan_years: int | None = None
    day: Literal["first", "last"] | int | None = None
    at_once_from: tuple[AtOnce, ...] = ()
    days_after_separation: int = 0
    breaks: int = 0
    age: Age | None = None
    years: int = 0

    @property
    def has_no_wait(self) -> bool:
        """Whether it is the event itself."""
        return self.days == 0


def age_of(blank: int | Decimal) -> Age:
    """An age or years as a blank has them: a whole number, or a half year more."""
    years, months = divmod(int(blank * MONTHS_IN_A_YEAR), MONTHS_IN_A_YEAR)
    return Age(years=years, months=months)


def general_date(agreement: Agreement) -> Elected[PaymentDate | None]:
    """What 6.01 calls a distribution date; null when its words are not told.

    Under the reading that 6.01(b) stands alone its conditions for payment at once do not count.
    """
    meaning = _meaning(agreement, "6.01", "paid_by_general_date")
    both = agreement.elections.has("6.01(b)") and agreement.elections.has("6.01(e)")
    cites = ("AA 6.01", "AA 6.01(b)") if both else ("AA 6.01",)
    date = None if meaning is None else _date("6.01", meaning, cites=cites)
    if date is not None and both and agreement.choices["distribution_dates"] == "general_only":
        date = date.model_copy(update={"at_once_from": ()})
    return Elected(date, ("AA 6.01",))


def small_benefit_date(agreement: Agreement, general: PaymentDate | None) -> Elected[PaymentDate | None]:
    """The one of 6.01(a) to (e) that is elected; (b) and (e) together say what 6.01 says.

    Raises:
        UnsupportedElectionError: none of them is checked, or others together.
    """
    boxes = ("6.01(a)", "6.01(b)", "6.01(c)", "6.01(d)", "6.01(e)")
    checked = [box for box in boxes if agreement.elections.has(box)]
    if checked == ["6.01(b)", "6.01(e)"]:
        _refuse_meanings_of_their_own(agreement, checked)
        return Elected(general, ("AA 6.01(b)", "AA 6.01(e)"))
    if len(checked) != 1:
        found = ", ".join(checked) or "none of them"
        what = f"the date of a small benefit: exactly one of {', '.join(boxes)} is evaluated, and {found} is checked"
        raise UnsupportedElectionError([not_evaluated(what)])
    return Elected(_small(agreement, checked[0]), (f"AA {checked[0]}",))


def _refuse_meanings_of_their_own(agreement: Agreement, boxes: list[str]) -> None:
    """6.01(b) and (e) together have the one meaning of 6.01: another one beside it would be passed over."""
    told = [box for box in boxes if box in agreement.elections.supplements]
    if told:
        what = f'{" and ".join(told)}: with both boxes checked their meaning is that of 6.01, given under "6.01"'
        raise UnsupportedElectionError([not_evaluated(what)])


def _small(agreement: Agreement, box: str) -> PaymentDate | None:
    meaning = _meaning(agreement, box, "paid_by_small_benefit_date")
    if meaning is None:
        return None
    if box == "6.01(c)":
        return _date(box, meaning, counted_from="breaks", breaks=agreement.blank(box, "breaks") or 1)
    if box == "6.01(d)":
        days = agreement.blank(box, "days") or 0
        return _date(box, meaning, counted_from="retirement_age", days_after_separation=days)
    return _date(box, meaning)


def elected_dates(agreement: Agreement) -> Elected[tuple[PaymentDate, ...]]:
    """The dates of 6.03(a) to (c) that a Participant may elect; whoever may elect several takes the earliest.

    Raises:
        UnsupportedElectionError: none is checked.
    """
    boxes = ("6.03(a)", "6.03(b)(1)", "6.03(b)(2)", "6.03(b)(3)", "6.03(b)(4)", "6.03(b)(5)", "6.03(b)(6)", "6.03(c)")
    checked = [box for box in boxes if agreement.elections.has(box)]
    if not checked:
        what = f"elections after Separation: at least one of {', '.join(boxes)} is needed, and none is checked"
        raise UnsupportedElectionError([not_evaluated(what)])
    # Nothing is earlier than any date after separation, so that other words beside it need no meaning.
    if "6.03(b)(2)" in checked:
        checked = ["6.03(b)(2)"]
    dates = tuple(date for box in checked for date in _elected(agreement, box))
    return Elected(dates, tuple(f"AA {box}" for box in checked))


def _elected(agreement: Agreement, box: str) -> Iterator[PaymentDate]:
    cites = (f"AA {box}",)
    match box:
        case "6.03(b)(1)":
            yield PaymentDate(box=box, cites=cites, counted_from="retirement_year")
        case "6.03(b)(2)":
            yield PaymentDate(box=box, cites=cites)
        case "6.03(b)(4)":
            breaks = agreement.blank(box, "breaks") or 1
            day = {"days": None, "plan_years": 1, "day": "first"}
            yield PaymentDate(box=box, cites=cites, counted_from="breaks", breaks=breaks, **day)
        case "6.03(b)(5)":
            age, years = agreement.blank(box, "age"), agreement.blank(box, "years_of_service")
            yield PaymentDate(
                box=box,
                cites=cites,
                counted_from="age",
                age=None if age is None else age_of(age),
                years=ceil(years or 0),
            )
        case _:
            meaning = _meaning(agreement, box, "paid_by_elected_date")
            if meaning is not None:
                yield _date(box, meaning)


def disability_date(agreement: Agreement) -> Elected[PaymentDate | None]:
    """The date after disability: its own (6.01(f) or (h)); null when it is the same as without, or not told.

    Raises:
        UnsupportedElectionError: none of 6.01(f), (g) and (h) is checked, or more than one.
    """

    def own(box: str) -> PaymentDate | None:
        meaning = _meaning(agreement, box, "left_disabled")
        return None if meaning is None else _date(box, meaning)

    def same(_: str) -> None:
        return None

    return agreement.one_of("the distribution date after disability", {"6.01(f)": own, "6.01(g)": same, "6.01(h)": own})


def _date(box: str, meaning: DistributionDate, **more: object) -> PaymentDate:
    at_once = tuple(
        AtOnce(age=None if each.age == "normal_retirement_age" else each.age, years=each.years_of_service or 0)
        for each in meaning.at_once_from
    )
    told = {
        "box": box,
        "cites": (f"AA {box}",),
        "days": meaning.days_after_separation,
        "months": meaning.months_after_separation,
        "plan_years": meaning.plan_years_after,
        "day": meaning.day,
        "at_once_from": at_once,
    }
    return PaymentDate.model_validate(told | more)


def _meaning(agreement: Agreement, box: str, reaches: str) -> DistributionDate | None:
    """The meaning of a box: its supplement, else its words where they can be read; noted as untold where neither is.

    `reaches`: the flag of the people whose date it is.
    """
    given = agreement.elections.supplements.get(box)
    if isinstance(given, DistributionDate):
        return given
    blank = _WORDS.get(box)
    days = None if blank is None else _days(agreement.blank(box, blank))
    if days is None:
        agreement.tell_not(box, DATED, only=reaches)
        return None
    return DistributionDate(days_after_separation=days)


def _days(words: object) -> int | None:
    """The days of wait that understood words say; null for other words."""
    plain = " ".join(str(words or "").split()).casefold()
    for known in scope().distribution_dates:
        pattern = re.escape(" ".join(known.split()).casefold()).replace("nth", r"(\d{1,4})(?:st|nd|rd|th)")
        if found := re.fullmatch(pattern, plain):
            return int(found[1]) if found.groups() else 0
    return None
