"""Making a form: a folder of the unit with the sheet in it, or tabs in a sheet that people made and registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from campaign.ports import FormError, FormOrder, IssuedForm
from forms.dialect import GOOGLE
from forms.google.client import Client
from forms.google.drive import FOLDER, KEY, KIND, REGISTERED, SPREADSHEET, Item, create_once, find, mark, marks_on
from forms.google.pace import Now
from forms.google.rights import Sharing, share, share_if_closed
from forms.google.write import alone, requests
from forms.layout import lay_out
from forms.sheet import FORM, Book

_FIRST_TAB = 0  # the id of the one tab of a spreadsheet that Drive just made


@dataclass(frozen=True, slots=True)
class Issuer:
    """How forms are made: in which folder, for whom, and which accounts may change what is protected."""

    folder_id: str | None
    sharing: Sharing
    accounts: Sequence[str]
    now: Now

    def issue(self, client: Client, order: FormOrder) -> IssuedForm:
        """Make, fill and share the form of the order; what an earlier call has done stays as it is.

        Seven requests: one write of Sheets, and six of Drive (look for the folder, make it, make the sheet, look after
        each whether another process made it too, share), and one more for each further e-mail address. Where an earlier
        call broke off, at most two more (look for the sheet, see whether it is filled). A registered sheet takes up to
        five (one read, one write; mark, see rights, share).
        """
        book = lay_out(order, GOOGLE)
        return self._registered(client, order, book) if order.file_id else self._made(client, order, book)

    def _made(self, client: Client, order: FormOrder, book: Book) -> IssuedForm:
        if self.folder_id is None:
            raise FormError("no_folder", retry=False, detail="forms can be made in a folder only")
        folder, is_new = find(client, FOLDER, order.key, self.folder_id), False
        if folder is None:
            folder, is_new = create_once(client, FOLDER, order.key, book.name, self.folder_id)
        sheet = None if is_new else find(client, SPREADSHEET, order.key, folder.id)
        began, is_new = self.now(), False
        if sheet is None:
            sheet, is_new = create_once(client, SPREADSHEET, order.key, book.name, folder.id)
        self._fill(client, sheet, book, {_FIRST_TAB: ""} if is_new else _tabs(client, sheet.id)[1])
        # By Google's clock at the latest now; nobody else could write yet. What was made before may have been changed.
        filled_at = sheet.made_at + (self.now() - began) if is_new else None
        share(client, folder.id, self.sharing, order.share_with)  # last: nobody sees a form that is not ready
        return _issued(sheet, folder, filled_at)

    def _fill(self, client: Client, sheet: Item, book: Book, tabs: Mapping[int, str]) -> None:
        """Draw the form, unless it is there; another process may be about it at the same time."""
        if FORM in tabs:
            return
        try:
            emptied = alone(_FIRST_TAB) if _FIRST_TAB in tabs else []
            _update(client, sheet.id, [*requests(book, self.accounts), *emptied])
        except FormError as error:
            if error.reason != "unexpected" or FORM not in _tabs(client, sheet.id)[1]:
                raise

    def _registered(self, client: Client, order: FormOrder, book: Book) -> IssuedForm:
        """Add our tabs behind theirs. The spreadsheet's locale becomes ours, for the formulas need it."""
        url, tabs = _tabs(client, order.file_id)
        is_new = FORM not in tabs
        if is_new:
            _update(client, order.file_id, requests(_with_free_titles(book, tabs), self.accounts))
        else:
            _check_key(client, order)
        changed_at = mark(client, order.file_id, {KIND: REGISTERED, KEY: order.key})
        share_if_closed(client, order.file_id, self.sharing, order.share_with, self.accounts)
        return IssuedForm(order.file_id, url, at=changed_at if is_new else None)


def _check_key(client: Client, order: FormOrder) -> None:
    """Refuse a sheet with another form in it, such as last year's: people's answers are not written over."""
    key = marks_on(client, order.file_id).get(KEY, order.key)
    if key != order.key:
        raise FormError("taken", retry=False, detail=f"the sheet holds the form {key}")


def _issued(sheet: Item, folder: Item, at: datetime | None) -> IssuedForm:
    return IssuedForm(file_id=sheet.id, url=sheet.url, folder_id=folder.id, folder_url=folder.url, at=at)


def _tabs(client: Client, file_id: str) -> tuple[str, Mapping[int, str]]:
    """Where a person opens the spreadsheet, and the titles of its tabs by id.

    A form is drawn in one request, so that it is there as a whole or not at all.
    """
    answer = client.ask("get", SPREADSHEET_URL % file_id, {"fields": "spreadsheetUrl,sheets.properties(sheetId,title)"})
    # The id 0 is the default, which the service leaves out of some answers.
    tabs = {each["properties"].get("sheetId", 0): str(each["properties"]["title"]) for each in answer["sheets"]}
    return str(answer["spreadsheetUrl"]), tabs


def _update(client: Client, file_id: str, batch: Sequence[Mapping[str, Any]]) -> None:
    client.ask("post", SPREADSHEET_BATCH_UPDATE_URL % file_id, {"fields": "spreadsheetId"}, {"requests": batch})


def _with_free_titles(book: Book, taken: Mapping[int, str]) -> Book:
    titles = {title.casefold() for title in taken.values()}
    return replace(book, tabs=tuple(replace(tab, title=_free(tab.title, titles)) for tab in book.tabs))


def _free(title: str, taken: set[str]) -> str:
    number, free = 1, title
    while free.casefold() in taken:
        number += 1
        free = f"{title} ({number})"
    return free
