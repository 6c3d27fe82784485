"""A spreadsheet as spreadsheets.get shows it."""

from sandbox.google.formulas.evaluation import Evaluation, Place
from sandbox.google.json_object import JSON
from sandbox.google.masks import Mask, below
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Book, Tab
from sandbox.google.sheets.computed import evaluation, extended
from sandbox.google.sheets.display import displayed, number_format
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.updates import protections, tabs

ROW_PIXELS, COLUMN_PIXELS = 21, 100
DEFAULT_FORMAT: JSON = {
    "backgroundColor": {"red": 1, "green": 1, "blue": 1},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "fontFamily": "Arial",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
    },
}


def spreadsheet_view(edit: Edit, mask: Mask, areas: list[tuple[Tab, Area]], *, grid_data: bool) -> JSON:
    """The spreadsheet, with the cells of the areas where they are asked for; without areas, of everything.

    As in the service, a mask that names `sheets.data` asks for them too, and areas limit the tabs shown.
    """
    book = edit.book
    wanted = areas or [(tab, Area(0, 0, None, None)) for tab in book.tabs]
    cells = below(mask, "sheets", "data") if mask else {}
    with_cells = cells is not None and (grid_data or bool(mask))
    values = evaluation(book)
    shown = []
    for tab in book.tabs:
        shown_of_it = [tab.within(area) for each, area in wanted if each is tab]
        if shown_of_it:
            view = tab_view(edit, tab)
            if with_cells and cells is not None:
                view["data"] = [_grid_data(book, values, tab, area, cells) for area in shown_of_it]
            shown.append(view)
    return {
        "spreadsheetId": book.id,
        "properties": {"title": edit.file["name"], **book.properties, "defaultFormat": DEFAULT_FORMAT},
        "sheets": shown,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }


def tab_view(edit: Edit, tab: Tab) -> JSON:
    """A tab without its cells."""
    parts = {
        "merges": tab.merges,
        "conditionalFormats": tab.conditional,
        "protectedRanges": [protections.view(each, edit.email, edit.owner) for each in tab.protections],
        "basicFilter": tab.filter,
    }
    return {"properties": tabs.view(edit.book, tab)} | {name: part for name, part in parts.items() if part}


def _grid_data(book: Book, values: Evaluation, tab: Tab, area: Area, mask: Mask) -> JSON:
    rows = below(mask, "rowData", "values")
    view: JSON = {name: edge for name, edge in (("startRow", area.top), ("startColumn", area.left)) if edge}
    if rows is not None:
        view["rowData"] = _rows(book, values, tab, area, rows)
    for name, lines, pixels, start, end in (
        ("rowMetadata", tab.rows, ROW_PIXELS, area.top, area.bottom or 0),
        ("columnMetadata", tab.columns, COLUMN_PIXELS, area.left, area.right or 0),
    ):
        if below(mask, name) is not None:
            view[name] = [{"pixelSize": pixels} | lines.get(index, {}) for index in range(start, end)]
    return view


def _rows(book: Book, values: Evaluation, tab: Tab, area: Area, mask: Mask) -> list[JSON]:
    used: dict[int, int] = {}
    for row, column in tab.cells:
        if area.holds(row, column):
            used[row] = max(used.get(row, 0), column + 1)
    return [
        {"values": [cell_view(book, values, tab, row, column, mask) for column in range(area.left, used[row])]}
        if row in used
        else {}
        for row in range(area.top, max(used, default=-1) + 1)
    ]


def cell_view(book: Book, values: Evaluation, tab: Tab, row: int, column: int, mask: Mask) -> JSON:
    """A cell's CellData with what is computed of it, as far as the mask asks."""
    data = tab.cell(row, column)
    view = dict(data)
    if "userEnteredValue" in data and _wants_value(mask):
        value = values.value(Place(tab.id, row, column))
        view |= {"formattedValue": displayed(value, number_format(data), book.locale)}
        effective = extended(value)
        view |= {"effectiveValue": effective} if effective else {}
    if data and below(mask, "effectiveFormat") is not None:
        view["effectiveFormat"] = _over(DEFAULT_FORMAT, data.get("userEnteredFormat", {}))
    return view


def _wants_value(mask: Mask) -> bool:
    return below(mask, "effectiveValue") is not None or below(mask, "formattedValue") is not None


def _over(base: JSON, given: JSON) -> JSON:
    merged = dict(base)
    for name, part in given.items():
        merged[name] = _over(merged.get(name, {}), part) if isinstance(part, dict) else part
    return merged
