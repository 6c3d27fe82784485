"""The sandbox as its people know it: HTTP on the person's side, nothing of the product.

Every act carries a key of its own, so that an act repeated after a kill happens once.
"""

import re
from collections.abc import Mapping
from typing import Any

import httpx

_SHEET = re.compile(r"/spreadsheets/d/([A-Za-z0-9_-]+)")
_FOLDER = re.compile(r"/folders/([A-Za-z0-9_-]+)")


class Stage:
    """What people can do: write, press, open a sheet and type into it; and the hand that moves the clock."""

    def __init__(self, url: str) -> None:
        self._http = httpx.AsyncClient(base_url=f"{url}/sandbox", timeout=60)

    async def close(self) -> None:
        """Leave."""
        await self._http.aclose()

    async def move_clock(self, to: str) -> None:
        """Bring the sandbox's time to an ISO instant, unless it is past already."""
        if (await self._get("/clock"))["now"] < to:
            await self._post("/clock", {"now": to})

    async def arrive(self, person: int, name: str) -> None:
        """Install Telegram."""
        await self._post("/people", {"id": person, "first_name": name, "language_code": "vi"})

    async def open_link(self, key: str, person: int, link: str) -> None:
        """Open an invitation link."""
        await self._post(f"/people/{person}/text", {"start": link.rpartition("start=")[2]}, key)

    async def write(self, key: str, person: int, text: str) -> None:
        """Write to the bot."""
        await self._post(f"/people/{person}/text", {"text": text}, key)

    async def press(self, key: str, person: int, action: str) -> None:
        """Press the newest button whose action begins so."""
        await self._post(f"/people/{person}/press", {"newest": action}, key)

    async def offers(self, person: int, action: str) -> bool:
        """Whether the person was offered a button whose action begins so."""
        buttons = [button for message in await self.messages(person) for button in _buttons(message)]
        return any(str(button.get("data", "")).startswith(action) for button in buttons)

    async def sheet_of(self, person: int) -> str:
        """The id of the sheet whose link the person got in chat."""
        return await self._linked(person, _SHEET)

    async def folder_of(self, person: int) -> str:
        """The id of the folder whose link the person got in chat."""
        return await self._linked(person, _FOLDER)

    async def _linked(self, person: int, wanted: re.Pattern[str]) -> str:
        for message in reversed(await self.messages(person)):
            links = [str(button.get("url", "")) for button in _buttons(message)]
            found = wanted.search(" ".join(links) + str(message.get("text", "")))
            if found:
                return found[1]
        raise LookupError(f"Person {person} got no link like {wanted.pattern}.")

    async def form_file(self, person: int) -> bytes:
        """The newest Excel file that the bot sent to the person."""
        for message in reversed(await self.messages(person)):
            file = message.get("file", {})
            if message["direction"] == "out" and str(file.get("name")).endswith(".xlsx"):
                return await self.file(file["file_id"])
        raise LookupError(f"Person {person} got no Excel file.")

    async def look(self, sheet: str) -> dict[str, Any]:
        """What a sheet shows."""
        return dict(await self._get(f"/sheets/{sheet}"))

    async def type(self, key: str, sheet: str, tab: str, cells: Mapping[str, str | bool]) -> str | None:
        """Type into cells as anyone with the link; return the refusal where the sheet refuses."""
        answer = await self._http.post(
            f"/sheets/{sheet}/cells", json={"tab": tab, "cells": cells}, headers={"Idempotency-Key": key}
        )
        if answer.is_client_error:
            return str(answer.json()["error"])
        answer.raise_for_status()
        return None

    async def upload(self, key: str, person: int, name: str, content: bytes, caption: str = "") -> None:
        """Send a file to the bot."""
        await self._send(key, f"/people/{person}/upload", name, content, {"caption": caption} if caption else {})

    async def put(self, key: str, folder: str, name: str, content: bytes) -> None:
        """Put a file into a folder in Drive, as anyone with the link."""
        await self._send(key, f"/folders/{folder}/files", name, content, {})

    async def _send(self, key: str, path: str, name: str, content: bytes, fields: dict[str, str]) -> None:
        answer = await self._http.post(
            path, data=fields, files={"file": (name, content)}, headers={"Idempotency-Key": key}
        )
        if answer.is_error:
            raise RuntimeError(f"{path}: {answer.text}")

    async def messages(self, person: int) -> list[dict[str, Any]]:
        """What the person sees in the chat with the bot."""
        return list(await self._get(f"/people/{person}/messages"))

    async def record(self) -> list[dict[str, Any]]:
        """Everything the bot sent, as Telegram received it."""
        return list(await self._get("/messages"))

    async def file(self, file_id: str) -> bytes:
        """A file the bot sent."""
        return (await self._http.get(f"/files/{file_id}")).raise_for_status().content

    async def _get(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        return (await self._http.get(path)).raise_for_status().json()

    async def _post(self, path: str, body: dict[str, Any], key: str | None = None) -> Any:  # noqa: ANN401 - any JSON
        headers = {"Idempotency-Key": key} if key else {}
        answer = await self._http.post(path, json=body, headers=headers)
        if answer.is_error:
            raise RuntimeError(f"{path}: {answer.text}")
        return answer.json()


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for row in message.get("buttons", ()) for button in row]
