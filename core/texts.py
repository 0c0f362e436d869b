"""The interface texts: collected from code and templates, kept in locale/<language>/LC_MESSAGES/django.po, compiled.

By Babel, so that nobody needs the system's gettext tools. The files hold no dates, line numbers or guesses: they
change only when a text changes, and a text that changed is untranslated until somebody translates it.
"""

import ast
import io
import itertools
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize
from django.utils.translation.reloader import translation_file_changed

ROLES = {  # what the first arguments of each function are
    "_": ("singular",),
    "gettext": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
}
ROLES |= {f"{name}_lazy": roles for name, roles in ROLES.items() if name.endswith("gettext")}
KEYWORDS = {  # the same in Babel's way of saying it
    name: tuple((number, "c") if role == "context" else number for number, role in enumerate(roles, 1))
    for name, roles in ROLES.items()
}
NOTE = "Translators:"
TEMPLATES = {".html", ".txt", ".svg", ".xml"}
NOT_OURS = {"tests", "bench", "scripts", "docs", "locale", "static", "staticfiles", "node_modules"}
PLURALS = {
    "vi": "nplurals=1; plural=0;",
    "th": "nplurals=1; plural=0;",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: chuan\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
PERCENT = re.compile(r"%\((\w+)\)[sdif]|%(?!%)[sdif]")

Key = tuple[str | None, str]  # context, msgid (the singular)
Message = tuple[str | None, str, str | None, list[str]]  # context, singular, plural, notes for translators


@dataclass
class Text:
    """One text of the interface: its singular and perhaps plural, where it is used, notes for translators."""

    context: str | None
    singular: str
    plural: str | None
    files: set[str]
    notes: set[str]

    @property
    def key(self) -> Key:
        """What gettext looks it up by."""
        return self.context, self.singular

    @property
    def id(self) -> str | tuple[str, str]:
        """Babel's id: the singular, or both numbers."""
        return (self.singular, self.plural) if self.plural else self.singular


def languages() -> list[str]:
    """The languages that need a file. English does not: the texts in the code are English."""
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def po_path(language: str) -> Path:
    """Where the translations of `language` are kept."""
    return Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"


def sources(base: Path) -> Iterator[Path]:
    """Every file that may hold a text, in a fixed order."""
    for folder in sorted(base.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in NOT_OURS:
            for path in sorted(folder.rglob("*")):
                code = path.suffix == ".py" and "migrations" not in path.parts
                if code or (path.suffix in TEMPLATES and "templates" in path.parts):
                    yield path


def messages(path: Path) -> Iterator[Message]:
    """Every text in a file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from messages_of_code(source)
        return
    # Of a template Django keeps the texts and blanks out the rest; its indentation would not be Python's.
    blanked = re.sub(r"(?m)^[ \t]+", "", templatize(source, origin=str(path))).encode()
    for _line, message, notes, context in extract(
        "python", io.BytesIO(blanked), KEYWORDS, [NOTE], {"encoding": "utf-8"}
    ):
        singular, plural = message if isinstance(message, tuple) else (message, None)
        yield context, singular, plural, notes


def messages_of_code(source: str) -> Iterator[Message]:
    """The same of Python: only what stands in the call itself, as `_(SENTENCES["code"])` is no text."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            roles = ROLES.get(getattr(node.func, "id", getattr(node.func, "attr", "")), ())
            found = dict(zip(roles, map(literals, node.args), strict=False))
            for singular in found.get("singular", []):
                context, plural = (next(iter(found.get(role, [])), None) for role in ("context", "plural"))
                yield context, singular, plural, notes_above(lines, node.lineno)


def literals(node: ast.expr) -> list[str]:
    """The texts that an argument may be: a string, or either side of `x if y else z`."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def notes_above(lines: list[str], number: int) -> list[str]:
    """The comment for translators that ends right above line `number`."""
    above = itertools.takewhile(
        lambda line: line.startswith("#"), (line.strip() for line in reversed(lines[: number - 1]))
    )
    comment = [line.lstrip("# ") for line in above][::-1]
    return comment if comment and comment[0].startswith(NOTE) else []


def collect(base: Path | None = None) -> dict[Key, Text]:
    """Every text in code and templates under `base` (the project)."""
    base = base or Path(settings.BASE_DIR)
    found: dict[Key, Text] = {}
    for path in sources(base):
        for context, singular, plural, notes in messages(path):
            if singular:
                text = found.setdefault((context, singular), Text(context, singular, plural, set(), set()))
                text.plural = text.plural or plural
                text.files.add(path.relative_to(base).as_posix())
                text.notes.update(notes)
    return found


def read(language: str) -> Catalog:
    """The kept translations, empty when there are none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, texts: dict[Key, Text] | None = None) -> bool:
    """Writes the file of `language` anew: every text of the code, each with the translation it had. True if changed."""
    texts = collect() if texts is None else texts
    old, new = read(language), Catalog(locale=language)
    for text in sorted(texts.values(), key=lambda text: (text.singular, text.context or "")):
        kept = old.get(text.singular, text.context)
        if kept is not None and isinstance(kept.id, tuple) != bool(text.plural):
            kept = None
        new.add(
            text.id,
            kept.string if kept else None,
            locations=[(name, 0) for name in sorted(text.files)],
            auto_comments=sorted(text.notes),
            user_comments=kept.user_comments if kept else (),
            context=text.context,
        )
    buffer = io.BytesIO()
    write_po(buffer, new, width=110, omit_header=True, sort_output=True, include_lineno=False)
    header = HEADER.format(language=language, plurals=PLURALS.get(language, "nplurals=2; plural=(n != 1);"))
    path = po_path(language)
    return write_if_different(path, header.encode() + buffer.getvalue())


def compile_file(language: str) -> bool:
    """Makes the .mo that Django reads; this process too reads it anew. True if it changed."""
    buffer, path = io.BytesIO(), po_path(language).with_suffix(".mo")
    write_mo(buffer, read(language))
    changed = write_if_different(path, buffer.getvalue())
    if changed:
        translation_file_changed(None, path)
    return changed


def write_if_different(path: Path, content: bytes) -> bool:
    """Replaces the file as a whole, so that nobody reads half of it; leaves it alone when nothing changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f"{path.suffix}.part")
    draft.write_bytes(content)
    draft.replace(path)
    return True


def problems(language: str, texts: dict[Key, Text] | None = None) -> list[str]:
    """What is wrong with the file of `language`, in sentences, sorted by text."""
    texts = collect() if texts is None else texts
    catalog = read(language)
    kept = {(message.context, first(message.id)): message for message in catalog if message.id}
    found = []
    for key, text in sorted(texts.items(), key=lambda item: item[0][1]):
        message = kept.pop(key, None)
        where = f"{language}: {text.singular!r} ({', '.join(sorted(text.files))})"
        if message is None:
            found.append(f"{where} is not in the file; run: make texts")
            continue
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy:
            found.append(f"{where} is marked fuzzy")
        if not all(strings) or (text.plural and len(strings) != catalog.num_plurals):
            found.append(f"{where} has no translation")
            continue
        allowed = placeholders(text.singular) | placeholders(text.plural or "")
        needed = placeholders(text.plural or text.singular)
        for translated in filter(None, strings):
            names = placeholders(translated)
            if not names <= allowed or (len(strings) == 1 and names != needed):
                found.append(f"{where}: the placeholders of {translated!r} differ")
    found += [f"{language}: {key[1]!r} is used nowhere; run: make texts" for key in sorted(kept, key=str)]
    return found


def first(message_id: str | tuple | list) -> str:
    """The singular of Babel's id."""
    return message_id if isinstance(message_id, str) else message_id[0]


def placeholders(text: str) -> set[str]:
    """The names that are filled in: of %(name)s, %s and {name}."""
    named = {match.group(1) or match.group(0) for match in PERCENT.finditer(text)}
    try:
        braces = {field for _text, field, _spec, _conversion in string.Formatter().parse(text) if field is not None}
    except ValueError:
        braces = set()  # a lone brace is text
    return named | {f"{{{field}}}" for field in braces}
