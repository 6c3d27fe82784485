"""updateCells, repeatCell, setDataValidation, merges, borders, conditional formats, filter."""

from typing import Any

import pytest

from tests.sandbox.google.office import Office


def box(top: int, left: int, bottom: int, right: int) -> dict[str, int]:
    """A GridRange on the first tab."""
    return {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def cells(office: Office, sheet: str, range_: str, fields: str) -> Any:  # noqa: ANN401 - any JSON value
    whole = f"sheets.data.rowData.values({fields})"
    data = office.done("GET", f"/v4/spreadsheets/{sheet}", ranges=range_, fields=whole)["sheets"][0]["data"][0]
    return [row.get("values", []) for row in data["rowData"]]


def number(value: float) -> dict[str, Any]:
    return {"userEnteredValue": {"numberValue": value}}


def test_cells_are_written_with_all_that_belongs_to_them(office: Office, sheet: str) -> None:
    cell = {
        "userEnteredValue": {"stringValue": "Tổng điểm"},
        "userEnteredFormat": {"textFormat": {"bold": True}, "horizontalAlignment": "CENTER"},
        "note": "Cộng các mục",
        "textFormatRuns": [{"startIndex": 5, "format": {"italic": True}}],
        "dataValidation": {
            "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Tổng điểm"}]},
            "strict": True,
        },
    }
    rows = [{"values": [cell, number(5)]}, {"values": [{"userEnteredValue": {"formulaValue": "=B2*2"}}]}]
    office.batch(
        sheet, updateCells={"start": {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}, "rows": rows, "fields": "*"}
    )
    assert office.read(sheet, "B2:C3") == [["Tổng điểm", 5], ["#VALUE!"]]
    fields = "userEnteredValue,userEnteredFormat,note,textFormatRuns,dataValidation"
    assert cells(office, sheet, "B2:B2", fields) == [[cell]]


def test_only_the_named_fields_change(office: Office, sheet: str) -> None:
    first = {**number(1), "note": "giữ", "userEnteredFormat": {"textFormat": {"bold": True}, "wrapStrategy": "WRAP"}}
    corner = {"sheetId": 0}
    office.batch(sheet, updateCells={"start": corner, "rows": [{"values": [first]}], "fields": "*"})
    second = {"userEnteredValue": {"stringValue": "hai"}, "userEnteredFormat": {"textFormat": {"italic": True}}}
    fields = "userEnteredValue.stringValue,userEnteredFormat(textFormat)"
    office.batch(sheet, updateCells={"start": corner, "rows": [{"values": [second]}], "fields": fields})
    assert cells(office, sheet, "A1", "userEnteredValue,note,userEnteredFormat") == [
        [
            {
                "userEnteredValue": {"stringValue": "hai"},
                "note": "giữ",
                "userEnteredFormat": {"textFormat": {"italic": True}, "wrapStrategy": "WRAP"},
            }
        ]
    ]


def test_an_empty_note_is_none(office: Office, sheet: str) -> None:
    cell = {"userEnteredValue": {"formulaValue": "=1+1"}, "note": ""}
    office.batch(sheet, updateCells={"start": {"sheetId": 0}, "rows": [{"values": [cell]}], "fields": "*"})
    assert cells(office, sheet, "A1", "userEnteredValue,note") == [[{"userEnteredValue": {"formulaValue": "=1+1"}}]]


def test_an_error_that_was_written_is_an_error(office: Office, sheet: str) -> None:
    written = [{"userEnteredValue": {"errorValue": {"type": kind}}} for kind in ("N_A", "LOADING")]
    office.batch(sheet, updateCells={"start": {"sheetId": 0}, "rows": [{"values": written}], "fields": "*"})
    assert office.read(sheet, "A1:B1") == [["#N/A", "#ERROR!"]]


