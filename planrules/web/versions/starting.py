"""Which version is in force when a server starts: the last that was put, unless the file has been changed since.

A plan comes from a file, and may have been changed over HTTP since. If what the file has is one of the versions, the
last version holds: whoever put it began with the file. If the file has something that is no version yet, somebody has
changed it, and it is in force. It is, too, where the last version is what the file had at an earlier start: nobody has
put anything since, and the file has been changed back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from planrules.api import Plan
from planrules.errors import ElectionsError, PlanrulesError, Problem
from planrules.web.clock import Clock
from planrules.web.hosted import HostedPlan
from planrules.web.versions.document import document, plan_of
from planrules.web.versions.standing import InForce, Standing
from planrules.web.versions.store import OvertakenError, Versions
from planrules.web.versions.version import Origin, Version

_BY: Mapping[Origin, str] = {"file": "file", "engine": "planrules"}
_TRIES = 3


def in_force(files: Mapping[str, HostedPlan], versions: Versions, clock: Clock) -> InForce:
    """The plans of these files, each in the version in force; what is new is recorded.

    Raises:
        FileError: the database cannot be read, or does not take a version.
        ElectionsError: this planrules no longer takes the last version of a plan.
        UnsupportedElectionError: likewise.
    """
    return InForce({plan: _settled(hosted, versions, clock) for plan, hosted in files.items()}, versions)


def _settled(hosted: HostedPlan, versions: Versions, clock: Clock) -> Standing:
    for _ in range(_TRIES):
        try:
            return _standing(hosted, versions, clock())
        except OvertakenError:
            continue  # another server has started with the same database; its version is there now
    return _standing(hosted, versions, clock())


def _standing(hosted: HostedPlan, versions: Versions, now: datetime) -> Standing:
    chain = versions.chain(hosted.id)
    if not chain or _changed(hosted, chain):
        return _recorded(hosted, hosted.hash, "file", versions, now, chain)
    last = chain[-1]
    if last.hash == hosted.hash:
        return Standing(hosted, last, hosted.hash)
    read = replace(hosted, plan=_read_again(last))
    if read.hash == last.hash:
        return Standing(read, last, hosted.hash)
    return _recorded(read, hosted.hash, "file" if read.hash == hosted.hash else "engine", versions, now, chain)


def _changed(hosted: HostedPlan, chain: Sequence[Version]) -> bool:
    """Whether the file has been changed since the server last took it up."""
    last = chain[-1]
    if hosted.hash in {last.hash, _hash_now(last)}:
        return False
    if last.origin == "file":
        return True
    # The hash covers how the engine reads the elections, so that another engine gives the same file another.
    return hosted.hash not in {each.hash for each in chain} and all(_hash_now(each) != hosted.hash for each in chain)


def _hash_now(version: Version) -> str | None:
    """The hash that a version has with this planrules; null where this planrules no longer takes it."""
    try:
        return plan_of(version.document).reference.elections_hash
    except PlanrulesError:
        return None


def _read_again(version: Version) -> Plan:
    try:
        return plan_of(version.document)
    except PlanrulesError as error:
        told = [_no_longer(version.plan), *error.problems]
        raise ElectionsError(told) from None


def _recorded(  # noqa: PLR0913, PLR0917  a version, and where it goes
    hosted: HostedPlan, file: str, origin: Origin, versions: Versions, now: datetime, chain: Sequence[Version]
) -> Standing:
    number = chain[-1].number + 1 if chain else 1
    made = Version(hosted.id, number, hosted.hash, now, _BY[origin], origin, document(hosted.plan))
    versions.add(made)
    return Standing(hosted, made, file, new=True)


def _no_longer(plan: str) -> Problem:
    return Problem(
        what="this planrules does not take the last version of the plan",
        where=plan,
        why="It was put over HTTP, and is in force as long as the elections file stays as it was then.",
        do="Put what is to be in force into the elections file: a file that was changed is in force.",
    )
