"""A site from files: the plans, their sample people, the people of a folder, who may ask."""

import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planrules.api import FACTS_ENDING, Plan, load_plan
from planrules.errors import FileError, PeopleError, Problem
from planrules.people import Person, read_people, read_person
from planrules.web.audit import AuditLog
from planrules.web.safety.access import AccessError, load_logins
from planrules.web.site import HostedPlan, Settings, Site

ELECTIONS = Path("elections")
"""Where a checkout has its plans."""
_SAMPLES = Path("docs") / "examples"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Served:
    """What is to be served, by files; `access` are the files of tokens and logins."""

    elections: Sequence[Path]
    facts: Path | None = None
    people: Path | None = None
    access: Sequence[Path] = ()
    host: str = "127.0.0.1"
    port: int = 8080


def load_site(served: Served, audit: AuditLog) -> Site:
    """The site of these files.

    Raises:
        AccessError: it is to be reached from other machines, and nobody is said to be let in.
        FileError: there are no plans to serve, two of one name, or a file cannot be read.
        ElectionsError: elections or facts break the form or their format.
        PeopleError: the people cannot be read.
    """
    public = not is_loopback(served.host)
    logins = load_logins(served.access)
    if public and not logins:
        raise AccessError([_nobody()])
    plans = _plans(served.elections or checkout_plans(), served.facts)
    people = None if served.people is None else read_people(served.people)
    hosts = () if public else (*_LOOPBACK, served.host)
    settings = Settings(host=served.host, port=served.port, public=public, hosts=hosts)
    return Site(plans=plans, audit=audit, people=people, settings=settings, logins=logins)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server on this address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def checkout_plans() -> Sequence[Path]:
    """The plans of the checkout that is the working directory, Steel's first.

    Raises:
        FileError: there are none.
    """
    found = sorted(file for file in ELECTIONS.glob("*.yaml") if not file.name.endswith(FACTS_ENDING))
    if not found:
        raise FileError([_no_plans()])
    return sorted(found, key=lambda file: not file.stem.startswith("steel"))


def _plans(files: Sequence[Path], facts: Path | None) -> Mapping[str, HostedPlan]:
    chosen = [file for file in dict.fromkeys(files) if not file.name.endswith(FACTS_ENDING)]
    if len({file.stem for file in chosen}) < len(chosen):
        raise FileError([_twice()])
    if facts is not None and len(chosen) > 1:
        raise FileError([_whose_facts(facts.name)])
    plans = {file.stem: load_plan(file, facts) for file in chosen}
    samples = _samples(chosen)
    return {name: HostedPlan(name, plan, _of(plan, samples)) for name, plan in plans.items()}


def _samples(files: Iterable[Path]) -> Mapping[str, Person]:
    """The made-up people of the checkouts that the plans lie in."""
    folders = dict.fromkeys(file.resolve().parent.parent / _SAMPLES for file in files)
    found: dict[str, Person] = {}
    for file in sorted(each for folder in folders for each in folder.glob("*.json")):
        try:
            found[file.stem] = read_person(file)
        except PeopleError:
            continue  # a JSON file of something else
    return found


def _of(plan: Plan, samples: Mapping[str, Person]) -> Mapping[str, Person]:
    """The people who have worked for the plan's employer, or somewhere that counts for it."""
    service = plan.terms.service
    names = {service.employer, *(each.name for each in service.participating_employers)}
    return {name: person for name, person in samples.items() if names & {span.employer for span in person.employment}}


def _nobody() -> Problem:
    return Problem(
        what="nobody is said to be let in",
        where="--host",
        why="An address beyond loopback is reached from other machines, and people's facts are behind it.",
        do="Give --login FILE or --token-file FILE, or leave out --host to serve this machine alone.",
    )


def _no_plans() -> Problem:
    return Problem(
        what="no plan to serve",
        where="ELECTIONS",
        why="Without ELECTIONS the plans of the folder elections/ are served, and there is none here.",
        do="Name one elections file or more, or run it in a checkout of planrules.",
    )


def _twice() -> Problem:
    return Problem(
        what="two elections files of one name",
        where="ELECTIONS",
        why="A plan's address is the name of its file.",
        do="Rename one of them.",
    )


def _whose_facts(facts: str) -> Problem:
    return Problem(
        what="plan facts for more than one plan",
        where=facts,
        why="Match rates and top-heavy Plan Years are those of one plan.",
        do=f"Serve one plan, or put each plan's facts beside it as <name>{FACTS_ENDING}.",
    )