def test_a_range_is_cleared_where_the_rows_do_not_cover_it(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", [1, 2], [3, 4])
    update = {"range": box(0, 0, 2, 2), "rows": [{"values": [number(9)]}], "fields": "userEnteredValue"}
    office.batch(sheet, updateCells=update)
    assert office.read(sheet, "A1:B2") == [[9]]


@pytest.mark.parametrize(
    ("update", "message"),
    [
        ({"fields": "*"}, "Exactly one of start and range has to be set."),
        (
            {"start": {"sheetId": 0}, "rows": []},
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
        ({"start": {"sheetId": 0}, "fields": "value"}, "Invalid field: value in fields 'value'."),
        (
            {"start": {"sheetId": 0}, "fields": "hyperlink"},
            "The sandbox cannot change the fields hyperlink of CellData.",
        ),
        ({"start": {"sheetId": 3}, "fields": "*"}, "No grid with id: 3"),
        (
            {"start": {"rowIndex": 1000}, "rows": [{"values": [{}]}], "fields": "*"},
            "GridCoordinate of 1 rows and 1 columns from [1000, 0] is after grid[1000, 26]",
        ),
        (
            {"range": box(0, 0, 1, 1), "rows": [{"values": [{}]}, {"values": [{}]}], "fields": "*"},
            "Attempting to write row: 1, beyond the last requested row of: 0",
        ),
        (
            {"range": box(0, 0, 1, 1), "rows": [{"values": [{}, {}]}], "fields": "*"},
            "Attempting to write column: 1, beyond the last requested column of: 0",
        ),
        ({"range": box(0, 0, 1001, 1), "fields": "*"}, "GridRange.endRowIndex[1001] is after last row in grid[1000]"),
        ({"range": box(2, 0, 2, 1), "fields": "*"}, "range.endRowIndex[2] must be after range.startRowIndex[2]."),
        (
            {
                "start": {},
                "rows": [{"values": [{"userEnteredValue": {"boolValue": True, "stringValue": "x"}}]}],
                "fields": "*",
            },
            "A cell can hold only one kind of userEnteredValue.",
        ),
        (
            {"start": {}, "rows": [{"values": [{"userEnteredValue": {"formulaValue": "1+1"}}]}], "fields": "*"},
            "A formulaValue has to begin with =: 1+1",
        ),
        (
            {
                "start": {},
                "rows": [{"values": [{"userEnteredValue": {"formulaValue": "=SORT(A1:A3)"}}]}],
                "fields": "*",
            },
            "The sandbox does not compute the function SORT: =SORT(A1:A3)",
        ),
        (
            {
                "start": {},
                "rows": [{"values": [{"userEnteredFormat": {"numberFormat": {"pattern": "[đỏ]"}}}]}],
                "fields": "*",
            },
            "The sandbox does not show numbers under the pattern [đỏ].",
        ),
        (
            {
                "start": {},
                "rows": [{"values": [{"userEnteredFormat": {"numberFormat": {"type": "SCIENTIFIC"}}}]}],
                "fields": "*",
            },
            "The sandbox does not show numbers in the scientific format.",
        ),
        (
            {"start": {}, "rows": [{"values": [{"dataValidation": {"strict": True}}]}], "fields": "*"},
            "rule.condition is required.",
        ),
    ],
)
def test_cells_that_cannot_be_written_are_refused(office: Office, sheet: str, update: Any, message: str) -> None:  # noqa: ANN401 - any JSON value
    assert office.batch_refused(sheet, updateCells=update) == f"Invalid requests[0].updateCells: {message}"


def test_a_repeated_formula_moves_along(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", [2], [3], [4])
    cell = {"userEnteredValue": {"formulaValue": "=$A1*A$1"}}
    office.batch(sheet, repeatCell={"range": box(0, 1, 3, 2), "cell": cell, "fields": "userEnteredValue"})
    assert office.read(sheet, "B1:B3", "FORMULA") == [["=$A1*A$1"], ["=$A2*A$1"], ["=$A3*A$1"]]
    assert office.read(sheet, "B1:B3") == [[4], [6], [8]]


def test_repeating_an_empty_cell_clears(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", [1, 2])
    office.batch(sheet, repeatCell={"range": box(0, 0, 1, 1), "cell": {}, "fields": "userEnteredValue"})
    assert office.read(sheet, "A1:B1") == [["", 2]]


def test_a_rule_goes_to_every_cell_with_its_formula_moved(office: Office, sheet: str) -> None:
    rule = {"condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=A1>0"}]}, "strict": True}
    office.batch(sheet, setDataValidation={"range": box(0, 0, 2, 1), "rule": rule})
    shown = cells(office, sheet, "A1:A2", "dataValidation.condition.values.userEnteredValue")
    assert [row[0]["dataValidation"]["condition"]["values"][0]["userEnteredValue"] for row in shown] == [
        "=A1>0",
        "=A2>0",
    ]
    office.batch(sheet, setDataValidation={"range": box(0, 0, 2, 1)})
    assert cells(office, sheet, "A1:A2", "dataValidation") == []


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            {"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "0"}]},
            "Invalid number of ConditionValues for NUMBER_BETWEEN: 1.",
        ),
        (
            {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "0.5"}]},
            "Invalid ConditionValue.userEnteredValue: 0.5",
        ),
        (
            {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "nhiều"}]},
            "Invalid ConditionValue.userEnteredValue: nhiều",
        ),
        (
            {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=OR(A1,A2)"}]},
            "Invalid ConditionValue.userEnteredValue: =OR(A1,A2)",
        ),
        (
            {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "A1>0"}]},
            "Invalid ConditionValue.userEnteredValue: A1>0",
        ),
        (
            {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=GOOGLEFINANCE(A1)"}]},
            "The sandbox does not compute the function GOOGLEFINANCE: =GOOGLEFINANCE(A1)",
        ),
        ({"type": "ONE_OF_LIST"}, "Invalid number of ConditionValues for ONE_OF_LIST: 0."),
        (
            {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "Có, Không"}]},
            "Invalid ConditionValue.userEnteredValue: Có, Không",
        ),
        ({"type": "NOT_BLANK"}, "The sandbox does not know the condition NOT_BLANK here."),
    ],
)
def test_a_rule_that_cannot_be_is_refused(office: Office, sheet: str, condition: Any, message: str) -> None:  # noqa: ANN401 - any JSON value
    set_ = {"range": box(0, 0, 1, 1), "rule": {"condition": condition}}
    assert office.batch_refused(sheet, setDataValidation=set_) == f"Invalid requests[0].setDataValidation: {message}"


