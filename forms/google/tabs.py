"""The tabs of a spreadsheet: the cells of a form in one request, and of our tabs only, for people's may hold millions.

Not values.batchGetByDataFilter: it gives a number for a date and says nothing of the format. Where decimals take a
comma, the service turns a typed 1.5 into the first of May, and that must come back to the contact instead of counting
as 46.143 computers.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from gspread.urls import SPREADSHEET_URL

from campaign.ports import FormError
from forms.google.client import Client
from forms.grid import Cells, Percent, RawTab, day_of
from forms.sheet import DOCUMENTS, FORM

CELLS = "sheets(properties(sheetId,title),data(rowData(values(effectiveValue,userEnteredFormat(numberFormat(type))))))"
"""The part of a spreadsheet that reading needs, as a field mask."""

_OURS = (FORM, DOCUMENTS)
_DATES = frozenset({"DATE", "DATE_TIME", "TIME"})
_ERRORS = {
    "N_A": "#N/A",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "NULL_VALUE": "#NULL!",
    "NAME": "#NAME?",
    "LOADING": "Loading...",
}


def read_tabs(client: Client, file_id: str) -> dict[int, RawTab]:
    """The tabs of the form, known by their ids, whatever they are called now; one that was deleted is left out."""
    try:
        return cells_of(client, file_id, _OURS)
    except FormError as error:
        if error.reason != "unexpected":  # to the service an id that is not there is an error in the request
            raise
    there = outlines(client, file_id)
    return cells_of(client, file_id, [tab_id for tab_id in _OURS if tab_id in there])


class Outline(NamedTuple):
    """A tab without its cells: what it is called, how many of them there are, and what a copy keeps of its looks."""

    title: str
    size: int
    frozen_rows: int
    hides_gridlines: bool


def outlines(client: Client, file_id: str) -> dict[int, Outline]:
    """Every tab of a spreadsheet by its id, people's own too."""
    fields = "sheets.properties(sheetId,title,gridProperties(rowCount,columnCount,frozenRowCount,hideGridlines))"
    return {
        tab_id: _outline(tab) for tab_id, tab in _by_id(client.ask("get", _url(file_id), {"fields": fields})).items()
    }


def _outline(tab: Mapping[str, Any]) -> Outline:
    grid = tab["properties"].get("gridProperties", {})  # a tab that is a chart has none
    return Outline(
        title=str(tab["properties"]["title"]),
        size=grid.get("rowCount", 0) * grid.get("columnCount", 0),
        frozen_rows=grid.get("frozenRowCount", 0),
        hides_gridlines=grid.get("hideGridlines", False),
    )


def cells_of(client: Client, file_id: str, tab_ids: Collection[int]) -> dict[int, RawTab]:
    """The cells of some tabs; raises FormError (unexpected) where one of them is not there."""
    if not tab_ids:
        return {}
    filters = [{"gridRange": {"sheetId": tab_id}} for tab_id in tab_ids]
    answer = client.ask("post", f"{_url(file_id)}:getByDataFilter", {"fields": CELLS}, {"dataFilters": filters})
    return tabs_in(answer, tab_ids)


def tabs_in(spreadsheet: Mapping[str, Any], tab_ids: Collection[int] = _OURS) -> dict[int, RawTab]:
    """Those tabs in a spreadsheet as the service shows it, the form's unless others are asked for."""
    told = _by_id(spreadsheet)
    found = {tab_id: told[tab_id] for tab_id in tab_ids if tab_id in told}
    return {tab_id: RawTab(str(tab["properties"]["title"]), _cells(tab)) for tab_id, tab in found.items()}


def _url(file_id: str) -> str:
    return str(SPREADSHEET_URL % file_id)


def _by_id(spreadsheet: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    # The id 0 is the default, which the service leaves out of some answers.
    return {each["properties"].get("sheetId", 0): each for each in spreadsheet.get("sheets", ())}


def _cells(tab: Mapping[str, Any]) -> Cells:
    rows = (tab.get("data") or [{}])[0].get("rowData", ())
    return [[_value(cell) for cell in row.get("values", ())] for row in rows]


def _value(cell: Mapping[str, Any]) -> object:
    """A cell as people mean it: a number in the format of a date is a date, one in that of a percentage a Percent."""
    value = cell.get("effectiveValue", {})
    if "errorValue" in value:
        kind = str(value["errorValue"].get("type", "ERROR"))
        return _ERRORS.get(kind, f"#{kind}!")
    if "numberValue" not in value:
        return next(iter(value.values()), None)
    number = value["numberValue"]
    shown_as = cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type")
    if shown_as in _DATES:
        return day_of(number) or number
    return Percent(number) if shown_as == "PERCENT" else number
