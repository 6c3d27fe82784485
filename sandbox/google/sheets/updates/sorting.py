"""sortRange: the rows of a range in another order."""

from sandbox.google.errors import Invalid
from sandbox.google.formulas.evaluation import Place
from sandbox.google.formulas.moving import copied
from sandbox.google.formulas.values import Failure, Value, order
from sandbox.google.json_object import JSON
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.computed import evaluation
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import as_grid_range, grid_range, open_area, overlap

STAYS = "dataValidation"  # rules belong to the place, everything else of a cell to its row


def sort_range(edit: Edit, request: JSON) -> JSON:
    """Sort the rows by columns; formulas move as if they were copied, and empty cells come last either way."""
    tab, area = grid_range(edit.book, request.get("range"))
    specs = request.get("sortSpecs", [])
    if not specs:
        raise Invalid("sortSpecs is required.")
    edit.check_cells(tab, area)
    if any(overlap(open_area(merge), area) for merge in tab.merges):
        raise Invalid("You can't sort a range with vertical merges.")
    rows = list(range(area.top, area.bottom or 0))
    for spec in reversed(specs):
        rows = _by(edit, tab, area, rows, spec)
    _rearrange(edit, tab, area, rows)
    return {}


def _by(edit: Edit, tab: Tab, area: Area, rows: list[int], spec: JSON) -> list[int]:
    column = spec.get("dimensionIndex", 0)
    if not area.left <= column < (area.right or 0):
        raise Invalid(f"sortSpecs.dimensionIndex[{column}] is outside of {as_grid_range(tab, area)}.")
    values = evaluation(edit.book)
    known = {row: values.value(Place(tab.id, row, column)) for row in rows}
    filled = [row for row in rows if known[row] is not None]
    empty = [row for row in rows if known[row] is None]
    down = spec.get("sortOrder") == "DESCENDING"
    return sorted(filled, key=lambda row: _key(known[row]), reverse=down) + empty


def _key(value: Value) -> tuple[int, float | str]:
    return (3, value.value) if isinstance(value, Failure) else order(value)


def _rearrange(edit: Edit, tab: Tab, area: Area, rows: list[int]) -> None:
    before = dict(tab.cells)
    for now, then in enumerate(rows, area.top):
        for column in range(area.left, area.right or 0):
            data = {name: part for name, part in before.get((then, column), {}).items() if name != STAYS}
            formula = data.get("userEnteredValue", {}).get("formulaValue")
            if formula is not None:
                data["userEnteredValue"] = {"formulaValue": copied(formula, edit.book.locale, now - then, 0)}
            rule = before.get((now, column), {}).get(STAYS)
            tab.put(now, column, data | ({STAYS: rule} if rule else {}))
