"""The one place where elections are changed while a server runs: read as files are, checked, recorded, in force."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from planrules.api import Plan
from planrules.check import check_elections
from planrules.errors import ElectionsError
from planrules.web.audit import Asked, hash_of
from planrules.web.safety.refusals import RefusedError, refused
from planrules.web.site import Site
from planrules.web.versions import Standing, Version
from planrules.web.versions.document import ELECTIONS, FACTS, as_in_yaml, document, parts_of, plan_of, read
from planrules.web.versions.findings import unlawful
from planrules.web.versions.store import OvertakenError, add

CHANGE = "change of elections"
"""What the audit log calls it."""


def changed(
    site: Site, plan: str, given: Mapping[str, Any], who: str, expected: Callable[[Standing], bool]
) -> Standing:
    """The plan under other elections, in force once this returns; without facts those in force stay.

    What is in force already is not put again, whatever was expected: who sends a change twice has made it. The audit
    log has a row of that too.

    Args:
        site: the server.
        plan: the id of one of its plans.
        given: `elections`, and `facts` where they are changed too, as parsed JSON.
        who: the caller's name.
        expected: whether the caller knows what is in force.

    Raises:
        ElectionsError: the elections or facts break the form or their format, or `planrules check` finds an error.
        UnsupportedElectionError: an election that the engine does not evaluate.
        RefusedError: 412 where something else is in force than expected.
        FileError: the database does not take the version or the row, so that nothing is in force that was not.
    """
    with site.in_force.changing:
        standing = _taken_up(site, plan)
        facts = given.get(FACTS)
        kept = parts_of(document(standing.hosted.plan))[FACTS] if facts is None else facts
        wanted = read({ELECTIONS: given[ELECTIONS], FACTS: kept})
        if (told := document(wanted)) == standing.version.document:
            site.audit.record(Asked(who, CHANGE, plan, hash_of(told), standing.hosted.hash, "", "unchanged"))
            return standing
        if not expected(standing):
            raise _overtaken()
        if found := unlawful(check_elections(as_in_yaml(given[ELECTIONS])), given[ELECTIONS]):
            raise ElectionsError(found)
        return _put(site, standing, wanted, who)


def _put(site: Site, standing: Standing, wanted: Plan, who: str) -> Standing:
    """Records a version with its row of the audit log, both or neither, and puts it in force."""
    hosted, kept = replace(standing.hosted, plan=wanted), document(wanted)
    version = Version(hosted.id, standing.version.number + 1, hosted.hash, site.clock(), who, "put", kept)
    row = Asked(who, CHANGE, hosted.id, hash_of(kept), hosted.hash, "", "changed")
    try:
        with site.audit.recording(row) as connection:
            add(connection, version)
    except OvertakenError:
        raise _overtaken() from None
    made = Standing(hosted, version, standing.file)
    site.in_force.put(made)
    return made


def _taken_up(site: Site, plan: str) -> Standing:
    """What is in force. A version that another server has put into the same database is taken up first."""
    standing, last = site.in_force.standing(plan), site.in_force.versions.last(plan)
    if last is None or last.number <= standing.version.number:
        return standing
    found = Standing(replace(standing.hosted, plan=plan_of(last.document)), last, standing.file)
    site.in_force.put(found)
    return found


def _overtaken() -> RefusedError:
    return refused(
        412,
        "something else is in force than the change expects",
        "Somebody has changed the plan since, and one of the two changes would be lost.",
        "Look into /v1/plans/{id} for what is in force, and make the change to that.",
        "header, if-match",
    )
