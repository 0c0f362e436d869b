"""The documents are true: links and pictures that exist, settings and commands as the code has them."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from config.env import env
from tests.meta.files import APPS, BASE, ending, text

PAGES = [name for name in ending(".md") if name.parts[0] == "docs" or name == Path("README.md")]
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
HEAVIEST = 120_000  # bytes of a picture: people read this with a weak link
OURS = sorted(name for name, app in get_commands().items() if app in APPS)


def code_of(name: Path) -> str:
    """What people are told to type on a page: fenced and indented blocks, and words between backticks."""
    content = text(name)
    return "\n".join(re.findall(r"(?s)```.*?```|`[^`\n]+`|(?<=\n) {4,}[^\n]+", content))


def links(name: Path) -> list[tuple[bool, Path, str]]:
    """(is a picture, target relative to the repository, anchor) for every relative link of a page."""
    found = []
    for picture, target in LINK.findall(re.sub(r"(?s)```.*?```", "", text(name))):
        if not re.match(r"[a-z]+:", target):
            path, _sharp, anchor = target.partition("#")
            place = (BASE / name).parent / path if path else BASE / name
            found.append((bool(picture), place.resolve(), anchor))
    return found


@pytest.mark.parametrize("name", PAGES, ids=str)
def test_links_lead_somewhere(name):
    for _picture, target, anchor in links(name):
        assert target.exists(), f"{name}: {target}"
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", target.read_text(encoding="utf-8"))
            assert anchor in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}, name


def test_every_picture_is_used_small_and_said_in_words():
    used = {target for name in PAGES for picture, target, _anchor in links(name) if picture}
    there = set((BASE / "docs" / "images").iterdir())
    assert used == there, sorted(path.name for path in used ^ there)
    assert all(path.stat().st_size < HEAVIEST for path in there)
    for name in PAGES:
        assert "![](" not in text(name), f"{name}: a picture without words"


def test_every_page_can_be_reached_from_the_index():
    index = Path("docs/index.md")
    reached, waiting = {BASE / "README.md"}, [index]
    while waiting:
        name = waiting.pop()
        reached.add(BASE / name)
        for _picture, target, _anchor in links(name):
            pages = target.glob("*.md") if target.is_dir() else [target]
            waiting += [path.relative_to(BASE) for path in pages if path.suffix == ".md" and path not in reached]
            reached |= set(pages) if target.is_dir() else {target}
    assert [str(name) for name in PAGES if BASE / name not in reached] == []


def test_commands_that_people_are_told_to_type_exist():
    targets = set(re.findall(r"(?m)^([a-z-]+):", text(Path("Makefile"))))
    unknown = []
    for name in ending(".md"):
        code = code_of(name)
        unknown += [f"{name}: make {word}" for word in re.findall(r"\bmake ([a-z-]+)", code) if word not in targets]
        unknown += [
            f"{name}: {word}" for word in re.findall(r"manage\.py ([a-z_]+)", code) if word not in get_commands()
        ]
    assert not unknown, "\n".join(unknown)


def test_the_settings_are_all_explained_with_their_defaults():
    rows = re.findall(r"(?m)^\| `([A-Z_]+)` \| (.*?) \|", text(Path("docs/reference/settings.md")))
    composed = set(re.findall(r"\$\{([A-Z_]+)", text(Path("docker-compose.yml"))))
    assert [name for name, _default in rows] == re.findall(r"(?m)^#?([A-Z_]+)=", text(Path(".env.example")))
    assert {name for name, _default in rows} == set(env.scheme) | composed
    for name, said in rows:
        _kind, default = env.scheme.get(name, (str, ""))
        if name != "DATA_DIR":
            value = ",".join(default) if isinstance(default, list) else str(default)
            assert said == (f"`{value}`" if value else "–"), name


def test_our_commands_are_all_explained_with_their_options():
    page = text(Path("docs/reference/commands.md"))
    sections = dict(re.findall(r"(?ms)^## `([a-z_]+)`\n(.*?)(?=^## |\Z)", page))
    assert sorted(sections) == OURS
    for name in OURS:
        command = load_command_class(get_commands()[name], name)
        standard = {"version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color",
            "skip_checks", "help"}  # fmt: skip
        actions = command.create_parser("manage.py", name)._actions
        options = {
            action.option_strings[-1] for action in actions if action.option_strings and action.dest not in standard
        }
        assert options == set(re.findall(r"(?m)^\| `(--[a-z-]+)", sections[name])), name
