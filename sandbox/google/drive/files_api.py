"""files.create, get, update, copy and delete."""

from typing import Any

from starlette.responses import Response

from sandbox.google.accounts import is_service_account
from sandbox.google.calls import Call
from sandbox.google.drive import access, files
from sandbox.google.drive.access import Role, insufficient
from sandbox.google.drive.contents import is_binary
from sandbox.google.drive.files import FOLDER, SPREADSHEET
from sandbox.google.drive.lookup import find, role
from sandbox.google.drive.messages import MESSAGES
from sandbox.google.drive.views import file_view
from sandbox.google.errors import GoogleError, invalid_parameter, not_stood_in
from sandbox.google.json_object import JSON
from sandbox.google.sheets import book
from sandbox.store import Store

DOWNLOADING = frozenset({"drive", "drive.file", "drive.readonly"})
MOST_PROPERTIES = 30  # public ones, and private ones of one application
PROPERTY_BYTES = 124  # of key and value together
WRITABLE = {
    "name",
    "description",
    "properties",
    "appProperties",
    "trashed",
    "contentRestrictions",
    "writersCanShare",
    "mimeType",
    "parents",
}
NO_STORAGE = (
    "Service Accounts do not have storage quota. Leverage shared drives "
    "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation "
    "(http://support.google.com/a/answer/7281227) instead."
)


def create(call: Call) -> JSON:
    """A new folder or empty spreadsheet."""
    _check_body(call.body)
    kind = call.body.get("mimeType")
    if kind not in {FOLDER, SPREADSHEET}:
        raise not_stood_in(f"files of the type {kind}")
    file = _new(call, {"name": call.body.get("name", "Untitled"), "mimeType": kind}, call.body.get("parents"))
    if kind == SPREADSHEET:
        book.save(call.store, book.new_book(file["id"]))
    return file_view(call.store, file, call.caller.email)


def copy(call: Call) -> JSON:
    """A copy of a spreadsheet, beside the original unless other parents are given."""
    _check_body(call.body)
    source = find(call, call.path["id"])
    if source["mimeType"] != SPREADSHEET:
        raise GoogleError(403, "This file cannot be copied by the user.", "cannotCopyFile")
    about = {"name": call.body.get("name", f"Copy of {source['name']}"), "mimeType": SPREADSHEET}
    about |= {name: dict(source[name]) for name in ("appProperties", "properties") if source.get(name)}
    file = _new(call, about, call.body.get("parents", source["parents"]))
    book.save(call.store, book.copy_of(book.load(call.store, source["id"]), file["id"]))
    return file_view(call.store, file, call.caller.email)


def _new(call: Call, about: JSON, parents: list[str] | None) -> JSON:
    if parents is not None and len(parents) != 1:
        raise invalid_parameter("A file must have exactly one parent.", "parents", "invalid")
    place = _place(call, parents[0] if parents else "root")
    if "driveId" not in place:
        if is_service_account(call.caller.email):
            raise GoogleError(403, NO_STORAGE, "storageQuotaExceeded", "usageLimits")
        place["owner"] = call.caller.email
    properties: JSON = {
        name: _merged(name, about.get(name, {}), call.body[name])
        for name in ("appProperties", "properties")
        if name in call.body
    }
    described: JSON = {"description": call.body["description"]} if "description" in call.body else {}
    whole = {"project": call.caller.project, **about, **place, **properties, **described}
    return files.new_file(call.store, call.now, call.caller.email, whole)


def _place(call: Call, parent: str) -> JSON:
    if parent in {"root", files.root_of(call.caller.email)}:
        return {"parents": [files.root_of(call.caller.email)]}
    folder = find(call, parent)
    if folder.get("mimeType", FOLDER) != FOLDER:
        raise GoogleError(403, "The specified parent is not a folder.", "parentNotAFolder")
    if role(call, folder) < Role.WRITER:
        raise GoogleError(403, "Insufficient permissions for the specified parent.", "insufficientParentPermissions")
    drive = folder["id"] if "mimeType" not in folder else folder.get("driveId")
    return {"parents": [folder["id"]]} | ({"driveId": drive} if drive else {})


def get(call: Call) -> JSON | Response:
    """A file's metadata, also of trashed ones, or its bytes with `alt=media`."""
    file = find(call, call.path["id"])
    if call.query.get("alt") == "media":
        return _download(call, file)
    return file_view(call.store, file if "mimeType" in file else files.root_folder(file), call.caller.email)


