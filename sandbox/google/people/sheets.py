"""The spreadsheets as people find them: listed, opened, thrown away."""

from functools import partial
from typing import Annotated

from pydantic import Field
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google.drive import files, files_api, listing
from sandbox.google.json_object import JSON
from sandbox.google.people import view
from sandbox.google.people.editing import file_of, opened
from sandbox.google.people.visitors import check_throws
from sandbox.person_side import Ask, Body, person_route
from sandbox.store import Store


class Lag(Body):
    """How far Drive's listings are behind."""

    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]


def sheet_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    return [
        person_route(store, "GET", "/sheets", partial(everything, store)),
        person_route(store, "POST", "/sheets/lag", partial(set_lag, store)),
        person_route(store, "GET", "/sheets/{id}", partial(show, store, clock)),
        person_route(store, "DELETE", "/sheets/{id}", partial(throw_away, store)),
    ]


def everything(store: Store, _: Ask) -> list[JSON]:
    """All spreadsheets, the oldest first."""
    sheets = (file for _, file in store.all("google_file") if file["mimeType"] == files.SPREADSHEET)
    return [view.card(store, file) for file in sheets]


def set_lag(store: Store, ask: Ask) -> JSON:
    """Let Drive's listings show changes only so many seconds later."""
    seconds = ask.body(Lag).seconds
    listing.set_lag(store, seconds)
    return {"seconds": seconds}


def show(store: Store, clock: Clock, ask: Ask) -> JSON:
    """A spreadsheet as the `person` of the query sees it."""
    return view.whole(store, opened(store, clock, ask, ask.query.get("person")))


def throw_away(store: Store, ask: Ask) -> JSON:
    """Put it into the trash, or with `forever=true` delete it; without a `person` the administrator does it."""
    file, forever = file_of(store, ask), ask.query.get("forever") == "true"
    check_throws(store, file, ask.query.get("person"), forever=forever)
    files_api.throw_away(store, file, forever=forever)
    return {"id": file["id"], "trashed": True, "deleted": forever}
