"""What import-linter cannot see: which names a layer uses."""

import ast
import sys
from pathlib import Path

import pytest

from tests.meta.files import APPS, ending, text

VIEWS = [name for name in ending(".py") if name.parts[0] in APPS and any(part.startswith("views") for part in name.parts)]  # fmt: skip
ACTIONS = [name for name in ending(".py") if name.parts[0] in APPS and any(part.startswith("actions") for part in name.parts)]  # fmt: skip
RATING = [name for name in ending(".py") if name.parts[:2] == ("standards", "rating")]
MANAGERS = {"objects", "_default_manager", "_base_manager"}


@pytest.mark.parametrize("name", VIEWS, ids=str)
def test_views_go_through_queries(name):
    """`visible_to(user)` is the only door to data."""
    found = [
        node.lineno
        for node in ast.walk(ast.parse(text(name)))
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    ]
    assert not found, f"{name}: a manager in lines {found}; write a query in queries.py"


@pytest.mark.parametrize("name", ACTIONS, ids=str)
def test_actions_know_no_request(name):
    tree = ast.parse(text(name))
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.arg) and node.arg == "request"]
    assert not found, f"{name}: a request in lines {found}"


@pytest.mark.parametrize("name", ACTIONS, ids=str)
def test_actions_take_keywords(name):
    """Public actions are called by keyword alone: nobody mixes up who acts and on whom."""
    positional = [
        node.name
        for node in ast.parse(text(name)).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and takes_by(node) and node.args.args
    ]
    assert not positional, f"{name}: {positional}"


def takes_by(function: ast.FunctionDef) -> bool:
    """Whether somebody acts: the function has `by`."""
    return "by" in {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}


@pytest.mark.parametrize("name", RATING, ids=str)
def test_the_rating_engine_is_plain_python(name):
    """Only the standard library and itself: results can be computed and checked anywhere."""
    foreign = set()
    for node in ast.walk(ast.parse(text(name))):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            modules = [node.module or ""]
        for module in modules:
            if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("standards.rating"):
                foreign.add(module)
    assert not foreign, f"{name}: {foreign}"


def test_the_scan_finds_something():
    assert VIEWS
    assert ACTIONS
    assert Path("standards/rating/__init__.py") in RATING
