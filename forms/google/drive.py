"""Files and folders in Google Drive: a folder and a spreadsheet a form, found by the key that we wrote on them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from campaign.ports import ChangedForm, Changes, FolderFile, FormError
from forms.google.client import Client

FILES = "https://www.googleapis.com/drive/v3/files"
FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
ALL_DRIVES = {"supportsAllDrives": "true"}

_FILES_A_PAGE, _PERMISSIONS_A_PAGE = 1000, 100  # the most that the service gives

# Marks that every account sees (appProperties would be private to the app of the account that wrote them). A form that
# we made carries the id of its folder as well; one in a sheet that people registered is of a kind of its own.
KIND, KEY, HOME = "xephang", "xephang-key", "xephang-folder"
KINDS = {FOLDER: "folder", SPREADSHEET: "form"}
REGISTERED = "registered"


Listed = Mapping[str, Any]
"""A file or folder as a listing shows it."""


class Item(NamedTuple):
    """A file or folder: its id, where a person opens it, and when it was made."""

    id: str
    url: str
    made_at: datetime


_ITEM = "id,webViewLink,createdTime"


def find(client: Client, mime_type: str, key: str, parent: str) -> Item | None:
    """What of that type carries the key in the folder `parent`, or None; the oldest, should two have been made."""
    query = f"{_has(KEY, key)} and mimeType = '{mime_type}' and '{_quoted(parent)}' in parents and trashed = false"
    return min((_item(each) for each in _list(client, query, "createdTime", _ITEM)), key=_age, default=None)


def _age(item: Item) -> tuple[datetime, str]:
    """Everybody finds the same one oldest, even of two that were made at the same instant."""
    return item.made_at, item.id


def create_once(client: Client, mime_type: str, key: str, name: str, parent: str) -> tuple[Item, bool]:
    """Make what carries the key, and whether it is new: where another process was faster, ours goes into the bin."""
    made = create(client, mime_type, key, name, parent)
    oldest = find(client, mime_type, key, parent) or made
    if oldest.id != made.id:
        throw_away(client, made.id)
    return oldest, oldest.id == made.id


def create(client: Client, mime_type: str, key: str, name: str, parent: str) -> Item:
    """Make an empty folder or spreadsheet that carries the key."""
    marks = {KIND: KINDS[mime_type], KEY: key} | ({HOME: parent} if mime_type == SPREADSHEET else {})
    body = {"name": name, "mimeType": mime_type, "parents": [parent], "properties": marks}
    return _item(client.ask("post", FILES, {**ALL_DRIVES, "fields": _ITEM}, body))


def mark(client: Client, file_id: str, marks: Mapping[str, str | None]) -> datetime:
    """Write marks on a file, and take away those that are None; the answer is when its content was last changed."""
    params = {**ALL_DRIVES, "fields": "modifiedTime"}
    return _time(client.ask("patch", f"{FILES}/{file_id}", params, {"properties": dict(marks)}), "modifiedTime")


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


def check_seen(client: Client, folder_id: str) -> None:
    """Raise FormError unless the account sees the folder."""
    client.ask("get", f"{FILES}/{folder_id}", {**ALL_DRIVES, "fields": "id"})


def spreadsheets(client: Client) -> dict[str, Listed]:
    """Every spreadsheet that the account was let into, by id: whether it lies in the bin, and what the account may do.

    One list for each 1,000. One that is open to everybody who has its link is told to nobody for that alone.
    """
    fields = "id,trashed,capabilities(canModifyContent,canShare)"
    return {str(each["id"]): each for each in _list(client, f"mimeType = '{SPREADSHEET}'", "createdTime", fields)}


def own_address(client: Client) -> str:
    """The account's e-mail address."""
    answer = client.ask("get", "https://www.googleapis.com/drive/v3/about", {"fields": "user(emailAddress)"})
    return str(answer["user"]["emailAddress"])


def changes(client: Client, since: datetime | None) -> Changes:
    """What changed at or after `since` (aware), oldest change first, and every form and file in the bin.

    One list, and a second one where people's files are among them; of a request for each 1,000 items.
    """
    listed = list(_changed(client, since))
    files = [each for each in listed if _is_evidence(each)]
    folders = _parents_of_folders(client) if files else {}
    forms, in_bin = _forms_in(listed)
    return Changes(
        tuple(form for form in forms if since is None or form.at >= since),
        tuple(sorted((_folder_file(each, folders) for each in files), key=_at)),
        in_bin,
    )


