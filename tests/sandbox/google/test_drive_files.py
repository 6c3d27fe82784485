from typing import Any

import pytest

from sandbox.google import personal_folder
from tests.sandbox.google.office import FOLDER, HOA, MINH, MONDAY_MORNING, ROBOT, SPREADSHEET, Office

ALL = {"supportsAllDrives": "true"}


def reason(office: Office, method: str, path: str, body: Any = None, **rest: Any) -> tuple[int, str]:  # noqa: ANN401 - any JSON value
    answer = office.ask(method, path, body, **rest)
    return answer.status_code, str(answer.json()["error"]["errors"][0]["reason"])


def test_a_new_spreadsheet_has_an_id_like_googles_and_the_usual_fields(office: Office) -> None:
    body = {"name": "Sở Tư pháp", "mimeType": SPREADSHEET, "parents": [office.folder], "appProperties": {"unit": "stp"}}
    made = office.done("POST", "/drive/v3/files", body, **ALL)
    assert made == {"kind": "drive#file", "id": made["id"], "name": "Sở Tư pháp", "mimeType": SPREADSHEET}
    assert len(made["id"]) == 44
    fields = "appProperties,parents,createdTime,modifiedTime,lastModifyingUser/emailAddress,webViewLink,trashed,owners"
    assert office.file(made["id"], fields) == {
        "appProperties": {"unit": "stp"},
        "parents": [office.folder],
        "createdTime": "2026-03-02T01:00:00.000Z",
        "modifiedTime": "2026-03-02T01:00:00.000Z",
        "lastModifyingUser": {"emailAddress": ROBOT},
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{made['id']}/edit",
        "trashed": False,
    }


def test_the_nth_file_of_every_run_has_the_same_id(office: Office) -> None:
    assert office.new_sheet() == "1-0IQLgqsUobJ8LoMWctbKZfUWGfudMBOxJmy8MYy2KV"


@pytest.mark.parametrize("kind", [SPREADSHEET, FOLDER])
def test_a_service_account_owns_no_storage(office: Office, kind: str) -> None:
    theirs = personal_folder(office.sandbox.store, MONDAY_MORNING, "Của Hoa", HOA)
    office.done(
        "POST",
        f"/drive/v3/files/{theirs}/permissions",
        {"type": "user", "role": "writer", "emailAddress": ROBOT},
        who=HOA,
    )
    for parents in ({}, {"parents": ["root"]}, {"parents": [theirs]}):
        answer = office.ask("POST", "/drive/v3/files", {"name": "x", "mimeType": kind, **parents}, **ALL)
        error = answer.json()["error"]
        assert (answer.status_code, error["errors"][0]["domain"]) == (403, "usageLimits")
        assert error["errors"][0]["reason"] == "storageQuotaExceeded"
        assert error["message"].startswith("Service Accounts do not have storage quota. Leverage shared drives")


def test_a_person_owns_what_they_make(office: Office) -> None:
    made = office.done("POST", "/drive/v3/files", {"name": "Của tôi", "mimeType": SPREADSHEET}, who=HOA)
    assert office.file(made["id"], "ownedByMe,owners(emailAddress)", HOA) == {
        "ownedByMe": True,
        "owners": [{"emailAddress": HOA}],
    }
    assert reason(office, "GET", f"/drive/v3/files/{made['id']}", who=MINH) == (404, "notFound")
    office.done("DELETE", f"/drive/v3/files/{made['id']}", who=HOA)
    assert reason(office, "GET", f"/drive/v3/files/{made['id']}", who=HOA) == (404, "notFound")


def test_a_file_in_a_shared_drive_is_not_found_without_saying_so(office: Office, sheet: str) -> None:
    answer = office.ask("GET", f"/drive/v3/files/{sheet}")
    assert answer.json()["error"] == {
        "errors": [
            {
                "message": f"File not found: {sheet}.",
                "domain": "global",
                "reason": "notFound",
                "locationType": "parameter",
                "location": "fileId",
            }
        ],
        "code": 404,
        "message": f"File not found: {sheet}.",
    }
    body = {"name": "x", "mimeType": SPREADSHEET, "parents": [office.folder]}
    assert reason(office, "POST", "/drive/v3/files", body) == (404, "notFound")


