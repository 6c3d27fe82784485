"""What people type into cells."""

from functools import partial
from typing import Annotated

from pydantic import Field, FiniteFloat, StrictBool
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google.errors import Invalid
from sandbox.google.formulas.evaluation import Place
from sandbox.google.json_object import JSON
from sandbox.google.people import view
from sandbox.google.people.editing import InTab, writing
from sandbox.google.sheets import protection
from sandbox.google.sheets.a1 import read_reference
from sandbox.google.sheets.book import FORMAT, Tab
from sandbox.google.sheets.computed import evaluation
from sandbox.google.sheets.display import number_format
from sandbox.google.sheets.edit import Edit, check_format
from sandbox.google.sheets.entering import Entry
from sandbox.google.sheets.validation import Validator
from sandbox.person_side import Ask, Body, Refused, person_route
from sandbox.store import Store

Typed = StrictBool | FiniteFloat | str | None
"""What is typed into a cell; null empties it, a truth value ticks or unticks a box."""


class NumberFormat(Body):
    """A number format as the API has it."""

    type: str
    pattern: str = ""


class Cells(InTab):
    """What somebody types, by cell; a `format` comes along where it is pasted from another program."""

    cells: Annotated[dict[str, Typed], Field(min_length=1)]
    format: NumberFormat | None = None


def cell_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    return [person_route(store, "POST", "/sheets/{id}/cells", partial(type_cells, store, clock))]


def type_cells(store: Store, clock: Clock, ask: Ask) -> JSON:
    """Type into cells, all or none; the answer says what the cells show now."""
    given = ask.body(Cells)
    with writing(store, clock, ask, given) as (edit, tab):
        places = {name: _place(tab, name) for name in given.cells}
        for name, typed in given.cells.items():
            _type(edit, tab, name, places[name], typed)
        if given.format is not None:
            _dress(tab, list(places.values()), given.format)
        values = evaluation(edit.book)
        validator = Validator(edit, values)
        for name, place in places.items():
            _check_rule(tab, validator, name, place)
    return {"cells": {name: view.cell(edit.book, tab, values, place[1:]) for name, place in places.items()}}


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


def _dress(tab: Tab, places: list[Place], given: NumberFormat) -> None:
    look = {"numberFormat": given.model_dump()}
    check_format(look)
    for place in places:
        data = tab.cell(place.row, place.column)
        tab.put(place.row, place.column, data | {FORMAT: data.get(FORMAT, {}) | look})


def _check_rule(tab: Tab, validator: Validator, name: str, place: Place) -> None:
    data = tab.cell(place.row, place.column)
    given = data.get("dataValidation")
    if given and given.get("strict") and not validator.accepts(given, place, number_format(data)):
        rule = view.rule(data) or {}
        wanted = rule["message"] or f"{rule['type']} {', '.join(rule['values'])}".strip()
        raise Refused(422, f"{name} does not take this: the rule of the cell is {wanted}.")
