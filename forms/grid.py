"""The raw cells of a form as it came back, and where its anchors are now: rows and columns may have moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite
from unicodedata import normalize

from forms.sheet import DOCUMENTS, FORM, AnyColumn, Column, DocumentColumn, address
from words import Language, Place, Problem, Severity, Text, Value

Cells = Sequence[Sequence[object]]
"""Values by row and column: texts, numbers, booleans, dates, None. Rows may be of unequal length."""

_FIRST_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_LAST_SERIAL = (date.max - _FIRST_DAY).days
_BEYOND_NUMBERS = 10**100
_LONGEST_QUOTE = 80

NEEDED: Mapping[int, tuple[AnyColumn, ...]] = {
    FORM: (Column.KEY, Column.ANSWER, Column.EVIDENCE, Column.NOT_APPLICABLE, Column.EXPLANATION),
    DOCUMENTS: (
        *(DocumentColumn.KEY, DocumentColumn.QUESTION, DocumentColumn.NUMBER),
        *(DocumentColumn.NAME, DocumentColumn.DAY, DocumentColumn.LINK),
    ),
}
"""The columns without which a tab cannot be read, by its id."""


RESTORE_SHEET, RESTORE_FILE = Text("forms.restore_sheet"), Text("forms.restore_file")
"""How people get back what was lost from a form: a Sheet remembers its versions, a file does not."""

UNCOMPUTED = "#UNCOMPUTED!"
"""Stands in a cell whose formula no program has computed yet."""


class Percent(float):
    """A number that its cell shows as a percentage: 0.85 under "85 %"."""


@dataclass(frozen=True, slots=True)
class RawTab:
    """A tab as it came back: its name as it is now, its cells, and how people get back what is lost from it."""

    title: str
    cells: Cells
    restore: Text = RESTORE_SHEET


@dataclass(frozen=True, slots=True)
class Grid:
    """A tab with the places of its columns, by mark, and of its anchored rows; a row may stand there twice."""

    tab: RawTab
    columns: Mapping[AnyColumn, int]
    rows: Mapping[str, tuple[int, ...]]

    def at(self, row: int, column: AnyColumn) -> object:
        """What is in the cell, None where there is nothing."""
        place = self.columns.get(column)
        return None if place is None else _at(self.tab.cells[row], place)

    def problem(self, row: int, column: AnyColumn, path: str, label: str | Text, what: Text) -> Problem:
        """What is wrong in a cell, as people point at it; `path` is the question or indicator that it belongs to."""
        where, tab = self.place(row, column, path), _short(self.tab.title)
        told = Text(what.id, **{name: _short(value) for name, value in what.values.items()})
        text = Text("forms.in_cell", tab=tab, cell=where.cell, label=label, what=told)
        return Problem(what.id, Severity.ERROR, where, text)

    def place(self, row: int, column: AnyColumn, path: str) -> Place:
        """Where people find a cell."""
        across = self.columns[column]
        return Place(line=row + 1, column=across + 1, path=path, tab=self.tab.title, cell=address(across, row))


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything stood when a form was read, by the ids of its tabs, and the language it is in."""

    language: Language = "vi"
    grids: Mapping[int, Grid] = field(default_factory=dict)


def find_places(tab_id: int, tab: RawTab) -> tuple[Grid | None, tuple[Problem, ...]]:
    """Look for the column marks and the row keys; None where the tab cannot be read without what is lost."""
    marks = _best_marks(tab_id, tab)
    key, *others = NEEDED[tab_id]
    if key not in marks:
        return None, (problem_of_tab(tab, Text("forms.keys_lost", tab=tab.title, restore=tab.restore)),)
    wrong = [
        *(
            Text("forms.column_lost", tab=tab.title, column=_named(each), restore=tab.restore)
            for each in others
            if each not in marks
        ),
        *(
            Text("forms.column_doubled", tab=tab.title, column=_named(each), columns=_letters(places))
            for each, places in marks.items()
            if len(places) > 1 and each in others and _differ(tab.cells, places)
        ),
    ]
    if wrong:
        return None, tuple(problem_of_tab(tab, text) for text in wrong)
    return _grid(tab, marks, key), ()


def what_is_left(tab_id: int, tab: RawTab) -> Grid | None:
    """The tab with whatever columns it still has; None where it cannot even be told which row is which."""
    marks = _best_marks(tab_id, tab)
    key = NEEDED[tab_id][0]
    return _grid(tab, marks, key) if key in marks else None