def _download(call: Call, file: JSON) -> Response:
    if not call.caller.scopes & DOWNLOADING:
        raise insufficient()
    if not is_binary(file):
        message = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
        raise GoogleError(403, message, "fileNotDownloadable", location="alt")
    return Response(call.store.bytes_of(file["sha256Checksum"]), media_type=file["mimeType"])


def _file(call: Call, needs: Role = Role.READER) -> JSON:
    file = find(call, call.path["id"], needs)
    if "mimeType" not in file:
        raise not_stood_in("changing a Shared Drive itself")
    return file


def update(call: Call) -> JSON:
    """Name, description, properties, trash, lock, who may share, folder."""
    _check_body(call.body)
    body, file = call.body, _file(call, Role.WRITER)
    if body.get("mimeType", file["mimeType"]) != file["mimeType"] or "parents" in body:
        raise _not_writable("mimeType" if "parents" not in body else "parents")
    if "trashed" in body and body["trashed"] != file["trashed"] and not access.may_trash(file, role(call, file)):
        raise insufficient()
    if "writersCanShare" in body and role(call, file) < Role.OWNER:
        raise insufficient()
    renamed = body.get("name", file["name"]) != file["name"]
    if renamed and access.is_read_only(file):
        raise insufficient()
    _move(call, file)
    for name in ("appProperties", "properties"):
        if name in body:
            file[name] = _merged(name, file.get(name, {}), body[name])
    plain = ("name", "description", "trashed", "contentRestrictions", "writersCanShare")
    file |= {name: body[name] for name in plain if name in body}
    call.store.put("google_file", file["id"], file)
    if renamed:
        files.changed(call.store, file, call.now, call.caller.email)
    return file_view(call.store, file, call.caller.email)


def _move(call: Call, file: JSON) -> None:
    added, removed = call.query.get("addParents"), call.query.get("removeParents")
    if added is None:
        return
    if removed not in file["parents"] and added not in file["parents"]:
        message = "Increasing the number of parents is not allowed"
        raise GoogleError(403, message, "cannotAddParent", location="addParents")
    place = _place(call, added)
    if place.get("driveId") != file.get("driveId"):
        raise not_stood_in("moving a file into or out of a Shared Drive")
    file["parents"] = place["parents"]


def delete(call: Call) -> JSON:
    """For good, with all that lies in it."""
    file = _file(call)
    if not access.may_delete(file, role(call, file)):
        raise insufficient()
    remove(call.store, file)
    return {}


def throw_away(store: Store, file: JSON, *, forever: bool) -> None:
    """Delete a file for good, or put it into the trash."""
    if forever:
        remove(store, file)
    else:
        store.put("google_file", file["id"], file | {"trashed": True})


def remove(store: Store, file: JSON) -> None:
    """Forget a file and what lies in it."""
    for _, other in store.all("google_file"):
        if file["id"] in other["parents"]:
            remove(store, other)
    store.delete("google_file", file["id"])
    store.delete(book.KIND, file["id"])


def _check_body(body: JSON) -> None:
    """Refuse what cannot be written. A name that Drive does not know at all is passed over, as in the real one."""
    for name, value in body.items():
        if name in MESSAGES["File"] and name not in WRITABLE:
            raise _not_writable(name)
        if name in WRITABLE and not isinstance(value, SHAPES.get(name, str)):
            raise invalid_parameter(f"Invalid value for {name}: {value}", name)
    for restriction in body.get("contentRestrictions", []):
        if not isinstance(restriction, dict) or not isinstance(restriction.get("readOnly"), bool):
            raise invalid_parameter("A content restriction has to say readOnly.", "contentRestrictions")


SHAPES: dict[str, Any] = {
    "properties": dict,
    "appProperties": dict,
    "trashed": bool,
    "writersCanShare": bool,
    "contentRestrictions": list,
    "parents": list,
}


def _not_writable(name: str) -> GoogleError:
    message = "The resource body includes fields which are not directly writable."
    return GoogleError(403, message, "fieldNotWritable", location=name)


def _merged(name: str, old: dict[str, str], new: dict[str, str | None]) -> dict[str, str]:
    """Properties after an update; null takes one away."""
    for key, value in new.items():
        if value is not None and not isinstance(value, str):
            raise invalid_parameter(f"Invalid value for the property {key}: {value}", name)
        if len((key + (value or "")).encode()) > PROPERTY_BYTES:
            raise invalid_parameter("Property key and value together are limited to 124 bytes.", name)
    merged = {key: value for key, value in {**old, **new}.items() if value is not None}
    if len(merged) > MOST_PROPERTIES:
        raise invalid_parameter(f"A file has at most {MOST_PROPERTIES} properties of a kind.", name)
    return merged
