"""The sheet of one table with every line's points: a row a line, a column a unit in order of rank."""

from reports.ranking import GroupTable, Line, Mark
from reports.workbook.page import Book, Page, ranges
from words import Text

NUMBER, LABEL, MAXIMUM, FIRST_UNIT = 0, 1, 2, 3
HEAD = 1
HEAD_HEIGHT = 150
UNITS_A_PAGE = 20


def write_indicators(book: Book, group: GroupTable, place: int) -> None:
    """Add the sheet; what is a sum is a sum of rows of the sheet, so that the table adds up in view."""
    widths = (8, 52, 13, *[9] * len(group.assessed))
    page = book.page(book.say(Text("reports.indicators_sheet", place=place)), widths)
    _set_up(page, len(group.assessed))
    title = "reports.indicators_title_dashes" if _has_dashes(group) else "reports.indicators_title"
    page.text(0, NUMBER, Text(title, group=group.label), "line")
    _write_column_titles(page, group)
    rows: dict[str, int] = {}
    for root in (group.total, *group.pillars):
        for part in root.parts:
            _write_lines(page, group, part, rows)
        _write_line(page, group, root, rows)


def _set_up(page: Page, units: int) -> None:
    page.sheet.freeze_panes(HEAD + 1, FIRST_UNIT)
    page.sheet.repeat_rows(HEAD)
    page.sheet.repeat_columns(NUMBER, MAXIMUM)
    page.sheet.fit_to_pages(-(-units // UNITS_A_PAGE) or 1, 0)


def _write_column_titles(page: Page, group: GroupTable) -> None:
    page.text(HEAD, NUMBER, Text("reports.number"), "head")
    page.text(HEAD, LABEL, Text("reports.indicator"), "head")
    page.text(HEAD, MAXIMUM, Text("reports.maximum"), "head")
    for column, unit in enumerate(group.assessed, start=FIRST_UNIT):
        page.text(HEAD, column, unit.name, "unit_head")
    page.sheet.set_row(HEAD, HEAD_HEIGHT)


def _write_lines(page: Page, group: GroupTable, line: Line, rows: dict[str, int]) -> None:
    """Write a line and below it those it is made of; what another root has written already stands there."""
    if line.id not in rows:
        rows[line.id] = HEAD + 1 + len(rows)
        for part in line.parts:
            _write_lines(page, group, part, rows)
        _write_line(page, group, line, rows)


def _write_line(page: Page, group: GroupTable, line: Line, rows: dict[str, int]) -> None:
    """Write a line into its row, or the next one."""
    row = rows.setdefault(line.id, HEAD + 1 + len(rows))
    page.text(row, NUMBER, line.number, "strong" if line.parts else "cell")
    page.text(row, LABEL, _label(line), "strong" if line.parts else "cell")
    page.amount(row, MAXIMUM, line.maximum, "sum" if line.parts else "points")
    for column, unit in enumerate(group.assessed, start=FIRST_UNIT):
        mark = unit.lines[line.id]
        if not _counts(line, mark):
            page.text(row, column, "–", "centred")
        elif line.parts and line.adds_up(unit.lines):
            cells = ranges((rows[part.id], column) for part in line.parts)
            page.sum(row, column, cells, mark.points, line.rounding if line.is_rounded_again else None)
        else:
            page.amount(row, column, mark.points, "sum" if line.parts else "points")


def _has_dashes(group: GroupTable) -> bool:
    return any(not _counts(line, unit.lines[line.id]) for unit in group.assessed for line in group.total.indicators)


def _counts(line: Line, mark: Mark) -> bool:
    """Whether an indicator is in the unit's scale: one that does not apply may be left out of it."""
    return bool(line.parts) or mark.scale >= line.maximum


def _label(line: Line) -> str | Text:
    return Text("reports.outside_scale", label=line.label) if line.outside_scale else line.label
