"""Files, permissions and people as Drive's answers show them."""

from sandbox.google.drive import access
from sandbox.google.drive.files import FOLDER, permission_id
from sandbox.google.json_object import JSON
from sandbox.store import Store

OWN_FIELDS = (
    *("id", "name", "mimeType", "description", "parents", "properties", "appProperties", "createdTime", "driveId"),
    "contentRestrictions",
)


def file_view(store: Store, file: JSON, viewer: str, modified: str | None = None) -> JSON:
    """A file as the viewer sees it; `modified` where a listing shows an older time of change."""
    role = access.role_of(store, file, viewer)
    modifier, owner = file.get("lastModifyingUser"), file.get("owner")
    view: JSON = {
        "kind": "drive#file",
        **{name: file[name] for name in OWN_FIELDS if file.get(name) not in (None, {}, [])},
        "trashed": file["trashed"],
        "modifiedTime": modified or file["modifiedTime"],
        "version": str(file["version"]),
        "webViewLink": link(file),
        "shared": len(list(access.grants(store, file))) > 1,
        "capabilities": access.capabilities(file, role),
    }
    if modifier:
        view["lastModifyingUser"] = user_view(modifier, viewer)
    if owner:
        view |= {"owners": [user_view(owner, viewer)], "ownedByMe": owner == viewer}
    if role >= access.Role.WRITER:
        view["permissions"] = [permission_view(each) for each, _ in access.grants(store, file)]
    return view


def link(file: JSON) -> str:
    """Where a person opens the file; the real form, so that the product cannot tell the difference."""
    kind = "drive/folders" if file["mimeType"] == FOLDER else "spreadsheets/d"
    host = "drive" if file["mimeType"] == FOLDER else "docs"
    tail = "" if file["mimeType"] == FOLDER else "/edit"
    return f"https://{host}.google.com/{kind}/{file['id']}{tail}"


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
