"""Pages and the autosave against the floor; queries and bytes of every page."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

import brotli
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.data import session_of
from bench.figures import Figures, interleaved
from bench.server import serving
from evaluations.models import Rating

ROUNDS = 120
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+\.js)["']""")


def measure(w: SimpleNamespace, figures: Figures) -> None:
    """Ratios to the floor, then what each page costs."""
    _against_the_floor(w, figures)
    for name, person, address in _pages(w):
        _page_costs(figures, name, person, address)
    _autosave_queries(w, figures)


def _pages(w: SimpleNamespace) -> list[tuple]:
    board = reverse("evaluations:board", args=[w.cycle.code, w.other_school.code])
    return [
        ("self_page", w.teacher, reverse("evaluations:self", args=[w.mine.pk])),
        ("home", w.teacher, reverse("home")),
        ("result", w.colleague, reverse("evaluations:result", args=[w.theirs.pk])),
        ("opinions", w.teacher, reverse("evaluations:opinions", args=[w.cycle.code, w.group_math.code])),
        ("board", w.other_head, board),
        ("review", w.head, reverse("evaluations:review", args=[w.leaders.pk])),
        ("reports", w.officer, reverse("reports:index")),
    ]


def _against_the_floor(w: SimpleNamespace, figures: Figures) -> None:
    session = session_of(w.teacher)
    sheet = w.mine.sheets.get(kind="self")
    rating = Rating.objects.filter(sheet=sheet, criterion__code="TC02").get()
    page = reverse("evaluations:self", args=[w.mine.pk])
    save = reverse("evaluations:save_rating", args=[w.mine.pk, "TC01"])
    revision = [Rating.objects.get(sheet=sheet, criterion__code="TC01").revision]
    product = serving("config.wsgi", "bench.settings")
    floor = serving("bench.floor_wsgi", "bench.floor_settings")
    with product as ours, floor as bare:
        token = "c" * 32
        for visitor in (ours, bare):
            visitor.headers["Cookie"] = f"sessionid={session}; csrftoken={token}; language=vi"

        def timed(visitor, method, path, body=None, **headers) -> float:
            spent, status, content = visitor.ask(method, path, body, **headers)
            if status != 200:
                raise RuntimeError(f"{method} {path}: {status} {content[:300]!r}")
            if path == save:
                revision[0] = json.loads(content)["revision"]
            return spent

        def autosave() -> float:
            level = "K" if revision[0] % 2 else "T"
            sent = {"level": level, "note": f"Lần {revision[0]}", "no_evidence": False, "revision": revision[0]}
            return timed(
                ours,
                "POST",
                save,
                json.dumps(sent).encode(),
                **{"X-CSRFToken": token, "Content-Type": "application/json"},
            )

        calls = {
            "floor_read": lambda: timed(bare, "GET", f"/read/{sheet.pk}/"),
            "self_page": lambda: timed(ours, "GET", page),
            "floor_write": lambda: timed(bare, "POST", f"/write/{rating.pk}/", b"note"),
            "autosave": autosave,
        }
        interleaved(calls, 15)  # warm
        found = interleaved(calls, ROUNDS)
    for name, value in found.items():
        figures.tell(name, value, "ms")
    figures.tell("self_page_ratio", found["self_page"] / found["floor_read"], "x")
    figures.tell("autosave_ratio", found["autosave"] / found["floor_write"], "x")


def _page_costs(figures: Figures, name: str, person, address: str) -> None:
    client = Client(headers={"host": "127.0.0.1", "accept-language": "vi"})
    client.force_login(person)
    client.get(address)  # what a process reads once
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    html = answer.content.decode()
    figures.tell(f"{name}_queries", len(captured), "queries")
    figures.tell(f"{name}_html", len(answer.content) / 1000, "kB")
    figures.tell(f"{name}_assets", sum(_compressed(file) for file in _files_of(html)) / 1000, "kB")


def _files_of(html: str) -> list[Path]:
    """Stylesheets and scripts of a page with every module they may import, now or when they are needed."""
    found: list[str] = []
    waiting = LINKED.findall(html)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found.append(address)
        if address.endswith(".js") and "/vendor/" not in address:
            text = _path(address).read_text(encoding="utf-8")
            waiting += [urljoin(address, relative) for relative in IMPORTED.findall(text)]
    return [_path(address) for address in found]


def _path(address: str) -> Path:
    name = address.removeprefix(settings.STATIC_URL)
    path = Path(settings.STATIC_ROOT, name)
    return path if path.exists() else Path(settings.STATIC_ROOT, staticfiles_storage.stored_name(name))


def _compressed(path: Path) -> int:
    return len(brotli.compress(path.read_bytes(), quality=11))


def _autosave_queries(w: SimpleNamespace, figures: Figures) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(w.teacher)
    revision = Rating.objects.get(sheet__evaluation=w.mine, sheet__kind="self", criterion__code="TC03").revision
    sent = {"level": "T", "note": "Mới", "no_evidence": False, "revision": revision}
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(
            reverse("evaluations:save_rating", args=[w.mine.pk, "TC03"]), sent, content_type="application/json"
        )
    if answer.status_code != 200:
        raise RuntimeError(f"autosave: {answer.status_code} {answer.content[:200]!r}")
    figures.tell("autosave_queries", len(captured), "queries")
