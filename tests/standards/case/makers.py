"""Packages as other products write them: OpenSALT (wrapped or not, CASE 1.0), OpenCASE (nulls, links of the document)."""

from random import Random
from uuid import UUID

MOMENT = "2019-05-02T08:30:11+00:00"


def uuid(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))


def link(base: str, kind: str, identifier: str, title: str) -> dict:
    return {"title": title, "identifier": identifier, "uri": f"{base}/{kind}/{identifier}"}


def opensalt(*, items: int = 12, seed: int = 1, base: str = "https://salt.example/ims/case/v1p0") -> dict:
    """Standards of learners in the manner of OpenSALT: three levels deep, every item with an association, the roots to
    the document, CFDefinitions, and an alignment to another server's framework."""
    random = Random(seed)
    document = uuid(random)
    about = link(base, "CFDocuments", document, "Toán học phổ thông (mẫu)")
    kind = uuid(random)
    package = {
        "CFDocument": {
            "uri": about["uri"],
            "identifier": document,
            "lastChangeDateTime": MOMENT,
            "CFPackageURI": link(base, "CFPackages", document, about["title"]),
            "creator": "Sở Mẫu",
            "title": about["title"],
            "adoptionStatus": "Adopted",
            "language": "en-US",
            "licenseURI": link(base, "CFLicenses", uuid(random), "CC BY 4.0"),
            "statusStartDate": "2019-09-01",
        },
        "CFItems": [],
        "CFAssociations": [],
        "CFDefinitions": {
            "CFConcepts": [],
            "CFSubjects": [
                link(base, "CFSubjects", uuid(random), "Mathematics")
                | {"hierarchyCode": "1", "lastChangeDateTime": MOMENT}
            ],
            "CFLicenses": [],
            "CFItemTypes": [
                link(base, "CFItemTypes", kind, "Standard")
                | {"description": "Standard", "typeCode": "S", "hierarchyCode": "1", "lastChangeDateTime": MOMENT}
            ],
            "CFAssociationGroupings": [],
        },
    }
    rows = []
    for place in range(items):
        parent = rows[(place - 1) // 10] if place else None
        code = f"{parent['humanCodingScheme']}.{(place - 1) % 10 + 1}" if parent else "M"
        name = uuid(random)
        row = {
            "uri": f"{base}/CFItems/{name}",
            "identifier": name,
            "lastChangeDateTime": MOMENT,
            "CFDocumentURI": about,
            "humanCodingScheme": code,
            "fullStatement": f"Understands number {place} and says *why* ($x^{place}$).",
            "CFItemType": "Standard",
            "CFItemTypeURI": link(base, "CFItemTypes", kind, "Standard"),
            "language": "en",
            "educationLevel": ["03", "04"],
            "conceptKeywords": ["number"],
        }
        rows.append(row)
        package["CFItems"].append(row)
        to = link(base, "CFItems", parent["identifier"], parent["humanCodingScheme"]) if parent else about
        package["CFAssociations"].append(association(base, random, row, to, "isChildOf", (place - 1) % 10 + 1, about))
    elsewhere = link("https://other.example/ims/case/v1p0", "CFItems", uuid(random), "CC.3.NF.1")
    package["CFAssociations"].append(association(base, random, rows[-1], elsewhere, "exactMatchOf", None, about))
    return package


def association(base: str, random: Random, row: dict, to: dict, kind: str, number: int | None, about: dict) -> dict:
    name = uuid(random)
    return {
        "uri": f"{base}/CFAssociations/{name}",
        "identifier": name,
        "lastChangeDateTime": MOMENT,
        "CFDocumentURI": about,
        "originNodeURI": link(base, "CFItems", row["identifier"], row.get("humanCodingScheme") or "x"),
        "associationType": kind,
        "destinationNodeURI": to,
    } | ({"sequenceNumber": number} if number else {})


def opencase(*, seed: int = 2, base: str = "http://localhost:3000/ims/case/v1p1") -> dict:
    """A framework in the manner of OpenCASE 1.1: null for whatever is empty, no association for roots, addresses of
    another host inside associations, rubrics with scores and feedback, fields that CASE does not know."""
    random = Random(seed)
    document, far = uuid(random), "https://publisher.example/uri"
    rows = [
        {
            "identifier": uuid(random),
            "fullStatement": statement,
            "humanCodingScheme": code,
            "abbreviatedStatement": short,
            "alternativeLabel": None,
            "listEnumeration": None,
            "CFItemType": "Competence",
            "conceptKeywords": None,
            "subject": None,
            "educationLevel": ["13"],
            "statusStartDate": None,
            "statusEndDate": None,
            "language": "en",
            "lastChangeDateTime": "2026-06-05T04:23:43.000Z",
            "CFDocumentURI": link(base, "CFDocuments", document, "Document"),
            "extensions": {"canvas": {"x": 12, "y": 7.5}},
        }
        for code, statement, short in (
            ("T", "Teaching in the classroom", "Teaching"),
            ("T-1", "Plans lessons for every learner", None),
            ("T-2", "Checks what learners have understood", "Checks"),
            ("R", "Reflection", None),
            ("R-1", "Learns from colleagues", None),
        )
    ]
    for row in rows:
        row["uri"] = f"{base}/CFItems/{row['identifier']}"
    rows[4]["reviewState"] = {"by": "A. Sample", "open": True}

    def child(of: int, to: int, number: int, kind: str = "isChildOf") -> dict:
        return {
            "identifier": uuid(random),
            "associationType": kind,
            "originNodeURI": link(far, "CFItems", rows[of]["identifier"], rows[of]["fullStatement"]),
            "destinationNodeURI": link(far, "CFItems", rows[to]["identifier"], rows[to]["fullStatement"])
            | {"targetType": "CASE"},
            "sequenceNumber": number,
            "lastChangeDateTime": "2026-06-05T04:23:43.000Z",
            "notes": None,
        }

    words = [("Excellent", 3), ("Good", 2), ("Begins", 1)]

    def criterion(place: int, of: int) -> dict:
        name = uuid(random)
        return {
            "identifier": name,
            "uri": f"{far}/{name}",
            "category": "Practice",
            "description": rows[of]["fullStatement"],
            "CFItemURI": link(far, "CFItems", rows[of]["identifier"], rows[of]["fullStatement"]),
            "weight": 0.25,
            "position": place,
            "lastChangeDateTime": "2026-06-05T04:37:06Z",
            "CFRubricCriterionLevels": [
                {
                    "identifier": uuid(random),
                    "uri": f"{far}/{place}-{score}",
                    "description": f"{word}: {rows[of]['fullStatement']}",
                    "quality": word,
                    "score": score,
                    "feedback": "Keep going",
                    "position": None,
                    "rubricCriterionId": name,
                    "lastChangeDateTime": "2026-06-05T04:37:06Z",
                }
                for word, score in words
            ],
        }

    rubric = uuid(random)
    return {
        "CFDocument": {
            "identifier": document,
            "uri": f"{base}/CFDocuments/{document}",
            "title": "Teaching at Mẫu College",
            "creator": "Mẫu College",
            "description": "Invented for a test",
            "subject": ["Education"],
            "frameworkType": None,
            "officialSourceURL": None,
            "language": "en",
            "version": "2.0",
            "lastChangeDateTime": "2026-06-05T04:23:43.000Z",
            "adoptionStatus": "Adopted",
            "statusStartDate": "2025-04-01",
            "statusEndDate": None,
            "CFPackageURI": link(base, "CFPackages", document, "CFPackage"),
        },
        "CFItems": rows,
        "CFAssociations": [
            child(1, 0, 10),
            child(2, 0, 20),
            child(4, 3, 10),
            child(4, 0, 30),  # a second place
            child(1, 4, 1, "precedes"),
            child(2, 4, 1, "ext:inspires"),
        ],
        "CFDefinitions": None,
        "CFRubrics": [
            {
                "identifier": rubric,
                "uri": f"{far}/{rubric}",
                "title": "How far",
                "description": None,
                "lastChangeDateTime": "2026-06-05T04:37:06.000Z",
                "CFRubricCriteria": [criterion(1, 1), criterion(2, 2)],
            }
        ],
        "editorState": {"zoom": 1.5},
    }
