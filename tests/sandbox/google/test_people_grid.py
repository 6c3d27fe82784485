"""What people do with rows, columns, ranges and tabs of a form."""

from typing import Any

import pytest

from tests.sandbox.google.office import HOA, Office
from tests.sandbox.google.test_cell_requests import box


@pytest.fixture
def table(office: Office, sheet: str) -> str:
    """Two columns of three rows with a sum; Hoa is a writer, nothing is protected."""
    office.write(sheet, "A1", ["Quý", "Số"], ["I", 2], ["II", 3], ["", "=SUM(B2:B3)"])
    office.share(sheet, HOA, "writer")
    return sheet


def seen(office: Office, sheet: str) -> Any:  # noqa: ANN401 - any JSON value
    return office.http.get(f"/sandbox/sheets/{sheet}", params={"person": HOA}).json()["tabs"]


def test_people_insert_move_and_delete_columns(office: Office, table: str) -> None:
    assert office.person(table, "columns", person=HOA, insert_before="B", count=2) == {"columns": 28}
    assert office.read(table, "A1:D4", "FORMULA")[-1] == ["", "", "", "=SUM(D2:D3)"]
    office.person(table, "columns", person=HOA, move="D", to="A")
    assert office.read(table, "A1:B2") == [["Số", "Quý"], [2, "I"]]
    assert office.person(table, "columns", person=HOA, delete="C", count=2) == {"columns": 26}
    assert office.person_refused(table, "columns", person=HOA, move="D")[0] == 400
    assert office.person_refused(table, "columns", person=HOA, delete="ZZ")[0] == 400


def test_people_move_rows(office: Office, table: str) -> None:
    office.person(table, "rows", person=HOA, move=3, to=2)
    assert office.read(table, "A1:B4") == [["Quý", "Số"], ["II", 3], ["I", 2], ["", 5]]
    refusal = office.person_refused(table, "rows", person=HOA, to=2, delete=1)
    assert refusal == (400, 'Value error, "to" says before which line "move" puts them')


def test_people_hide_rows_and_show_hidden_columns(office: Office, table: str) -> None:
    hidden = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 3}
    change = {"range": hidden, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    office.batch(table, updateDimensionProperties=change)
    office.person(table, "columns", person=HOA, show="B")
    office.person(table, "rows", person=HOA, hide=2, count=2)
    [tab] = seen(office, table)
    assert (tab["hidden_columns"], tab["hidden_rows"]) == (["C"], [2, 3])


def test_lines_of_a_protected_tab_stay_where_and_how_they_are(office: Office, table: str) -> None:
    office.batch(table, addProtectedRange={"protectedRange": {"range": box(0, 0, 9, 1)}})
    for deed in ({"insert_before": "A"}, {"delete": "A"}, {"move": "A", "to": "C"}, {"hide": "A"}):
        assert office.person_refused(table, "columns", person=HOA, **deed)[0] == 403
    office.person(table, "columns", person=HOA, hide="B")
    assert office.person_refused(table, "rows", person=HOA, hide=1)[0] == 403


def test_people_merge_cells_and_take_them_apart(office: Office, table: str) -> None:
    assert office.person(table, "merges", person=HOA, merge="A2:B3") == {"range": "A2:B3"}
    assert office.read(table, "A2:B4") == [["I"], [], ["", 0]]
    assert seen(office, table)[0]["merges"] == ["A2:B3"]
    office.person(table, "merges", person=HOA, unmerge="A2:B3")
    assert seen(office, table)[0]["merges"] == []
    assert office.person_refused(table, "merges", person=HOA)[0] == 400
    office.batch(table, addProtectedRange={"protectedRange": {"range": box(0, 0, 9, 1)}})
    assert office.person_refused(table, "merges", person=HOA, merge="A2:B3")[0] == 403


def test_a_pasted_row_brings_values_formulas_formats_and_rules(office: Office, table: str) -> None:
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True}
    office.batch(table, setDataValidation={"range": box(1, 2, 2, 3), "rule": rule})
    office.write(table, "D2", ["=B2*2"])
    assert office.person(table, "paste", person=HOA, **{"from": "A2:D2"}, to="A8") == {"cells": 4}
    assert office.read(table, "A8:D8", "FORMULA") == [["I", 2, "", "=B8*2"]]
    assert seen(office, table)[0]["cells"]["C8"]["rule"]["type"] == "BOOLEAN"


