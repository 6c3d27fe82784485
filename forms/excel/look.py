"""How a form looks in Excel: widths, heights, colours and number formats."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms.excel.measure import lines
from forms.look import BACKGROUNDS, BOLD, CENTRED, GREY, INK, INPUT, LIGHTS, LINE, QUIET, RED, TABLE, WHITE
from forms.sheet import DOCUMENTS, AnyColumn, Column, Content, DocumentColumn, Formula, Input, Note, Row, Style, Tab
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
    DocumentColumn.QUESTION: 290,
    DocumentColumn.NUMBER: 120,
    DocumentColumn.NAME: 360,
    DocumentColumn.DAY: 92,
    DocumentColumn.LINK: 230,
    DocumentColumn.REMARK: 180,
}
"""In pixels."""

FONT = "Times New Roman"
_SIZE = 11
_SIZES = {Style.TITLE: 15, Style.PART: 12, Style.CATEGORY: 12, Style.TOTAL: 12}
_SMALL = 10
_SAID: frozenset[AnyColumn] = frozenset({Column.REMARK, Column.VERDICT, DocumentColumn.REMARK})
_TEXT = "@"
"""The number format of text, so that neither "1.5" nor "12/03" nor "=1" turns into something else when typed."""
_LONGEST_FORMAT = 120
"""Characters of each text in a number format, of which Excel takes 255 altogether."""
_PADDING, _INDENT, _LINE_HEIGHT, _TALLEST, _GAP, _BLANK = 8, 9, 1.28, 545, 6, 21
"""In pixels but for the height of a line, in sizes of its letters; Excel's rows end at 546. Blank rows of the list of
documents are low, so that all of them are one printed page."""

LOOKS: Mapping[str, Format] = {
    name: {
        "bg_color": f"#{light.background}",
        **({"font_color": f"#{light.ink}"} if light.ink else {}),
        **({"italic": True} if name == "last_year" else {}),
    }
    for name, light in LIGHTS.items()
}
"""What changes where a highlight's formula holds."""


def height_of(row: Row, tab: Tab) -> int:
    """A row's height in pixels, with room for every word that stands in it."""
    shown = {column: content for column, content in row.cells.items() if column not in tab.hidden}
    if not any(map(_shown, shown.values())) and (row.style is Style.STATUS or tab.id == DOCUMENTS):
        return _GAP if row.style is Style.STATUS else _BLANK
    needed = [_height(row, column, content, _width(row, column, tab)) for column, content in shown.items()]
    return min(max([26 if row.style in TABLE else 22, *needed]), _TALLEST)


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
    quiet = style in TABLE and style is not Style.HEADER and column in QUIET and isinstance(content, str)
    look: Format = {
        "font_name": FONT,
        "font_size": _SMALL if quiet else _SIZES.get(style, _SIZE),
        "font_color": _colour(style, column, quiet=quiet),
        "bold": style in BOLD and not (quiet or is_input or _is_said(style, column)),
        "bg_color": _background(style, content),
        "align": "center" if style is Style.HEADER or _is_centred(style, column, content) else "left",
        "valign": "top" if style in {Style.QUESTION, Style.INDICATOR} else "vcenter",
        "text_wrap": True,
        "locked": not is_input,
    }
    if style in TABLE or is_input:
        look |= {"border": 1, "border_color": f"#{LINE}"}
    if style is Style.QUESTION and column is Column.LABEL:
        look["indent"] = 1
    if number := _number_format(content, language):
        look["num_format"] = number
    return look


def _is_centred(style: Style, column: AnyColumn, content: Content | None) -> bool:
    is_text = isinstance(content, Input) and content.type == "text"
    return style in TABLE and column in CENTRED and not is_text


def _colour(style: Style, column: AnyColumn, *, quiet: bool) -> str:
    if _is_said(style, column) and column is not Column.VERDICT:
        return f"#{RED}"
    return f"#{WHITE if style is Style.TITLE else GREY if quiet else INK}"


def _is_said(style: Style, column: AnyColumn) -> bool:
    """Whether the office writes a text there."""
    return column in _SAID and style is not Style.HEADER


def _background(style: Style, content: Content | None) -> str:
    return f"#{INPUT if isinstance(content, Input) else BACKGROUNDS.get(style, WHITE)}"


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
