"""Folders of units: their properties, their permissions, and the files that people put into them."""

from hashlib import md5, sha1, sha256
from typing import Any

import pytest

from sandbox.google import personal_folder
from tests.sandbox.google.office import FOLDER, HOA, MINH, MONDAY_MORNING, ROBOT, SPREADSHEET, Office

ALL = {"supportsAllDrives": "true"}
EVERYWHERE = {**ALL, "includeItemsFromAllDrives": "true", "corpora": "allDrives"}


def made(office: Office, **about: Any) -> str:  # noqa: ANN401 - any JSON value
    body = {"name": "Sở Y tế", "mimeType": FOLDER, "parents": [office.folder], **about}
    return str(office.done("POST", "/drive/v3/files", body, **ALL)["id"])


def found(office: Office, query: str, who: str = ROBOT, fields: str = "files(id,name)") -> list[Any]:
    listed = office.done("GET", "/drive/v3/files", who=who, q=query, fields=fields, **EVERYWHERE)
    return list(listed["files"])


def put(office: Office, folder: str, name: str, data: bytes, person: str | None = HOA) -> Any:  # noqa: ANN401 - any JSON value
    fields = {} if person is None else {"person": person}
    files = {"file": (name, data, "application/pdf")}
    answer = office.http.post(f"/sandbox/folders/{folder}/files", data=fields, files=files)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(office: Office, method: str, path: str, **body: Any) -> tuple[int, str]:  # noqa: ANN401 - any JSON value
    answer = office.http.request(method, f"/sandbox/folders/{path}", **body)
    return answer.status_code, str(answer.json()["error"])


def test_public_properties_are_made_merged_and_taken_away(office: Office) -> None:
    folder = made(office, properties={"xephang": "folder", "key": "2026/syt"})
    path = f"/drive/v3/files/{folder}"
    office.done("PATCH", path, {"properties": {"key": None, "layout": "ab12"}}, **ALL)
    assert office.file(folder, "properties") == {"properties": {"xephang": "folder", "layout": "ab12"}}


def test_properties_find_folders_and_sheets(office: Office) -> None:
    folder = made(office, properties={"key": "2026/syt", "kind": "folder"})
    sheet = office.new_sheet(parents=[folder], properties={"key": "2026/syt", "kind": "form"})
    key = "properties has { key='key' and value='2026/syt' }"
    assert [each["id"] for each in found(office, key)] == [folder, sheet]
    both = f"{key} and properties has {{ key='kind' and value='form' }} and trashed = false"
    assert [each["id"] for each in found(office, both)] == [sheet]
    assert found(office, "appProperties has { key='kind' and value='form' }") == []


def test_what_a_folder_is_shared_for_holds_for_the_sheet_inside(office: Office) -> None:
    folder = made(office)
    sheet = office.new_sheet(parents=[folder])
    assert office.person_refused(sheet, "cells", person=HOA, cells={"A1": "1"})[0] == 403
    given = office.done(
        "POST", f"/drive/v3/files/{folder}/permissions", {"type": "user", "role": "writer", "emailAddress": HOA}, **ALL
    )
    office.person(sheet, "cells", person=HOA, cells={"A1": "1"})
    path = f"/drive/v3/files/{folder}/permissions/{given['id']}"
    office.done("PATCH", path, {"role": "reader"}, **ALL)
    assert office.person_refused(sheet, "cells", person=HOA, cells={"A1": "2"})[0] == 403
    assert office.http.get(f"/sandbox/sheets/{sheet}", params={"person": HOA}).status_code == 200
    office.done("DELETE", path, **ALL)
    answer = office.ask("GET", f"/drive/v3/files/{sheet}", who=HOA, **ALL)
    assert answer.status_code == 404


def test_a_link_to_a_folder_of_my_drive_opens_the_sheet_inside(office: Office) -> None:
    theirs = personal_folder(office.sandbox.store, MONDAY_MORNING, "Xếp hạng", HOA)
    folder = str(
        office.done("POST", "/drive/v3/files", {"name": "Sở Y tế", "mimeType": FOLDER, "parents": [theirs]}, who=HOA)[
            "id"
        ]
    )
    sheet = office.done(
        "POST", "/drive/v3/files", {"name": "Biểu", "mimeType": SPREADSHEET, "parents": [folder]}, who=HOA
    )["id"]
    link = {"type": "anyone", "role": "writer"}
    office.done("POST", f"/drive/v3/files/{folder}/permissions", link, who=HOA)
    office.person(sheet, "cells", cells={"A1": "1"})
    office.done("PATCH", f"/drive/v3/files/{folder}/permissions/anyoneWithLink", {"role": "reader"}, who=HOA)
    assert office.person_refused(sheet, "cells", cells={"A1": "2"})[0] == 403


