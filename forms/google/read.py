"""The cells of one form, in one request."""

from gspread.urls import SPREADSHEET_URL

from campaign.ports import FormError, FormReading
from forms.google.client import Client
from forms.google.write import TAB, TAB_ID
from forms.grid import Cells
from forms.parse import parse
from scoring import Regulation
from words import Place, Problem, Severity, Text

# Formatted values would carry rounding and the locale: 8.5 has to arrive as 8.5 and a date as its serial day.
_RAW = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER", "majorDimension": "ROWS"}


def read(client: Client, file_id: str, regulation: Regulation, group: str) -> FormReading:
    """Read the form of a unit of the group: one request, two more where somebody renamed the tab."""
    tab = TAB
    try:
        cells = _cells(client, file_id, tab)
    except FormError as error:
        if error.reason != "forbidden":  # so is a range whose tab is not there
            raise
        found = _tab_title(client, file_id)
        if found is None:
            text = Text("forms.tab_lost")
            return FormReading((), (Problem(text.id, Severity.ERROR, Place(), text),))
        tab, cells = found, _cells(client, file_id, found)
    return parse(cells, tab, regulation, group)


def _cells(client: Client, file_id: str, tab: str) -> Cells:
    quoted = "'" + tab.replace("'", "''") + "'"
    answer = client.values_batch_get(file_id, [quoted], params=dict(_RAW))
    cells: Cells = answer["valueRanges"][0].get("values", [])
    return cells


def _tab_title(client: Client, file_id: str) -> str | None:
    params = {"fields": "sheets.properties(sheetId,title)"}
    sheets = client.request("get", SPREADSHEET_URL % file_id, params=params).json().get("sheets", ())
    # The id 0 is the default, which the service leaves out of some answers.
    return next(
        (str(each["properties"]["title"]) for each in sheets if each["properties"].get("sheetId", 0) == TAB_ID), None
    )
