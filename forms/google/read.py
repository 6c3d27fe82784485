"""The cells of one form, in one request.

Not values.batchGet: it gives a number for a date and says nothing of the format. Where decimals take a comma, the
service turns a typed 1.5 into the first of May, and that must come back to the contact instead of counting as 46.143
computers.
"""

from collections.abc import Mapping
from typing import Any

from gspread.urls import SPREADSHEET_URL

from campaign.ports import FormReading
from forms.google.client import Client
from forms.grid import Cells, Percent, RawTab, day_of
from forms.parse import parse
from forms.sheet import DOCUMENTS, FORM
from scoring import Regulation

CELLS = "sheets(properties(sheetId,title),data(rowData(values(effectiveValue,userEnteredFormat(numberFormat(type))))))"
"""The part of a spreadsheet that reading needs, as a field mask."""

_DATES = frozenset({"DATE", "DATE_TIME", "TIME"})
_ERRORS = {
    "N_A": "#N/A",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "NULL_VALUE": "#NULL!",
    "NAME": "#NAME?",
    "LOADING": "Loading...",
}


def read(client: Client, file_id: str, key: str, regulation: Regulation, group: str) -> FormReading:
    """Read the form of a unit of the group."""
    return parse(read_tabs(client, file_id), key, regulation, group)


def read_tabs(client: Client, file_id: str) -> dict[int, RawTab]:
    """The tabs of the form, known by their ids, whatever they are called now."""
    return tabs_in(client.ask("get", SPREADSHEET_URL % file_id, {"fields": CELLS}))


def tabs_in(spreadsheet: Mapping[str, Any]) -> dict[int, RawTab]:
    """The tabs of the form in a spreadsheet as the service shows it; tabs of people's own are left out."""
    told = {each["properties"].get("sheetId", 0): each for each in spreadsheet.get("sheets", ())}
    ours = {tab_id: told[tab_id] for tab_id in (FORM, DOCUMENTS) if tab_id in told}
    return {tab_id: RawTab(str(tab["properties"]["title"]), _cells(tab)) for tab_id, tab in ours.items()}


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
