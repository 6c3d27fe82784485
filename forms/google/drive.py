"""Files and rights in Google Drive: one spreadsheet a form, found by the key that we wrote on it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

from campaign.ports import ChangedForm, FormError
from forms.google.client import Client

Sharing = Literal["link", "email"]

FILES = "https://www.googleapis.com/drive/v3/files"
FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
_FILES_A_PAGE, _PERMISSIONS_A_PAGE = 1000, 100  # the most that the service gives

# Marks of ours, which no other program can see or change (appProperties are private to the account's app).
_OURS = ("xephang", "form")
_KEY = "xephang-key"

_ALL_DRIVES = {"supportsAllDrives": "true"}
_IN_ALL_DRIVES = {**_ALL_DRIVES, "includeItemsFromAllDrives": "true"}


def find(client: Client, key: str) -> str | None:
    """The id of the form that carries the key, or None; the oldest, should two have been made."""
    query = f"{_has(_KEY, key)} and trashed = false"
    found = next(_list(client, query, "createdTime", "id"), None)
    return None if found is None else str(found["id"])


def create(client: Client, key: str, name: str, folder_id: str) -> str:
    """Make an empty spreadsheet that carries the key; the answer is its id."""
    body = {
        "name": name,
        "mimeType": SPREADSHEET,
        "parents": [folder_id],
        "appProperties": {_OURS[0]: _OURS[1], _KEY: key},
    }
    answer = client.request("post", FILES, params={**_ALL_DRIVES, "fields": "id"}, json=body)
    return str(answer.json()["id"])


def throw_away(client: Client, file_id: str) -> None:
    """Put a file into the bin; to delete it for good, the account would need more rights than forms do."""
    client.request("patch", f"{FILES}/{file_id}", params={**_ALL_DRIVES, "fields": "id"}, json={"trashed": True})


def check_folder(client: Client, folder_id: str) -> None:
    """Raise FormError unless the folder is there and files can be made in it."""
    params = {**_ALL_DRIVES, "fields": "mimeType,trashed,capabilities(canAddChildren)"}
    folder = client.request("get", f"{FILES}/{folder_id}", params=params).json()
    if folder["mimeType"] != FOLDER or folder.get("trashed"):
        raise FormError("deleted", retry=False, detail=f"{folder_id} is not a folder")
    if not folder["capabilities"]["canAddChildren"]:
        raise FormError("forbidden", retry=False, detail=f"nothing may be added to the folder {folder_id}")


def changed(client: Client, since: datetime | None) -> list[ChangedForm]:
    """Our forms changed at or after `since` (aware), oldest change first."""
    query = f"{_has(*_OURS)} and trashed = false"
    if since is not None:
        query += f" and modifiedTime >= '{since.astimezone(UTC).isoformat(timespec='milliseconds')}'"
    files = _list(client, query, "modifiedTime", "id,modifiedTime")
    return [ChangedForm(str(each["id"]), datetime.fromisoformat(each["modifiedTime"])) for each in files]


def in_bin(client: Client) -> list[str]:
    """Our forms that somebody put into the bin. They can still be read, which makes a deletion easy to miss."""
    return [str(each["id"]) for each in _list(client, f"{_has(*_OURS)} and trashed = true", "createdTime", "id")]


def share(client: Client, file_id: str, sharing: Sharing, addresses: tuple[str, ...]) -> None:
    """Give the right to write to whoever has the link, or to the addresses; repeating it changes nothing."""
    if sharing == "link":
        _permit(client, file_id, {"type": "anyone", "role": "writer", "allowFileDiscovery": False})
        return
    if not addresses:
        raise FormError("forbidden", retry=False, detail="no e-mail address to share the form with")
    for address in addresses:
        _permit(client, file_id, {"type": "user", "role": "writer", "emailAddress": address})


def lock(client: Client, file_id: str, folder_id: str) -> None:
    """Turn everybody who writes into a reader, but those who may write in the whole folder: they are the office."""
    office = {each["id"] for each in _permissions(client, folder_id) if each["type"] != "anyone"}
    for permission in _permissions(client, file_id):
        if permission["role"] == "writer" and permission["id"] not in office:
            address = f"{FILES}/{file_id}/permissions/{permission['id']}"
            client.request("patch", address, params=dict(_ALL_DRIVES), json={"role": "reader"})


def _permit(client: Client, file_id: str, permission: dict[str, object]) -> None:
    # The bot brings the link; a second letter from Google would only confuse.
    params = dict(_ALL_DRIVES) if permission["type"] == "anyone" else {**_ALL_DRIVES, "sendNotificationEmail": "false"}
    client.request("post", f"{FILES}/{file_id}/permissions", params=params, json=permission)


def _permissions(client: Client, file_id: str) -> Iterator[dict[str, Any]]:
    params = {**_ALL_DRIVES, "fields": "permissions(id,type,role)"}
    return _pages(client, f"{FILES}/{file_id}/permissions", "permissions", params, _PERMISSIONS_A_PAGE)


def _list(client: Client, query: str, order: str, fields: str) -> Iterator[dict[str, Any]]:
    params = {**_IN_ALL_DRIVES, "q": query, "orderBy": order, "fields": f"files({fields})"}
    return _pages(client, FILES, "files", params, _FILES_A_PAGE)


def _pages(client: Client, address: str, what: str, params: dict[str, str], size: int) -> Iterator[dict[str, Any]]:
    asked: dict[str, Any] = {**params, "pageSize": size, "fields": f"nextPageToken,{params['fields']}"}
    while True:
        page = client.request("get", address, params=asked).json()
        yield from page.get(what, ())
        if "nextPageToken" not in page:
            return
        asked["pageToken"] = page["nextPageToken"]


def _has(key: str, value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"appProperties has {{ key='{key}' and value='{quoted}' }}"