def test_merged_cells_keep_the_first_value(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["a", "b"], ["c", "d"])
    office.batch(sheet, mergeCells={"range": box(0, 0, 2, 2), "mergeType": "MERGE_ROWS"})
    assert office.read(sheet, "A1:B2") == [["a"], ["c"]]
    merges = office.done("GET", f"/v4/spreadsheets/{sheet}", fields="sheets.merges")["sheets"][0]["merges"]
    assert merges == [box(0, 0, 1, 2), box(1, 0, 2, 2)]
    part = {"range": box(0, 0, 1, 1)}
    expected = "Invalid requests[0].unmergeCells: You must select all cells in a merged range to merge or unmerge them."
    assert office.batch_refused(sheet, unmergeCells=part) == expected
    office.batch(sheet, mergeCells={"range": box(0, 0, 2, 2), "mergeType": "MERGE_COLUMNS"})
    merges = office.done("GET", f"/v4/spreadsheets/{sheet}", fields="sheets.merges")["sheets"][0]["merges"]
    assert merges == [box(0, 0, 2, 1), box(0, 1, 2, 2)]
    office.batch(sheet, unmergeCells={"range": box(0, 0, 5, 5)})
    assert "merges" not in office.done("GET", f"/v4/spreadsheets/{sheet}")["sheets"][0]


def test_borders_go_around_and_between(office: Office, sheet: str) -> None:
    thin, thick = {"style": "SOLID"}, {"style": "SOLID_THICK"}
    lines = {"top": thick, "left": thick, "innerHorizontal": thin}
    office.batch(sheet, updateBorders={"range": box(0, 0, 2, 1), **lines})
    [[upper], [lower]] = cells(office, sheet, "A1:A2", "userEnteredFormat.borders")
    assert upper["userEnteredFormat"]["borders"] == {"top": thick, "left": thick, "bottom": thin}
    assert lower["userEnteredFormat"]["borders"] == {"top": thin, "left": thick}
    none = {"style": "NONE"}
    around = dict.fromkeys(("top", "bottom", "left", "right", "innerHorizontal"), none)
    office.batch(sheet, updateBorders={"range": box(0, 0, 2, 1), **around})
    assert cells(office, sheet, "A1:A2", "userEnteredFormat") == []


def test_conditional_formats_are_added_and_deleted_by_their_place(office: Office, sheet: str) -> None:
    def rule(kind: str, *values: str) -> dict[str, Any]:
        condition: dict[str, Any] = {"type": kind}
        if values:
            condition["values"] = [{"userEnteredValue": value} for value in values]
        red = {"backgroundColor": {"red": 1}}
        return {"ranges": [box(0, 0, 9, 1)], "booleanRule": {"condition": condition, "format": red}}

    office.batch(sheet, addConditionalFormatRule={"rule": rule("BLANK")})
    office.batch(sheet, addConditionalFormatRule={"rule": rule("CUSTOM_FORMULA", "=$A1>5"), "index": 1})
    office.batch(sheet, addConditionalFormatRule={"rule": {"ranges": [box(0, 0, 9, 1)], "gradientRule": {}}})
    reply = office.batch(sheet, deleteConditionalFormatRule={"sheetId": 0, "index": 1})
    assert reply["deleteConditionalFormatRule"]["rule"] == rule("BLANK")
    kept = office.done("GET", f"/v4/spreadsheets/{sheet}", fields="sheets.conditionalFormats")["sheets"][0]
    assert [sorted(each) for each in kept["conditionalFormats"]] == [
        ["gradientRule", "ranges"],
        ["booleanRule", "ranges"],
    ]
    office.batch(sheet, addSheet={"properties": {"sheetId": 2}})
    refused: list[dict[str, Any]] = [
        {"rule": {"ranges": []}},
        {"rule": rule("BLANK"), "index": 3},
        {"rule": rule("CUSTOM_FORMULA", "=VSTACK(A1)")},
        {"rule": rule("BLANK") | {"ranges": [box(0, 0, 1, 1), {"sheetId": 8}]}},
        {"rule": rule("BLANK") | {"ranges": [box(0, 0, 1, 1), {"sheetId": 2}]}},
    ]
    for wrong in refused:
        assert "addConditionalFormatRule" in office.batch_refused(sheet, addConditionalFormatRule=wrong)
    assert "at index: 2" in office.batch_refused(sheet, deleteConditionalFormatRule={"index": 2})


def test_a_filter_is_kept_and_cleared(office: Office, sheet: str) -> None:
    office.batch(sheet, setBasicFilter={"filter": {"range": box(0, 0, 5, 2)}})
    kept = office.done("GET", f"/v4/spreadsheets/{sheet}", fields="sheets.basicFilter")
    assert kept["sheets"][0]["basicFilter"]["range"] == box(0, 0, 5, 2)
    office.batch(sheet, clearBasicFilter={"sheetId": 0})
    assert office.done("GET", f"/v4/spreadsheets/{sheet}", fields="sheets.basicFilter") == {"sheets": [{}]}
