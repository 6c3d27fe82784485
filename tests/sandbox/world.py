"""A running sandbox with short words for what the tests do to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from sandbox.server import Sandbox

MONDAY_MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    """The sandbox and an HTTP client at its root."""

    sandbox: Sandbox
    http: httpx.Client

    @property
    def api(self) -> str:
        return f"/telegram/bot{self.sandbox.token}"

    def bot(self, method: str, **parameters: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Call a method with a JSON body; the answer is its result."""
        envelope = self.http.post(f"{self.api}/{method}", json=parameters).json()
        assert envelope["ok"], envelope
        return envelope["result"]

    def refusal(self, method: str, **parameters: Any) -> str:  # noqa: ANN401 - any JSON value
        """Call a method that is refused; the answer is the description."""
        answer = self.http.post(f"{self.api}/{method}", json=parameters)
        envelope = answer.json()
        assert envelope["ok"] is False, envelope
        assert envelope["error_code"] == answer.status_code
        return str(envelope["description"])

    def send_file(self, method: str, field: str, name: str, data: bytes, **parameters: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Upload a file to chat 5; the answer is the Message object."""
        files = {field: (name, data, "application/octet-stream")}
        answer = self.http.post(f"{self.api}/{method}", data={"chat_id": 5, **parameters}, files=files)
        envelope = answer.json()
        assert envelope["ok"], envelope
        return envelope["result"]

    def post(self, path: str, **fields: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Do something on the person's side."""
        answer = self.http.post(f"/sandbox/{path}", json=fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, path: str, **fields: Any) -> tuple[int, str]:  # noqa: ANN401 - any JSON value
        """Something the person's side does not do: status and error."""
        answer = self.http.post(f"/sandbox/{path}", json=fields)
        return answer.status_code, answer.json()["error"]

    def get(self, path: str) -> Any:  # noqa: ANN401 - any JSON value
        """Look at something on the person's side."""
        answer = self.http.get(f"/sandbox/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def hoa_writes(self) -> None:
        """Person 5 opens the bot, which has message 1 and has seen its update."""
        self.post("people", id=5, first_name="Hoa", last_name="Thử")
        self.post("people/5/text", text="/start")
        self.bot("getUpdates", offset=-1)
        self.bot("getUpdates", offset=2)

    def advance(self, seconds: float) -> None:
        """Move the sandbox's clock."""
        self.post("clock", advance=seconds)


def button(text: str, **deed: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """A keyboard with one inline button."""
    return {"inline_keyboard": [[{"text": text, **deed}]]}
