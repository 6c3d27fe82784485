"""Values out of and into a range, as the values methods exchange them: rows of plain JSON values."""

from itertools import zip_longest
from typing import Any

from sandbox.google.errors import Invalid
from sandbox.google.formulas.evaluation import Evaluation, Place
from sandbox.google.formulas.values import Failure
from sandbox.google.json_object import JSON
from sandbox.google.sheets.a1 import Area, cell_name, letters_of, range_name
from sandbox.google.sheets.book import Book, Tab
from sandbox.google.sheets.computed import plain_number
from sandbox.google.sheets.display import MOMENTS, displayed, number_format
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.entering import Entry
from sandbox.google.sheets.ranges import named, outside

Rows = list[list[Any]]


def read_range(
    book: Book, evaluation: Evaluation, text: str, *, render: str, moments: str, columns_first: bool
) -> JSON:
    """A ValueRange: empty rows at the end and empty cells at the end of a row are left out."""
    tab, area = named(book, text)
    area = tab.within(area)
    rows = [
        [_rendered(book, evaluation, tab, row, column, render, moments) for column in range(area.left, area.right or 0)]
        for row in range(area.top, _last_row(tab, area))
    ]
    if columns_first:
        rows = [list(column) for column in zip_longest(*rows)]
    shown = _trimmed(rows)
    answer: JSON = {"range": range_name(tab.title, area), "majorDimension": "COLUMNS" if columns_first else "ROWS"}
    return answer | ({"values": shown} if shown else {})


def _last_row(tab: Tab, area: Area) -> int:
    used = [row for row, column in tab.cells if area.holds(row, column)]
    return max(used, default=area.top - 1) + 1


def _rendered(book: Book, evaluation: Evaluation, tab: Tab, row: int, column: int, render: str, moments: str) -> Any:  # noqa: ANN401 - any JSON value; None where nothing was ever entered
    data = tab.cell(row, column)
    entered = data.get("userEnteredValue")
    if entered is None:
        return None
    if render == "FORMULA" and "formulaValue" in entered:
        return entered["formulaValue"]
    value, look = evaluation.value(Place(tab.id, row, column)), number_format(data)
    as_text = moments == "FORMATTED_STRING" and (look or {}).get("type") in MOMENTS
    if render == "FORMATTED_VALUE" or as_text or isinstance(value, Failure):
        return displayed(value, look, book.locale)
    if isinstance(value, float):
        return plain_number(value)
    return "" if value is None else value


def _trimmed(rows: Rows) -> Rows:
    cut = [_without_end(row) for row in rows]
    while cut and not cut[-1]:
        cut.pop()
    return [["" if value is None else value for value in row] for row in cut]


def _without_end(row: list[Any]) -> list[Any]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def write_range(edit: Edit, given: JSON, text: str, option: str) -> tuple[Tab, Area, int]:
    """Write a ValueRange; what was written is the answer: tab, area and how many cells.

    null leaves a cell as it is, "" empties it.
    """
    rows: Rows = given.get("values", [])
    if given.get("majorDimension") == "COLUMNS":
        rows = [list(column) for column in zip_longest(*rows)]
    tab, area = _target(edit.book, text, rows)
    if (area.bottom, area.right) != (area.top, area.left):
        edit.check_cells(tab, area)
    count = 0
    for row, cells in enumerate(rows, area.top):
        for column, value in enumerate(cells, area.left):
            if value is not None:
                edit.enter(tab, row, column, _entry(edit, tab, row, column, value, option))
                count += 1
    return tab, area, count


def _target(book: Book, text: str, rows: Rows) -> tuple[Tab, Area]:
    tab, named_area = named(book, text)
    height, width = len(rows), max(map(len, rows), default=0)
    area = Area(named_area.top, named_area.left, named_area.top + height, named_area.left + width)
    single = (named_area.bottom, named_area.right) == (named_area.top + 1, named_area.left + 1)
    room = Area(named_area.top, named_area.left, None, None) if single else named_area
    name = range_name(tab.title, tab.within(named_area))
    if room.bottom is not None and (area.bottom or 0) > room.bottom:
        raise Invalid(f"Requested writing within range [{name}], but tried writing to row [{room.bottom + 1}]")
    if room.right is not None and (area.right or 0) > room.right:
        raise Invalid(
            f"Requested writing within range [{name}], but tried writing to column [{letters_of(room.right)}]"
        )
    if (area.bottom or 0) > tab.size[0] or (area.right or 0) > tab.size[1]:
        raise outside(tab, area)
    return tab, area


def _entry(edit: Edit, tab: Tab, row: int, column: int, value: Any, option: str) -> Entry:  # noqa: ANN401 - any JSON value
    if isinstance(value, bool):
        return Entry({"boolValue": value})
    if isinstance(value, int | float):
        return Entry({"numberValue": value})
    if not isinstance(value, str):
        raise Invalid(f"Invalid value in cell {cell_name(row, column)}: {value}")
    return edit.typed(tab, row, column, value) if option == "USER_ENTERED" else Entry({"stringValue": value})


def clear_range(edit: Edit, text: str) -> str:
    """Empty a range; formats, notes and rules stay. The answer is the range's name."""
    tab, area = named(edit.book, text)
    area = tab.within(area)
    edit.check_cells(tab, area)
    for at in [at for at in tab.cells if area.holds(*at)]:
        tab.put_value(*at, None)
    return range_name(tab.title, area)
