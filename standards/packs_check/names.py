"""The fields that each part of a pack has; `packs/schema.json` must name the same ones (a test compares them)."""

PACK = {"format", "code", "framework", "title", "valid_from", "legal", "levels", "standards", "rule", "provenance"}
PACK_OPTIONAL = {
    "$schema",
    "id",
    "audience",
    "valid_to",
    "precision",
    "key_name",
    "scales",
    "results",
    "ranks",
    "vectors",
    "extensions",
}
FRAMEWORK, FRAMEWORK_OPTIONAL = {"code", "jurisdiction", "subject_role", "title"}, {"purpose"}
LEGAL = {"number", "name", "issued", "effective"}
LEGAL_OPTIONAL = {"repealed_by", "repealed_from", "status_note", "guidance", "articles"}
LEVEL, LEVEL_OPTIONAL = {"code", "name"}, {"short", "description", "points", "id"}
SCALE, SCALE_OPTIONAL = {"levels"}, {"name", "id"}
SCORE_SCALE, SCORE_SCALE_OPTIONAL = {"score"}, {"name", "id"}
SCORE, SCORE_OPTIONAL = {"min", "max"}, {"digits", "unit"}
RESULT, RESULT_OPTIONAL = {"code", "name"}, {"description", "id"}
RANK, RANK_OPTIONAL = {"code", "position", "expected"}, {"description"}
STANDARD = {"code", "name"}
STANDARD_OPTIONAL = {
    "label",
    "article",
    "description",
    "alternative_name",
    "descriptors",
    "criteria",
    "standards",
    "provenance",
    "id",
    "origins",
    "extensions",
}
CRITERION = {"code", "number", "name"}
CRITERION_OPTIONAL = {
    "label",
    "alternative_name",
    "description",
    "scale",
    "key",
    "descriptors",
    "examples",
    "provenance",
    "id",
    "origins",
    "extensions",
}
DEFAULT_SOURCES = {"level", "standard", "description", "name", "descriptors", "examples", "rule"}
# Without one of its own, a kind of text comes from where the kind named here comes from.
FALLBACK_SOURCES = {
    "scale": "level",
    "result": "level",
    "rank": "level",
    "alternative_name": "name",
    "criterion_description": "description",
    "standard_descriptors": "descriptors",
}
STANDARD_SOURCES = {"name", "alternative_name", "description", "descriptors"}
CRITERION_SOURCES = {"name", "alternative_name", "description", "descriptors", "examples"}
VECTOR, VECTOR_OPTIONAL = {"expected"}, {"ratings", "assessors", "value", "scores", "why"}

STATUSES = ("official", "summary", "illustrative", "unverified")
ROLES = ("teacher", "leader", "staff", "learner")
PURPOSES = ("evaluation", "development", "classification", "diagnostic", "licence", "occupational", "learning")
PRECISIONS = ("day", "year")
UNITS = ("percent", "points")
RESERVED_VERSIONS = ("drafts", "compare", "mappings", "import", "export", "workbook", "pack", "simulate")
RESERVED_LEVELS = ("not_rated", "not_observed", "not_applicable")
