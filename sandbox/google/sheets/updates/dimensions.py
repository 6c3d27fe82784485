"""Rows and columns: their size, and where they are."""

from typing import TypeVar

from sandbox.google.errors import Invalid
from sandbox.google.formulas.moving import Change, Deleted, Inserted, Moved, TornApart, followed
from sandbox.google.json_object import JSON
from sandbox.google.masks import updated
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import dimension_range, tab_of
from sandbox.google.sheets.updates.fields import update_mask

INHERITED = {"userEnteredFormat", "dataValidation"}
ABLE = frozenset({"pixelSize", "hiddenByUser"})
Anything = TypeVar("Anything")


def update(edit: Edit, request: JSON) -> JSON:
    """Sizes in pixels, and what is hidden."""
    mask = update_mask(request, "DimensionProperties", ABLE)
    tab, rows, start, end = dimension_range(edit.book, request.get("range"))
    _check_inside(tab, end, rows=rows)
    kept = tab.rows if rows else tab.columns
    for index in range(start, end):
        kept[index] = updated(kept.get(index, {}), request.get("properties", {}), mask)
        if not kept[index]:
            del kept[index]
    return {}


def auto_resize(edit: Edit, request: JSON) -> JSON:
    """Nothing that could be seen here: the sandbox does not measure text."""
    tab, rows, _, end = dimension_range(edit.book, request.get("dimensions"))
    _check_inside(tab, end, rows=rows)
    return {}


def append(edit: Edit, request: JSON) -> JSON:
    """More rows or columns at the end."""
    tab, length = tab_of(edit.book, request.get("sheetId")), request.get("length", 0)
    if length < 1 or "dimension" not in request:
        raise Invalid("dimension and a positive length are required.")
    rows, columns = tab.size
    down = length if request["dimension"] == "ROWS" else 0
    tab.set_size(rows + down, columns + (0 if down else length))
    edit.check_size()
    return {}


def insert(edit: Edit, request: JSON) -> JSON:
    """New rows or columns, which look like their neighbours."""
    tab, rows, start, end = dimension_range(edit.book, request.get("range"))
    before = request.get("inheritFromBefore", False)
    if start > tab.size[0 if rows else 1] - (0 if before else 1):
        raise Invalid("range.startIndex is after the end of the sheet.")
    if before and start == 0:
        raise Invalid("inheritFromBefore cannot be true when inserting at the beginning.")
    edit.check_lines(tab, _lines(start, start + 1, rows=rows))
    count = end - start
    restructure(edit, tab, Inserted(start, count), rows=rows)
    edit.check_size()
    model = start - 1 if before else end
    for at, data in list(tab.cells.items()):
        look = {name: part for name, part in data.items() if name in INHERITED}
        if at[0 if rows else 1] == model and look:
            for index in range(start, end):
                tab.put(*((index, at[1]) if rows else (at[0], index)), dict(look))
    return {}


def delete(edit: Edit, request: JSON) -> JSON:
    """Rows or columns less."""
    tab, rows, start, end = dimension_range(edit.book, request.get("range"))
    _check_inside(tab, end, rows=rows)
    edit.check_lines(tab, _lines(start, end, rows=rows))
    frozen = tab.properties["gridProperties"].get(_frozen(rows=rows), 0)
    if end == tab.size[0 if rows else 1] and start <= frozen:
        raise Invalid(f"You can't delete all the {'rows' if rows else 'columns'} on the sheet that are not frozen.")
    restructure(edit, tab, Deleted(start, end), rows=rows)
    return {}


def move(edit: Edit, request: JSON) -> JSON:
    """Rows or columns to another place."""
    tab, rows, start, end = dimension_range(edit.book, request.get("source"))
    to = request.get("destinationIndex", 0)
    _check_inside(tab, max(end, to), rows=rows)
    if start < to < end or to < 0:
        raise Invalid("destinationIndex lies within the rows or columns that are moved.")
    edit.check_lines(tab, _lines(min(start, to), max(end, to), rows=rows))
    try:
        restructure(edit, tab, Moved(start, end, to), rows=rows)
    except TornApart:
        raise Invalid("The sandbox does not move rows or columns out of the middle of a range.") from None
    return {}


