"""What the doctor says of the sheets that people registered."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from forms.google import rights, sheet_checks
from forms.google.drive import ALL_DRIVES, FILES, SPREADSHEET
from tests.forms.samples import order_of, regulation
from tests.forms.test_google_issue import of_hoa
from tests.forms.world import ACCOUNT, World, requests_made, with_accounts
from words import LANGUAGES, say

UNIT = "Sở Thử nghiệm"


def sheets_of_hoa(world: World, number: int, **roles: str) -> tuple[str, ...]:
    """Spreadsheets that a person made, and gave to the accounts xephang-0 … in these roles."""
    hers = world.client(of_hoa(world))
    made = [str(hers.ask("post", FILES, {"fields": "id"}, {"mimeType": SPREADSHEET})["id"]) for _ in range(number)]
    for file_id in made:
        for account, role in roles.items():
            address = f"{account.replace('_', '-')}@{ACCOUNT.partition('@')[2]}"
            body = {"type": "user", "role": role, "emailAddress": address}
            hers.ask("post", f"{FILES}/{file_id}/permissions", {"sendNotificationEmail": "false"}, body)
    return tuple(made)


def change(world: World, file_id: str, **body: object) -> None:
    world.client(of_hoa(world)).ask("patch", f"{FILES}/{file_id}", dict(ALL_DRIVES), body)


@pytest.fixture
def both(world: World) -> World:
    """Two accounts, xephang-0 and xephang-1, that were let into nothing yet."""
    return replace(world, credentials=with_accounts(world, 2)[0])


def told(world: World, sheets: Mapping[str, str]) -> list[tuple[bool, str]]:
    found = sheet_checks(world.credentials, world.base_url, sheets)
    assert {check.id for check in found} <= {"google.registered"}
    assert all(say(check.hint, language) for check in found for language in LANGUAGES)
    return [(check.ok, say(check.hint, "vi").replace(ACCOUNT.partition("@")[2], "…")) for check in found]


def test_sheets_that_every_account_may_edit_are_counted(both: World) -> None:
    sheets = dict.fromkeys(sheets_of_hoa(both, 2, xephang_0="writer", xephang_1="writer"), UNIT)
    assert told(both, sheets) == [(True, "Mọi tài khoản đều đọc, ghi, bảo vệ và khóa được 2 bảng tính đăng ký.")]


def test_an_account_that_a_sheet_is_not_shared_with_is_told_by_its_address(both: World) -> None:
    (file_id,) = sheets_of_hoa(both, 1, xephang_0="writer")
    ((ok, said),) = told(both, {file_id: UNIT})
    assert not ok
    assert said == (
        "Bảng tính đăng ký của Sở Thử nghiệm: không được chia sẻ với xephang-1@…. Hãy chia sẻ bảng tính với địa chỉ "
        "này, quyền Người chỉnh sửa; chia sẻ bằng đường liên kết là chưa đủ."
    )


def test_a_sheet_that_is_open_by_its_link_alone_is_told_as_not_shared(both: World) -> None:
    (file_id,) = sheets_of_hoa(both, 1)
    link = {"type": "anyone", "role": "writer"}
    both.client(of_hoa(both)).ask("post", f"{FILES}/{file_id}/permissions", {}, link)
    ((ok, said),) = told(both, {file_id: UNIT})
    assert (ok, "xephang-0@…, xephang-1@…" in said) == (False, True)


def test_an_account_that_may_only_read_is_told_apart_from_one_that_sees_nothing(both: World) -> None:
    (file_id,) = sheets_of_hoa(both, 1, xephang_0="reader")
    unseen, read_only = sorted(said.partition(".")[0] for _, said in told(both, {file_id: UNIT}))
    assert read_only == "Bảng tính đăng ký của Sở Thử nghiệm: xephang-0@… chỉ xem được"
    assert unseen == "Bảng tính đăng ký của Sở Thử nghiệm: không được chia sẻ với xephang-1@…"


def test_content_that_its_owner_locked_cannot_be_written(both: World) -> None:
    (file_id,) = sheets_of_hoa(both, 1, xephang_0="writer", xephang_1="writer")
    change(both, file_id, contentRestrictions=[{"readOnly": True}])
    ((ok, said),) = told(both, {file_id: UNIT})
    assert (ok, "xephang-0@…, xephang-1@… chỉ xem được" in said) == (False, True)


def test_a_sheet_whose_owner_keeps_sharing_to_themselves_could_not_be_locked(both: World) -> None:
    (file_id,) = sheets_of_hoa(both, 1, xephang_0="writer", xephang_1="writer")
    change(both, file_id, writersCanShare=False)
    ((ok, said),) = told(both, {file_id: UNIT})
    assert (ok, "đến hạn không khóa được phiếu" in said) == (False, True)


def test_a_sheet_in_the_bin_is_told_as_such(both: World) -> None:
    (file_id,) = sheets_of_hoa(both, 1, xephang_0="writer", xephang_1="writer")
    change(both, file_id, trashed=True)
    ((ok, said),) = told(both, {file_id: UNIT})
    assert (ok, said.partition(".")[0]) == (
        False,
        "Bảng tính đăng ký của Sở Thử nghiệm đang nằm trong thùng rác",
    )


def test_accounts_that_the_protection_of_an_old_account_keeps_out_are_told_until_one_is_let_in(both: World) -> None:
    (file_id,) = sheets_of_hoa(both, 1, xephang="writer", xephang_0="writer", xephang_1="writer")
    old = replace(both, credentials=(both.credentials[0].with_name("google.json"),))
    old.forms().issue(order_of(regulation(), file_id=file_id))
    ((ok, said),) = told(both, {file_id: UNIT})
    assert (ok, said.partition(".")[0]) == (
        False,
        "Bảng tính đăng ký của Sở Thử nghiệm: xephang-0@…, xephang-1@… không ghi được vào vùng được bảo vệ của phiếu",
    )
    rights.let_in(old.client(), file_id, with_accounts(both, 2)[1][1:])
    assert [ok for ok, _ in told(both, {file_id: UNIT})] == [True]


def test_a_sheet_that_cannot_be_opened_is_not_counted_among_those_that_are_fine(both: World) -> None:
    sheets = dict.fromkeys(sheets_of_hoa(both, 2, xephang_0="writer", xephang_1="writer"), UNIT)
    both.fault(service="sheets", method="spreadsheets.get", status=403)
    (fine, counted), (opened, said) = told(both, sheets)
    assert (fine, opened) == (True, False)
    assert counted == "Mọi tài khoản đều đọc, ghi, bảo vệ và khóa được 1 bảng tính đăng ký."
    assert said.startswith("Google không cho phép.")


def test_of_many_sheets_that_are_shared_well_twenty_are_opened(both: World) -> None:
    sheets = dict.fromkeys(sheets_of_hoa(both, 22, xephang_0="writer", xephang_1="writer"), UNIT)
    with requests_made() as made:
        assert [ok for ok, _ in told(both, sheets)] == [True]
    assert made == {"GET file": 2, "list": 2, "GET sheet": 20}


def test_of_many_sheets_twenty_are_told_and_each_account_lists_once(both: World) -> None:
    sheets = dict.fromkeys(sheets_of_hoa(both, 23), UNIT)
    with requests_made() as made:
        found = told(both, sheets)
    assert made == {"GET file": 2, "list": 2}
    assert len(found) == 20 + 1
    assert found[-1] == (
        False,
        "Còn 3 bảng tính đăng ký khác cần sửa. Hãy sửa các bảng tính nêu trên rồi chạy lại xephang doctor.",
    )


def test_without_registered_sheets_nobody_is_asked(both: World) -> None:
    with requests_made() as made:
        assert told(both, {}) == []
    assert made == {}


def test_an_account_that_cannot_sign_in_is_left_to_the_other_checks(both: World, tmp_path: Path) -> None:
    (file_id,) = sheets_of_hoa(both, 1, xephang_0="writer")
    both.credentials[1].write_text("{}", encoding="utf-8")
    several = replace(both, credentials=(*both.credentials, tmp_path / "khong-co.json"))
    assert [ok for ok, _ in told(several, {file_id: UNIT})] == [True]


def test_a_listing_that_is_refused_is_told(both: World) -> None:
    (file_id,) = sheets_of_hoa(both, 1, xephang_0="writer", xephang_1="writer")
    both.fault(service="drive", method="files.list", status=403)
    assert [ok for ok, _ in told(both, {file_id: UNIT})] == [False, True]
