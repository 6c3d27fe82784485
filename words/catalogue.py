"""The catalogues, and the one function that turns a Text into words.

Each package has a file of its own, `locale/<language>/<package>.po`, whose ids start with the package's name.
They are read as they stand (no compiled copy that could be stale), once a language, when the first word is needed.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal, get_args

from words.numbers import format_number
from words.text import Series, Text, Value

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Escape = Callable[[str], str]


def say(text: Text, language: Language, escape: Escape = str) -> str:
    """Return the text in the language; `escape` is applied to the values (not to the catalogue's own words).

    Raises KeyError for an id or a value that the catalogue does not have: a defect of ours, not of people's data.
    """
    entry = catalogue(language)[text.id]
    spoken = {name: _say_value(value, language, escape) for name, value in text.values.items()}
    return _form(entry, text.values.get("n")).format_map(spoken)


def _form(entry: tuple[str, ...], count: Value | None) -> str:
    return entry[-1] if len(entry) == 1 or count != 1 else entry[0]


def _say_value(value: Value, language: Language, escape: Escape) -> str:
    match value:
        case Text():
            return say(value, language, escape)
        case Series(items):
            return ", ".join(_say_value(item, language, escape) for item in items)
        case tuple():
            return "\n".join(_say_value(item, language, escape) for item in value)
        case str():
            return escape(value)
        case int() | Decimal():
            return format_number(value, language)
        case datetime():
            return f"{value:%H:%M} {_say_date(value, language)}"
        case date():
            return _say_date(value, language)


def _say_date(day: date, language: Language) -> str:
    return f"{day:%d/%m/%Y}" if language == "vi" else f"{day.day} {day:%b %Y}"


@cache
def catalogue(language: Language) -> dict[str, tuple[str, ...]]:
    """Return every entry of a language by id: one form, or the singular and the plural."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - needed only once words are spoken

    entries: dict[str, tuple[str, ...]] = {}
    for file in sorted(files("words").joinpath("locale", language).iterdir(), key=lambda each: each.name):
        for message in read_po(BytesIO(file.read_bytes()), locale=language, abort_invalid=True):
            if message.id:
                forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
                key = message.id[0] if isinstance(message.id, tuple | list) else message.id
                entries[str(key)] = tuple(str(form) for form in forms)
    return entries
