"""The reasons: each rule's sentence, filled from the same row that holds the answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from planrules.answers.matched import how_much, who_gets_it
from planrules.answers.models import Because
from planrules.answers.words import MONEY, Told, plain, spoken
from planrules.book import ALWAYS, Rule, facts_in
from planrules.plan import Terms
from planrules.plan.service import Service
from planrules.rules import (
    breaks,
    completion,
    contributions,
    deferral,
    distribution,
    entry,
    forfeiture,
    in_service,
    ownership,
    status,
    suspension,
    vesting,
)

EXPLAINED: tuple[Rule, ...] = (
    completion.eligibility_completed_on,
    *entry.SCHEDULE,
    *entry.ENTRY,
    *suspension.RULES,
    *status.RULES,
    contributions.apart_entry_on,
    vesting.years_left_out,
    breaks.years_dropped_on,
    breaks.forfeiture_break_on,
    *ownership.RULES,
    *distribution.RULES,
    *forfeiture.RULES,
    *in_service.RULES,
    *deferral.RULES,
)
"""Rules that speak about a person, in the order a participant asks: join, own, be paid, defer."""

_OPEN = ("needs_data", "needs_reading")
"""Statuses of an answer that is not given: a fact is missing, or the meaning of an option's words."""
NESTED = {
    "apart_entry_on": "contributions",
    "participant_at_work": "entry_on",
    "years_dropped_on": "years_of_service",
    "years_left_out": "years_of_service",
    "owned_percent": "vested_percent",
    "owned_matching_percent": "vested_percent",
    "later_money_percent": "vested_percent",
    "later_matching_percent": "vested_percent",
    "vested_total": "consent_required",
}
"""Rules that stand behind a field of another name."""
_ANYWAY = ("vested_percent",)
"""Rules whose sentence holds whatever the missing facts are: own deferrals are owned in full."""


def reasons(row: Mapping[str, Any], terms: Terms) -> Iterator[Because]:
    """One step a rule that has something to say of this person; nothing where the answer is not given."""
    for rule in EXPLAINED:
        sentence = _sentence(rule, row)
        if sentence is None or _is_open(rule, sentence, row):
            continue
        yield Because(
            fact=rule.name,
            value=plain(row[rule.name], rule.unit),
            says=sentence.format_map(_Facts(row, terms)),
            cites=tuple(row.get(rule.cites_column) or terms.cites(rule.cites)),
            from_=tuple(fact for fact in facts_in(sentence) if fact != rule.name),
        )


def hours_reasons(terms: Terms) -> Iterator[Because]:
    """How Hours of Service are credited, where they are not the actual ones."""
    part = terms.service
    if part.equivalency is None or not part.equivalency_for:
        return
    yield Because(
        fact="hours",
        value=None,
        says=f"Hours of Service are credited: {credited_in_words(part)}.",
        cites=terms.cites(("@equivalency_for", "@equivalency_hours")),
        from_=("equivalency", "equivalency_hours", "equivalency_for"),
    )


def credited_in_words(part: Service) -> str:
    """The equivalency and what it is for, as "45 for each week with at least one hour, for vesting"."""
    unit = {"daily": "day", "weekly": "week", "semi_monthly": "half month", "monthly": "month"}[part.equivalency or ""]
    purposes = " and ".join(_PURPOSES[purpose] for purpose in part.equivalency_for)
    return f"{part.equivalency_hours} for each {unit} with at least one hour, for {purposes}"


_PURPOSES = {"participation": "joining", "vesting": "vesting", "accrual": "the hours an allocation asks for"}


def match_reasons(row: Mapping[str, Any], terms: Terms) -> Iterator[Because]:
    """How the months of the match are worked out, and what allocates them; nothing for who never joined."""
    if not terms.matching.match_elected or row["entry_on"] is None or row["statuses"]["total"] in _OPEN:
        return
    yield Because(
        fact="total",
        value=plain(row["total"]),
        says=how_much(terms),
        cites=terms.cites(("@formulas", *_counted(terms), *_limited(terms), "@compensation_limit_in_match")),
        from_=("entry_on", "match_rates", "compensation_counted", "eligible_contributions"),
    )
    yield Because(
        fact="allocated_total",
        value=plain(row["allocated_total"]),
        says=who_gets_it(terms),
        cites=terms.cites(("@match_employment_condition", *(f"@{name}" for name in _conditioned(terms)))),
        from_=("months", *_conditioned(terms)),
    )


def _counted(terms: Terms) -> Iterator[str]:
    """What a formula works with beside its own percentages: the tiers, the rates on file."""
    if any(formula.on_tiers for formula in terms.matching.formulas):
        yield "@tier_percents"
    if any(formula.discretionary for formula in terms.matching.formulas):
        yield "@match_rates"


def _limited(terms: Terms) -> Iterator[str]:
    """The provisions that limit the match, where they are elected."""
    for name in ("disregarded_above", "no_match_above", "no_match_below"):
        if getattr(terms.matching, name) is not None:
            yield f"@{name}"


def _conditioned(terms: Terms) -> tuple[str, ...]:
    """The provisions that set a condition of the allocation, and those that lift it."""
    part = terms.accrual
    set_here = {
        "safe_harbor": part.safe_harbor,
        "match_employment_condition": not part.safe_harbor and part.match_employment_condition != "none",
        "no_employment_after": part.no_employment_after,
        "match_hours": part.match_hours,
        "match_leavers_hours": part.match_leavers_hours is not None,
        "no_hours_after": part.match_hours and part.no_hours_after,
        "withheld_from_highly_compensated": part.withheld_from_highly_compensated,
    }
    return tuple(name for name, is_set in set_here.items() if is_set)


def _is_open(rule: Rule, sentence: str, row: Mapping[str, Any]) -> bool:
    """Whether the answer, or a fact the sentence names, is not given."""
    names = facts_in(sentence) if rule.name in _ANYWAY else (NESTED.get(rule.name, rule.name), *facts_in(sentence))
    return any(row["statuses"].get(name) in _OPEN for name in names)


def _sentence(rule: Rule, row: Mapping[str, Any]) -> str | None:
    if rule.case is None:
        return rule.says[ALWAYS] if row[rule.name] is not None else None
    case = row[rule.case_column]
    return None if case is None else rule.says.get(case)


class _Facts(dict[str, str]):
    """The facts a sentence may name: the person's columns, then the plan's provisions."""

    def __init__(self, row: Mapping[str, Any], terms: Terms) -> None:
        super().__init__()
        self._row, self._terms = row, terms

    def __missing__(self, fact: str) -> str:
        if fact in self._row:
            return Told(spoken(self._row[fact], "money" if fact in MONEY else None))
        for article in self._terms.articles:
            if fact in type(article).model_fields:
                return Told(spoken(getattr(article, fact)))
        raise KeyError(fact)
