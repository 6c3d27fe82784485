"""Who stands behind a deed on the person's side: somebody with an address, or somebody who just has the link."""

from sandbox.google.drive import access
from sandbox.google.drive.access import Role
from sandbox.google.json_object import JSON
from sandbox.person_side import Refused
from sandbox.store import Store

Who = int | str | None
"""An e-mail address; a person's id or null is somebody who just has the link."""


def email_of(store: Store, person: Who) -> str | None:
    """The address that Google knows them by, None for somebody who just has the link."""
    if isinstance(person, str) and "@" in person:
        return person
    if person is not None and store.get("person", str(person)) is None:
        raise Refused(
            404, f"There is no person {person}: write an e-mail address or create them by POST /sandbox/people."
        )
    return None


def check_writes(store: Store, file: JSON, email: str | None, what: str, deed: str) -> None:
    """Refuse somebody to whom the file (`what` it is) has not been given as writer, and who so may not do the deed."""
    if access.role_of(store, file, email) < Role.WRITER:
        who = email or "Somebody who just has the link"
        raise Refused(403, f"{who} may not {deed}: {what} has not been shared with them as writer.")


def check_throws(store: Store, file: JSON, person: str | None, *, forever: bool) -> None:
    """Refuse somebody who may not throw the file away; without a person it is the administrator."""
    if person is None:
        return
    role = access.role_of(store, file, person)
    if not (access.may_delete(file, role) if forever else access.may_trash(file, role)):
        raise Refused(403, f"{person} may not throw this file away: that is for its owner or the drive's managers.")
