"""A sheet of the workbook to write on: texts that stay texts, amounts, and sums that carry their value."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from scoring import Rounding
from words import Language, Text, say

A4 = 9
ROW_HEIGHT, LINE_HEIGHT = 18, 16
MOST_LINES = 25
"""Excel's rows end at 409 points."""
_CAPITAL, _BOLD = 1.4, 1.1
"""How much wider than others capital letters are, and bold ones."""
_NOISE_DIGITS = 9  # binary numbers are exact to many more; what is beyond is no part of an amount

_BOX = {"border": 1, "border_color": "#9AA5B1", "valign": "vcenter"}
_HEAD = {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E4EAF1"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "organ": {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "title": {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "font_size": 14},
    "subtitle": {"italic": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "head": _HEAD,
    "unit_head": {**_HEAD, "rotation": 90},
    "maximum": {**_BOX, "italic": True, "align": "center", "text_wrap": True, "bg_color": "#F4F6F9"},
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
    """The workbook that is being written: its language, its styles by name."""

    def __init__(self, workbook: Workbook, language: Language) -> None:
        self.language = language
        self._workbook = workbook
        self._formats: dict[tuple[str, int], Any] = {}

    def format(self, style: str, digits: int = 0) -> Any:  # noqa: ANN401 - the library leaves it untyped
        """The format of a style; amounts are shown with that many decimals."""
        if (style, digits) not in self._formats:
            places = f".{'0' * digits}" if digits else ""
            # The language tag makes LibreOffice print the decimal comma whatever the computer's own language.
            number = f"[$-42A]#,##0{places}" if self.language == "vi" else f"#,##0{places}"
            look = {"font_name": "Times New Roman", "font_size": 12, "num_format": number, **_STYLES[style]}
            self._formats[style, digits] = self._workbook.add_format(look)
        return self._formats[style, digits]

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
        return Page(self, sheet, widths)


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """Return the name as Excel takes it: 31 characters, some of them forbidden, no two names alike."""
    plain = " ".join("".join(" " if each in "[]:*?/\\'" else each for each in name).split())
    short = plain if len(plain) <= 31 else f"{plain[:30]}…"  # noqa: PLR2004 - Excel's own limit
    return short if short.casefold() not in {each.casefold() for each in taken} else f"{short[:27]} {len(taken) + 1}"


class Page:
    """One sheet. Rows and columns count from 0; styles go by name."""

    def __init__(self, book: Book, sheet: Worksheet, widths: Sequence[int]) -> None:
        """`widths` are the columns' widths in letters; rows grow with the words that are wrapped in them."""
        self.book = book
        self.sheet = sheet
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
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", self.book.format(style))
        self._text(row, first, text, style, sum(self._widths[first : last + 1]))

    def down(self, rows: tuple[int, int], column: int, text: str | Text, style: str) -> None:
        """Write words over several rows of a column, first and last included; the last grows with them."""
        first, last = rows
        if first < last:
            self.sheet.merge_range(first, column, last, column, "", self.book.format(style))
        self._text(first, column, text, style, self._widths[column], grows=last)

    def _text(
        self, row: int, column: int, text: str | Text, style: str, width: int, *, grows: int | None = None
    ) -> None:
        words = self.book.say(text) if isinstance(text, Text) else text
        self.sheet.write_string(row, column, words, self.book.format(style))
        if _STYLES[style].get("text_wrap") and "rotation" not in _STYLES[style]:
            wider = _CAPITAL if words.isupper() else _BOLD if _STYLES[style].get("bold") else 1
            self._grow(row if grows is None else grows, words, int(width / wider))

    def _grow(self, row: int, words: str, width: int) -> None:
        """Make room; merged cells never grow by themselves, and LibreOffice lets no row grow that it did not type."""
        wrapped = (len(textwrap.wrap(line, max(width - 2, 1))) or 1 for line in words.splitlines())
        lines = min(sum(wrapped), MOST_LINES)
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.sheet.set_row(row, ROW_HEIGHT + (lines - 1) * LINE_HEIGHT)

    def count(self, row: int, column: int, count: int) -> None:
        """Write a whole number, such as a rank."""
        self.sheet.write_number(row, column, count, self.book.format("rank"))

    def amount(self, row: int, column: int, amount: Decimal, style: str = "points") -> None:
        """Write an amount of points with the digits it has."""
        self.sheet.write_number(row, column, amount, self.book.format(style, _digits(amount)))

    def sum(self, row: int, column: int, ranges: Sequence[str], value: Decimal, again: Rounding | None = None) -> None:
        """Write the sum of ranges ("C8:G8") as a formula, with its value for viewers that do not compute.

        `again` is how a sum is rounded that has fewer digits than what is added up.
        """
        added = f"SUM({','.join(ranges)})"
        if again:
            function = "ROUND" if again.method == "half_up" else "ROUNDDOWN"
            added = f"{function}(ROUND({added},{_NOISE_DIGITS}),{again.digits})"
        self.sheet.write_formula(row, column, f"={added}", self.book.format("sum", _digits(value)), value)


def _digits(amount: Decimal) -> int:
    return max(0, -int(amount.as_tuple().exponent))


def ranges(cells: Iterable[tuple[int, int]]) -> list[str]:
    """The addresses of cells (row, column), neighbours in a row or a column together: "C8:D8", "G8"."""
    found: list[tuple[int, int, int, int]] = []
    for row, column in cells:
        if found and (row, column) in {(found[-1][2] + 1, found[-1][3]), (found[-1][2], found[-1][3] + 1)}:
            found[-1] = (*found[-1][:2], row, column)
        else:
            found.append((row, column, row, column))
    return [xl_range(*each) for each in found]
