"""What people do with folders in their browser: look into one, put files into it, rename them, throw them away."""

from functools import partial

from starlette.routing import Route

from sandbox.body import File
from sandbox.clock import Clock
from sandbox.google.drive import access, contents, files, files_api
from sandbox.google.drive.views import link
from sandbox.google.json_object import JSON
from sandbox.google.people.visitors import Who, check_throws, check_writes, email_of
from sandbox.person_side import Ask, Body, Refused, person_route
from sandbox.store import Store

STRANGER = "stranger@sandbox.example"
"""Whoever just has the link still needs an account to put something into a folder; its address is nobody's business."""


class Deed(Body):
    """Who does it."""

    person: Who = None


class Rename(Deed):
    """Another name for a file."""

    name: str


def folder_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    one = "/folders/{id}/files/{file}"
    return [
        person_route(store, "GET", "/folders/{id}", partial(show, store)),
        person_route(store, "POST", "/folders/{id}/files", partial(put, store, clock)),
        person_route(store, "POST", one, partial(rename, store, clock)),
        person_route(store, "POST", one + "/content", partial(replace, store, clock)),
        person_route(store, "DELETE", one, partial(throw_away, store)),
    ]


def show(store: Store, ask: Ask) -> JSON:
    """A folder with what lies in it, as the `person` of the query sees it; without one, as the administrator does."""
    folder, person = _folder(store, ask), ask.query.get("person")
    if person is not None and access.role_of(store, folder, email_of(store, person)) < access.Role.READER:
        raise Refused(403, f"{person} may not look into this folder: it has not been shared with them.")
    inside = [file for _, file in store.all("google_file") if folder["id"] in file["parents"]]
    return {
        **_card(store, folder),
        "shared": access.summary(store, folder),
        "files": [_card(store, file) for file in inside],
    }


def _card(store: Store, file: JSON) -> JSON:
    told: JSON = {name: file[name] for name in ("id", "name", "mimeType", "size", "sha256Checksum") if name in file}
    trashed = access.is_trashed(store, file)
    return {**told, "url": link(file), "modified": file["modifiedTime"], "trashed": trashed}


def put(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Put a file into a folder; the answer is its card."""
    who = email_of(store, ask.body(Deed).person)
    folder = _folder(store, ask)
    check_writes(store, folder, who, "the folder", "put files here")
    if access.is_trashed(store, folder):
        raise Refused(403, "The folder is in the trash: take it out before putting something into it.")
    return _card(store, contents.put(store, clock.now(), who or STRANGER, folder, _upload(ask)))


def replace(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Put other bytes into a file that is there already."""
    who, file = _writing(store, ask, ask.body(Deed).person)
    if not contents.is_binary(file):
        raise Refused(400, f"{file['name']} is no file with bytes of its own.")
    return _card(store, contents.replace(store, clock.now(), who, file, _upload(ask)))


def _upload(ask: Ask) -> File:
    if list(ask.files) != ["file"]:
        raise Refused(400, 'Send exactly one file, as the field "file" of a multipart form.')
    return ask.files["file"]


def rename(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Give a file another name."""
    given = ask.body(Rename)
    who, file = _writing(store, ask, given.person)
    file["name"] = given.name
    files.changed(store, file, clock.now(), who)
    return _card(store, file)


def _writing(store: Store, ask: Ask, person: Who) -> tuple[str, JSON]:
    who, file = email_of(store, person), _inside(store, ask)
    check_writes(store, file, who, "the file", "change this file")
    return who or STRANGER, file


def throw_away(store: Store, ask: Ask) -> JSON:
    """Put a file into the trash, or with `forever=true` delete it; without a `person` the administrator does it."""
    file, forever = _inside(store, ask), ask.query.get("forever") == "true"
    check_throws(store, file, ask.query.get("person"), forever=forever)
    files_api.throw_away(store, file, forever=forever)
    return {"id": file["id"], "trashed": True, "deleted": forever}


def _folder(store: Store, ask: Ask) -> JSON:
    folder = store.get("google_file", ask.path["id"])
    if folder is None or folder["mimeType"] != files.FOLDER:
        raise Refused(404, f"There is no folder {ask.path['id']}.")
    return folder


def _inside(store: Store, ask: Ask) -> JSON:
    folder, file = _folder(store, ask), store.get("google_file", ask.path["file"])
    if file is None or folder["id"] not in file["parents"]:
        raise Refused(404, f"There is no file {ask.path['file']} in this folder: GET /sandbox/folders/… lists them.")
    return file
