"""The `fields` of an update request: which parts of a message it changes."""

from sandbox.google.errors import Invalid
from sandbox.google.json_object import JSON
from sandbox.google.masks import BadMask, Mask, read_mask
from sandbox.google.sheets.messages import FIELDS


def update_mask(request: JSON, message: str, able: frozenset[str]) -> Mask:
    """The mask of a request about such a message; * stands for the fields that can be changed at all."""
    given = request.get("fields", "")
    if not given.strip():
        raise Invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        mask = read_mask(given, message, FIELDS)
    except BadMask as bad:
        raise Invalid(f"Invalid field: {bad.path} in fields '{given}'.") from None
    if "*" in mask:
        return {name: {} for name in able}
    unable = sorted(mask.keys() - able)
    if unable:
        raise Invalid(f"The sandbox cannot change the fields {', '.join(unable)} of {message}.")
    return mask
