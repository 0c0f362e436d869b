"""What the house knows is found in every language."""

import importlib
import sys
from pathlib import Path

from django.apps import apps
from django.utils.translation import override

HOUSE = ("core", "files", "people", "standards", "evaluations", "mentoring", "reports", "demo")


def test_no_key_of_a_table_changes_with_the_language():
    """A lazy text in a key makes another key of it for readers of another language."""
    for app in apps.get_app_configs():
        if app.name in HOUSE:
            for path in Path(app.path).rglob("*.py"):
                place = path.relative_to(app.path).with_suffix("").parts
                if "migrations" not in place:
                    importlib.import_module(".".join([app.name, *(part for part in place if part != "__init__")]))
    tables = [
        (f"{module}.{name}", table)
        for module, found in sorted(sys.modules.items())
        if module.split(".")[0] in HOUSE
        for name, table in vars(found).items()
        if isinstance(table, dict | set | frozenset) and not name.startswith("__")
    ]
    assert len(tables) > 100
    changed = []
    for where, table in tables:
        with override("en"):
            hashes = [hash(key) for key in table]
        with override("vi"):
            if hashes != [hash(key) for key in table]:
                changed.append(where)
    assert changed == []
