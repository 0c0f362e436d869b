"""What CASE 1.1 knows of each kind of object: its fields, what stands in them, and which must be there."""

OURS = "chuan"  # our name inside `extensions`

COMMON = {"identifier": "uuid", "uri": "uri", "lastChangeDateTime": "moment", "extensions": "extensions"}
DEFINED = COMMON | {"title": "text", "description": "text"}

FIELDS: dict[str, dict[str, str]] = {
    "CFDocument": COMMON
    | {
        "frameworkType": "text",
        "caseVersion": "case version",
        "creator": "text",
        "title": "text",
        "officialSourceURL": "uri",
        "publisher": "text",
        "description": "text",
        "subject": "texts",
        "subjectURI": "links",
        "language": "text",
        "version": "text",
        "adoptionStatus": "text",
        "statusStartDate": "day",
        "statusEndDate": "day",
        "licenseURI": "link",
        "notes": "text",
    },
    "CFItem": COMMON
    | {
        "fullStatement": "text",
        "alternativeLabel": "text",
        "CFItemType": "text",
        "humanCodingScheme": "text",
        "listEnumeration": "text",
        "abbreviatedStatement": "text",
        "conceptKeywords": "texts",
        "conceptKeywordsURI": "link",
        "notes": "text",
        "subject": "texts",
        "subjectURI": "links",
        "language": "text",
        "educationLevel": "texts",
        "CFItemTypeURI": "link",
        "licenseURI": "link",
        "statusStartDate": "day",
        "statusEndDate": "day",
    },
    "CFAssociation": COMMON
    | {
        "associationType": "association type",
        "sequenceNumber": "whole",
        "originNodeURI": "node",
        "destinationNodeURI": "node",
        "CFAssociationGroupingURI": "link",
        "notes": "text",
    },
    "CFAssociationGrouping": DEFINED,
    "CFConcept": DEFINED | {"keywords": "text", "hierarchyCode": "text"},
    "CFSubject": DEFINED | {"hierarchyCode": "text"},
    "CFItemType": DEFINED | {"hierarchyCode": "text", "typeCode": "text"},
    "CFLicense": DEFINED | {"licenseText": "text"},
    "CFRubric": DEFINED | {"CFRubricCriteria": "CFRubricCriterion"},
    "CFRubricCriterion": COMMON
    | {
        "category": "text",
        "description": "text",
        "CFItemURI": "link",
        "weight": "number",
        "position": "whole",
        "rubricId": "uuid",
        "CFRubricCriterionLevels": "CFRubricCriterionLevel",
    },
    "CFRubricCriterionLevel": COMMON
    | {
        "extensions": "list of extensions",
        "description": "text",
        "quality": "text",
        "score": "number",
        "feedback": "text",
        "position": "whole",
        "rubricCriterionId": "uuid",
    },
}
# Required texts; identifier, uri and lastChangeDateTime are required everywhere and filled in elsewhere.
REQUIRED_TEXTS = {
    "CFDocument": ("creator", "title"),
    "CFItem": ("fullStatement",),
    "CFAssociationGrouping": ("title",),
    "CFConcept": ("title", "hierarchyCode"),
    "CFSubject": ("title", "hierarchyCode"),
    "CFItemType": ("title", "description", "hierarchyCode"),
    "CFLicense": ("title", "licenseText"),
}
ALWAYS = ("identifier", "uri", "lastChangeDateTime")
# Links to what an object stands in: told by the place in a package, made anew for a single object.
ABOUT_PLACE = ("CFPackageURI", "CFDocumentURI")

LISTS = {"CFItems": "CFItem", "CFAssociations": "CFAssociation", "CFRubrics": "CFRubric"}
DEFINITIONS = {
    "CFConcepts": "CFConcept",
    "CFSubjects": "CFSubject",
    "CFLicenses": "CFLicense",
    "CFItemTypes": "CFItemType",
    "CFAssociationGroupings": "CFAssociationGrouping",
}
PATHS = {kind: f"{kind}s" for kind in FIELDS} | {"CFPackage": "CFPackages"}
# Where a link to a definition leads when it gives no address.
TARGETS = {
    "CFItemTypeURI": "CFItemType",
    "CFAssociationGroupingURI": "CFAssociationGrouping",
    "licenseURI": "CFLicense",
    "subjectURI": "CFSubject",
    "conceptKeywordsURI": "CFConcept",
    "CFItemURI": "CFItem",
}
CHILD = "isChildOf"
ASSOCIATION_TYPES = (
    CHILD,
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
)
