"""What people do with spreadsheets in their browser."""

from typing import Any

import pytest

from tests.sandbox.google.office import HOA, MINH, ROBOT, Office
from tests.sandbox.google.test_cell_requests import box


@pytest.fixture
def form(office: Office, sheet: str) -> str:
    """A protected tab whose B1:B9 may be filled in; Hoa is a writer."""
    office.write(sheet, "A1", ["Số máy tính"], ["Có quy chế"], ["Tổng"])
    office.write(sheet, "C1", ["=B1*2"])
    free = {"range": {"sheetId": 0}, "unprotectedRanges": [box(0, 1, 9, 2)]}
    office.batch(sheet, addProtectedRange={"protectedRange": free})
    office.share(sheet, HOA, "writer")
    return sheet


def ruled(office: Office, sheet: str, kind: str, *values: str, strict: bool = True, row: int = 0) -> None:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    rule = {"condition": condition, "strict": strict, "inputMessage": ""}
    office.batch(sheet, setDataValidation={"range": box(row, 1, row + 1, 2), "rule": rule})


def test_what_a_person_types_is_computed_and_dated(office: Office, form: str) -> None:
    office.sandbox.clock.advance(60)
    answer = office.person(form, "cells", person=HOA, cells={"B1": "8,5", "B2": True, "B3": 3, "B4": "Không"})
    assert answer == {
        "cells": {
            "B1": {"shown": "8,5", "value": 8.5},
            "B2": {"shown": "TRUE", "value": True},
            "B3": {"shown": "3", "value": 3},
            "B4": {"shown": "Không", "value": "Không"},
        }
    }
    assert office.read(form, "B1:C1") == [[8.5, 17]]
    assert office.file(form, "modifiedTime,lastModifyingUser/emailAddress") == {
        "modifiedTime": "2026-03-02T01:01:00.000Z",
        "lastModifyingUser": {"emailAddress": HOA},
    }
    office.person(form, "cells", person=HOA, cells={"B1": None})
    assert office.read(form, "B1:C1") == [["", 0]]


def test_a_cell_that_is_refused_leaves_the_others_as_they_were(office: Office, form: str) -> None:
    refusal = office.person_refused(form, "cells", person=HOA, cells={"B1": "5", "A1": "x"})
    assert refusal == (403, "A1 is protected: only its editors can change it.")
    assert office.read(form, "A1:B1") == [["Số máy tính"]]


@pytest.mark.parametrize(
    ("who", "status", "text"),
    [
        (MINH, 403, f"{MINH} may not edit this spreadsheet: it has not been shared with them as writer."),
        (
            None,
            403,
            "Somebody who just has the link may not edit this spreadsheet: it has not been shared with them as writer.",
        ),
        (99, 404, "There is no person 99: write an e-mail address or create them by POST /sandbox/people."),
        ("hoa", 404, "There is no person hoa: write an e-mail address or create them by POST /sandbox/people."),
    ],
)
def test_who_was_not_given_the_sheet_cannot_write(office: Office, form: str, who: Any, status: int, text: str) -> None:  # noqa: ANN401 - any JSON value
    assert office.person_refused(form, "cells", person=who, cells={"B1": "5"}) == (status, text)


def test_the_link_lets_everybody_write_without_a_name(office: Office, form: str) -> None:
    office.share(form, None, "writer")
    office.http.post("/sandbox/people", json={"id": 5, "first_name": "Hoa"}).raise_for_status()
    office.person(form, "cells", person=5, cells={"B1": "1"})
    office.person(form, "cells", cells={"B2": "2"})
    assert office.person_refused(form, "cells", cells={"C1": "2"})[0] == 403
    assert office.file(form, "modifiedTime,lastModifyingUser") == {"modifiedTime": "2026-03-02T01:00:00.000Z"}


