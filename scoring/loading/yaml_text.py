"""The YAML text of a regulation as plain data, while the report is told where everything stands.

The nodes are read here, not by ruamel's own constructors: a number is built from the scalar's text and is never a
float, and all doubled keys are reported at once.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TypeAlias
from unicodedata import normalize

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from scoring.loading.report import Path, Report

Key: TypeAlias = str | int | date
Data: TypeAlias = "dict[Key, Data] | tuple[Data, ...] | str | int | Decimal | bool | date | None"


def read_yaml(text: str, report: Report) -> Data:
    """Return the document as plain data, lists as tuples; where it cannot be read None, and the report says why."""
    try:
        node = YAML(typ="safe", pure=True).compose(normalize("NFC", text))
        return None if node is None else _Reader(report).data(node, ())
    except MarkedYAMLError as error:
        mark = error.problem_mark
        report.error_at((mark.line + 1, mark.column + 1) if mark else (1, 1), "yaml", (), said=error.problem or "")
    except YAMLError as error:
        report.error("yaml", (), said=str(error).splitlines()[0])
    except RecursionError:
        report.error("yaml_too_deep", ())
    return None


def value_at(data: Data, path: Path) -> Data:
    """Return what stands at a path, None where there is nothing."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        else:
            data = data[step] if isinstance(data, tuple) and isinstance(step, int) and step < len(data) else None
    return data


class _Reader:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._seen: set[int] = set()

    def data(self, node: Node, path: Path) -> Data:
        self._report.places.setdefault(path, _spot(node))
        if id(node) in self._seen:
            self._report.error("yaml_alias", path)
            return None
        if len(path) > _DEEPEST:
            raise RecursionError
        self._seen.add(id(node))
        match node:
            case MappingNode():
                return dict(self._entries(node, path))
            case SequenceNode():
                return tuple(self.data(item, (*path, position)) for position, item in enumerate(node.value))
        value = self._scalar(node, path)
        if value is not None:
            self._report.scalars[path] = node.value
        return value

    def _entries(self, node: MappingNode, path: Path) -> Iterator[tuple[Key, Data]]:
        known: set[Key] = set()
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            if key in known:
                self._report.error_at(_spot(key_node), "doubled_key", (*path, key), key=str(key))
            elif key is not None:
                known.add(key)
                self._report.places[*path, key] = _spot(key_node)
                yield key, self.data(value_node, (*path, key))

    def _key(self, node: Node, path: Path) -> Key | None:
        key = self._scalar(node, path) if isinstance(node, ScalarNode) else None
        if isinstance(key, str | int | date) and not isinstance(key, bool):
            return key
        self._report.error_at(_spot(node), "yaml_key", path)
        return None

    def _scalar(self, node: Node, path: Path) -> Data:
        """Build a value by its YAML 1.2 type, but only where it is written in the plain way."""
        grammar, build = _SCALARS.get(str(node.tag), _REFUSED)
        with suppress(ValueError):
            if grammar.fullmatch(node.value):
                return build(node.value)
        self._report.error_at(_spot(node), "yaml_value", path, value=node.value)
        return None


def _spot(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


_DEEPEST = 100
"""How far a regulation may be nested; what reads it goes down with it."""
_Scalar: TypeAlias = tuple[re.Pattern[str], Callable[[str], Data]]
_REFUSED: _Scalar = re.compile("(?!)"), str
_SCALARS: dict[str, _Scalar] = {
    "tag:yaml.org,2002:str": (re.compile(".*", re.DOTALL), str),
    "tag:yaml.org,2002:int": (re.compile("-?(?:0|[1-9][0-9]{0,17})"), int),
    "tag:yaml.org,2002:float": (re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,9}"), Decimal),
    "tag:yaml.org,2002:bool": (re.compile("true|false"), lambda text: text == "true"),
    "tag:yaml.org,2002:null": (re.compile(".*"), lambda _: None),
    "tag:yaml.org,2002:timestamp": (re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat),
}
