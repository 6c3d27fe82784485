"""The sheet that explains every point: unit, line, points, maximum, why."""

from collections.abc import Iterator

from reports.ranking import GroupTable, Line, Mark, RankingTable, Scored
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
    marks = [each for group in table.groups for unit in group.assessed for each in _marks(group, unit)]
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


def _marks(group: GroupTable, unit: Scored) -> Iterator[tuple[Scored, Line, Mark]]:
    """Return a unit's marks: each line behind those it is made of; what is a mere sum of them explains itself."""
    roots = (group.total, *group.pillars)
    lines = {line.id: line for root in roots for line in _behind_its_parts(root)}
    for line in lines.values():
        if line in roots or not line.parts or not line.adds_up(unit.lines):
            yield unit, line, unit.lines[line.id]


def _behind_its_parts(line: Line) -> Iterator[Line]:
    for part in line.parts:
        yield from _behind_its_parts(part)
    yield line
