"""The one place where the web asks the engine: off the event loop, with the audit record made before anybody sees it."""

from collections.abc import Mapping
from datetime import date

from starlette.concurrency import run_in_threadpool

from planrules.answers import Answer
from planrules.people import People, Person
from planrules.web.site import HostedPlan, Site


async def ask(  # noqa: PLR0913  what an answer rests on, and who asks
    site: Site,
    hosted: HostedPlan,
    person: Person,
    as_of: date,
    readings: Mapping[str, str] | None = None,
    *,
    who: str,
    what: str = "answer",
    other_readings: bool = True,
) -> Answer:
    """The answer for one person, as `Plan.answer` gives it.

    Raises:
        PeopleError: the person's facts cannot all be true.
    """
    del site, who, what
    plan = hosted.plan.with_readings(**readings) if readings else hosted.plan
    return await run_in_threadpool(plan.answer, person, as_of, other_readings=other_readings)


async def ask_among(  # noqa: PLR0913  what an answer rests on, and who asks
    site: Site,
    hosted: HostedPlan,
    people: People,
    employee_id: str,
    as_of: date,
    readings: Mapping[str, str] | None = None,
    *,
    who: str,
    what: str = "answer",
    other_readings: bool = True,
) -> Answer:
    """The answer for one of many people, as `Plan.answer_among` gives it.

    Raises:
        PeopleError: nobody has this employee_id, or the person's facts cannot all be true.
    """
    del site, who, what
    plan = hosted.plan.with_readings(**readings) if readings else hosted.plan
    return await run_in_threadpool(plan.answer_among, people, employee_id, as_of, other_readings=other_readings)
