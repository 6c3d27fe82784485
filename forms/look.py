"""What a form looks like in either program: widths, colours, and what is set apart; letters are each program's own."""

from collections.abc import Mapping
from typing import NamedTuple

from campaign.ports import FormNotes
from forms.sheet import AFTERWARDS, BEFOREHAND, AnyColumn, Column, Content, DocumentColumn, Input, Sample, Style

INK, GREY, NAVY, WHITE, LINE, RED, GREEN = "202124", "5F6368", "1F3864", "FFFFFF", "B8C2D0", "A61C1C", "1B5E20"
"""Colours by their red, green and blue in hexadecimal digits, as everywhere here."""
INPUT = "FFFBE6"
"""Behind the cells that people fill in."""
_BACKGROUNDS: Mapping[Style, str] = {
    Style.TITLE: NAVY,
    Style.FACT: "EEF2F8",
    Style.LETTER: "EEF2F8",
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
    "unlikely": Light("EBDFF6", "5B2C83"),
    "done": Light("EAF5EA"),
    "last_year": Light("E9EEF9", "2F4B8F"),
}
_SAMPLES = {**LIGHTS, "input": Light(INPUT)}

WIDTHS: Mapping[AnyColumn, int] = {
    Column.KEY: 40,
    Column.NUMBER: 48,
    Column.LABEL: 245,
    Column.HOW: 240,
    Column.MAXIMUM: 52,
    Column.ANSWER: 120,
    Column.UNIT: 70,
    Column.EVIDENCE: 170,
    Column.SCORE: 62,
    Column.NOT_APPLICABLE: 84,
    Column.EXPLANATION: 158,
    Column.REMARK: 190,
    Column.VERIFIED: 84,
    Column.VERDICT: 190,
    Column.VALUE: 60,
    Column.SCALE: 60,
    Column.STATE: 60,
    Column.RECEIVED: 190,
    DocumentColumn.KEY: 40,
    DocumentColumn.QUESTION: 290,
    DocumentColumn.NUMBER: 120,
    DocumentColumn.NAME: 340,
    DocumentColumn.DAY: 96,
    DocumentColumn.LINK: 220,
    DocumentColumn.REMARK: 180,
}
"""In pixels. The window of a small laptop (1366 across) shows all that people fill in."""

_LINES = frozenset({Style.PART, Style.CATEGORY, Style.INDICATOR, Style.TOTAL})
"""The lines of the point table."""
TABLE = _LINES | {Style.HEADER, Style.QUESTION}
"""Rows whose cells have lines around them."""
_BOLD = _LINES | {Style.TITLE, Style.FACT, Style.HEADER}
_BIGGER: Mapping[Style, int] = {Style.TITLE: 4, Style.PART: 1, Style.CATEGORY: 1, Style.TOTAL: 1}
_CENTRED: frozenset[AnyColumn] = frozenset(
    {
        *(Column.NUMBER, Column.MAXIMUM, Column.ANSWER, Column.UNIT, Column.SCORE),
        *(Column.NOT_APPLICABLE, Column.VERIFIED, DocumentColumn.NUMBER, DocumentColumn.DAY),
    }
)
"""Columns whose cells are centred in the table, but for the texts that people write."""
_QUIET: frozenset[AnyColumn] = frozenset({Column.HOW, Column.UNIT, Column.EVIDENCE})
"""Columns of which what the form prints there is small and grey."""
_INKS: Mapping[AnyColumn, str] = {Column.REMARK: RED, DocumentColumn.REMARK: RED, Column.VERIFIED: GREEN}
_SAID = frozenset({Column.REMARK, Column.VERDICT, Column.RECEIVED, DocumentColumn.REMARK})
"""Columns in which the office writes texts: plain in every line."""


def unseen(notes: FormNotes) -> frozenset[AnyColumn]:
    """The columns of the office that are not shown, for there is nothing in them (yet, or any more)."""
    unseen = frozenset[AnyColumn]() if notes.received else frozenset({Column.RECEIVED})
    if not (notes.verified or notes.verdicts):
        return unseen | AFTERWARDS
    return unseen if notes.remarks or notes.doubts else unseen | BEFOREHAND


class Look(NamedTuple):
    """How a cell looks, in whatever letters; `bigger` is by how many points they are larger than the usual ones."""

    background: str
    ink: str
    bold: bool
    bigger: int
    centred: bool
    top: bool
    indented: bool


def look_of(style: Style, column: AnyColumn, content: Content | None) -> Look:
    """Return how a cell of such a row looks."""
    is_head = style is Style.HEADER
    quiet = style in _QUIETED and column in _QUIET and isinstance(content, str)
    said = column in _SAID and not is_head
    background, ink = _colours(style, column, content)
    return Look(
        background=background,
        ink=GREY if quiet else ink,
        bold=style in _BOLD and not (quiet or said or isinstance(content, Input)),
        bigger=-1 if quiet else _BIGGER.get(style, 0),
        centred=is_head or isinstance(content, Sample) or _is_centred(style, column, content),
        top=style in {Style.QUESTION, Style.INDICATOR},
        indented=style is Style.QUESTION and column is Column.LABEL,
    )


_QUIETED = TABLE - {Style.HEADER} | {Style.FACT}


def _colours(style: Style, column: AnyColumn, content: Content | None) -> tuple[str, str]:
    match content:
        case Sample(look=look):
            return _SAMPLES[look].background, _SAMPLES[look].ink or INK
        case Input():
            return INPUT, INK
    ink = WHITE if style is Style.TITLE else INK
    if style in TABLE - {Style.HEADER}:
        ink = _INKS.get(column, INK)
    return _BACKGROUNDS.get(style, WHITE), ink


def _is_centred(style: Style, column: AnyColumn, content: Content | None) -> bool:
    match content:
        case Input(type="box"):
            return True
        case Input(type="text"):
            return False
    return style in TABLE and column in _CENTRED
