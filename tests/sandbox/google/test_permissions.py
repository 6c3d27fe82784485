from typing import Any

import pytest

from tests.sandbox.google.office import HOA, MINH, ROBOT, SPREADSHEET, Office

ALL = {"supportsAllDrives": "true"}


def path(sheet: str) -> str:
    return f"/drive/v3/files/{sheet}/permissions"


def reason(office: Office, method: str, path_: str, body: Any = None, **rest: Any) -> tuple[int, str]:  # noqa: ANN401 - any JSON value
    answer = office.ask(method, path_, body, **{**ALL, **rest})
    return answer.status_code, str(answer.json()["error"]["errors"][0]["reason"])


def test_a_person_gets_and_loses_a_permission(office: Office, sheet: str) -> None:
    body = {"type": "user", "role": "writer", "emailAddress": HOA, "withLink": False}
    made = office.done("POST", path(sheet), body, sendNotificationEmail="false", **ALL)
    assert made == {"kind": "drive#permission", "id": made["id"], "type": "user", "role": "writer"}
    assert office.file(sheet, "capabilities/canEdit", HOA) == {"capabilities": {"canEdit": True}}
    office.done("PATCH", f"{path(sheet)}/{made['id']}", {"role": "reader"}, **ALL)
    assert office.file(sheet, "capabilities/canEdit", HOA) == {"capabilities": {"canEdit": False}}
    assert office.done("GET", f"{path(sheet)}/{made['id']}", fields="role,emailAddress", **ALL) == {
        "role": "reader",
        "emailAddress": HOA,
    }
    office.done("DELETE", f"{path(sheet)}/{made['id']}", **ALL)
    assert reason(office, "GET", f"/drive/v3/files/{sheet}", who=HOA) == (404, "notFound")


def test_sharing_twice_changes_the_role(office: Office, sheet: str) -> None:
    office.share(sheet, HOA, "reader")
    office.share(sheet, HOA.upper(), "writer")
    listed = office.done("GET", path(sheet), fields="permissions(emailAddress,role,permissionDetails/inherited)", **ALL)
    assert listed == {
        "permissions": [
            {"emailAddress": HOA.upper(), "role": "writer", "permissionDetails": [{"inherited": False}]},
            {"emailAddress": ROBOT, "role": "organizer", "permissionDetails": [{"inherited": True}]},
        ]
    }


def test_an_address_without_a_google_account_gets_a_permission_only_by_a_letter(office: Office, sheet: str) -> None:
    office.http.post("/sandbox/strangers", json={"email": "vanthu@so.example.vn"})
    body = {"type": "user", "role": "writer", "emailAddress": "Vanthu@so.example.vn"}
    silent = {"sendNotificationEmail": "false"}
    assert reason(office, "POST", path(sheet), body, **silent) == (400, "invalidSharingRequest")
    assert office.done("POST", path(sheet), body, **ALL)["role"] == "writer"
    office.done("POST", path(sheet), body | {"emailAddress": HOA}, **silent, **ALL)


def test_the_link_opens_a_file_for_everybody(office: Office, sheet: str) -> None:
    office.share(sheet, None, "writer")
    assert office.done("GET", path(sheet), fields="permissions(id,type,role,allowFileDiscovery)", **ALL)["permissions"][
        0
    ] == {
        "id": "anyoneWithLink",
        "type": "anyone",
        "role": "writer",
        "allowFileDiscovery": False,
    }
    assert office.file(sheet, "capabilities/canEdit", "stranger@example.org") == {"capabilities": {"canEdit": True}}


def test_a_folders_permissions_hold_for_its_files(office: Office, sheet: str) -> None:
    office.share(office.folder, HOA, "writer")
    assert office.file(sheet, "capabilities/canEdit", HOA) == {"capabilities": {"canEdit": True}}
    listed = office.done("GET", path(sheet), fields="permissions(id,emailAddress)", **ALL)["permissions"]
    [inherited] = [each["id"] for each in listed if each["emailAddress"] == HOA]
    for method, body in (("DELETE", None), ("PATCH", {"role": "reader"})):
        refusal = reason(office, method, f"{path(sheet)}/{inherited}", body)
        assert refusal == (403, "cannotModifyInheritedTeamDrivePermission")


