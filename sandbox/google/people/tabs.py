"""What people do with whole tabs: rename, add, duplicate and delete them."""

from functools import partial
from typing import Any

from pydantic import model_validator
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google.json_object import JSON
from sandbox.google.people.editing import InTab, writing
from sandbox.google.sheets.updates import tabs
from sandbox.person_side import Ask, person_route
from sandbox.store import Store


class Tabs(InTab):
    """One of these: another `title` for the tab, a new tab to `add`, a `duplicate` of the tab, or `delete` it.

    Each but the last is the title.
    """

    title: str | None = None
    add: str | None = None
    duplicate: str | None = None
    delete: bool | None = None

    @model_validator(mode="after")
    def check(self) -> "Tabs":
        """Exactly one of them."""
        if [self.title, self.add, self.duplicate, self.delete or None].count(None) != 3:  # noqa: PLR2004 - of the four
            raise ValueError("give exactly one of title, add, duplicate and delete")
        return self


def tab_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    return [person_route(store, "POST", "/sheets/{id}/tabs", partial(change_tabs, store, clock))]


def change_tabs(store: Store, clock: Clock, ask: Ask) -> JSON:
    """One thing done with a tab; the answer says which it is now."""
    given = ask.body(Tabs)
    with writing(store, clock, ask, given) as (edit, tab):
        if given.title is not None:
            tabs.rename(edit.book, tab, given.title)
        elif given.add is not None:
            return _told(tabs.add(edit, {"properties": {"title": given.add}})["properties"])
        elif given.duplicate is not None:
            index = edit.book.tabs.index(tab) + 1
            request = {"sourceSheetId": tab.id, "newSheetName": given.duplicate, "insertSheetIndex": index}
            return _told(tabs.duplicate(edit, request)["properties"])
        else:
            tabs.delete(edit, {"sheetId": tab.id})
    return _told(tab.properties)


def _told(properties: Any) -> JSON:  # noqa: ANN401 - any JSON value
    return {"id": properties["sheetId"], "title": properties["title"]}
