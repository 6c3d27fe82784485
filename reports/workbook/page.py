"""A sheet of the workbook to write on: texts that stay texts, amounts, and sums that carry their value."""

import textwrap
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from words import Language, Text, say

A4 = 9
ROW_HEIGHT, LINE_HEIGHT = 18, 16
MOST_LINES = 25
"""Excel's rows end at 409 points."""

_BOX = {"border": 1, "border_color": "#9AA5B1", "valign": "vcenter"}
_HEAD = {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E4EAF1"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "organ": {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "title": {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "font_size": 14},
    "subtitle": {"italic": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "head": _HEAD,
    "unit_head": {**_HEAD, "rotation": 90},
    "maximum": {**_BOX, "italic": True, "align": "center", "bg_color": "#F4F6F9"},
    "cell": {**_BOX, "text_wrap": True, "indent": 1},
    "centred": {**_BOX, "align": "center"},
    "rank": {**_BOX, "align": "center", "num_format": "0"},
    "points": {**_BOX, "align": "right", "indent": 1},
    "strong": {**_BOX, "bold": True, "text_wrap": True, "indent": 1, "bg_color": "#F4F6F9"},
    "sum": {**_BOX, "bold": True, "align": "right", "indent": 1, "bg_color": "#F4F6F9"},
    "line": {"bold": True},
    "heading": {"bold": True, "valign": "top", "text_wrap": True},
    "note": {"valign": "top", "text_wrap": True},
}


class Book:
    """The workbook that is being written: its language, its number format, its styles by name."""

    def __init__(self, workbook: Workbook, language: Language, digits: int) -> None:
        self.language = language
        self._workbook = workbook
        places = f".{'0' * digits}" if digits else ""
        # The language tag makes LibreOffice print the decimal comma whatever the computer's own language.
        number = f"[$-42A]#,##0{places}" if language == "vi" else f"#,##0{places}"
        self._formats = {
            name: workbook.add_format({"font_name": "Times New Roman", "font_size": 12, "num_format": number, **style})
            for name, style in _STYLES.items()
        }

    def say(self, text: Text) -> str:
        """The text in the workbook's language."""
        return say(text, self.language)

    def page(self, name: str, widths: Sequence[int]) -> "Page":
        """Add a sheet with columns of these widths: A4 landscape, the page number below."""
        sheet = self._workbook.add_worksheet(sheet_name(name, [each.name for each in self._workbook.worksheets()]))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer(f"&C{self.say(Text('reports.page'))} &P/&N")
        return Page(self, sheet, self._formats, widths)


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """Return the name as Excel takes it: 31 characters, some of them forbidden, no two names alike."""
    plain = " ".join("".join(" " if each in "[]:*?/\\'" else each for each in name).split())
    short = plain if len(plain) <= 31 else f"{plain[:30]}…"  # noqa: PLR2004 - Excel's own limit
    return short if short.casefold() not in {each.casefold() for each in taken} else f"{short[:27]} {len(taken) + 1}"


class Page:
    """One sheet. Rows and columns count from 0; styles go by name."""

    def __init__(self, book: Book, sheet: Worksheet, formats: Mapping[str, Any], widths: Sequence[int]) -> None:
        """`widths` are the columns' widths in letters; rows grow with the words that are wrapped in them."""
        self.book = book
        self.sheet = sheet
        self._formats = formats
        self._widths = widths
        self._lines: dict[int, int] = {}
        sheet.set_default_row(ROW_HEIGHT)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def text(self, row: int, column: int, text: str | Text, style: str = "cell") -> None:
        """Write words; whatever they look like, they never become a formula or a link. Excel's own limit cuts them."""
        self._text(row, column, text, style, self._widths[column])

    def across(self, row: int, columns: tuple[int, int], text: str | Text, style: str) -> None:
        """Write words over several columns, first and last included."""
        first, last = columns
        self.sheet.merge_range(row, first, row, last, "", self._formats[style])
        self._text(row, first, text, style, sum(self._widths[first : last + 1]))

    def _text(self, row: int, column: int, text: str | Text, style: str, width: int) -> None:
        words = self.book.say(text) if isinstance(text, Text) else text
        self.sheet.write_string(row, column, words, self._formats[style])
        if _STYLES[style].get("text_wrap") and "rotation" not in _STYLES[style]:
            # Merged cells never grow by themselves, and LibreOffice lets no row grow that it did not type itself.
            lines = min(len(textwrap.wrap(words, max(width - 2, 1))), MOST_LINES)
            if lines > self._lines.get(row, 1):
                self._lines[row] = lines
                self.sheet.set_row(row, ROW_HEIGHT + (lines - 1) * LINE_HEIGHT)

    def count(self, row: int, column: int, count: int) -> None:
        """Write a whole number, such as a rank."""
        self.sheet.write_number(row, column, count, self._formats["rank"])

    def amount(self, row: int, column: int, amount: Decimal, style: str = "points") -> None:
        """Write an amount of points."""
        self.sheet.write_number(row, column, amount, self._formats[style])

    def sum(self, row: int, column: int, ranges: Sequence[str], value: Decimal) -> None:
        """Write the sum of ranges ("C8:G8") as a formula, with its value for viewers that do not compute."""
        self.sheet.write_formula(row, column, f"=SUM({','.join(ranges)})", self._formats["sum"], value)