def test_somebody_given_both_file_and_folder_has_one_permission_with_two_sources(office: Office) -> None:
    folder = made(office)
    sheet = office.new_sheet(parents=[folder])
    office.share(folder, HOA, "reader")
    office.share(sheet, HOA, "writer")
    fields = "permissions(emailAddress,role,permissionDetails(role,inheritedFrom))"
    listed = office.done("GET", f"/drive/v3/files/{sheet}/permissions", fields=fields, **ALL)["permissions"]
    assert [each for each in listed if each["emailAddress"] == HOA] == [
        {
            "emailAddress": HOA,
            "role": "writer",
            "permissionDetails": [{"role": "writer"}, {"role": "reader", "inheritedFrom": folder}],
        }
    ]


def test_a_file_that_somebody_put_into_the_folder_is_listed_with_its_checksums(office: Office) -> None:
    folder = made(office)
    office.share(folder, HOA, "writer")
    office.sandbox.clock.advance(60)
    card = put(office, folder, "1.2a Kế hoạch.pdf", b"%PDF-1.7 x")
    fields = (
        "files(id,name,mimeType,size,md5Checksum,sha1Checksum,sha256Checksum,parents,createdTime,modifiedTime,"
        "lastModifyingUser/emailAddress,fileExtension,webViewLink)"
    )
    query = f"'{folder}' in parents and mimeType != '{FOLDER}' and modifiedTime >= '2026-03-02T01:01:00'"
    assert found(office, query, fields=fields) == [
        {
            "id": card["id"],
            "name": "1.2a Kế hoạch.pdf",
            "mimeType": "application/pdf",
            "size": "10",
            "md5Checksum": md5(b"%PDF-1.7 x", usedforsecurity=False).hexdigest(),
            "sha1Checksum": sha1(b"%PDF-1.7 x", usedforsecurity=False).hexdigest(),
            "sha256Checksum": sha256(b"%PDF-1.7 x").hexdigest(),
            "parents": [folder],
            "createdTime": "2026-03-02T01:01:00.000Z",
            "modifiedTime": "2026-03-02T01:01:00.000Z",
            "lastModifyingUser": {"emailAddress": HOA},
            "fileExtension": "pdf",
            "webViewLink": f"https://drive.google.com/file/d/{card['id']}/view",
        }
    ]
    assert found(office, f"'{folder}' in parents and mimeType != 'application/pdf'") == []
    assert found(office, f"'{folder}' in parents and modifiedTime > '2026-03-02T01:01:00'") == []


def test_a_file_is_downloaded_as_it_was_put_there_and_a_sheet_is_not(office: Office, sheet: str) -> None:
    office.share(office.folder, HOA, "writer")
    card = put(office, office.folder, "a.pdf", b"bytes")
    answer = office.ask("GET", f"/drive/v3/files/{card['id']}", alt="media", **ALL)
    assert (answer.content, answer.headers["content-type"]) == (b"bytes", "application/pdf")
    answer = office.ask("GET", f"/drive/v3/files/{sheet}", alt="media", **ALL)
    assert answer.json()["error"]["errors"][0]["reason"] == "fileNotDownloadable"
    token = office.token(ROBOT, "drive.metadata.readonly")
    path = f"/google/drive/v3/files/{card['id']}"
    headers = {"authorization": f"Bearer {token}"}
    answer = office.http.get(path, params={"alt": "media", **ALL}, headers=headers)
    assert answer.json()["error"]["errors"][0]["reason"] == "insufficientFilePermissions"


def test_only_writers_put_files_into_a_folder(office: Office) -> None:
    folder = made(office)
    path, file = f"{folder}/files", {"file": ("a.pdf", b"x", "application/pdf")}
    nobody = (
        "Somebody who just has the link may not put files here: the folder has not been shared with them as writer."
    )
    assert refused(office, "POST", path, files=file) == (403, nobody)
    office.share(folder, MINH, "reader")
    assert refused(office, "POST", path, files=file, data={"person": MINH})[0] == 403
    office.share(folder, None, "writer")
    assert put(office, folder, "a.pdf", b"x", None)["name"] == "a.pdf"
    assert refused(office, "POST", "no/files", files=file) == (404, "There is no folder no.")
    refusal = refused(office, "POST", path, data={"person": HOA})
    assert refusal == (400, 'Send exactly one file, as the field "file" of a multipart form.')


def test_in_my_drive_a_file_belongs_to_whoever_put_it_there(office: Office) -> None:
    theirs = personal_folder(office.sandbox.store, MONDAY_MORNING, "Xếp hạng", HOA)
    office.done(
        "POST",
        f"/drive/v3/files/{theirs}/permissions",
        {"type": "user", "role": "writer", "emailAddress": MINH},
        who=HOA,
    )
    card = put(office, theirs, "a.pdf", b"x", MINH)
    fields = "owners/emailAddress,capabilities(canEdit,canDelete)"
    assert office.file(card["id"], fields, HOA) == {
        "owners": [{"emailAddress": MINH}],
        "capabilities": {"canEdit": True, "canDelete": False},
    }


