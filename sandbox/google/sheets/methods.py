"""Sheets' methods and their addresses."""

from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google.calls import Api, Method, missing, route
from sandbox.google.sheets import spreadsheets_api, values_api
from sandbox.google.sheets.messages import FIELDS
from sandbox.store import Store

SHEETS = Api("sheets", FIELDS, "/.")
CHANGING = frozenset({"spreadsheets", "drive", "drive.file"})
READING = CHANGING | {"spreadsheets.readonly", "drive.readonly"}
ONE = "/v4/spreadsheets/{id}"
RENDERING = frozenset({"majorDimension", "valueRenderOption", "dateTimeRenderOption"})
WRITING = frozenset(
    {"valueInputOption", "includeValuesInResponse", "responseValueRenderOption", "responseDateTimeRenderOption"}
)

METHODS = (
    Method("spreadsheets.create", "POST", "/v4/spreadsheets", spreadsheets_api.create, CHANGING, "Spreadsheet"),
    Method(
        "values.batchGet",
        "GET",
        f"{ONE}/values:batchGet",
        values_api.batch_get,
        READING,
        "BatchGetValuesResponse",
        RENDERING | {"ranges"},
    ),
    Method(
        "values.batchUpdate",
        "POST",
        f"{ONE}/values:batchUpdate",
        values_api.batch_update,
        CHANGING,
        "BatchUpdateValuesResponse",
    ),
    Method(
        "values.batchClear",
        "POST",
        f"{ONE}/values:batchClear",
        values_api.batch_clear,
        CHANGING,
        "BatchClearValuesResponse",
    ),
    Method(
        "values.clear",
        "POST",
        ONE + "/values/{range:path}:clear",
        values_api.clear,
        CHANGING,
        "ClearValuesResponse",
    ),
    Method("values.get", "GET", ONE + "/values/{range:path}", values_api.get, READING, "ValueRange", RENDERING),
    Method(
        "values.update",
        "PUT",
        ONE + "/values/{range:path}",
        values_api.update,
        CHANGING,
        "UpdateValuesResponse",
        WRITING,
    ),
    Method(
        "spreadsheets.batchUpdate",
        "POST",
        f"{ONE}:batchUpdate",
        spreadsheets_api.batch_update,
        CHANGING,
        "BatchUpdateSpreadsheetResponse",
    ),
    Method(
        "spreadsheets.getByDataFilter",
        "POST",
        f"{ONE}:getByDataFilter",
        spreadsheets_api.get_by_data_filter,
        CHANGING,
        "Spreadsheet",
        only_reads=True,
    ),
    Method(
        "spreadsheets.get",
        "GET",
        ONE,
        spreadsheets_api.get,
        READING,
        "Spreadsheet",
        frozenset({"ranges", "includeGridData", "excludeTablesInBandedRanges"}),
    ),
)


def sheets_routes(store: Store, clock: Clock) -> list[Route]:
    """Sheets' addresses below `/google`; what is not among them is answered with 501."""
    return [*(route(SHEETS, method, store, clock) for method in METHODS), missing(SHEETS, "/v4/{rest:path}")]
