"""Requests to the sandbox's Google, and its answers, held against the discovery documents that Google publishes.

`with watched(sandbox):` around anything that speaks to a sandbox fails in the end, if a request or an answer is not
what the documents of Drive v3 and Sheets v4 say. Both are those that google-api-python-client carries.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.server import Sandbox
from tests.sandbox.google.refusals import envelope, refusal_flaws
from tests.sandbox.google.schemas import Schema, flaw_of, flaws

ROOT = "/google/"
ADDRESSES = ("/google/drive/", "/google/v4/", "/google/upload/")
NO_CONTENT = 204
REFUSAL = 400


@dataclass(frozen=True, slots=True)
class Deviation:
    """What differs from the documents and stays so: a pattern of `Finding.__str__`, and why."""

    pattern: str
    reason: str


DEVIATIONS = (
    Deviation(
        r"request of drive\.files\.\w+: (appP|p)roperties\.[^:]+: null",
        "null takes a property away; the guide to custom properties says so, the document knows texts only",
    ),
    Deviation(
        r"request of drive\.\w+\.\w+: withLink: no such member",
        "gspread sends this member of Drive v2 along; Drive passes over members that it does not know",
    ),
    Deviation(
        r"request of drive\.files\.get: \?includeItemsFromAllDrives: no such parameter",
        "gspread sends this parameter of files.list along; Drive passes over parameters that it does not know",
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the documents do not say so, and the status of the answer that it came with."""

    part: Literal["request", "answer"]
    method: str
    text: str
    status: int

    def __str__(self) -> str:
        """One line."""
        return f"{self.part} of {self.method}: {self.text}"


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a document: its id, how it is addressed, and what goes in and out."""

    api: str
    id: str
    http: str
    path: re.Pattern[str]
    parameters: Mapping[str, Schema]
    request: str
    response: str
    downloads: bool
    schemas: Mapping[str, Schema] = field(repr=False)


@dataclass(slots=True)
class Exchange:
    """A request and its answer, as they went over the wire; headers by their names in small letters."""

    http: str
    path: str
    query: str
    sent: bytes
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    received: bytes = b""


@lru_cache
def document(name: Literal["drive.v3", "sheets.v4"]) -> Any:  # noqa: ANN401 - any JSON value
    """A discovery document."""
    place = files("googleapiclient.discovery_cache.documents").joinpath(f"{name}.json")
    return json.loads(place.read_text(encoding="utf-8"))


@lru_cache
def methods() -> tuple[Method, ...]:
    """All methods of both services."""
    return tuple(
        _method(whole, each)
        for whole in (document("drive.v3"), document("sheets.v4"))
        for each in _methods(whole["resources"])
    )


def _methods(resources: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for resource in resources.values():
        yield from resource.get("methods", {}).values()
        yield from _methods(resource.get("resources", {}))


def _method(whole: Mapping[str, Any], given: Mapping[str, Any]) -> Method:
    parts = re.split(r"\{\w+\}", whole["servicePath"] + given["path"])
    return Method(
        whole["name"],
        given["id"],
        given["httpMethod"],
        re.compile(ROOT + "([^/]+)".join(map(re.escape, parts))),
        {**whole["parameters"], **given.get("parameters", {})},
        given.get("request", {}).get("$ref", ""),
        given.get("response", {}).get("$ref", ""),
        given.get("supportsMediaDownload", False),
        whole["schemas"],
    )


def findings(exchange: Exchange) -> list[Finding]:
    """All that an exchange has in it which the documents do not know."""
    method = _addressed(exchange)
    if method is None:
        return [Finding("request", f"{exchange.http} {exchange.path}", "no such method", exchange.status)]
    asked = [*_query_flaws(method, exchange), *_sent_flaws(method, exchange)]
    answered = _refusal_flaws(method, exchange) if exchange.status >= REFUSAL else _answer_flaws(method, exchange)
    return [
        *(Finding("request", method.id, text, exchange.status) for text in asked),
        *(Finding("answer", method.id, text, exchange.status) for text in answered),
    ]


def _addressed(exchange: Exchange) -> Method | None:
    fitting = [each for each in methods() if each.http == exchange.http and each.path.fullmatch(exchange.path)]
    # values/A1:clear fits the pattern of values/{range}, too: what names the most is meant.
    return max(fitting, key=lambda each: len(each.path.pattern), default=None)


def _query_flaws(method: Method, exchange: Exchange) -> Iterator[str]:
    given = parse_qsl(exchange.query, keep_blank_values=True)
    for name, text in given:
        schema = method.parameters.get(name)
        if schema is None or schema.get("location") != "query":
            yield f"?{name}: no such parameter"
        elif wrong := _parameter_flaw(text, schema):
            yield f"?{name}: {wrong}: {text!r}"
    names = [name for name, _ in given]
    for name, schema in method.parameters.items():
        if names.count(name) > 1 and not schema.get("repeated"):
            yield f"?{name}: more than once"
        if schema.get("required") and schema["location"] == "query" and name not in names:
            yield f"?{name}: missing"


def _parameter_flaw(text: str, schema: Schema) -> str:
    if schema["type"] == "boolean":
        return "" if text.lower() in {"true", "false"} else "no boolean"  # gspread writes Python's True
    if schema["type"] == "integer":
        return flaw_of(int(text) if re.fullmatch(r"-?\d+", text) else text, schema)
    return flaw_of(text, schema)


def _sent_flaws(method: Method, exchange: Exchange) -> Iterator[str]:
    if not exchange.sent:
        return
    if not method.request:
        yield "a body, where none is taken"
        return
    try:
        body = json.loads(exchange.sent)
    except (ValueError, RecursionError):
        yield "the body is no JSON"
        return
    yield from flaws(body, {"$ref": method.request}, method.schemas, "", nulls=method.api == "sheets")
    for name in _needed(method) if isinstance(body, dict) else ():
        if name not in body:
            yield f"{name}: missing"


def _needed(method: Method) -> list[str]:
    """The members that a request's body has to have."""
    members = method.schemas[method.request].get("properties", {})
    return [name for name, each in members.items() if method.id in each.get("annotations", {}).get("required", ())]


