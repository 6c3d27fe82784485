"""The raw cells of a form as it came back, and where its anchors are now: rows and columns may have moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from forms.sheet import Column, address
from words import Place, Problem, Severity, Text

Cells = Sequence[Sequence[object]]
"""Values by row and column: texts, numbers, booleans, dates, None. Rows may be of unequal length."""

_FIRST_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_LAST_SERIAL = (date.max - _FIRST_DAY).days

NEEDED = (Column.KEY, Column.ANSWER, Column.EVIDENCE, Column.NOT_APPLICABLE, Column.REASON)


class Percent(float):
    """A number that its cell shows as a percentage: 0.85 under "85 %"."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells with the places of the columns that reading needs, and of each anchored row."""

    cells: Cells
    tab: str
    columns: Mapping[Column, int]
    rows: Mapping[str, tuple[int, ...]]

    def at(self, row: int, column: Column) -> object:
        """What is in the cell, None where there is nothing."""
        return _at(self.cells[row], self.columns[column])

    def place(self, row: int, column: Column) -> Place:
        """Where the cell is now, as people point at it."""
        return Place(tab=self.tab, cell=address(self.columns[column], row))


def find_anchors(cells: Cells, tab: str) -> tuple[Grid | None, tuple[Problem, ...]]:
    """Look for the column marks and the row keys; None where the form cannot be read without them."""
    marks = max((_marks(row) for row in cells), key=len, default={})
    lost = [column for column in NEEDED if column not in marks]
    if Column.KEY in lost:
        return None, (_lost(tab, Text("forms.keys_lost")),)
    if lost:
        return None, tuple(_lost(tab, Text("forms.column_lost", column=Text(f"forms.column_{each}"))) for each in lost)
    return Grid(cells, tab, marks, _rows(cells, marks[Column.KEY])), ()


def day_of(serial: float) -> date | None:
    """The day that a spreadsheet counts as this number; None where its calendar has none."""
    return _FIRST_DAY + timedelta(days=int(serial)) if 0 < serial <= _LAST_SERIAL else None


def as_text(raw: object) -> str:
    """A cell's value as text: composed (NFC), without blanks around; a whole number without its ".0"."""
    if isinstance(raw, date):
        return f"{raw:%d/%m/%Y}"
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "" if raw is None else normalize("NFC", str(raw)).strip()


def _marks(row: Sequence[object]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for index, raw in enumerate(row):
        if raw in _MARKS:
            found.setdefault(Column(str(raw)), index)
    return found


def _rows(cells: Cells, key_column: int) -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    for index, row in enumerate(cells):
        key = as_text(_at(row, key_column))
        if key:
            rows[key] = (*rows.get(key, ()), index)
    return rows


def _at(row: Sequence[object], column: int) -> object:
    return row[column] if column < len(row) else None


def _lost(tab: str, text: Text) -> Problem:
    return Problem(text.id, Severity.ERROR, Place(tab=tab), text)


_MARKS = tuple(column.value for column in Column)
