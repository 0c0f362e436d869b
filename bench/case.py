"""A CASE package of 5,000 items taken up, published and given out again; and how many questions that asks the database."""

import json
import time
from uuid import NAMESPACE_URL, uuid5

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.figures import Figures
from standards.actions import load_pack
from standards.case.importing import read_package
from standards.case.outgoing import package_json
from standards.models import FrameworkVersion

ITEMS = 5_000
BASE = "https://case.example/ims/case/v1p1"
MOMENT = "2025-05-02T08:30:11+00:00"


def measure(figures: Figures) -> None:
    """From the bytes of a file to a published version, and from the tables to the text that is sent."""
    few, _seconds = _taken_up(_package(1_000))
    many, seconds = _taken_up(_package(ITEMS))
    figures.tell("case_import", seconds, "s")
    figures.tell("case_import_queries", (many - few) / (ITEMS / 1_000 - 1), "/1000")
    version = FrameworkVersion.objects.filter(code__startswith=f"bench-{ITEMS}").get()
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        text = json.dumps(package_json(version), ensure_ascii=False)
    figures.tell("case_export", time.perf_counter() - start, "s")
    figures.tell("case_export_queries", len(captured), "")
    figures.tell("case_export_size", len(text.encode()) / 1e6, "MB")


def _taken_up(content: bytes) -> tuple[int, float]:
    """How many questions and how many seconds."""
    with CaptureQueriesContext(connection) as captured:
        start = time.perf_counter()
        reading = read_package(content)
        load_pack(pack=reading.pack, case=reading.case)
        return len(captured), time.perf_counter() - start


def _package(count: int) -> bytes:
    """Standards of learners five levels deep, as servers write them: every item with its association."""

    def link(kind: str, name: str, title: str) -> dict:
        identifier = str(uuid5(NAMESPACE_URL, f"{count}/{name}"))
        return {"title": title, "identifier": identifier, "uri": f"{BASE}/{kind}/{identifier}"}

    document = link("CFDocuments", "document", f"Bench {count}")
    items, associations = [], []
    for place in range(count):
        parent = (place - 1) // 6
        item = link("CFItems", f"item {place}", f"B.{place}")
        above = link("CFItems", f"item {parent}", f"B.{parent}") if place else document
        items.append(
            {
                "identifier": item["identifier"],
                "uri": item["uri"],
                "humanCodingScheme": f"B.{place}",
                "fullStatement": f"Understands the {place}th thing, explains it to others and uses it. " * 2,
                "CFItemType": "Standard",
                "language": "en",
                "educationLevel": ["07", "08"],
                "lastChangeDateTime": MOMENT,
                "CFDocumentURI": document,
            }
        )
        association = link("CFAssociations", f"association {place}", "")
        associations.append(
            {
                "identifier": association["identifier"],
                "uri": association["uri"],
                "associationType": "isChildOf",
                "sequenceNumber": place,
                "originNodeURI": item,
                "destinationNodeURI": above,
                "lastChangeDateTime": MOMENT,
            }
        )
    about = {name: value for name, value in document.items() if name != "title"}
    about |= {"title": document["title"], "creator": "Bench", "lastChangeDateTime": MOMENT, "language": "en"}
    return json.dumps({"CFDocument": about, "CFItems": items, "CFAssociations": associations}).encode()
