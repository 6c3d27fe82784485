"""What people do with spreadsheets in their browser: type, insert and sort rows, rename tabs, delete."""

from functools import partial
from typing import Annotated

from pydantic import Field, FiniteFloat, StrictBool
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google import people_view
from sandbox.google.drive import access, files, files_api, listing
from sandbox.google.drive.access import Role
from sandbox.google.errors import Invalid
from sandbox.google.formulas.evaluation import Place
from sandbox.google.json_object import JSON
from sandbox.google.sheets import book as books
from sandbox.google.sheets import protection
from sandbox.google.sheets.a1 import column_of, read_reference
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.computed import evaluation
from sandbox.google.sheets.display import number_format
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.entering import Entry
from sandbox.google.sheets.ranges import as_grid_range, named
from sandbox.google.sheets.updates import dimensions, sorting, tabs
from sandbox.google.sheets.validation import Validator
from sandbox.person_side import Ask, Body, Refused, person_route
from sandbox.store import Store

Who = int | str | None
"""An e-mail address; a person's id or null is somebody who just has the link."""
Typed = StrictBool | FiniteFloat | str | None
"""What is typed into a cell; null empties it."""


class Cells(Body):
    """What somebody types, by cell."""

    person: Who = None
    tab: str | None = None
    cells: Annotated[dict[str, Typed], Field(min_length=1)]


class Sort(Body):
    """Which rows, and by which column."""

    range: str
    column: Annotated[str, Field(pattern="^[A-Za-z]{1,3}$")]
    descending: bool = False


class Rows(Body):
    """One thing done with rows, which are numbered as on the screen."""

    person: Who = None
    tab: str | None = None
    insert_before: Annotated[int | None, Field(ge=1)] = None
    delete: Annotated[int | None, Field(ge=1)] = None
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    sort: Sort | None = None


class Rename(Body):
    """Another title for a tab."""

    person: Who = None
    tab: str | None = None
    title: str


class Lag(Body):
    """How far Drive's listings are behind."""

    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]


def person_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    return [
        person_route(store, "GET", "/sheets", partial(everything, store)),
        person_route(store, "POST", "/sheets/lag", partial(set_lag, store)),
        person_route(store, "GET", "/sheets/{id}", partial(show, store, clock)),
        person_route(store, "DELETE", "/sheets/{id}", partial(throw_away, store)),
        person_route(store, "POST", "/sheets/{id}/cells", partial(type_cells, store, clock)),
        person_route(store, "POST", "/sheets/{id}/rows", partial(change_rows, store, clock)),
        person_route(store, "POST", "/sheets/{id}/tabs", partial(rename_tab, store, clock)),
    ]


def everything(store: Store, _: Ask) -> list[JSON]:
    """All spreadsheets, the oldest first."""
    sheets = (file for _, file in store.all("google_file") if file["mimeType"] == files.SPREADSHEET)
    return [people_view.card(file) for file in sheets]


def set_lag(store: Store, ask: Ask) -> JSON:
    """Let Drive's listings show changes only so many seconds later."""
    seconds = ask.body(Lag).seconds
    listing.set_lag(store, seconds)
    return {"seconds": seconds}


def show(store: Store, clock: Clock, ask: Ask) -> JSON:
    """A spreadsheet as the `person` of the query sees it."""
    return people_view.whole(store, _edit(store, clock, ask, ask.query.get("person")))


def throw_away(store: Store, ask: Ask) -> JSON:
    """Put it into the trash, or with `forever=true` delete it; without a `person` the administrator does it."""
    file, person = _file(store, ask), ask.query.get("person")
    forever = ask.query.get("forever") == "true"
    if person is not None:
        role = access.role_of(store, file, person)
        if not (access.may_delete(file, role) if forever else access.may_trash(file, role)):
            raise Refused(403, f"{person} may not throw this file away: that is for its owner or the drive's managers.")
    if forever:
        files_api.remove(store, file)
    else:
        store.put("google_file", file["id"], file | {"trashed": True})
    return {"id": file["id"], "trashed": True, "deleted": forever}


