from typing import Any

import pytest

from tests.sandbox.google.office import HOA, ROBOT, Office


def path(sheet: str, range_: str) -> str:
    return f"/v4/spreadsheets/{sheet}/values/{range_}"


def test_values_are_typed_in_the_sheets_locale(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["8,5", "25%", "02/03/2026", "TRUE", "=A1*2", "'007", "Có"])
    assert office.read(sheet, "A1:G1") == [[8.5, 0.25, 46083, True, 17, "007", "Có"]]
    assert office.read(sheet, "A1:G1", "FORMATTED_VALUE") == [["8,5", "25%", "02/03/2026", "TRUE", "17", "007", "Có"]]
    assert office.read(sheet, "A1:G1", "FORMULA") == [[8.5, 0.25, 46083, True, "=A1*2", "007", "Có"]]


def test_raw_values_stay_what_they_are(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["8,5", 8.5, True, "=1+1", "@x", "-", "+84"], raw=True)
    assert office.read(sheet, "A1:G1") == [["8,5", 8.5, True, "=1+1", "@x", "-", "+84"]]
    cells = office.done(
        "GET", f"/v4/spreadsheets/{sheet}", ranges="A1:D1", fields="sheets.data.rowData.values.userEnteredValue"
    )
    assert cells["sheets"][0]["data"][0]["rowData"][0]["values"][3] == {"userEnteredValue": {"stringValue": "=1+1"}}


def test_typed_text_stays_text_in_a_plain_text_cell(office: Office, sheet: str) -> None:
    look = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    range_ = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    office.batch(sheet, repeatCell={"range": range_, "cell": look, "fields": "userEnteredFormat.numberFormat"})
    office.write(sheet, "A1", ["8,5", "=1+1", 7])
    assert office.read(sheet, "A1:C1") == [["8,5", "=1+1", 7]]


def test_dates_are_numbers_unless_their_text_is_wanted(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["02/03/2026", "8:30", "5"])
    answer = office.done(
        "GET", path(sheet, "A1:C1"), valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING"
    )
    assert answer["values"] == [["02/03/2026", "08:30:00", 5]]


def test_errors_are_read_as_their_text(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["=1/0", "=SUM(1,2;A1)", "=Không!A1", "=SUM(A1,A2)"])
    assert office.read(sheet, "A1:D1") == [["#DIV/0!", "#DIV/0!", "#REF!", "#ERROR!"]]


def test_empty_rows_and_cells_at_the_end_are_left_out(office: Office, sheet: str) -> None:
    office.write(sheet, "B2", ["x", None, "y"], [], [None, "z"], ['=""', "", ""])
    answer = office.done("GET", path(sheet, "A1:F9"))
    assert answer == {
        "range": "Sheet1!A1:F9",
        "majorDimension": "ROWS",
        "values": [[], ["", "x", "", "y"], [], ["", "", "z"], ["", ""]],
    }
    assert office.done("GET", path(sheet, "F1:F9")) == {"range": "Sheet1!F1:F9", "majorDimension": "ROWS"}


def test_columns_can_come_first(office: Office, sheet: str) -> None:
    body = {"values": [[1, 2, 3], [4]], "majorDimension": "COLUMNS"}
    office.done("PUT", path(sheet, "A1"), body, valueInputOption="RAW")
    assert office.read(sheet, "A1:C3") == [[1, 4], [2], [3]]
    answer = office.done("GET", path(sheet, "A1:C3"), majorDimension="COLUMNS", valueRenderOption="UNFORMATTED_VALUE")
    assert answer["values"] == [[1, 2, 3], [4]]


def test_null_leaves_a_cell_and_empty_text_empties_it(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["a", "b", "c"])
    answer = office.done("PUT", path(sheet, "A1:C1"), {"values": [[None, "", "C"]]}, valueInputOption="RAW")
    assert office.read(sheet, "A1:C1") == [["a", "", "C"]]
    assert answer == {
        "spreadsheetId": sheet,
        "updatedRange": "Sheet1!A1:C1",
        "updatedRows": 1,
        "updatedColumns": 3,
        "updatedCells": 2,
    }


