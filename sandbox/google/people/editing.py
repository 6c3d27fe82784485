"""Opening a spreadsheet for a person, with the right to change it, and keeping what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.clock import Clock
from sandbox.google.drive import access, files
from sandbox.google.errors import Invalid
from sandbox.google.json_object import JSON
from sandbox.google.people.visitors import Who, check_writes, email_of
from sandbox.google.sheets import book as books
from sandbox.google.sheets import protection
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import named
from sandbox.person_side import Ask, Body, Refused
from sandbox.store import Store


class InTab(Body):
    """Who does it, and in which tab; without one it is the first that is seen."""

    person: Who = None
    tab: str | None = None


def file_of(store: Store, ask: Ask) -> JSON:
    """The file of the spreadsheet in the path."""
    file = store.get("google_file", ask.path["id"])
    if file is None or file["mimeType"] != files.SPREADSHEET:
        raise Refused(404, f"There is no spreadsheet {ask.path['id']}: GET /sandbox/sheets lists them.")
    return file


def opened(store: Store, clock: Clock, ask: Ask, person: Who) -> Edit:
    """The spreadsheet as somebody opens it, whether or not they may change it."""
    file = file_of(store, ask)
    return Edit(books.load(store, file["id"]), file, email_of(store, person), clock.now())


@contextmanager
def writing(store: Store, clock: Clock, ask: Ask, given: InTab) -> Iterator[tuple[Edit, Tab]]:
    """The spreadsheet and the tab for somebody who may write there; what they did is kept in the end.

    Refused where they may not, and where Sheets does not take what they do.
    """
    edit = opened(store, clock, ask, given.person)
    check_writes(store, edit.file, edit.email, "it", "edit this spreadsheet")
    if access.is_trashed(store, edit.file):
        raise Refused(403, "The spreadsheet is in the trash: take it out before editing.")
    if access.is_read_only(edit.file):
        raise Refused(403, "The spreadsheet is locked: nobody can edit it.")
    tab = edit.book.first_visible() if given.tab is None else edit.book.tab_called(given.tab)
    if tab is None:
        titles = ", ".join(each.title for each in edit.book.tabs)
        raise Refused(404, f"There is no sheet {given.tab}: there are {titles}.")
    try:
        yield edit, tab
    except Invalid as invalid:
        raise Refused(403 if str(invalid) == protection.REFUSAL else 400, str(invalid)) from None
    books.save(store, edit.book)
    files.changed(store, edit.file, edit.now, edit.email)


def area_in(edit: Edit, tab: Tab, text: str) -> Area:
    """The cells of a tab that are named without its title, as B2:C5."""
    found, area = named(edit.book, text if "!" in text else f"'{tab.title.replace(chr(39), chr(39) * 2)}'!{text}")
    if found is not tab:
        raise Refused(400, f"{text} is not in the sheet {tab.title}.")
    return tab.within(area)
