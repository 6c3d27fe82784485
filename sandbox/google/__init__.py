"""Google on loopback: token endpoint, Drive v3 and Sheets v4, as strict as the real ones in what the product uses."""

from datetime import datetime

from starlette.routing import BaseRoute

from sandbox.clock import Clock
from sandbox.google.accounts import authorized_user, service_account
from sandbox.google.drive import files
from sandbox.google.drive.methods import drive_routes
from sandbox.google.people import person_routes
from sandbox.google.sheets.methods import sheets_routes
from sandbox.google.tokens import token_route
from sandbox.store import Store


def routes(store: Store, clock: Clock) -> list[BaseRoute]:
    """The addresses below `/google`."""
    return [token_route(store), *drive_routes(store, clock), *sheets_routes(store, clock)]


def shared_folder(store: Store, now: datetime, name: str, members: dict[str, str]) -> str:
    """The id of a new folder in a Shared Drive of its own; `members` are the drive's, role by e-mail address."""
    with store.transaction():
        drive = files.new_drive(store, now, name, members)
        about = {"name": name, "mimeType": files.FOLDER, "parents": [drive["id"]], "driveId": drive["id"]}
        return str(files.new_file(store, now, next(iter(members)), about)["id"])


def personal_folder(store: Store, now: datetime, name: str, owner: str) -> str:
    """The id of a new folder in a person's My Drive."""
    about = {"name": name, "mimeType": files.FOLDER, "parents": [files.root_of(owner)], "owner": owner}
    with store.transaction():
        return str(files.new_file(store, now, owner, about)["id"])


__all__ = ["authorized_user", "person_routes", "personal_folder", "routes", "service_account", "shared_folder"]
