"""Dates, names and signatures: section 1.18, the addendum, the execution page and the Participation Agreement."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from planrules.check.across.registry import contradiction
from planrules.check.sheet import Sheet
from planrules.check.wording import day_words
from planrules.law import plan_year_start_after

_LEAP_YEAR = 2000


@contradiction("AA 1.18")
def new_and_restated(sheet: Sheet) -> Iterator[str]:
    """A new plan has one date, a restated plan two others (AA 1.18)."""
    others = ("restated_effective_on", "originally_established_on")
    if sheet.has("1.18:new_plan_effective_on") and sheet.any_of(f"1.18:{each}" for each in others):
        yield "1.18 has the date of a new plan together with a date of a restated one"


@contradiction("AA 1.18")
def effective_date_missing(sheet: Sheet) -> Iterator[str]:
    """The plan takes effect on some day (AA 1.18)."""
    if sheet.effective_on is None:
        yield "1.18 has neither the Effective Date of a new plan nor that of a restated one"


@contradiction("AA 1.18")
def original_date_missing(sheet: Sheet) -> Iterator[str]:
    """A restatement names when the plan it replaces was established (AA 1.18)."""
    if sheet.has("1.18:restated_effective_on") and not sheet.has("1.18:originally_established_on"):
        yield "1.18 restates a plan without the date on which it was established"


@contradiction("AA 1.18")
def established_after_restatement(sheet: Sheet) -> Iterator[str]:
    """A plan is established before it is restated, or on the same day (AA 1.18)."""
    restated, first = (sheet.blank("1.18", f"{each}_on") for each in ("restated_effective", "originally_established"))
    if restated and first and first > restated:
        yield f"1.18: established on {day_words(first)}, after the restatement of {day_words(restated)}"


@contradiction("AA execution")
def no_such_day(sheet: Sheet) -> Iterator[str]:
    """The day of signing is one of the calendar (execution page)."""
    day, month, year = (sheet.blank("execution", f"signed_{part}") for part in ("day", "month", "year"))
    if day and month and day > _last_day(sheet, month, year or _LEAP_YEAR):
        yield f"the agreement is signed on {month} {day}, which the calendar does not have"


@contradiction("AA execution", "AA 1.03")
def names_differ(sheet: Sheet) -> Iterator[str]:
    """The head of the file, section 1.03 and the execution page speak of the same employer and plan."""
    employer, plan = (sheet.draft.found[part] for part in ("employer", "plan"))
    pairs = {
        "the employer's name": (employer and employer.name, "execution", "employer_name"),
        "the employer's tax number": (employer and employer.ein, "execution", "employer_ein"),
        "the signatory employer's name": (employer and employer.name, "participation", "signatory_employer"),
        "the plan's name": (plan and plan.name, "1.03", "plan_name"),
        "the plan's number": (plan and plan.number, "execution", "plan_number"),
    }
    for what, (head, citation, blank) in pairs.items():
        written = sheet.blank(citation, blank)
        if head and written and _plain(head) != _plain(written):
            yield f"{what} at the head of the file is not the one in {citation}"


@contradiction("AA 1.07(k)", "AA participation")
def named_and_signed(sheet: Sheet) -> Iterator[str]:
    """Option 1.07(k) is for related employers that have not signed a Participation Agreement."""
    signer = sheet.blank("participation", "participating_employer")
    if signer and _plain(signer) in map(_plain, sheet.blank("1.07(k)", "related_employers") or ()):
        yield "1.07(k) names the employer that signed the Participation Agreement"


@contradiction("AA participation", "AA execution")
def joins_itself(sheet: Sheet) -> Iterator[str]:
    """A Participation Agreement is signed by another employer than the one that adopted the plan."""
    pairs = (("participating_employer", "employer_name"), ("participating_employer_ein", "employer_ein"))
    for joining, adopting in pairs:
        one, other = sheet.blank("participation", joining), sheet.blank("execution", adopting)
        if one and other and _plain(one) == _plain(other):
            yield "the Participation Agreement is signed by the employer that adopted the plan"
            return


@contradiction("AA participation", "AA 1.18")
def joins_before_the_plan(sheet: Sheet) -> Iterator[str]:
    """An employer cannot take part in a plan that has no effect yet."""
    joined, effective = sheet.blank("participation", "participation_effective_on"), sheet.effective_on
    if joined and effective and joined < effective:
        yield f"participation begins on {day_words(joined)}, before the plan on {day_words(effective)}"


@contradiction("AA addendum(a)", "AA execution")
def compensation_delayed(sheet: Sheet) -> Iterator[str]:
    """The definition of Compensation waits at most for the Plan Year after signing (note at addendum(a))."""
    after, ends = sheet.blank("addendum(a)", "plan_years_beginning_after"), sheet.plan_year_ends
    month, year = (sheet.blank("execution", f"signed_{part}") for part in ("month", "year"))
    if not (after and ends and month and year and year < date.max.year):
        return
    last = _last_day(sheet, month, year)
    signed = date(year, _number(sheet, month), min(sheet.blank("execution", "signed_day") or last, last))
    latest = plan_year_start_after(signed, ends)
    if after >= latest:
        yield f"addendum(a) waits for Plan Years after {day_words(after)}, later than {day_words(latest)}"


def _last_day(sheet: Sheet, month: str, year: int) -> int:
    return monthrange(year, _number(sheet, month))[1]


def _number(sheet: Sheet, month: str) -> int:
    """The month's number, by its place in the form's list."""
    return sheet.form.blanks_of("execution")["signed_month"].values.index(month) + 1


def _plain(words: object) -> str:
    return " ".join(str(words).split()).casefold()
