"""How Drive and Sheets refuse: the envelopes of their errors, which the discovery documents do not describe."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.sandbox.google.schemas import Schema

STATUSES = {
    400: {"INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE"},
    401: {"UNAUTHENTICATED"},
    403: {"PERMISSION_DENIED"},
    404: {"NOT_FOUND"},
    429: {"RESOURCE_EXHAUSTED"},
    500: {"INTERNAL", "UNKNOWN"},
    501: {"UNIMPLEMENTED"},
    502: {"UNKNOWN"},
    503: {"UNAVAILABLE"},
}
"""What the front end of Google's newer services, Sheets among them, calls each HTTP status (google.rpc.Code)."""

TEXT: Schema = {"type": "string"}
CODE: Schema = {"type": "integer"}
DETAIL: Schema = {"type": "object", "additionalProperties": {"type": "any"}}
REASON: Schema = {
    "type": "object",
    "properties": dict.fromkeys(("message", "domain", "reason", "location", "locationType", "extendedHelp"), TEXT),
}
ENVELOPES: dict[str, Schema] = {
    "drive": {
        "type": "object",
        "properties": {
            "code": CODE,
            "message": TEXT,
            "status": TEXT,
            "errors": {"type": "array", "items": REASON},
            "details": {"type": "array", "items": DETAIL},
        },
    },
    "sheets": {
        "type": "object",
        "properties": {
            "code": CODE,
            "message": TEXT,
            "status": TEXT,
            "details": {"type": "array", "items": DETAIL},
        },
    },
}
"""The `error` of a refusal; the documents do not describe it, the services' guides to errors do."""
NEEDED = {"drive": {"code", "message", "errors"}, "sheets": {"code", "message", "status"}}


def envelope(api: str) -> Schema:
    """The schema of a refusal's body."""
    return {"type": "object", "properties": {"error": ENVELOPES[api]}}


def refusal_flaws(api: str, status: int, error: Mapping[str, Any]) -> Iterator[str]:
    """What an error of the right shape lacks, and where it contradicts the status of its answer."""
    missing = NEEDED[api] - error.keys()
    if missing:
        yield f"error: without {', '.join(sorted(missing))}"
    if error.get("code") != status:
        yield f"error.code: {error.get('code')} where the status is {status}"
    if "status" in error and error["status"] not in STATUSES.get(status, set()):
        yield f"error.status: {error['status']} where the status is {status}"
    if any("@type" not in detail for detail in error.get("details", [])):
        yield "error.details: without @type"
    if any(not {"message", "domain", "reason"} <= reason.keys() for reason in error.get("errors", [])):
        yield "error.errors: without message, domain or reason"
