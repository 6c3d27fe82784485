"""Names as people give them: cleaned, and in the order of the Vietnamese alphabet: letters first, then their tones."""

from functools import cache
from unicodedata import category, combining, normalize

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_MARKS_OF_LETTERS = {"\u0306", "\u0302", "\u031b"}
"""Marks that make another letter (ă, â, ơ); the others are tones."""


def clean(text: str) -> str:
    """Return people's text in one line, composed (NFC), without control, formatting and broken characters.

    Vietnamese typed on some phones arrives decomposed; a name may hold characters that turn the line around.
    """
    kept = (each for each in normalize("NFC", text) if each.isspace() or category(each)[0] != "C")
    return " ".join("".join(kept).split())


def in_order(name: str, tie: str = "") -> tuple[list[int], str, str]:
    """Return what a name is sorted by: d before đ, o before ô and ơ, and tones only where all letters are equal."""
    folded = normalize("NFC", name).casefold()
    return [_place(letter) for letter in folded], folded, tie


@cache
def _place(letter: str) -> int:
    """Return a letter's place in the alphabet; whatever is no Vietnamese letter stands before it."""
    toneless = "".join(mark for mark in normalize("NFD", letter) if not combining(mark) or mark in _MARKS_OF_LETTERS)
    plain = normalize("NFC", toneless)
    return _LETTERS.get(plain, ord(plain[0]) - 0x110000 if plain else -0x110000)
