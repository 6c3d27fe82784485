"""A running sandbox whose Google holds a Shared Drive, a service account and people, with short words for tests."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import gspread
import httpx
from google.oauth2.credentials import Credentials
from gspread.http_client import FileType, HTTPClient, ParamsType
from requests import Response

from sandbox.google.tokens import SCOPE_PREFIX
from sandbox.server import Sandbox

MONDAY_MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROBOT = "xephang@xephang-sandbox.iam.gserviceaccount.com"
HOA = "hoa@example.org"
MINH = "minh@example.org"
FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FAR_FUTURE = 4_102_444_800

JSON = dict[str, Any]


class LoopbackClient(HTTPClient):
    """gspread's own client with the two hosts of Google exchanged for the sandbox."""

    root = ""

    def request(
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: MutableMapping[str, str] | None = None,
    ) -> Response:
        for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
            endpoint = endpoint.replace(host, f"{self.root}/google")
        return super().request(method, endpoint, params, data, json, files, headers)


@dataclass
class Office:
    """The sandbox, an HTTP client at its root, and a folder in a Shared Drive that the robot manages."""

    sandbox: Sandbox
    http: httpx.Client
    folder: str

    def token(self, email: str, *scopes: str) -> str:
        """A token that does not expire, as if the person or program had signed in."""
        token = "-".join(("token", email, *scopes))
        whole = [SCOPE_PREFIX + scope for scope in scopes or ("drive", "spreadsheets")]
        self.sandbox.store.put("google_token", token, {"email": email, "scopes": whole, "expires": FAR_FUTURE})
        return token

    def ask(self, method: str, path: str, body: Any = None, *, who: str = ROBOT, **query: Any) -> httpx.Response:  # noqa: ANN401 - any JSON value
        """A request to Google under `/google`; `query` as httpx takes it."""
        headers = {"authorization": f"Bearer {self.token(who)}"}
        return self.http.request(method, f"/google{path}", json=body, params=query, headers=headers)

    def done(self, method: str, path: str, body: Any = None, *, who: str = ROBOT, **query: Any) -> Any:  # noqa: ANN401 - any JSON value
        """The answer to a request that succeeds."""
        answer = self.ask(method, path, body, who=who, **query)
        assert answer.status_code in {200, 204}, answer.text
        return answer.json() if answer.content else None

    def refused(self, method: str, path: str, body: Any = None, *, who: str = ROBOT, **query: Any) -> tuple[int, str]:  # noqa: ANN401 - any JSON value
        """Code and message of a refusal."""
        answer = self.ask(method, path, body, who=who, **query)
        error = answer.json()["error"]
        assert error["code"] == answer.status_code
        return answer.status_code, str(error["message"])

    def new_sheet(self, name: str = "Biểu mẫu", locale: str = "vi_VN", **about: Any) -> str:  # noqa: ANN401 - any JSON value
        """The id of a new spreadsheet in the folder."""
        body = {"name": name, "mimeType": SPREADSHEET, "parents": [self.folder], **about}
        made = self.done("POST", "/drive/v3/files", body, supportsAllDrives="true")
        sheet = str(made["id"])
        properties = {"locale": locale, "timeZone": "Asia/Ho_Chi_Minh"}
        self.batch(sheet, updateSpreadsheetProperties={"properties": properties, "fields": "locale,timeZone"})
        return sheet

    def batch(self, sheet: str, *, who: str = ROBOT, **request: Any) -> Any:  # noqa: ANN401 - any JSON value
        """One request of batchUpdate by its name; the answer is its reply."""
        answer = self.done("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", {"requests": [request]}, who=who)
        return answer["replies"][0]

    def batch_refused(self, sheet: str, *, who: str = ROBOT, **request: Any) -> str:  # noqa: ANN401 - any JSON value
        """The message of a request of batchUpdate that is refused with 400."""
        body = {"requests": [request]}
        code, message = self.refused("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", body, who=who)
        assert code == 400
        return message

    def write(self, sheet: str, range_: str, *rows: list[Any], raw: bool = False) -> None:
        """Write rows, as typed or as they are."""
        option = "RAW" if raw else "USER_ENTERED"
        body = {"values": list(rows)}
        self.done("PUT", f"/v4/spreadsheets/{sheet}/values/{range_}", body, valueInputOption=option)

    def read(self, sheet: str, range_: str, render: str = "UNFORMATTED_VALUE") -> Any:  # noqa: ANN401 - any JSON value
        """The values of a range."""
        answer = self.done("GET", f"/v4/spreadsheets/{sheet}/values/{range_}", valueRenderOption=render)
        return answer.get("values", [])

    def share(self, sheet: str, email: str | None, role: str) -> None:
        """Share with somebody, or with everybody who has the link."""
        given = {"type": "anyone"} if email is None else {"type": "user", "emailAddress": email}
        self.done("POST", f"/drive/v3/files/{sheet}/permissions", {**given, "role": role}, supportsAllDrives="true")

    def file(self, sheet: str, fields: str, who: str = ROBOT) -> Any:  # noqa: ANN401 - any JSON value
        """Metadata of a file."""
        return self.done("GET", f"/drive/v3/files/{sheet}", who=who, fields=fields, supportsAllDrives="true")

    def person(self, sheet: str, deed: str, **fields: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Something that a person does in the browser."""
        answer = self.http.post(f"/sandbox/sheets/{sheet}/{deed}", json=fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def person_refused(self, sheet: str, deed: str, **fields: Any) -> tuple[int, str]:  # noqa: ANN401 - any JSON value
        """Status and text of something that a person cannot do."""
        answer = self.http.post(f"/sandbox/sheets/{sheet}/{deed}", json=fields)
        return answer.status_code, str(answer.json()["error"])

    def gspread(self, email: str = ROBOT) -> gspread.Client:
        """The real client library, signed in."""
        credentials = Credentials(self.token(email))  # type: ignore[no-untyped-call]  # google-auth has no types here
        return gspread.Client(credentials, http_client=self.http_client)

    @property
    def http_client(self) -> type[HTTPClient]:
        """gspread's transport to this sandbox."""
        return type("Loopback", (LoopbackClient,), {"root": self.sandbox.url})
