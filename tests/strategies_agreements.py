"""Agreements for Hypothesis: Steel's, with whole groups of boxes replaced by others that combine validly.

`agreements()` draws an elections file and a facts file as data, with the same terms for the oracle. Steel's own choice
comes first in every group, so that an example shrinks to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import strategies_agreements_pay as pay
from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from oracle import MatchRate, Terms
from oracle_elections import month_day
from oracle_example import steel_elections
from oracle_terms import FURTHER_READINGS, PREDECESSOR, READINGS
from strategies_days import Calendar
from strategies_groups import Group, Part, one_of, some_of_boxes
from strategies_pay import RELATED

LAST_PLAN_YEAR: Final = 2002  # of the last day asked about
PLAN_YEARS: Final = ("12-31", "06-30", "03-31", "02-29", "01-31", "06-15")

CLASSES: Final = (
    "1.07(b)",
    *("1.07(c)", "1.07(d)", "1.07(e)", "1.07(f)", "1.07(g)"),
)
GRADED: Final[Mapping[str, Any]] = {
    "top_heavy": {2: 20, 3: 40, 4: 60, 5: 80, 6: 100},
    "non_top_heavy": {3: 20, 4: 40, 5: 60, 6: 80, 7: 100},
}
TABLES: Final = (
    GRADED,
    {"top_heavy": {3: 100}, "non_top_heavy": {4: 100}},
    {"top_heavy": {1: 25, 2: 50, 3: 75, 4: 100}, "non_top_heavy": {2: 50, 5: 100}},
)


class Drawn:
    """An agreement: the elections file and the facts file as data, and the same as terms for the oracle."""

    def __init__(self, elections: dict[str, Any], facts: dict[str, Any], terms: Terms) -> None:
        self.elections, self.facts, self.terms = elections, facts, terms

    def readings(self) -> dict[str, str]:
        """Give the readings as the elections file writes them."""
        return self.terms.readings()

    def __repr__(self) -> str:
        """Name what is not Steel's: boxes checked and not checked, supplements, readings, top-heavy Plan Years."""
        steel, checked = steel_elections()["checked"], self.elections["checked"]
        return str(
            {
                "checked": {cite: said for cite, said in checked.items() if cite not in steel or steel[cite] != said},
                "unchecked": [cite for cite in steel if cite not in checked],
                "supplements": self.elections["supplements"],
                "readings": {
                    name: said for name, said in self.readings().items() if said != READINGS.get(name, " ")[0]
                },
                "match_rates": self.facts["match_rates"],
                "top_heavy": self.facts["top_heavy"]["plan_years"],
            }
        )


def _groups() -> Iterator[tuple[str, Group]]:
    """Articles I, II, V and VI; see `strategies_agreements_pay` for the rest."""
    yield "1.07", _classes()
    yield "1.07(h)", one_of("1.07(h)", {"1.07(i)": None})
    yield (
        "1.07(j)",
        one_of(
            "1.07(j)",
            {},
            {"1.07(j)": None},
            {"1.07(k)": {"related_employers": [RELATED]}},
            {
                "participation": {
                    "signatory_employer": "Steel Technologies Inc.",
                    "participating_employer": RELATED,
                    "participating_employer_ein": "61-0000000",
                    "participation_effective_on": date(1996, 4, 1),
                }
            },
        ),
    )
    ends = [{"1.17(a)": {"ends_every": each}} for each in PLAN_YEARS]
    yield (
        "1.17(a)",
        one_of("1.17(a)", *ends, ({"1.17(b)": {"specify": "As described"}}, {"1.17(b)": {"ends_every": "08-31"}})),
    )
    new = {"new_plan_effective_on": date(1994, 1, 1)}
    restated = {"restated_effective_on": date(1993, 8, 1), "originally_established_on": date(1988, 10, 1)}
    yield "1.18", one_of("1.18", {"1.18": new}, {"1.18": restated})
    yield "1.27", _hours_of_service()
    yield "1.29", _predecessors()
    yield "2.01(a)", _conditions()
    yield "2.01(c)", _other_conditions()
    yield "2.01(d)", _entry()
    yield "2.01(k)", _earlier_employees()
    yield "2.02(a)", one_of("2.02(a)", {"2.02(b)": {"hours": 750}}, {"2.02(b)": {"hours": 501}})
    yield "2.02(d)", one_of("2.02(d)", {"2.02(c)": None})
    yield "2.03", one_of("2.03", {"2.03(b)": None})
    yield "2.06", _opting_out()
    yield "5.01", _retirement()
    yield "5.02", some_of_boxes("5.02", "5.02(a)", "5.02(b)", "5.02(c)")
    yield "5.03(b)", _vesting()
    yield "5.03(e)", one_of("5.03(e)", {"5.03(f)": {"amount": "1750.00"}})
    yield "5.04", one_of("5.04", {"5.04(a)": None})
    yield "5.06(a)", one_of("5.06(a)", {"5.06(b)": None})
    yield "5.06(c)", one_of("5.06(c)", {"5.06(d)": {"hours": 750}}, {"5.06(d)": {"hours": 501}})
    yield "5.08", some_of_boxes("5.08", "5.08(a)", "5.08(d)", "5.08(c)", {"5.08(b)": {"age": 18}})


