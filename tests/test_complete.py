"""Nothing is left over, read from the program: rules, readings, elections, numbers, changes of law, citations."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
import yaml
from asking import LEDGERS, elections, evaluated, steel
from case_files import load_cases
from crowd import LAST_DAY, crowd
from oracle_example import person, spell
from overtaken import OVERTAKEN

import planrules
from planrules import Answer, law, rules
from planrules.answers.models import Matching, MatchingMonth, ParticipationPeriod, Vesting, VestingPeriod
from planrules.book import ALWAYS, Rule, facts_in
from planrules.engine.fields import fields
from planrules.plan import catalogue
from planrules.plan.scope import scope

PLAN = Path(planrules.__file__).parent / "plan"
SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in sorted(PLAN.glob("*.py")))
CASES = load_cases()
TERMS = steel().terms
CITATION = re.compile(r"(AA|Plan|IRC|ERISA|\d+ CFR) \d+[\w.()\-]*( [\w.()\-]+)?$")


def every_rule() -> dict[str, Rule]:
    modules = [import_module(f"planrules.rules.{each.name}") for each in iter_modules(rules.__path__)]
    return {value.name: value for module in modules for value in vars(module).values() if isinstance(value, Rule)}


RULES = every_rule()

# Rules that show in an answer under another name: the field of the answer they are behind.
BEHIND = {
    "age_attained_on": "eligibility_completed_on",
    "service_completed_on": "eligibility_completed_on",
    "eligibility_break": "suspended_from",
    "apart_entry_on": "contributions",
    "matching_entry_on": "contributions",
    "break_in_service": "break",
    "dropped_by_parity": "years_of_service",
    "years_dropped": "years_of_service",
    "years_dropped_on": "years_of_service",
    "years_served": "years_of_service",
    "begun": "periods",
    "frozen_percent": "vested_percent_before_forfeiture_break",
    "tested_on": "allocated",
    "by_formulas": "match",
    "percent": "vested_percent",
    "owned_percent": "vested_percent",
    "schedule_percent": "vested_percent",
    "floor_percent": "vested_percent",
    "top_heavy_applies": "vested_percent",
    "schedule_kept": "vested_percent",
    "later_money_percent": "portions",
    "owned_matching_percent": "vested_percent",
    "later_matching_percent": "matching_portions",
    "floor_through_on": "portions",
    "full_by_service_on": "fully_vested_on",
    "years_before_full": "fully_vested_on",
    "years_left_out": "years_of_service",
    "years_at_plan_year_end": "vested_percent",
    "top_heavy_ended_on": "vested_percent",
    "years_for_payment": "immediate",
    "at_once_by": "immediate",
    "general_date_on": "payable_after_on",
    "small_benefit_on": "payable_after_on",
    "elected_on": "payable_after_on",
    "disability_on": "payable_after_on",
    "payment_kind": "payable_after_on",
    "payable_by": "payable_after_on",
    "payable_how": "payable_after_on",
    "participant_at_work": "employer_withdrawal_on",
    "hardship_from": "hardship_accounts",
}


def keys(tree: object) -> Iterator[str]:
    """Every key in a tree of JSON, and the fields that statuses and missing facts are about."""
    match tree:
        case dict():
            for key, value in tree.items():
                yield str(key)
                yield from keys(value)
        case list():
            for item in tree:
                yield from keys(item)


EXPECTED = {key for case in CASES for key in keys(case.expect) if case.kind == "person"}


# ---- rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RULES)
def test_every_rule_says_what_it_is_and_cites_what_set_it(name: str) -> None:
    rule = RULES[name]
    assert rule.doc.endswith((".", ")"))
    assert rule.cites
    for cite in rule.cites:
        known = cite[1:] in TERMS.set_by if cite.startswith("@") else CITATION.match(cite)
        assert known, cite
    assert all(sentence.endswith((".", ":")) for sentence in rule.says.values())


def test_every_sentence_names_known_facts() -> None:
    result = evaluated([person(spell("1994-10-15"))], "1996-03-31")
    columns = {name for frame in ("facts", *LEDGERS) for name in getattr(result, frame).columns}
    known = columns | set(TERMS.set_by) | set(RULES)
    unknown = {
        f"{rule.name}: {fact}"
        for rule in RULES.values()
        for sentence in rule.says.values()
        for fact in facts_in(sentence)
        if fact not in known
    }
    assert unknown == set()


def test_every_rule_of_several_cases_has_sentences_for_cases_that_occur() -> None:
    people = steel().evaluate(crowd(300), LAST_DAY).facts
    for rule in RULES.values():
        assert (rule.case is None) == (set(rule.says) == {ALWAYS}), rule.name
        if rule.case_column in people.columns and rule.name != "status_of_employee":
            found = set(people[rule.case_column].drop_nulls())
            assert found <= rule.says.keys(), rule.name


@pytest.mark.parametrize("name", RULES)
def test_every_rule_bears_on_an_answer_that_a_case_expects(name: str) -> None:
    field = BEHIND.get(name, name)
    models = (ParticipationPeriod, VestingPeriod, MatchingMonth, Matching, Vesting)
    shown = {each.alias or key for model in models for key, each in model.model_fields.items()} | set(fields())
    assert field in shown
    assert field in EXPECTED


def test_no_rule_is_said_to_be_behind_a_field_of_its_own_name() -> None:
    assert {name for name, field in BEHIND.items() if name not in RULES or name == field} == set()


# ---- readings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, reading in catalogue().items() if reading.bears_on])
def test_every_option_of_every_reading_has_a_case(name: str) -> None:
    chosen = {case.changes.readings.get(name, TERMS.choices[name]) for case in CASES if case.kind == "person"}
    expected = {
        other["option"]
        for case in CASES
        for note in case.expect.get("readings", [])
        if note.get("reading") == name
        for other in note.get("others", [])
    }
    assert set(catalogue()[name].options) - chosen - expected == set()


def test_a_reading_bears_on_parts_of_an_answer() -> None:
    parts = {"participation", "vesting", "matching", "distribution", "in_service", "deferral"}
    assert {part for reading in catalogue().values() for part in reading.bears_on} <= parts <= set(Answer.model_fields)


# ---- elections ----------------------------------------------------------------------------------

# Boxes that Steel checked and the engine does not read, each with the reason. This may only shrink.
NOT_EVALUATED = {
    "who runs the Trust and how it is invested, valued and charged moves no answer about a person": (
        *("1.02(b)", "9.10(a)", "9.11(a)", "9.11(a)(1)", "9.11(b)", "9.11(b)(1)", "10.03(a)", "10.14(a)"),
    ),
    "a name, which the elections file has in a place of its own": ("1.03",),
    "the deferral is taken from the pay rows as it was made": ("1.12(m)",),
    "the match is on the same Compensation": ("1.12(k)",),
    "the limits on annual additions and on two plans are worked out for the whole plan": (
        *("3.15(b)", "3.18(b)", "3.18(b)(2)", "3.18(c)"),
    ),
    "discretionary money is known by its balances only": (
        *("3.01(c)", "3.01(d)(1)", "3.01(f)", "3.04(d)", "3.04(d)(2)", "3.04(e)", "3.04(e)(1)"),
        *("3.04(k)", "3.04(m)", "3.06(g)"),
    ),
    "when deferrals reach the account moves no answer": ("3.04(b)",),
    "how forfeitures are used moves nobody's own answer": ("3.05(b)", "3.05(b)(1)", "3.05(e)", "3.05(e)(1)"),
    "there are no contributions by Participants": ("4.05(a)",),
    "annuities and sales of a business are not answered": ("6.03(m)", "6.04(a)"),
}
MOST_NOT_EVALUATED = 33


def read_by_the_plan() -> set[str]:
    """The boxes Steel checked whose citation stands in the plan's code, and the headings above them."""
    checked = elections()["checked"]
    named = {cite for cite in checked if re.search(rf"(?<![\w.]){re.escape(cite)}(?![\w(])", SOURCE)}
    headings = {cite for cite in checked if any(each.startswith(f"{cite}(") for each in named)}
    return named | headings | {"execution"}