ACCEPTED: list[tuple[str, list[str], list[Any], list[Any]]] = [
    ("NUMBER_BETWEEN", ["0", "100"], ["0", "99,5", 100, "50%", None], ["-1", "100,5", "nhiều", "TRUE", "=1/0"]),
    ("NUMBER_NOT_BETWEEN", ["1", "2"], ["0", "3"], ["1,5"]),
    ("NUMBER_GREATER_THAN_EQ", ["0,5"], ["0,5", "1"], ["0,4", "x"]),
    ("NUMBER_GREATER", ["=A9+1"], ["2"], ["1"]),
    ("NUMBER_EQ", ["5"], ["5", "=2+3"], ["4"]),
    ("NUMBER_LESS", ["5"], ["4,9"], ["5"]),
    ("ONE_OF_RANGE", ["=A1:A2"], ["Số máy tính", "Có quy chế", ""], ["Tổng", 3]),
    ("ONE_OF_LIST", ["Có", "Không", "3"], ["Có", "3", 3, ""], ["có", "4", True]),
    ("BOOLEAN", [], [True, "FALSE"], ["có", 1]),
    ("BOOLEAN", ["x", "-"], ["x", "-"], [True]),
    ("DATE_IS_VALID", [], ["02/03/2026", "2026-03-02"], ["30/02/2026", "5", "hôm qua"]),
    ("DATE_ON_OR_BEFORE", ["31/12/2026"], ["31/12/2026"], ["01/01/2027", "5"]),
    ("DATE_BETWEEN", ["01/01/2026", "31/12/2026"], ["01/06/2026"], ["01/06/2027"]),
    ("TEXT_CONTAINS", ["QĐ"], ["12/QĐ-UBND", "12/qđ"], ["12/NQ"]),
    ("TEXT_NOT_CONTAINS", ["@"], ["x"], ["a@b"]),
    ("TEXT_EQ", ["Đạt"], ["đạt"], ["không đạt"]),
    ("TEXT_IS_EMAIL", [], ["a@b.vn"], ["a.b"]),
    ("TEXT_IS_URL", [], ["https://example.org/x"], ["tại trụ sở"]),
    ("CUSTOM_FORMULA", ["=ISNUMBER(B1)"], ["5"], ["x"]),
    ("CUSTOM_FORMULA", ['=IF(B1>3;"x";TRUE)'], ["2"], ["5"]),
]


@pytest.mark.parametrize(("kind", "values", "good", "bad"), ACCEPTED)
def test_a_strict_rule_takes_only_what_fits(
    office: Office, form: str, kind: str, values: list[str], good: list[Any], bad: list[Any]
) -> None:
    ruled(office, form, kind, *values)
    look = {"range": box(0, 1, 1, 2), "cell": {}, "fields": "userEnteredFormat"}
    for typed in good:
        office.batch(form, repeatCell=look)
        office.person(form, "cells", person=HOA, cells={"B1": typed})
    rule = f"{kind} {', '.join(values)}".strip()
    for typed in bad:
        office.batch(form, repeatCell=look)
        refusal = office.person_refused(form, "cells", person=HOA, cells={"B1": typed})
        assert refusal == (422, f"B1 does not take this: the rule of the cell is {rule}.")


def test_a_rule_that_is_not_strict_lets_everything_pass(office: Office, form: str) -> None:
    ruled(office, form, "NUMBER_BETWEEN", "0", "100", strict=False)
    office.person(form, "cells", person=HOA, cells={"B1": "nhiều"})
    assert office.read(form, "B1") == [["nhiều"]]


def test_the_api_goes_past_rules_that_stop_people(office: Office, form: str) -> None:
    ruled(office, form, "NUMBER_BETWEEN", "0", "100")
    office.write(form, "B1", ["nhiều"])
    assert office.read(form, "B1") == [["nhiều"]]


def test_the_message_of_a_rule_is_what_the_person_reads(office: Office, form: str) -> None:
    condition = {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "0"}]}
    rule = {"condition": condition, "strict": True, "inputMessage": "Nhập một số lớn hơn 0"}
    office.batch(form, setDataValidation={"range": box(0, 1, 1, 2), "rule": rule})
    refusal = office.person_refused(form, "cells", person=HOA, cells={"B1": "x"})
    assert refusal == (422, "B1 does not take this: the rule of the cell is Nhập một số lớn hơn 0.")