def _classes() -> Group:
    return st.sets(st.sampled_from(CLASSES)).map(
        lambda boxes: Part(
            ("1.07(b)",),
            {cite: {"specify": "Drivers"} if cite == "1.07(g)" else None for cite in sorted(boxes) or ["1.07(a)"]},
            {"1.07(g)": {"classes": ["driver"]}} if "1.07(g)" in boxes else {},
        )
    )


def _hours_of_service() -> Group:
    """1.27: Steel's actual hours, or an equivalency with exceptions for some purposes."""
    purposes = ("1.27(b)(2)(i)", "1.27(b)(2)(ii)", "1.27(b)(2)(iii)")
    methods = st.sampled_from(("monthly", "weekly", "semi-monthly payroll periods", "daily"))

    def part(drawn: tuple[str, set[str]]) -> Part:
        method, excepted = drawn
        boxes: dict[str, Any] = {"1.27(b)": {"equivalency": method}}
        boxes |= dict.fromkeys(["1.27(b)(2)", *sorted(excepted)] if excepted else ["1.27(b)(1)"])
        return Part(("1.27",), boxes, {})

    drawn = st.tuples(methods, st.sets(st.sampled_from(purposes)))
    return st.one_of(st.just(Part.nothing()), drawn.map(part))


def _predecessors() -> Group:
    """1.29: for one purpose, and except some days."""
    excepted = {"1.29(c)": {"except": [{"employer": PREDECESSOR, "start": None, "end": date(1992, 3, 31)}]}}
    words = {"1.29(c)": {"specify": "As described"}}
    return st.one_of(
        st.just(Part.nothing()),
        st.just(Part(("1.29(a)",), {}, {})),
        st.just(Part(("1.29(b)",), {}, {})),
        st.just(Part((), words, excepted)),
    )


def _conditions() -> Group:
    """2.01(a), (b)."""
    ages = st.sampled_from((None, 21, 18, 20))
    services = st.sampled_from(
        (
            {"2.01(b)": None, "2.01(b)(1)": None},
            {"2.01(b)": None, "2.01(b)(2)": {"months": 6}},
            {"2.01(b)": None, "2.01(b)(2)": {"months": 12}},
            {"2.01(b)": None, "2.01(b)(2)": {"months": 1}},
            {"2.01(b)": None, "2.01(b)(3)": None},
            {},
        )
    )

    def part(drawn: tuple[int | None, Mapping[str, Any]]) -> Part:
        age, service = drawn
        if age is None and not service:
            return Part.nothing()
        return Part(("2.01(b)",), ({} if age is None else {"2.01(a)": {"age": age}}) | dict(service), {})

    return st.tuples(ages, services).map(part)


def _other_conditions() -> Group:
    """2.01(c): conditions of their own for some contributions; two Years go with full vesting at once (5.03(a))."""
    kinds = ("2.01(c)(1)(ii)", "2.01(c)(1)(i)", "2.01(c)(1)(iii)")
    conditions = st.sampled_from(
        (
            {"2.01(c)(2)(i)": {"years": 1}},
            {"2.01(c)(2)(i)": {"years": 2}},
            {"2.01(c)(2)(ii)": {"months": 18}},
            {"2.01(c)(2)(iii)": None},
            {"2.01(c)(2)(iv)": {"age": 21}},
            {"2.01(c)(2)(i)": {"years": 1}, "2.01(c)(2)(iv)": {"age": 21}},
        )
    )

    def part(drawn: tuple[set[str], Mapping[str, Any]]) -> Part:
        boxes = dict.fromkeys(["2.01(c)", *sorted(drawn[0])])
        return Part((), boxes | dict(drawn[1]), {})

    drawn = st.tuples(st.sets(st.sampled_from(kinds), min_size=1), conditions)
    return st.one_of(st.just(Part.nothing()), st.just(Part.nothing()), drawn.map(part))


