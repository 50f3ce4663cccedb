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
CLOCKS = {"now", "today", "utcnow", "time_ns", "monotonic", "localtime", "gmtime"}


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


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_nothing_asks_what_day_it_is(module: Path) -> None:
    asked = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert asked & CLOCKS == set()


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
def test_every_module_function_and_class_that_others_see_says_what_it_is(module: Path) -> None:
    silent = [
        node.name
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and node in tree_body(module, node)
    ]
    assert ast.get_docstring(tree(module)) or not module.read_text("utf-8").strip()
    assert silent == []


def tree_body(module: Path, node: ast.stmt) -> list[ast.stmt]:
    """The node when it stands at the top of the module, else nothing."""
    top = {(each.lineno, type(each)) for each in tree(module).body}
    return [node] if (node.lineno, type(node)) in top else []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert {module.stem for module in MODULES} & {"utils", "util", "helpers", "helper", "common", "misc"} == set()
