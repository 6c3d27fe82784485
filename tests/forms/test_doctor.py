import json
from dataclasses import replace
from pathlib import Path

import pytest

from forms.google import CredentialsProblem, checks, connect
from sandbox.google import authorized_user, personal_folder, shared_folder
from tests.forms.world import ACCOUNT, MORNING, World
from words import say


def outcome(world: World) -> dict[str, bool]:
    return {check.id: check.ok for check in checks(world.credentials, world.base_url, world.folder, "link")}


def last_hint(world: World) -> str:
    return say(checks(world.credentials, world.base_url, world.folder, "link")[-1].hint, "vi")


def test_a_working_account_passes_every_check_and_leaves_nothing_behind(world: World) -> None:
    assert outcome(world) == {
        "google.credentials": True,
        "google.token": True,
        "google.folder": True,
        "google.create": True,
        "google.sheets": True,
        "google.share": True,
        "google.delete": True,
    }
    assert world.files() == []


def test_each_check_that_passes_says_what_it_found(world: World) -> None:
    hints = [say(check.hint, "vi") for check in checks(world.credentials, world.base_url, world.folder, "email")]
    assert hints == [
        "Tệp tài khoản Google đọc được.",
        "Đăng nhập Google được.",
        "Thư mục có sẵn và cho phép thêm tệp.",
        "Tạo được bảng tính trong thư mục.",
        "Google Sheets API dùng được.",
        "Bỏ được tệp thử vào thùng rác.",
    ]


def test_a_trial_file_that_a_killed_doctor_left_is_removed(world: World) -> None:
    world.fault(service="drive", method="files.update", status=503)
    assert outcome(world)["google.delete"] is False
    assert len(world.files()) == 1
    assert outcome(world)["google.delete"] is True
    assert world.files() == []


def test_a_folder_that_is_not_there_is_told_with_the_setting_to_mend(world: World) -> None:
    elsewhere = replace(world, folder="1khong-co")
    assert outcome(elsewhere) == {"google.credentials": True, "google.token": True, "google.folder": False}
    assert last_hint(elsewhere) == (
        "Không tìm thấy. Hãy kiểm tra XEPHANG_GOOGLE_FOLDER_ID là mã của một thư mục (phần cuối đường dẫn thư mục), "
        "và thư mục đã được chia sẻ với tài khoản này. Google báo: File not found: 1khong-co."
    )


def test_a_spreadsheet_is_no_folder(world: World) -> None:
    assert outcome(replace(world, folder=world.issue()))["google.folder"] is False


def test_a_folder_that_may_only_be_read_is_told(world: World) -> None:
    folder = shared_folder(world.sandbox.store, MORNING, "Chỉ đọc", {ACCOUNT: "reader"})
    reader = replace(world, folder=folder)
    assert outcome(reader) == {"google.credentials": True, "google.token": True, "google.folder": False}
    assert last_hint(reader).startswith("Google không cho phép. Hãy cho tài khoản này quyền chỉnh sửa thư mục")


def test_a_key_that_was_taken_back_fails_at_the_token(world: World) -> None:
    granted = authorized_user(world.sandbox.store, world.sandbox.url, "hoa@example.vn", ())
    world.credentials.write_text(json.dumps(granted | {"refresh_token": "1//thu"}), encoding="utf-8")
    assert outcome(world) == {"google.credentials": True, "google.token": False}
    assert last_hint(world).startswith("Google không chấp nhận tài khoản trong tệp XEPHANG_GOOGLE_CREDENTIALS_FILE.")


def test_a_service_account_is_told_that_it_owns_no_storage(world: World) -> None:
    own = replace(world, folder=personal_folder(world.sandbox.store, MORNING, "Của tài khoản", ACCOUNT))
    assert outcome(own)["google.create"] is False
    assert last_hint(own).startswith("Tài khoản dịch vụ không có dung lượng lưu trữ nên không tạo được tệp.")


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
        connect(file, None, "1x", "link", print)
    assert say(caught.value.text, "vi").startswith(said.format(file=file))
    (check,) = checks(file, None, "1x", "link")
    assert (check.id, check.ok, check.hint) == ("google.credentials", False, caught.value.text)
