"""updateCells, repeatCell and setDataValidation."""

from sandbox.google.errors import Invalid
from sandbox.google.formulas.moving import copied
from sandbox.google.json_object import JSON
from sandbox.google.locales import Locale
from sandbox.google.masks import Mask, updated
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.edit import Edit, check_format
from sandbox.google.sheets.ranges import grid_range, tab_of
from sandbox.google.sheets.updates.fields import update_mask
from sandbox.google.sheets.validation import check_condition

ABLE = frozenset({"userEnteredValue", "userEnteredFormat", "note", "dataValidation", "textFormatRuns"})


def update(edit: Edit, request: JSON) -> JSON:
    """Write rows of cells from a corner on, or into a range; what the rows do not cover of a range is cleared."""
    mask, rows = _mask(request), request.get("rows", [])
    tab, area = _target(edit, request, rows)
    edit.check_cells(tab, area)
    for row in range(area.top, area.bottom or 0):
        given = rows[row - area.top].get("values", []) if row - area.top < len(rows) else []
        width = len(given) if "start" in request else (area.right or 0) - area.left
        for column in range(area.left, area.left + width):
            source = given[column - area.left] if column - area.left < len(given) else {}
            write(edit, tab, (row, column), source or {}, mask)
    return {}


def _target(edit: Edit, request: JSON, rows: list[JSON]) -> tuple[Tab, Area]:
    height, width = len(rows), max((len(row.get("values", [])) for row in rows), default=0)
    if ("start" in request) == ("range" in request):
        raise Invalid("Exactly one of start and range has to be set.")
    if "range" in request:
        tab, area = grid_range(edit.book, request["range"])
        _check_room("row", area.top, height, area.bottom or 0)
        _check_room("column", area.left, width, area.right or 0)
        return tab, area
    start = request["start"]
    tab, top, left = tab_of(edit.book, start.get("sheetId")), start.get("rowIndex", 0), start.get("columnIndex", 0)
    if top < 0 or left < 0 or top + height > tab.size[0] or left + width > tab.size[1]:
        raise Invalid(
            f"GridCoordinate of {height} rows and {width} columns from [{top}, {left}] is after grid{list(tab.size)}"
        )
    return tab, Area(top, left, top + height, left + width)


def _check_room(line: str, start: int, count: int, end: int) -> None:
    last = start + count - 1
    if last >= end:
        raise Invalid(f"Attempting to write {line}: {last}, beyond the last requested {line} of: {end - 1}")


def repeat(edit: Edit, request: JSON) -> JSON:
    """Write one cell into every cell of a range; formulas move along as when they are copied."""
    mask, cell = _mask(request), request.get("cell", {})
    tab, area = grid_range(edit.book, request.get("range"))
    edit.check_cells(tab, area)
    for row in range(area.top, area.bottom or 0):
        for column in range(area.left, area.right or 0):
            source = moved(cell, edit.book.locale, row - area.top, column - area.left)
            write(edit, tab, (row, column), source, mask)
    return {}


def moved(cell: JSON, locale: Locale, rows: int, columns: int) -> JSON:
    """A cell as it stands so many rows and columns further on: its formula and its rule move along."""
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    there = {} if formula is None else {"userEnteredValue": {"formulaValue": copied(formula, locale, rows, columns)}}
    rule = cell.get("dataValidation")
    return cell | there | ({} if rule is None else {"dataValidation": copied_rule(rule, locale, rows, columns)})


def copied_rule(rule: JSON, locale: Locale, rows: int, columns: int) -> JSON:
    """A validation rule as it stands so many rows and columns further on."""
    values = [
        value | {"userEnteredValue": copied(value["userEnteredValue"], locale, rows, columns)}
        if value.get("userEnteredValue", "").startswith("=")
        else value
        for value in rule["condition"].get("values", [])
    ]
    return rule | {"condition": rule["condition"] | ({"values": values} if values else {})}


def set_validation(edit: Edit, request: JSON) -> JSON:
    """Give every cell of a range a rule, or take it away."""
    tab, area = grid_range(edit.book, request.get("range"))
    edit.check_cells(tab, area)
    rule = request.get("rule")
    if rule is not None:
        _check_rule(edit, rule)
    for row in range(area.top, area.bottom or 0):
        for column in range(area.left, area.right or 0):
            data = {name: part for name, part in tab.cell(row, column).items() if name != "dataValidation"}
            if rule is not None:
                data["dataValidation"] = copied_rule(rule, edit.book.locale, row - area.top, column - area.left)
            tab.put(row, column, data)
    return {}


def _check_rule(edit: Edit, rule: JSON) -> None:
    if not rule.get("condition"):
        raise Invalid("rule.condition is required.")
    check_condition(edit, rule["condition"])


def _mask(request: JSON) -> Mask:
    mask = update_mask(request, "CellData", ABLE)
    # A cell holds one value: writing one kind of it always replaces the others.
    return mask | ({"userEnteredValue": {}} if "userEnteredValue" in mask else {})


def write(edit: Edit, tab: Tab, at: tuple[int, int], source: JSON, mask: Mask) -> None:
    """Change the parts of a cell that the mask names."""
    data = updated(tab.cell(*at), source, mask)
    if "userEnteredValue" in mask:
        data.pop("userEnteredValue", None)
        if "textFormatRuns" not in mask:
            data.pop("textFormatRuns", None)
        if len(source.get("userEnteredValue", {})) > 1:
            raise Invalid("A cell can hold only one kind of userEnteredValue.")
        value = edit.checked(source.get("userEnteredValue"))
        data |= {"userEnteredValue": value} if value else {}
    if "userEnteredFormat" in mask:
        check_format(data.get("userEnteredFormat"))
    if "dataValidation" in mask and "dataValidation" in data:
        _check_rule(edit, data["dataValidation"])
    if not data.get("note", "."):
        del data["note"]
    tab.put(*at, data)
