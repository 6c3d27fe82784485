from typing import Any

import pytest

from tests.sandbox.google.office import FOLDER, HOA, ROBOT, SPREADSHEET, Office

ALL = {"supportsAllDrives": "true", "includeItemsFromAllDrives": "true"}


def names(office: Office, query: str | None = None, *, who: str = ROBOT, **parameters: Any) -> list[str]:  # noqa: ANN401 - any parameter
    wanted = {} if query is None else {"q": query}
    answer = office.done("GET", "/drive/v3/files", who=who, fields="files(name)", **{**ALL, **wanted, **parameters})
    return [each["name"] for each in answer["files"]]


@pytest.fixture
def three(office: Office) -> Office:
    """A, B and C, made and changed an hour after another; C is in the trash."""
    for name, unit in (("A nhân lực", "a"), ("B hạ tầng", "b"), ("C's", "c")):
        office.new_sheet(name, appProperties={"unit": unit, "year": "2026"})
        office.sandbox.clock.advance(3600)
    third = office.done("GET", "/drive/v3/files", q="name = 'C\\'s'", **ALL)["files"][0]["id"]
    office.done("PATCH", f"/drive/v3/files/{third}", {"trashed": True}, supportsAllDrives="true")
    return office


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"mimeType = '{SPREADSHEET}'", ["A nhân lực", "B hạ tầng", "C's"]),
        (f"mimeType != '{FOLDER}' and trashed = false", ["A nhân lực", "B hạ tầng"]),
        (f'mimeType="{SPREADSHEET}" and name = "C\'s"', ["C's"]),
        ("'FOLDER' in parents and trashed=true", ["C's"]),
        ("parents in 'FOLDER' and not trashed = true", ["A nhân lực", "B hạ tầng"]),
        ("name = 'C\\'s'", ["C's"]),
        ("name contains 'nhân'", ["A nhân lực"]),
        ("name contains 'hân'", []),
        ("mimeType contains 'spreadsheet' and trashed != true", ["A nhân lực", "B hạ tầng"]),
        ("modifiedTime > '2026-03-02T01:30:00' and trashed = false", ["B hạ tầng"]),
        ("modifiedTime >= '2026-03-02T09:00:00+07:00' and trashed = false", ["B hạ tầng"]),
        ("createdTime < '2026-03-02T02:00:00Z' and mimeType != 'x' and not name contains 'xếp'", ["A nhân lực"]),
        ("appProperties has { key='unit' and value='b' }", ["B hạ tầng"]),
        (
            "appProperties has {key='year' and value='2026'} and (name contains 'A' or name contains 'B')",
            ["A nhân lực", "B hạ tầng"],
        ),
        ("appProperties has { key='unit' and value='z' } or (trashed = true and name != 'x')", ["C's"]),
        (f"'{ROBOT}' in owners", []),
        ("'root' in parents", []),
    ],
)
def test_a_query_finds_its_files(three: Office, query: str, found: list[str]) -> None:
    assert names(three, query.replace("FOLDER", three.folder), orderBy="name") == found


@pytest.mark.parametrize(
    "query",
    [
        "name",
        "name =",
        "name = x",
        "name > 'x'",
        "trashed = maybe",
        "trashed < true",
        "(name = 'x'",
        "name = 'x')",
        "name = 'x' name = 'y'",
        "colour = 'x'",
        "'x' in colours",
        "modifiedTime > 'hôm qua'",
        "modifiedTime contains '2026'",
        "appProperties has {key='x'}",
        "name = 'x",
        "((" * 60 + "name='x'" + "))" * 60,
        "§",
    ],
)
def test_a_query_that_cannot_be_read_is_refused(office: Office, query: str) -> None:
    answer = office.ask("GET", "/drive/v3/files", q=query)
    assert answer.status_code == 400
    assert answer.json()["error"]["errors"] == [
        {
            "message": "Invalid Value",
            "domain": "global",
            "reason": "invalid",
            "locationType": "parameter",
            "location": "q",
        }
    ]