def test_every_checked_box_is_read_or_listed_with_a_reason() -> None:
    listed = [cite for boxes in NOT_EVALUATED.values() for cite in boxes]
    assert len(listed) == len(set(listed)) <= MOST_NOT_EVALUATED
    assert set(elections()["checked"]) - read_by_the_plan() == set(listed)


def test_what_the_scope_calls_evaluated_is_read_and_what_it_calls_without_effect_is_not() -> None:
    named = {cite for cite in scope().known if re.search(rf"(?<![\w.]){re.escape(cite)}(?![\w(])", SOURCE)}
    read = named | {cite for cite in scope().evaluated if any(each.startswith(f"{cite}(") for each in named)}
    listed = {cite for boxes in NOT_EVALUATED.values() for cite in boxes}
    nobody_excluded = "1.07(a)"  # what is left when no class is named
    assert scope().evaluated - read <= listed | {nobody_excluded}
    assert scope().evaluated & set().union(*scope().no_effect.values()) == set()
    cited_as_a_whole = {"execution", "3.01"}  # the blanks of these sections move no answer
    assert {cite for boxes in scope().no_effect.values() for cite in boxes} & named <= cited_as_a_whole


def test_every_number_of_the_document_is_used() -> None:
    numbers = yaml.safe_load((PLAN / "basic_plan_01.yaml").read_text(encoding="utf-8"))
    assert {name for name in numbers if f'fixed("{name}")' not in SOURCE} == set()
    assert all(entry["cites"] for entry in numbers.values())


def test_every_provision_is_read_by_a_rule_or_stage() -> None:
    engine = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("rules", "engine", "answers", "plan")
        for file in sorted((PLAN.parent / folder).glob("*.py"))
    )
    unread = {name for name in TERMS.set_by if not re.search(rf"[.\"]{name}\b", engine)}
    assert unread == set()


# ---- law, citations, imports --------------------------------------------------------------------


def test_every_change_of_law_that_overtakes_an_answer_has_its_person() -> None:
    pairs = {(change.id, field) for change in law.changes() for field in change.overtakes.answers}
    assert pairs == OVERTAKEN.keys()
    assert {field for _, field in pairs} <= set(fields())


def test_everything_that_sets_a_provision_is_cited_in_the_documents_form() -> None:
    loose = {cite for cites in TERMS.set_by.values() for cite in cites if not CITATION.match(cite)}
    assert loose == {"AA execution page", "plan facts, match_rates", "plan facts, top_heavy"}


def test_importing_the_library_loads_no_web_framework_and_no_shell() -> None:
    heavy = ("fastapi", "starlette", "uvicorn", "flask", "jinja2", "httpx", "pyspark", "pandas", "typer", "hypothesis")
    told = f"import planrules, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603  our own line
    assert done.stdout.strip() == "[]"
