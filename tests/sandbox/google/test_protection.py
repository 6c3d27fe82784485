from typing import Any

import pytest

from tests.sandbox.google.office import HOA, MINH, ROBOT, Office
from tests.sandbox.google.test_cell_requests import box
from tests.sandbox.google.test_dimensions import rows

REFUSAL = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


@pytest.fixture
def form(office: Office, sheet: str) -> str:
    """Everything is protected but B2:B9; Hoa may write, and may do so nowhere else."""
    protected = {"range": {"sheetId": 0}, "unprotectedRanges": [box(1, 1, 9, 2)], "description": "khung"}
    office.batch(sheet, addProtectedRange={"protectedRange": protected})
    office.share(sheet, HOA, "writer")
    return sheet


def put(office: Office, sheet: str, range_: str, who: str) -> tuple[int, str]:
    path, body = f"/v4/spreadsheets/{sheet}/values/{range_}", {"values": [["x"]]}
    answer = office.ask("PUT", path, body, who=who, valueInputOption="RAW")
    return answer.status_code, answer.json().get("error", {}).get("message", "")


def test_whoever_protects_is_an_editor(office: Office, sheet: str) -> None:
    given = {"range": box(0, 0, 1, 1), "editors": {"users": [MINH]}}
    reply = office.batch(sheet, addProtectedRange={"protectedRange": given})["addProtectedRange"]["protectedRange"]
    assert reply == {
        "protectedRangeId": reply["protectedRangeId"],
        "range": box(0, 0, 1, 1),
        "editors": {"users": [MINH, ROBOT]},
        "requestingUserCanEdit": True,
    }


def test_others_write_only_where_it_is_free(office: Office, form: str) -> None:
    assert put(office, form, "B2", HOA) == (200, "")
    assert put(office, form, "A2", HOA) == (400, REFUSAL)
    assert put(office, form, "A2", ROBOT) == (200, "")
    clear = {"updateCells": {"range": box(1, 0, 2, 2), "fields": "userEnteredValue"}}
    assert office.batch_refused(form, who=HOA, **clear) == f"Invalid requests[0].updateCells: {REFUSAL}"
    assert office.refused("POST", f"/v4/spreadsheets/{form}/values/A1:B5:clear", who=HOA) == (400, REFUSAL)
    assert office.read(form, "A1:B2") == [[], ["x", "x"]]


@pytest.mark.parametrize(
    "request_",
    [
        {"insertDimension": {"range": rows(3, 4), "inheritFromBefore": True}},
        {"deleteDimension": {"range": rows(3, 4)}},
        {"moveDimension": {"source": rows(3, 4), "destinationIndex": 6}},
        {"sortRange": {"range": box(1, 0, 9, 2), "sortSpecs": [{}]}},
        {"mergeCells": {"range": box(0, 0, 1, 2), "mergeType": "MERGE_ALL"}},
        {"unmergeCells": {"range": box(0, 0, 1, 2)}},
        {"repeatCell": {"range": box(0, 0, 1, 2), "cell": {}, "fields": "*"}},
        {"setDataValidation": {"range": box(0, 0, 1, 2)}},
        {"updateBorders": {"range": box(0, 0, 1, 2)}},
    ],
)
def test_no_request_goes_around_the_protection(office: Office, form: str, request_: Any) -> None:  # noqa: ANN401 - any JSON value
    assert office.batch_refused(form, who=HOA, **request_) == f"Invalid requests[0].{next(iter(request_))}: {REFUSAL}"
    office.batch(form, **request_)


def test_a_protected_tab_is_not_deleted_by_others(office: Office, form: str) -> None:
    office.batch(form, addSheet={"properties": {"title": "Hai"}})
    assert (
        office.batch_refused(form, who=HOA, deleteSheet={"sheetId": 0}) == f"Invalid requests[0].deleteSheet: {REFUSAL}"
    )


def test_protection_is_changed_and_taken_away_by_its_editors_alone(office: Office, form: str) -> None:
    shown = office.done("GET", f"/v4/spreadsheets/{form}", who=HOA, fields="sheets.protectedRanges")
    [seen] = shown["sheets"][0]["protectedRanges"]
    assert seen == {
        "protectedRangeId": seen["protectedRangeId"],
        "range": {"sheetId": 0},
        "description": "khung",
        "unprotectedRanges": [box(1, 1, 9, 2)],
        "requestingUserCanEdit": False,
    }
    id_ = seen["protectedRangeId"]
    mine = {"protectedRange": {"protectedRangeId": id_, "editors": {"users": [HOA]}}, "fields": "editors"}
    assert (
        office.batch_refused(form, who=HOA, updateProtectedRange=mine)
        == f"Invalid requests[0].updateProtectedRange: {REFUSAL}"
    )
    assert office.batch_refused(form, who=HOA, deleteProtectedRange={"protectedRangeId": id_}).endswith(REFUSAL)
    office.batch(form, updateProtectedRange=mine)
    assert put(office, form, "A2", HOA) == (200, "")
    whole = {"protectedRange": {"protectedRangeId": id_, "range": {"sheetId": 0}, "editors": {}}, "fields": "*"}
    office.batch(form, updateProtectedRange=whole)
    assert put(office, form, "B2", HOA) == (400, REFUSAL)
    office.batch(form, deleteProtectedRange={"protectedRangeId": id_})
    assert put(office, form, "A1", HOA) == (200, "")
    gone = f"Invalid requests[0].deleteProtectedRange: No protected range with id: {id_}"
    assert office.batch_refused(form, deleteProtectedRange={"protectedRangeId": id_}) == gone


def test_a_warning_keeps_nobody_out(office: Office, sheet: str) -> None:
    office.share(sheet, HOA, "writer")
    office.batch(sheet, addProtectedRange={"protectedRange": {"range": {"sheetId": 0}, "warningOnly": True}})
    assert put(office, sheet, "A1", HOA) == (200, "")


@pytest.mark.parametrize(
    ("protected", "message"),
    [
        ({}, "range is required."),
        ({"range": {"sheetId": 5}}, "No grid with id: 5"),
        (
            {"range": {"sheetId": 0}, "warningOnly": True, "editors": {"users": [HOA]}},
            "ProtectedRange is warningOnly. Editors cannot be set on it.",
        ),
        (
            {"range": box(0, 0, 5, 5), "unprotectedRanges": [box(0, 0, 1, 1)]},
            "Unprotected ranges can only be set on a protected sheet.",
        ),
        (
            {"range": {"sheetId": 0}, "unprotectedRanges": [box(0, 0, 5000, 1)]},
            "GridRange.endRowIndex[5000] is after last row in grid[1000]",
        ),
        (
            {"range": {"sheetId": 0}, "unprotectedRanges": [{"sheetId": 2}]},
            "Unprotected ranges have to be on the protected sheet.",
        ),
        ({"range": {"sheetId": 0}, "protectedRangeId": 77}, "protectedRange.protectedRangeId: 77 is taken."),
    ],
)
def test_protection_that_cannot_be_is_refused(office: Office, sheet: str, protected: Any, message: str) -> None:  # noqa: ANN401 - any JSON value
    office.batch(sheet, addSheet={"properties": {"sheetId": 2}})
    office.batch(sheet, addProtectedRange={"protectedRange": {"range": {"sheetId": 2}, "protectedRangeId": 77}})
    refusal = office.batch_refused(sheet, addProtectedRange={"protectedRange": protected})
    assert refusal == f"Invalid requests[0].addProtectedRange: {message}"
