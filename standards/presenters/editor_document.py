"""A draft's document as a tree to look things up in: nodes by identity, places, languages and what is missing in each.

Reads whatever a draft holds, however unfinished: the content of a draft is only a pack once its problems are solved.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from core.localized import FALLBACK, localized

STANDARD, CRITERION, LEVEL, PACK = "standard", "criterion", "level", "pack"
NODE_TEXTS = ("name", "short", "alternative_name", "description")


@dataclass
class Node:
    """A standard, a criterion or a level. `path` is its place in the document (`standards[0].criteria[2]`); `place`
    counts from 0 among the `of` of its kind below the same parent; `number` is what the tree shows before its name."""

    id: str
    kind: str
    item: Mapping[str, Any]
    parent: "Node | None"
    path: str
    place: int
    of: int
    number: str
    depth: int = 0
    scale: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Its code, empty while it has none."""
        return str(self.item.get("code") or "")

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return localized(texts_of(self.item.get("name")))

    @property
    def is_key(self) -> bool:
        """Whether it is a key criterion."""
        return self.item.get("key") is True

    @property
    def above(self) -> list["Node"]:
        """The standards it lies in, the outermost first."""
        found, node = [], self.parent
        while node:
            found.insert(0, node)
            node = node.parent
        return found

    def __str__(self) -> str:
        return " ".join(part for part in (self.number, self.name or self.code) if part)


class Document:
    """The content of a draft, indexed once."""

    def __init__(self, content: Mapping[str, Any]):
        self.content = content
        self.nodes: dict[str, Node] = {}
        self.roots = self._standards(content, None, "", 0)
        self.levels = self._levels(content.get("levels"), "levels", "")
        scales = content.get("scales")
        self.scales: dict[str, list[Node]] = {}
        for code, scale in scales.items() if isinstance(scales, Mapping) else ():
            levels = scale.get("levels") if isinstance(scale, Mapping) else None
            self.scales[code] = self._levels(levels, f"scales.{code}.levels", code)

    # --- the tree -----------------------------------------------------------------------------------------------------
    def walk(self) -> Iterator[Node]:
        """Every standard and criterion, in reading order."""
        waiting = list(reversed(self.roots))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    @cached_property
    def criteria(self) -> list[Node]:
        """Every criterion, in reading order."""
        return [node for node in self.walk() if node.kind == CRITERION]

    @cached_property
    def standards(self) -> list[Node]:
        """Every standard, in reading order."""
        return [node for node in self.walk() if node.kind == STANDARD]

    @cached_property
    def by_code(self) -> dict[str, Node]:
        """Criteria by code."""
        return {node.code: node for node in self.criteria}

    def levels_of(self, node: Node) -> list[Node]:
        """The levels that a criterion or standard is judged by, the lowest first; none where it has a score."""
        return self.scales.get(str(node.item.get("scale") or ""), []) if node.item.get("scale") else self.levels

    def at(self, path: str) -> Node | None:
        """The node that a problem's path leads to or into; None where it is about the whole."""
        while path:
            if node := self._by_path.get(path):
                return node
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None

    @cached_property
    def _by_path(self) -> dict[str, Node]:
        return {node.path: node for node in self.nodes.values()}

    # --- languages ----------------------------------------------------------------------------------------------------
    @cached_property
    def languages(self) -> list[str]:
        """The languages of the title and of any text, ours first."""
        found = set(texts_of(self.content.get("title")))
        for node in self.nodes.values():
            found |= texts_of(node.item.get("name")).keys()
        known = [code for code in FALLBACK if code in found]
        return [*known, *sorted(found - set(known))] or ["vi"]

    def missing(self, node: Node) -> Counter[str]:
        """Language to the number of texts of the node that exist in another language, or are needed, and lack it."""
        found: Counter[str] = Counter()
        for text in node_texts(node):
            for language in self.languages:
                if not text.get(language):
                    found[language] += 1
        return found

    @cached_property
    def missing_everywhere(self) -> Counter[str]:
        """The same over the whole document, its facts included."""
        total = Counter(dict.fromkeys(self.languages, 0))
        wanted = frozenset(self.languages)
        for text in chain(pack_texts(self.content), *map(node_texts, self.nodes.values())):
            if text.keys() != wanted:
                total.update(wanted - text.keys())
        return total

    # --- building -----------------------------------------------------------------------------------------------------
    def _standards(self, holder: Mapping[str, Any], parent: Node | None, above: str, depth: int) -> list[Node]:
        found = []
        base = f"{parent.path}." if parent else ""
        criteria, standards = _list(holder.get("criteria")), _list(holder.get("standards"))
        for place, item in criteria if parent else ():
            number = str(item.get("label") or item.get("number") or item.get("code") or "")
            path = f"{base}criteria[{place}]"
            found.append(self._add(Node(_id(item), CRITERION, item, parent, path, place, len(criteria), number, depth)))
        for place, item in standards:
            number = f"{above}{place + 1}"
            path = f"{base}standards[{place}]"
            node = self._add(Node(_id(item), STANDARD, item, parent, path, place, len(standards), number, depth))
            node.children = self._standards(item, node, f"{number}.", depth + 1)
            found.append(node)
        return found

    def _levels(self, items: Any, path: str, scale: str) -> list[Node]:
        rows = _list(items)
        return [
            self._add(Node(_id(item), LEVEL, item, None, f"{path}[{place}]", place, len(rows), "", scale=scale))
            for place, item in rows
        ]

    def _add(self, node: Node) -> Node:
        self.nodes[node.id] = node
        return node


def texts_of(value: Any) -> dict[str, str]:
    """A localized text as a plain dict; anything else is empty."""
    if not isinstance(value, Mapping):
        return {}
    return {code: words for code, words in value.items() if isinstance(words, str) and words}


def node_texts(node: Node) -> Iterator[dict[str, str]]:
    """The texts a node has, or must have: its name even when empty, the others where any language has them."""
    yield texts_of(node.item.get("name"))
    others = [node.item.get(name) for name in NODE_TEXTS[1:]]
    for place in ("descriptors", "examples"):
        inner = node.item.get(place)
        for value in inner.values() if isinstance(inner, Mapping) else ():
            others += value if isinstance(value, list) else [value]
    yield from filter(None, map(texts_of, others))


def pack_texts(content: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The texts of a document beside its nodes: title, audience, the legal text's name and note, citations."""
    yield texts_of(content.get("title"))
    legal = content.get("legal") if isinstance(content.get("legal"), Mapping) else {}
    others = [content.get("audience"), content.get("key_name"), legal.get("status_note")]
    yield texts_of(legal.get("name"))
    articles = legal.get("articles")
    others += articles.values() if isinstance(articles, Mapping) else []
    yield from filter(None, map(texts_of, others))


def token(value: Any) -> int:
    """A number that stands for a value as somebody knows it: two values with one number are the same."""
    if value in (None, "", False, {}, []):
        return 0
    words = json.dumps(value, sort_keys=True, ensure_ascii=False).replace("\\r\\n", "\\n")
    return int(hashlib.sha256(words.encode()).hexdigest()[:12], 16)


def _id(item: Mapping[str, Any]) -> str:
    return str(item.get("id") or "")


def _list(value: Any) -> list[tuple[int, Mapping[str, Any]]]:
    rows = value if isinstance(value, list) else []
    return [(place, item) for place, item in enumerate(rows) if isinstance(item, Mapping)]
