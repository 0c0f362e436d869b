"""Random packs that are valid, with everything the format knows: for what must hold of any pack."""

from typing import Any

from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(
    lambda words: words if words.strip() else "–"
)
TEXTS = st.dictionaries(st.sampled_from(("vi", "en", "th", "ru")), WORDS, min_size=1, max_size=3)
MAYBE = st.one_of(st.none(), TEXTS)
POINTS = st.sampled_from(("0", "1", "2.5", "3.75"))
UUIDS = st.uuids().map(str)
EXTENSIONS = st.dictionaries(
    WORDS,
    st.one_of(st.integers(-(10**6), 10**6), WORDS, st.booleans(), st.none(), st.lists(WORDS, max_size=2)),
    max_size=2,
)


def filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something: a pack leaves out the others."""
    return {name: value for name, value in fields.items() if value not in (None, "", {}, [], False)}


@st.composite
def levels(draw: st.DrawFn, prefix: str, least: int = 1) -> list[dict[str, Any]]:
    count = draw(st.integers(least, 4))
    return [
        {"code": f"{prefix}{place}", "name": draw(TEXTS)}
        | filled(short=draw(MAYBE), description=draw(MAYBE), points=draw(st.one_of(st.none(), POINTS)))
        for place in range(count)
    ]


@st.composite
def packs(draw: st.DrawFn, code: str = "xx-any-1") -> dict[str, Any]:
    """A pack whose rule is `none`, so that every other part may be anything."""
    scales: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(("gate", "score", "yes-no")), unique=True, max_size=3)):
        score = {"score": {"min": "0", "max": draw(st.sampled_from(("10", "99.5"))), "unit": "points"}}
        scales[name] = (score if name == "score" else {"levels": draw(levels("S"))}) | filled(name=draw(MAYBE))
    main = draw(levels("L", 0))
    codes = {"": [level["code"] for level in main]} | {
        name: [level["code"] for level in scale.get("levels", [])] for name, scale in scales.items()
    }
    given = iter(draw(st.lists(UUIDS, unique=True, min_size=40, max_size=40)))
    numbers = iter(range(1, 1000))

    def node(name: str) -> dict[str, Any]:
        own = filled(
            label=draw(st.sampled_from(("", "A/01.6", "1.1"))),
            alternative_name=draw(MAYBE),
            description=draw(MAYBE),
            id=next(given) if draw(st.booleans()) else None,
            origins=draw(st.lists(UUIDS, max_size=2)),
            extensions=draw(EXTENSIONS),
            provenance=draw(st.sampled_from(({}, {"name": "b"}))),
        )
        return {"code": name, "name": draw(TEXTS)} | own

    def texts_for(scale: str) -> dict[str, Any]:
        return {level: draw(TEXTS) for level in codes[scale] if draw(st.booleans())}

    def criterion() -> dict[str, Any]:
        number = next(numbers)
        scale = draw(st.sampled_from(["", *scales]))
        examples = {level: [draw(TEXTS)] for level in codes[scale] if draw(st.booleans())}
        own = filled(scale=scale, descriptors=texts_for(scale), examples=examples, key=draw(st.booleans()))
        return node(f"C{number}") | {"number": number} | own

    def standard(name: str, depth: int) -> dict[str, Any]:
        children = draw(st.integers(0, 2)) if depth < 3 else 0
        return node(name) | filled(
            descriptors=texts_for(""),
            criteria=[criterion() for _ in range(draw(st.integers(0, 2)))],
            standards=[standard(f"{name}.{place}", depth + 1) for place in range(children)],
        )

    kinds = ("level", "standard", "description", "name", "descriptors", "examples", "rule")
    sources = {
        name: {"status": status, "text": draw(TEXTS)} for name, status in (("a", "summary"), ("b", "unverified"))
    }
    framework = {"code": "xx-any", "jurisdiction": "XX", "subject_role": "staff", "title": {"en": "Any"}}
    legal = {
        "number": "1",
        "name": draw(TEXTS),
        "issued": None,
        "effective": draw(st.sampled_from((None, "2020-01-01"))),
    }
    return {
        "format": 1,
        "code": code,
        "framework": framework | {"purpose": "learning"},
        "title": draw(TEXTS),
        "valid_from": "2020-01-01",
        "precision": draw(st.sampled_from(("day", "year"))),
        "legal": legal,
        "levels": main,
        "standards": [standard(f"S{place}", 1) for place in range(draw(st.integers(1, 2)))],
        "rule": {"kind": "none"},
        "provenance": {"sources": sources, "default": dict.fromkeys(kinds, "a")},
    } | filled(
        scales=scales,
        id=next(given) if draw(st.booleans()) else None,
        audience=draw(MAYBE),
        results=[{"code": level["code"], "name": level["name"]} for level in draw(levels("R", 0))],
        ranks=[{"code": "r1", "position": draw(TEXTS), "expected": draw(TEXTS)}] if draw(st.booleans()) else [],
        extensions=draw(EXTENSIONS),
    )
