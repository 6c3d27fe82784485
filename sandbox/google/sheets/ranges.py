"""The cells that a request names, in A1 notation or as a GridRange, found in the spreadsheet."""

from sandbox.google.errors import Invalid
from sandbox.google.json_object import JSON
from sandbox.google.sheets.a1 import Area, range_name, read_reference, unquoted
from sandbox.google.sheets.book import Book, Tab


def named(book: Book, text: str) -> tuple[Tab, Area]:
    """The tab and the area that A1 notation names; open ends as they are. A title alone is the whole tab."""
    reference = read_reference(text)
    if reference is None:
        tab, area = book.tab_called(unquoted(text)), Area(0, 0, None, None)
    else:
        tab = book.first_visible() if reference.tab is None else book.tab_called(reference.tab)
        area = reference.area
    if tab is None:
        raise Invalid(f"Unable to parse range: {text}")
    rows, columns = tab.size
    if area.top >= rows or area.left >= columns:
        raise outside(tab, area)
    return tab, area


def outside(tab: Tab, area: Area) -> Invalid:
    """The refusal of cells that the grid does not have."""
    rows, columns = tab.size
    name = range_name(tab.title, area)
    return Invalid(f"Range ({name}) exceeds grid limits. Max rows: {rows}, max columns: {columns}")


def tab_of(book: Book, sheet_id: int | None) -> Tab:
    """The tab with that number; a missing one means 0, as in every message of the API."""
    tab = book.tab(sheet_id or 0)
    if tab is None:
        raise Invalid(f"No grid with id: {sheet_id or 0}")
    return tab


def grid_range(book: Book, given: JSON | None) -> tuple[Tab, Area]:
    """The tab and the area of a GridRange, open ends closed by the grid."""
    if given is None:
        raise Invalid("range is required.")
    tab = tab_of(book, given.get("sheetId"))
    top, bottom = _axis(given, "Row", tab.size[0])
    left, right = _axis(given, "Column", tab.size[1])
    return tab, Area(top, left, bottom, right)


def _axis(given: JSON, axis: str, size: int) -> tuple[int, int]:
    start, end = given.get(f"start{axis}Index", 0), given.get(f"end{axis}Index", size)
    if start < 0 or end <= start:
        raise Invalid(f"range.end{axis}Index[{end}] must be after range.start{axis}Index[{start}].")
    if end > size:
        raise Invalid(f"GridRange.end{axis}Index[{end}] is after last {axis.lower()} in grid[{size}]")
    return start, end


def dimension_range(book: Book, given: JSON | None) -> tuple[Tab, bool, int, int]:
    """The tab, whether rows are meant, and from which to before which, of a DimensionRange."""
    if given is None or "dimension" not in given:
        raise Invalid("range.dimension is required.")
    tab = tab_of(book, given.get("sheetId"))
    rows = given["dimension"] == "ROWS"
    size = tab.size[0 if rows else 1]
    start, end = given.get("startIndex", 0), given.get("endIndex", size)
    if start < 0 or end <= start:
        raise Invalid(f"range.endIndex[{end}] must be after range.startIndex[{start}].")
    return tab, rows, start, end


def as_grid_range(tab: Tab, area: Area) -> JSON:
    """An area as the API's GridRange."""
    edges = {
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }
    return {"sheetId": tab.id} | {name: edge for name, edge in edges.items() if edge is not None}


def open_area(given: JSON) -> Area:
    """The area of a GridRange that was checked when it was stored, with its open ends."""
    return Area(
        given.get("startRowIndex", 0),
        given.get("startColumnIndex", 0),
        given.get("endRowIndex"),
        given.get("endColumnIndex"),
    )


def overlap(one: Area, other: Area) -> bool:
    """Whether two areas share a cell."""

    def meet(start: int, end: int | None, from_: int, to: int | None) -> bool:
        return (to is None or start < to) and (end is None or from_ < end)

    return meet(one.top, one.bottom, other.top, other.bottom) and meet(one.left, one.right, other.left, other.right)
