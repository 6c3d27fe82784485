"""How the person's side of the sandbox answers: JSON in, JSON out, one transaction a request.

Every POST accepts an `Idempotency-Key`: the same request under the same key gets the first answer again and
changes nothing. Only what was done is kept under its key; a refused request may be mended and sent again.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.body import BodyError, File, read_body
from sandbox.store import Store


class Refused(Exception):  # noqa: N818 - reads as what happened: raise Refused(404, "…")
    """A request that cannot be done; the text says what to do instead."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class Body(BaseModel):
    """The shape of a request's fields; a field that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


B = TypeVar("B", bound=Body)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, read: the parts of the path, the query, the body's fields, the files by field."""

    path: Mapping[str, Any]
    query: Mapping[str, str]
    fields: Mapping[str, Any]
    files: Mapping[str, File]

    def body(self, shape: type[B]) -> B:
        """The fields in that shape; Refused where they do not fit it."""
        try:
            return shape.model_validate(self.fields)
        except ValidationError as error:
            raise Refused(400, "; ".join(_complaint(each) for each in error.errors())) from None


Work = Callable[[Ask], Any]


def person_route(store: Store, method: str, path: str, work: Work) -> Route:
    """A route: `work` reads an Ask and gives a JSON answer, or a Response for bytes; Refused becomes 4xx."""

    async def endpoint(request: Request) -> Response:
        try:
            ask = Ask(request.path_params, request.query_params, *await read_body(request))
            key = request.headers.get("idempotency-key") if method == "POST" else None
            with store.transaction():
                answer = work(ask) if key is None else _once(store, key, request.url.path, ask, work)
        except BodyError as error:
            return JSONResponse({"error": f"{error}."}, 400)
        except Refused as refused:
            return JSONResponse({"error": refused.text}, refused.status)
        return answer if isinstance(answer, Response) else JSONResponse(answer)

    return Route(path, endpoint, methods=[method])


def _once(store: Store, key: str, address: str, ask: Ask, work: Work) -> Any:  # noqa: ANN401 - any JSON value
    asked = _fingerprint(address, ask)
    kept = store.get("idempotency", key)
    if kept is None:
        answer = work(ask)
        store.put("idempotency", key, {"asked": asked, "answer": answer})
        return answer
    if kept["asked"] != asked:
        raise Refused(409, f"The Idempotency-Key {key!r} belongs to another request: choose a new one.")
    return kept["answer"]


def _fingerprint(address: str, ask: Ask) -> str:
    files = {field: [file.name, sha256(file.data).hexdigest()] for field, file in ask.files.items()}
    whole = json.dumps([address, dict(ask.query), ask.fields, files], sort_keys=True)
    return sha256(whole.encode()).hexdigest()


def _complaint(error: Any) -> str:  # noqa: ANN401 - pydantic's own error mapping
    where = ".".join(str(part) for part in error["loc"])
    return f"{where}: {error['msg']}" if where else str(error["msg"])
