"""spreadsheets.create, get and the properties of spreadsheets and tabs."""

import pytest

from tests.sandbox.google.office import HOA, JSON, ROBOT, Office


def tabs(office: Office, sheet: str, fields: str = "sheets.properties(title,index)") -> list[JSON]:
    return [each["properties"] for each in office.done("GET", f"/v4/spreadsheets/{sheet}", fields=fields)["sheets"]]


def test_a_new_spreadsheet_has_one_tab_of_a_thousand_rows(office: Office, sheet: str) -> None:
    answer = office.done("GET", f"/v4/spreadsheets/{sheet}")
    default = answer["properties"].pop("defaultFormat")
    assert default["textFormat"]["fontSize"] == 10
    assert answer == {
        "spreadsheetId": sheet,
        "properties": {
            "title": "Biểu mẫu",
            "locale": "vi_VN",
            "autoRecalc": "ON_CHANGE",
            "timeZone": "Asia/Ho_Chi_Minh",
        },
        "sheets": [
            {
                "properties": {
                    "sheetId": 0,
                    "title": "Sheet1",
                    "index": 0,
                    "sheetType": "GRID",
                    "gridProperties": {"rowCount": 1000, "columnCount": 26},
                }
            }
        ],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{sheet}/edit",
    }


def test_a_person_creates_a_spreadsheet_with_its_tabs(office: Office) -> None:
    grid = {"rowCount": 80, "columnCount": 14, "frozenRowCount": 2}
    body = {
        "properties": {"title": "Của Hoa", "locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
        "sheets": [{"properties": {"title": "Phiếu", "gridProperties": grid}}, {"properties": {"sheetId": 9}}],
    }
    made = office.done("POST", "/v4/spreadsheets", body, who=HOA)
    assert [each["properties"]["title"] for each in made["sheets"]] == ["Phiếu", "Sheet2"]
    assert made["sheets"][0]["properties"]["gridProperties"] == grid
    assert office.done("GET", "/drive/v3/files", q="'root' in parents", who=HOA, fields="files/name") == {
        "files": [{"name": "Của Hoa"}]
    }


def test_a_service_account_creates_none_and_odd_bodies_are_refused(office: Office) -> None:
    assert office.refused("POST", "/v4/spreadsheets", {}) == (403, "The caller does not have permission")
    for body, message in (
        ({"properties": {"locale": "xx"}}, "Unsupported locale: xx"),
        ({"properties": {"timeZone": "Mars/1"}}, "Invalid time zone: Mars/1"),
        ({"sheets": [{"merges": []}]}, "The sandbox does not create spreadsheets with merges."),
        ({"titel": "x"}, 'Invalid JSON payload received. Unknown name "titel": Cannot find field.'),
    ):
        assert office.refused("POST", "/v4/spreadsheets", body, who=HOA) == (400, message)


def test_cells_come_with_what_is_asked_of_them(office: Office, sheet: str) -> None:
    office.write(sheet, "B2", ["=1/4"], ["=1/0"])
    fields = "sheets(data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue,formattedValue))))"
    answer = office.done("GET", f"/v4/spreadsheets/{sheet}", ranges="B2:C9", fields=fields)
    error = {"type": "DIVIDE_BY_ZERO", "message": "#DIV/0!"}
    assert answer["sheets"][0]["data"] == [
        {
            "startRow": 1,
            "startColumn": 1,
            "rowData": [
                {
                    "values": [
                        {
                            "userEnteredValue": {"formulaValue": "=1/4"},
                            "effectiveValue": {"numberValue": 0.25},
                            "formattedValue": "0,25",
                        }
                    ]
                },
                {
                    "values": [
                        {
                            "userEnteredValue": {"formulaValue": "=1/0"},
                            "effectiveValue": {"errorValue": error},
                            "formattedValue": "#DIV/0!",
                        }
                    ]
                },
            ],
        }
    ]


def test_grid_data_has_sizes_and_effective_formats(office: Office, sheet: str) -> None:
    lines = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    size = {"pixelSize": 300, "hiddenByUser": True}
    office.batch(sheet, updateDimensionProperties={"range": lines, "properties": size, "fields": "*"})
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    one = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    office.batch(sheet, repeatCell={"range": one, "cell": cell, "fields": "userEnteredFormat"})
    answer = office.done("GET", f"/v4/spreadsheets/{sheet}", ranges="A1:B1", includeGridData="true")
    [data] = answer["sheets"][0]["data"]
    assert data["columnMetadata"] == [{"pixelSize": 300, "hiddenByUser": True}, {"pixelSize": 100}]
    assert data["rowMetadata"] == [{"pixelSize": 21}]
    bold = data["rowData"][0]["values"][0]["effectiveFormat"]["textFormat"]
    assert (bold["bold"], bold["fontSize"]) == (True, 10)
    assert "data" not in office.done("GET", f"/v4/spreadsheets/{sheet}")["sheets"][0]


def test_tabs_are_looked_up_by_their_numbers_and_the_others_are_left_out(office: Office, sheet: str) -> None:
    path = f"/v4/spreadsheets/{sheet}"
    office.done("POST", f"{path}:batchUpdate", {"requests": [{"addSheet": {"properties": {"sheetId": 5}}}]})
    office.write(sheet, "Sheet2!B2", ["hai"])
    office.write(sheet, "Sheet1!A1", ["một"])
    fields = "sheets(properties(sheetId),data(rowData(values(formattedValue))))"
    body = {"dataFilters": [{"gridRange": {"sheetId": 5}}]}
    assert office.done("POST", f"{path}:getByDataFilter", body, fields=fields) == {
        "sheets": [
            {"properties": {"sheetId": 5}, "data": [{"rowData": [{}, {"values": [{}, {"formattedValue": "hai"}]}]}]}
        ]
    }
    only = {"dataFilters": [{"a1Range": "Sheet1!A1:B1"}]}
    assert office.done("POST", f"{path}:getByDataFilter", only, fields="sheets.properties.title") == {
        "sheets": [{"properties": {"title": "Sheet1"}}]
    }


def test_a_tab_that_is_not_there_cannot_be_looked_up(office: Office, sheet: str) -> None:
    path = f"/v4/spreadsheets/{sheet}:getByDataFilter"
    missing = {"dataFilters": [{"gridRange": {"sheetId": 7}}]}
    assert office.refused("POST", path, missing) == (400, "No grid with id: 7")
    assert office.refused("POST", path, {"dataFilters": [{"developerMetadataLookup": {}}]})[0] == 501


def test_looking_up_counts_as_reading(office: Office, sheet: str) -> None:
    body = {"dataFilters": [{"gridRange": {"sheetId": 0}}]}
    for _ in range(60):
        office.done("POST", f"/v4/spreadsheets/{sheet}:getByDataFilter", body, fields="spreadsheetId")
    assert "'Read requests" in office.refused("GET", f"/v4/spreadsheets/{sheet}")[1]
    office.write(sheet, "A1", ["ghi vẫn được"])


def test_a_field_that_does_not_exist_is_refused_with_its_path(office: Office, sheet: str) -> None:
    answer = office.ask("GET", f"/v4/spreadsheets/{sheet}", fields="sheets.propertis")
    assert answer.json()["error"]["details"][0]["fieldViolations"] == [
        {
            "field": "sheets.propertis",
            "description": "Error expanding 'fields' parameter. "
            "Cannot find matching fields for path 'sheets.propertis'.",
        }
    ]


def test_a_batch_is_all_or_nothing_and_says_which_request_was_wrong(office: Office, sheet: str) -> None:
    requests = [
        {"updateSpreadsheetProperties": {"properties": {"title": "Mới"}, "fields": "title"}},
        {"addSheet": {"properties": {"title": "Hai"}}},
        {"deleteSheet": {"sheetId": 5}},
    ]
    refusal = office.refused("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", {"requests": requests})
    assert refusal == (400, "Invalid requests[2].deleteSheet: No grid with id: 5")
    assert [each["title"] for each in tabs(office, sheet)] == ["Sheet1"]
    assert office.file(sheet, "name") == {"name": "Biểu mẫu"}


@pytest.mark.parametrize(
    ("request_", "code", "message"),
    [
        (
            {"paintItBlack": {}},
            400,
            "Invalid JSON payload received. Unknown name \"paintItBlack\" at 'requests[0]': Cannot find field.",
        ),
        (
            {"updateCells": {"start": {"sheetId": 0, "row": 1}, "fields": "*"}},
            400,
            (
                "Invalid JSON payload received. "
                "Unknown name \"row\" at 'requests[0].update_cells.start': Cannot find field."
            ),
        ),
        (
            {"addSheet": {"properties": {"sheetId": "x"}}},
            400,
            "Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), \"x\"",
        ),
        (
            {"deleteSheet": {"sheetId": 2**31}},
            400,
            "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), 2147483648",
        ),
        (
            {"mergeCells": {"mergeType": "ALL"}},
            400,
            "Invalid value at 'requests[0].merge_cells.merge_type' (MERGE), \"ALL\"",
        ),
        ({"addSheet": 5}, 400, "Invalid value at 'requests[0].add_sheet' (AddSheet), 5"),
        ({}, 400, "Invalid requests[0]: Must specify exactly one kind of request, found 0."),
        (
            {"addSheet": {}, "deleteSheet": {}},
            400,
            "Invalid requests[0]: Must specify exactly one kind of request, found 2.",
        ),
        ({"addChart": {}}, 501, "The sandbox does not stand in for the request addChart."),
    ],
)
def test_requests_are_as_the_reference_says(
    office: Office, sheet: str, request_: JSON, code: int, message: str
) -> None:
    refusal = office.refused("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", {"requests": [request_]})
    assert refusal == (code, message)


def test_all_that_is_wrong_is_said_at_once(office: Office, sheet: str) -> None:
    body = {"requests": "x", "titel": 1}
    answer = office.ask("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", body).json()["error"]
    assert [each["description"] for each in answer["details"][0]["fieldViolations"]] == answer["message"].split("\n")
    assert len(answer["message"].split("\n")) == 2


def test_titles_of_tabs_are_unique_and_formulas_follow_a_new_one(office: Office, sheet: str) -> None:
    reply = office.batch(sheet, addSheet={"properties": {"title": "Số liệu", "index": 0, "sheetId": 7, "hidden": True}})
    assert reply["addSheet"]["properties"]["index"] == 0
    office.write(sheet, "Sheet1!A1", ["='Số liệu'!A1+1"])
    same = {"properties": {"sheetId": 7, "title": "SHEET1"}, "fields": "title"}
    assert office.batch_refused(sheet, updateSheetProperties=same) == (
        'Invalid requests[0].updateSheetProperties: A sheet with the name "SHEET1" already exists. '
        "Please enter another name."
    )
    office.batch(sheet, updateSheetProperties={"properties": {"sheetId": 7, "title": "Gốc"}, "fields": "title"})
    assert office.read(sheet, "Sheet1!A1", "FORMULA") == [["=Gốc!A1+1"]]
    assert office.read(sheet, "A1") == [[1]]  # the first tab that is not hidden


def test_tabs_are_moved_hidden_coloured_and_deleted(office: Office, sheet: str) -> None:
    for id_ in (1, 2):
        office.batch(sheet, addSheet={"properties": {"title": f"T{id_}", "sheetId": id_}})
    office.batch(sheet, updateSheetProperties={"properties": {"sheetId": 0, "index": 3}, "fields": "index"})
    look = {
        "sheetId": 1,
        "hidden": True,
        "tabColorStyle": {"rgbColor": {"red": 1}},
        "gridProperties": {"frozenRowCount": 3},
    }
    fields = "hidden,tabColorStyle,gridProperties.frozenRowCount"
    office.batch(sheet, updateSheetProperties={"properties": look, "fields": fields})
    assert [each["title"] for each in tabs(office, sheet)] == ["T1", "T2", "Sheet1"]
    shown = tabs(office, sheet, "sheets.properties(hidden,tabColorStyle,gridProperties)")[0]
    assert shown["gridProperties"] == {"rowCount": 1000, "columnCount": 26, "frozenRowCount": 3}
    assert (shown["hidden"], shown["tabColorStyle"]) == (True, {"rgbColor": {"red": 1}})
    office.batch(sheet, deleteSheet={"sheetId": 0})
    hide = {"properties": {"sheetId": 2, "hidden": True}, "fields": "hidden"}
    assert "can't hide all" in office.batch_refused(sheet, updateSheetProperties=hide)
    assert "can't remove all" in office.batch_refused(sheet, deleteSheet={"sheetId": 2})


@pytest.mark.parametrize(
    ("update", "message"),
    [
        (
            {"properties": {"title": "x"}},
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
        ({"properties": {"title": "x"}, "fields": "titel"}, "Invalid field: titel in fields 'titel'."),
        ({"properties": {"title": ""}, "fields": "title"}, "A sheet's title has from 1 to 100 characters."),
        ({"properties": {"sheetId": 4}, "fields": "hidden"}, "No grid with id: 4"),
        ({"properties": {"index": 9}, "fields": "index"}, "Sheet index 9 is out of range."),
        (
            {"properties": {"gridProperties": {"rowCount": 0, "columnCount": 5}}, "fields": "gridProperties"},
            "gridProperties.rowCount has to be at least 1.",
        ),
        (
            {"properties": {"gridProperties": {"frozenColumnCount": 26}}, "fields": "gridProperties.frozenColumnCount"},
            "You can't freeze all visible rows or columns on the sheet.",
        ),
        ({"properties": {"gridProperties": {"rowCount": 400_000}}, "fields": "gridProperties(rowCount)"}, None),
        (
            {"properties": {"sheetType": "GRID"}, "fields": "sheetType"},
            "The sandbox cannot change the fields sheetType of SheetProperties.",
        ),
    ],
)
def test_properties_of_a_tab_that_cannot_be_are_refused(
    office: Office, sheet: str, update: JSON, message: str | None
) -> None:
    expected = (
        message or "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
    )
    assert (
        office.batch_refused(sheet, updateSheetProperties=update)
        == f"Invalid requests[0].updateSheetProperties: {expected}"
    )


def test_a_smaller_grid_loses_what_lay_outside(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["=C3", "=A1"], [], [None, None, "x"])
    small = {
        "properties": {"gridProperties": {"rowCount": 2, "columnCount": 2}},
        "fields": "gridProperties(rowCount,columnCount)",
    }
    office.batch(sheet, updateSheetProperties=small)
    assert office.read(sheet, "A1:B2", "FORMULA") == [["=#REF!", "=A1"]]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ({"sheetId": 0}, "Sheet id 0 cannot be used: it is taken or negative."),
        ({"sheetId": -5}, "Sheet id -5 cannot be used: it is taken or negative."),
        ({"title": "sheet1"}, 'A sheet with the name "sheet1" already exists. Please enter another name.'),
        ({"sheetType": "OBJECT"}, "The sandbox has sheets of the type GRID only."),
        ({"index": 7}, "Sheet index 7 is out of range."),
        ({"gridProperties": {"rowCount": 1_000_000}}, None),
    ],
)
def test_a_tab_that_cannot_be_added_is_refused(office: Office, sheet: str, new: JSON, message: str | None) -> None:
    expected = (
        message or "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
    )
    assert office.batch_refused(sheet, addSheet={"properties": new}) == f"Invalid requests[0].addSheet: {expected}"


