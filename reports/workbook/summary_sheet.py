"""The sheet that counts: a row a table, how many units are ranked, how many have each grade or level."""

from collections.abc import Iterator
from decimal import Decimal

from reports.ranking import GroupTable, RankingTable
from reports.workbook.page import Book, Page, ranges
from words import Text

TITLE, HEAD, LABEL = 0, 2, 1


def write_summary(book: Book, table: RankingTable) -> None:
    """Add the sheet; the last row adds up the others."""
    labels = [rung.label for ladder in table.ladders for rung in ladder.rungs]
    page = book.page(book.say(Text("reports.summary_sheet")), (6, 60, 16, *[14] * len(labels), 16))
    page.sheet.fit_to_pages(1, 0)
    page.across(TITLE, (0, 3 + len(labels)), table.title, "title")
    heads: list[str | Text] = [Text("reports.number"), Text("reports.group"), Text("reports.ranked"), *labels]
    for column, head in enumerate((*heads, Text("reports.unranked"))):
        page.text(HEAD, column, head, "head")
    counts = [list(_counts(group, labels)) for group in table.groups]
    for row, (group, numbers) in enumerate(zip(table.groups, counts, strict=True), start=HEAD + 1):
        page.count(row, 0, row - HEAD)
        page.text(row, LABEL, group.label)
        for column, number in enumerate(numbers, start=LABEL + 1):
            page.amount(row, column, Decimal(number))
    _write_sums(page, counts)


def _counts(group: GroupTable, labels: list[str]) -> Iterator[int]:
    yield len(group.ranked)
    yield from (group.count(label) for label in labels)
    yield len(group.unranked)


def _write_sums(page: Page, counts: list[list[int]]) -> None:
    row = HEAD + 1 + len(counts)
    page.text(row, 0, "", "strong")
    page.text(row, LABEL, Text("reports.together"), "strong")
    for column, numbers in enumerate(zip(*counts, strict=True), start=LABEL + 1):
        cells = ranges((each, column) for each in range(HEAD + 1, row))
        page.sum(row, column, cells, Decimal(sum(numbers)))