def test_values_and_formats_are_pasted_alone(office: Office, table: str) -> None:
    percent = {"userEnteredFormat": {"numberFormat": {"type": "PERCENT", "pattern": "0%"}}}
    fields = "userEnteredFormat.numberFormat"
    office.batch(table, repeatCell={"range": box(1, 1, 2, 2), "cell": percent, "fields": fields})
    office.person(table, "paste", person=HOA, **{"from": "B4"}, to="C4", what="values")
    assert office.read(table, "C4", "FORMULA") == [[5]]
    office.person(table, "paste", person=HOA, **{"from": "B2"}, to="B3", what="format")
    assert office.read(table, "B2:B4", "FORMATTED_VALUE") == [["200%"], ["300%"], ["5"]]


def test_a_paste_stays_in_the_grid_and_out_of_what_is_protected(office: Office, table: str) -> None:
    office.batch(table, addProtectedRange={"protectedRange": {"range": box(0, 3, 9, 4)}})
    assert office.person_refused(table, "paste", person=HOA, **{"from": "A1:B2"}, to="C1")[0] == 403
    assert office.person_refused(table, "paste", person=HOA, **{"from": "A1:B2"}, to="Z1")[0] == 400
    assert office.person_refused(table, "paste", person=HOA, **{"from": "A1"}, from_tab="Nháp", to="B1")[0] == 404


def test_a_number_format_comes_along_with_what_is_typed(office: Office, table: str) -> None:
    format_ = {"type": "DATE", "pattern": "dd/mm/yyyy"}
    answer = office.person(table, "cells", person=HOA, cells={"B2": 15}, format=format_)
    assert (answer["cells"]["B2"]["shown"], answer["cells"]["B2"]["value"]) == ("14/01/1900", 15)
    assert office.read(table, "B2") == [[15]]
    pattern = {"type": "NUMBER", "pattern": "[Red]0"}
    assert office.person_refused(table, "cells", person=HOA, cells={"B2": 1}, format=pattern)[0] == 400


def test_people_add_duplicate_and_delete_tabs(office: Office, table: str) -> None:
    added = office.person(table, "tabs", person=HOA, add="Nháp")
    copied = office.person(table, "tabs", person=HOA, tab="Sheet1", duplicate="Bản sao")
    assert [(tab["id"], tab["title"]) for tab in seen(office, table)] == [
        (0, "Sheet1"),
        (copied["id"], "Bản sao"),
        (added["id"], "Nháp"),
    ]
    assert office.read(table, "'Bản sao'!B4", "FORMULA") == [["=SUM(B2:B3)"]]
    office.person(table, "tabs", person=HOA, tab="Sheet1", delete=True)
    assert [tab["title"] for tab in seen(office, table)] == ["Bản sao", "Nháp"]
    assert office.person_refused(table, "tabs", person=HOA, add="Nháp")[0] == 400
    assert office.person_refused(table, "tabs", person=HOA, add="x", duplicate="y")[0] == 400


def test_a_protected_tab_cannot_be_deleted_and_its_copy_is_not_protected(office: Office, table: str) -> None:
    office.person(table, "tabs", person=HOA, add="Nháp")
    office.batch(table, addProtectedRange={"protectedRange": {"range": {"sheetId": 0}}})
    assert office.person_refused(table, "tabs", person=HOA, tab="Sheet1", delete=True)[0] == 403
    office.person(table, "tabs", person=HOA, tab="Sheet1", duplicate="Bản sao")
    office.person(table, "cells", person=HOA, tab="Bản sao", cells={"A1": "x"})


def test_formulas_that_named_a_deleted_tab_stay_broken(office: Office, table: str) -> None:
    office.batch(table, addSheet={"properties": {"sheetId": 2311, "title": "Tài liệu kiểm chứng"}})
    office.write(table, "C1", ["=COUNTIF('Tài liệu kiểm chứng'!A:A;\"x\")"])
    office.write(table, "'Tài liệu kiểm chứng'!A1", ["x"])
    assert office.read(table, "C1") == [[1]]
    office.batch(table, deleteSheet={"sheetId": 2311})
    office.batch(table, addSheet={"properties": {"title": "Tài liệu kiểm chứng"}})
    assert office.read(table, "C1") == [["#REF!"]]
    assert office.read(table, "C1", "FORMULA") == [['=COUNTIF(#REF!;"x")']]


