"""What people do with whole rows and columns: insert, delete, move, sort, hide and show them."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from pydantic import Field, model_validator
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google.json_object import JSON
from sandbox.google.people.editing import InTab, area_in, writing
from sandbox.google.sheets.a1 import Area, column_of
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import as_grid_range
from sandbox.google.sheets.updates import dimensions, sorting
from sandbox.person_side import Ask, Body, person_route
from sandbox.store import Store

RowNumber = Annotated[int, Field(ge=1)]
Letters = Annotated[str, Field(pattern="^[A-Za-z]{1,3}$")]
DEEDS = ("insert_before", "delete", "move", "hide", "show")


class Sort(Body):
    """Which rows, and by which column."""

    range: str
    column: Letters
    descending: bool = False


class Lines(InTab):
    """One thing done with `count` rows or columns from one on."""

    count: Annotated[int, Field(ge=1, le=1000)] = 1

    @model_validator(mode="after")
    def check(self) -> "Lines":
        """Exactly one thing, and with `move` the place before which."""
        deeds = [name for name in (*DEEDS, "sort") if getattr(self, name, None) is not None]
        if len(deeds) != 1:
            raise ValueError(f"give exactly one of {', '.join(DEEDS)} and sort")
        if (getattr(self, "to", None) is None) is (deeds == ["move"]):
            raise ValueError('"to" says before which line "move" puts them')
        return self


class Rows(Lines):
    """Rows are numbered as on the screen."""

    insert_before: RowNumber | None = None
    delete: RowNumber | None = None
    move: RowNumber | None = None
    to: RowNumber | None = None
    hide: RowNumber | None = None
    show: RowNumber | None = None
    sort: Sort | None = None


class Columns(Lines):
    """Columns are named by their letters."""

    insert_before: Letters | None = None
    delete: Letters | None = None
    move: Letters | None = None
    to: Letters | None = None
    hide: Letters | None = None
    show: Letters | None = None


def line_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    return [
        person_route(store, "POST", "/sheets/{id}/rows", partial(change_rows, store, clock)),
        person_route(store, "POST", "/sheets/{id}/columns", partial(change_columns, store, clock)),
    ]


def change_rows(store: Store, clock: Clock, ask: Ask) -> JSON:
    """One thing done with rows; the answer says how many there are."""
    given = ask.body(Rows)
    with writing(store, clock, ask, given) as (edit, tab):
        if given.sort is not None:
            _sort(edit, tab, given.sort)
        else:
            _change(edit, tab, given, "ROWS", lambda number: number - 1)
    return {"rows": tab.size[0]}


def change_columns(store: Store, clock: Clock, ask: Ask) -> JSON:
    """One thing done with columns; the answer says how many there are."""
    given = ask.body(Columns)
    with writing(store, clock, ask, given) as (edit, tab):
        _change(edit, tab, given, "COLUMNS", column_of)
    return {"columns": tab.size[1]}


def _change(edit: Edit, tab: Tab, given: Rows | Columns, dimension: str, index: Callable[..., int]) -> None:
    deed = next(name for name in DEEDS if getattr(given, name) is not None)
    first = index(getattr(given, deed))
    lines = {"sheetId": tab.id, "dimension": dimension, "startIndex": first, "endIndex": first + given.count}
    match deed:
        case "insert_before":
            dimensions.insert(edit, {"range": lines, "inheritFromBefore": first > 0})
        case "delete":
            dimensions.delete(edit, {"range": lines})
        case "move":
            dimensions.move(edit, {"source": lines, "destinationIndex": index(given.to)})
        case _:
            last = first + given.count
            edit.check_lines(tab, Area(first, 0, last, None) if dimension == "ROWS" else Area(0, first, None, last))
            properties = {"hiddenByUser": deed == "hide"}
            dimensions.update(edit, {"range": lines, "properties": properties, "fields": "hiddenByUser"})


def _sort(edit: Edit, tab: Tab, given: Sort) -> None:
    order = "DESCENDING" if given.descending else "ASCENDING"
    specs = [{"dimensionIndex": column_of(given.column), "sortOrder": order}]
    area = area_in(edit, tab, given.range)
    sorting.sort_range(edit, {"range": as_grid_range(tab, area), "sortSpecs": specs})
