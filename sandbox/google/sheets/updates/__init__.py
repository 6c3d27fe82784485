"""The requests of spreadsheets.batchUpdate: one function each."""

from collections.abc import Callable

from sandbox.google.errors import Invalid, bad_request
from sandbox.google.json_object import JSON
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.schema import one_of
from sandbox.google.sheets.updates import cells, dimensions, highlights, looks, protections, sorting, tabs

HANDLERS: dict[str, Callable[[Edit, JSON], JSON]] = {
    "updateSpreadsheetProperties": tabs.update_spreadsheet,
    "updateSheetProperties": tabs.update,
    "addSheet": tabs.add,
    "deleteSheet": tabs.delete,
    "duplicateSheet": tabs.duplicate,
    "updateCells": cells.update,
    "repeatCell": cells.repeat,
    "setDataValidation": cells.set_validation,
    "mergeCells": looks.merge,
    "unmergeCells": looks.unmerge,
    "updateBorders": looks.update_borders,
    "addConditionalFormatRule": highlights.add,
    "deleteConditionalFormatRule": highlights.delete,
    "setBasicFilter": looks.set_filter,
    "clearBasicFilter": looks.clear_filter,
    "updateDimensionProperties": dimensions.update,
    "autoResizeDimensions": dimensions.auto_resize,
    "appendDimension": dimensions.append,
    "insertDimension": dimensions.insert,
    "deleteDimension": dimensions.delete,
    "moveDimension": dimensions.move,
    "sortRange": sorting.sort_range,
    "addProtectedRange": protections.add,
    "updateProtectedRange": protections.update,
    "deleteProtectedRange": protections.delete,
}
"""By the names of the API; each changes the spreadsheet and gives the reply, empty where there is none."""


def apply_all(edit: Edit, requests: list[JSON]) -> list[JSON]:
    """Apply the requests one after the other; the first that cannot be done refuses them all."""
    if not requests:
        raise Invalid("Must specify at least one request.")
    return [_applied(edit, request, index) for index, request in enumerate(requests)]


def _applied(edit: Edit, request: JSON, index: int) -> JSON:
    kind, content = one_of(request, index)
    try:
        reply = HANDLERS[kind](edit, content)
    except Invalid as invalid:
        raise bad_request(f"Invalid requests[{index}].{kind}: {invalid}") from None
    return {kind: reply} if reply else {}
