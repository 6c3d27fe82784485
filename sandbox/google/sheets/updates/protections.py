"""Protected ranges: added, updated, deleted."""

from sandbox.google.errors import Invalid
from sandbox.google.json_object import JSON
from sandbox.google.masks import updated
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.protection import REFUSAL, may_edit
from sandbox.google.sheets.ranges import grid_range
from sandbox.google.sheets.updates.fields import update_mask

ABLE = frozenset({"range", "description", "warningOnly", "unprotectedRanges", "editors"})
INDICES = {"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}


def add(edit: Edit, request: JSON) -> JSON:
    """Protect a range or a whole tab; whoever protects it, and the owner, can go on editing."""
    given = request.get("protectedRange", {})
    id_ = given.get("protectedRangeId", edit.book.new_number())
    if _find(edit, id_) is not None:
        raise Invalid(f"protectedRange.protectedRangeId: {id_} is taken.")
    tab, _ = grid_range(edit.book, given.get("range"))
    kept = {name: part for name, part in given.items() if name in ABLE} | {"protectedRangeId": id_}
    _check(edit, kept)
    tab.protections.append(_with_editors(edit, kept))
    return {"protectedRange": view(tab.protections[-1], edit.email, edit.owner)}


def update(edit: Edit, request: JSON) -> JSON:
    """Change what is protected, or against whom."""
    mask, given = update_mask(request, "ProtectedRange", ABLE), request.get("protectedRange", {})
    tab, protection = _known(edit, given.get("protectedRangeId"))
    changed = updated(protection, given, mask)
    _check(edit, changed)
    tab.protections.remove(protection)
    grid_range(edit.book, changed.get("range"))[0].protections.append(_with_editors(edit, changed))
    return {}


def delete(edit: Edit, request: JSON) -> JSON:
    """Protect it no longer."""
    tab, protection = _known(edit, request.get("protectedRangeId"))
    tab.protections.remove(protection)
    return {}


def _find(edit: Edit, id_: int | None) -> tuple[Tab, JSON] | None:
    for tab in edit.book.tabs:
        for protection in tab.protections:
            if protection["protectedRangeId"] == id_:
                return tab, protection
    return None


def _known(edit: Edit, id_: int | None) -> tuple[Tab, JSON]:
    found = _find(edit, id_)
    if found is None:
        raise Invalid(f"No protected range with id: {id_}")
    if not may_edit(found[1], edit.email, edit.owner):
        raise Invalid(REFUSAL)
    return found


def _check(edit: Edit, protection: JSON) -> None:
    if protection.get("warningOnly") and protection.get("editors"):
        raise Invalid("ProtectedRange is warningOnly. Editors cannot be set on it.")
    free = protection.get("unprotectedRanges", [])
    if free and INDICES & protection.get("range", {}).keys():
        raise Invalid("Unprotected ranges can only be set on a protected sheet.")
    home, _ = grid_range(edit.book, protection.get("range"))
    if any(grid_range(edit.book, each)[0] is not home for each in free):
        raise Invalid("Unprotected ranges have to be on the protected sheet.")


def _with_editors(edit: Edit, protection: JSON) -> JSON:
    if protection.get("warningOnly"):
        return protection
    editors = protection.get("editors", {})
    users = dict.fromkeys([*editors.get("users", []), *(each for each in (edit.email, edit.owner) if each)])
    return protection | {"editors": editors | {"users": list(users)}}


def view(protection: JSON, email: str | None, owner: str | None) -> JSON:
    """A ProtectedRange as somebody sees it; its editors are shown to those who are among them."""
    able = may_edit(protection, email, owner)
    hidden = set() if able else {"editors"}
    return {name: part for name, part in protection.items() if name not in hidden} | {"requestingUserCanEdit": able}
