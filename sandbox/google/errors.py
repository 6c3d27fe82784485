"""Errors in the services' own envelopes, and those of the sandbox itself."""

from dataclasses import dataclass, field
from typing import Literal

from starlette.responses import JSONResponse

from sandbox.google.json_object import JSON

Service = Literal["sheets", "drive"]

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
"""HTTP status -> the status that Sheets names."""
STATUS_OF = {"failedPrecondition": "FAILED_PRECONDITION"}
"""The same by the reason, where the reason says more."""


@dataclass(eq=False)  # not frozen: the interpreter writes tracebacks into exceptions
class GoogleError(Exception):
    """A refusal.

    `reason`, `domain` and `location` are what Drive says beside the message, `details` what Sheets says.
    """

    code: int
    message: str
    reason: str = ""
    domain: str = "global"
    location: str = ""
    details: tuple[JSON, ...] = field(default=())


def bad_request(message: str, violations: tuple[tuple[str, str], ...] = ()) -> GoogleError:
    """400 of Sheets; `violations` are pairs of a field's path and what is wrong with it."""
    broken = [{"field": path, "description": text} if path else {"description": text} for path, text in violations]
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": broken}
    return GoogleError(400, message, "badRequest", details=(detail,) if broken else ())


class Invalid(Exception):  # noqa: N818 - a message on its way into a 400
    """What is wrong with a request to Sheets; whoever knows which request it was completes the sentence."""


def invalid_parameter(message: str, parameter: str, reason: str = "invalid") -> GoogleError:
    """400 of Drive about one parameter."""
    return GoogleError(400, message, reason, location=parameter)


def forbidden() -> GoogleError:
    """403 of Sheets to somebody who may not do this with the spreadsheet."""
    return GoogleError(403, "The caller does not have permission", "forbidden")


def not_stood_in(what: str) -> GoogleError:
    """501: the real service can do this, the sandbox cannot."""
    return GoogleError(501, f"The sandbox does not stand in for {what}.", "notImplemented")


def answer(error: GoogleError, service: Service, headers: dict[str, str] | None = None) -> JSONResponse:
    """The error as the service words it.

    Drive lists reasons under `errors`. Sheets does not: it names a status, and gives details.
    """
    body: JSON = {"code": error.code, "message": error.message}
    if service == "drive":
        body = {"errors": [_reason(error)], **body}
        if error.code == 401:  # noqa: PLR2004 - the front end answers this one, in its own form
            body["status"] = STATUSES[401]
    else:
        body["status"] = STATUS_OF.get(error.reason) or STATUSES.get(error.code, "UNKNOWN")
        if error.details:
            body["details"] = list(error.details)
    return JSONResponse({"error": body}, error.code, headers)


def _reason(error: GoogleError) -> JSON:
    reason: JSON = {"message": error.message, "domain": error.domain, "reason": error.reason}
    if error.location:
        header = error.location == "Authorization"
        reason |= {"locationType": "header" if header else "parameter", "location": error.location}
    return reason
