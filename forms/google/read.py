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
from forms.google.write import TAB_ID
from forms.grid import Cells, Percent, day_of
from forms.parse import parse
from scoring import Regulation
from words import Place, Problem, Severity, Text

_FIELDS = (
    "sheets(properties(sheetId,title),data(rowData(values(effectiveValue,userEnteredFormat(numberFormat(type))))))"
)
_DATES = frozenset({"DATE", "DATE_TIME", "TIME"})
_ERRORS = {
    "N_A": "#N/A",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "NULL_VALUE": "#NULL!",
    "NAME": "#NAME?",
    "LOADING": "Loading...",
}


def read(client: Client, file_id: str, regulation: Regulation, group: str) -> FormReading:
    """Read the form of a unit of the group. Its tab is known by its id, whatever it is called now."""
    answer = client.request("get", SPREADSHEET_URL % file_id, params={"fields": _FIELDS}).json()
    # The id 0 is the default, which the service leaves out of some answers.
    tab = next((each for each in answer.get("sheets", ()) if each["properties"].get("sheetId", 0) == TAB_ID), None)
    if tab is None:
        text = Text("forms.tab_lost")
        return FormReading((), (Problem(text.id, Severity.ERROR, Place(), text),))
    return parse(_cells(tab), str(tab["properties"]["title"]), regulation, group)


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
