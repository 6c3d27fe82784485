"""drives.get and list, and about.get."""

from sandbox.google.accounts import is_service_account
from sandbox.google.calls import Call
from sandbox.google.drive import access
from sandbox.google.drive.access import Role
from sandbox.google.drive.views import user_view
from sandbox.google.errors import GoogleError, invalid_parameter
from sandbox.google.json_object import JSON

LIMIT = 15 * 2**30  # bytes that come free with a person's account


def get(call: Call) -> JSON:
    """A Shared Drive that the caller is a member of."""
    drive = call.store.get("google_drive", call.path["id"])
    if drive is None or _role(call, drive) < Role.READER:
        id_ = call.path["id"]
        raise GoogleError(404, f"Shared drive not found: {id_}", "notFound", location="driveId")
    return _view(call, drive)


def list_all(call: Call) -> JSON:
    """All of them."""
    drives = [_view(call, drive) for _, drive in call.store.all("google_drive") if _role(call, drive) >= Role.READER]
    return {"kind": "drive#driveList", "drives": drives}


def _role(call: Call, drive: JSON) -> Role:
    return access.role_of(call.store, drive, call.caller.email)


def _view(call: Call, drive: JSON) -> JSON:
    role = _role(call, drive)
    able = {"canAddChildren": role >= Role.WRITER, "canEdit": role >= Role.WRITER, "canShare": role >= Role.ORGANIZER}
    shown = {name: drive[name] for name in ("id", "name", "createdTime")}
    return {"kind": "drive#drive", **shown, "hidden": False, "capabilities": able}


def about(call: Call) -> JSON:
    """Who the caller is, and how much they may store; `fields` has to be given."""
    if not call.query.get("fields"):
        raise invalid_parameter("The 'fields' parameter is required for this method.", "fields", "required")
    limit = 0 if is_service_account(call.caller.email) else LIMIT
    quota = {"limit": str(limit), "usage": "0", "usageInDrive": "0", "usageInDriveTrash": "0"}
    return {"kind": "drive#about", "user": user_view(call.caller.email, call.caller.email), "storageQuota": quota}
