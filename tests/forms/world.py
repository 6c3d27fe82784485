"""A Google on loopback with accounts and a folder in it, and short words for what people do to a form there."""

import json
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from campaign.ports import FormReading, Forms
from forms.google import connect
from forms.google.client import Client
from forms.google.credentials import load_credentials
from forms.google.drive import ALL_DRIVES, FILES
from forms.google.rights import Sharing
from forms.sheet import FORM
from sandbox.google import service_account
from sandbox.server import Sandbox
from tests.forms.samples import order_of, regulation

MORNING = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)  # 08:00 in Việt Nam
ACCOUNT = "xephang@xephang-sandbox.iam.gserviceaccount.com"


KEY = "mau-2026:so-thu"


@dataclass(frozen=True)
class World:
    """The sandbox, the credentials of its service accounts, and a folder in a shared drive."""

    sandbox: Sandbox
    http: httpx.Client
    credentials: tuple[Path, ...]
    folder: str | None

    def forms(self, sharing: Sharing = "link") -> Forms:
        """The port; sleeping moves the sandbox's clock, and nobody waits."""
        clock = self.sandbox.clock
        return connect(self.credentials, self.base_url, self.folder, sharing, now=clock.now, sleep=clock.advance)

    def client(self, file: Path | None = None, base_url: str | None = None) -> Client:
        """An account without quotas of its own, for what tests do beside the port."""
        credentials = load_credentials(file or self.credentials[0])
        return Client(credentials, base_url or self.base_url, lambda _method, _address: None)

    def read(self, file_id: str) -> FormReading:
        """The form of the small regulation as it is read now."""
        return self.forms().read(file_id, KEY, regulation(), "so")

    @property
    def base_url(self) -> str:
        return f"{self.sandbox.url}/google"

    @property
    def home(self) -> str:
        """The folder of all forms."""
        assert self.folder
        return self.folder

    def issue(self) -> str:
        """Issue the form of the small regulation; the answer is its file id."""
        return self.forms().issue(order_of(regulation())).file_id

    def sheet(self, file_id: str, person: str = "thu@example.vn") -> Any:  # noqa: ANN401 - any JSON value
        """The spreadsheet as a person sees it."""
        answer = self.http.get(f"/sandbox/sheets/{file_id}", params={"person": person})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def cells(self, file_id: str) -> dict[str, Any]:
        """The form's cells by address, as they are shown."""
        (tab,) = (tab for tab in self.sheet(file_id)["tabs"] if tab["id"] == FORM)
        return {name: cell["shown"] for name, cell in tab["cells"].items()}

    def row_of(self, file_id: str, anchor: str) -> int:
        """The number of the row that has the anchor now."""
        found = [int(name[1:]) for name, shown in self.cells(file_id).items() if name[0] == "A" and shown == anchor]
        assert len(found) == 1, (anchor, found)
        return found[0]

    def type(self, file_id: str, typed: dict[str, object], status: int = 200) -> None:
        """Somebody with the link types into cells of the form's first tab."""
        (tab,) = (tab["title"] for tab in self.sheet(file_id)["tabs"] if tab["id"] == FORM)
        answer = self.http.post(f"/sandbox/sheets/{file_id}/cells", json={"tab": tab, "cells": typed})
        assert answer.status_code == status, answer.text

    def answer(self, file_id: str, **typed: object) -> None:
        """Somebody with the link answers questions, wherever their rows are."""
        self.type(file_id, {f"F{self.row_of(file_id, f'question:{key}')}": value for key, value in typed.items()})

    def rows(self, file_id: str, **change: object) -> None:
        """Somebody of the office (whom no protection stops) inserts, deletes or sorts rows."""
        answer = self.http.post(f"/sandbox/sheets/{file_id}/rows", json={"person": ACCOUNT, **change})
        assert answer.status_code == 200, answer.text

    def delete_tabs(self, file_id: str, *tabs: int) -> None:
        """The account deletes tabs; another one stays, for a spreadsheet has at least one."""
        gone = [{"deleteSheet": {"sheetId": tab}} for tab in tabs]
        address = f"https://sheets.googleapis.com/v4/spreadsheets/{file_id}:batchUpdate"
        self.client().ask("post", address, {}, {"requests": [{"addSheet": {}}, *gone]})

    def fault(self, **order: object) -> None:
        """The next calls that fit go wrong."""
        answer = self.http.post("/sandbox/faults", json=order)
        assert answer.status_code == 200, answer.text

    def files(self) -> list[Any]:
        """Every spreadsheet that is not in the bin."""
        return [file for file in self.http.get("/sandbox/sheets").json() if not file["trashed"]]

    def folder_of(self, folder_id: str) -> Any:  # noqa: ANN401 - any JSON value
        """What is in a folder, and who may do what with it."""
        answer = self.http.get(f"/sandbox/folders/{folder_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def made(self, name: str, mime_type: str, parent: str) -> str:
        """Somebody of the office makes a folder or a spreadsheet of their own in a folder; the answer is its id."""
        body = {"name": name, "mimeType": mime_type, "parents": [parent]}
        return str(self.client().ask("post", FILES, {**ALL_DRIVES, "fields": "id"}, body)["id"])

    def move(self, file_id: str, old: str, new: str) -> None:
        """Somebody of the office moves a file from one folder to another."""
        params = {**ALL_DRIVES, "addParents": new, "removeParents": old, "fields": "id"}
        self.client().ask("patch", f"{FILES}/{file_id}", params, {})

    def put(self, folder_id: str, name: str, content: bytes) -> str:
        """Somebody with the link puts a file into a folder; the answer is its id."""
        answer = self.http.post(f"/sandbox/folders/{folder_id}/files", files={"file": (name, content)})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])


def with_accounts(world: World, number: int) -> tuple[tuple[Path, ...], Sequence[str]]:
    """The credentials files of so many accounts, and their addresses."""
    keys = [service_account(world.sandbox.store, world.sandbox.url, f"xephang-{each}") for each in range(number)]
    files = [world.credentials[0].with_name(f"google-{each}.json") for each in range(number)]
    for file, key in zip(files, keys, strict=True):
        file.write_text(json.dumps(key), encoding="utf-8")
    return tuple(files), [key["client_email"] for key in keys]


class _Requests(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and len(record.args) == 8:
            _, _, _, method, address, _, status, _ = record.args
            self.seen[_name_of(str(method), str(address)) if status != 429 else "429"] += 1


@contextmanager
def requests_made() -> Iterator[Counter[str]]:
    """What Google is asked meanwhile, by method and kind, and "429" for what it refused; tokens are not counted."""
    log, handler = logging.getLogger("urllib3.connectionpool"), _Requests()
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        yield handler.seen
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        handler.seen.pop("token", None)


def _name_of(method: str, address: str) -> str:
    path = address.partition("?")[0]
    if path.endswith("/token"):
        return "token"
    if "/permissions" in path:
        return f"{method} permission"
    if path.endswith("/files"):
        return "list" if method == "GET" else "make"
    if path.endswith(":getByDataFilter"):
        return "read sheet"
    return f"{method} {'sheet' if '/v4/' in path else 'file'}"
