"""How a form looks in Google Sheets: what `forms.look` says of it in the service's formats, and the heights of rows."""

from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any

from forms.look import INK, LIGHTS, LINE, TABLE, WHITE, WIDTHS, look_of
from forms.measure import lines
from forms.sheet import AnyColumn, Content, Formula, Input, Note, Row, Sample, Style

Format = dict[str, Any]

_SIZE, _BOX = 10, 14
_LINE_HEIGHT = 1.7
"""In sizes of the letters: what the service takes for a line of them, and a little more."""
_ABOVE_AND_BELOW, _BESIDE, _INDENT = 9, 10, 18
"""In pixels: the padding of a cell, and a line around it."""
_LEAST = {Style.TITLE: 30, Style.STATUS: 26}
_INPUT_FORMATS = {
    # As text, for the service would make the first of May of 1.5 and a number of 85 %.
    "integer": {"type": "TEXT"},
    "decimal": {"type": "TEXT"},
    "date": {"type": "DATE", "pattern": "dd/mm/yyyy"},
    # As text, so that neither "12/03" nor "=1" that somebody types turns into something else.
    "text": {"type": "TEXT"},
}


def height_of(row: Row, hidden: AbstractSet[AnyColumn]) -> int | None:
    """A row's height in pixels, None where the service fits it to the text (it cannot for texts across columns)."""
    if not row.spans:
        return None
    needed = (_height(row, first, _across(first, last, hidden)) for first, last in row.spans.items())
    return max(*needed, _LEAST.get(row.style, 0))


def _height(row: Row, first: AnyColumn, width: int) -> int:
    content = row.cells.get(first)
    look = look_of(row.style, first, content)
    size = _SIZE + look.bigger
    count = lines(_shown(content), width - _BESIDE, "Arial", size, bold=look.bold)
    return _ABOVE_AND_BELOW + round(size * _LINE_HEIGHT * count)


def _across(first: AnyColumn, last: AnyColumn, hidden: AbstractSet[AnyColumn]) -> int:
    columns = (each for each in WIDTHS if type(each) is type(first) and each not in hidden)
    return sum(WIDTHS[each] for each in columns if first.position <= each.position <= last.position)


def _shown(content: Content | None) -> str:
    match content:
        case Formula(before=before, after=after, value=value):
            return f"{before}{value}{after}"
        case Note(text=text) | Sample(text=text) | str(text):
            return text
    return ""


def format_of(style: Style, column: AnyColumn, content: Content | None) -> Format:
    """The CellFormat of a cell, without what is so by itself: Arial of 10 points on white, without lines."""
    look = look_of(style, column, content)
    is_box = isinstance(content, Input) and content.type == "box"
    size = _BOX if is_box else _SIZE + look.bigger
    given: Format = {
        "textFormat": {
            **({"fontSize": size} if size != _SIZE else {}),
            **({"bold": True} if look.bold else {}),
            **({"foregroundColor": _colour(look.ink)} if look.ink != INK else {}),
        },
        "horizontalAlignment": "CENTER" if look.centred else "LEFT",
        "verticalAlignment": "TOP" if look.top else "MIDDLE",
        "wrapStrategy": "WRAP",
        "padding": {"top": 3, "right": 5, "bottom": 3, "left": _INDENT if look.indented else 5},
    }
    if look.background != WHITE:
        given["backgroundColor"] = _colour(look.background)
    if isinstance(content, Input) and content.type in _INPUT_FORMATS:
        given["numberFormat"] = _INPUT_FORMATS[content.type]
    elif pattern := _pattern(content):
        given["numberFormat"] = {"type": "NUMBER", "pattern": pattern}
    return given


def is_ruled(row: Row) -> bool:
    """Whether there are lines around the row's cells."""
    return row.style in TABLE


def line() -> Format:
    """The Border between such cells."""
    return {"style": "SOLID", "color": _colour(LINE)}


def highlighted(look: str) -> Format:
    """What a cell looks like while its highlight holds."""
    light = LIGHTS[look]
    ink = {"textFormat": {"foregroundColor": _colour(light.ink)}} if light.ink else {}
    return {"backgroundColor": _colour(light.background), **ink}


def _pattern(content: Content | None) -> str:
    match content:
        case Formula(before=before, after=after, digits=digits):
            return f"{_literal(before)}{_points(digits)}{_literal(after)}"
        case Note(digits=digits):
            return _points(digits)
        case Decimal():
            return _points(max(0, -int(content.as_tuple().exponent)))
    return ""


def _points(digits: int | None) -> str:
    return "" if digits is None else "#,##0." + "0" * digits if digits else "#,##0"


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""


def _colour(code: str) -> dict[str, float]:
    return {
        name: round(part / 255, 4) for name, part in zip(("red", "green", "blue"), bytes.fromhex(code), strict=True)
    }