@pytest.mark.parametrize(
    ("range_", "message"),
    [
        ("Không có!A1", "Unable to parse range: Không có!A1"),
        ("Sheet1!1A", "Unable to parse range: Sheet1!1A"),
        ("A1001", "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("AA1", "Range (Sheet1!AA1) exceeds grid limits. Max rows: 1000, max columns: 26"),
    ],
)
def test_a_range_that_is_not_there_is_refused(office: Office, sheet: str, range_: str, message: str) -> None:
    assert office.refused("GET", path(sheet, range_)) == (400, message)


@pytest.mark.parametrize(
    ("range_", "read"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("B:C", "Sheet1!B1:C1000"),
        ("2:3", "Sheet1!A2:Z3"),
        ("A999:A2000", "Sheet1!A999:A1000"),
    ],
)
def test_a_range_is_read_as_far_as_the_grid_goes(office: Office, sheet: str, range_: str, read: str) -> None:
    assert office.done("GET", path(sheet, range_))["range"] == read


@pytest.mark.parametrize(
    ("range_", "values", "message"),
    [
        ("Z1000", [[1, 2]], "Range (Sheet1!Z1000:AA1000) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("A1:B1", [[1], [2]], "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"),
        ("A1:B1", [[1, 2, 3]], "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"),
        ("A1", [["x" * 50_001]], "Your input contains more than the maximum of 50000 characters in a single cell."),
        ("A1", [["=VSTACK(A2)"]], "The sandbox does not compute the function VSTACK: =VSTACK(A2)"),
        ("A1", [[[1]]], "Invalid value at 'values[0][0]' (cell), [1]"),
        ("A1", [5], "Invalid value at 'values[0]' (cell), 5"),
        ("A1", [[10**400]], f"Invalid value at 'values[0][0]' (cell), {10**400}"),
    ],
)
def test_what_cannot_be_written_is_refused(office: Office, sheet: str, range_: str, values: Any, message: str) -> None:  # noqa: ANN401 - any JSON value
    body = {"values": values}
    assert office.refused("PUT", path(sheet, range_), body, valueInputOption="USER_ENTERED") == (400, message)
    assert office.read(sheet, "A1:Z1") == []


def test_how_values_are_meant_has_to_be_said(office: Office, sheet: str) -> None:
    body = {"values": [[1]]}
    missing = (400, "'valueInputOption' is required but not specified")
    assert office.refused("PUT", path(sheet, "A1"), body) == missing
    assert office.refused("POST", f"/v4/spreadsheets/{sheet}/values:batchUpdate", {"data": []}) == missing
    code, message = office.refused("GET", path(sheet, "A1"), valueRenderOption="PLAIN")
    assert (code, message) == (400, "Invalid value at 'valueRenderOption' (VALUE_RENDER), \"PLAIN\"")


def test_unknown_names_are_refused(office: Office, sheet: str) -> None:
    code, message = office.refused("PUT", path(sheet, "A1"), {"vals": [[1]]}, valueInputOption="RAW")
    assert (code, message) == (400, 'Invalid JSON payload received. Unknown name "vals": Cannot find field.')
    code, message = office.refused("GET", path(sheet, "A1"), render="RAW")
    assert (code, message) == (
        400,
        'Invalid JSON payload received. Unknown name "render": Cannot bind query parameter.',
    )


def test_a_range_in_the_body_has_to_be_the_same(office: Office, sheet: str) -> None:
    body = {"range": "B1", "values": [[1]]}
    code, message = office.refused("PUT", path(sheet, "A1"), body, valueInputOption="RAW")
    assert (code, message) == (400, "Requested writing within range [A1], but the body names the range [B1]")


def test_what_was_written_can_come_back_with_the_answer(office: Office, sheet: str) -> None:
    body = {"range": "Sheet1!A1:B1", "values": [["8,5", "=A1*2"]]}
    answer = office.done(
        "PUT", path(sheet, "A1:B1"), body, valueInputOption="USER_ENTERED", includeValuesInResponse="true"
    )
    assert answer["updatedData"] == {"range": "Sheet1!A1:B1", "majorDimension": "ROWS", "values": [["8,5", "17"]]}


def test_several_ranges_are_written_all_or_none(office: Office, sheet: str) -> None:
    data = [{"range": "A1", "values": [["1,5"]]}, {"range": "B1:B2", "values": [["x"], ["y"]]}]
    body = {"valueInputOption": "USER_ENTERED", "data": data}
    answer = office.done("POST", f"/v4/spreadsheets/{sheet}/values:batchUpdate", body)
    assert {name: answer[name] for name in answer if name.startswith("total")} == {
        "totalUpdatedRows": 3,
        "totalUpdatedColumns": 2,
        "totalUpdatedCells": 3,
        "totalUpdatedSheets": 1,
    }
    body["data"] = [{"range": "A1", "values": [["đổi"]]}, {"range": "Nowhere!A1", "values": [["x"]]}]
    code, message = office.refused("POST", f"/v4/spreadsheets/{sheet}/values:batchUpdate", body)
    assert (code, message) == (400, "Invalid data[1]: Unable to parse range: Nowhere!A1")
    ranges = office.done("GET", f"/v4/spreadsheets/{sheet}/values:batchGet", ranges=["A1", "B:B"])
    assert [each.get("values") for each in ranges["valueRanges"]] == [[["1,5"]], [["x"], ["y"]]]


def test_a_batch_does_not_give_values_back(office: Office, sheet: str) -> None:
    body = {"valueInputOption": "RAW", "data": [], "includeValuesInResponse": True}
    code, message = office.refused("POST", f"/v4/spreadsheets/{sheet}/values:batchUpdate", body)
    assert (code, message) == (400, "The sandbox does not include values in the answer of values:batchUpdate.")


def test_clearing_leaves_looks_and_rules(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["02/03/2026", "b"])
    assert office.done("POST", path(sheet, "A:A") + ":clear") == {
        "spreadsheetId": sheet,
        "clearedRange": "Sheet1!A1:A1000",
    }
    assert office.read(sheet, "A1:B1") == [["", "b"]]
    answer = office.done("POST", f"/v4/spreadsheets/{sheet}/values:batchClear", {"ranges": ["B1", "C1:D2"]})
    assert answer["clearedRanges"] == ["Sheet1!B1", "Sheet1!C1:D2"]
    cells = office.done("GET", f"/v4/spreadsheets/{sheet}", fields="sheets.data.rowData.values")["sheets"][0]["data"]
    assert cells[0]["rowData"][0]["values"][0]["userEnteredFormat"]["numberFormat"]["type"] == "DATE"


def test_formulas_are_computed_when_they_are_read(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["4"], ["8"], ["=ROUND(A1/A2*10;2)"], ['=IF(A1="";"";A3)'])
    assert office.read(sheet, "A3:A4") == [[5], [5]]
    office.write(sheet, "A1", [3])
    assert office.read(sheet, "A3:A4", "FORMATTED_VALUE") == [["3,75"], ["3,75"]]
    office.write(sheet, "A1", [""])
    assert office.read(sheet, "A3:A4") == [[0], [""]]


def test_each_write_dates_the_file_and_names_who_wrote(office: Office, sheet: str) -> None:
    office.share(sheet, HOA, "writer")
    office.sandbox.clock.advance(0.25)
    body = {"values": [[1]]}
    office.done("PUT", path(sheet, "A1"), body, who=HOA, valueInputOption="RAW")
    assert office.file(sheet, "modifiedTime,lastModifyingUser(emailAddress,me)") == {
        "modifiedTime": "2026-03-02T01:00:00.250Z",
        "lastModifyingUser": {"emailAddress": HOA, "me": False},
    }


def test_who_may_not_see_or_write_is_told_so(office: Office, sheet: str) -> None:
    body = {"values": [[1]]}
    closed = (403, "The caller does not have permission")
    assert office.refused("GET", path(sheet, "A1"), who=HOA) == closed
    office.share(sheet, HOA, "commenter")
    assert office.done("GET", path(sheet, "A1"), who=HOA)["range"] == "Sheet1!A1"
    assert office.refused("PUT", path(sheet, "A1"), body, who=HOA, valueInputOption="RAW") == closed
    assert office.refused("GET", path("1" * 44, "A1")) == (404, "Requested entity was not found.")
    assert office.refused("GET", path(office.folder, "A1"), who=ROBOT) == (
        400,
        "This operation is not supported for this document",
    )
