"""Sheets and folders that people make and share themselves."""

from typing import Any

import pytest

from tests.sandbox.google.office import HOA, MINH, ROBOT, SPREADSHEET, Office


def done(office: Office, path: str, **fields: Any) -> Any:  # noqa: ANN401 - any JSON value
    answer = office.http.post(f"/sandbox/{path}", json=fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(office: Office, path: str, **fields: Any) -> tuple[int, str]:  # noqa: ANN401 - any JSON value
    answer = office.http.post(f"/sandbox/{path}", json=fields)
    return answer.status_code, str(answer.json()["error"])


def test_a_persons_own_sheet_is_filled_by_the_robot_once_it_is_shared(office: Office) -> None:
    sheet = done(office, "sheets", person=HOA, name="Biểu của Sở")["id"]
    assert office.ask("GET", f"/v4/spreadsheets/{sheet}").status_code == 403
    shared = done(office, f"sheets/{sheet}/share", person=HOA, email=ROBOT, role="writer")["shared"]
    assert [(each["emailAddress"], each["role"]) for each in shared] == [(HOA, "owner"), (ROBOT, "writer")]
    office.batch(sheet, addSheet={"properties": {"sheetId": 2310, "title": "Phiếu"}})
    office.batch(sheet, addProtectedRange={"protectedRange": {"range": {"sheetId": 2310}}})
    office.person(sheet, "cells", person=HOA, tab="Phiếu", cells={"A1": "chủ vẫn sửa được"})
    assert office.done("GET", f"/v4/spreadsheets/{sheet}", fields="properties/locale") == {
        "properties": {"locale": "vi_VN"}
    }


def test_a_right_that_is_taken_back_is_gone(office: Office) -> None:
    sheet = done(office, "sheets", person=HOA, name="Biểu")["id"]
    done(office, f"sheets/{sheet}/share", person=HOA, role="writer")
    office.write(sheet, "A1", ["x"])
    done(office, f"sheets/{sheet}/share", person=HOA, role=None)
    assert office.ask("GET", f"/v4/spreadsheets/{sheet}").status_code == 403


def test_what_lies_in_a_shared_folder_is_shared_with_it(office: Office) -> None:
    folder = done(office, "folders", person=HOA, name="Minh chứng")["id"]
    done(office, f"folders/{folder}/share", person=HOA, email=ROBOT, role="reader")
    file = {"file": ("a.pdf", b"x", "application/pdf")}
    card = office.http.post(f"/sandbox/folders/{folder}/files", data={"person": HOA}, files=file).json()
    assert office.file(card["id"], "name,mimeType") == {"name": "a.pdf", "mimeType": "application/pdf"}
    body = {"name": "Biểu", "mimeType": SPREADSHEET, "parents": [folder]}
    assert office.ask("POST", "/drive/v3/files", body).status_code == 403


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"person": MINH, "email": MINH, "role": "writer"}, 403),
        ({"person": HOA, "email": HOA, "role": "reader"}, 409),
        ({"person": HOA, "email": MINH, "role": "owner"}, 400),
        ({"person": HOA, "email": "minh", "role": "reader"}, 400),
    ],
)
def test_sharing_has_its_limits(office: Office, fields: Any, status: int) -> None:  # noqa: ANN401 - any JSON value
    sheet = done(office, "sheets", person=HOA, name="Biểu")["id"]
    assert refused(office, f"sheets/{sheet}/share", **fields)[0] == status
    assert refused(office, "sheets/no/share", person=HOA, role="reader")[0] == 404
