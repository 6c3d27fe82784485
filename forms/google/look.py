"""How a form looks in Google Sheets: widths, heights, colours and number formats."""

from collections.abc import Set as AbstractSet
from typing import Any

from forms.sheet import Column, Content, Formula, Input, Row, Style

Format = dict[str, Any]

WIDTHS = {
    Column.KEY: 40,
    Column.NUMBER: 44,
    Column.LABEL: 290,
    Column.HOW: 310,
    Column.MAXIMUM: 56,
    Column.ANSWER: 120,
    Column.UNIT: 78,
    Column.EVIDENCE: 220,
    Column.SCORE: 66,
    Column.NOT_APPLICABLE: 104,
    Column.REASON: 150,
    Column.VALUE: 60,
    Column.SCALE: 60,
}
"""In pixels."""

_INK, _GREY, _NAVY, _WHITE, _LINE = "202124", "5F6368", "1F3864", "FFFFFF", "C3CAD5"
_INPUT = "FFF7DB"
_BACKGROUNDS = {
    Style.TITLE: _NAVY,
    Style.FACT: "EEF2F8",
    Style.HEADER: "D9E1EE",
    Style.PART: "CFD9EA",
    Style.CATEGORY: "E3E9F3",
    Style.INDICATOR: "F6F8FB",
    Style.TOTAL: "D9E1EE",
}
_SIZES = {Style.TITLE: 13, Style.PART: 11, Style.CATEGORY: 11, Style.TOTAL: 11}
_LINES = frozenset({Style.PART, Style.CATEGORY, Style.INDICATOR, Style.TOTAL})
_BOLD = _LINES | {Style.TITLE, Style.FACT, Style.HEADER}
_TABLE = _LINES | {Style.HEADER, Style.QUESTION}
_CENTRED = frozenset({Column.NUMBER, Column.MAXIMUM, Column.ANSWER, Column.UNIT, Column.SCORE, Column.NOT_APPLICABLE})
_QUIET = frozenset({Column.HOW, Column.UNIT, Column.EVIDENCE})
_INPUT_FORMATS = {
    # As text, for the service would make the first of May of 1.5 and a number of 85 %.
    "integer": {"type": "TEXT"},
    "decimal": {"type": "TEXT"},
    "date": {"type": "DATE", "pattern": "dd/mm/yyyy"},
    # As text, so that neither "12/03" nor "=1" that somebody types turns into something else.
    "text": {"type": "TEXT"},
}
_CHARACTER = 7.5  # the width of an average one, in pixels
_BORDERS = ("top", "bottom", "left", "right")


def height_of(row: Row, hidden: AbstractSet[Column]) -> int | None:
    """A row's height in pixels, None where the service fits it to the text (it cannot for texts across columns)."""
    if not row.spans:
        return None
    lines = max(_lines(row.cells.get(first), _width(first, last, hidden)) for first, last in row.spans.items())
    return 36 if row.style is Style.TITLE else 9 + 17 * lines


def _width(first: Column, last: Column, hidden: AbstractSet[Column]) -> int:
    across = [column for column in Column if first.position <= column.position <= last.position]
    return sum(WIDTHS[column] for column in across if column not in hidden)


def _lines(content: Content | None, width: int) -> int:
    text = f"{content.before}{content.after}" if isinstance(content, Formula) else str(content or "")
    return 1 + round(len(text) * _CHARACTER) // width


def format_of(style: Style, column: Column, content: Content | None) -> Format:
    """The CellFormat of a cell."""
    is_input = isinstance(content, Input)
    look: Format = {
        "backgroundColor": _colour(_INPUT if is_input else _BACKGROUNDS.get(style, _WHITE)),
        "textFormat": _text_format(style, column, content),
        "horizontalAlignment": _alignment(style, column),
        "verticalAlignment": "TOP" if style in {Style.GUIDE, Style.QUESTION, Style.INDICATOR} else "MIDDLE",
        "wrapStrategy": "WRAP",
        "padding": {"top": 3, "right": 5, "bottom": 3, "left": _indent(style, column)},
    }
    if style in _TABLE:
        look["borders"] = {side: {"style": "SOLID", "color": _colour(_LINE)} for side in _BORDERS}
    if isinstance(content, Input) and content.type in _INPUT_FORMATS:
        look["numberFormat"] = _INPUT_FORMATS[content.type]
    elif isinstance(content, Formula) and (pattern := _pattern(content)):
        look["numberFormat"] = {"type": "NUMBER", "pattern": pattern}
    return look


def _text_format(style: Style, column: Column, content: Content | None) -> Format:
    quiet = style in _TABLE and style is not Style.HEADER and column in _QUIET and isinstance(content, str)
    colour = _WHITE if style is Style.TITLE else _GREY if quiet else _INK
    return {
        "fontFamily": "Arial",
        "fontSize": 9 if quiet else _SIZES.get(style, 10),
        "bold": style in _BOLD and not quiet and not isinstance(content, Input),
        "foregroundColor": _colour(colour),
    }


def _alignment(style: Style, column: Column) -> str:
    return "CENTER" if style is Style.HEADER or (style in _TABLE and column in _CENTRED) else "LEFT"


def _indent(style: Style, column: Column) -> int:
    return 18 if style is Style.QUESTION and column is Column.LABEL else 5


def _pattern(formula: Formula) -> str:
    number = "" if formula.digits is None else "#,##0." + "0" * formula.digits if formula.digits else "#,##0"
    before, after = (f'"{text}"' if text else "" for text in (formula.before, formula.after))
    return f"{before}{number}{after}"


def _colour(code: str) -> dict[str, float]:
    return {name: part / 255 for name, part in zip(("red", "green", "blue"), bytes.fromhex(code), strict=True)}
