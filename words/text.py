"""A message before it has a language: the id of a catalogue entry and the values it speaks of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias, Union

Value: TypeAlias = Union[str, int, Decimal, date, datetime, "Text", "Series", "tuple[Value, ...]"]


@dataclass(frozen=True, slots=True)
class Text:
    """What to say: a catalogue id ("scoring.ratio") and typed values for its placeholders.

    Values keep their type until a language is known: a `Decimal` is printed with the digits it carries, a `date`
    and an aware `datetime` as they stand, a `Text` in the same language, a tuple as lines.
    A value named `n` chooses the plural form where the entry has one.
    """

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __init__(self, id: str, /, **values: Value) -> None:  # noqa: A002 - the field's own name
        object.__setattr__(self, "id", id)
        object.__setattr__(self, "values", values)

    def __hash__(self) -> int:
        """Equal texts have the same id; values may be many and nested."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Series:
    """Values that stand in one line, separated by commas."""

    items: tuple[Value, ...]


def dump(value: Value) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Return the JSON form of a value, which `load` turns back into an equal one."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, Text):
        return {"text": value.id, "values": {name: dump(each) for name, each in value.values.items()}}
    if isinstance(value, Series):
        return {"series": [dump(each) for each in value.items]}
    if isinstance(value, tuple):
        return {"lines": [dump(each) for each in value]}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return {"datetime" if isinstance(value, datetime) else "date": value.isoformat()}


def load(document: Any) -> Value:  # noqa: ANN401 - JSON has no narrower type
    """Return the value that `dump` wrote."""
    if isinstance(document, str | int):
        return document
    if "text" in document:
        return Text(document["text"], **{name: load(each) for name, each in document["values"].items()})
    ((kind, content),) = document.items()
    return _LOADERS[kind](content)


_LOADERS: dict[str, Callable[[Any], Value]] = {
    "series": lambda content: Series(tuple(load(each) for each in content)),
    "lines": lambda content: tuple(load(each) for each in content),
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
}
