"""gspread 6 and google-auth run unchanged against the sandbox."""

import gspread
import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError, WorksheetNotFound

from sandbox.google import service_account
from tests.sandbox.google.office import HOA, ROBOT, Office


def test_a_service_account_signs_in_with_its_key_and_fills_in_a_sheet(office: Office) -> None:
    info = service_account(office.sandbox.store, office.sandbox.url)
    scopes = ["https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/spreadsheets"]
    credentials = Credentials.from_service_account_info(info, scopes=scopes)  # type: ignore[no-untyped-call]  # google-auth has no types here
    client = gspread.Client(credentials, http_client=office.http_client)
    book = client.create("Sở Tư pháp", office.folder)
    page = book.sheet1
    page.update([["Tiêu chí", "Điểm"], ["Nhân lực", 8.5]], "A1", raw=True)
    assert page.get_all_values() == [["Tiêu chí", "Điểm"], ["Nhân lực", "8.5"]]
    assert page.get("B2", value_render_option=gspread.utils.ValueRenderOption.unformatted) == [[8.5]]


def test_a_wrong_key_gets_no_token(office: Office) -> None:
    info = service_account(office.sandbox.store, office.sandbox.url)
    other = service_account(office.sandbox.store, office.sandbox.url, "other")
    mixed = {**info, "private_key": other["private_key"]}
    credentials = Credentials.from_service_account_info(mixed, scopes=["https://www.googleapis.com/auth/drive"])  # type: ignore[no-untyped-call]  # google-auth has no types here
    client = gspread.Client(credentials, http_client=office.http_client)
    with pytest.raises(RefreshError, match=r"invalid_grant: Invalid JWT Signature\."):
        client.list_spreadsheet_files()


def test_what_gspread_does_with_a_worksheet_works(office: Office, sheet: str) -> None:
    book = office.gspread().open_by_key(sheet)
    page = book.add_worksheet("Phụ lục", rows=20, cols=5)
    page.update([["b", 2], ["a", 1]], "A1")
    page.format("A1:B1", {"textFormat": {"bold": True}})
    page.freeze(rows=1)
    page.merge_cells("D1:E1")
    page.update_title("Phụ lục 1")
    page.add_validation("C1:C2", gspread.utils.ValidationConditionType.one_of_list, ["Có", "Không"], strict=True)
    page.add_protected_range("A1:A2", [HOA])
    page.hide_columns(4, 5)
    page.sort((1, "asc"), range="A1:B2")
    assert [each.title for each in book.worksheets()] == ["Sheet1", "Phụ lục 1"]
    assert page.get("A1:B2", value_render_option=gspread.utils.ValueRenderOption.unformatted) == [["a", 1], ["b", 2]]
    assert page.frozen_row_count == 1
    page.insert_note("A1", "ghi chú")
    assert page.get_note("A1") == "ghi chú"
    page.batch_clear(["A1:B1"])
    assert page.get_all_values() == [["", ""], ["b", "2"]]
    page.delete_rows(1)
    assert page.row_values(1) == ["b", "2"]
    book.del_worksheet(page)
    with pytest.raises(WorksheetNotFound):
        book.worksheet("Phụ lục 1")


def test_files_are_listed_shared_copied_and_deleted(office: Office, sheet: str) -> None:
    client = office.gspread()
    book = client.open_by_key(sheet)
    book.share(HOA, perm_type="user", role="writer", notify=False)
    assert [(each["emailAddress"], each["role"]) for each in book.list_permissions()] == [
        (HOA, "writer"),
        (ROBOT, "organizer"),
    ]
    assert [each["id"] for each in client.list_spreadsheet_files(folder_id=office.folder)] == [sheet]
    assert book.get_lastUpdateTime() == "2026-03-02T01:00:00.000Z"
    copied = client.copy(sheet, "Bản sao", copy_comments=False)
    assert client.open("Bản sao").id == copied.id
    book.remove_permissions(HOA)
    client.del_spreadsheet(copied.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open("Bản sao")


def test_errors_reach_gspread_in_their_own_form(office: Office, sheet: str) -> None:
    client = office.gspread()
    with pytest.raises(APIError) as caught:
        client.http_client.values_get(sheet, "Không có!A1")
    assert (caught.value.code, caught.value.error["status"]) == (400, "INVALID_ARGUMENT")
    assert caught.value.error["message"] == "Unable to parse range: Không có!A1"
    with pytest.raises(PermissionError):
        office.gspread("stranger@example.org").open_by_key(sheet)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key("1" * 44)
