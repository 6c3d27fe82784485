"""A Google on loopback with an account and a folder in it, and short words for what people do to a form there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from campaign.ports import Forms
from forms.google import connect
from forms.google.drive import Sharing
from sandbox.server import Sandbox
from tests.forms.samples import order_of, regulation

MORNING = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)  # 08:00 in Việt Nam
ACCOUNT = "xephang@xephang-sandbox.iam.gserviceaccount.com"


@dataclass(frozen=True)
class World:
    """The sandbox, the credentials of its service account, and a folder in a shared drive."""

    sandbox: Sandbox
    http: httpx.Client
    credentials: Path
    folder: str

    def forms(self, sharing: Sharing = "link", sleep: Callable[[float], None] | None = None) -> Forms:
        """The port; sleeping moves the sandbox's clock, and nobody waits."""
        return connect(self.credentials, self.base_url, self.folder, sharing, sleep or self.sleep)

    @property
    def base_url(self) -> str:
        return f"{self.sandbox.url}/google"

    def sleep(self, seconds: float) -> None:
        self.sandbox.clock.advance(seconds)

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
        return {name: cell["shown"] for name, cell in self.sheet(file_id)["tabs"][0]["cells"].items()}

    def row_of(self, file_id: str, anchor: str) -> int:
        """The number of the row that has the anchor now."""
        found = [int(name[1:]) for name, shown in self.cells(file_id).items() if name[0] == "A" and shown == anchor]
        assert len(found) == 1, (anchor, found)
        return found[0]

    def type(self, file_id: str, typed: dict[str, object], status: int = 200) -> None:
        """Somebody with the link types into cells."""
        answer = self.http.post(f"/sandbox/sheets/{file_id}/cells", json={"cells": typed})
        assert answer.status_code == status, answer.text

    def answer(self, file_id: str, **typed: object) -> None:
        """Somebody with the link answers questions, wherever their rows are."""
        self.type(file_id, {f"F{self.row_of(file_id, f'question:{key}')}": value for key, value in typed.items()})

    def rows(self, file_id: str, **change: object) -> None:
        """Somebody of the office (whom no protection stops) inserts, deletes or sorts rows."""
        answer = self.http.post(f"/sandbox/sheets/{file_id}/rows", json={"person": ACCOUNT, **change})
        assert answer.status_code == 200, answer.text

    def fault(self, **order: object) -> None:
        """The next calls that fit go wrong."""
        answer = self.http.post("/sandbox/faults", json=order)
        assert answer.status_code == 200, answer.text

    def files(self) -> list[Any]:
        """Every spreadsheet that is not in the bin."""
        return [file for file in self.http.get("/sandbox/sheets").json() if not file["trashed"]]
