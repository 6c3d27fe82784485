"""A form drawn into an empty spreadsheet: everything in one batchUpdate, which happens as a whole or not at all."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from forms.google.look import WIDTHS, format_of, height_of
from forms.sheet import Column, Formula, Input, Row, Sheet, Style, address

TAB, TAB_ID = "Phiếu", 0
MARK = "Xephang"
"""The description of the protected range: where it is, the form has been written."""

LOCALE, TIME_ZONE = "vi_VN", "Asia/Ho_Chi_Minh"

Object = dict[str, Any]


def requests(sheet: Sheet) -> list[Object]:
    """The requests that turn an empty spreadsheet into the form."""
    return [
        _update("SpreadsheetProperties", {"locale": LOCALE, "timeZone": TIME_ZONE}, "locale,timeZone"),
        _update("SheetProperties", _tab(sheet), "title,gridProperties"),
        _cells(sheet),
        *_merges(sheet),
        *_widths(sheet),
        *_heights(sheet),
        _protection(sheet),
    ]


def _update(what: str, properties: Object, fields: str) -> Object:
    return {f"update{what}": {"properties": properties, "fields": fields}}


def _tab(sheet: Sheet) -> Object:
    grid = {
        "rowCount": len(sheet.rows),
        "columnCount": len(Column),
        "frozenRowCount": sheet.frozen,
        "hideGridlines": True,
    }
    return {"sheetId": TAB_ID, "title": TAB, "gridProperties": grid}


def _cells(sheet: Sheet) -> Object:
    rows = [{"values": [_cell(row, column, index) for column in Column]} for index, row in enumerate(sheet.rows)]
    start = {"sheetId": TAB_ID, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"rows": rows, "start": start, "fields": "*"}}


def _cell(row: Row, column: Column, index: int) -> Object:
    content = row.key if column is Column.KEY and row.key else row.cells.get(column)
    cell: Object = {"userEnteredFormat": format_of(row.style, column, content)}
    match content:
        case Input():
            return cell | _validation(content, index)
        case Formula(text):
            return cell | {"userEnteredValue": {"formulaValue": f"={text}"}}
        case Decimal():
            return cell | {"userEnteredValue": {"numberValue": float(content)}}  # JSON has no other number
        case str() if content:
            return cell | {"userEnteredValue": {"stringValue": content}}  # stays text, also with = in front
    return cell


def _validation(given: Input, row: int) -> Object:
    condition = _condition(given, address(Column.VALUE.position, row))
    if condition is None:
        return {}
    strict = given.type == "choice"  # text in a number cell has to arrive, so that the bot can answer it
    rule = {"condition": condition, "inputMessage": given.hint, "strict": strict, "showCustomUi": True}
    return {"dataValidation": rule}


def _condition(given: Input, number: str) -> Object | None:
    """What the cell should hold; `number` is where the sheet works out the number that was typed."""
    match given.type:
        case "choice":
            return _rule("ONE_OF_LIST", *given.options)
        case "date":
            return _rule("DATE_IS_VALID")
        case "integer" | "decimal":
            bounds = ((">=", given.minimum), ("<=", given.maximum))
            within = [f"{number}{sign}{Fraction(bound)}" for sign, bound in bounds if bound is not None]
            return _rule("CUSTOM_FORMULA", f"=AND({';'.join((f'ISNUMBER({number})', *within))})")
        case "text":
            return None


def _rule(kind: str, *values: str) -> Object:
    return {"type": kind, "values": [{"userEnteredValue": value} for value in values]}


def _merges(sheet: Sheet) -> Iterator[Object]:
    for index, row in enumerate(sheet.rows):
        for first, last in row.spans.items():
            yield {"mergeCells": {"range": _range(index, index + 1, first, last), "mergeType": "MERGE_ALL"}}


def _widths(sheet: Sheet) -> Iterator[Object]:
    for column, width in WIDTHS.items():
        yield _dimension("COLUMNS", column.position, {"pixelSize": width, "hiddenByUser": column in sheet.hidden})


def _heights(sheet: Sheet) -> Iterator[Object]:
    fitted = {"sheetId": TAB_ID, "dimension": "ROWS", "startIndex": 0, "endIndex": len(sheet.rows)}
    yield {"autoResizeDimensions": {"dimensions": fitted}}
    for index, row in enumerate(sheet.rows):
        height = height_of(row, sheet.hidden)
        if height is not None:
            yield _dimension("ROWS", index, {"pixelSize": height})
        if row.style is Style.ANCHOR:
            yield _dimension("ROWS", index, {"hiddenByUser": True})


def _dimension(dimension: str, index: int, properties: Object) -> Object:
    place = {"sheetId": TAB_ID, "dimension": dimension, "startIndex": index, "endIndex": index + 1}
    fields = ",".join(properties)
    return {"updateDimensionProperties": {"range": place, "properties": properties, "fields": fields}}


def _protection(sheet: Sheet) -> Object:
    """Everything is locked but the input cells; one protected range, however many of these there are."""
    open_cells = [each for column in Column for each in _runs(sheet, column)]
    protected = {"range": {"sheetId": TAB_ID}, "unprotectedRanges": open_cells, "description": MARK}
    return {"addProtectedRange": {"protectedRange": protected}}


def _runs(sheet: Sheet, column: Column) -> Iterator[Object]:
    """The input cells of a column, neighbours together."""
    cells = ((index, isinstance(row.cells.get(column), Input)) for index, row in enumerate(sheet.rows))
    for is_input, run in groupby(cells, key=lambda each: each[1]):
        if is_input:
            rows = [index for index, _ in run]
            yield _range(rows[0], rows[-1] + 1, column, column)


def _range(first_row: int, end_row: int, first: Column, last: Column) -> Object:
    return {
        "sheetId": TAB_ID,
        "startRowIndex": first_row,
        "endRowIndex": end_row,
        "startColumnIndex": first.position,
        "endColumnIndex": last.position + 1,
    }