def test_a_duplicated_tab_has_its_cells_but_not_its_protection(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["x", "=A1"])
    office.batch(sheet, addProtectedRange={"protectedRange": {"range": {"sheetId": 0}}})
    office.batch(
        sheet, mergeCells={"range": {"sheetId": 0, "startRowIndex": 5, "endRowIndex": 6}, "mergeType": "MERGE_ALL"}
    )
    reply = office.batch(
        sheet, duplicateSheet={"sourceSheetId": 0, "newSheetId": 3, "newSheetName": "Bản hai", "insertSheetIndex": 1}
    )
    assert reply["duplicateSheet"]["properties"]["index"] == 1
    assert office.read(sheet, "'Bản hai'!A1:B1") == [["x", "x"]]
    answer = office.done(
        "GET", f"/v4/spreadsheets/{sheet}", fields="sheets(merges.sheetId,protectedRanges.protectedRangeId)"
    )
    assert [each["merges"] for each in answer["sheets"]] == [[{"sheetId": 0}], [{"sheetId": 3}]]
    assert [len(each.get("protectedRanges", [])) for each in answer["sheets"]] == [1, 0]
    taken = {"sourceSheetId": 0, "newSheetId": 3}
    assert (
        office.batch_refused(sheet, duplicateSheet=taken) == "Invalid requests[0].duplicateSheet: Sheet id 3 is taken."
    )