def test_a_file_gets_another_name_and_other_bytes(office: Office) -> None:
    folder = made(office)
    office.share(folder, HOA, "writer")
    card = put(office, folder, "a.pdf", b"x")
    one = f"/sandbox/folders/{folder}/files/{card['id']}"
    office.sandbox.clock.advance(60)
    renamed = office.http.post(one, json={"person": HOA, "name": "1.1 Quyết định.pdf"}).json()
    assert (renamed["name"], renamed["modified"]) == ("1.1 Quyết định.pdf", "2026-03-02T01:01:00.000Z")
    files = {"file": ("b.pdf", b"xyz", "application/pdf")}
    replaced = office.http.post(f"{one}/content", data={"person": HOA}, files=files).json()
    assert (replaced["name"], replaced["size"], replaced["id"]) == ("1.1 Quyết định.pdf", "3", card["id"])
    assert office.file(card["id"], "sha256Checksum") == {"sha256Checksum": sha256(b"xyz").hexdigest()}
    assert refused(office, "POST", f"{folder}/files/{card['id']}", json={"person": MINH, "name": "x"})[0] == 403


def test_a_file_is_thrown_away_by_whoever_may(office: Office) -> None:
    folder = made(office)
    office.share(folder, HOA, "writer")
    card = put(office, folder, "a.pdf", b"x")
    one = f"{folder}/files/{card['id']}"
    assert refused(office, "DELETE", f"{one}?person={HOA}")[0] == 403
    assert office.http.delete(f"/sandbox/folders/{one}?person={ROBOT}").json() == {
        "id": card["id"],
        "trashed": True,
        "deleted": False,
    }
    assert [each["id"] for each in found(office, "trashed = true")] == [card["id"]]
    office.http.delete(f"/sandbox/folders/{one}?forever=true")
    assert found(office, "trashed = true") == []
    assert refused(office, "DELETE", one)[0] == 404


def test_what_lies_in_a_trashed_folder_is_in_the_trash_with_it(office: Office) -> None:
    folder = made(office)
    sheet = office.new_sheet(parents=[folder])
    office.share(folder, HOA, "writer")
    office.done("PATCH", f"/drive/v3/files/{folder}", {"trashed": True}, **ALL)
    assert office.file(sheet, "trashed,explicitlyTrashed") == {"trashed": True, "explicitlyTrashed": False}
    assert [each["id"] for each in found(office, "trashed = true")] == [folder, sheet]
    refusal = office.person_refused(sheet, "cells", person=HOA, cells={"A1": "1"})
    assert refusal == (403, "The spreadsheet is in the trash: take it out before editing.")
    files = {"file": ("a.pdf", b"x", "application/pdf")}
    assert refused(office, "POST", f"{folder}/files", files=files, data={"person": HOA})[0] == 403
    office.done("PATCH", f"/drive/v3/files/{folder}", {"trashed": False}, **ALL)
    office.person(sheet, "cells", person=HOA, cells={"A1": "1"})


def test_a_folder_shows_what_lies_in_it_to_whom_it_was_given(office: Office) -> None:
    folder = made(office)
    office.share(folder, HOA, "writer")
    put(office, folder, "a.pdf", b"x")
    seen = office.http.get(f"/sandbox/folders/{folder}", params={"person": HOA}).json()
    assert (seen["name"], [each["name"] for each in seen["files"]]) == ("Sở Y tế", ["a.pdf"])
    assert {"type": "user", "role": "writer", "emailAddress": HOA} in seen["shared"]
    refusal = refused(office, "GET", f"{folder}?person={MINH}")
    assert refusal == (403, f"{MINH} may not look into this folder: it has not been shared with them.")


@pytest.mark.parametrize("name", ["không đuôi", "a.b.c!", ".ẩn"])
def test_a_name_without_an_extension_has_none(office: Office, name: str) -> None:
    office.share(office.folder, HOA, "writer")
    card = put(office, office.folder, name, b"x")
    assert office.file(card["id"], "fileExtension,originalFilename") == {
        "originalFilename": name,
        "fileExtension": "",
    }


def test_a_file_has_at_most_thirty_public_properties(office: Office) -> None:
    folder = made(office, properties={f"p{number}": "x" for number in range(30)})
    refusal = office.refused("PATCH", f"/drive/v3/files/{folder}", {"properties": {"one": "more"}}, **ALL)
    assert refusal == (400, "A file has at most 30 properties of a kind.")
    office.done("PATCH", f"/drive/v3/files/{folder}", {"properties": {"one": "more", "p0": None}}, **ALL)
