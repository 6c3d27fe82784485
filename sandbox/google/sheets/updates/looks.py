"""Merged cells, borders and the filter."""

from sandbox.google.errors import Invalid
from sandbox.google.json_object import JSON
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import as_grid_range, grid_range, open_area, overlap, tab_of


def merge(edit: Edit, request: JSON) -> JSON:
    """Make one cell of many, of all or row by row or column by column; the first one's value stays."""
    tab, area = grid_range(edit.book, request.get("range"))
    edit.check_cells(tab, area)
    _take_apart(tab, area)
    for part in _parts(area, request.get("mergeType", "MERGE_ALL")):
        tab.merges.append(as_grid_range(tab, part))
        for row in range(part.top, part.bottom or 0):
            for column in range(part.left, part.right or 0):
                if (row, column) != (part.top, part.left):
                    tab.put_value(row, column, None)
    return {}


def _parts(area: Area, kind: str) -> list[Area]:
    if kind == "MERGE_ROWS":
        return [Area(row, area.left, row + 1, area.right) for row in range(area.top, area.bottom or 0)]
    if kind == "MERGE_COLUMNS":
        return [Area(area.top, column, area.bottom, column + 1) for column in range(area.left, area.right or 0)]
    return [area]


def unmerge(edit: Edit, request: JSON) -> JSON:
    """Take merged cells apart."""
    tab, area = grid_range(edit.book, request.get("range"))
    edit.check_cells(tab, area)
    _take_apart(tab, area)
    return {}


def _take_apart(tab: Tab, area: Area) -> None:
    for given in tab.merges:
        inside = open_area(given)
        corners = area.holds(inside.top, inside.left) and area.holds((inside.bottom or 1) - 1, (inside.right or 1) - 1)
        if overlap(inside, area) and not corners:
            raise Invalid("You must select all cells in a merged range to merge or unmerge them.")
    tab.merges = [given for given in tab.merges if not overlap(open_area(given), area)]


def update_borders(edit: Edit, request: JSON) -> JSON:
    """Lines around and within a range; a line that is not named stays as it is."""
    tab, area = grid_range(edit.book, request.get("range"))
    edit.check_cells(tab, area)
    for row in range(area.top, area.bottom or 0):
        for column in range(area.left, area.right or 0):
            lines = {
                "top": "top" if row == area.top else "innerHorizontal",
                "bottom": "bottom" if row + 1 == area.bottom else "innerHorizontal",
                "left": "left" if column == area.left else "innerVertical",
                "right": "right" if column + 1 == area.right else "innerVertical",
            }
            _draw(tab, row, column, {side: request[line] for side, line in lines.items() if line in request})
    return {}


def _draw(tab: Tab, row: int, column: int, lines: JSON) -> None:
    data = tab.cell(row, column)
    look = data.get("userEnteredFormat", {})
    borders = look.get("borders", {}) | lines
    drawn = {side: line for side, line in borders.items() if line and line.get("style", "NONE") != "NONE"}
    rest = {name: part for name, part in look.items() if name != "borders"}
    look = rest | ({"borders": drawn} if drawn else {})
    others = {name: part for name, part in data.items() if name != "userEnteredFormat"}
    tab.put(row, column, others | ({"userEnteredFormat": look} if look else {}))


def set_filter(edit: Edit, request: JSON) -> JSON:
    """The filter above a table; the sandbox keeps it and hides nothing by it."""
    given = request.get("filter", {})
    tab, _ = grid_range(edit.book, given.get("range"))
    tab.filter = given
    return {}


def clear_filter(edit: Edit, request: JSON) -> JSON:
    """No filter any more."""
    tab_of(edit.book, request.get("sheetId")).filter = None
    return {}
