"""A person's facts as the properties read them: in plain Python, from the input and the plan's terms, not by a rule.

Hours are bounded, so that nothing hangs on how a pay row is cut at the end of a period: `least_hours` are those of rows
wholly within a span, `most_hours` those of every row that touches it; under an
equivalency they are those of its units of time, likewise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from planrules.people.models import ClassSpan, EmploymentSpan, PayRow
from planrules.plan import Terms
from planrules.plan.service import Purpose
from planrules.testing.drawn import Trial
from planrules.testing.equivalencies import least_credited, most_credited
from planrules.testing.plan_calendar import DAY, FAR, PlanCalendar, Span
from planrules.testing.statute import statutory


@dataclass(frozen=True)
class History:
    """What is known of the person of a trial at the close of its day."""

    terms: Terms
    trial: Trial

    @cached_property
    def calendar(self) -> PlanCalendar:
        """The plan's calendar."""
        return PlanCalendar(self.terms)

    @property
    def as_of(self) -> date:
        """The day at whose close the facts are known."""
        return self.trial.as_of

    @cached_property
    def spells(self) -> tuple[EmploymentSpan, ...]:
        """The employment begun by then, first to last."""
        begun = (each for each in self.trial.person.employment if each.start <= self.as_of)
        return tuple(sorted(begun, key=lambda each: each.start))

    def served(self, employers: tuple[str, ...]) -> tuple[Span, ...]:
        """Employment with any of these, spells that follow on the next day in one; its last day is open while ahead."""
        found: list[Span] = []
        for spell in self.spells:
            last = FAR if spell.end is None or spell.end > self.as_of else spell.end
            if spell.employer not in employers:
                continue
            if found and spell.start <= found[-1].last + DAY:
                found[-1] = Span(found[-1].first, max(last, found[-1].last))
            else:
                found.append(Span(spell.start, last))
        return tuple(found)

    @cached_property
    def own(self) -> tuple[Span, ...]:
        """Employment with the Employer."""
        return self.served(self.terms.service.own_employers)

    @property
    def last_spell(self) -> EmploymentSpan | None:
        """The latest spell with the Employer."""
        own = [each for each in self.spells if each.employer in self.terms.service.own_employers]
        return own[-1] if own else None

    @cached_property
    def at_work(self) -> bool:
        """Whether employed by the Employer at the close of the day."""
        closing = self.as_of + DAY if self.terms.service.separated_on_last_day == "at_close" else self.as_of
        return any(span.holds(self.as_of) and span.last >= closing for span in self.own)

    def employed_on(self, day: date) -> bool:
        """Whether employed by the Employer on a day."""
        return any(span.holds(day) for span in self.own)

    @property
    def may_go_on(self) -> bool:
        """Whether a spell that ended on the day itself goes on the next day: it was no separation then (Plan 1.28)."""
        starts = {each.start for each in self.trial.person.employment}
        return any(each.end == self.as_of and self.as_of + DAY in starts for each in self.spells)

    @property
    def joins_by_earlier_terms(self) -> bool:
        """Whether the terms for those employed on or before a day may be the person's (AA 2.01(k))."""
        joining = self.terms.participation
        if joining.earlier_employees_join is None:
            return False
        return joining.employed_after is None or any(each.start <= joining.employed_after for each in self.spells)

    @property
    def employer_always_in(self) -> bool:
        """Whether every own employer was in the plan from the start, as far as the person is concerned."""
        later = {each.name for each in self.terms.service.participating_employers if each.since is not None}
        return not any(each.employer in later for each in self.spells)

    @cached_property
    def excluded(self) -> tuple[Span, ...]:
        """Days in a class that the plan leaves out."""
        out = self.terms.participation.excluded_classes
        classes: tuple[ClassSpan, ...] = self.trial.person.classes or ()
        return tuple(
            Span(each.start, FAR if each.end is None or each.end > self.as_of else each.end)
            for each in classes
            if each.class_ in out and each.start <= self.as_of
        )

    def excluded_on(self, day: date) -> bool:
        """Whether in a class left out on a day."""
        return any(span.holds(day) for span in self.excluded)

    @cached_property
    def opted_out(self) -> tuple[Span, ...]:
        """Days of an election not to participate, where the plan permits one."""
        if not self.terms.participation.opt_outs_permitted:
            return ()
        return tuple(Span(each.start, each.end) for each in self.trial.person.opt_outs)

    def employers(self, purpose: Purpose) -> tuple[str, ...]:
        """Whose service counts for a purpose."""
        service = self.terms.service
        predecessors = {
            "participation": service.predecessors_for_participation,
            "vesting": service.predecessors_for_vesting,
        }
        return (*service.own_employers, *predecessors.get(purpose, ()))

    def commenced(self, purpose: Purpose) -> date | None:
        """The Employment Commencement Date: the first day with an employer whose service counts."""
        counted = self.employers(purpose)
        return min((each.start for each in self.spells if each.employer in counted), default=None)

    @property
    def served_excepted(self) -> bool:
        """Whether service of the person may be left out by the exceptions of AA 1.29(c)."""
        excepted = {each.employer for each in self.terms.service.excepted_service}
        return any(each.employer in excepted for each in self.spells)

    @cached_property
    def rows(self) -> tuple[PayRow, ...]:
        """The pay rows of work paid for whose last day is over, in order of their first days."""
        over = (row for row in self.trial.person.pay or () if row.end <= self.as_of and row.kind == "paid")
        return tuple(sorted(over, key=lambda row: (row.start, row.end)))

    @property
    def has_absences(self) -> bool:
        """Whether hours of a maternity absence may prevent a Break."""
        return any(row.kind == "maternity" for row in self.trial.person.pay or ())

    @property
    def knows_hours(self) -> bool:
        """Whether the hours of every row are on record."""
        return self.trial.person.pay is not None and all(row.hours is not None for row in self.rows)

    def employer_of(self, row: PayRow) -> str | None:
        """Who paid: as the row says, or whose employment it falls in."""
        if row.employer is not None:
            return row.employer
        within = (each for each in self.spells if each.start <= row.start and row.end <= (each.end or FAR))
        return next((each.employer for each in within), None)

    def _counted(self, purpose: Purpose) -> Iterator[PayRow]:
        counted = self.employers(purpose)
        return (row for row in self.rows if self.employer_of(row) in counted)

    def least_hours(self, purpose: Purpose, span: Span) -> Decimal:
        """Hours that surely fall in a span."""
        service = self.terms.service
        excepted = {each.employer for each in service.excepted_service}
        counted = (row for row in self._counted(purpose) if self.employer_of(row) not in excepted)
        inside = [row for row in counted if span.first <= row.start and row.end <= span.last]
        if purpose in service.equivalency_for:
            return least_credited(inside, span, service)
        return sum((row.hours or Decimal(0) for row in inside), Decimal(0))

    def most_hours(self, purpose: Purpose, span: Span) -> Decimal | None:
        """Hours that may fall in a span; null when some are not on record."""
        if self.trial.person.pay is None:
            return None
        if purpose in self.terms.service.equivalency_for:
            return most_credited(self._counted(purpose), span, self.terms.service)
        hours = [row.hours for row in self._counted(purpose) if row.start <= span.last and span.first <= row.end]
        known = [each for each in hours if each is not None]
        return sum(known, Decimal(0)) if len(known) == len(hours) else None

    def attained(self, years: int, months: int = 0) -> date | None:
        """The day on which the person is so old; null when the birth date is not known."""
        born = self.trial.person.birth_date
        return None if born is None else self.calendar.attained(born, years, months)

    def eligibility_periods(self) -> Iterator[Span]:
        """The 12-month periods that measure service for joining and are over (AA 2.02, Plan 2.02)."""
        began = self.commenced("participation")
        if began is None:
            return
        yield from self.calendar.eligibility_periods(began, self.as_of)

    def vesting_periods(self) -> Iterator[Span]:
        """The vesting computation periods begun by then, first to last (AA 5.06)."""
        began = self.commenced("vesting")
        if began is None:
            return
        yield from self.calendar.vesting_periods(began, self.as_of)

    @cached_property
    def years_at_least(self) -> tuple[tuple[Span, bool], ...]:
        """Each vesting period with whether it surely is a Year of Service by its hours."""
        needed = self.terms.vesting.vesting_hours_required
        return tuple((span, self.least_hours("vesting", span) >= needed) for span in self.vesting_periods())

    @cached_property
    def never_held_out(self) -> bool:
        """Whether the one-year hold-out (Plan 2.03(B)) surely never touched the person: not elected, or no Break."""
        line = statutory("break_hours_at_most")
        hours = (self.least_hours("participation", span) for span in self.eligibility_periods())
        return not self.terms.participation.year_held_out or all(each > line for each in hours)

    @cached_property
    def breaks(self) -> tuple[tuple[Span, bool | None], ...]:
        """Each vesting period that is over with whether it is a Break; null where the record does not settle it."""
        over = (span for span in self.vesting_periods() if span.last <= self.as_of)
        return tuple((span, self._is_break(span)) for span in over)

    def _is_break(self, span: Span) -> bool | None:
        line = statutory("break_hours_at_most")
        most = self.most_hours("vesting", span)
        if self.least_hours("vesting", span) > line:
            return False
        if most is None or most > line or self.has_absences or self.served_excepted:
            return None
        return True
