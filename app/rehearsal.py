"""The sandbox as the outside world: settings that lead every part of the product there, for the demo and for play."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.failures import WrongUseError
from app.settings import PREFIX
from sandbox.google import service_account, shared_folder
from sandbox.server import Sandbox
from words import Text


def environment(sandbox: Sandbox, folder: Path, *, google: bool = True) -> dict[str, str]:
    """Settings for the sandbox, by name; with `google`, writes the credentials file that they name."""
    return {
        "XEPHANG_DATABASE_URL": f"sqlite:///{folder.absolute() / 'xephang.sqlite3'}",
        "XEPHANG_TELEGRAM_TOKEN": sandbox.token,
        "XEPHANG_TELEGRAM_BASE_URL": f"{sandbox.url}/telegram",
        **(_google(sandbox, folder) if google else {}),
        "XEPHANG_REHEARSAL_CLOCK_URL": f"{sandbox.url}/sandbox/clock",
        "XEPHANG_TIMEZONE": "Asia/Ho_Chi_Minh",
        "XEPHANG_LANGUAGE": "vi",
        "XEPHANG_QUIET_HOURS": "17:30-07:30",
    }


def _google(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    account = service_account(sandbox.store, sandbox.url)
    credentials = folder / "google-credentials.json"
    credentials.write_text(json.dumps(account), "utf-8")
    return {
        "XEPHANG_GOOGLE_CREDENTIALS_FILE": str(credentials.absolute()),
        "XEPHANG_GOOGLE_BASE_URL": f"{sandbox.url}/google",
        "XEPHANG_GOOGLE_FOLDER_ID": _folder(sandbox, account["client_email"]),
        "XEPHANG_GOOGLE_SHARING": "link",
    }


def _folder(sandbox: Sandbox, account: str) -> str:
    """The folder of the forms on a Shared Drive: made once, found again when the sandbox is taken up again."""
    with sandbox.store.transaction():
        known = sandbox.store.get("rehearsal", "folder")
        if known is None:
            made = shared_folder(sandbox.store, sandbox.clock.now(), "Phiếu khảo sát", {account: "fileOrganizer"})
            known = {"id": made}
            sandbox.store.put("rehearsal", "folder", known)
        return str(known["id"])


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep a folder to this process until the block ends. Raises WrongUseError while another one has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # falls away with the process, however it ends
        except BlockingIOError as error:
            raise WrongUseError(Text("app.folder_in_use", folder=str(folder))) from error
        yield


@contextmanager
def settings_of(values: dict[str, str]) -> Iterator[None]:
    """Let the settings be these and no others, for this process, until the block ends."""
    before = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    for name in before:
        del os.environ[name]
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            del os.environ[name]
        os.environ.update(before)