@pytest.mark.parametrize(
    ("fields", "status", "text"),
    [
        ({"cells": {}}, 400, None),
        ({"cells": {"B": "1"}}, 400, "B is not a cell; write it as D7, and the sheet's title as tab."),
        ({"cells": {"B1:B2": "1"}}, 400, "B1:B2 is not a cell; write it as D7, and the sheet's title as tab."),
        ({"cells": {"Sheet1!B1": "1"}}, 400, "Sheet1!B1 is not a cell; write it as D7, and the sheet's title as tab."),
        ({"cells": {"B1001": "1"}}, 400, "B1001 lies outside of the sheet Sheet1."),
        ({"cells": {"B1": "=VSTACK(A1)"}}, 400, "B1: The sandbox does not compute the function VSTACK: =VSTACK(A1)"),
        (
            {"cells": {"B1": "x" * 50_001}},
            400,
            "B1: Your input contains more than the maximum of 50000 characters in a single cell.",
        ),
        ({"cells": {"B1": "1"}, "tab": "Hai"}, 404, "There is no sheet Hai: there are Sheet1."),
        ({"cells": {"B1": [1]}}, 400, None),
        ({"cells": {"B1": 1}, "tabb": "x"}, 400, None),
    ],
)
def test_what_nobody_can_type_is_refused(office: Office, form: str, fields: Any, status: int, text: str | None) -> None:  # noqa: ANN401 - any JSON value
    refusal = office.person_refused(form, "cells", person=HOA, **fields)
    assert refusal == (status, refusal[1] if text is None else text)


def test_nobody_types_into_a_locked_or_a_trashed_sheet(office: Office, form: str) -> None:
    path, shared = f"/drive/v3/files/{form}", {"supportsAllDrives": "true"}
    office.done("PATCH", path, {"contentRestrictions": [{"readOnly": True}]}, **shared)
    typed = {"person": HOA, "cells": {"B1": "1"}}
    assert office.person_refused(form, "cells", **typed) == (403, "The spreadsheet is locked: nobody can edit it.")
    office.done("PATCH", path, {"contentRestrictions": [{"readOnly": False}], "trashed": True}, **shared)
    refusal = (403, "The spreadsheet is in the trash: take it out before editing.")
    assert office.person_refused(form, "cells", **typed) == refusal
    unknown = "There is no spreadsheet abc: GET /sandbox/sheets lists them."
    assert office.person_refused("abc", "cells", **typed) == (404, unknown)


def test_the_same_key_types_once(office: Office, form: str) -> None:
    def typed(value: str) -> tuple[int, Any]:
        body = {"person": HOA, "cells": {"B1": value}}
        answer = office.http.post(f"/sandbox/sheets/{form}/cells", json=body, headers={"idempotency-key": "k1"})
        return answer.status_code, answer.json()

    first = typed("5")
    office.person(form, "cells", person=HOA, cells={"B1": "6"})
    assert typed("5") == first == (200, {"cells": {"B1": {"shown": "5", "value": 5}}})
    assert office.read(form, "B1") == [[6]]
    assert typed("7")[0] == 409