@pytest.mark.parametrize(
    ("body", "code", "why"),
    [
        ({"type": "user", "emailAddress": HOA}, 400, "required"),
        ({"role": "writer", "emailAddress": HOA}, 400, "required"),
        ({"type": "user", "role": "boss", "emailAddress": HOA}, 400, "required"),
        ({"type": "user", "role": "writer"}, 400, "invalid"),
        ({"type": "user", "role": "writer", "emailAddress": "không phải địa chỉ"}, 400, "invalid"),
        ({"type": "anyone", "role": "fileOrganizer"}, 400, "invalid"),
        ({"type": "user", "role": "owner", "emailAddress": HOA}, 403, "forbidden"),
        ({"type": "domain", "role": "reader", "domain": "example.org"}, 501, "notImplemented"),
    ],
)
def test_a_permission_that_cannot_be_given_is_refused(
    office: Office, sheet: str, body: dict[str, Any], code: int, why: str
) -> None:
    assert reason(office, "POST", path(sheet), body) == (code, why)


def test_nobody_gives_more_than_they_have_and_readers_give_nothing(office: Office, sheet: str) -> None:
    office.share(sheet, HOA, "writer")
    more = {"type": "user", "role": "fileOrganizer", "emailAddress": MINH}
    assert reason(office, "POST", path(sheet), more, who=HOA) == (403, "insufficientFilePermissions")
    office.share(sheet, HOA, "reader")
    body = {"type": "user", "role": "reader", "emailAddress": MINH}
    assert reason(office, "POST", path(sheet), body, who=HOA) == (403, "insufficientFilePermissions")
    assert reason(office, "GET", path(sheet), who=HOA) == (403, "insufficientFilePermissions")
    assert reason(office, "POST", path(sheet), body, who=MINH) == (404, "notFound")


def test_roles_of_shared_drives_stay_there_and_an_owner_stays_owner(office: Office) -> None:
    mine = office.done("POST", "/drive/v3/files", {"name": "x", "mimeType": SPREADSHEET}, who=HOA)["id"]
    body = {"type": "user", "role": "fileOrganizer", "emailAddress": MINH}
    assert reason(office, "POST", path(mine), body, who=HOA) == (403, "organizerOnNonTeamDriveItemNotSupported")
    [owner] = office.done("GET", path(mine), who=HOA)["permissions"]
    assert reason(office, "DELETE", f"{path(mine)}/{owner['id']}", who=HOA) == (403, "insufficientFilePermissions")


def test_a_permission_that_is_not_there_is_not_found(office: Office, sheet: str) -> None:
    assert reason(office, "GET", f"{path(sheet)}/5") == (404, "notFound")
    assert reason(office, "DELETE", f"{path(sheet)}/5") == (404, "notFound")


def test_only_the_role_of_a_permission_can_be_updated(office: Office, sheet: str) -> None:
    office.share(sheet, None, "reader")
    link = f"{path(sheet)}/anyoneWithLink"
    assert reason(office, "PATCH", link, {"role": "writer", "type": "user"}) == (403, "fieldNotWritable")
    assert reason(office, "PATCH", link, {"role": "owner"}) == (403, "forbidden")


def test_an_owner_may_keep_editors_from_sharing(office: Office) -> None:
    made = office.done("POST", "/drive/v3/files", {"mimeType": SPREADSHEET}, who=HOA)
    file = f"/drive/v3/files/{made['id']}"
    office.done("POST", path(made["id"]), {"type": "user", "role": "writer", "emailAddress": ROBOT}, who=HOA)
    assert reason(office, "PATCH", file, {"writersCanShare": False}) == (403, "insufficientFilePermissions")
    office.done("PATCH", file, {"writersCanShare": False}, who=HOA)
    assert office.file(made["id"], "writersCanShare,capabilities(canEdit,canShare)") == {
        "writersCanShare": False,
        "capabilities": {"canEdit": True, "canShare": False},
    }
    link = {"type": "anyone", "role": "reader"}
    assert reason(office, "POST", path(made["id"]), link) == (403, "insufficientFilePermissions")
    office.done("POST", path(made["id"]), link, who=HOA)
    assert reason(office, "DELETE", f"{path(made['id'])}/anyoneWithLink") == (403, "insufficientFilePermissions")