def test_the_folder_and_its_drive_can_be_looked_at(office: Office) -> None:
    folder = office.file(office.folder, "name,mimeType,driveId,capabilities(canAddChildren,canDelete)")
    drive = folder["driveId"]
    assert folder == {
        "name": "Xếp hạng 2026",
        "mimeType": FOLDER,
        "driveId": drive,
        "capabilities": {"canAddChildren": True, "canDelete": True},
    }
    assert office.done("GET", f"/drive/v3/drives/{drive}", fields="id,name") == {"id": drive, "name": "Xếp hạng 2026"}
    assert [each["id"] for each in office.done("GET", "/drive/v3/drives")["drives"]] == [drive]
    assert office.file(drive, "name,mimeType") == {"name": "Drive", "mimeType": FOLDER}
    assert office.done("GET", "/drive/v3/drives", who=HOA)["drives"] == []
    assert reason(office, "GET", f"/drive/v3/drives/{drive}", who=HOA) == (404, "notFound")
    assert reason(office, "PATCH", f"/drive/v3/files/{drive}", {"name": "x"}, **ALL) == (501, "notImplemented")


def test_a_parent_has_to_be_a_folder_that_one_may_write_to(office: Office, sheet: str) -> None:
    body = {"name": "x", "mimeType": SPREADSHEET}
    assert reason(office, "POST", "/drive/v3/files", body | {"parents": [sheet]}, **ALL) == (403, "parentNotAFolder")
    assert reason(office, "POST", "/drive/v3/files", body | {"parents": ["no"]}, **ALL) == (404, "notFound")
    assert reason(office, "POST", "/drive/v3/files", body | {"parents": ["a", "b"]}, **ALL) == (400, "invalid")
    office.share(office.folder, HOA, "reader")
    below = body | {"parents": [office.folder]}
    assert reason(office, "POST", "/drive/v3/files", below, who=HOA, **ALL) == (403, "insufficientParentPermissions")


@pytest.mark.parametrize(
    ("body", "code", "why"),
    [
        ({"name": "x", "mimeType": "text/plain"}, 501, "notImplemented"),
        ({"name": "x"}, 501, "notImplemented"),
        ({"name": 5, "mimeType": SPREADSHEET}, 400, "invalid"),
        ({"mimeType": SPREADSHEET, "createdTime": "2026-01-01T00:00:00Z"}, 403, "fieldNotWritable"),
        ({"mimeType": SPREADSHEET, "appProperties": {"k": 5}}, 400, "invalid"),
        ({"mimeType": SPREADSHEET, "appProperties": {"khoá": "x" * 120}}, 400, "invalid"),
    ],
)
def test_a_body_that_cannot_be_written_is_refused(office: Office, body: dict[str, Any], code: int, why: str) -> None:
    assert reason(office, "POST", "/drive/v3/files", {"parents": [office.folder], **body}, **ALL) == (code, why)


def test_names_that_drive_does_not_know_are_passed_over(office: Office, sheet: str) -> None:
    assert office.done("PATCH", f"/drive/v3/files/{sheet}", {"withLink": False}, fields="name", **ALL) == {
        "name": "Biểu mẫu"
    }


def test_a_rename_counts_as_a_change_and_properties_do_not(office: Office, sheet: str) -> None:
    office.sandbox.clock.advance(3600)
    office.done("PATCH", f"/drive/v3/files/{sheet}", {"appProperties": {"a": "1", "b": "2"}}, **ALL)
    office.done("PATCH", f"/drive/v3/files/{sheet}", {"appProperties": {"a": None}}, **ALL)
    assert office.file(sheet, "appProperties,modifiedTime") == {
        "appProperties": {"b": "2"},
        "modifiedTime": "2026-03-02T01:00:00.000Z",
    }
    office.done("PATCH", f"/drive/v3/files/{sheet}", {"name": "Mới"}, **ALL)
    assert office.file(sheet, "name,modifiedTime") == {"name": "Mới", "modifiedTime": "2026-03-02T02:00:00.000Z"}
    assert office.done("GET", f"/v4/spreadsheets/{sheet}", fields="properties.title") == {
        "properties": {"title": "Mới"}
    }


def test_a_trashed_file_still_answers(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["còn"])
    office.done("PATCH", f"/drive/v3/files/{sheet}", {"trashed": True}, **ALL)
    assert office.file(sheet, "trashed") == {"trashed": True}
    assert office.read(sheet, "A1") == [["còn"]]


def test_throwing_away_takes_the_right_role(office: Office, sheet: str) -> None:
    drive = office.file(sheet, "driveId")["driveId"]
    path = f"/drive/v3/files/{sheet}"
    for role, trash, delete in (("writer", 403, 403), ("fileOrganizer", 200, 403), ("organizer", 200, 204)):
        office.share(drive, MINH, role)
        assert office.ask("PATCH", path, {"trashed": True}, who=MINH, **ALL).status_code == trash
        office.done("PATCH", path, {"trashed": False}, **ALL)
        assert office.ask("DELETE", path, who=MINH, **ALL).status_code == delete
    assert office.ask("GET", path, **ALL).status_code == 404
    assert office.ask("GET", f"/v4/spreadsheets/{sheet}").status_code == 404


