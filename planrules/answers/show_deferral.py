"""Section 3.01(k) and Article IV in plain words: deferrals, and what else Participants can pay in."""

from collections.abc import Iterator

from planrules.answers.words import month_day
from planrules.plan import Terms
from planrules.plan.deferral import Times

Line = tuple[str, tuple[str, ...]]


def deferred(terms: Terms) -> Iterator[Line]:
    """How much may be deferred, when that can change, and what else Participants can pay in."""
    yield from _deferred(terms)
    yield from _contributed(terms)


def _deferred(terms: Terms) -> Iterator[Line]:
    by, part = terms.set_by, terms.deferral
    if not part.elected:
        yield "Nothing can be deferred.", by["changing"]
        return
    if part.deferral_percent is None:
        yield "There is no limit but that of the law.", by["deferral_percent"]
    else:
        yield f"Up to {part.deferral_percent}% of Compensation for the Plan Year.", by["deferral_percent"]
    if part.least_deferral_percent is not None:
        least = f"At least {part.least_deferral_percent}% of Compensation, for those who defer at all."
        yield least, by["least_deferral_percent"]
    days = {name: getattr(part, name) for name in ("revoking", "resuming", "changing")}
    if len(set(days.values())) == 1:
        yield f"Started, stopped and changed {_times(part.changing)} only.", by["changing"]
        return
    for name, label in (("revoking", "Stopped"), ("resuming", "Taken up again"), ("changing", "Changed")):
        yield f"{label} {_times(days[name])}.", by[name]


def _contributed(terms: Terms) -> Iterator[Line]:
    """What Participants can pay in besides deferrals, of which the accounts on file hold nothing."""
    told = {
        "none": "No nondeductible contributions by Participants.",
        "permitted": "Nondeductible contributions by Participants are permitted; no balance of them is worked with.",
        "mandatory": "Nondeductible contributions by Participants are permitted, and a part of them is mandatory for "
        "the match; no balance of them is worked with.",
    }[terms.deferral.own_contributions]
    yield told, terms.set_by["own_contributions"]
    yield "Rollovers may be accepted, also before joining; no balance of them is worked with.", ("Plan 4.03",)


def _times(times: Times | None) -> str:
    """When something can be done, in words."""
    if times is None:
        return "never"
    days = " and ".join(month_day(day) for day in times.days)
    return {
        "plan_entry_date": "on Plan Entry Dates",
        "month": "on the first day of a month",
        "plan_year": "from the first day of the next Plan Year",
        "payroll_period": "from the start of a payroll period",
        "until_day": f"once a Plan Year, by {days or 'a day that is not told'}",
        "days": f"on {days or 'days that are not told'}",
    }[times.kind]
