"""Google's own client library, built from the discovery documents, works against the sandbox."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from google.oauth2.service_account import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseDownload
from httplib2 import Http

from sandbox.google import service_account
from tests.sandbox.google.discovery import document
from tests.sandbox.google.office import FOLDER, HOA, SPREADSHEET, Office

SCOPES = ["https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/spreadsheets"]
ALL: dict[str, Any] = {"supportsAllDrives": True}


@dataclass(frozen=True)
class Services:
    """The two services of the library, signed in with the service account's key."""

    drive: Any
    sheets: Any


@pytest.fixture
def services(office: Office) -> Iterator[Services]:
    info = service_account(office.sandbox.store, office.sandbox.url)
    credentials = Credentials.from_service_account_info(info, scopes=SCOPES)  # type: ignore[no-untyped-call]  # google-auth has no types here
    http = AuthorizedHttp(credentials, http=Http())
    root = f"{office.sandbox.url}/google/"
    built = [
        build_from_document({**document(name), "rootUrl": root, "baseUrl": root}, http=http)
        for name in ("drive.v3", "sheets.v4")
    ]
    yield Services(*built)
    http.close()


def created(services: Services, office: Office, **about: Any) -> str:  # noqa: ANN401 - any JSON value
    body = {"name": "Sở Y tế", "mimeType": SPREADSHEET, "parents": [office.folder], **about}
    return str(services.drive.files().create(body=body, **ALL).execute()["id"])


def test_a_form_is_made_written_and_read(services: Services, office: Office) -> None:
    sheet = created(services, office)
    book = services.sheets.spreadsheets()
    requests = [
        {
            "updateSpreadsheetProperties": {
                "properties": {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
                "fields": "locale,timeZone",
            }
        },
        {"addSheet": {"properties": {"sheetId": 2310, "title": "Phiếu"}}},
        {"deleteSheet": {"sheetId": 0}},
        {
            "updateCells": {
                "start": {"sheetId": 2310, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": [{"userEnteredValue": {"formulaValue": "=SUM(A2:A9)"}, "note": "tổng"}]}],
                "fields": "*",
            }
        },
        {
            "setDataValidation": {
                "range": {"sheetId": 2310, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 1},
                "rule": {"condition": {"type": "BOOLEAN"}, "strict": True},
            }
        },
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 2310}, "description": "khoá"}}},
    ]
    replies = book.batchUpdate(spreadsheetId=sheet, body={"requests": requests}).execute()["replies"]
    assert replies[1]["addSheet"]["properties"]["title"] == "Phiếu"
    written = book.values().update(
        spreadsheetId=sheet, range="Phiếu!A2", valueInputOption="RAW", body={"values": [[8.5], [1]]}
    )
    assert written.execute()["updatedCells"] == 2
    read = book.values().batchGet(spreadsheetId=sheet, ranges=["Phiếu!A1:A3"], valueRenderOption="UNFORMATTED_VALUE")
    assert read.execute()["valueRanges"][0]["values"] == [[9.5], [8.5], [1]]
    shown = book.get(
        spreadsheetId=sheet, fields="properties/locale,sheets(properties/sheetId,protectedRanges/description)"
    )
    assert shown.execute() == {
        "properties": {"locale": "vi_VN"},
        "sheets": [{"properties": {"sheetId": 2310}, "protectedRanges": [{"description": "khoá"}]}],
    }


def test_files_are_shared_found_downloaded_and_deleted(services: Services, office: Office) -> None:
    files, permissions = services.drive.files(), services.drive.permissions()
    folder = created(services, office, mimeType=FOLDER, properties={"kind": "folder", "key": "2026/syt"})
    sheet = created(services, office, parents=[folder])
    given = permissions.create(
        fileId=folder,
        body={"type": "user", "role": "writer", "emailAddress": HOA},
        sendNotificationEmail=False,
        **ALL,
    ).execute()
    office.person(sheet, "cells", person=HOA, cells={"A1": "1"})
    file = {"file": ("1.2a Kế hoạch.pdf", b"%PDF", "application/pdf")}
    put = office.http.post(f"/sandbox/folders/{folder}/files", data={"person": HOA}, files=file).json()
    query = f"'{folder}' in parents and mimeType != '{SPREADSHEET}'"
    listed = files.list(
        q=query, fields="files(id,sha256Checksum)", corpora="allDrives", includeItemsFromAllDrives=True, **ALL
    ).execute()
    assert listed == {"files": [{"id": put["id"], "sha256Checksum": sha256(b"%PDF").hexdigest()}]}
    got = io.BytesIO()
    download = MediaIoBaseDownload(got, files.get_media(fileId=put["id"], **ALL))
    assert download.next_chunk()[1] is True
    assert got.getvalue() == b"%PDF"
    permissions.update(fileId=folder, permissionId=given["id"], body={"role": "reader"}, **ALL).execute()
    assert office.person_refused(sheet, "cells", person=HOA, cells={"A1": "2"})[0] == 403
    permissions.delete(fileId=folder, permissionId=given["id"], **ALL).execute()
    files.delete(fileId=folder, **ALL).execute()
    with pytest.raises(HttpError) as gone:
        files.get(fileId=sheet, **ALL).execute()
    assert (gone.value.status_code, gone.value.error_details[0]["reason"]) == (404, "notFound")


def test_pages_follow_one_another(services: Services, office: Office) -> None:
    made = [created(services, office, name=f"Xã {number}") for number in range(3)]
    files = services.drive.files()
    request = files.list(
        q=f"mimeType = '{SPREADSHEET}'",
        orderBy="name",
        pageSize=2,
        fields="nextPageToken,files/id",
        corpora="allDrives",
        includeItemsFromAllDrives=True,
        **ALL,
    )
    pages = []
    while request is not None:
        answer = request.execute()
        pages.append([each["id"] for each in answer["files"]])
        request = files.list_next(request, answer)
    assert pages == [made[:2], made[2:]]


def test_a_refused_request_is_the_librarys_error(services: Services, office: Office) -> None:
    sheet = created(services, office)
    change = services.sheets.spreadsheets().batchUpdate(
        spreadsheetId=sheet, body={"requests": [{"deleteSheet": {"sheetId": 7}}]}
    )
    with pytest.raises(HttpError, match="No grid with id: 7") as refused:
        change.execute()
    assert refused.value.status_code == 400