def test_people_insert_delete_and_sort_rows(office: Office, sheet: str) -> None:
    office.share(sheet, HOA, "writer")
    office.write(sheet, "A1", ["k", "điểm"], ["b", 2], ["a", 1], ["", "=SUM(B2:B3)"])
    assert office.person(sheet, "rows", person=HOA, insert_before=3, count=2) == {"rows": 1002}
    assert office.read(sheet, "A1:B6", "FORMULA")[-1] == ["", "=SUM(B2:B5)"]
    assert office.person(sheet, "rows", person=HOA, delete=3, count=2) == {"rows": 1000}
    office.person(sheet, "rows", person=HOA, sort={"range": "A2:B3", "column": "A"})
    assert office.read(sheet, "A2:A3") == [["a"], ["b"]]
    office.person(sheet, "rows", person=HOA, sort={"range": "A2:B3", "column": "b", "descending": True})
    assert office.read(sheet, "A2:A3") == [["b"], ["a"]]
    office.person(sheet, "rows", person=HOA, insert_before=1)
    assert office.read(sheet, "A1:A2") == [[], ["k"]]
    both = {"insert_before": 1, "delete": 1}
    assert office.person_refused(sheet, "rows", person=HOA, **both) == (
        400,
        "Value error, give exactly one of insert_before, delete, move, hide, show and sort",
    )
    assert office.person_refused(sheet, "rows", person=HOA, sort={"range": "A2:B3", "column": "D"})[0] == 400


def test_rows_of_a_protected_form_stay_where_they_are(office: Office, form: str) -> None:
    for deed in ({"insert_before": 2}, {"delete": 2}, {"sort": {"range": "A1:B3", "column": "A"}}):
        status, text = office.person_refused(form, "rows", person=HOA, **deed)
        assert (status, text[:48]) == (403, "You are trying to edit a protected cell or objec")


def test_people_rename_tabs(office: Office, form: str) -> None:
    assert office.person(form, "tabs", person=HOA, tab="Sheet1", title="Phiếu") == {"id": 0, "title": "Phiếu"}
    assert office.read(form, "Phiếu!A1") == [["Số máy tính"]]
    assert office.person_refused(form, "tabs", person=HOA, title="")[0] == 400


def test_a_sheet_is_seen_as_on_the_screen(office: Office, form: str) -> None:
    ruled(office, form, "NUMBER_BETWEEN", "0", "100")
    office.person(form, "cells", person=HOA, cells={"B1": "8,5"})
    hide = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 25, "endIndex": 26}
    office.batch(
        form, updateDimensionProperties={"range": hide, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    )
    seen = office.http.get(f"/sandbox/sheets/{form}", params={"person": HOA}).json()
    [tab] = seen.pop("tabs")
    assert seen == {
        "id": form,
        "name": "Biểu mẫu",
        "url": f"https://docs.google.com/spreadsheets/d/{form}/edit",
        "modified": "2026-03-02T01:00:00.000Z",
        "modified_by": ROBOT,
        "trashed": False,
        "locked": False,
        "locale": "vi_VN",
        "shared": [
            {"type": "user", "role": "writer", "emailAddress": HOA},
            {"type": "user", "role": "organizer", "emailAddress": ROBOT},
        ],
    }
    cells = tab.pop("cells")
    assert cells["B1"] == {
        "shown": "8,5",
        "value": 8.5,
        "rule": {"type": "NUMBER_BETWEEN", "values": ["0", "100"], "strict": True, "message": ""},
        "editable": True,
    }
    assert cells["C1"] == {"shown": "17", "value": 17, "formula": "=B1*2", "editable": False}
    assert tab == {
        "title": "Sheet1",
        "id": 0,
        "hidden": False,
        "rows": 1000,
        "columns": 26,
        "frozen_rows": 0,
        "widths": {},
        "hidden_rows": [],
        "hidden_columns": ["Z"],
        "merges": [],
        "protected": [
            {"range": "A1:Z1000", "except": ["B1:B9"], "editors": [ROBOT], "warning_only": False, "description": ""}
        ],
        "highlights": [],
    }
    assert [each["name"] for each in office.http.get("/sandbox/sheets").json()] == ["Biểu mẫu"]


def test_a_sheet_is_thrown_away_by_who_may(office: Office, form: str) -> None:
    def thrown(**query: str) -> int:
        return office.http.delete(f"/sandbox/sheets/{form}", params=query).status_code

    assert thrown(person=HOA) == 403
    assert thrown(person=ROBOT) == 200
    assert office.file(form, "trashed") == {"trashed": True}
    assert thrown(forever="true") == 200
    assert thrown() == 404
