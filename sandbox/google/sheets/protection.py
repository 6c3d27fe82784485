"""Protected ranges: who may change which cells."""

from collections.abc import Iterator
from itertools import product

from sandbox.google.json_object import JSON
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.ranges import open_area, overlap

REFUSAL = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


def may_edit(protection: JSON, email: str | None, owner: str | None) -> bool:
    """Whether somebody may change what the ProtectedRange covers; None is somebody with just the link."""
    if protection.get("warningOnly") or (email is not None and email == owner):
        return True
    editors = protection.get("editors", {}).get("users", [])
    return email is not None and email.casefold() in {editor.casefold() for editor in editors}


def guards(tab: Tab, row: int, column: int, email: str | None, owner: str | None) -> bool:
    """Whether a cell is protected against somebody."""
    return any(
        open_area(each.get("range", {})).holds(row, column)
        and not any(open_area(free).holds(row, column) for free in each.get("unprotectedRanges", []))
        for each in _against(tab, email, owner)
    )


def guarded_cells(tab: Tab, email: str | None, owner: str | None) -> set[tuple[int, int]]:
    """All cells of a tab that are protected against somebody; cheaper than asking for each of them."""
    guarded: set[tuple[int, int]] = set()
    for each in _against(tab, email, owner):
        free = {at for area in each.get("unprotectedRanges", []) for at in _cells(tab, area)}
        guarded.update(at for at in _cells(tab, each.get("range", {})) if at not in free)
    return guarded


def _cells(tab: Tab, given: JSON) -> Iterator[tuple[int, int]]:
    area = tab.within(open_area(given))
    return product(range(area.top, area.bottom or 0), range(area.left, area.right or 0))


def guards_any(tab: Tab, area: Area, email: str | None, owner: str | None) -> bool:
    """Whether any cell of a closed area is protected against somebody."""
    against = [each for each in _against(tab, email, owner) if overlap(open_area(each.get("range", {})), area)]
    return bool(against) and any(
        guards(tab, row, column, email, owner)
        for row in range(area.top, area.bottom or 0)
        for column in range(area.left, area.right or 0)
    )


def guards_lines(tab: Tab, area: Area, email: str | None, owner: str | None) -> bool:
    """Whether somebody is kept from inserting, deleting or moving these rows or columns.

    Ranges that a protected tab leaves free may be filled in, but their rows stay where they are.
    """
    return any(overlap(open_area(each.get("range", {})), area) for each in _against(tab, email, owner))


def _against(tab: Tab, email: str | None, owner: str | None) -> list[JSON]:
    return [each for each in tab.protections if not may_edit(each, email, owner)]
