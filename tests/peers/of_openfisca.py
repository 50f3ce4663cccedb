"""The three rules for OpenFisca-Core, and for its offspring policyengine-core: whichever is installed."""

from importlib.metadata import version
from typing import Any

import numpy as np
from peers.workload import HOURS, YEARS, Answers, People, answers

try:
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    ENGINE, VERSION = "OpenFisca-Core", version("openfisca-core")
    YEAR, ETERNITY, FOR_EVER = DateUnit.YEAR, DateUnit.ETERNITY, "ETERNITY"
except ModuleNotFoundError:
    from policyengine_core.entities import build_entity
    from policyengine_core.periods import ETERNITY, YEAR
    from policyengine_core.simulations import SimulationBuilder
    from policyengine_core.taxbenefitsystems import TaxBenefitSystem
    from policyengine_core.variables import Variable

    ENGINE, VERSION = "policyengine-core", version("policyengine-core")
    FOR_EVER = "eternity"

FIRST, ASKED = 2000, "2020"
PERSON = build_entity(key="person", plural="persons", label="a person", is_person=True)


class hired_year(Variable):  # noqa: N801  the class's name is the variable's
    value_type, entity, definition_period, label = int, PERSON, ETERNITY, "year of hire"


class hired_month(Variable):  # noqa: N801
    value_type, entity, definition_period, label = int, PERSON, ETERNITY, "month of hire"


class hired_day(Variable):  # noqa: N801
    value_type, entity, definition_period, label = int, PERSON, ETERNITY, "day of hire"


class compensation(Variable):  # noqa: N801
    value_type, entity, definition_period, label = float, PERSON, YEAR, "compensation of a year"


class deferral(Variable):  # noqa: N801
    value_type, entity, definition_period, label = float, PERSON, YEAR, "share of compensation deferred"


class hours(Variable):  # noqa: N801
    value_type, entity, definition_period, label = int, PERSON, YEAR, "hours of a year"


class reached(Variable):  # noqa: N801
    value_type, entity, definition_period, label = bool, PERSON, YEAR, "whether the year has the hours"

    def formula(self: Any, period: Any, parameters: Any = None) -> Any:  # noqa: ANN401, ARG002
        return self("hours", period) >= HOURS


class years_of_service(Variable):  # noqa: N801
    value_type, entity, definition_period, label = int, PERSON, YEAR, "years with the hours"

    def formula(self: Any, period: Any, parameters: Any = None) -> Any:  # noqa: ANN401, ARG002
        return sum(self("reached", str(FIRST + year)).astype(np.int32) for year in range(YEARS))


class vested(Variable):  # noqa: N801
    value_type, entity, definition_period, label = int, PERSON, YEAR, "percent owned"

    def formula(self: Any, period: Any, parameters: Any = None) -> Any:  # noqa: ANN401, ARG002
        return np.where(self("years_of_service", period) >= 5, 100, 0)


class entry(Variable):  # noqa: N801
    value_type, entity, definition_period, label = int, PERSON, YEAR, "entry date as yyyymm"

    def formula(self: Any, period: Any, parameters: Any = None) -> Any:  # noqa: ANN401, ARG002
        first = np.full(self.count, -1)
        for year in reversed(range(YEARS)):
            first = np.where(self("reached", str(FIRST + year)), year, first)
        month = self("hired_month", period)
        on_quarter = (self("hired_day", period) == 1) & ((month - 1) % 3 == 0)
        quarter = np.where(on_quarter, month, ((month - 1) // 3 + 1) * 3 + 1)
        year = self("hired_year", period) + first + 1 + (quarter == 13)
        return np.where(first >= 0, year * 100 + np.where(quarter == 13, 1, quarter), 0)


class match(Variable):  # noqa: N801
    value_type, entity, definition_period, label = float, PERSON, YEAR, "match of a year"

    def formula(self: Any, period: Any, parameters: Any = None) -> Any:  # noqa: ANN401, ARG002
        share = self("deferral", period)
        return self("compensation", period) * (np.minimum(share, 0.03) + 0.5 * np.clip(share - 0.03, 0, 0.03))


TOLD = (hired_year, hired_month, hired_day, compensation, deferral, hours)
RULES = (reached, years_of_service, vested, entry, match)


def prepare(people: People) -> tuple[Any, People]:
    """The system of variables, which is built once, and the people as they are."""
    system = TaxBenefitSystem([PERSON])
    for variable in (*TOLD, *RULES):
        system.add_variable(variable)
    return system, people


def _simulation(system: Any, count: int) -> Any:  # noqa: ANN401
    builder = SimulationBuilder()
    if ENGINE == "policyengine-core":
        return builder.build_default_simulation(system, count)
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(count))
    return builder.build(system)


def evaluate(asked: tuple[Any, People]) -> list[Any]:
    """The three answers of everybody; a simulation keeps what it has worked out, so that each run builds its own."""
    system, people = asked
    simulation = _simulation(system, people.count)
    for name in ("hired_year", "hired_month", "hired_day"):
        simulation.set_input(name, FOR_EVER, getattr(people, name))
    for name in ("compensation", "deferral"):
        simulation.set_input(name, ASKED, getattr(people, name))
    for year in range(YEARS):
        simulation.set_input("hours", str(FIRST + year), people.hours[:, year])
    return [simulation.calculate(name, ASKED) for name in ("vested", "entry", "match")]


def told(found: list[Any]) -> Answers:
    """The answers as arrays."""
    return answers(*(np.asarray(each) for each in found))