def _entry() -> Group:
    """2.01(d) to (i)."""
    when = st.sampled_from(
        (
            {"2.01(f)": {"effective": date(1993, 8, 1), "each": ["01-01", "04-01", "07-01", "10-01"]}},
            {"2.01(d)": None},
            {"2.01(e)": None},
            {"2.01(f)": {"effective": None, "each": ["05-01", "11-01"]}},
        )
    )
    sides = st.sampled_from(("2.01(g)", "2.01(h)", "2.01(i)"))
    prefixes = ("2.01(f)", "2.01(g)")
    return st.tuples(when, sides).map(lambda drawn: Part(prefixes, dict(drawn[0]) | {drawn[1]: None}, {}))


def _earlier_employees() -> Group:
    """2.01(j), (k)."""
    earlier: dict[str, Any] = {"2.01(k)": {"employed_after": date(1993, 7, 31)}, "2.01(k)(1)": {"age": 21}}
    choices = [{"2.01(j)": None, "2.01(j)(1)": None}, {"2.01(j)": None, "2.01(j)(2)": None}, earlier]
    return st.one_of(st.just(Part.nothing()), st.sampled_from([Part((), each, {}) for each in choices]))


def _opting_out() -> Group:
    """2.06(b) with all its rules, which govern the filing only."""
    rules: dict[str, Any] = {
        "2.06(b)": None,
        "2.06(b)(1)": {"filed_no_later_than": "the first day of the Plan Year"},
        "2.06(b)(2)": {"plan_years": 1},
        "2.06(b)(3)(i)": None,
        "2.06(b)(4)": {"specify": "N/A"},
    }
    return one_of("2.06", rules)


def _retirement() -> Group:
    """5.01."""
    later: dict[str, Any] = {"5.01(b)": {"age": 65, "anniversary": 5}}
    sooner: dict[str, Any] = {"5.01(b)": {"age": 55, "anniversary": 3}}
    return one_of("5.01", {"5.01(a)": {"age": 60}}, later, sooner)


def _vesting() -> Group:
    """5.03(a) to (d)."""
    heavy_from = st.sampled_from(("5.03(d)(1)", "5.03(d)(2)"))
    other = st.sampled_from((None, None, "5.03(c)(1)", "5.03(c)(2)"))
    tables = st.sampled_from(({"top_heavy": {3: 100}, "non_top_heavy": {5: 100}}, *TABLES))

    def part(drawn: tuple[Mapping[str, Any], str | None, Mapping[str, Any], str, bool]) -> Part:
        table, apart, own, heavy, alone = drawn
        boxes: dict[str, Any] = {"5.03(b)": dict(table) | ({"non_top_heavy": None} if alone else {})}
        supplements = {}
        if apart is not None:
            boxes |= {"5.03(c)": None, apart: None}
        if apart == "5.03(c)(2)":
            supplements[apart] = dict(own)
        if not alone or apart == "5.03(c)(2)":
            boxes |= {"5.03(d)": None, heavy: None}
        return Part(("5.03(b)", "5.03(d)"), boxes, supplements)

    drawn = st.tuples(tables, other, st.sampled_from(TABLES), heavy_from, st.sampled_from((False, False, True)))
    at_once = Part(("5.03(b)", "5.03(d)"), {"5.03(a)": None}, {})
    return st.one_of(st.just(Part.nothing()), drawn.map(part), drawn.map(part), st.just(at_once))


