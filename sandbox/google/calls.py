"""One request to one method of Drive or Sheets: signed in, counted, checked, done in one transaction, masked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import faults
from sandbox.clock import Clock
from sandbox.faults import Fault
from sandbox.google import errors, quotas, tokens
from sandbox.google.errors import GoogleError, Invalid, Service, bad_request, invalid_parameter
from sandbox.google.json_object import JSON
from sandbox.google.masks import BadMask, Mask, Messages, masked, read_mask
from sandbox.google.tokens import Caller
from sandbox.store import Store

SYSTEM_PARAMETERS = {"alt", "fields", "key", "prettyPrint", "quotaUser", "userIp", "$.xgafv", "uploadType"}


@dataclass(frozen=True, slots=True)
class Call:
    """A request, read. `mask` is the part of the answer that is wanted."""

    store: Store
    now: datetime
    caller: Caller
    path: dict[str, str]
    query: QueryParams
    body: JSON
    mask: Mask

    def flag(self, name: str) -> bool:
        """A yes-or-no parameter of the query; no where it is missing."""
        return self.query.get(name, "").lower() == "true"


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a service.

    `id` is its name in the service's reference and in ordered faults. `scopes` are those of which one is
    needed. `answer` is the answer's message, empty where there is no body; `parameters` are those of the query.
    `only_reads` is of a method that takes a body and changes nothing.
    `work` gives the answer, or a Response where it is no JSON.
    """

    id: str
    http: str
    path: str
    work: Callable[[Call], JSON | Response]
    scopes: frozenset[str]
    answer: str
    parameters: frozenset[str] = frozenset()
    default_mask: str = ""
    only_reads: bool = False

    @property
    def writes(self) -> bool:
        """Whether it counts as a write."""
        return self.http != "GET" and not self.only_reads


@dataclass(frozen=True, slots=True)
class Api:
    """A service with its messages; `marks` are the signs that lead downwards in its field masks."""

    service: Service
    messages: Messages
    marks: str


def route(api: Api, method: Method, store: Store, clock: Clock) -> Route:
    """The method's address."""

    async def endpoint(request: Request) -> Response:
        raw = await request.body()

        def work() -> Response:
            try:
                return _done(api, method, store, clock.now(), request, raw)
            except GoogleError as error:
                return errors.answer(error, api.service)

        fault = faults.take(store, api.service, method.id, _subject(request))
        return await faults.under(fault, request, work, lambda fault: _refusal(api, method, fault))

    return Route(method.path, endpoint, methods=[method.http])


def _subject(request: Request) -> str | None:
    named: str | None = request.path_params.get("id")
    return named


def _done(api: Api, method: Method, store: Store, now: datetime, request: Request, raw: bytes) -> Response:
    caller = tokens.caller_of(store, request.headers.get("authorization"))
    quotas.charge(store, api.service, writes=method.writes, caller=caller, now=now)
    _check_scopes(method, caller)
    mask = _mask(api, method, request.query_params)
    call = Call(store, now, caller, request.path_params, request.query_params, _body(raw, api.service), mask)
    try:
        with store.transaction():
            result = method.work(call)
    except Invalid as invalid:
        raise bad_request(str(invalid)) from None
    if isinstance(result, Response):
        return result
    return JSONResponse(masked(result, mask)) if method.answer else Response(status_code=204)


def _check_scopes(method: Method, caller: Caller) -> None:
    if not caller.scopes & method.scopes:
        detail = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "domain": "googleapis.com",
        }
        message = "Request had insufficient authentication scopes."
        raise GoogleError(403, message, "insufficientPermissions", details=(detail,))


def _mask(api: Api, method: Method, query: QueryParams) -> Mask:
    if api.service == "sheets":  # Drive passes over parameters that it does not know
        for name in query:
            if name not in method.parameters | SYSTEM_PARAMETERS:
                text = f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.'
                raise bad_request(text, (("", text),))
    text = query.get("fields") or method.default_mask
    try:
        return read_mask(text, method.answer, api.messages, api.marks) if text else {}
    except BadMask as bad:
        raise _bad_fields(api, bad.path) from None


def _bad_fields(api: Api, path: str) -> GoogleError:
    if api.service == "drive":
        return invalid_parameter(f"Invalid field selection {path}", "fields", "invalidParameter")
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return bad_request("Request contains an invalid argument.", ((path, text),))


def _body(raw: bytes, service: Service) -> JSON:
    if not raw:
        return {}
    try:
        body = msgspec.json.decode(raw)
    except (ValueError, RecursionError) as error:
        raise bad_request(f"Invalid JSON payload received. {error}") from None
    if not isinstance(body, dict):
        raise bad_request("Invalid JSON payload received. Root element must be a message.")
    # To Drive a null can say that something is to go; to Sheets it says nothing.
    return _without_nulls(body) if service == "sheets" and b"null" in raw else body


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A message without the members that are null; in lists (rows of values) they stay."""
    if isinstance(value, list):
        return [_without_nulls(each) for each in value]
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return value


def _refusal(api: Api, method: Method, fault: Fault) -> Response:
    """An ordered error, with the reason that belongs to its status and its method."""
    status = fault.status or 503
    reason, domain = "backendError", "global"
    if status == 403:  # noqa: PLR2004 - what a fault of this status means in Drive
        sharing = method.id.startswith("permissions.")
        reason, domain = ("sharingRateLimitExceeded" if sharing else "userRateLimitExceeded"), "usageLimits"
    elif status == 429:  # noqa: PLR2004 - the same
        reason, domain = "rateLimitExceeded", "usageLimits"
    headers = {"retry-after": str(fault.retry_after)} if fault.retry_after else None
    return errors.answer(
        GoogleError(status, "The sandbox was told to refuse this.", reason, domain), api.service, headers
    )


def missing(api: Api, path: str) -> Route:
    """The addresses of the service that the sandbox does not stand in for."""

    async def endpoint(request: Request) -> Response:
        what = f"{request.method} {request.url.path}"
        return errors.answer(errors.not_stood_in(what), api.service)

    return Route(path, endpoint, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
