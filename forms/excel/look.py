"""How a form looks in Excel: widths, heights, colours and number formats."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms.excel.measure import lines
from forms.sheet import AnyColumn, Column, Content, DocumentColumn, Formula, Input, Note, Row, Style, Tab
from words import Language

Format = dict[str, Any]

WIDTHS: Mapping[AnyColumn, int] = {
    Column.KEY: 40,
    Column.NUMBER: 48,
    Column.LABEL: 265,
    Column.HOW: 275,
    Column.MAXIMUM: 52,
    Column.ANSWER: 125,
    Column.UNIT: 72,
    Column.EVIDENCE: 190,
    Column.SCORE: 62,
    Column.NOT_APPLICABLE: 82,
    Column.EXPLANATION: 165,
    Column.REMARK: 165,
    Column.VERIFIED: 62,
    Column.VERDICT: 165,
    Column.VALUE: 60,
    Column.SCALE: 60,
    Column.STATE: 60,
    DocumentColumn.KEY: 40,
    DocumentColumn.QUESTION: 330,
    DocumentColumn.NUMBER: 130,
    DocumentColumn.NAME: 430,
    DocumentColumn.DAY: 100,
    DocumentColumn.LINK: 280,
    DocumentColumn.REMARK: 200,
}
"""In pixels."""

FONT = "Times New Roman"
_INK, _GREY, _NAVY, _WHITE, _LINE, _RED = "#202124", "#5F6368", "#1F3864", "#FFFFFF", "#B8C2D0", "#A61C1C"
_INPUT = "#FFFBE6"
_BACKGROUNDS = {
    Style.TITLE: _NAVY,
    Style.FACT: "#EEF2F8",
    Style.STATUS: "#FFFFFF",
    Style.HEADER: "#D9E1EE",
    Style.PART: "#C9D5E8",
    Style.CATEGORY: "#DFE7F2",
    Style.INDICATOR: "#F4F6FA",
    Style.TOTAL: "#D9E1EE",
}
_SIZE = 11
_SIZES = {Style.TITLE: 15, Style.PART: 12, Style.CATEGORY: 12, Style.TOTAL: 12}
_SMALL = 10
_LINES = frozenset({Style.PART, Style.CATEGORY, Style.INDICATOR, Style.TOTAL})
_BOLD = _LINES | {Style.TITLE, Style.FACT, Style.HEADER}
_TABLE = _LINES | {Style.HEADER, Style.QUESTION}
_CENTRED: frozenset[AnyColumn] = frozenset(
    {
        *(Column.NUMBER, Column.MAXIMUM, Column.ANSWER, Column.UNIT, Column.SCORE),
        *(Column.NOT_APPLICABLE, Column.VERIFIED, DocumentColumn.NUMBER, DocumentColumn.DAY),
    }
)
_QUIET: frozenset[AnyColumn] = frozenset({Column.HOW, Column.UNIT, Column.EVIDENCE})
_SAID: frozenset[AnyColumn] = frozenset({Column.REMARK, Column.VERDICT, DocumentColumn.REMARK})
_TEXT = "@"
"""The number format of text, so that neither "1.5" nor "12/03" nor "=1" turns into something else when typed."""
_LONGEST_FORMAT = 120
"""Characters of each text in a number format, of which Excel takes 255 altogether."""
_PADDING, _INDENT, _LINE_HEIGHT, _TALLEST, _GAP = 8, 9, 1.28, 545, 6
"""In pixels but for the height of a line, in sizes of its letters; Excel's rows end at 546."""

LOOKS: Mapping[str, Format] = {
    "missing": {"bg_color": "#FFEFC2"},
    "wrong": {"bg_color": "#F8D3CF", "font_color": _RED},
    "done": {"bg_color": "#EAF5EA"},
    "last_year": {"bg_color": "#E9EEF9", "font_color": "#2F4B8F", "italic": True},
}
"""What changes where a highlight's formula holds."""


