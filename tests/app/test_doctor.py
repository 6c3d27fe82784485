"""What the doctor looks at for the campaigns that are under way."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.google import service_account, shared_folder
from sandbox.server import Sandbox
from tests.app.command_line import xephang
from tests.app.test_commands import CREATE

DAY = datetime(2026, 9, 21, 2, tzinfo=UTC)
SHEET = "https://docs.google.com/spreadsheets/d/1So-noi-vu_2026abcdefghijklmn/edit"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A Google whose clock stands still."""
    with Sandbox(None, frozen_at=DAY) as running:
        yield running


def test_doctor_looks_at_registered_sheets_once_their_campaign_is_under_way(tmp_path: Path, sandbox: Sandbox) -> None:
    key = service_account(sandbox.store, sandbox.url)
    (tmp_path / "google.json").write_text(json.dumps(key), encoding="utf-8")
    folder = shared_folder(sandbox.store, DAY, "Phiếu", {key["client_email"]: "fileOrganizer"})
    google = {
        "google_credentials_file": "google.json",
        "google_base_url": f"{sandbox.url}/google",
        "google_folder_id": folder,
    }
    xephang(tmp_path, *CREATE)
    xephang(tmp_path, "campaign", "register", "so-noi-vu", SHEET)
    assert registered(tmp_path, google) == []
    xephang(tmp_path, "campaign", "arm", rehearsal_clock_url=f"{sandbox.url}/sandbox/clock")
    ((ok, hint),) = registered(tmp_path, google)
    assert not ok
    assert hint.startswith(
        f"Bảng tính đăng ký của Sở Nội vụ: không được chia sẻ với {key['client_email']}. Hãy chia sẻ"
    )


def registered(office: Path, google: dict[str, str]) -> list[tuple[bool, str]]:
    """What is said of registered sheets."""
    checks = json.loads(xephang(office, "doctor", "--json", **google).stdout)["checks"]
    assert {check["id"]: check["ok"] for check in checks}["google.folder"]
    return [(check["ok"], check["hint"]) for check in checks if check["id"] == "google.registered"]
