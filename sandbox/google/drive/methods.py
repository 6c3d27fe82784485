"""Drive's methods and their addresses."""

from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google.calls import Api, Method, missing, route
from sandbox.google.drive import drives_api, files_api, listing, permissions_api
from sandbox.google.drive.messages import MESSAGES
from sandbox.store import Store

DRIVE = Api("drive", MESSAGES, "/")
CHANGING = frozenset({"drive", "drive.file"})
READING = CHANGING | {"drive.readonly", "drive.metadata", "drive.metadata.readonly"}

FILE = "kind,id,name,mimeType"
PERMISSION = "kind,id,type,role"

METHODS = (
    Method("files.create", "POST", "/drive/v3/files", files_api.create, CHANGING, "File", default_mask=FILE),
    Method(
        "files.list",
        "GET",
        "/drive/v3/files",
        listing.list_files,
        READING,
        "FileList",
        default_mask=f"kind,incompleteSearch,nextPageToken,files({FILE})",
    ),
    Method("files.get", "GET", "/drive/v3/files/{id}", files_api.get, READING, "File", default_mask=FILE),
    Method("files.update", "PATCH", "/drive/v3/files/{id}", files_api.update, CHANGING, "File", default_mask=FILE),
    Method("files.delete", "DELETE", "/drive/v3/files/{id}", files_api.delete, CHANGING, ""),
    Method("files.copy", "POST", "/drive/v3/files/{id}/copy", files_api.copy, CHANGING, "File", default_mask=FILE),
    Method(
        "permissions.create",
        "POST",
        "/drive/v3/files/{id}/permissions",
        permissions_api.create,
        CHANGING,
        "Permission",
        default_mask=PERMISSION,
    ),
    Method(
        "permissions.list",
        "GET",
        "/drive/v3/files/{id}/permissions",
        permissions_api.list_all,
        READING,
        "PermissionList",
        default_mask=f"kind,nextPageToken,permissions({PERMISSION})",
    ),
    Method(
        "permissions.get",
        "GET",
        "/drive/v3/files/{id}/permissions/{permission}",
        permissions_api.get,
        READING,
        "Permission",
        default_mask=PERMISSION,
    ),
    Method(
        "permissions.update",
        "PATCH",
        "/drive/v3/files/{id}/permissions/{permission}",
        permissions_api.update,
        CHANGING,
        "Permission",
        default_mask=PERMISSION,
    ),
    Method(
        "permissions.delete",
        "DELETE",
        "/drive/v3/files/{id}/permissions/{permission}",
        permissions_api.delete,
        CHANGING,
        "",
    ),
    Method("drives.list", "GET", "/drive/v3/drives", drives_api.list_all, READING - {"drive.file"}, "DriveList"),
    Method("drives.get", "GET", "/drive/v3/drives/{id}", drives_api.get, READING - {"drive.file"}, "Drive"),
    Method("about.get", "GET", "/drive/v3/about", drives_api.about, READING, "About"),
)


def drive_routes(store: Store, clock: Clock) -> list[Route]:
    """Drive's addresses below `/google`; what is not among them is answered with 501."""
    known = [route(DRIVE, method, store, clock) for method in METHODS]
    return [*known, missing(DRIVE, "/drive/{rest:path}"), missing(DRIVE, "/upload/{rest:path}")]
