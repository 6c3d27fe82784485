"""Whose form it is and by which layout it was made, as the title's row carries it."""

import hashlib

from forms.grid import Grid
from forms.sheet import identity_anchor
from scoring import Regulation
from words import LANGUAGES, Language, Text

LAYOUT = 2
"""The number of the layout: it rises whenever forms that are out could no longer be read as the new ones are."""

_BEGINNING = "form:"


def layout_of(regulation: Regulation, group: str, language: Language) -> str:
    """The mark of everything that a form's rows follow from: another text, group or layout has another mark."""
    told = "\n".join((regulation.sha256, group, language, str(LAYOUT)))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def language_of(grid: Grid, regulation: Regulation, group: str) -> Language:
    """The language in which a form of this layout was made."""
    found = {anchor.split(":")[1] for anchor in _identities(grid)}
    return next((each for each in LANGUAGES if layout_of(regulation, group, each) in found), LANGUAGES[0])


def mismatch(grid: Grid, key: str, regulation: Regulation, group: str) -> Text | None:
    """Say whose form it is instead of that of `key`, or that it is an old one; None where it is the right one."""
    found = _identities(grid)
    if not found:
        return Text("forms.identity_lost", restore=grid.tab.restore)
    if found & {identity_anchor(key, layout_of(regulation, group, each)) for each in LANGUAGES} == found:
        return None
    other = next((each for each in sorted(_key_of(anchor) for anchor in found) if each != key), None)
    if other is None:
        return Text("forms.old_layout")
    same_campaign = other.partition("/")[0] == key.partition("/")[0]
    return Text("forms.other_unit" if same_campaign else "forms.other_campaign", found=other, wanted=key)


def _identities(grid: Grid) -> set[str]:
    return {anchor for anchor in grid.rows if anchor.startswith(_BEGINNING) and anchor.count(":") > 1}


def _key_of(anchor: str) -> str:
    return anchor.split(":", 2)[2]