def _answer_flaws(method: Method, exchange: Exchange) -> Iterator[str]:
    if method.downloads and dict(parse_qsl(exchange.query)).get("alt") == "media":
        return
    if not method.response:
        if exchange.received or exchange.status != NO_CONTENT:
            yield "a body, where none is given"
        return
    yield from _json_flaws(exchange, {"$ref": method.response}, method.schemas)


def _refusal_flaws(method: Method, exchange: Exchange) -> Iterator[str]:
    broken = list(_json_flaws(exchange, envelope(method.api), {}))
    yield from broken or refusal_flaws(method.api, exchange.status, json.loads(exchange.received).get("error", {}))


def _json_flaws(exchange: Exchange, schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[str]:
    if not exchange.headers.get("content-type", "").startswith("application/json"):
        yield f"of the type {exchange.headers.get('content-type')}, not JSON"
        return
    yield from flaws(json.loads(exchange.received), schema, schemas, "")


class _Watch:
    """An ASGI application around another one, which looks at every exchange before its last byte is sent."""

    def __init__(self, app: ASGIApp, found: list[Finding]) -> None:
        self._app = app
        self._found = found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(ADDRESSES):
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope["method"], scope["raw_path"].decode(), scope["query_string"].decode(), b"")

        async def heard() -> Message:
            message = await receive()
            exchange.sent += message.get("body", b"")
            return message

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                exchange.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                exchange.received += message.get("body", b"")
                if not message.get("more_body"):
                    self._found.extend(findings(exchange))
            await send(message)

        await self._app(scope, heard, said)


@contextmanager
def watched(sandbox: Sandbox, *, refusals: bool = False) -> Iterator[list[Finding]]:
    """Watch a sandbox, running or not; in the end AssertionError tells of all that was found.

    With `refusals` a request may be wrong as long as it is refused: for tests of the refusals themselves. What is in
    `DEVIATIONS` is passed over.
    """
    app, found = sandbox._app, list[Finding]()
    inside = app.middleware_stack or app.build_middleware_stack()
    app.middleware_stack = _Watch(inside, found)
    try:
        yield found
    finally:
        app.middleware_stack = inside
    told = [str(each) for each in found if _counts(each, refusals=refusals)]
    assert not told, "\n".join(dict.fromkeys(told))


def _counts(finding: Finding, *, refusals: bool) -> bool:
    if refusals and finding.part == "request" and finding.status >= REFUSAL:
        return False
    return not any(re.fullmatch(each.pattern, str(finding)) for each in DEVIATIONS)
