"""The whole plan as typed provisions: what every rule reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from planrules import dates
from planrules.elections import Elections
from planrules.errors import ElectionsError, Problem
from planrules.plan.accrual import Accrual, accrual
from planrules.plan.citing import standing
from planrules.plan.compensation import Compensation, compensation
from planrules.plan.deferral import Deferral, deferral
from planrules.plan.distribution import Distribution, distribution
from planrules.plan.elected import Agreement, Provisions, Untold
from planrules.plan.facts import PlanFacts
from planrules.plan.in_service import InService, in_service
from planrules.plan.matching import Matching, matching
from planrules.plan.outside import tell_what_is_outside
from planrules.plan.participation import EXCLUDABLE, Participation, participation
from planrules.plan.payment_forms import PaymentForms, payment_forms
from planrules.plan.readings import Choices, choose
from planrules.plan.scope import refuse_what_is_not_evaluated
from planrules.plan.service import Service, service
from planrules.plan.vesting import Vesting, vesting


@dataclass(frozen=True)
class Terms:
    """One plan's provisions by article, the facts behind them and the readings in force."""

    service: Service
    participation: Participation
    compensation: Compensation
    matching: Matching
    accrual: Accrual
    vesting: Vesting
    distribution: Distribution
    in_service: InService
    payment_forms: PaymentForms
    deferral: Deferral
    facts: PlanFacts
    choices: Choices
    checked: frozenset[str]
    untold: tuple[Untold, ...] = ()

    @property
    def articles(self) -> tuple[Provisions, ...]:
        """The provisions of every article."""
        before = (self.service, self.participation, self.compensation, self.matching, self.accrual, self.vesting)
        return (*before, self.distribution, self.in_service, self.payment_forms, self.deferral)

    @cached_property
    def set_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each provision by name, the options, sections or readings that set it."""
        return {name: cites for article in self.articles for name, cites in article.set_by.items()}

    @property
    def known_classes(self) -> tuple[str, ...]:
        """The classes of employees a people file may name."""
        return tuple(dict.fromkeys((*EXCLUDABLE.values(), *self.participation.excluded_classes)))

    def same_as(self, other: "Terms") -> bool:
        """Whether the provisions, and what is not told, are the same: their readings then differ in nothing."""
        return self.articles == other.articles and self.untold == other.untold

    def cites(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """A rule's citations with each "@provision" replaced by what set that provision in this plan.

        No option is cited that the plan has not checked.
        """
        told = self._cited  # held on to: a plan is shared by threads, and one of them may just be making it
        if named not in told:
            found = (self.set_by[each[1:]] if each.startswith("@") else (each,) for each in named)
            told[named] = standing((cite for cites in found for cite in cites), self.checked)
        return told[named]

    @cached_property
    def _cited(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """What has been asked for: a plan has few rules, and every answer cites them."""
        return {}


def resolve(elections: Elections, facts: PlanFacts, readings: Mapping[str, str] | None = None) -> Terms:
    """What the elections mean; `readings` go before those of the elections file.

    Raises:
        ElectionsError: an unknown reading or option of one.
        UnsupportedElectionError: an election that the engine does not evaluate.
    """
    refuse_what_is_not_evaluated(elections)
    choices = choose({**elections.readings, **(readings or {})})
    agreement = Agreement(elections, choices)
    served = service(agreement)
    tell_what_is_outside(agreement, served.plan_year_ends)
    if not any(each.option == "1.17(b)" for each in agreement.untold):
        _refuse_other_year_ends(served, facts)
    return Terms(
        service=agreement.citing(served),
        participation=agreement.citing(participation(agreement, served.plan_year_ends)),
        compensation=agreement.citing(compensation(agreement, served.plan_year_ends)),
        matching=agreement.citing(matching(agreement, facts)),
        accrual=agreement.citing(accrual(agreement)),
        vesting=agreement.citing(vesting(agreement, facts)),
        distribution=agreement.citing(distribution(agreement)),
        in_service=agreement.citing(in_service(agreement)),
        payment_forms=agreement.citing(payment_forms(agreement)),
        deferral=agreement.citing(deferral(agreement)),
        facts=facts,
        choices=choices,
        checked=frozenset(elections.checked),
        untold=tuple(agreement.untold),
    )


def _refuse_other_year_ends(provisions: Service, facts: PlanFacts) -> None:
    """A day that ends no Plan Year would be a year that nobody ever serves."""
    ends = provisions.plan_year_ends
    named = {
        "top_heavy, plan_years": facts.top_heavy.plan_years,
        "highly_compensated": tuple(each.plan_year for each in facts.highly_compensated),
    }
    problems = [
        Problem(
            what=f"{day.isoformat()} does not end a Plan Year",
            where=f"plan facts, {where}",
            why=f"Plan Years end on {ends.month:02}-{ends.day:02}.",
            do="Name each Plan Year by its last day.",
        )
        for where, days in named.items()
        for day in days
        if dates.plan_year_end(day, ends) != day
    ]
    if problems:
        raise ElectionsError(problems)
