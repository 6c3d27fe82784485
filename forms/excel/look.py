"""How a form looks in Excel: what `forms.look` says of it in XlsxWriter's formats, and the heights of rows."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms.look import LIGHTS, LINE, TABLE, WIDTHS, look_of
from forms.measure import Face, lines
from forms.sheet import DOCUMENTS, AnyColumn, Content, Formula, Input, Note, Row, Sample, Style, Tab
from words import Language

Format = dict[str, Any]

FONT: Face = "Times New Roman"
_SIZE = 11
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
    look = look_of(row.style, column, content)
    room, size = width - _PADDING - _INDENT * look.indented, _SIZE + look.bigger
    count = lines(_shown(content), room, FONT, size, bold=look.bold)
    return round(count * size / 0.75 * _LINE_HEIGHT) + (14 if row.style is Style.TITLE else _PADDING)


def _shown(content: Content) -> str:
    match content:
        case Formula(before=before, after=after):
            return f"{before}{content.value}{after}"
        case Input(value=value):
            return value if isinstance(value, str) else ""
        case Note(text=text) | Sample(text=text):
            return text
    return str(content)


def _width(row: Row, first: AnyColumn, tab: Tab) -> int:
    last = row.spans.get(first, first)
    across = tab.columns[tab.columns.index(first) : tab.columns.index(last) + 1]
    return sum(WIDTHS[column] for column in across if column not in tab.hidden)


def format_of(style: Style, column: AnyColumn, content: Content | None, language: Language) -> Format:
    """What XlsxWriter is to make of a cell."""
    look = look_of(style, column, content)
    is_input = isinstance(content, Input)
    given: Format = {
        "font_name": FONT,
        "font_size": _SIZE + look.bigger,
        "font_color": f"#{look.ink}",
        "bold": look.bold,
        "bg_color": f"#{look.background}",
        "align": "center" if look.centred else "left",
        "valign": "top" if look.top else "vcenter",
        "text_wrap": True,
        "locked": not is_input,
    }
    if style in TABLE or is_input or isinstance(content, Sample):
        given |= {"border": 1, "border_color": f"#{LINE}"}
    if look.indented:
        given["indent"] = 1
    if number := _number_format(content, language):
        given["num_format"] = number
    return given


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
