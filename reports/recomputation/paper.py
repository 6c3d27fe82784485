"""A laid-out sheet written into the workbook, row by row, so that a country's communes need no more memory than one."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.recomputation.sheet import (
    BASES,
    FIRST_UNIT,
    LABELS,
    NUMBERS,
    ROW,
    TOPS,
    Column,
    Formula,
    Sheet,
    Value,
)
from reports.recomputation.wording import Wording

A3 = 8
HEIGHTS = {NUMBERS: 32, LABELS: 125, BASES: 32, TOPS: 32}
ROW_HEIGHT = 18
PRINT_SCALE = 70

_BOX = {"border": 1, "border_color": "#9AA5B1", "valign": "vcenter"}
_NUMBER = {**_BOX, "align": "right", "indent": 1}
_HEAD = {**_BOX, "align": "center", "text_wrap": True, "bg_color": "#E4EAF1"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "hint": {"italic": True},
    "heading": {"bold": True, "valign": "top", "text_wrap": True},
    "note": {"valign": "top", "text_wrap": True},
    "head": {**_HEAD, "bold": True},
    "small_head": {**_HEAD, "italic": True, "font_size": 10},
    "cell": {**_BOX, "text_wrap": True, "indent": 1},
    "text": {**_BOX, "indent": 1},
    "number": _NUMBER,
    "helper": {**_NUMBER, "font_color": "#5B6770", "italic": True},
    "category": {**_NUMBER, "bg_color": "#F4F6F9", "bold": True},
    "total": {**_NUMBER, "bg_color": "#E4EAF1", "bold": True},
}


class _PlainWorksheet(Worksheet):  # type: ignore[misc] # XlsxWriter comes without types
    """A worksheet that takes formulas as they are.

    XlsxWriter looks through each formula for dozens of new functions, which ours do not have: at a country's scale that
    takes minutes, and would change a choice's label that looks like one.
    """

    def _prepare_formula(self, formula: str, *_: bool) -> str:
        return formula.removeprefix("=")


class Paper:
    """The workbook that is being written, with its styles."""

    def __init__(self, workbook: Workbook, wording: Wording) -> None:
        self.wording = wording
        self._workbook = workbook
        self._formats: dict[tuple[str, int], Format] = {}

    def style(self, name: str, digits: int = 0) -> Format:
        """Return a style whose numbers have these digits."""
        if (name, digits) not in self._formats:
            places = f".{'0' * digits}" if digits else ""
            # The language tag makes LibreOffice print the decimal comma whatever the computer's own language.
            tag = "[$-42A]" if self.wording.language == "vi" else ""
            font = {"font_name": "Times New Roman", "font_size": 11, "num_format": f"{tag}#,##0{places}"}
            self._formats[name, digits] = self._workbook.add_format({**font, **_STYLES[name]})
        return self._formats[name, digits]

    def page(self, name: str) -> Worksheet:
        """Add a sheet: landscape, the page number below."""
        page = self._workbook.add_worksheet(name, _PlainWorksheet)
        page.set_landscape()
        page.set_paper(A3)
        page.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
        page.set_footer(f"&L{name}&C{self.wording.say('reports.page')} &P/&N")
        return page

    def write(self, sheet: Sheet) -> None:
        """Add a laid-out sheet."""
        page = self.page(sheet.name)
        page.freeze_panes(FIRST_UNIT, sheet.frozen)
        page.repeat_rows(NUMBERS, TOPS)
        page.repeat_columns(0, sheet.frozen - 1)
        page.set_print_scale(PRINT_SCALE)
        page.set_default_row(ROW_HEIGHT)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width)
        self._write_head(page, sheet)
        styles = [self.style(column.style, column.digits) for column in sheet.columns]
        formulas = [column.formula for column in sheet.columns]
        rows = zip(*(column.values for column in sheet.columns), strict=True)
        for row, values in enumerate(rows, start=FIRST_UNIT):
            number = str(row + 1)
            for place, (value, formula, style) in enumerate(zip(values, formulas, styles, strict=True)):
                _write(page, row, place, Formula(formula.replace(ROW, number), value) if formula else value, style)

    def _write_head(self, page: Worksheet, sheet: Sheet) -> None:
        page.write_string(0, 0, sheet.title, self.style("title"))
        page.write_string(1, 0, sheet.hint, self.style("hint"))
        for row, height in HEIGHTS.items():
            page.set_row(row, height)
            for place, column in enumerate(sheet.columns):
                self._write_in_head(page, row, place, column)

    def _write_in_head(self, page: Worksheet, row: int, place: int, column: Column) -> None:
        head = column.head
        words = {NUMBERS: head.number, LABELS: head.label, BASES: head.basis}
        if row != TOPS:
            page.write_string(row, place, words[row], self.style("small_head" if row == BASES else "head"))
        elif isinstance(head.top, str):
            page.write_string(row, place, head.top, self.style("small_head"))
        else:
            _write(page, row, place, head.top, self.style("head", column.digits))


def _write(page: Worksheet, row: int, place: int, value: Value | Formula, style: Format) -> None:
    """Write a cell; people's words stay words whatever they look like, and "" leaves the cell empty."""
    match value:
        case Formula(text, result):
            page.write_formula(row, place, f"={text}", style, result)
        case "":
            page.write_blank(row, place, None, style)
        case str():
            page.write_string(row, place, value, style)
        case _:
            page.write_number(row, place, value, style)
