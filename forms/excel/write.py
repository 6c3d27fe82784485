"""A form drawn as an Excel file. The same form gives the same bytes: nothing in it comes from the clock."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from forms.excel.anchors import armoured
from forms.excel.in_words import in_words
from forms.excel.look import FONT, LOOKS, format_of, header_rows, height_of
from forms.excel.rules import Rules
from forms.look import WIDTHS
from forms.sheet import DOCUMENTS, AnyColumn, Book, Content, Formula, Input, Note, Row, Sample, Style, Tab, address
from words import Language, Text, say

_A4, _ZOOM = 9, 90
_LONGEST_CELL, _LONGEST_FOOTER = 32_767, 120
_ALLOWED = {"format_columns": True, "format_rows": True}
_ALLOWED_IN_LISTS = {**_ALLOWED, "insert_rows": True, "sort": True, "autofilter": True}


def write(book: Book, language: Language, made_on: date) -> bytes:
    """Return the workbook; `made_on` stands in it as the day on which it was made."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": book.name, "created": datetime.combine(made_on, time())})
        sheets = [workbook.add_worksheet(tab.title, _GrowingSheet) for tab in book.tabs]
        rules = Rules(workbook, language)
        for tab, sheet in zip(book.tabs, sheets, strict=True):
            _Drawing(workbook, sheet, tab, rules, language).draw(book.name)
        rules.hide()
    return content.getvalue()


class _GrowingSheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A sheet whose rows have a height and still grow while somebody types, but those listed in `fixed`.

    XlsxWriter marks every height as chosen by a person, and Excel leaves such rows alone.
    """

    fixed: frozenset[int] = frozenset()

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]] | None = None) -> None:
        if tag == "row" and attributes and attributes[0][1] - 1 not in self.fixed:
            attributes = [each for each in attributes if each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class _Drawing:
    """One tab, drawn on its sheet."""

    def __init__(self, workbook: Workbook, sheet: _GrowingSheet, tab: Tab, rules: Rules, language: Language) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._tab = tab
        self._rules = rules
        self._language = language
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def draw(self, name: str) -> None:
        """Everything, from the columns to the printed page, where the form's name stands at the bottom."""
        self._columns()
        for index, row in enumerate(self._tab.rows):
            cells = {column: in_words(content, self._language) for column, content in row.cells.items()}
            self._row(index, replace(row, cells=cells))
        self._highlights()
        self._sheet.fixed = frozenset(index for index, row in enumerate(self._tab.rows) if row.spans)
        self._sheet.protect("", _ALLOWED_IN_LISTS if self._tab.id == DOCUMENTS else _ALLOWED)
        self._screen()
        self._page(name)

    def _columns(self) -> None:
        for index, column in enumerate(self._tab.columns):
            hidden = {"hidden": True} if column in self._tab.hidden else {}
            self._sheet.set_column_pixels(index, index, WIDTHS[column], None, hidden)
        # Answers are texts, and Excel would put a green corner on each that is a number.
        self._sheet.ignore_errors(
            {"number_stored_as_text": f"A1:{address(len(self._tab.columns), len(self._tab.rows))}"}
        )

    def _row(self, index: int, row: Row) -> None:
        hidden = {"hidden": True} if row.style is Style.ANCHOR else {}
        self._sheet.set_row_pixels(index, height_of(row, self._tab), None, hidden)
        for first, last in row.spans.items():
            look = self._format(row.style, first, row.cells.get(first))
            self._sheet.merge_range(index, self._place(first), index, self._place(last), "", look)
        covered = {each for first, last in row.spans.items() for each in self._across(first, last)[1:]}
        for column in self._tab.columns:
            if column not in covered:
                content = armoured(row.key) if column.name == "KEY" and row.key else row.cells.get(column)
                self._cell(index, self._place(column), content, self._format(row.style, column, content))

    def _across(self, first: AnyColumn, last: AnyColumn) -> Sequence[AnyColumn]:
        return self._tab.columns[self._place(first) : self._place(last) + 1]

    def _place(self, column: AnyColumn) -> int:
        return self._tab.columns.index(column)

    def _format(self, style: Style, column: AnyColumn, content: Content | None) -> Any:  # noqa: ANN401 - untyped
        look = format_of(style, column, content, self._language)
        key = tuple(look.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(look)
        return self._formats[key]

    def _cell(self, row: int, column: int, content: Content | None, look: Any) -> None:  # noqa: ANN401 - untyped
        match content:
            case Formula(text, value):
                self._sheet.write_formula(row, column, f"={text}", look, value)
            case Input():
                self._text(row, column, self._rules.shown(content), look)
                self._validation(row, column, content)
            case Decimal() | Note(amount=Decimal()):
                self._sheet.write_number(row, column, content.amount if isinstance(content, Note) else content, look)
            case Note(text) | Sample(text):
                self._text(row, column, text, look)
            case _:
                self._text(row, column, content or "", look)

    def _text(self, row: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401 - untyped
        """Text stays text, whatever it looks like; what no file can hold is replaced."""
        if text:
            whole = text.encode("utf-8", "replace").decode()
            self._sheet.write_string(row, column, whole[:_LONGEST_CELL], look)
        else:
            self._sheet.write_blank(row, column, None, look)

    def _validation(self, row: int, column: int, given: Input) -> None:
        rule = self._rules.of(given, address(column, row))
        if rule:
            self._sheet.data_validation(row, column, row, column, rule)

    def _highlights(self) -> None:
        for each in self._tab.highlights:
            column = self._place(each.column)
            rule = {
                "type": "formula",
                "criteria": f"={each.formula}",
                "format": self._workbook.add_format(LOOKS[each.look]),
                "stop_if_true": True,
            }
            self._sheet.conditional_format(each.first, column, each.last, column, rule)

    def _screen(self) -> None:
        """A form as wide as most screens, whose head stays in sight, with the first cell to fill in chosen."""
        self._sheet.hide_gridlines(2)
        self._sheet.freeze_panes(self._tab.frozen, 0)
        self._sheet.set_zoom(_ZOOM)
        first = next(((row, self._place(column)) for row, column in _inputs(self._tab)), (0, 0))
        self._sheet.set_selection(*first, *first)

    def _page(self, name: str) -> None:
        """A4, as wide as the page, the head of the table on each, and the page's number.

        The list of documents is upright, so that its blank rows are one page.
        """
        if self._tab.id == DOCUMENTS:
            self._sheet.set_portrait()
        else:
            self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.center_horizontally()
        self._sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        repeated = header_rows(self._tab.rows)
        if repeated:
            self._sheet.repeat_rows(*repeated)
        page = say(Text("forms.page"), self._language)
        named = name[:_LONGEST_FOOTER].replace("&", "&&")
        self._sheet.set_footer(f'&L&"{FONT}"&9 {named}&R&"{FONT}"&9{page} &P/&N')


def _inputs(tab: Tab) -> Iterator[tuple[int, AnyColumn]]:
    for index, row in enumerate(tab.rows):
        yield from ((index, column) for column, content in row.cells.items() if isinstance(content, Input))
