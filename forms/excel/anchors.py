"""Anchors as cells hold them. LibreOffice takes "_xa_" for a line's end, and "xã" (commune) is in many keys."""

_JOINT = "\u200b"
"""Has no width, and belongs to no text that anybody types."""


def armoured(anchor: str) -> str:
    """The anchor without anything that a program could take for an escaped letter (_x000A_)."""
    return anchor.replace("_x", f"_{_JOINT}x")


def plain(text: str) -> str:
    """The text as it was before."""
    return text.replace(_JOINT, "")
