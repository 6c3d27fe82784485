"""The sheet of one table: an official head, the ranking with points by category, and the units that are not ranked."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.chat import beside
from reports.ranking import GroupTable, Ladder, Line, RankedUnit, RankingTable, Scored, UnrankedUnit
from reports.wording import grade_counts, how_ranked
from reports.workbook.page import Book, Page, ranges
from words import Series, Text

RANK, UNIT, FIRST = 0, 1, 2
HEAD = 6
"""The row of the column titles, or of the parts above them; then come the titles, the maxima, the units."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where everything stands: `amounts` by the id of their line, the ladders, the remarks; from left to right.

    Before the total come the categories, each subtotal behind its own; grade and level and then the pillars follow it.
    """

    group: GroupTable
    amounts: Mapping[str, int]
    ladders: Mapping[int, Ladder]
    remarks: int | None

    @classmethod
    def of(cls, table: RankingTable, group: GroupTable) -> "Columns":
        """Place what the table has; remarks only where there are any."""
        before = [line.id for line in (*group.total.columns, group.total)]
        ladders = dict(enumerate(table.ladders, start=FIRST + len(before)))
        amounts = dict(zip(before, range(FIRST, FIRST + len(before)), strict=True))
        next_column = FIRST + len(before) + len(ladders)
        amounts |= {pillar.id: next_column + place for place, pillar in enumerate(group.pillars)}
        is_remarkable = any(unit.remarks for unit in group.assessed) or any(each.scored for each in group.unranked)
        return cls(group, amounts, ladders, next_column + len(group.pillars) if is_remarkable else None)

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths in letters, from the first column to the last."""
        widths = {RANK: 7, UNIT: 40, **dict.fromkeys(self.amounts.values(), 15), **dict.fromkeys(self.ladders, 16)}
        return tuple(widths.get(column, 36) for column in range(self.last + 1))

    @property
    def last(self) -> int:
        """The last column."""
        return self.remarks or max((*self.amounts.values(), *self.ladders))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that have a column."""
        return (*self.group.total.columns, self.group.total, *self.group.pillars)

    @property
    def title_row(self) -> int:
        """The row of the titles; where categories are gathered in parts there is a row of these above it."""
        return HEAD + 1 if any(line.is_part for line in self.lines[:-1]) else HEAD

    @property
    def first_row(self) -> int:
        """The row of the first unit."""
        return self.title_row + 2


def write_ranking(book: Book, table: RankingTable, group: GroupTable, place: int) -> None:
    """Add the sheet of a table; `place` is its number in the workbook."""
    columns = Columns.of(table, group)
    page = book.page(f"{place}. {group.short_label}", columns.widths)
    page.sheet.freeze_panes(columns.first_row, FIRST)
    page.sheet.repeat_rows(HEAD, columns.first_row - 1)
    page.sheet.fit_to_pages(1, 0)
    _write_official_head(page, table, group, columns)
    _write_titles(page, columns)
    _write_maxima(page, columns)
    for row, unit in enumerate(group.ranked, start=columns.first_row):
        _write_ranked(page, columns, row, unit)
    row = _write_unranked(page, columns, columns.first_row + len(group.ranked) + 1)
    row = _write_explained(page, columns, row)
    _write_notes(page, table, columns, row)


def _write_official_head(page: Page, table: RankingTable, group: GroupTable, columns: Columns) -> None:
    """The issuer on the left, country and motto (quốc hiệu, tiêu ngữ) on the right, the title below."""
    everything = (RANK, columns.last)
    page.across(0, (RANK, UNIT), table.regulation.decision.issuer.upper(), "organ")
    page.across(0, (FIRST, columns.last), Text("reports.country"), "organ")
    page.across(1, (FIRST, columns.last), Text("reports.motto"), "organ")
    page.across(2, everything, Text("reports.workbook_title"), "title")
    page.across(3, everything, table.title, "organ")
    page.across(4, everything, group.label, "organ")
    page.across(5, everything, table.status, "subtitle")


def _write_titles(page: Page, columns: Columns) -> None:
    total = columns.group.total
    titles: dict[int, str | Text] = {RANK: Text("reports.rank"), UNIT: Text("reports.unit")}
    titles |= {columns.amounts[line.id]: line.label for line in (*total.parts, *columns.group.pillars)}
    titles |= {column: ladder.head for column, ladder in columns.ladders.items()}
    titles[columns.amounts[total.id]] = Text("reports.total")
    if columns.remarks:
        titles[columns.remarks] = Text("reports.remarks")
    parts = {columns.amounts[line.id]: line for line in total.parts if line.is_part}
    for column, title in titles.items():
        if column in parts:
            _write_part(page, columns, parts[column])
        else:
            page.down((HEAD, columns.title_row), column, title, "head")


def _write_part(page: Page, columns: Columns, part: Line) -> None:
    """The part above its categories; the last of its columns is what they come to."""
    page.across(HEAD, (columns.amounts[part.columns[0].id], columns.amounts[part.id]), part.label, "head")
    for line in part.columns:
        title = Text("reports.subtotal_of", part=line.label) if line.is_part else line.label
        page.text(columns.title_row, columns.amounts[line.id], title, "head")
    page.text(columns.title_row, columns.amounts[part.id], Text("reports.subtotal"), "head")


def _write_maxima(page: Page, columns: Columns) -> None:
    row = columns.title_row + 1
    for column in range(columns.last + 1):
        page.text(row, column, Text("reports.maximum") if column == UNIT else "", "maximum")
    for line in columns.lines:
        if line.outside_scale:
            text = Text("reports.outside_maximum", maximum=line.maximum)
            page.text(row, columns.amounts[line.id], text, "maximum")
        else:
            page.amount(row, columns.amounts[line.id], line.maximum, "maximum")


def _write_ranked(page: Page, columns: Columns, row: int, unit: RankedUnit) -> None:
    page.count(row, RANK, unit.rank)
    _write_points(page, columns, row, unit)
    for column, rung in zip(columns.ladders, unit.rungs, strict=True):
        page.text(row, column, rung, "centred")
    _write_remarks(page, columns, row, unit.remarks)


def _write_points(page: Page, columns: Columns, row: int, unit: Scored) -> None:
    """Write categories as amounts; subtotals, total and pillars are sums in view wherever they add up."""
    page.text(row, UNIT, unit.name)
    for line in columns.lines:
        points, column = unit.lines[line.id].points, columns.amounts[line.id]
        parts = [columns.amounts.get(part.id) for part in line.parts]
        cells = ranges((row, part) for part in parts if part is not None)
        if None not in parts and cells and line.adds_up(unit.lines):
            page.sum(row, column, cells, points, line.rounding if line.is_rounded_again else None)
        else:
            page.amount(row, column, points, "points" if line in columns.group.categories else "sum")


def _write_remarks(page: Page, columns: Columns, row: int, remarks: tuple[str | Text, ...]) -> None:
    if columns.remarks:
        page.text(row, columns.remarks, Text("reports.lines", lines=remarks))


def _write_unranked(page: Page, columns: Columns, row: int) -> int:
    """Write the units without a rank from `row` on; return the next free row."""
    unranked = columns.group.unranked
    if not unranked:
        return row
    page.across(row, (RANK, columns.last), Text("reports.unranked_heading", n=len(unranked)), "heading")
    for place, unit in enumerate(unranked, start=1):
        page.count(row + place, RANK, place)
        if unit.scored:
            _write_scored(page, columns, row + place, unit, unit.scored)
        else:
            page.text(row + place, UNIT, unit.name)
            page.across(row + place, (FIRST, columns.last), unit.reason, "cell")
    return row + len(unranked) + 2


def _write_scored(page: Page, columns: Columns, row: int, unit: UnrankedUnit, scored: Scored) -> None:
    _write_points(page, columns, row, scored)
    for column in columns.ladders:
        page.text(row, column, "–", "centred")
    _write_remarks(page, columns, row, (unit.reason, *scored.remarks))


def _write_explained(page: Page, columns: Columns, row: int) -> int:
    """Say how each sum came about that is not what stands before it; return the next free row."""
    explained = list(columns.group.explained)
    if not explained:
        return row
    page.across(row, (RANK, columns.last), Text("reports.explained_heading"), "heading")
    for place, (unit, line) in enumerate(explained, start=1):
        page.text(row + place, RANK, "")
        page.text(row + place, UNIT, unit.name)
        text = Text("reports.explained", line=line.label, why=unit.lines[line.id].why)
        page.across(row + place, (FIRST, columns.last), text, "cell")
    return row + len(explained) + 2


def _write_notes(page: Page, table: RankingTable, columns: Columns, row: int) -> None:
    everything = (RANK, columns.last)
    for counts in grade_counts(table, columns.group):
        page.across(row, everything, beside(counts), "heading")
        row += 1
    notes = [*how_ranked(table), *map(_composition, columns.group.pillars), table.basis]
    if table.assumptions:
        notes.append(Text("reports.assumptions_line", n=len(table.assumptions)))
    for place, note in enumerate(notes, start=row):
        page.across(place, everything, note, "note")


def _composition(pillar: Line) -> Text:
    """What a further root is made of: the same lines as the total, so that they are seen twice."""
    return Text("reports.pillar", pillar=pillar.label, parts=Series(tuple(part.label for part in pillar.parts)))
