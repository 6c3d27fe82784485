"""How a form looks in Google Sheets: widths, heights, colours and number formats."""

from typing import Any

from forms.look import BACKGROUNDS, BOLD, CENTRED, GREY, INPUT, LIGHTS, LINE, QUIET, RED, TABLE, WHITE
from forms.sheet import AnyColumn, Column, Content, DocumentColumn, Formula, Input, Note, Row, Style, Tab

Format = dict[str, Any]

_WIDTHS: dict[AnyColumn, int] = {
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
    Column.EXPLANATION: 200,
    Column.REMARK: 220,
    Column.VERIFIED: 72,
    Column.VERDICT: 220,
    Column.VALUE: 60,
    Column.SCALE: 60,
    Column.STATE: 40,
    DocumentColumn.KEY: 40,
    DocumentColumn.QUESTION: 300,
    DocumentColumn.NUMBER: 130,
    DocumentColumn.NAME: 360,
    DocumentColumn.DAY: 100,
    DocumentColumn.LINK: 240,
    DocumentColumn.REMARK: 220,
}
"""In pixels."""

_VERIFIED = "1B5E20"
_SIZES = {Style.TITLE: 13, Style.PART: 11, Style.CATEGORY: 11, Style.TOTAL: 11}
_INPUT_FORMATS = {
    # As text, for the service would make the first of May of 1.5 and a number of 85 %.
    "integer": {"type": "TEXT"},
    "decimal": {"type": "TEXT"},
    "date": {"type": "DATE", "pattern": "dd/mm/yyyy"},
    # As text, so that neither "12/03" nor "=1" that somebody types turns into something else.
    "text": {"type": "TEXT"},
}
_CHARACTER = 7.5  # the width of an average one, in pixels


def width_of(column: AnyColumn) -> int:
    """A column's width in pixels."""
    return _WIDTHS[column]


def height_of(row: Row, tab: Tab) -> int | None:
    """A row's height in pixels, None where the service fits it to the text (it cannot for texts across columns)."""
    if not row.spans:
        return None
    lines = max(_lines(row.cells.get(first), _across(first, last, tab)) for first, last in row.spans.items())
    if row.style is Style.STATUS:
        lines = max(lines, 2)  # what comes to stand there is longer
    return 36 if row.style is Style.TITLE else 9 + 17 * lines


def _across(first: AnyColumn, last: AnyColumn, tab: Tab) -> int:
    columns = tab.columns[first.position : last.position + 1]
    return sum(_WIDTHS[column] for column in columns if column not in tab.hidden)


def _lines(content: Content | None, width: int) -> int:
    match content:
        case Formula(before=before, after=after, value=value):
            text = f"{before}{value}{after}"
        case Note(text=text) | str(text):
            pass
        case _:
            text = ""
    return 1 + round(len(text) * _CHARACTER) // width


def format_of(style: Style, column: AnyColumn, content: Content | None) -> Format:
    """The CellFormat of a cell, without what is so by itself: Arial of 10 points on white, without lines."""
    is_input = isinstance(content, Input)
    look: Format = {
        "textFormat": _text_format(style, column, content),
        "horizontalAlignment": _alignment(style, column),
        "verticalAlignment": "TOP" if style in {Style.GUIDE, Style.QUESTION, Style.INDICATOR} else "MIDDLE",
        "wrapStrategy": "WRAP",
        "padding": {"top": 3, "right": 5, "bottom": 3, "left": _indent(style, column)},
    }
    if background := INPUT if is_input else BACKGROUNDS.get(style):
        look["backgroundColor"] = _colour(background)
    if isinstance(content, Input) and content.type in _INPUT_FORMATS:
        look["numberFormat"] = _INPUT_FORMATS[content.type]
    elif isinstance(content, Formula | Note) and (pattern := _pattern(content)):
        look["numberFormat"] = {"type": "NUMBER", "pattern": pattern}
    return look


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


def _text_format(style: Style, column: AnyColumn, content: Content | None) -> Format:
    quiet = style in TABLE and style is not Style.HEADER and column in QUIET and isinstance(content, str)
    size = 9 if quiet else _SIZES.get(style)
    bold = style in BOLD and not quiet and not isinstance(content, Input)
    ink = GREY if quiet else _ink(style, column, content)
    return {
        **({"fontSize": size} if size else {}),
        **({"bold": True} if bold else {}),
        **({"foregroundColor": _colour(ink)} if ink else {}),
    }


def _ink(style: Style, column: AnyColumn, content: Content | None) -> str | None:
    if isinstance(content, Note) and style in TABLE:
        return _VERIFIED if column is Column.VERIFIED else RED
    return WHITE if style is Style.TITLE else None


def _alignment(style: Style, column: AnyColumn) -> str:
    return "CENTER" if style is Style.HEADER or (style in TABLE and column in CENTRED) else "LEFT"


def _indent(style: Style, column: AnyColumn) -> int:
    return 18 if style is Style.QUESTION and column is Column.LABEL else 5


def _pattern(content: Formula | Note) -> str:
    number = "" if content.digits is None else "#,##0." + "0" * content.digits if content.digits else "#,##0"
    if isinstance(content, Note):
        return number
    before, after = (f'"{text}"' if text else "" for text in (content.before, content.after))
    return f"{before}{number}{after}"


def _colour(code: str) -> dict[str, float]:
    return {
        name: round(part / 255, 4) for name, part in zip(("red", "green", "blue"), bytes.fromhex(code), strict=True)
    }
