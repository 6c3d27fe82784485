"""How Telegram says no: one envelope, a code, a description, sometimes a parameter."""

from typing import Any

from starlette.responses import JSONResponse

REASONS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class Refusal(Exception):  # noqa: N818 - reads as what happened: raise Refusal(400, "…")
    """A call that Telegram refuses, in its own words."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> JSONResponse:
        """The envelope with `ok` false."""
        envelope: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            envelope["parameters"] = self.parameters
        return JSONResponse(envelope, self.code)


def bad_request(text: str) -> Refusal:
    """400 with the words that follow "Bad Request: "."""
    return Refusal(400, f"Bad Request: {text}")


def forbidden(text: str) -> Refusal:
    """403 with the words that follow "Forbidden: "."""
    return Refusal(403, f"Forbidden: {text}")


def conflict(text: str) -> Refusal:
    """409 with the words that follow "Conflict: "."""
    return Refusal(409, f"Conflict: {text}")


def too_many_requests(retry_after: int) -> Refusal:
    """429; `retry_after` in seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def by_status(status: int, retry_after: int | None) -> Refusal:
    """The usual words for a status, where somebody ordered that fault."""
    if status == 429:  # noqa: PLR2004 - the one status that carries a number
        return too_many_requests(1 if retry_after is None else retry_after)
    return Refusal(status, REASONS.get(status, "Internal Server Error"))
