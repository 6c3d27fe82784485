"""spreadsheets.create, get, getByDataFilter and batchUpdate."""

from sandbox.google.accounts import is_service_account
from sandbox.google.calls import Call
from sandbox.google.drive import files
from sandbox.google.drive.access import Role
from sandbox.google.errors import Invalid, forbidden, not_stood_in
from sandbox.google.json_object import JSON
from sandbox.google.masks import Mask, below
from sandbox.google.sheets import book as books
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Book, Tab
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.opening import keep, opened
from sandbox.google.sheets.ranges import grid_range, named
from sandbox.google.sheets.schema import check
from sandbox.google.sheets.updates import apply_all, tabs
from sandbox.google.sheets.views import spreadsheet_view

CREATABLE = {"title", "locale", "timeZone", "autoRecalc"}


def create(call: Call) -> JSON:
    """A new spreadsheet in the caller's own My Drive; programs have none."""
    check(call.body, "Spreadsheet")
    if is_service_account(call.caller.email):
        raise forbidden()
    given = call.body.get("properties", {})
    _check_creatable(call.body, given)
    about = {
        "name": given.get("title", "Untitled spreadsheet"),
        "mimeType": files.SPREADSHEET,
        "parents": [files.root_of(call.caller.email)],
        "owner": call.caller.email,
        "project": call.caller.project,
    }
    file = files.new_file(call.store, call.now, call.caller.email, about)
    book = books.new_book(file["id"], given.get("locale", "en_US"), given.get("timeZone", "Etc/GMT"))
    if call.body.get("sheets"):
        book.tabs = []
        for sheet in call.body["sheets"]:
            book.tabs.append(tabs.made(book, sheet.get("properties", {})))
    books.save(call.store, book)
    return spreadsheet_view(Edit(book, file, call.caller.email, call.now), {}, [], grid_data=False)


def _check_creatable(body: JSON, given: JSON) -> None:
    for name in ("locale", "timeZone"):
        if name in given:
            tabs.check_property(name, given[name])
    extra = {*(body.keys() - {"properties", "sheets"}), *(given.keys() - CREATABLE)}
    extra |= {name for sheet in body.get("sheets", []) for name in sheet if name != "properties"}
    if extra:
        raise Invalid(f"The sandbox does not create spreadsheets with {', '.join(sorted(extra))}.")


def get(call: Call) -> JSON:
    """A spreadsheet, with its cells where includeGridData or the mask asks for them."""
    edit = opened(call)
    areas = _named(edit.book, call.query.getlist("ranges"))
    return spreadsheet_view(edit, call.mask, areas, grid_data=call.flag("includeGridData"))


def get_by_data_filter(call: Call) -> JSON:
    """The same, of what the filters select: a part of a tab by its number, or in A1 notation."""
    check(call.body, "GetSpreadsheetByDataFilterRequest")
    edit = opened(call)
    areas = [_selected(edit.book, each) for each in call.body.get("dataFilters", [])]
    return spreadsheet_view(edit, call.mask, areas, grid_data=bool(call.body.get("includeGridData")))


def _selected(book: Book, data_filter: JSON) -> tuple[Tab, Area]:
    match data_filter:
        case {"gridRange": given}:
            return grid_range(book, given)
        case {"a1Range": text}:
            return named(book, text)
    raise not_stood_in("data filters without a range")


def _named(book: Book, texts: list[str]) -> list[tuple[Tab, Area]]:
    return [named(book, text) for text in texts]


def batch_update(call: Call) -> JSON:
    """Apply requests, all or none."""
    body = call.body
    check(body, "BatchUpdateSpreadsheetRequest")
    edit = opened(call, Role.WRITER)
    replies = apply_all(edit, body.get("requests", []))
    keep(call, edit)
    answer: JSON = {"spreadsheetId": edit.book.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        mask: Mask = below(call.mask, "updatedSpreadsheet") or {}
        grid_data = bool(body.get("responseIncludeGridData"))
        view = spreadsheet_view(edit, mask, _named(edit.book, body.get("responseRanges", [])), grid_data=grid_data)
        answer["updatedSpreadsheet"] = view
    return answer