def test_a_deleted_folder_takes_its_files_with_it(office: Office, sheet: str) -> None:
    office.done("DELETE", f"/drive/v3/files/{office.folder}", **ALL)
    assert office.ask("GET", f"/drive/v3/files/{sheet}", **ALL).status_code == 404


def test_a_locked_file_takes_no_writes(office: Office, sheet: str) -> None:
    lock = {"contentRestrictions": [{"readOnly": True, "reason": "Đã khoá sổ"}]}
    office.done("PATCH", f"/drive/v3/files/{sheet}", lock, **ALL)
    body = {"values": [["x"]]}
    refusal = office.refused("PUT", f"/v4/spreadsheets/{sheet}/values/A1", body, valueInputOption="RAW")
    assert refusal == (403, "The caller does not have permission")
    assert office.file(sheet, "contentRestrictions(readOnly,reason),capabilities/canModifyContent") == {
        "contentRestrictions": [{"readOnly": True, "reason": "Đã khoá sổ"}],
        "capabilities": {"canModifyContent": False},
    }
    assert reason(office, "PATCH", f"/drive/v3/files/{sheet}", {"name": "x"}, **ALL)[0] == 403
    office.done("PATCH", f"/drive/v3/files/{sheet}", {"contentRestrictions": [{"readOnly": False}]}, **ALL)
    office.write(sheet, "A1", ["x"])
    broken = {"contentRestrictions": [{"reason": "x"}]}
    assert reason(office, "PATCH", f"/drive/v3/files/{sheet}", broken, **ALL) == (400, "invalid")


def test_a_file_moves_to_another_folder_of_its_drive(office: Office, sheet: str) -> None:
    body = {"name": "Năm cũ", "mimeType": FOLDER, "parents": [office.folder]}
    other = office.done("POST", "/drive/v3/files", body, **ALL)["id"]
    path = f"/drive/v3/files/{sheet}"
    assert reason(office, "PATCH", path, {}, addParents=other, **ALL) == (403, "cannotAddParent")
    office.done("PATCH", path, {}, addParents=other, removeParents=office.folder, **ALL)
    assert office.file(sheet, "parents") == {"parents": [other]}
    assert reason(office, "PATCH", path, {"parents": [office.folder]}, **ALL) == (403, "fieldNotWritable")
    theirs = personal_folder(office.sandbox.store, MONDAY_MORNING, "Của Hoa", HOA)
    office.share(sheet, HOA, "writer")
    away = {"who": HOA, "addParents": theirs, "removeParents": other, **ALL}
    assert reason(office, "PATCH", path, {}, **away) == (501, "notImplemented")


def test_a_copy_has_the_cells_and_another_life(office: Office, sheet: str) -> None:
    office.write(sheet, "A1", ["gốc"])
    copied = office.done(
        "POST",
        f"/drive/v3/files/{sheet}/copy",
        {"appProperties": {"unit": "mới"}},
        fields="id,name,appProperties",
        **ALL,
    )
    assert copied == {"id": copied["id"], "name": "Copy of Biểu mẫu", "appProperties": {"unit": "mới"}}
    office.write(sheet, "A1", ["đổi"])
    assert office.read(copied["id"], "A1") == [["gốc"]]
    assert reason(office, "POST", f"/drive/v3/files/{office.folder}/copy", {}, **ALL) == (403, "cannotCopyFile")


def test_about_tells_who_asks_and_needs_fields(office: Office) -> None:
    assert office.done("GET", "/drive/v3/about", fields="user(emailAddress),storageQuota/limit") == {
        "user": {"emailAddress": ROBOT},
        "storageQuota": {"limit": "0"},
    }
    assert reason(office, "GET", "/drive/v3/about") == (400, "required")


def test_a_field_that_does_not_exist_is_refused(office: Office, sheet: str) -> None:
    assert office.refused("GET", f"/drive/v3/files/{sheet}", fields="id,nme", **ALL) == (
        400,
        "Invalid field selection nme",
    )


def test_a_spreadsheet_has_nothing_to_download(office: Office, sheet: str) -> None:
    assert reason(office, "GET", f"/drive/v3/files/{sheet}", alt="media", **ALL) == (403, "fileNotDownloadable")


def test_a_body_that_is_no_json_object_is_refused(office: Office) -> None:
    headers = {"authorization": f"Bearer {office.token(ROBOT)}"}
    for raw in (b"{", b"[]", b'{"name":"\\ud800"}', b"[" * 100_000):
        answer = office.http.post("/google/drive/v3/files", content=raw, headers=headers)
        assert answer.status_code == 400
        assert answer.json()["error"]["message"].startswith("Invalid JSON payload received.")
