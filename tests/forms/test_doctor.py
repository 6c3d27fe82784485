"""What the doctor tries with each account, and what it says to mend."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from forms.google import Check, CredentialsProblem, checks, connect, rights
from forms.google.rights import Sharing
from sandbox.google import authorized_user, personal_folder, shared_folder
from tests.forms.test_google_issue import HOA, folders, of_hoa
from tests.forms.world import ACCOUNT, MORNING, World, with_accounts
from words import LANGUAGES, say


def examined(world: World, sharing: Sharing = "link") -> list[Check]:
    return checks(world.credentials, world.base_url, world.folder, sharing)


def outcome(found: Sequence[Check]) -> dict[str, bool]:
    return {check.id.removeprefix("google."): check.ok for check in found}


def hint(found: Sequence[Check], name: str) -> str:
    (check,) = (check for check in found if check.id == name)
    return say(check.hint, "vi")


ALL = ("credentials", "token", "folder", "create", "sheets", "read", "list", "share", "lock", "delete")


@pytest.mark.parametrize("sharing", ["link", "email"])
def test_a_working_account_passes_every_check_and_leaves_nothing_behind(world: World, sharing: Sharing) -> None:
    assert outcome(examined(world, sharing)) == dict.fromkeys(ALL, True)
    assert world.files() == []
    assert folders(world) == []


def test_each_check_that_passes_says_what_it_found(world: World) -> None:
    found = examined(world)
    assert [say(check.hint, "vi") for check in found] == [
        "Tệp tài khoản Google đọc được.",
        f"Đăng nhập Google được bằng tài khoản {ACCOUNT}.",
        "Thư mục có sẵn và cho phép thêm tệp.",
        "Tạo được thư mục và bảng tính.",
        "Google Sheets API dùng được.",
        "Đọc được bảng tính.",
        "Liệt kê được các tệp của hệ thống.",
        "Chia sẻ được bằng đường dẫn.",
        "Khóa được quyền chỉnh sửa.",
        "Bỏ được tệp thử vào thùng rác.",
    ]
    assert hint(examined(world, "email"), "google.share") == "Chia sẻ được theo địa chỉ thư điện tử."
    assert all(say(check.hint, language) for check in found for language in LANGUAGES)


def test_sharing_by_e_mail_is_tried_without_bothering_anybody_else(world: World) -> None:
    world.fault(service="drive", method="files.update", status=503)
    examined(world, "email")
    (folder,) = folders(world)
    assert {each.get("emailAddress") for each in world.folder_of(folder)["shared"]} == {ACCOUNT}


def test_a_person_who_owns_the_folder_passes_too(world: World) -> None:
    folder = personal_folder(world.sandbox.store, MORNING, "Của tôi", HOA)
    hers = replace(world, credentials=(of_hoa(world),), folder=folder)
    assert outcome(examined(hers, "email")) == dict.fromkeys(ALL, True)
    assert outcome(examined(hers, "link")) == dict.fromkeys(ALL, True)


def test_what_a_killed_doctor_left_is_taken_up_and_removed(world: World) -> None:
    world.fault(service="drive", method="files.update", status=503)
    assert outcome(examined(world))["delete"] is False
    assert len(world.files()) == 1
    assert outcome(examined(world))["delete"] is True
    assert world.files() == []


@pytest.mark.parametrize(
    ("service", "method", "failing"),
    [
        ("sheets", "spreadsheets.batchUpdate", "sheets"),
        ("sheets", "spreadsheets.get", "read"),
        ("drive", "permissions.create", "share"),
        ("drive", "permissions.update", "lock"),
    ],
)
def test_what_fails_alone_is_told_alone_and_the_trial_is_removed(
    world: World, service: str, method: str, failing: str
) -> None:
    world.fault(service=service, method=method, status=500)
    found = outcome(examined(world))
    assert [name for name, ok in found.items() if not ok] == [failing]
    assert set(found) == set(ALL) - ({"lock"} if failing == "share" else set())
    assert world.files() == []


def test_a_folder_that_is_not_there_is_told_with_the_setting_to_mend(world: World) -> None:
    found = examined(replace(world, folder="1khong-co"))
    assert outcome(found) == {"credentials": True, "token": True, "folder": False}
    assert hint(found, "google.folder") == (
        "Không tìm thấy. Hãy kiểm tra XEPHANG_GOOGLE_FOLDER_ID là mã của một thư mục (phần cuối đường dẫn thư mục), "
        "và thư mục đã được chia sẻ với tài khoản này. Google báo: File not found: 1khong-co."
    )


def test_a_spreadsheet_is_no_folder(world: World) -> None:
    assert outcome(examined(replace(world, folder=world.issue())))["folder"] is False


def test_a_folder_that_may_only_be_read_is_told(world: World) -> None:
    folder = shared_folder(world.sandbox.store, MORNING, "Chỉ đọc", {ACCOUNT: "reader"})
    found = examined(replace(world, folder=folder))
    assert outcome(found) == {"credentials": True, "token": True, "folder": False}
    assert hint(found, "google.folder").startswith(
        "Google không cho phép. Hãy cho tài khoản này quyền chỉnh sửa thư mục"
    )


def test_an_account_that_may_write_but_throw_nothing_away_is_told_what_role_it_needs(world: World) -> None:
    folder = shared_folder(world.sandbox.store, MORNING, "Cộng tác", {ACCOUNT: "writer"})
    found = examined(replace(world, folder=folder))
    assert [name for name, ok in outcome(found).items() if not ok] == ["delete"]
    assert hint(found, "google.delete").startswith(
        "Google không cho bỏ tệp vào thùng rác. Hãy cho tài khoản này làm người quản lý nội dung"
    )


def test_a_key_that_was_taken_back_fails_at_the_token(world: World) -> None:
    granted = authorized_user(world.sandbox.store, world.sandbox.url, HOA, ())
    world.credentials[0].write_text(json.dumps(granted | {"refresh_token": "1//thu"}), encoding="utf-8")
    found = examined(world)
    assert outcome(found) == {"credentials": True, "token": False}
    assert hint(found, "google.token").startswith(
        "Google không chấp nhận tài khoản trong tệp XEPHANG_GOOGLE_CREDENTIALS_FILE."
    )


def test_a_service_account_is_told_that_it_owns_no_storage(world: World) -> None:
    folder = personal_folder(world.sandbox.store, MORNING, "Của Hoa", HOA)
    rights.share(world.client(of_hoa(world)), folder, "email", (ACCOUNT,))
    found = examined(replace(world, folder=folder))
    assert [name for name, ok in outcome(found).items() if not ok] == ["create"]
    assert hint(found, "google.create").startswith(
        "Tài khoản dịch vụ không có dung lượng lưu trữ nên không tạo được tệp."
    )
    assert folders(replace(world, folder=folder)) == []


def test_without_a_folder_signing_in_and_the_sheets_api_are_tried(world: World) -> None:
    assert outcome(examined(replace(world, folder=None))) == {"credentials": True, "token": True, "sheets": True}


def test_a_sheets_api_that_is_switched_off_is_told_without_a_folder_too(world: World) -> None:
    world.fault(service="sheets", method="spreadsheets.get", status=500)
    assert outcome(examined(replace(world, folder=None))) == {"credentials": True, "token": True, "sheets": False}


def test_every_account_is_tried_and_opens_what_the_first_one_made(world: World) -> None:
    files, addresses = with_accounts(world, 2)
    for address in addresses:
        rights.share(world.client(), world.home, "email", (address,))
    found = examined(replace(world, credentials=(*world.credentials, *files)))
    assert outcome(found) == {
        f"{number}.{name}": name != "delete" or number == 1
        for number in (1, 2, 3)
        for name in (*ALL, *(("open",) if number > 1 else ()))
    }
    assert hint(found, "google.2.token") == f"Đăng nhập Google được bằng tài khoản {addresses[0]}."


def test_an_account_that_was_left_out_of_the_folder_is_told_apart(world: World) -> None:
    files, _ = with_accounts(world, 1)
    found = examined(replace(world, credentials=(*world.credentials, *files)))
    assert [name for name, ok in outcome(found).items() if not ok] == ["2.folder"]
    assert world.files() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Không đọc được tệp {file}."),
        ("không phải JSON", "Tệp {file} không phải là khóa của tài khoản dịch vụ"),
        ("[]", "Tệp {file} không phải là khóa của tài khoản dịch vụ"),
        ('{"type": "external_account"}', "Tệp {file} không phải là khóa của tài khoản dịch vụ"),
        ('{"type": "authorized_user"}', "Tệp {file} thiếu hoặc sai nội dung ('refresh_token')."),
        ('{"type": "service_account"}', "Tệp {file} thiếu hoặc sai nội dung"),
    ],
)
def test_a_credentials_file_that_cannot_be_used_is_told(tmp_path: Path, content: str | None, said: str) -> None:
    file = tmp_path / "google.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(CredentialsProblem) as caught:
        connect((file,), None, "1x", "link", lambda: MORNING, print)
    assert say(caught.value.text, "vi").startswith(said.format(file=file))
    (check,) = checks((file,), None, "1x", "link")
    assert (check.id, check.ok, check.hint) == ("google.credentials", False, caught.value.text)
