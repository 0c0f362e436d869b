"""Pages and autosave against the floor; queries, HTML and asset bytes of each page."""

import json
import re
import statistics
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import brotli
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client as InProcess
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.figures import Figure
from bench.server import Client, serve, session_of
from evaluations.enums import SheetKind, Status
from evaluations.models import Evaluation, Rating
from people.models import User

ROUNDS = 200


def against_the_floor() -> Iterator[Figure]:
    """Medians of alternating requests to the product and to the floor, one gunicorn worker each."""
    person = User.objects.get(username="teacher")
    evaluation = Evaluation.objects.get(subject=person, status=Status.DRAFT)
    rating = Rating.objects.select_related("criterion").filter(
        sheet__evaluation=evaluation, sheet__kind=SheetKind.SELF
    )[0]
    page = reverse("evaluations:self", args=[evaluation.pk])
    save = reverse("evaluations:save_rating", args=[evaluation.pk, rating.criterion.code])
    cookie = session_of(person)
    with serve("bench.settings") as ours, serve("bench.floor_settings") as theirs:
        product, floor = Client(ours, cookie), Client(theirs, cookie)
        reads: dict[str, list[float]] = {"ours": [], "floor": []}
        saves: dict[str, list[float]] = {"ours": [], "floor": []}
        revision = rating.revision
        for number in range(ROUNDS):
            reads["floor"].append(floor.seconds("GET", "/floor/"))
            reads["ours"].append(product.seconds("GET", page))
            body = {"level": "K", "note": f"Lần {number}", "no_evidence": False, "revision": revision}
            saves["ours"].append(product.seconds("POST", save, json.dumps(body).encode()))
            revision += 1
            saves["floor"].append(floor.seconds("POST", f"/floor/write/{_other(rating)}/", json.dumps(body).encode()))
    yield from _ratio("self-assessment", reads["ours"], reads["floor"], at_most=4)
    yield from _ratio("autosave", saves["ours"], saves["floor"], at_most=2)


def _other(rating: Rating) -> int:
    """Another row of the same table, for the floor to write."""
    return rating.pk + 1


def _ratio(name: str, ours: list[float], floor: list[float], *, at_most: float) -> Iterator[Figure]:
    quick, slow = statistics.median(floor[10:]), statistics.median(ours[10:])
    yield Figure(f"{name}.floor", quick * 1000, "ms")
    yield Figure(f"{name}.time", slow * 1000, "ms")
    yield Figure(f"{name}.times-floor", slow / quick, "x", at_most=at_most)


PAGES = {
    "home": ("teacher", lambda e: reverse("home")),
    "self": ("teacher", lambda e: reverse("evaluations:self", args=[e["teacher"].pk])),
    "result": ("teacher2", lambda e: reverse("evaluations:result", args=[e["teacher2"].pk])),
    "board": ("head", lambda e: reverse("evaluations:board", args=[e["teacher"].cycle.code, e["teacher"].unit.code])),
    "review": ("head", lambda e: reverse("evaluations:review", args=[e["reviewed"].pk])),
    "cycle": ("officer", lambda e: reverse("evaluations:cycle", args=[e["teacher"].cycle.code])),
    "reports": ("officer", lambda e: reverse("reports:index")),
    "people": ("admin", lambda e: reverse("people:unit", args=[e["teacher"].unit.code])),
}
HOLDS = {"self": (12, 40)}


def weights() -> Iterator[Figure]:
    """Queries, kB of HTML, and kB of css and js (brotli, everything the page links or imports) per page."""
    rows = Evaluation.objects.filter(cycle__status="open").select_related("cycle", "unit")
    some = {
        "teacher": rows.get(subject__username="teacher"),
        "teacher2": rows.get(subject__username="teacher2"),
    }
    some["reviewed"] = rows.filter(unit=some["teacher"].unit, status=Status.UNDER_REVIEW).order_by("pk")[0]
    for name, (username, address) in PAGES.items():
        browser = InProcess(headers={"Host": "127.0.0.1", "Accept-Language": "vi"})
        browser.force_login(User.objects.get(username=username))
        browser.get(address(some))  # the first request of a process fills what is kept for ever
        with CaptureQueriesContext(connection) as queries:
            response = browser.get(address(some))
        assert response.status_code == 200, f"{name} answered {response.status_code}"
        most_queries, most_html = HOLDS.get(name, (None, None))
        yield Figure(f"page.{name}.queries", len(queries), "queries", at_most=most_queries)
        yield Figure(f"page.{name}.html", len(response.content) / 1000, "kB", at_most=most_html)
        yield Figure(f"page.{name}.assets", asset_bytes(response.content.decode()) / 1000, "kB", at_most=100)


def asset_bytes(html: str) -> int:
    """Brotli bytes of all css and js a first visit loads: linked ones and what modules import."""
    linked = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html)
    waiting, seen = list(linked), {}
    while waiting:
        name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", waiting.pop())
        if name in seen:
            continue
        found = finders.find(name)
        text = Path(found).read_text() if found else ""
        seen[name] = len(brotli.compress(text.encode()))
        folder = PurePosixPath(name).parent
        imports = re.findall(r'(?:import|from)\s*\(?\s*["\'](\.[^"\']+)["\']', text) if name.endswith(".js") else []
        waiting += [_resolved(folder / path) for path in imports]
    return sum(seen.values())


def _resolved(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
