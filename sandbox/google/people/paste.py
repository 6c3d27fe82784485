"""What people do with ranges of cells: copy and paste them, merge them, take them apart."""

import copy
from functools import partial
from typing import Literal

from pydantic import Field, model_validator
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google.formulas.evaluation import Formula, Place
from sandbox.google.json_object import JSON
from sandbox.google.people.editing import InTab, area_in, writing
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import FORMAT, Tab
from sandbox.google.sheets.computed import content, evaluation, extended
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import as_grid_range, outside
from sandbox.google.sheets.updates import cells, looks
from sandbox.person_side import Ask, Refused, person_route
from sandbox.store import Store


class Paste(InTab):
    """A range (maybe of another tab) that is copied to where its upper left corner comes to lie."""

    copied: str = Field(alias="from")
    from_tab: str | None = None
    to: str
    what: Literal["all", "values", "format"] = "all"


class Merges(InTab):
    """A range that becomes one cell, or merged cells that are taken apart."""

    merge: str | None = None
    unmerge: str | None = None

    @model_validator(mode="after")
    def check(self) -> "Merges":
        """Exactly one of the two."""
        if (self.merge is None) == (self.unmerge is None):
            raise ValueError('give "merge" or "unmerge", and not both')
        return self


def paste_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    return [
        person_route(store, "POST", "/sheets/{id}/paste", partial(paste, store, clock)),
        person_route(store, "POST", "/sheets/{id}/merges", partial(change_merges, store, clock)),
    ]


def change_merges(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Merge cells or take them apart; the answer is the range."""
    given = ask.body(Merges)
    with writing(store, clock, ask, given) as (edit, tab):
        area = area_in(edit, tab, given.merge or given.unmerge or "")
        request = {"range": as_grid_range(tab, area)}
        (looks.unmerge if given.merge is None else looks.merge)(edit, request)
    return {"range": given.merge or given.unmerge}


def paste(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Paste what was copied; formulas move along, and rules are pasted over rules, as in the browser."""
    given = ask.body(Paste)
    with writing(store, clock, ask, given) as (edit, tab):
        source = tab if given.from_tab is None else edit.book.tab_called(given.from_tab)
        if source is None:
            raise Refused(404, f"There is no sheet {given.from_tab}.")
        copied = area_in(edit, source, given.copied)
        corner = area_in(edit, tab, given.to)
        height, width = (copied.bottom or 0) - copied.top, (copied.right or 0) - copied.left
        target = Area(corner.top, corner.left, corner.top + height, corner.left + width)
        if tab.within(target) != target:
            raise outside(tab, target)
        edit.check_cells(tab, target)
        for at, data in _taken(edit, source, copied, given.what).items():
            row, column = at[0] + target.top, at[1] + target.left
            tab.put(row, column, _over(tab.cell(row, column), _moved(edit, data, copied, target), given.what))
    return {"cells": height * width}


def _taken(edit: Edit, source: Tab, area: Area, what: str) -> dict[tuple[int, int], JSON]:
    """Copies of the cells by their place in the range."""
    values = evaluation(edit.book)
    found = {}
    for row in range(area.top, area.bottom or 0):
        for column in range(area.left, area.right or 0):
            data = copy.deepcopy(source.cell(row, column))
            if what == "values" and isinstance(content(data), Formula):
                data["userEnteredValue"] = extended(values.value(Place(source.id, row, column))) or {}
            found[row - area.top, column - area.left] = data
    return found


def _moved(edit: Edit, data: JSON, source: Area, target: Area) -> JSON:
    return cells.moved(data, edit.book.locale, target.top - source.top, target.left - source.left)


def _over(old: JSON, new: JSON, what: str) -> JSON:
    """What a cell becomes when another one is pasted over it."""
    if what == "all":
        return new
    part = FORMAT if what == "format" else "userEnteredValue"
    kept = {name: value for name, value in old.items() if name != part}
    return kept | ({part: new[part]} if new.get(part) else {})
