"""What import-linter does not look at: files beside a layer's own, such as `queries_office.py` beside `queries.py`."""

import ast
import tomllib
from importlib.util import resolve_name
from pathlib import Path

import pytest

from tests.meta.files import BASE, ending, text

CONTRACT = next(
    contract
    for contract in tomllib.loads((BASE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    if contract["name"] == "Layers inside an app"
)
APPS = CONTRACT["containers"]
HEIGHT = {
    part.strip().strip("()"): height
    for height, names in enumerate(reversed(CONTRACT["layers"]))
    for part in names.split(":")
}
"""Layer -> how high it stands."""

WITH_SIBLINGS = ("queries", "policies", "visibility", "views")
SIBLINGS = [
    name
    for name in ending(".py")
    if len(name.parts) == 2
    and name.parts[0] in APPS
    and name.stem.startswith(tuple(f"{part}_" for part in WITH_SIBLINGS))
]


def layer_of(module: str) -> str:
    """The layer that `app.layer…` or `app.layer_more…` belongs to; empty for modules outside the layers."""
    _app, _dot, rest = module.partition(".")
    first = rest.split(".")[0]
    return next((layer for layer in HEIGHT if first == layer or first.startswith(f"{layer}_")), "")


def imported(module: str, source: str) -> list[tuple[int, str]]:
    """(line, module) of all imports of a file, inside functions too; `from app import name` may be a module."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            target = resolve_name("." * node.level + (node.module or ""), module.rpartition(".")[0])
            names = [f".{alias.name}" for alias in node.names] if "." not in target else [""]
            found += [(node.lineno, target + name) for name in names]
    return found


def upward(module: str, source: str) -> list[str]:
    """The imports that lead from a layer of an app to a higher one; actions hand work to tasks."""
    app, own = module.partition(".")[0], layer_of(module)
    wrong = []
    for line, target in imported(module, source):
        other = layer_of(target) if target.startswith(f"{app}.") else ""
        if own and other and HEIGHT[other] > HEIGHT[own] and (own, other) != ("actions", "tasks"):
            wrong.append(f"{line}: {target}")
    return wrong


def module_of(name: Path) -> str:
    return ".".join(name.with_suffix("").parts)


@pytest.mark.parametrize("app", APPS)
def test_files_import_only_downward(app):
    """Siblings import as their layer does, and nothing in a lower layer imports a sibling of a higher one."""
    files = [name for name in ending(".py") if name.parts[0] == app]
    found = {str(name): wrong for name in files if (wrong := upward(module_of(name), text(name)))}
    assert not found, "imports from a higher layer"


def test_the_scan_finds_siblings_of_several_layers():
    assert {layer_of(module_of(name)) for name in SIBLINGS} >= {"queries", "policies", "views"}


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("people.queries_staff", "from people.policies import can"),
        ("people.queries_staff", "from people import policies"),
        ("people.queries", "from people.policies_office import can"),
        ("people.queries_staff", "from .views.tree import tree"),
        ("people.policies_office", "import people.actions.accounts"),
        ("people.visibility_office", "def late():\n    from people.presenters import words"),
        ("people.models.account", "from people.queries_staff import staff"),
    ],
)
def test_an_import_that_leads_up_is_found(module, line):
    assert upward(module, line)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("people.views_office", "from people.queries_staff import staff"),
        ("people.queries_staff", "from people.queries import staff"),
        ("people.queries_staff", "from standards.actions import load_pack"),  # apps: the dependency line's matter
        ("people.actions.accounts", "from people.tasks import send"),
    ],
)
def test_other_imports_are_not(module, line):
    assert not upward(module, line)
