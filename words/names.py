"""Names in the order of the Vietnamese alphabet: letters first, then their tones."""

from functools import cache
from unicodedata import combining, normalize

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_MARKS_OF_LETTERS = {"\u0306", "\u0302", "\u031b"}
"""Marks that make another letter (ă, â, ơ); the others are tones."""


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
