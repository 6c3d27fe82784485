"""A spreadsheet as a person sees it on the screen."""

from sandbox.google.drive import access
from sandbox.google.drive.access import Role
from sandbox.google.drive.views import link
from sandbox.google.formulas.evaluation import Evaluation, Place
from sandbox.google.formulas.values import Failure
from sandbox.google.json_object import JSON
from sandbox.google.sheets import protection
from sandbox.google.sheets.a1 import cell_name, letters_of, range_name
from sandbox.google.sheets.book import Book, Tab
from sandbox.google.sheets.computed import evaluation, plain_number
from sandbox.google.sheets.display import displayed, number_format
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import open_area
from sandbox.google.sheets.updates.highlights import lit
from sandbox.google.sheets.validation import Validator
from sandbox.store import Store


def card(store: Store, file: JSON) -> JSON:
    """What a list of spreadsheets says of one."""
    return {
        "id": file["id"],
        "name": file["name"],
        "url": link(file),
        "modified": file["modifiedTime"],
        "modified_by": file["lastModifyingUser"],
        "trashed": access.is_trashed(store, file),
        "locked": access.is_read_only(file),
    }


def whole(store: Store, edit: Edit) -> JSON:
    """The spreadsheet with all its cells, seen with the eyes of whoever edits."""
    writes = access.role_of(store, edit.file, edit.email) >= Role.WRITER and not access.is_read_only(edit.file)
    values = evaluation(edit.book)
    validator = Validator(edit, values)
    tabs = [_tab(edit, tab, values, writes=writes) | _highlights(tab, validator) for tab in edit.book.tabs]
    return {
        **card(store, edit.file),
        "locale": edit.book.properties["locale"],
        "shared": access.summary(store, edit.file),
        "tabs": tabs,
    }


def _tab(edit: Edit, tab: Tab, values: Evaluation, *, writes: bool) -> JSON:
    rows, columns = tab.size
    guarded = protection.guarded_cells(tab, edit.email, edit.owner)
    return {
        "title": tab.title,
        "id": tab.id,
        "hidden": tab.hidden,
        "rows": rows,
        "columns": columns,
        "frozen_rows": tab.properties["gridProperties"].get("frozenRowCount", 0),
        "widths": {letters_of(index): line["pixelSize"] for index, line in tab.columns.items() if "pixelSize" in line},
        "hidden_rows": [index + 1 for index, line in sorted(tab.rows.items()) if line.get("hiddenByUser")],
        "hidden_columns": [
            letters_of(index) for index, line in sorted(tab.columns.items()) if line.get("hiddenByUser")
        ],
        "merges": [_name(tab, given) for given in tab.merges],
        "protected": [_protected(tab, each) for each in tab.protections],
        "cells": {
            cell_name(*at): cell(edit.book, tab, values, at) | {"editable": writes and at not in guarded}
            for at in sorted(tab.cells)
        },
    }


def _highlights(tab: Tab, validator: Validator) -> JSON:
    """The conditional formats, and the cells that each lights up now."""
    rules = [each for each in tab.conditional if "booleanRule" in each]
    return {"highlights": [_highlight(tab, each, validator) for each in rules]}


def _highlight(tab: Tab, given: JSON, validator: Validator) -> JSON:
    condition = given["booleanRule"]["condition"]
    return {
        "ranges": [_name(tab, each) for each in given["ranges"]],
        "type": condition["type"],
        "values": [each.get("userEnteredValue", "") for each in condition.get("values", [])],
        "format": given["booleanRule"].get("format", {}),
        "lit": [cell_name(*at) for at in lit(tab, given, validator)],
    }


def _name(tab: Tab, given: JSON) -> str:
    return range_name(tab.title, tab.within(open_area(given))).rpartition("!")[2]


def _protected(tab: Tab, given: JSON) -> JSON:
    return {
        "range": _name(tab, given["range"]),
        "except": [_name(tab, each) for each in given.get("unprotectedRanges", [])],
        "editors": given.get("editors", {}).get("users", []),
        "warning_only": given.get("warningOnly", False),
        "description": given.get("description", ""),
    }


def cell(book: Book, tab: Tab, values: Evaluation, at: tuple[int, int]) -> JSON:
    """A cell: what it shows and holds, and what is said about it. `value` is null for an empty cell."""
    data = tab.cell(*at)
    value = values.value(Place(tab.id, *at))
    plain = value.value if isinstance(value, Failure) else plain_number(value) if isinstance(value, float) else value
    parts = {
        "formula": data.get("userEnteredValue", {}).get("formulaValue"),
        "note": data.get("note"),
        "rule": rule(data),
        "format": data.get("userEnteredFormat"),
    }
    shown = {"shown": displayed(value, number_format(data), book.locale), "value": plain}
    return shown | {name: part for name, part in parts.items() if part}


def rule(data: JSON) -> JSON | None:
    """What a cell accepts, in short."""
    given = data.get("dataValidation")
    if given is None:
        return None
    values = [each.get("userEnteredValue", "") for each in given["condition"].get("values", [])]
    message = given.get("inputMessage", "")
    return {
        "type": given["condition"]["type"],
        "values": values,
        "strict": given.get("strict", False),
        "message": message,
    }