def test_boxes_are_ticked_and_take_nothing_else(office: Office, table: str) -> None:
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True}
    office.batch(table, setDataValidation={"range": box(0, 2, 1, 3), "rule": rule})
    assert office.person(table, "cells", person=HOA, cells={"C1": True})["cells"]["C1"]["shown"] == "TRUE"
    assert office.read(table, "C1") == [[True]]
    office.person(table, "cells", person=HOA, cells={"C1": False})
    assert office.read(table, "C1") == [[False]]
    assert office.person_refused(table, "cells", person=HOA, cells={"C1": "x"})[0] == 422


def test_a_list_may_stand_on_another_tab(office: Office, table: str) -> None:
    office.batch(table, addSheet={"properties": {"sheetId": 2311, "title": "Danh mục"}})
    office.write(table, "'Danh mục'!A1", ["Có"], ["Không"])
    given = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='Danh mục'!$A$1:$A$9"}]}
    office.batch(table, setDataValidation={"range": box(0, 2, 3, 3), "rule": {"condition": given, "strict": True}})
    office.person(table, "cells", person=HOA, cells={"C3": "Không"})
    assert office.person_refused(table, "cells", person=HOA, cells={"C3": "không"})[0] == 422
    office.person(table, "tabs", person=HOA, tab="Danh mục", title="Mục")
    assert seen(office, table)[0]["cells"]["C3"]["rule"]["values"] == ["=Mục!$A$1:$A$9"]


def lights(office: Office, sheet: str, kind: str, *values: str) -> list[str]:
    """The cells of B1:B9 that such a condition lights up."""
    condition = {"type": kind, "values": [{"userEnteredValue": each} for each in values]}
    look = {"backgroundColor": {"red": 1}}
    rule = {"ranges": [box(0, 1, 9, 2)], "booleanRule": {"condition": condition, "format": look}}
    office.batch(sheet, addConditionalFormatRule={"rule": rule, "index": 0})
    found = seen(office, sheet)[0]["highlights"][0]
    assert (found["ranges"], found["type"], found["format"]) == (["B1:B9"], kind, look)
    return list(found["lit"])


@pytest.mark.parametrize(
    ("kind", "values", "lit"),
    [
        ("BLANK", [], ["B5", "B6", "B7", "B8", "B9"]),
        ("NOT_BLANK", [], ["B1", "B2", "B3", "B4"]),
        ("NUMBER_GREATER", ["2"], ["B3", "B4"]),
        ("TEXT_STARTS_WITH", ["s"], ["B1"]),
        ("TEXT_ENDS_WITH", ["Ố"], ["B1"]),
        ("TEXT_NOT_CONTAINS", ["x"], ["B1", "B2", "B3", "B4"]),
        ("CUSTOM_FORMULA", ['=AND(A1<>"";B1<>"")'], ["B1", "B2", "B3"]),
        ("CUSTOM_FORMULA", ["=$B$2=2"], [f"B{row}" for row in range(1, 10)]),
    ],
)
def test_a_conditional_format_lights_up_its_cells(
    office: Office, table: str, kind: str, values: list[str], lit: list[str]
) -> None:
    assert lights(office, table, kind, *values) == lit


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("CUSTOM_FORMULA", "=Sheet1!A1=1", "Conditional format rule cannot reference a different sheet."),
        ("ONE_OF_RANGE", "=A1:A3", "Condition type ONE_OF_RANGE is not supported for conditional formatting."),
    ],
)
def test_a_conditional_format_knows_neither_lists_nor_other_tabs(
    office: Office, table: str, kind: str, value: str, message: str
) -> None:
    condition = {"type": kind, "values": [{"userEnteredValue": value}]}
    rule = {"ranges": [box(0, 1, 9, 2)], "booleanRule": {"condition": condition}}
    refusal = office.batch_refused(table, addConditionalFormatRule={"rule": rule, "index": 0})
    assert refusal == f"Invalid requests[0].addConditionalFormatRule: {message}"
