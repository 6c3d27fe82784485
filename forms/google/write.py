"""A form drawn into a spreadsheet: everything in one batchUpdate, which happens as a whole or not at all."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, TypeVar

from forms.google.look import format_of, height_of, highlighted, is_ruled, line
from forms.look import WIDTHS
from forms.sheet import (
    HIDDEN,
    AnyColumn,
    Book,
    Column,
    Content,
    DocumentColumn,
    Formula,
    Highlight,
    Input,
    Note,
    Row,
    Sample,
    Style,
    Tab,
    address,
)

MARK = "Xephang"
"""The description of the protected range of each tab."""

LOCALE, TIME_ZONE = "vi_VN", "Asia/Ho_Chi_Minh"

_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet's calendar, which knows no zones

Object = dict[str, Any]
_UNSEEN = HIDDEN | {DocumentColumn.KEY}
_T = TypeVar("_T")


def requests(book: Book, editors: Sequence[str]) -> list[Object]:
    """The requests that add the form to a spreadsheet; a formula may speak of any tab, so the tabs come first.

    `editors` may change what is protected, beside whoever sends the requests.
    """
    return [
        _update("SpreadsheetProperties", {"locale": LOCALE}, "locale"),
        *(_tab(tab) for tab in book.tabs),
        *(request for tab in book.tabs for request in _drawn(tab, editors)),
    ]


def alone(first_tab: int) -> list[Object]:
    """The requests that make the form all there is in a spreadsheet that was empty."""
    return [
        _update("SpreadsheetProperties", {"timeZone": TIME_ZONE}, "timeZone"),
        {"deleteSheet": {"sheetId": first_tab}},
    ]


def value_of(content: Content) -> Object:
    """What is put into a cell, as an ExtendedValue; empty for a cell that stays empty."""
    match content:
        case Formula(text):
            return {"formulaValue": f"={text}"}
        case Input(type="box", value=value):
            return {"boolValue": bool(value)}
        case Input(type="date", value=str(value)) if value:
            return _day(value)
        case Input(value=str(text)) | str(text):
            return {"stringValue": text} if text else {}  # stays text, also with = in front
        case Note(amount=Decimal() as amount) | (Decimal() as amount):
            return {"numberValue": float(amount)}  # JSON has no other number
        case Note(text=text) | Sample(text=text) if text:
            return {"stringValue": text}
    return {}


def _day(text: str) -> Object:
    try:
        return {"numberValue": (datetime.strptime(text, "%d/%m/%Y") - _FIRST_DAY).days}  # noqa: DTZ007 - a day
    except ValueError:
        return {"stringValue": text}


def _update(what: str, properties: Object, fields: str) -> Object:
    return {f"update{what}": {"properties": properties, "fields": fields}}


def _tab(tab: Tab) -> Object:
    grid = {
        "rowCount": len(tab.rows),
        "columnCount": len(tab.columns),
        "frozenRowCount": tab.frozen,
        "hideGridlines": True,
    }
    return {"addSheet": {"properties": {"sheetId": tab.id, "title": tab.title, "gridProperties": grid}}}


def _drawn(tab: Tab, editors: Sequence[str]) -> Iterator[Object]:
    yield _cells(tab)
    yield from _lines(tab)
    yield from _rules(tab)
    yield from _merges(tab)
    yield from _widths(tab)
    yield from _heights(tab)
    yield from (_highlight(tab, each, index) for index, each in enumerate(tab.highlights))
    yield _protection(tab, editors)


def _cells(tab: Tab) -> Object:
    rows = [{"values": [_cell(row, column) for column in tab.columns]} for row in tab.rows]
    start = {"sheetId": tab.id, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"rows": rows, "start": start, "fields": "userEnteredValue,userEnteredFormat"}}


def _cell(row: Row, column: AnyColumn) -> Object:
    content = row.key if column.position == 0 and row.key else row.cells.get(column, "")
    cell: Object = {} if column in _UNSEEN else {"userEnteredFormat": format_of(row.style, column, content)}
    if value := value_of(content):
        cell["userEnteredValue"] = value
    return cell


def _lines(tab: Tab) -> Iterator[Object]:
    sides = ("top", "bottom", "left", "right", "innerHorizontal", "innerVertical")
    for _, first, end in _runs([is_ruled(row) for row in tab.rows]):
        area = _range(tab, first, end, tab.columns[0], tab.columns[-1])
        yield {"updateBorders": {"range": area, **{side: line() for side in sides}}}


def _rules(tab: Tab) -> Iterator[Object]:
    """What the cells should hold, for neighbours with the same rule together."""
    for column in tab.columns:
        rules = [_rule_of(row.cells.get(column), index) for index, row in enumerate(tab.rows)]
        for rule, first, end in _runs(rules):
            yield {"setDataValidation": {"range": _range(tab, first, end, column, column), "rule": rule}}


def _rule_of(content: Content | None, row: int) -> Object | None:
    if not isinstance(content, Input) or (content.type == "text" and not content.hint):
        return None
    rule = {"condition": _condition(content, row), "inputMessage": content.hint, "showCustomUi": True}
    # Text in a number cell has to arrive, so that the bot can answer it.
    return rule | {"strict": content.type in {"choice", "box"}}


def _condition(given: Input, row: int) -> Object:
    match given.type:
        case "choice":
            return _asks("ONE_OF_LIST", *given.options)
        case "box":
            return {"type": "BOOLEAN"}
        case "date":
            return _asks("DATE_IS_VALID")
        case "text":
            return _asks("CUSTOM_FORMULA", "=TRUE")  # for the hint alone
    number = address(Column.VALUE.position, row)  # where the sheet works out the number that was typed
    bounds = ((">=", given.minimum), ("<=", given.maximum))
    within = [f"{number}{sign}{Fraction(bound)}" for sign, bound in bounds if bound is not None]
    return _asks("CUSTOM_FORMULA", f"=AND({';'.join((f'ISNUMBER({number})', *within))})")


def _asks(kind: str, *values: str) -> Object:
    return {"type": kind, "values": [{"userEnteredValue": value} for value in values]}


def _merges(tab: Tab) -> Iterator[Object]:
    for index, row in enumerate(tab.rows):
        for first, last in row.spans.items():
            area = _range(tab, index, index + 1, first, last)
            yield {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}


def _widths(tab: Tab) -> Iterator[Object]:
    looks = [{"pixelSize": WIDTHS[column], "hiddenByUser": column in tab.hidden} for column in tab.columns]
    return (_dimension(tab.id, "COLUMNS", first, end, look) for look, first, end in _runs(looks))


def _heights(tab: Tab) -> Iterator[Object]:
    fitted = {"sheetId": tab.id, "dimension": "ROWS", "startIndex": 0, "endIndex": len(tab.rows)}
    yield {"autoResizeDimensions": {"dimensions": fitted}}
    heights = [_height(tab, row) for row in tab.rows]
    yield from (_dimension(tab.id, "ROWS", first, end, look) for look, first, end in _runs(heights))


def _height(tab: Tab, row: Row) -> Object:
    if row.style is Style.ANCHOR:
        return {"hiddenByUser": True}
    height = height_of(row, tab.hidden)
    return {} if height is None else {"pixelSize": height}


def _dimension(tab_id: int, dimension: str, first: int, end: int, properties: Object) -> Object:
    place = {"sheetId": tab_id, "dimension": dimension, "startIndex": first, "endIndex": end}
    fields = ",".join(properties)
    return {"updateDimensionProperties": {"range": place, "properties": properties, "fields": fields}}


def _highlight(tab: Tab, given: Highlight, index: int) -> Object:
    rule = {
        "ranges": [_range(tab, given.first, given.last + 1, given.column, given.column)],
        "booleanRule": {"condition": _asks("CUSTOM_FORMULA", f"={given.formula}"), "format": highlighted(given.look)},
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": index}}


def _protection(tab: Tab, editors: Sequence[str]) -> Object:
    """Everything is locked but the input cells; one protected range, however many of these there are."""
    open_cells = [
        _range(tab, first, end, column, column)
        for column in tab.columns
        for is_input, first, end in _runs([isinstance(row.cells.get(column), Input) for row in tab.rows])
    ]
    protected: Object = {"range": {"sheetId": tab.id}, "unprotectedRanges": open_cells, "description": MARK}
    if editors:
        protected["editors"] = {"users": list(editors)}
    return {"addProtectedRange": {"protectedRange": protected}}


def _runs(items: Sequence[_T]) -> Iterator[tuple[_T, int, int]]:
    """Equal neighbours together, with the first index and the one after the last; what is empty is left out."""
    end = 0
    for item, run in groupby(items):
        first, end = end, end + len(list(run))
        if item:
            yield item, first, end


def _range(tab: Tab, first_row: int, end_row: int, first: AnyColumn, last: AnyColumn) -> Object:
    return {
        "sheetId": tab.id,
        "startRowIndex": first_row,
        "endRowIndex": end_row,
        "startColumnIndex": first.position,
        "endColumnIndex": last.position + 1,
    }
