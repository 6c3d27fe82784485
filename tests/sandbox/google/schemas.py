"""JSON values held against the schemas of Google's discovery documents."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

Schema = Mapping[str, Any]

INTEGERS = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
LONG = {"int64": (-(2**63), 2**63 - 1), "uint64": (0, 2**64 - 1)}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MASK = re.compile(r"[\w*.,/()\s]+")


def flaws(
    value: object, schema: Schema, schemas: Mapping[str, Schema], at: str, *, nulls: bool = False
) -> Iterator[str]:
    """Everything in which a value differs from its schema, each with where; `nulls` are as good as nothing."""
    if "$ref" in schema:
        yield from flaws(value, schemas[schema["$ref"]], schemas, at, nulls=nulls)
    elif value is None:
        if not nulls:
            yield f"{at}: null"
    elif schema["type"] == "object":
        yield from _of_object(value, schema, schemas, at, nulls=nulls)
    elif schema["type"] == "array":
        if isinstance(value, list):
            for index, each in enumerate(value):
                yield from flaws(each, schema["items"], schemas, f"{at}[{index}]", nulls=nulls)
        else:
            yield f"{at}: no list: {value!r}"
    elif schema["type"] != "any":
        wrong = flaw_of(value, schema)
        if wrong:
            yield f"{at}: {wrong}: {value!r}"


def _of_object(value: object, schema: Schema, schemas: Mapping[str, Schema], at: str, *, nulls: bool) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at}: no object: {value!r}"
        return
    members, others = schema.get("properties", {}), schema.get("additionalProperties")
    for name, each in value.items():
        below = f"{at}.{name}" if at else name
        if name in members:
            yield from flaws(each, members[name], schemas, below, nulls=nulls)
        elif others is not None:
            yield from flaws(each, others, schemas, below, nulls=nulls)
        else:
            yield f"{below}: no such member"


def flaw_of(value: object, schema: Schema) -> str:
    """What is wrong with a value of a plain type, or nothing."""
    match schema["type"]:
        case "boolean":
            return "" if isinstance(value, bool) else "no boolean"
        case "integer":
            return _whole(value, schema)
        case "number":
            return "" if isinstance(value, int | float) and not isinstance(value, bool) else "no number"
    if not isinstance(value, str):
        return "no text"
    if "enum" in schema and value not in schema["enum"]:
        return "none of " + ", ".join(schema["enum"])
    return "" if _formatted(value, schema.get("format")) else f"no {schema['format']}"


def _whole(value: object, schema: Schema) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return "no integer"
    least, most = INTEGERS[schema.get("format", "int32")]
    within = max(least, int(schema.get("minimum", least))) <= value <= min(most, int(schema.get("maximum", most)))
    return "" if within else "out of bounds"


def _formatted(text: str, format_: str | None) -> bool:
    match format_:
        case "int64" | "uint64":
            return bool(re.fullmatch(r"-?\d+", text)) and LONG[format_][0] <= int(text) <= LONG[format_][1]
        case "date-time" | "google-datetime":
            return bool(MOMENT.fullmatch(text)) and _is_date(text)
        case "date":
            return bool(DAY.fullmatch(text)) and _is_date(text)
        case "google-fieldmask":
            return bool(MASK.fullmatch(text))
        case "byte":
            return _is_base64(text)
    return format_ is None


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_base64(text: str) -> bool:
    try:
        base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return False
    return True