def height_of(row: Row, tab: Tab) -> int:
    """A row's height in pixels, with room for every word that stands in it."""
    shown = {column: content for column, content in row.cells.items() if column not in tab.hidden}
    if row.style is Style.STATUS and not any(map(_shown, shown.values())):
        return _GAP
    needed = [_height(row, column, content, _width(row, column, tab)) for column, content in shown.items()]
    return min(max([26 if row.style in _TABLE else 22, *needed]), _TALLEST)


def _height(row: Row, column: AnyColumn, content: Content, width: int) -> int:
    look = format_of(row.style, column, content, "vi")
    room = width - _PADDING - _INDENT * look.get("indent", 0)
    size: int = look["font_size"]
    count = lines(_shown(content), room, size, bold=look["bold"])
    return round(count * size / 0.75 * _LINE_HEIGHT) + (14 if row.style is Style.TITLE else _PADDING)


def _shown(content: Content) -> str:
    match content:
        case Formula(before=before, after=after):
            return f"{before}{content.value}{after}"
        case Input(value=value):
            return value if isinstance(value, str) else ""
        case Note(text=text):
            return text
    return str(content)


def _width(row: Row, first: AnyColumn, tab: Tab) -> int:
    last = row.spans.get(first, first)
    across = tab.columns[tab.columns.index(first) : tab.columns.index(last) + 1]
    return sum(WIDTHS[column] for column in across if column not in tab.hidden)


def format_of(style: Style, column: AnyColumn, content: Content | None, language: Language) -> Format:
    """What XlsxWriter is to make of a cell."""
    is_input = isinstance(content, Input)
    quiet = style in _TABLE and style is not Style.HEADER and column in _QUIET and isinstance(content, str)
    look: Format = {
        "font_name": FONT,
        "font_size": _SMALL if quiet else _SIZES.get(style, _SIZE),
        "font_color": _colour(style, column, quiet=quiet),
        "bold": style in _BOLD and not (quiet or is_input or _is_said(style, column)),
        "bg_color": _background(style, content),
        "align": "center" if style is Style.HEADER or (style in _TABLE and column in _CENTRED) else "left",
        "valign": "top" if style in {Style.QUESTION, Style.INDICATOR} else "vcenter",
        "text_wrap": True,
        "locked": not is_input,
    }
    if style in _TABLE or is_input:
        look |= {"border": 1, "border_color": _LINE}
    if style is Style.QUESTION and column is Column.LABEL:
        look["indent"] = 1
    if number := _number_format(content, language):
        look["num_format"] = number
    return look


def _colour(style: Style, column: AnyColumn, *, quiet: bool) -> str:
    if _is_said(style, column) and column is not Column.VERDICT:
        return _RED
    return _WHITE if style is Style.TITLE else _GREY if quiet else _INK


def _is_said(style: Style, column: AnyColumn) -> bool:
    """Whether the office writes a text there."""
    return column in _SAID and style is not Style.HEADER


def _background(style: Style, content: Content | None) -> str:
    if isinstance(content, Input):
        return _INPUT
    return _BACKGROUNDS.get(style, _WHITE)


def _number_format(content: Content | None, language: Language) -> str:
    match content:
        case Input():
            return _TEXT
        case Formula(digits=int(digits)):
            return points(digits, language)
        case Formula(before=before, after=after):
            return f"{_literal(before)}{_literal(after)}"
        case Decimal():
            return points(max(0, -int(content.as_tuple().exponent)), language)
        case Note(digits=int(digits)):
            return points(digits, language)
    return ""


def points(digits: int, language: Language) -> str:
    """The format of an amount; with the language's tag it has a decimal comma on every computer."""
    places = f".{'0' * digits}" if digits else ""
    return f"[$-42A]#,##0{places}" if language == "vi" else f"#,##0{places}"


def _literal(text: str) -> str:
    plain = " ".join(text.replace('"', "”").split("\n"))
    return f'"{plain[:_LONGEST_FORMAT]}"' if plain else ""


def header_rows(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The rows that are printed again on each page."""
    found = [index for index, row in enumerate(rows) if row.style is Style.HEADER]
    return (found[0], found[-1]) if found else None
