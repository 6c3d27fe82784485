"""Names in the order of the Vietnamese alphabet: letters first, then their tones."""

from unicodedata import combining, normalize

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_OWN_LETTERS = {"\u0306", "\u0302", "\u031b"}
"""Marks that make another letter (ă, â, ơ); the others are tones."""


def in_order(name: str, tie: str = "") -> tuple[list[int], str, str]:
    """Return what a name is sorted by: d before đ, o before ô and ơ, and tones only where all letters are equal."""
    folded = normalize("NFC", name).casefold()
    letters = (normalize("NFC", _without_tone(letter)) for letter in folded)
    return [_LETTERS.get(letter, ord(letter[0]) - 0x110000) for letter in letters], folded, tie


def _without_tone(letter: str) -> str:
    return "".join(mark for mark in normalize("NFD", letter) if not combining(mark) or mark in _OWN_LETTERS)