def _best_marks(tab_id: int, tab: RawTab) -> dict[AnyColumn, tuple[int, ...]]:
    return max((_marks(row, tab_id) for row in tab.cells), key=len, default={})


def _grid(tab: RawTab, marks: Mapping[AnyColumn, tuple[int, ...]], key: AnyColumn) -> Grid:
    columns = {mark: places[0] for mark, places in marks.items()}
    return Grid(tab, columns, _rows(tab.cells, columns[key]))


def by_marks(tabs: Sequence[RawTab]) -> tuple[dict[int, RawTab], tuple[Problem, ...]]:
    """Find the tabs of a file that knows no ids of tabs, by the marks of their columns.

    Of copies that hold the same the first one is taken; where they differ, that is a problem, for nobody knows which
    one was meant. Whatever other tabs there are is left out.
    """
    found: dict[int, RawTab] = {}
    problems = []
    for tab in tabs:
        tab_id = next((each for each in NEEDED if any(NEEDED[each][0] in _marks(row, each) for row in tab.cells)), None)
        if tab_id is None:
            continue
        first = found.setdefault(tab_id, tab)
        if first is not tab and texts_of(first.cells) != texts_of(tab.cells):
            problems.append(problem_of_tab(tab, Text("forms.tab_doubled", tab=tab.title, other=first.title)))
    return found, tuple(problems)


def texts_of(cells: Cells) -> list[list[str]]:
    """What the cells hold, without empty ones at the ends, so that equal tabs are equal."""
    rows = [[as_text(raw) for raw in row] for row in cells]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def day_of(serial: float) -> date | None:
    """The day that a spreadsheet counts as this number; None where its calendar has none."""
    return _FIRST_DAY + timedelta(days=int(serial)) if 0 < serial <= _LAST_SERIAL else None


def as_text(raw: object) -> str:
    """A cell's value as text: composed (NFC), without blanks around; a whole number without its ".0"."""
    match raw:
        case None:
            return ""
        case date():
            return f"{raw.day:02}/{raw.month:02}/{raw.year:04}"
        case Percent():
            return _percentage(raw) if isfinite(raw) else "#NUM!"
        case bool():
            return str(raw)
        case int() if abs(raw) >= _BEYOND_NUMBERS:
            return "#NUM!"
        case float() if raw.is_integer() and abs(raw) < _BEYOND_NUMBERS:
            return str(int(raw))
        case _:
            return normalize("NFC", _storable(str(raw))).strip()


def _short(value: Value) -> Value:
    """As much of what somebody typed as is needed to know it again."""
    if not isinstance(value, str) or len(value) <= _LONGEST_QUOTE:
        return value
    return f"{value[: _LONGEST_QUOTE - 1]}…"


def _storable(text: str) -> str:
    """Without what no database and no file takes: control characters, halves of letters."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter for letter in whole if letter >= " " or letter in "\n\t")


def _percentage(raw: Percent) -> str:
    """As its cell shows it, with the comma that people read."""
    return f"{(Decimal(repr(float(raw))) * 100).normalize():f}%".replace(".", ",")


def problem_of_tab(tab: RawTab, text: Text) -> Problem:
    """A problem that concerns a whole tab."""
    return Problem(text.id, Severity.ERROR, Place(tab=tab.title), text)


def _marks(row: Sequence[object], tab_id: int) -> dict[AnyColumn, tuple[int, ...]]:
    found: dict[AnyColumn, tuple[int, ...]] = {}
    marks = _MARKS[tab_id]
    for index, raw in enumerate(row):
        column = marks.get(raw) if isinstance(raw, str) else None
        if column:
            found[column] = (*found.get(column, ()), index)
    return found


def _rows(cells: Cells, key_column: int) -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    for index, row in enumerate(cells):
        key = as_text(_at(row, key_column))
        if key:
            rows[key] = (*rows.get(key, ()), index)
    return rows


def _differ(cells: Cells, columns: tuple[int, ...]) -> bool:
    return any(len({as_text(_at(row, column)) for column in columns}) > 1 for row in cells)


def _at(row: Sequence[object], column: int) -> object:
    return row[column] if column < len(row) else None


def _named(column: AnyColumn) -> Text:
    return Text(f"forms.column_{column.value}")


def _letters(columns: tuple[int, ...]) -> str:
    return ", ".join(address(column, 0).removesuffix("1") for column in columns)


_MARKS: Mapping[int, Mapping[str, AnyColumn]] = {
    FORM: {column.value: column for column in Column},
    DOCUMENTS: {column.value: column for column in DocumentColumn},
}
