"""Files and folders in Google Drive: a folder and a spreadsheet a form, found by the key that we wrote on them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from campaign.ports import ChangedForm, Changes, FolderFile, FormError
from forms.google.client import Client

FILES = "https://www.googleapis.com/drive/v3/files"
FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
ALL_DRIVES = {"supportsAllDrives": "true"}

_FILES_A_PAGE, _PERMISSIONS_A_PAGE = 1000, 100  # the most that the service gives

# Marks that every account sees (appProperties would be private to the app of the account that wrote them). The kind of
# a form carries the id of its folder, empty for a sheet that people made.
KIND, KEY, HOME = "xephang", "xephang-key", "xephang-folder"
KINDS = {FOLDER: "folder", SPREADSHEET: "form"}


class Item(NamedTuple):
    """A file or folder: its id, and where a person opens it."""

    id: str
    url: str


def find(client: Client, mime_type: str, key: str, parent: str) -> Item | None:
    """What of that type carries the key in the folder `parent`, or None; the oldest, should two have been made."""
    query = f"{_has(KEY, key)} and mimeType = '{mime_type}' and '{_quoted(parent)}' in parents and trashed = false"
    found = next(_list(client, query, "createdTime", "id,webViewLink"), None)
    return None if found is None else _item(found)


def create(client: Client, mime_type: str, key: str, name: str, parent: str) -> Item:
    """Make an empty folder or spreadsheet that carries the key."""
    marks = {KIND: KINDS[mime_type], KEY: key} | ({HOME: parent} if mime_type == SPREADSHEET else {})
    body = {"name": name, "mimeType": mime_type, "parents": [parent], "properties": marks}
    return _item(client.ask("post", FILES, {**ALL_DRIVES, "fields": "id,webViewLink"}, body))


def mark(client: Client, file_id: str, marks: Mapping[str, str | None]) -> None:
    """Write marks on a file, and take away those that are None."""
    client.ask("patch", f"{FILES}/{file_id}", {**ALL_DRIVES, "fields": "id"}, {"properties": dict(marks)})


def marks_on(client: Client, file_id: str) -> Mapping[str, str]:
    """The marks on a file."""
    answer = client.ask("get", f"{FILES}/{file_id}", {**ALL_DRIVES, "fields": "properties"})
    return dict(answer.get("properties", {}))


def throw_away(client: Client, file_id: str) -> None:
    """Put a file into the bin; to delete it for good, the account would need more rights than forms do."""
    client.ask("patch", f"{FILES}/{file_id}", {**ALL_DRIVES, "fields": "id"}, {"trashed": True})


def check_folder(client: Client, folder_id: str) -> None:
    """Raise FormError unless the folder is there and files can be made in it."""
    params = {**ALL_DRIVES, "fields": "mimeType,trashed,capabilities(canAddChildren)"}
    folder = client.ask("get", f"{FILES}/{folder_id}", params)
    if folder["mimeType"] != FOLDER or folder.get("trashed"):
        raise FormError("deleted", retry=False, detail=f"{folder_id} is not a folder")
    if not folder["capabilities"]["canAddChildren"]:
        raise FormError("forbidden", retry=False, detail=f"nothing may be added to the folder {folder_id}")


def own_address(client: Client) -> str:
    """The account's e-mail address."""
    answer = client.ask("get", "https://www.googleapis.com/drive/v3/about", {"fields": "user(emailAddress)"})
    return str(answer["user"]["emailAddress"])


def changes(client: Client, since: datetime | None) -> Changes:
    """What changed at or after `since` (aware), oldest change first: three lists, of a request for each 1,000 files."""
    return Changes(tuple(_changed(client, since)), tuple(_of_people(client, since)), frozenset(_in_bin(client)))


def _changed(client: Client, since: datetime | None) -> Iterator[ChangedForm]:
    later = f" and modifiedTime >= '{_moment(since)}'" if since else ""
    query = f"{_has(KIND, KINDS[SPREADSHEET])} and trashed = false{later}"
    for each in _list(client, query, "modifiedTime", "id,modifiedTime"):
        yield ChangedForm(str(each["id"]), datetime.fromisoformat(each["modifiedTime"]))


def _of_people(client: Client, since: datetime | None) -> list[FolderFile]:
    """Files with content of their own: folders, Docs and Sheets have none, and so no hash.

    What is uploaded may bring its time of change along from another computer, so that of its coming counts as well.
    """
    query = "not mimeType contains 'application/vnd.google-apps.' and trashed = false"
    if since:
        query += f" and (modifiedTime >= '{_moment(since)}' or createdTime >= '{_moment(since)}')"
    found = _list(client, query, "modifiedTime", "id,name,parents,sha256Checksum,createdTime,modifiedTime")
    return sorted((_folder_file(each) for each in found if "sha256Checksum" in each and each.get("parents")), key=_at)


def _folder_file(told: Mapping[str, Any]) -> FolderFile:
    at = max(datetime.fromisoformat(told[name]) for name in ("createdTime", "modifiedTime"))
    return FolderFile(str(told["id"]), str(told["parents"][0]), str(told["name"]), str(told["sha256Checksum"]), at)


def _at(file: FolderFile) -> datetime:
    return file.at


def _in_bin(client: Client) -> Iterator[str]:
    """They can still be read, which makes a deletion easy to miss."""
    query = f"{_has(KIND, KINDS[SPREADSHEET])} and trashed = true"
    return (str(each["id"]) for each in _list(client, query, "createdTime", "id"))


def permissions(client: Client, file_id: str) -> list[dict[str, Any]]:
    """Who may do what with a file: id, type, role, and emailAddress of those who have one."""
    address, fields = f"{FILES}/{file_id}/permissions", "permissions(id,type,role,emailAddress)"
    return list(_pages(client, address, "permissions", {**ALL_DRIVES, "fields": fields}, _PERMISSIONS_A_PAGE))


def _list(client: Client, query: str, order: str, fields: str) -> Iterator[dict[str, Any]]:
    # Only allDrives finds what another account or a person put into a Shared Drive, and sheets outside of it.
    everywhere = {**ALL_DRIVES, "includeItemsFromAllDrives": "true", "corpora": "allDrives"}
    asked = {**everywhere, "q": query, "orderBy": order, "fields": f"incompleteSearch,files({fields})"}
    return _pages(client, FILES, "files", asked, _FILES_A_PAGE)


def _pages(client: Client, address: str, what: str, params: dict[str, str], size: int) -> Iterator[dict[str, Any]]:
    asked: dict[str, str | int] = {**params, "pageSize": size, "fields": f"nextPageToken,{params['fields']}"}
    while True:
        page = client.ask("get", address, asked)
        if page.get("incompleteSearch"):
            raise FormError("unavailable", retry=True, detail="Drive could not search everywhere")
        yield from page.get(what, ())
        if "nextPageToken" not in page:
            return
        asked["pageToken"] = page["nextPageToken"]


def _item(told: Mapping[str, Any]) -> Item:
    return Item(str(told["id"]), str(told["webViewLink"]))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _has(key: str, value: str) -> str:
    return f"properties has {{ key='{key}' and value='{_quoted(value)}' }}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
