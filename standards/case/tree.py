"""From isChildOf associations to a tree: parents, order, and what is wrong with them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from standards.case.fields import CHILD
from standards.case.normal import Json, Package
from standards.case.values import uuid_of
from standards.packs_check import Problem

DEEPEST = 20


@dataclass
class Node:
    """One item at its place. `association` is the identifier of the one that put it there, empty where none does."""

    item: Json
    place: int
    association: str = ""
    order: tuple[Any, ...] = ()
    children: list["Node"] = field(default_factory=list)


@dataclass
class Tree:
    """`roots` in order; `elsewhere` counts further parents, `strangers` places in other packages."""

    roots: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    elsewhere: int = 0
    strangers: int = 0


def tree_of(package: Package) -> Tree:
    """The tree of a package. Links between its objects are settled on the way: both ends get the identifiers kept."""
    tree = Tree()
    nodes: dict[str, Node] = {}
    for place, item in enumerate(package.items):
        if item["identifier"] in nodes:
            sentence = _("Two items have the identifier %(identifier)s.") % {"identifier": item["identifier"]}
            tree.problems.append(Problem(f"CFItems[{place}].identifier", sentence))
        nodes[item["identifier"]] = Node(item, place)
    document = package.document["identifier"]
    if document in nodes:
        sentence = _("An item and the document have the same identifier.")
        tree.problems.append(Problem(f"CFItems[{nodes[document].place}].identifier", sentence))
    _settle(package, {*nodes, document}, tree)
    if not tree.problems:
        _hang(package, nodes, tree)
    return tree


def _settle(package: Package, known: set[str], tree: Tree) -> None:
    """Lets associations name objects of the package by the identifier kept, however the source wrote it."""
    by_address = {row["uri"]: row["identifier"] for row in (package.document, *package.items) if row.get("uri")}
    for place, association in enumerate(package.associations):
        for end in ("originNodeURI", "destinationNodeURI"):
            link = association.get(end)
            if link is None:
                sentence = _("This association does not say what it connects.")
                tree.problems.append(Problem(f"CFAssociations[{place}].{end}", sentence))
                continue
            name = link["identifier"]
            if name not in known:
                name = uuid_of(name) if uuid_of(name) in known else by_address.get(link.get("uri", ""), name)
                link["identifier"] = name
        if "associationType" not in association:
            sentence = _("This association does not say of what type it is.")
            tree.problems.append(Problem(f"CFAssociations[{place}].associationType", sentence))


def _hang(package: Package, nodes: dict[str, Node], tree: Tree) -> None:
    document, at_home = package.document["identifier"], _hosts(package, nodes)
    parents: dict[str, list[str]] = defaultdict(list)
    for place, association in enumerate(package.associations):
        if association["associationType"] != CHILD:
            continue
        child, target = association["originNodeURI"]["identifier"], association["destinationNodeURI"]
        parent = target["identifier"]
        if child not in nodes:
            tree.strangers += 1
            continue
        node = nodes[child]
        if parent == document or parent in nodes:
            parents[child].append(parent)
            if len(parents[child]) == 1:
                node.association = association["identifier"]
                node.order = _order(association, node)
            else:
                tree.elsewhere += parent != parents[child][0]
        elif urlsplit(target.get("uri", "")).netloc in at_home:
            sentence = _("“%(child)s” stands below something that is not in the package: %(parent)s.")
            params = {"child": told(node.item), "parent": target["title"] or parent}
            tree.problems.append(Problem(f"CFAssociations[{place}].destinationNodeURI", sentence % params))
        else:
            tree.strangers += 1
    if not tree.problems:
        tree.problems += _circles(parents, nodes, document)
    if tree.problems:
        return
    for child, node in nodes.items():
        parent = parents[child][0] if parents[child] else ""
        if not parent:
            node.order = (True, 0, natural(node.item.get("listEnumeration", "")), (), node.place)
        (nodes[parent].children if parent in nodes else tree.roots).append(node)
    _arrange(tree)


def _hosts(package: Package, nodes: dict[str, Node]) -> set[str]:
    """Where the package lives: a parent there that is not in the package is missing, one elsewhere is a stranger's.

    A parent without an address is missing too.
    """
    addresses = [row.get("uri", "") for row in (package.document, *package.items)]
    for association in package.associations:
        ends = (association["originNodeURI"], association["destinationNodeURI"])
        addresses += [link.get("uri", "") for link in ends if link["identifier"] in nodes]
    return {urlsplit(address).netloc for address in addresses} | {""}


def _circles(parents: dict[str, list[str]], nodes: dict[str, Node], document: str) -> list[Problem]:
    """A problem for a circle of items that stand below each other; peels off items whose parents are all settled."""
    waiting = {child: {parent for parent in found if parent != document} for child, found in parents.items()}
    children: dict[str, list[str]] = defaultdict(list)
    for child, found in waiting.items():
        for parent in found:
            children[parent].append(child)
    free = [name for name in nodes if not waiting.get(name)]
    settled = set(free)
    while free:
        for child in children[free.pop()]:
            if waiting[child] <= settled and child not in settled:
                settled.add(child)
                free.append(child)
    left = [name for name in nodes if name not in settled]
    if not left:
        return []
    path, name = [], left[0]
    while name not in path:
        path.append(name)
        name = next(parent for parent in parents[name] if parent in nodes and parent not in settled)
    circle = [told(nodes[step].item) for step in (*path[path.index(name) :], name)]
    place = f"CFItems[{nodes[name].place}]"
    return [Problem(place, _("These items stand in a circle: %(circle)s.") % {"circle": " → ".join(circle)})]


def _arrange(tree: Tree) -> None:
    """Sorts siblings everywhere; says where the tree is too deep."""
    waiting = [(tree.roots, 1)]
    while waiting:
        nodes, depth = waiting.pop()
        if nodes and depth > DEEPEST:
            sentence = _("The tree is deeper than %(depth)s levels.") % {"depth": DEEPEST}
            tree.problems.append(Problem(f"CFItems[{nodes[0].place}]", sentence))
            return
        nodes.sort(key=lambda node: node.order)
        waiting += [(node.children, depth + 1) for node in nodes]


def _order(association: Json, node: Node) -> tuple[Any, ...]:
    """By sequence number, then by enumeration and code as people read them, then as they stand in the file."""
    number = association.get("sequenceNumber")
    item = node.item
    return (
        number is None,
        number or 0,
        natural(item.get("listEnumeration", "")),
        natural(item.get("humanCodingScheme", "")),
        node.place,
    )


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """For sorting "2" before "10"."""
    parts: Iterable[str] = re.findall(r"[0-9]{1,18}|[^0-9]+", text)
    return tuple((0, int(part), "") if part[0].isascii() and part.isdigit() else (1, 0, part) for part in parts)


def told(item: Json) -> str:
    """How a sentence names an item."""
    text = item.get("humanCodingScheme") or item.get("abbreviatedStatement") or item["fullStatement"]
    return text[:60] if text else item["identifier"]
