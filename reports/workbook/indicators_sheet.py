"""The sheet of one group that shows every indicator's points: a row an indicator, a column a unit in order of rank."""

from xlsxwriter.utility import xl_range

from reports.ranking import Category, GroupTable, Line
from reports.workbook.page import Book, Page
from words import Text

NUMBER, LABEL, MAXIMUM, FIRST_UNIT = 0, 1, 2, 3
HEAD = 1
HEAD_HEIGHT = 150
UNITS_A_PAGE = 20


def write_indicators(book: Book, group: GroupTable, place: int) -> None:
    """Add the sheet; categories and the total are sums of the rows above, so that the table adds up in view."""
    widths = (8, 52, 11, *[9] * len(group.ranked))
    page = book.page(book.say(Text("reports.indicators_sheet", place=place)), widths)
    _set_up(page, len(group.ranked))
    page.text(0, NUMBER, Text("reports.indicators_title", group=group.label), "line")
    _write_column_titles(page, group)
    row, subtotals = HEAD + 1, []
    for position, category in enumerate(group.categories):
        subtotals.append(row)
        row = _write_category(page, group, position, category, row)
    _write_total(page, group, subtotals, row)


def _set_up(page: Page, units: int) -> None:
    page.sheet.freeze_panes(HEAD + 1, FIRST_UNIT)
    page.sheet.repeat_rows(HEAD)
    page.sheet.repeat_columns(NUMBER, MAXIMUM)
    page.sheet.fit_to_pages(-(-units // UNITS_A_PAGE) or 1, 0)


def _write_column_titles(page: Page, group: GroupTable) -> None:
    page.text(HEAD, NUMBER, Text("reports.number"), "head")
    page.text(HEAD, LABEL, Text("reports.indicator"), "head")
    page.text(HEAD, MAXIMUM, Text("reports.maximum"), "head")
    for column, unit in enumerate(group.ranked, start=FIRST_UNIT):
        page.text(HEAD, column, unit.name, "unit_head")
    page.sheet.set_row(HEAD, HEAD_HEIGHT)


def _write_category(page: Page, group: GroupTable, position: int, category: Category, row: int) -> int:
    """Write the category's sums in `row` and its indicators below; return the next free row."""
    last = row + len(category.indicators)
    _write_line(page, row, category, "strong", "sum")
    for column, unit in enumerate(group.ranked, start=FIRST_UNIT):
        page.sum(row, column, [xl_range(row + 1, column, last, column)], unit.points[position])
    for place, indicator in enumerate(category.indicators):
        _write_line(page, row + 1 + place, indicator, "cell", "points")
        for column, unit in enumerate(group.ranked, start=FIRST_UNIT):
            page.amount(row + 1 + place, column, unit.marks[position][place].points)
    return last + 1


def _write_line(page: Page, row: int, line: Line, words: str, amounts: str) -> None:
    page.text(row, NUMBER, line.number, words)
    page.text(row, LABEL, line.label, words)
    page.amount(row, MAXIMUM, line.maximum, amounts)


def _write_total(page: Page, group: GroupTable, subtotals: list[int], row: int) -> None:
    page.text(row, NUMBER, "", "strong")
    page.text(row, LABEL, Text("reports.total"), "strong")
    page.amount(row, MAXIMUM, group.maximum, "sum")
    for column, unit in enumerate(group.ranked, start=FIRST_UNIT):
        page.sum(row, column, [xl_range(each, column, each, column) for each in subtotals], unit.total)
