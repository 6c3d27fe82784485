"""permissions.create, list, get, update and delete."""

import re

from sandbox.google.accounts import is_stranger
from sandbox.google.calls import Call
from sandbox.google.drive import access, files
from sandbox.google.drive.access import ROLES, Role
from sandbox.google.drive.lookup import find, role
from sandbox.google.drive.views import permission_view
from sandbox.google.errors import GoogleError, invalid_parameter, not_stood_in
from sandbox.google.json_object import JSON

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ANYONE = "anyoneWithLink"
OF_DRIVES = {"organizer", "fileOrganizer"}


def create(call: Call) -> JSON:
    """Share with somebody; doing it again changes their role."""
    file = _shared(call)
    body = call.body
    kind, given = body.get("type"), body.get("role")
    if given not in ROLES or kind not in {"user", "group", "anyone", "domain"}:
        raise invalid_parameter("The permission type and role fields are required.", "permission", "required")
    if kind == "domain":
        raise not_stood_in("permissions of the type domain")
    _check_role(call, file, str(given))
    _check_account(call)
    permission = _anyone(str(given)) if kind == "anyone" else _somebody(str(kind), str(given), body.get("emailAddress"))
    file["permissions"] = [each for each in file["permissions"] if each["id"] != permission["id"]] + [permission]
    _keep(call, file)
    return permission_view(permission)


def _anyone(given: str) -> JSON:
    if given not in {"reader", "commenter", "writer"}:
        raise invalid_parameter("The specified role is not valid for the type anyone.", "permission.role")
    return link_permission(given)


def link_permission(given: str) -> JSON:
    """A permission of everybody who has the link."""
    return {"id": ANYONE, "type": "anyone", "role": given, "allowFileDiscovery": False}


def _somebody(kind: str, given: str, email: object) -> JSON:
    if not isinstance(email, str) or not ADDRESS.fullmatch(email):
        message = "The specified emailAddress is invalid or not applicable for the given permission type."
        raise invalid_parameter(message, "permission.emailAddress")
    return files.user_permission(email, given) | {"type": kind}


def _check_role(call: Call, file: JSON, given: str) -> None:
    if given == "owner":
        message = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
        raise GoogleError(403, message, "forbidden", location="transferOwnership")
    if given in OF_DRIVES and not file.get("driveId") and "mimeType" in file:
        raise GoogleError(
            403, f"The role {given} is for items of Shared Drives.", "organizerOnNonTeamDriveItemNotSupported"
        )
    if ROLES[given] > role(call, file):
        raise access.insufficient()


def _check_account(call: Call) -> None:
    """Whoever has no Google account proves by a letter that the address is theirs, so they have to get one."""
    email = str(call.body.get("emailAddress"))
    if call.query.get("sendNotificationEmail", "").lower() == "false" and is_stranger(call.store, email):
        message = (
            f'Bad Request. User message: "You are trying to invite {email}. Since there is no Google account '
            'associated with this email address, you must check the "Notify people" box to invite this recipient."'
        )
        raise GoogleError(400, message, "invalidSharingRequest")


def list_all(call: Call) -> JSON:
    """Every permission that holds for the file, those of its folders and its drive included."""
    file = find(call, call.path["id"], Role.WRITER)
    shown = [_detailed(file, several) for several in access.held(call.store, file).values()]
    return {"kind": "drive#permissionList", "permissions": shown}


def _detailed(file: JSON, several: list[tuple[JSON, str]]) -> JSON:
    view = permission_view(several[0][0])
    if file.get("driveId"):
        view["permissionDetails"] = [_detail(file, permission, source) for permission, source in several]
    return view


def _detail(file: JSON, permission: JSON, source: str) -> JSON:
    inherited = source != file["id"]
    kind = "member" if inherited else "file"
    origin = {"inheritedFrom": source} if inherited else {}
    return {"permissionType": kind, "role": permission["role"], "inherited": inherited, **origin}


def get(call: Call) -> JSON:
    """One permission."""
    return permission_view(_found(call, find(call, call.path["id"], Role.WRITER)))


def update(call: Call) -> JSON:
    """Another role for somebody."""
    file = _shared(call)
    given = call.body.get("role")
    if given not in ROLES or set(call.body) != {"role"}:
        message = "The resource body includes fields which are not directly writable."
        raise GoogleError(403, message, "fieldNotWritable")
    _check_role(call, file, given)
    permission = _own(call, file)
    permission["role"] = given
    _keep(call, file)
    return permission_view(permission)


def delete(call: Call) -> JSON:
    """No longer share with somebody."""
    file = _shared(call)
    permission = _own(call, file)
    if permission["role"] == "owner":
        raise access.insufficient()
    file["permissions"].remove(permission)
    _keep(call, file)
    return {}


def _shared(call: Call) -> JSON:
    file = find(call, call.path["id"], Role.WRITER)
    if not access.may_share(file, role(call, file)):
        raise access.insufficient()
    return file


def _found(call: Call, file: JSON) -> JSON:
    for permission, _ in access.grants(call.store, file):
        if permission["id"] == call.path["permission"]:
            return permission
    id_ = call.path["permission"]
    raise GoogleError(404, f"Permission not found: {id_}.", "notFound", location="permissionId")


def _own(call: Call, file: JSON) -> JSON:
    """The permission where it is set on this very file; inherited ones are changed where they come from."""
    permission = _found(call, file)
    for own in file["permissions"]:
        if own["id"] == permission["id"]:
            found: JSON = own
            return found
    message = "Cannot change or delete an inherited permission of a shared drive item."
    raise GoogleError(403, message, "cannotModifyInheritedTeamDrivePermission")


def _keep(call: Call, file: JSON) -> None:
    call.store.put("google_file" if "mimeType" in file else "google_drive", file["id"], file)
