"""The shape of the code: small modules, small functions, no clock, no floats in rules; exceptions may only shrink."""

import ast
from pathlib import Path

import pytest

import planrules

PACKAGE = Path(planrules.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 300, 60

# What is longer all the same, by path, or by path and name, each with the reason.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[tuple[str, str], str] = {}
THE_CLOCK = "web/clock.py"  # of the audit log and of what is kept for a while; no answer sees it
CLOCKS = {"now", "today", "utcnow", "fromtimestamp"}


def place(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def test_no_module_is_long() -> None:
    long = {place(module) for module in MODULES if len(module.read_text("utf-8").splitlines()) > LONGEST_MODULE}
    assert long == LONG_MODULES.keys()


def test_no_function_is_long() -> None:
    long = {
        (place(module), node.name)
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    }
    assert long == LONG_FUNCTIONS.keys()


@pytest.mark.parametrize("module", [each for each in MODULES if place(each) != THE_CLOCK], ids=place)
def test_nothing_asks_what_day_it_is(module: Path) -> None:
    asked = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
    modules = {
        name
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None), *(each.name for each in node.names)]
    }
    assert asked & CLOCKS == set()
    assert "time" not in modules


@pytest.mark.parametrize("module", [each for each in MODULES if place(each).startswith("rules/")], ids=place)
def test_rules_hold_no_floats_and_no_division_that_makes_one(module: Path) -> None:
    for node in ast.walk(tree(module)):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)), node.lineno
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno


@pytest.mark.parametrize("module", [each for each in MODULES if place(each).startswith("rules/")], ids=place)
def test_rules_modules_never_import_each_other(module: Path) -> None:
    imported = {
        name
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
    }
    assert {name for name in imported if name.startswith("planrules.rules")} == set()


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_every_module_and_what_others_see_in_it_says_what_it_is(module: Path) -> None:
    parsed = tree(module)
    seen = [node for node in parsed.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"]
    assert ast.get_docstring(parsed)
    assert [node.name for node in seen if not ast.get_docstring(node)] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert {module.stem for module in MODULES} & {"utils", "util", "helpers", "helper", "common", "misc"} == set()
