"""Files, permissions and people as Drive's answers show them."""

from sandbox.google.drive import access
from sandbox.google.drive.files import FOLDER, SPREADSHEET, permission_id
from sandbox.google.json_object import JSON
from sandbox.store import Store

OWN_FIELDS = (
    *("id", "name", "mimeType", "description", "parents", "properties", "appProperties", "createdTime", "driveId"),
    *("contentRestrictions", "size", "md5Checksum", "sha1Checksum", "sha256Checksum", "originalFilename"),
    *("fileExtension", "fullFileExtension"),
)


def file_view(store: Store, file: JSON, viewer: str, modified: str | None = None) -> JSON:
    """A file as the viewer sees it; `modified` where a listing shows an older time of change."""
    role = access.role_of(store, file, viewer)
    modifier = file.get("lastModifyingUser")
    view: JSON = {
        "kind": "drive#file",
        **{name: file[name] for name in OWN_FIELDS if file.get(name) not in (None, {}, [])},
        "trashed": access.is_trashed(store, file),
        "explicitlyTrashed": file["trashed"],
        "modifiedTime": modified or file["modifiedTime"],
        "version": str(file["version"]),
        "webViewLink": link(file),
        "capabilities": access.capabilities(file, role),
    }
    if modifier:
        view["lastModifyingUser"] = user_view(modifier, viewer)
    if not file.get("driveId"):
        view |= _of_my_drive(store, file, role, viewer)
    return view


def _of_my_drive(store: Store, file: JSON, role: access.Role, viewer: str) -> JSON:
    """What Drive does not tell of items in Shared Drives."""
    owner, several = file.get("owner"), access.held(store, file)
    view: JSON = {"shared": len(several) > 1, "writersCanShare": file.get("writersCanShare", True)}
    if owner:
        view |= {"owners": [user_view(owner, viewer)], "ownedByMe": owner == viewer}
    if role >= access.Role.WRITER:
        view["permissions"] = [permission_view(each[0][0]) for each in several.values()]
    return view


def link(file: JSON) -> str:
    """Where a person opens the file; the real form, so that the product cannot tell the difference."""
    if file["mimeType"] == FOLDER:
        return f"https://drive.google.com/drive/folders/{file['id']}"
    if file["mimeType"] == SPREADSHEET:
        return f"https://docs.google.com/spreadsheets/d/{file['id']}/edit"
    return f"https://drive.google.com/file/d/{file['id']}/view"


def user_view(email: str, viewer: str) -> JSON:
    """Somebody who did something with a file."""
    return {
        "kind": "drive#user",
        "displayName": email.partition("@")[0],
        "me": email == viewer,
        "permissionId": permission_id(email),
        "emailAddress": email,
    }


def permission_view(permission: JSON) -> JSON:
    """A permission."""
    return {"kind": "drive#permission", **permission}