def type_cells(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Type into cells, all or none; the answer says what the cells show now."""
    given = ask.body(Cells)
    edit, tab = _writing(store, clock, ask, given.person, given.tab)
    places = {name: _place(tab, name) for name in given.cells}
    for name, typed in given.cells.items():
        _type(edit, tab, name, places[name], typed)
    values = evaluation(edit.book)
    validator = Validator(edit, values)
    for name, place in places.items():
        _check_rule(tab, validator, name, place)
    _keep(store, edit)
    return {"cells": {name: people_view.cell(edit.book, tab, values, place[1:]) for name, place in places.items()}}


def _place(tab: Tab, name: str) -> Place:
    reference = read_reference(name)
    if reference is None or reference.tab or reference.last or None in (reference.first.row, reference.first.column):
        raise Refused(400, f"{name} is not a cell; write it as D7, and the sheet's title as tab.")
    area = reference.area
    if area.top >= tab.size[0] or area.left >= tab.size[1]:
        raise Refused(400, f"{name} lies outside of the sheet {tab.title}.")
    return Place(tab.id, area.top, area.left)


def _type(edit: Edit, tab: Tab, name: str, place: Place, typed: Typed) -> None:
    if protection.guards(tab, place.row, place.column, edit.email, edit.owner):
        raise Refused(403, f"{name} is protected: only its editors can change it.")
    try:
        edit.enter(tab, place.row, place.column, _entry(edit, tab, place, typed))
    except Invalid as invalid:
        raise Refused(400, f"{name}: {invalid}") from None


def _entry(edit: Edit, tab: Tab, place: Place, typed: Typed) -> Entry:
    match typed:
        case None:
            return Entry(None)
        case bool():
            return Entry({"boolValue": typed})
        case str():
            return edit.typed(tab, place.row, place.column, typed)
    return Entry({"numberValue": typed})


def _check_rule(tab: Tab, validator: Validator, name: str, place: Place) -> None:
    data = tab.cell(place.row, place.column)
    given = data.get("dataValidation")
    if given and given.get("strict") and not validator.accepts(given, place, number_format(data)):
        rule = people_view.rule(data) or {}
        wanted = rule["message"] or f"{rule['type']} {', '.join(rule['values'])}".strip()
        raise Refused(422, f"{name} does not take this: the rule of the cell is {wanted}.")


def change_rows(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Insert rows before one, delete rows from one on, or sort some."""
    given = ask.body(Rows)
    edit, tab = _writing(store, clock, ask, given.person, given.tab)
    if sum(each is not None for each in (given.insert_before, given.delete, given.sort)) != 1:
        raise Refused(400, "Give exactly one of insert_before, delete and sort.")
    first = (given.insert_before or given.delete or 1) - 1
    lines = {"sheetId": tab.id, "dimension": "ROWS", "startIndex": first, "endIndex": first + given.count}
    try:
        if given.sort is not None:
            _sort(edit, tab, given.sort)
        elif given.delete is not None:
            dimensions.delete(edit, {"range": lines})
        else:
            dimensions.insert(edit, {"range": lines, "inheritFromBefore": first > 0})
    except Invalid as invalid:
        raise Refused(403 if str(invalid) == protection.REFUSAL else 400, str(invalid)) from None
    _keep(store, edit)
    return {"rows": tab.size[0]}


def _sort(edit: Edit, tab: Tab, given: Sort) -> None:
    _, area = named(edit.book, given.range)
    order = "DESCENDING" if given.descending else "ASCENDING"
    specs = [{"dimensionIndex": column_of(given.column), "sortOrder": order}]
    sorting.sort_range(edit, {"range": as_grid_range(tab, tab.within(area)), "sortSpecs": specs})


def rename_tab(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Give a tab another title."""
    given = ask.body(Rename)
    edit, tab = _writing(store, clock, ask, given.person, given.tab)
    try:
        tabs.rename(edit.book, tab, given.title)
    except Invalid as invalid:
        raise Refused(400, str(invalid)) from None
    _keep(store, edit)
    return {"id": tab.id, "title": tab.title}


def _file(store: Store, ask: Ask) -> JSON:
    file = store.get("google_file", ask.path["id"])
    if file is None or file["mimeType"] != files.SPREADSHEET:
        raise Refused(404, f"There is no spreadsheet {ask.path['id']}: GET /sandbox/sheets lists them.")
    return file


def _edit(store: Store, clock: Clock, ask: Ask, person: Who) -> Edit:
    file = _file(store, ask)
    email = person if isinstance(person, str) and "@" in person else None
    if person is not None and email is None and store.get("person", str(person)) is None:
        raise Refused(
            404, f"There is no person {person}: write an e-mail address or create them by POST /sandbox/people."
        )
    return Edit(books.load(store, file["id"]), file, email, clock.now())


def _writing(store: Store, clock: Clock, ask: Ask, person: Who, title: str | None) -> tuple[Edit, Tab]:
    """The spreadsheet and the tab for somebody who may write there."""
    edit = _edit(store, clock, ask, person)
    who = edit.email or "Somebody who just has the link"
    if access.role_of(store, edit.file, edit.email) < Role.WRITER:
        raise Refused(403, f"{who} may not edit this spreadsheet: it has not been shared with them as writer.")
    if edit.file["trashed"]:
        raise Refused(403, "The spreadsheet is in the trash: take it out before editing.")
    if access.is_read_only(edit.file):
        raise Refused(403, "The spreadsheet is locked: nobody can edit it.")
    tab = edit.book.first_visible() if title is None else edit.book.tab_called(title)
    if tab is None:
        raise Refused(404, f"There is no sheet {title}: there are {', '.join(each.title for each in edit.book.tabs)}.")
    return edit, tab


def _keep(store: Store, edit: Edit) -> None:
    books.save(store, edit.book)
    files.changed(store, edit.file, edit.now, edit.email)
