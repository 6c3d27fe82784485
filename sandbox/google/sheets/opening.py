"""Finding the spreadsheet that a request names, with the right to do what it asks, and keeping what became of it."""

from sandbox.google.calls import Call
from sandbox.google.drive import access, files
from sandbox.google.drive.access import Role
from sandbox.google.errors import GoogleError, forbidden
from sandbox.google.json_object import JSON
from sandbox.google.sheets import book
from sandbox.google.sheets.edit import Edit

EVERY_SHEET = frozenset({"spreadsheets", "spreadsheets.readonly", "drive", "drive.readonly"})
"""Scopes that reach every spreadsheet of the caller."""


def opened(call: Call, needs: Role = Role.READER) -> Edit:
    """The spreadsheet. Unlike Drive, Sheets tells one that is not there (404) from one that is closed (403)."""
    file = call.store.get("google_file", call.path["id"])
    if file is None or not access.reaches(call.caller, file, EVERY_SHEET):
        raise GoogleError(404, "Requested entity was not found.", "notFound")
    if access.role_of(call.store, file, call.caller.email) < needs:
        raise forbidden()
    if needs >= Role.WRITER and access.is_read_only(file):
        raise forbidden()
    return Edit(_book(call, file), file, call.caller.email, call.now)


def _book(call: Call, file: JSON) -> book.Book:
    try:
        return book.load(call.store, file["id"])
    except KeyError:
        raise GoogleError(400, "This operation is not supported for this document", "failedPrecondition") from None


def keep(call: Call, edit: Edit) -> None:
    """Store the changed spreadsheet, and note on its file who changed it when."""
    book.save(call.store, edit.book)
    files.changed(call.store, edit.file, call.now, edit.email)
