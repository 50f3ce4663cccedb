"""The sentences of some rules for everybody at once, as columns of text: what `explain` says of one person.

Days are ISO days here; nothing is said where the answer, or a fact that the sentence names, is not given.
"""

from collections.abc import Iterator
from datetime import date
from string import Formatter

import polars as pl

from planrules.answers.explain import EXPLAINED
from planrules.answers.words import Told, spoken
from planrules.book import Rule, facts_in
from planrules.engine import Result
from planrules.engine.fields import fields
from planrules.plan import Terms

_OPEN = ("needs_data", "needs_reading")
SAID = {"entry_on": "entry_on", "vested_percent": "owned_percent", "payable_after_on": "payable_after_on"}
"""The fields whose reasons are told, and the rule that gives each."""
COLUMNS = {"employee_id": pl.String, "field": pl.String, "says": pl.String}


def sentences(result: Result) -> pl.DataFrame:
    """One row a person and field of `SAID`: the sentence that holds for the person."""
    rules = {rule.name: rule for rule in EXPLAINED}
    parts = [part for field, name in SAID.items() for part in _of_rule(result, field, rules[name])]
    return pl.concat([pl.DataFrame(schema=COLUMNS), *parts]).sort("employee_id", "field")


def _of_rule(result: Result, field: str, rule: Rule) -> Iterator[pl.DataFrame]:
    """The people of each case of a rule, with its sentence filled in."""
    for case, sentence in rule.says.items():
        has_it = pl.col(rule.name).is_not_null() if rule.case is None else pl.col(rule.case_column) == case
        statuses = {field, *(name for name in facts_in(sentence) if name in fields())}
        given = [~pl.col("statuses").struct.field(name).is_in(list(_OPEN)) for name in sorted(statuses)]
        people = result.facts.filter(has_it, *given)
        if not people.is_empty():
            yield people.select("employee_id", field=pl.lit(field), says=_filled(sentence, people, result.terms))


def _filled(sentence: str, people: pl.DataFrame, terms: Terms) -> pl.Expr:
    """A sentence with the facts of each person, and those of the plan, in place."""
    parts: list[pl.Expr] = []
    for text, fact, form, _ in Formatter().parse(sentence):
        parts.append(pl.lit(text))
        if fact in people.columns:
            parts.append(_in_words(people[fact], form or ""))
        elif fact:
            parts.append(pl.lit(format(_of_plan(fact, terms), form or "")))
    return pl.concat_str(parts)


def _in_words(values: pl.Series, form: str) -> pl.Expr:
    """A column as text; each different number of an ordinal is worded once."""
    if not form:
        return pl.col(values.name).cast(pl.String)
    different = values.unique().drop_nulls().to_list()
    words = {value: format(Told(spoken(value)), form) for value in different}
    return pl.col(values.name).replace_strict(words, default=None, return_dtype=pl.String)


def _of_plan(fact: str, terms: Terms) -> Told:
    found = (getattr(article, fact) for article in terms.articles if fact in type(article).model_fields)
    value = next(found)
    return Told(value.isoformat() if isinstance(value, date) else spoken(value))