def test_a_query_that_the_sandbox_does_not_stand_in_for_is_refused(office: Office) -> None:
    assert office.refused("GET", "/drive/v3/files", q="fullText contains 'x'") == (
        501,
        "The sandbox does not stand in for searching files by fullText.",
    )


def test_without_fields_a_list_shows_little(office: Office) -> None:
    answer = office.done("GET", "/drive/v3/files", **ALL)
    assert answer == {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [{"kind": "drive#file", "id": office.folder, "name": "Xếp hạng 2026", "mimeType": FOLDER}],
    }


def test_shared_drives_are_left_out_unless_asked_for(three: Office) -> None:
    mine = {"q": "trashed = false", "fields": "files(name)"}
    assert three.done("GET", "/drive/v3/files", **mine) == {"files": []}
    assert names(three, "trashed = false", corpora="allDrives", orderBy="name") == [
        "A nhân lực",
        "B hạ tầng",
        "Xếp hạng 2026",
    ]
    drive = three.file(three.folder, "driveId")["driveId"]
    assert names(three, "trashed = true", corpora="drive", driveId=drive) == ["C's"]
    assert names(three, corpora="drive", driveId="another") == []


@pytest.mark.parametrize(
    ("parameters", "code", "why"),
    [
        ({"includeItemsFromAllDrives": "true"}, 403, "teamDrivesNotSupported"),
        ({**ALL, "corpora": "drive"}, 403, "teamDriveIdRequired"),
        ({**ALL, "driveId": "x"}, 403, "teamDriveIdRequired"),
        ({"corpora": "allDrives", "supportsAllDrives": "true"}, 403, "includeItemsFromAllDrivesRequired"),
        ({"corpora": "everything"}, 400, "invalid"),
        ({"pageSize": "1001"}, 400, "invalidParameter"),
        ({"pageSize": "0"}, 400, "invalidParameter"),
        ({"pageSize": "x"}, 400, "invalidParameter"),
        ({"pageToken": "x"}, 400, "invalid"),
        ({"orderBy": "colour"}, 400, "invalid"),
        ({"orderBy": "name up"}, 400, "invalid"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(
    office: Office, parameters: dict[str, str], code: int, why: str
) -> None:
    answer = office.ask("GET", "/drive/v3/files", **parameters)
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (code, why)


def test_pages_follow_one_another(three: Office) -> None:
    seen: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = three.done(
            "GET",
            "/drive/v3/files",
            pageSize=3,
            orderBy="folder,modifiedTime desc",
            fields="nextPageToken,files(name)",
            **ALL,
            **token,
        )
        seen.append(" ".join(each["name"][0] for each in page["files"]))
        if "nextPageToken" not in page:
            break
        token = {"pageToken": page["nextPageToken"]}
    assert seen == ["X C B", "A"]


def test_a_link_puts_a_file_into_nobodys_list(office: Office, sheet: str) -> None:
    office.share(sheet, None, "writer")
    assert names(office, who=HOA) == []
    assert office.file(sheet, "name", HOA) == {"name": "Biểu mẫu"}
    office.share(sheet, HOA, "reader")
    assert names(office, who=HOA) == ["Biểu mẫu"]


def test_a_listing_can_lag_behind_while_the_file_itself_does_not(office: Office, sheet: str) -> None:
    assert office.http.post("/sandbox/sheets/lag", json={"seconds": 180}).json() == {"seconds": 180}
    query = {"q": "modifiedTime > '2026-03-02T01:00:00Z'", "fields": "files(modifiedTime)", **ALL}
    office.sandbox.clock.advance(60)
    office.write(sheet, "A1", ["x"])
    assert office.done("GET", "/drive/v3/files", **query) == {"files": []}
    assert office.file(sheet, "modifiedTime") == {"modifiedTime": "2026-03-02T01:01:00.000Z"}
    office.sandbox.clock.advance(180)
    assert office.done("GET", "/drive/v3/files", **query) == {"files": [{"modifiedTime": "2026-03-02T01:01:00.000Z"}]}
