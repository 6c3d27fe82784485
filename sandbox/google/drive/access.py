"""Who may do what with a file: its own permissions, those of its folders, and the members of its Shared Drive."""

from collections.abc import Iterator
from enum import IntEnum

from sandbox.google.errors import GoogleError
from sandbox.google.json_object import JSON
from sandbox.google.tokens import Caller
from sandbox.store import Store


class Role(IntEnum):
    """From the least to the most."""

    NONE = 0
    READER = 1
    COMMENTER = 2
    WRITER = 3
    FILE_ORGANIZER = 4
    ORGANIZER = 5
    OWNER = 6


ROLES = {
    "reader": Role.READER,
    "commenter": Role.COMMENTER,
    "writer": Role.WRITER,
    "fileOrganizer": Role.FILE_ORGANIZER,
    "organizer": Role.ORGANIZER,
    "owner": Role.OWNER,
}
"""By the names of the API."""

EVERY_FILE = frozenset({"drive", "drive.readonly", "drive.metadata", "drive.metadata.readonly"})
"""Scopes that reach every file of the caller; drive.file reaches those that the application made."""


def grants(store: Store, file: JSON) -> Iterator[tuple[JSON, str]]:
    """Every permission that holds for a file or a Shared Drive, and the id of the item that it is set on."""
    yield from ((permission, file["id"]) for permission in file["permissions"])
    for parent in file.get("parents", []):
        above = item(store, parent)
        if above is not None:
            yield from ((_inherited(permission), source) for permission, source in grants(store, above))


def _inherited(permission: JSON) -> JSON:
    """What a folder's permission is further down: its owner writes in what others put there."""
    return permission | {"role": "writer"} if permission["role"] == "owner" else permission


def held(store: Store, file: JSON) -> dict[str, list[tuple[JSON, str]]]:
    """The grants by permission id: who has been given a file and its folder too has several, the greatest first."""
    found: dict[str, list[tuple[JSON, str]]] = {}
    for permission, source in grants(store, file):
        found.setdefault(permission["id"], []).append((permission, source))
    return {
        id_: sorted(several, key=lambda each: ROLES[each[0]["role"]], reverse=True) for id_, several in found.items()
    }


def summary(store: Store, file: JSON) -> list[JSON]:
    """The grants in short: type, role and address."""
    wanted = ("type", "role", "emailAddress")
    return [{name: each[name] for name in wanted if name in each} for each, _ in grants(store, file)]


def is_trashed(store: Store, file: JSON) -> bool:
    """Whether the file lies in the trash, by itself or with a folder above it."""
    if file.get("trashed"):
        return True
    above = (item(store, parent) for parent in file.get("parents", []))
    return any(each is not None and is_trashed(store, each) for each in above)


def item(store: Store, id_: str) -> JSON | None:
    """A file, a folder, or a Shared Drive as the folder that it also is."""
    return store.get("google_file", id_) or store.get("google_drive", id_)


def role_of(store: Store, file: JSON, email: str | None, *, by_link: bool = True) -> Role:
    """What somebody may do; None is anybody who has the link. `by_link` False leaves the link out of account."""
    roles = [Role.NONE]
    for permission, _ in grants(store, file):
        everyone = by_link and permission["type"] == "anyone"
        if everyone or (email and permission.get("emailAddress", "").casefold() == email.casefold()):
            roles.append(ROLES[permission["role"]])
    return max(roles)


def reaches(caller: Caller, file: JSON, every_file: frozenset[str] = EVERY_FILE) -> bool:
    """Whether the token's scopes reach the file."""
    return bool(caller.scopes & every_file) or file.get("project") == caller.project


def is_read_only(file: JSON) -> bool:
    """Whether the content is locked for everybody."""
    return any(each.get("readOnly") for each in file.get("contentRestrictions", []))


def may_trash(file: JSON, role: Role) -> bool:
    """Owners in My Drive, content managers in a Shared Drive."""
    return role >= (Role.FILE_ORGANIZER if file.get("driveId") else Role.OWNER)


def may_delete(file: JSON, role: Role) -> bool:
    """For good: owners in My Drive, managers in a Shared Drive."""
    return role >= (Role.ORGANIZER if file.get("driveId") else Role.OWNER)


def may_share(file: JSON, role: Role) -> bool:
    """Editors too, unless the owner of a file in My Drive keeps that to themselves."""
    return role >= (Role.WRITER if file.get("writersCanShare", True) else Role.OWNER)


def capabilities(file: JSON, role: Role) -> JSON:
    """What a role may do with a file, by the API's names."""
    edits = role >= Role.WRITER
    return {
        "canEdit": edits,
        "canModifyContent": edits and not is_read_only(file),
        "canRename": edits,
        "canAddChildren": edits and file["mimeType"].endswith(".folder"),
        "canShare": may_share(file, role),
        "canTrash": may_trash(file, role),
        "canDelete": may_delete(file, role),
    }


def not_found(id_: str) -> GoogleError:
    """404, also where the caller just may not see the file."""
    return GoogleError(404, f"File not found: {id_}.", "notFound", location="fileId")


def insufficient() -> GoogleError:
    """403 to somebody who sees the file but may not do this."""
    message = "The user does not have sufficient permissions for this file."
    return GoogleError(403, message, "insufficientFilePermissions")
