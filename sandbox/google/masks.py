"""Field masks: which parts of an answer are wanted, and which parts of a resource a request changes."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.google.json_object import JSON

Mask = dict[str, "Mask"]
"""Field -> mask of what lies below it; an empty mask means all of it. The field * stands for every field."""

Messages = Mapping[str, Mapping[str, str]]
"""Message -> field -> type, a list's type in brackets."""


class BadMask(Exception):  # noqa: N818 - says what the mask is
    """A mask that cannot be read, or that names a field which is not there; `path` says where."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def read_mask(text: str, message: str, messages: Messages, marks: str = "/.") -> Mask:
    """A mask such as `sheets(properties,data/rowData),spreadsheetId` for a message; BadMask otherwise.

    `marks` are the signs that lead from a field to one below it: Drive takes the slash alone.
    """
    mask, rest = _list(re.findall(rf"[(),]|[^(),{marks}\s]+|[{marks}]", text), marks)
    if rest or not mask:
        raise BadMask(text)
    _check(mask, message, messages, "")
    return mask


def _list(tokens: list[str], marks: str) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        path, tokens = _path(tokens, marks)
        below: Mask = {}
        if tokens[:1] == ["("]:
            below, tokens = _list(tokens[1:], marks)
            if tokens[:1] != [")"]:
                raise BadMask("".join(path))
            tokens = tokens[1:]
        _add(mask, path, below)
        if tokens[:1] != [","]:
            return mask, tokens
        tokens = tokens[1:]


def _path(tokens: list[str], marks: str) -> tuple[list[str], list[str]]:
    path: list[str] = []
    while True:
        if not tokens or tokens[0] in {"(", ")", ",", *marks}:
            raise BadMask("".join(tokens))
        path.append(tokens[0])
        if len(tokens) < 2 or tokens[1] not in marks:  # noqa: PLR2004 - the name and the sign behind it
            return path, tokens[1:]
        tokens = tokens[2:]


def _add(mask: Mask, path: list[str], below: Mask) -> None:
    name, rest = path[0], path[1:]
    whole = name in mask and not mask[name]
    if whole or (not rest and not below):
        mask[name] = {}
    elif rest:
        _add(mask.setdefault(name, {}), rest, below)
    else:
        for field, deeper in below.items():
            _add(mask.setdefault(name, {}), [field], deeper)


def _check(mask: Mask, message: str, messages: Messages, path: str) -> None:
    fields = messages.get(message, {})
    for name, below in mask.items():
        at = f"{path}.{name}" if path else name
        if name not in {*fields, "*"}:
            raise BadMask(at)
        if below and name != "*":
            _check(below, fields[name].strip("[]"), messages, at)


def masked(value: Any, mask: Mask) -> Any:  # noqa: ANN401 - any JSON value
    """The parts of an answer that the mask names."""
    if not mask:
        return value
    if isinstance(value, list):
        return [masked(each, mask) for each in value]
    if not isinstance(value, dict):
        return value
    every = mask.get("*")
    shown = {}
    for name, part in value.items():
        below = mask.get(name, every)
        if below is not None:
            shown[name] = masked(part, below) if below else part
    return shown


def below(mask: Mask, *path: str) -> Mask | None:
    """The mask of a field further down; None where the field is not wanted."""
    for name in path:
        if not mask:
            return mask
        found = mask.get(name, mask.get("*"))
        if found is None:
            return None
        mask = found
    return mask


def updated(target: JSON, source: JSON, mask: Mask) -> JSON:
    """The target with the fields of the mask taken from the source; what the source lacks is cleared."""
    result = dict(target)
    for name, deeper in mask.items():
        whole = not deeper or "*" in deeper
        value = source.get(name) if whole else updated(result.get(name, {}), source.get(name, {}), deeper)
        if value is None or value == {}:
            result.pop(name, None)
        else:
            result[name] = value
    return result
