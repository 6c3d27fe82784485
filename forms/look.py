"""What a form looks like in either program: its colours, and which rows and columns are set apart."""

from collections.abc import Mapping
from typing import NamedTuple

from forms.sheet import AnyColumn, Column, DocumentColumn, Style

INK, GREY, NAVY, WHITE, LINE, RED = "202124", "5F6368", "1F3864", "FFFFFF", "B8C2D0", "A61C1C"
"""Colours by their red, green and blue in hexadecimal digits, as everywhere here."""
INPUT = "FFFBE6"
"""Behind the cells that people fill in."""
BACKGROUNDS: Mapping[Style, str] = {
    Style.TITLE: NAVY,
    Style.FACT: "EEF2F8",
    Style.STATUS: WHITE,
    Style.HEADER: "D9E1EE",
    Style.PART: "C9D5E8",
    Style.CATEGORY: "DFE7F2",
    Style.INDICATOR: "F4F6FA",
    Style.TOTAL: "D9E1EE",
}


class Light(NamedTuple):
    """How a cell looks while a highlight holds; without an ink its letters stay as they are."""

    background: str
    ink: str = ""


LIGHTS: Mapping[str, Light] = {
    "missing": Light("FFEFC2"),
    "wrong": Light("F8D3CF", RED),
    "done": Light("EAF5EA"),
    "last_year": Light("E9EEF9", "2F4B8F"),
}

LINES = frozenset({Style.PART, Style.CATEGORY, Style.INDICATOR, Style.TOTAL})
"""The lines of the point table."""
TABLE = LINES | {Style.HEADER, Style.QUESTION}
"""Rows whose cells have lines around them."""
BOLD = LINES | {Style.TITLE, Style.FACT, Style.HEADER}
CENTRED: frozenset[AnyColumn] = frozenset(
    {
        *(Column.NUMBER, Column.MAXIMUM, Column.ANSWER, Column.UNIT, Column.SCORE),
        *(Column.NOT_APPLICABLE, Column.VERIFIED, DocumentColumn.NUMBER, DocumentColumn.DAY),
    }
)
"""Columns whose cells are centred in the table."""
QUIET: frozenset[AnyColumn] = frozenset({Column.HOW, Column.UNIT, Column.EVIDENCE})
"""Columns of which what the form prints there is small and grey in the table."""