def _check_inside(tab: Tab, end: int, *, rows: bool) -> None:
    if end > tab.size[0 if rows else 1]:
        raise Invalid(f"endIndex[{end}] is after the last {'row' if rows else 'column'} of the sheet.")


def _lines(start: int, end: int, *, rows: bool) -> Area:
    return Area(start, 0, end, None) if rows else Area(0, start, None, end)


def restructure(edit: Edit, tab: Tab, change: Change, *, rows: bool) -> None:
    """Let everything follow that stands in, or points at, the rows or columns of a tab."""
    _follow_formulas(edit, tab, change, rows=rows)
    _follow_cells(tab, change, rows=rows)
    if rows:
        tab.rows = _followed_keys(tab.rows, change)
    else:
        tab.columns = _followed_keys(tab.columns, change)
    tab.merges = _followed_ranges(tab.merges, change, rows=rows)
    _follow_rules(tab, change, rows=rows)
    _follow_grid(tab, change, rows=rows)


def _follow_grid(tab: Tab, change: Change, *, rows: bool) -> None:
    if isinstance(change, Moved):
        return
    grid, counted, frozen = tab.properties["gridProperties"], "rowCount" if rows else "columnCount", _frozen(rows=rows)
    grid[counted] += change.count if isinstance(change, Inserted) else change.start - change.end
    if frozen in grid:
        span = change.span((0, grid[frozen])) if grid[frozen] else None
        grid[frozen] = 0 if span is None else (span[1] or 0)


def _frozen(*, rows: bool) -> str:
    return "frozenRowCount" if rows else "frozenColumnCount"


def _follow_formulas(edit: Edit, tab: Tab, change: Change, *, rows: bool) -> None:
    title = tab.title.casefold()
    for home, holder, key, formula in edit.book.formulas():
        own = home is tab
        holder[key] = followed(
            formula,
            edit.book.locale,
            change,
            rows=rows,
            moves=lambda named, own=own: own if named is None else named.casefold() == title,  # type: ignore[misc]
        )


def _follow_cells(tab: Tab, change: Change, *, rows: bool) -> None:
    kept = {}
    for (row, column), data in tab.cells.items():
        now = change.index(row if rows else column)
        if now is not None:
            kept[(now, column) if rows else (row, now)] = data
    tab.cells = kept


def _followed_keys(lines: dict[int, Anything], change: Change) -> dict[int, Anything]:
    moved = {change.index(index): line for index, line in lines.items()}
    return {index: line for index, line in moved.items() if index is not None}


def _follow_rules(tab: Tab, change: Change, *, rows: bool) -> None:
    for protection in tab.protections:
        protection["range"] = _followed_range(protection["range"], change, rows=rows)
        if "unprotectedRanges" in protection:
            free = _followed_ranges(protection["unprotectedRanges"], change, rows=rows)
            protection["unprotectedRanges"] = free
    tab.protections = [each for each in tab.protections if each["range"] is not None]
    for rule in tab.conditional:
        rule["ranges"] = _followed_ranges(rule["ranges"], change, rows=rows)
    tab.conditional = [rule for rule in tab.conditional if rule["ranges"]]
    if tab.filter and "range" in tab.filter:
        after = _followed_range(tab.filter["range"], change, rows=rows)
        tab.filter = None if after is None else tab.filter | {"range": after}


def _followed_ranges(ranges: list[JSON], change: Change, *, rows: bool) -> list[JSON]:
    moved = (_followed_range(each, change, rows=rows) for each in ranges)
    return [each for each in moved if each is not None]


def _followed_range(given: JSON, change: Change, *, rows: bool) -> JSON | None:
    start_name, end_name = ("startRowIndex", "endRowIndex") if rows else ("startColumnIndex", "endColumnIndex")
    if start_name not in given and end_name not in given:
        return given
    span = change.span((given.get(start_name, 0), given.get(end_name)))
    if span is None:
        return None
    return given | {start_name: span[0]} | ({} if span[1] is None else {end_name: span[1]})
