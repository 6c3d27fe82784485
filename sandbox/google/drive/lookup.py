"""Finding the file that a Drive request names, with the right to do what it asks."""

from sandbox.google.calls import Call
from sandbox.google.drive import access
from sandbox.google.drive.access import Role, insufficient, not_found
from sandbox.google.json_object import JSON


def find(call: Call, id_: str, needs: Role = Role.READER) -> JSON:
    """The file or Shared Drive with that id.

    404 where the caller may not see it, or where it lies in a Shared Drive and the request does not say
    supportsAllDrives; 403 where it is seen but the role is too small.
    """
    file = access.item(call.store, id_)
    if file is None or not access.reaches(call.caller, file) or not _supported(call, file):
        raise not_found(id_)
    allowed = role(call, file)
    if allowed < Role.READER:
        raise not_found(id_)
    if allowed < needs:
        raise insufficient()
    return file


def role(call: Call, file: JSON) -> Role:
    """What the caller may do with the file."""
    return access.role_of(call.store, file, call.caller.email)


def _supported(call: Call, file: JSON) -> bool:
    in_shared_drive = "mimeType" not in file or file.get("driveId")
    return not in_shared_drive or call.flag("supportsAllDrives") or call.flag("supportsTeamDrives")
