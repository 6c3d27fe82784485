"""The sheet of one group: an official head, the ranking with points by category, and the units that are not ranked."""

from xlsxwriter.utility import xl_range

from reports.chat import beside
from reports.ranking import GroupTable, RankedUnit, RankingTable
from reports.workbook.page import Book, Page
from words import Text

RANK, UNIT, FIRST_CATEGORY = 0, 1, 2
HEAD = 6
"""The row of the column titles; the maxima are below it, then the units."""


def write_ranking(book: Book, table: RankingTable, group: GroupTable, place: int) -> None:
    """Add the sheet of a group; `place` is the group's number in the workbook."""
    page = book.page(f"{place}. {group.label}", (7, 40, *[16] * len(group.categories), 13, 16))
    _set_up(page)
    _write_official_head(page, table, group)
    _write_column_titles(page, group)
    for row, unit in enumerate(group.ranked, start=HEAD + 2):
        _write_unit(page, row, unit)
    row = _write_unranked(page, group, HEAD + 2 + len(group.ranked) + 1)
    _write_notes(page, table, group, row)


def _total(group: GroupTable) -> int:
    return FIRST_CATEGORY + len(group.categories)


def _last(group: GroupTable) -> int:
    return _total(group) + 1


def _set_up(page: Page) -> None:
    page.sheet.freeze_panes(HEAD + 2, FIRST_CATEGORY)
    page.sheet.repeat_rows(HEAD, HEAD + 1)
    page.sheet.fit_to_pages(1, 0)


def _write_official_head(page: Page, table: RankingTable, group: GroupTable) -> None:
    """The issuer on the left, country and motto (quốc hiệu, tiêu ngữ) on the right, the title below."""
    everything = (RANK, _last(group))
    page.across(0, (RANK, UNIT), table.regulation.decision.issuer.upper(), "organ")
    page.across(0, (FIRST_CATEGORY, _last(group)), Text("reports.country"), "organ")
    page.across(1, (FIRST_CATEGORY, _last(group)), Text("reports.motto"), "organ")
    page.across(2, everything, Text("reports.workbook_title"), "title")
    page.across(3, everything, table.title, "organ")
    page.across(4, everything, group.label, "organ")
    page.across(5, everything, table.status, "subtitle")


def _write_column_titles(page: Page, group: GroupTable) -> None:
    page.text(HEAD, RANK, Text("reports.rank"), "head")
    page.text(HEAD, UNIT, Text("reports.unit"), "head")
    page.text(HEAD + 1, RANK, "", "maximum")
    page.text(HEAD + 1, UNIT, Text("reports.maximum"), "maximum")
    for column, category in enumerate(group.categories, start=FIRST_CATEGORY):
        page.text(HEAD, column, category.label, "head")
        page.amount(HEAD + 1, column, category.maximum, "maximum")
    page.text(HEAD, _total(group), Text("reports.total"), "head")
    page.amount(HEAD + 1, _total(group), group.maximum, "maximum")
    page.text(HEAD, _last(group), Text("reports.grade"), "head")
    page.text(HEAD + 1, _last(group), "", "maximum")


def _write_unit(page: Page, row: int, unit: RankedUnit) -> None:
    page.count(row, RANK, unit.rank)
    page.text(row, UNIT, unit.name)
    for column, points in enumerate(unit.points, start=FIRST_CATEGORY):
        page.amount(row, column, points)
    total = FIRST_CATEGORY + len(unit.points)
    page.sum(row, total, [xl_range(row, FIRST_CATEGORY, row, total - 1)], unit.total)
    page.text(row, total + 1, unit.grade, "centred")


def _write_unranked(page: Page, group: GroupTable, row: int) -> int:
    """Write the units without a rank from `row` on; return the next free row."""
    if not group.unranked:
        return row
    page.across(row, (RANK, _last(group)), Text("reports.unranked_heading", n=len(group.unranked)), "heading")
    for place, unit in enumerate(group.unranked, start=1):
        page.count(row + place, RANK, place)
        page.text(row + place, UNIT, unit.name)
        page.across(row + place, (FIRST_CATEGORY, _last(group)), unit.reason, "cell")
    return row + len(group.unranked) + 2


def _write_notes(page: Page, table: RankingTable, group: GroupTable, row: int) -> None:
    counts = [Text("reports.grade_count", grade=each.label, count=group.count(each)) for each in table.grades]
    page.across(row, (RANK, _last(group)), beside(counts), "heading")
    page.across(row + 1, (RANK, _last(group)), table.basis, "note")
    if table.assumptions:
        page.across(row + 2, (RANK, _last(group)), Text("reports.assumptions_line", n=len(table.assumptions)), "note")