@st.composite
def agreements(draw: st.DrawFn, among: tuple[str, ...] = ("",)) -> Drawn:
    """Draw an agreement with facts and readings; half or a sixth of the groups are not Steel's.

    `among`: only sections whose number begins with one of these are changed.
    """
    data = steel_elections()
    changed = draw(st.sampled_from(((False,) * 5 + (True,), (False, True))))
    for name, group in (*_groups(), *pay.groups()):
        if name.startswith(among) and draw(st.sampled_from(changed)):
            part = draw(group)
            data["checked"] = part.replaced(data["checked"])
            data["supplements"] |= part.supplements
    _make_valid(data)
    facts = draw(_facts(data))
    known = READINGS | {name: FURTHER_READINGS[name] for name in _further_readings(data["checked"])}
    readings = {name: draw(st.sampled_from((options[0], options[0], *options))) for name, options in known.items()}
    data["readings"] = readings
    terms = Terms.of(data["checked"], facts, readings, data["supplements"])
    return Drawn(data, facts, terms)


def _further_readings(checked: Mapping[str, Any]) -> Iterator[str]:
    """Name the further readings that the boxes leave open."""
    if checked.get("3.06(d)(1)"):
        yield "hours_condition_on_match"
    if (checked.get("1.27(b)") or {}).get("equivalency") == "weekly":
        yield "week_begins"
    if "2.01(b)(2)" in checked or "2.01(c)(2)(ii)" in checked:
        yield "months_condition_completed_on"
    if "2.01(i)" in checked:
        yield "nearest_entry_tie"


def _make_valid(data: dict[str, Any]) -> None:
    """Mend what two groups cannot choose by themselves."""
    checked = data["checked"]
    if (checked.get("2.01(c)(2)(i)") or {}).get("years") == 2 or "2.01(c)(2)(ii)" in checked:
        for cite in [cite for cite in checked if cite.startswith(("5.03(b)", "5.03(c)", "5.03(d)"))]:
            del checked[cite]
        checked["5.03(a)"] = None
        data["supplements"].pop("5.03(c)(2)", None)
    pay.make_valid(checked)
    needed = set(data["supplements"]) & set(checked)
    data["supplements"] = {cite: data["supplements"][cite] for cite in sorted(needed | {"6.01"})}
    data["not_applicable"] = [
        cite for cite in data["not_applicable"] if cite != "2.01(j)-(k)" or not {"2.01(j)", "2.01(k)"} & set(checked)
    ]


def calendar_of(data: Mapping[str, Any]) -> Calendar:
    """Give the days that matter to the plan of an elections file."""
    checked = data["checked"]
    ends = month_day((checked.get("1.17(a)") or data["supplements"]["1.17(b)"])["ends_every"])
    named = [month_day(each) for each in (checked.get("2.01(f)") or {}).get("each", [])]
    after_end = date(2000, ends[0], 1) + relativedelta(day=ends[1], days=1)
    starts = [after_end + relativedelta(months=each) for each in (0, 6)]
    return Calendar(
        ends, tuple(named or [(each.month, each.day) for each in starts if (each.month, each.day) != (2, 29)])
    )


@st.composite
def _facts(draw: st.DrawFn, data: Mapping[str, Any]) -> dict[str, Any]:
    """Draw match rates from several days, top-heavy Plan Years and who is highly compensated."""
    plan_years = calendar_of(data).plan_year_ends(LAST_PLAN_YEAR)
    percents = st.sampled_from([Decimal(each) for each in ("50", "25", "100", "0", "33.33", "12.5")])
    days = [date(1993, 8, 1), *draw(st.lists(st.sampled_from(pay.RATE_DAYS), max_size=2, unique=True))]
    rates = tuple(
        MatchRate(day, draw(percents), draw(percents), (draw(percents),), draw(percents)) for day in sorted(set(days))
    )
    highly = (
        [(end, tuple(sorted(draw(st.sets(st.sampled_from(("E0", "E1", "E2"))))))) for end in plan_years]
        if draw(st.booleans())
        else [(end, ()) for end in plan_years]
    )
    heavy = draw(_runs(plan_years))
    return Terms(match_rates=rates, top_heavy_plan_years=heavy, highly_compensated=tuple(highly)).facts()


def _runs(plan_years: Sequence[date]) -> st.SearchStrategy[frozenset[date]]:
    """Draw top-heavy Plan Years: none, one or two in a row, a few, or all."""
    late = [end for end in plan_years if end.year >= 1993]
    runs = [frozenset(late[first : first + length]) for first in (0, 1, 2, 3) for length in (1, 2)]
    few = st.frozensets(st.sampled_from(late), max_size=3)
    return st.one_of(st.just(frozenset()), st.sampled_from(runs), few, st.just(frozenset(late)))
