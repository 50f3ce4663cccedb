"""The three rules for zen-engine: a decision graph of expressions and decision tables, asked in batches."""

from collections.abc import Iterable
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import zen
from peers.workload import HOURS, YEARS, Answers, People, answers

ENGINE, VERSION = "zen-engine", version("zen-engine")
BATCH = 2000
Node = dict[str, Any]

REACHED = f"len(filter(hours, # >= {HOURS}))"
FIRST = "".join(f"hours[{year}] >= {HOURS} ? {year} : " for year in range(YEARS)) + "-1"
ENTRY = (
    "first < 0 ? 0 : (quarter == 13 ? (hired_year + first + 2) * 100 + 1 : (hired_year + first + 1) * 100 + quarter)"
)
MATCH = "compensation * (min([deferral, 0.03]) + 0.5 * min([max([deferral - 0.03, 0]), 0.03]))"


def _node(name: str, kind: str, content: Node | None = None) -> Node:
    place = {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}}
    return place if content is None else place | {"content": content}


def _expressions(name: str, given: dict[str, str], *, all_else: bool) -> Node:
    listed = [{"id": f"{name}.{key}", "key": key, "value": value} for key, value in given.items()]
    return _node(name, "expressionNode", {"expressions": listed, "passThrough": all_else})


def _table(name: str, fields: list[str], rows: Iterable[tuple[str, ...]]) -> Node:
    """A decision table whose first fitting row counts; the last cell of a row is the answer."""
    cells = [*fields, name]
    content = {
        "hitPolicy": "first",
        "passThrough": True,
        "inputs": [{"id": field, "name": field, "field": field} for field in fields],
        "outputs": [{"id": name, "name": name, "field": name}],
        "rules": [{"_id": f"{name}.{number}", **dict(zip(cells, row, strict=True))} for number, row in enumerate(rows)],
    }
    return _node(f"{name} table", "decisionTableNode", content)


def graph() -> Node:
    """The decision, as zen's JSON."""
    on_quarter = [("1", str(month), str(month)) for month in (1, 4, 7, 10)]
    next_quarter = [("", f"< {month}", str(month)) for month in (4, 7, 10)]
    nodes = [
        _node("people", "inputNode"),
        _expressions("facts", {"years": REACHED, "first": FIRST}, all_else=True),
        _table("vested", ["years"], [(">= 5", "100"), ("", "0")]),
        _table("quarter", ["hired_day", "hired_month"], [*on_quarter, *next_quarter, ("", "", "13")]),
        _expressions("answers", {"vested": "vested", "entry": ENTRY, "match": MATCH}, all_else=False),
        _node("told", "outputNode"),
    ]
    names = [node["id"] for node in nodes]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairwise(names)]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def prepare(people: People) -> tuple[Any, list[Node]]:
    """The engine with the graph loaded, and a dictionary a person."""
    facts = zip(*(array.tolist() for array in people), strict=True)
    asked = [{"key": "rules", "context": dict(zip(People._fields, each, strict=True))} for each in facts]
    return zen.ZenEngine({"loader": {"type": "static", "content": {"rules": graph()}}}), asked


def evaluate(prepared: tuple[Any, list[Node]]) -> list[Node]:
    """The three answers of everybody, by the fastest of zen's ways."""
    engine, asked = prepared
    starts = range(0, len(asked), BATCH)
    return [each["data"]["result"] for start in starts for each in engine.evaluate_batch(asked[start : start + BATCH])]


def told(found: list[Node]) -> Answers:
    """The answers as arrays."""
    return answers(*([float(each[name]) for each in found] for name in Answers._fields))
