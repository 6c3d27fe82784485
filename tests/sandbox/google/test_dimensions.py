"""Rows and columns inserted, deleted, moved and sorted: everything follows."""

from typing import Any

import pytest

from tests.sandbox.google.office import Office
from tests.sandbox.google.test_cell_requests import box


def rows(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def columns(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}


@pytest.fixture
def filled(office: Office, sheet: str) -> str:
    """Keys, numbers and their doubles, a total, and things that hang on rows."""
    office.write(sheet, "A1", ["k1", 3, "=B1*2"], ["k2", 1, "=B2*2"], ["k3", 2, "=B3*2"], ["", "=SUM(B1:B3)"])
    office.batch(sheet, mergeCells={"range": box(4, 0, 6, 2), "mergeType": "MERGE_ALL"})
    free = {"range": {"sheetId": 0}, "unprotectedRanges": [box(0, 1, 3, 2)]}
    office.batch(sheet, addProtectedRange={"protectedRange": free})
    rule = {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "=B1-9"}]}}
    office.batch(sheet, setDataValidation={"range": box(1, 1, 2, 2), "rule": rule})
    red = {"condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$B1>1"}]}, "format": {}}
    office.batch(sheet, addConditionalFormatRule={"rule": {"ranges": [box(0, 0, 3, 3)], "booleanRule": red}})
    office.batch(
        sheet,
        updateDimensionProperties={"range": rows(2, 3), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"},
    )
    office.batch(
        sheet,
        updateSheetProperties={
            "properties": {"gridProperties": {"frozenRowCount": 1}},
            "fields": "gridProperties.frozenRowCount",
        },
    )
    office.batch(sheet, setBasicFilter={"filter": {"range": box(0, 0, 3, 3)}})
    return sheet


def state(office: Office, sheet: str) -> dict[str, Any]:
    """Where everything is."""
    cells = "data(rowMetadata,rowData.values.dataValidation)"
    fields = f"sheets(merges,protectedRanges,conditionalFormats,basicFilter,properties,{cells})"
    [tab] = office.done("GET", f"/v4/spreadsheets/{sheet}", fields=fields)["sheets"]
    [data] = tab["data"]
    ruled = {
        (row, column): cell["dataValidation"]["condition"]["values"][0]["userEnteredValue"]
        for row, line in enumerate(data.get("rowData", []))
        for column, cell in enumerate(line.get("values", []))
        if "dataValidation" in cell
    }
    grid = tab["properties"]["gridProperties"]
    [rule] = tab["conditionalFormats"]
    return {
        "cells": office.read(sheet, "A1:D9", "FORMULA"),
        "merged": tab.get("merges"),
        "free": tab["protectedRanges"][0]["unprotectedRanges"],
        "ruled": ruled,
        "coloured": (rule["ranges"], rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"]),
        "hidden": [index for index, line in enumerate(data["rowMetadata"]) if line.get("hiddenByUser")],
        "filter": tab["basicFilter"]["range"],
        "grid": (grid["rowCount"], grid["columnCount"], grid["frozenRowCount"]),
    }


def test_inserted_rows_push_everything_down(office: Office, filled: str) -> None:
    office.batch(filled, insertDimension={"range": rows(1, 3), "inheritFromBefore": True})
    assert state(office, filled) == {
        "cells": [["k1", 3, "=B1*2"], [], [], ["k2", 1, "=B4*2"], ["k3", 2, "=B5*2"], ["", "=SUM(B1:B5)"]],
        "merged": [box(6, 0, 8, 2)],
        "free": [box(0, 1, 5, 2)],
        "ruled": {(3, 1): "=B1-9"},
        "coloured": ([box(0, 0, 5, 3)], "=$B1>1"),
        "hidden": [4],
        "filter": box(0, 0, 5, 3),
        "grid": (1002, 26, 1),
    }


def test_deleted_rows_pull_everything_up(office: Office, filled: str) -> None:
    office.batch(filled, deleteDimension={"range": rows(0, 2)})
    assert state(office, filled) == {
        "cells": [["k3", 2, "=B1*2"], ["", "=SUM(B1:B1)"]],
        "merged": [box(2, 0, 4, 2)],
        "free": [box(0, 1, 1, 2)],
        "ruled": {},
        "coloured": ([box(0, 0, 1, 3)], "=#REF!>1"),
        "hidden": [0],
        "filter": box(0, 0, 1, 3),
        "grid": (998, 26, 0),
    }


def test_moved_rows_take_everything_along(office: Office, filled: str) -> None:
    office.batch(filled, moveDimension={"source": rows(0, 1), "destinationIndex": 3})
    assert state(office, filled) == {
        "cells": [["k2", 1, "=B1*2"], ["k3", 2, "=B2*2"], ["k1", 3, "=B3*2"], ["", "=SUM(B1:B3)"]],
        "merged": [box(4, 0, 6, 2)],
        "free": [box(0, 1, 3, 2)],
        "ruled": {(0, 1): "=B3-9"},
        "coloured": ([box(0, 0, 3, 3)], "=$B3>1"),
        "hidden": [1],
        "filter": box(0, 0, 3, 3),
        "grid": (1000, 26, 1),
    }


def test_a_row_moved_out_of_a_range_is_refused(office: Office, filled: str) -> None:
    refusal = office.batch_refused(filled, moveDimension={"source": rows(1, 2), "destinationIndex": 9})
    expected = "The sandbox does not move rows or columns out of the middle of a range."
    assert refusal == f"Invalid requests[0].moveDimension: {expected}"
    inside = office.batch_refused(filled, moveDimension={"source": rows(1, 4), "destinationIndex": 2})
    assert "destinationIndex lies within" in inside


def test_columns_follow_too(office: Office, filled: str) -> None:
    office.batch(filled, insertDimension={"range": columns(1, 2)})
    assert office.read(filled, "A1:D1", "FORMULA") == [["k1", "", 3, "=C1*2"]]
    assert state(office, filled)["free"] == [box(0, 2, 3, 3)]
    office.batch(filled, deleteDimension={"range": columns(2, 3)})
    assert office.read(filled, "A1:C1", "FORMULA") == [["k1", "", "=#REF!*2"]]
    assert state(office, filled)["grid"] == (1000, 26, 1)


def test_another_tabs_formulas_follow(office: Office, filled: str) -> None:
    office.batch(filled, addSheet={"properties": {"title": "Hai", "sheetId": 2}})
    office.write(filled, "Hai!A1", ["=Sheet1!B1+SUM(Sheet1!B1:B3)+B1"])
    office.batch(filled, insertDimension={"range": rows(0, 1)})
    assert office.read(filled, "Hai!A1", "FORMULA") == [["=Sheet1!B2+SUM(Sheet1!B2:B4)+B1"]]


def test_new_rows_look_like_the_one_before_or_after(office: Office, sheet: str) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    office.batch(sheet, repeatCell={"range": box(1, 0, 2, 1), "cell": bold, "fields": "userEnteredFormat"})
    office.batch(sheet, insertDimension={"range": rows(1, 2), "inheritFromBefore": False})
    office.batch(sheet, insertDimension={"range": rows(3, 4), "inheritFromBefore": True})
    fields = "sheets.data.rowData.values.userEnteredFormat.textFormat.bold"
    data = office.done("GET", f"/v4/spreadsheets/{sheet}", fields=fields)["sheets"][0]["data"][0]["rowData"]
    assert [bool(row.get("values", [{}])[0]) for row in data] == [False, True, True, True]


def test_rows_are_sorted_with_all_but_their_rules(office: Office, filled: str) -> None:
    office.batch(
        filled, sortRange={"range": box(0, 0, 3, 3), "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]}
    )
    assert office.read(filled, "A1:C3", "FORMULA") == [["k2", 1, "=B1*2"], ["k3", 2, "=B2*2"], ["k1", 3, "=B3*2"]]
    assert state(office, filled)["ruled"] == {(1, 1): "=B1-9"}
    office.batch(
        filled, sortRange={"range": box(0, 0, 3, 3), "sortSpecs": [{"dimensionIndex": 2, "sortOrder": "DESCENDING"}]}
    )
    assert office.read(filled, "A1:A3") == [["k1"], ["k3"], ["k2"]]


def test_sorting_puts_numbers_before_text_and_empty_cells_last(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["b"], [None], [2], ["TRUE"], ["a"], ["=1/0"], [1])
    for order, expected in (
        ("ASCENDING", [[1], [2], ["a"], ["b"], [True], ["#DIV/0!"]]),
        ("DESCENDING", [["#DIV/0!"], [True], ["b"], ["a"], [2], [1]]),
    ):
        office.batch(sheet, sortRange={"range": box(0, 0, 7, 1), "sortSpecs": [{"sortOrder": order}]})
        assert office.read(sheet, "A1:A7") == expected


def test_rows_are_appended(office: Office, sheet: str) -> None:
    office.batch(sheet, appendDimension={"sheetId": 0, "dimension": "ROWS", "length": 5})
    office.batch(sheet, appendDimension={"sheetId": 0, "dimension": "COLUMNS", "length": 2})
    office.write(sheet, "AB1005", ["cuối"])
    assert office.read(sheet, "AB1005") == [["cuối"]]
    office.batch(sheet, autoResizeDimensions={"dimensions": columns(0, 28)})


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            {"insertDimension": {"range": {"sheetId": 0, "startIndex": 1, "endIndex": 2}}},
            "range.dimension is required.",
        ),
        ({"insertDimension": {"range": rows(2, 2)}}, "range.endIndex[2] must be after range.startIndex[2]."),
        (
            {"insertDimension": {"range": rows(0, 1), "inheritFromBefore": True}},
            "inheritFromBefore cannot be true when inserting at the beginning.",
        ),
        ({"insertDimension": {"range": rows(1000, 1001)}}, "range.startIndex is after the end of the sheet."),
        (
            {"insertDimension": {"range": rows(5, 500_000)}},
            "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
        ),
        (
            {"deleteDimension": {"range": rows(0, 1000)}},
            "You can't delete all the rows on the sheet that are not frozen.",
        ),
        ({"deleteDimension": {"range": rows(999, 1001)}}, "endIndex[1001] is after the last row of the sheet."),
        (
            {"deleteDimension": {"range": columns(0, 26)}},
            "You can't delete all the columns on the sheet that are not frozen.",
        ),
        (
            {"moveDimension": {"source": rows(0, 1), "destinationIndex": 1001}},
            "endIndex[1001] is after the last row of the sheet.",
        ),
        ({"appendDimension": {"sheetId": 0, "dimension": "ROWS"}}, "dimension and a positive length are required."),
        ({"sortRange": {"range": box(0, 0, 2, 2)}}, "sortSpecs is required."),
        (
            {"sortRange": {"range": box(0, 0, 2, 2), "sortSpecs": [{"dimensionIndex": 2}]}},
            f"sortSpecs.dimensionIndex[2] is outside of {box(0, 0, 2, 2)}.",
        ),
        (
            {"updateDimensionProperties": {"range": rows(0, 1), "properties": {}, "fields": "hiddenByFilter"}},
            "The sandbox cannot change the fields hiddenByFilter of DimensionProperties.",
        ),
    ],
)
def test_what_cannot_be_done_to_rows_is_refused(office: Office, sheet: str, request_: Any, message: str) -> None:  # noqa: ANN401 - any JSON value
    assert office.batch_refused(sheet, **request_) == f"Invalid requests[0].{next(iter(request_))}: {message}"


def test_merged_cells_are_not_sorted(office: Office, filled: str) -> None:
    refusal = office.batch_refused(filled, sortRange={"range": box(0, 0, 6, 2), "sortSpecs": [{}]})
    assert refusal == "Invalid requests[0].sortRange: You can't sort a range with vertical merges."
