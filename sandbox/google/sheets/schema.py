"""Requests checked against the API's messages: an unknown name or a wrong type is refused, as the real service does."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, TypeGuard

import msgspec

from sandbox.google.errors import bad_request, not_stood_in
from sandbox.google.json_object import JSON
from sandbox.google.sheets.messages import CHOICES, FIELDS, NOT_STOOD_IN

SMALLEST, LARGEST = -(2**31), 2**31 - 1
HUGE = 10**300  # a JSON integer may have any number of digits, a double not
PLAIN: dict[str, Any] = {
    "int": Annotated[int, msgspec.Meta(ge=SMALLEST, le=LARGEST)],
    "number": Annotated[float, msgspec.Meta(gt=-float(HUGE), lt=float(HUGE))],
    "string": str,
    "bool": bool,
    "cell": str | bool | float,
}
PROTO_TYPES = {"int": "TYPE_INT32", "number": "TYPE_DOUBLE", "string": "TYPE_STRING", "bool": "TYPE_BOOL"}


def check(value: object, message: str) -> None:
    """Refuse a body that is not such a message, with all that is wrong in it."""
    try:
        msgspec.convert(value, _type(message))
    except msgspec.ValidationError:  # the quick look knows that something is wrong, the slow one says what
        found = list(_violations(value, message, ""))
        if found:
            raise bad_request("\n".join(text for _, text in found), tuple(found)) from None


@cache
def _type(name: str) -> Any:  # noqa: ANN401 - a type made of the tables
    if name.startswith("["):
        return list[_type(name[1:-1])]  # type: ignore[misc]  # the type is known when this runs
    if name in FIELDS:
        fields = [(field, _type(type_) | None, None) for field, type_ in FIELDS[name].items()]
        return msgspec.defstruct(name, fields, forbid_unknown_fields=True)
    return Literal[tuple(CHOICES[name])] if name in CHOICES else PLAIN[name]


def _violations(value: object, type_: str, path: str) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if type_.startswith("["):
        yield from _of_list(value, type_[1:-1], path)
    elif type_ in FIELDS:
        yield from _of_message(value, type_, path)
    elif not _fits(value, type_):
        yield path, f"Invalid value at '{path}' ({PROTO_TYPES.get(type_, type_)}), {_quoted(value)}"


def _of_list(value: object, type_: str, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, list):
        yield path, f"Invalid value at '{path}' ({type_}), {_quoted(value)}"
        return
    for index, each in enumerate(value):
        yield from _violations(each, type_, f"{path}[{index}]")


def _of_message(value: object, message: str, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        yield path, f"Invalid value at '{path}' ({message}), {_quoted(value)}"
        return
    for name, each in value.items():
        if name not in FIELDS[message]:
            if message == "Request" and name in NOT_STOOD_IN.split():
                raise not_stood_in(f"the request {name}")
            place = f" at '{path}'" if path else ""
            yield path, f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'
        else:
            below = f"{path}.{_snake(name)}" if path else _snake(name)
            yield from _violations(each, FIELDS[message][name], below)


def _fits(value: object, type_: str) -> bool:
    if type_ in CHOICES:
        return value in CHOICES[type_]
    match type_:
        case "string":
            return isinstance(value, str)
        case "bool":
            return isinstance(value, bool)
        case "int":
            return _number(value) and value == int(value) and SMALLEST <= value <= LARGEST
        case "number":
            return _number(value)
    return isinstance(value, str | bool) or _number(value)  # "cell": any single value


def _number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and -HUGE < value < HUGE


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


@lru_cache
def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def one_of(body: JSON, index: int) -> tuple[str, JSON]:
    """The kind of a request and its content; a request has to be exactly one."""
    kinds = [(kind, content) for kind, content in body.items() if content is not None]
    if len(kinds) != 1:
        raise bad_request(f"Invalid requests[{index}]: Must specify exactly one kind of request, found {len(kinds)}.")
    return kinds[0]
