"""The official OpenAPI file as a judge: does a value have the shape that CASE 1.1 wants?

Knows exactly the keywords that the file uses and fails on any other, so that nothing is passed over in silence.
"""

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

OFFICIAL = json.loads((Path(__file__).parent / "imscasev1p1_openapi3_v1p0.json").read_text(encoding="utf-8"))
SCHEMAS = OFFICIAL["components"]["schemas"]
SILENT = {"description", "format", "default", "example"}
KNOWN = {
    "$ref",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "enum",
    "pattern",
    "anyOf",
}
TYPES = {"object": dict, "array": list, "string": str}


def problems(value: Any, schema: dict | str, place: str = "") -> list[str]:
    """Everything wrong with a value; `schema` may be the name of one of the official ones."""
    schema = SCHEMAS[schema] if isinstance(schema, str) else schema
    unknown = {name for name in schema if not name.startswith("x-")} - KNOWN - SILENT
    assert not unknown, unknown
    if "$ref" in schema:
        return problems(value, schema["$ref"].rsplit("/", 1)[1], place)
    if "anyOf" in schema:
        tries = [problems(value, one, place) for one in schema["anyOf"]]
        return [] if [] in tries else [f"{place}: fits none of the choices"]
    return [*_type(value, schema, place), *_parts(value, schema, place)]


def _type(value: Any, schema: dict, place: str) -> list[str]:
    kind = schema.get("type")
    if kind in TYPES and not isinstance(value, TYPES[kind]):
        return [f"{place}: {value!r} is no {kind}"]
    if kind == "integer" and (not isinstance(value, int) or isinstance(value, bool) or not -(2**31) <= value < 2**31):
        return [f"{place}: {value!r} is no integer"]
    if kind == "number" and (not isinstance(value, int | float) or isinstance(value, bool)):
        return [f"{place}: {value!r} is no number"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{place}: {value!r} is none of {schema['enum']}"]
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):  # whole: stricter than the letter
        return [f"{place}: {value!r} is not like {schema['pattern']}"]
    if isinstance(value, str) and not _format(value, schema.get("format", "")):
        return [f"{place}: {value!r} is no {schema['format']}"]
    return []


def _format(value: str, format: str) -> bool:
    try:
        if format == "date":
            date.fromisoformat(value)
            return len(value) == 10
        if format == "date-time":
            return datetime.fromisoformat(value).tzinfo is not None and "T" in value
    except ValueError:
        return False
    if format == "uri":
        return value.isascii() and bool(urlsplit(value).scheme) and not re.search(r"\s", value)
    return True


def _parts(value: Any, schema: dict, place: str) -> list[str]:
    found = []
    if isinstance(value, dict) and schema.get("type") == "object":
        fields = schema.get("properties", {})
        found += [f"{place}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        if schema.get("additionalProperties") is False:
            found += [f"{place}: {name} is unknown" for name in value if name not in fields]
        for name, part in value.items():
            if name in fields:
                found += problems(part, fields[name], f"{place}.{name}")
    if isinstance(value, list) and "items" in schema:
        if len(value) < schema.get("minItems", 0):
            found.append(f"{place}: too few")
        for index, part in enumerate(value):
            found += problems(part, schema["items"], f"{place}[{index}]")
    return found


def response_problems(path: str, status: int, value: Any) -> list[str]:
    """What is wrong with an answer of a path as the official file names it: /CFItems/{sourcedId}."""
    answers = OFFICIAL["paths"][path]["get"]["responses"]
    answer = answers.get(str(status), answers["default"])
    return problems(value, answer["content"]["application/json"]["schema"], "")
