"""The sheet that explains every point: unit, indicator, points, maximum, why."""

from collections.abc import Iterator

from reports.ranking import Line, Mark, RankedUnit, RankingTable
from reports.workbook.page import Book
from words import Text

COLUMNS = (
    ("reports.unit", 32),
    ("reports.number", 8),
    ("reports.indicator", 46),
    ("reports.points", 11),
    ("reports.maximum", 11),
    ("reports.why", 70),
)


def write_explanations(book: Book, table: RankingTable) -> None:
    """Add the sheet, the units in the order of the ranking."""
    page = book.page(book.say(Text("reports.explanations_sheet")), [width for _, width in COLUMNS])
    for column, (title, _) in enumerate(COLUMNS):
        page.text(0, column, Text(title), "head")
    marks = list(_marks(table))
    for row, (unit, line, mark) in enumerate(marks, start=1):
        page.text(row, 0, unit.name)
        page.text(row, 1, line.number)
        page.text(row, 2, line.label)
        page.amount(row, 3, mark.points)
        page.amount(row, 4, line.maximum)
        page.text(row, 5, mark.why)
    page.sheet.autofilter(0, 0, len(marks), len(COLUMNS) - 1)
    page.sheet.freeze_panes(1, 1)
    page.sheet.repeat_rows(0)
    page.sheet.fit_to_pages(1, 0)


def _marks(table: RankingTable) -> Iterator[tuple[RankedUnit, Line, Mark]]:
    for group in table.groups:
        for unit in group.ranked:
            for category, marks in zip(group.categories, unit.marks, strict=True):
                for line, mark in zip(category.indicators, marks, strict=True):
                    yield unit, line, mark
