"""Article VI of a plan in plain words: when a leaver is paid."""

from collections.abc import Iterator

from planrules.answers.show_forms import form_lines
from planrules.answers.show_in_service import in_service_lines
from planrules.answers.words import ordinal
from planrules.plan import Terms
from planrules.plan.payment_dates import AtOnce, PaymentDate

Line = tuple[str, tuple[str, ...]]


def paid(terms: Terms) -> Iterator[Line]:
    """The distribution dates, the conditions for payment at once, and consent."""
    part = terms.distribution
    general, small = part.general_date, part.small_benefit_date
    line = f"${part.consent_amount:,}"
    if small is not None and general is not None and small.box == general.box and _no_choice(part.elected_dates):
        yield from _date("", general)
        yield from _at_once(terms, general)
    else:
        yield from _of(terms, f"{line} or less: ", small)
        yield from _of(terms, f"More than {line}, no earlier than this: ", general)
        for date in part.elected_dates:
            yield from _of(terms, f"More than {line}, if elected: ", date)
    yield from _events(terms)
    age = max(terms.vesting.normal_retirement_age, part.consent_age)
    yield f"More than {line} is paid only with consent before age {age}.", terms.set_by["consent_amount"]
    yield from form_lines(terms)
    yield from in_service_lines(terms)


def _no_choice(elected: tuple[PaymentDate, ...]) -> bool:
    """Whether what can be elected adds nothing to the general date."""
    return all(date.counted_from == "separation" and date.has_no_wait for date in elected)


def _of(terms: Terms, what: str, date: PaymentDate | None) -> Iterator[Line]:
    if date is not None:
        yield from _date(what, date)
        yield from _at_once(terms, date)


def _date(what: str, date: PaymentDate) -> Iterator[Line]:
    told = f"{what}{_waiting(date)}."
    yield told[:1].upper() + told[1:], date.cites


def _waiting(date: PaymentDate) -> str:
    event = {
        "separation": "leaving",
        "breaks": "a Break in Service" if date.breaks == 1 else f"{date.breaks} Breaks in Service in a row",
        "retirement_age": "Normal Retirement Age",
        "retirement_year": "the Plan Year in which Normal Retirement Age is reached",
        "age": f"age {date.age} with {date.years} Years of Service",
    }[date.counted_from]
    if date.months is not None:
        wait = f"as soon as practical {date.months} months after {event}"
    elif date.plan_years is not None:
        day = ordinal(date.day) if isinstance(date.day, int) else date.day
        wait = f"from the {day} day of the {ordinal(date.plan_years)} Plan Year that begins after {event}"
    elif date.days:
        wait = f"as soon as practical after the {ordinal(date.days)} day after {event}"
    else:
        wait = f"as soon as practical after {event}"
    floor = date.days_after_separation
    return f"{wait}, no earlier than {floor} days after leaving" if floor else wait


def _at_once(terms: Terms, date: PaymentDate) -> Iterator[Line]:
    """Service with an age before Normal Retirement Age alone."""
    cites = tuple(dict.fromkeys((*date.cites, *_exception(terms))))
    for each in sorted(date.at_once_from, key=lambda condition: condition.age is None):
        yield f"At once from {_condition(terms, each)}.", cites


def _exception(terms: Terms) -> tuple[str, ...]:
    """Where 6.01(b) and (e) are both checked, (e) is the exception."""
    cites = terms.set_by["small_benefit_date"]
    return cites if len(cites) > 1 else ()


def _condition(terms: Terms, condition: AtOnce) -> str:
    age = f"age {terms.vesting.normal_retirement_age if condition.age is None else condition.age}"
    return f"{age} with {condition.years} years of service" if condition.years else age


def _events(terms: Terms) -> Iterator[Line]:
    own = terms.distribution.disability_date
    if own is not None and own.has_no_wait:
        yield "At once after death or disability.", (*own.cites, "Plan 6.01(C)")
        return
    yield "At once after death.", ("Plan 6.01(C)",)
    if own is not None:
        yield from _date("After disability: ", own)