def test_another_locale_rewrites_the_formulas(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["=ROUND(2,675;2)"])
    office.batch(sheet, updateSpreadsheetProperties={"properties": {"locale": "en_US"}, "fields": "locale"})
    assert office.read(sheet, "A1", "FORMULA") == [["=ROUND(2.675,2)"]]
    assert office.read(sheet, "A1", "FORMATTED_VALUE") == [["2.68"]]


@pytest.mark.parametrize(
    ("properties", "fields", "message"),
    [
        ({"locale": "vi"}, "locale", "Unsupported locale: vi"),
        ({"timeZone": "../x"}, "timeZone", "Invalid time zone: ../x"),
        ({"title": ""}, "title", "The title of a spreadsheet cannot be empty."),
        ({}, "spreadsheetTheme", "The sandbox cannot change the fields spreadsheetTheme of SpreadsheetProperties."),
    ],
)
def test_properties_of_a_spreadsheet_that_cannot_be_are_refused(
    office: Office,
    sheet: str,
    properties: JSON,
    fields: str,
    message: str,
) -> None:
    update = {"properties": properties, "fields": fields}
    refusal = office.batch_refused(sheet, updateSpreadsheetProperties=update)
    assert refusal == f"Invalid requests[0].updateSpreadsheetProperties: {message}"


def test_the_changed_spreadsheet_can_come_with_the_answer(office: Office, sheet: str) -> None:
    rows = [{"values": [{"userEnteredValue": {"numberValue": 5}}]}]
    body = {
        "requests": [{"updateCells": {"start": {"sheetId": 0}, "rows": rows, "fields": "userEnteredValue"}}],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["A1"],
        "responseIncludeGridData": True,
    }
    path = f"/v4/spreadsheets/{sheet}:batchUpdate"
    answer = office.done(
        "POST", path, body, fields="updatedSpreadsheet.sheets.data.rowData.values.formattedValue,replies"
    )
    assert answer == {
        "replies": [{}],
        "updatedSpreadsheet": {"sheets": [{"data": [{"rowData": [{"values": [{"formattedValue": "5"}]}]}]}]},
    }
    assert office.file(sheet, "lastModifyingUser(emailAddress)") == {"lastModifyingUser": {"emailAddress": ROBOT}}
