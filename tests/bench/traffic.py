"""Every HTTP request that really leaves for Google while a block runs, counted by kind."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session

KINDS = (
    ("sign in", r"POST /google/token"),
    ("list", r"GET /google/drive/v3/files"),
    ("other of Drive", r"\w+ /google/drive/.*"),
    ("read a sheet", r"GET /google/v4/spreadsheets/.*|POST .*:getByDataFilter"),
    ("write a sheet", r"\w+ /google/v4/spreadsheets/.*"),
)
"""The first whose pattern fits names a request; look-ups of a form by its key are lists as well."""
REFUSED = "refused for haste"


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count until the block ends. The library that all clients use is the one place where all requests pass."""
    counts: Counter[str] = Counter()
    send = Session.send

    def sending(session: Session, request: PreparedRequest, **options: Any) -> Response:  # noqa: ANN401 - the library's own
        answer = send(session, request, **options)
        counts[_kind(request)] += 1
        if answer.status_code == 429 or b"ateLimitExceeded" in answer.content[:2000]:
            counts[REFUSED] += 1
        return answer

    Session.send = sending  # type: ignore[assignment,method-assign]
    try:
        yield counts
    finally:
        Session.send = send  # type: ignore[method-assign]


def _kind(request: PreparedRequest) -> str:
    asked = f"{request.method} {urlsplit(request.url or '').path}"
    return next((kind for kind, pattern in KINDS if re.fullmatch(pattern, str(asked))), "other")
