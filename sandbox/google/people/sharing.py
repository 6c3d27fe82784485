"""What people do with what is theirs: make a spreadsheet or a folder, share it, take it back."""

from functools import partial
from typing import Annotated, Literal

from pydantic import Field
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google import accounts
from sandbox.google.drive import access, files
from sandbox.google.drive.access import Role
from sandbox.google.drive.permissions_api import link_permission
from sandbox.google.drive.views import link
from sandbox.google.json_object import JSON
from sandbox.google.sheets import book as books
from sandbox.person_side import Ask, Body, Refused, person_route
from sandbox.store import Store

Address = Annotated[str, Field(pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+")]


class New(Body):
    """Whose it is and what it is called; a spreadsheet also has a locale."""

    person: Address
    name: str
    locale: Literal["vi_VN", "en_GB", "en_US"] = "vi_VN"


class Share(Body):
    """Who shares it with whom (`email` null is whoever has the link), as what; `role` null takes it back."""

    person: Address
    email: Address | None = None
    role: Literal["reader", "commenter", "writer"] | None


class Stranger(Body):
    """An address without a Google account."""

    email: Address


def sharing_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    return [
        person_route(store, "POST", "/sheets", partial(make, store, clock, files.SPREADSHEET)),
        person_route(store, "POST", "/folders", partial(make, store, clock, files.FOLDER)),
        person_route(store, "POST", "/sheets/{id}/share", partial(share, store)),
        person_route(store, "POST", "/folders/{id}/share", partial(share, store)),
        person_route(store, "POST", "/strangers", partial(make_stranger, store)),
    ]


def make(store: Store, clock: Clock, kind: str, ask: Ask) -> JSON:
    """Something new in the person's My Drive."""
    given = ask.body(New)
    about = {"name": given.name, "mimeType": kind, "parents": [files.root_of(given.person)], "owner": given.person}
    file = files.new_file(store, clock.now(), given.person, about)
    if kind == files.SPREADSHEET:
        books.save(store, books.new_book(file["id"], given.locale, "Asia/Ho_Chi_Minh"))
    return {"id": file["id"], "name": file["name"], "url": link(file)}


def share(store: Store, ask: Ask) -> JSON:
    """Share it or take it back; the answer says with whom it is shared now."""
    given, file = ask.body(Share), store.get("google_file", ask.path["id"])
    if file is None:
        raise Refused(404, f"There is nothing with the id {ask.path['id']}.")
    if access.role_of(store, file, given.person) < Role.WRITER:
        raise Refused(403, f"{given.person} may not share this: that is for its writers.")
    role = given.role or ""
    new = link_permission(role) if given.email is None else files.user_permission(given.email, role)
    if any(each["id"] == new["id"] and each["role"] == "owner" for each in file["permissions"]):
        raise Refused(409, f"{given.email} owns this and has every right already.")
    others = [each for each in file["permissions"] if each["id"] != new["id"]]
    file["permissions"] = [*others, new] if role else others
    store.put("google_file", file["id"], file)
    return {"shared": access.summary(store, file)}


def make_stranger(store: Store, ask: Ask) -> JSON:
    """Let an address have no Google account: files can be shared with it only by a letter from Google."""
    email = ask.body(Stranger).email
    accounts.forget(store, email)
    return {"email": email}
