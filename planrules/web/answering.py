"""The one place where the web asks the engine: off the event loop, and recorded before anybody sees an answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from planrules.answers import Answer
from planrules.api import Plan
from planrules.errors import PlanrulesError
from planrules.people import Person
from planrules.web.desk import Outcome, Question, Wanted
from planrules.web.site import HostedPlan, Site


@dataclass(frozen=True)
class Way:
    """How something is asked.

    Attributes:
        who: the name of the caller.
        what: the kind of request, as the audit log has it.
        readings: options of readings in place of those in force.
        other_readings: whether the answer says what the other readings would change; without them it is quicker.
    """

    who: str
    what: str = "answer"
    readings: tuple[tuple[str, str], ...] = ()
    other_readings: bool = True


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
    """The answer for one person, as `Plan.answer` gives it under these readings.

    `what` is the kind of request in the audit log; `other_readings` false is quicker, and leaves out what the other
    readings would change.

    Raises:
        ElectionsError: an unknown reading or option.
        PeopleError: the person's facts cannot all be true.
        FileError: the audit log does not take the row, so that there is no answer.
        RefusedError: too many questions are waiting.
    """
    way = Way(who, what, tuple(sorted((readings or {}).items())), other_readings)
    (said,) = await ask_each(site, hosted, [person], as_of, way)
    if isinstance(said, PlanrulesError):
        raise said
    return said


async def ask_each(
    site: Site, hosted: HostedPlan, persons: Sequence[Person], as_of: date, way: Way
) -> Sequence[Outcome]:
    """What each of these people gets, in their order: an answer, or the error that refuses it one.

    Raises:
        ElectionsError: an unknown reading or option.
        RefusedError: too many questions are waiting.
    """
    wanted = Wanted(plan_read(hosted.plan, way.readings), as_of, way.other_readings)
    alone = len(persons) == 1
    asked = [Question(wanted, person, way.who, way.what, hosted.id, alone) for person in persons]
    site.desk.put(asked)
    return await asyncio.gather(*(asyncio.wrap_future(each.outcome) for each in asked))


@lru_cache(maxsize=64)
def plan_read(plan: Plan, readings: tuple[tuple[str, str], ...]) -> Plan:
    """The plan under these readings. Kept, because working out what a plan means takes longer than a person does.

    Raises:
        ElectionsError: an unknown reading or option.
    """
    return plan.with_readings(**dict(readings)) if readings else plan