def registered(client: Client) -> Changes:
    """Every registered sheet that the account sees, whenever it changed; one list."""
    forms, in_bin = _forms_in(list(_list(client, _has(KIND, REGISTERED), "modifiedTime", _LISTED)))
    return Changes(forms, in_bin=in_bin)


def _forms_in(listed: Sequence[Listed]) -> tuple[tuple[ChangedForm, ...], frozenset[str]]:
    """The forms, and by their ids those in the bin."""
    forms = [each for each in listed if _is_form(each)]
    in_bin = frozenset(str(each["id"]) for each in forms if each["trashed"])
    return tuple(_changed_form(each) for each in forms if not each["trashed"]), in_bin


def folder_files(client: Client, folder_id: str) -> tuple[FolderFile, ...]:
    """What lies in a unit's folder and in the folders in it, whenever it came there, and what was thrown away there.

    One list, and a second one where people made folders in it.
    """
    inside = list(_inside(client, folder_id))
    folders = {str(each["id"]): folder_id for each in inside if each["mimeType"] == FOLDER}
    inside += _inside(client, *folders) if folders else ()
    return tuple(sorted((_folder_file(each, folders) for each in inside if _is_evidence(each)), key=_at))


_LISTED = "id,name,mimeType,parents,properties,trashed,sha256Checksum,createdTime,modifiedTime"


def _changed(client: Client, since: datetime | None) -> Iterator[Listed]:
    """Forms and people's files; folders change with whatever is put into them, which is listed itself.

    What is uploaded may bring its time of change along from another computer, so that of its coming counts as well.
    What is thrown away keeps its time, so that the whole bin is listed: a form in it can still be read.
    """
    query = f"mimeType != '{FOLDER}'"
    if since:
        at = _moment(since)
        query += f" and (trashed = true or modifiedTime >= '{at}' or createdTime >= '{at}')"
    return _list(client, query, "modifiedTime", _LISTED)


def _inside(client: Client, *folders: str) -> Iterator[Listed]:
    query = " or ".join(f"'{_quoted(each)}' in parents" for each in folders)
    return _list(client, query, "createdTime", _LISTED)


def _parents_of_folders(client: Client) -> Mapping[str, str]:
    """In which folder each folder lies that is not ours, such as those that people make within a unit's."""
    query = f"mimeType = '{FOLDER}' and not {_has(KIND, KINDS[FOLDER])}"
    listed = _list(client, query, "createdTime", "id,parents")
    return {str(each["id"]): str(each["parents"][0]) for each in listed if each.get("parents")}


def _kind(told: Listed) -> str | None:
    kind = told.get("properties", {}).get(KIND)
    return None if kind is None else str(kind)


def _is_form(told: Listed) -> bool:
    return _kind(told) in {KINDS[SPREADSHEET], REGISTERED}


def _is_evidence(told: Listed) -> bool:
    """Whatever people put there, Docs and Sheets among it; copies of a form, which carry its marks, are none."""
    return _kind(told) is None and told["mimeType"] != FOLDER and bool(told.get("parents"))


def _changed_form(told: Listed) -> ChangedForm:
    return ChangedForm(str(told["id"]), _time(told, "modifiedTime"))


def _folder_file(told: Listed, folders: Mapping[str, str]) -> FolderFile:
    """A file in a folder of people's own is taken for one in the folder around it: one level, for a unit's folder."""
    parent = str(told["parents"][0])
    return FolderFile(
        file_id=str(told["id"]),
        folder_id=folders.get(parent, parent),
        name=str(told["name"]),
        sha256=str(told.get("sha256Checksum", "")),
        at=max(_time(told, "createdTime"), _time(told, "modifiedTime")),
        gone=bool(told["trashed"]),
    )


def _time(told: Listed, name: str) -> datetime:
    return datetime.fromisoformat(told[name])


def _at(file: FolderFile) -> datetime:
    return file.at


def permissions(client: Client, file_id: str) -> list[dict[str, Any]]:
    """Who may do what with a file: id, type, role, and emailAddress of those who have one."""
    address, fields = f"{FILES}/{file_id}/permissions", "permissions(id,type,role,emailAddress)"
    return list(_pages(client, address, "permissions", {**ALL_DRIVES, "fields": fields}, _PERMISSIONS_A_PAGE))


def _list(client: Client, query: str, order: str, fields: str) -> Iterator[Listed]:
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
    return Item(str(told["id"]), str(told["webViewLink"]), _time(told, "createdTime"))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _has(key: str, value: str) -> str:
    return f"properties has {{ key='{key}' and value='{_quoted(value)}' }}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
