"""Templates: nothing inline (the CSP would refuse it), none unused, none missing, all compile."""

import ast
import re
from functools import cache
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

from tests.meta.files import BASE, ending, text

KINDS = (".html", ".txt", ".svg", ".xml")
OURS = sorted(name.relative_to("templates").as_posix() for name in ending(*KINDS) if name.parts[0] == "templates")
INLINE = {
    "style attribute": re.compile(r"<[a-zA-Z][^>]*\sstyle\s*="),
    "style element": re.compile(r"<style(?![^>]*\bnonce=)"),
    "script without src or nonce": re.compile(r"<script(?![^>]*\b(?:src|nonce)=)(?![^>]*type=\"application/json\")"),
    "handler attribute": re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*="),
    "javascript address": re.compile(r"javascript:"),
    "other host": re.compile(
        r"(?:src|href)\s*=\s*[\"'](?:https?:)?//(?!www\.w3\.org)[^\"']*\.(?:js|css|png|svg|woff2?)"
    ),
}
FREE = ("pdf/", "email/", "account/email/")  # a document and a mail are no page
FOLDERS = {name.split("/")[0] for name in OURS}
SHOWN_BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}


@pytest.mark.parametrize("name", OURS)
def test_nothing_inline(name):
    if name.startswith(FREE):
        return
    content = re.sub(r"(?s){%-?\s*comment.*?endcomment\s*%}|{#.*?#}", "", text(Path("templates", name)))
    content = re.sub(r"{%.*?%}|{{.*?}}", "x", content)
    found = [what for what, pattern in INLINE.items() if pattern.search(content)]
    assert not found, f"{name}: {', '.join(found)}"


@pytest.mark.parametrize("name", OURS)
def test_compiles(name):
    get_template(name)


def test_every_template_is_used():
    """By name in code or in another template, by a name put together in code, or because it replaces a library's."""
    used = names_in_use()
    unused = [
        name
        for name in OURS
        if name not in SHOWN_BY_DJANGO and not any(pattern.fullmatch(name) for pattern in used) and not replaces(name)
    ]
    assert not unused, f"used nowhere: {unused}"


def test_every_used_template_exists():
    """Names written out in code and templates; put-together names are met by the tests of their pages."""
    missing = []
    for source, name in written_names():
        try:
            get_template(name)
        except Exception as error:
            missing.append(f"{source}: {name} ({error})")
    assert not missing, "\n".join(missing)


def replaces(name: str) -> bool:
    """Whether an installed library has a template of this name, or allauth asks for it without bringing it."""
    library_dirs = [Path(folder) for folder in engines["django"].template_dirs if "site-packages" in Path(folder).parts]
    library_dirs.append(Path(django.__file__).parent / "forms" / "templates")
    asked_for = name.startswith(("allauth/elements/", "allauth/layouts/", "account/email/", "account/messages/"))
    return asked_for or any((folder / name).exists() for folder in library_dirs)


@cache
def written_names() -> frozenset[tuple[str, str]]:
    """(file, template name) for every name that stands as one string."""
    found = set()
    for name in ending(".py"):
        if name.parts[0] not in {"tests", "bench", "scripts"} and "migrations" not in name.parts:
            for node in ast.walk(ast.parse(text(name))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_name(node.value):
                    found.add((str(name), node.value))
    for name in OURS:
        content = text(Path("templates", name))
        for tag in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", content):
            resolved = Path(name).parent.joinpath(tag) if tag.startswith("./") else Path(tag)
            found.add((name, resolved.as_posix()))
        found |= {
            (name, word) for word in re.findall(r"[\"']([\w./-]+\.html)[\"']", content) if not word.startswith(".")
        }
    return frozenset(found)


@cache
def names_in_use() -> tuple[re.Pattern, ...]:
    """Patterns of every name in use; a name put together in code matches whatever may stand in its holes."""
    patterns = {re.escape(name) for _source, name in written_names()}
    for name in ending(".py"):
        if name.parts[0] in {"tests", "bench", "scripts"}:
            continue
        for node in ast.walk(ast.parse(text(name))):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values]
                if re.search(r"\\\.(html|txt|svg|xml)$", "".join(parts)):
                    patterns.add("".join(parts))
    return tuple(re.compile(pattern) for pattern in sorted(patterns))


def is_name(value: str) -> bool:
    """Whether a string in code looks like the name of a template (and not of a download)."""
    return bool(re.fullmatch(r"[\w./-]+\.(html|txt|svg|xml)", value)) and value.split("/", maxsplit=1)[0] in FOLDERS


def test_the_folder_is_the_one_django_reads():
    assert BASE / "templates" in settings.TEMPLATES[0]["DIRS"]
