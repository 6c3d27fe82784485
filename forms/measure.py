"""How many lines a text takes in a cell. No program makes room for merged cells, and phones make none at all."""

from collections.abc import Mapping
from typing import Literal, TypeAlias
from unicodedata import normalize

Face: TypeAlias = Literal["Times New Roman", "Arial"]
"""A typeface whose letters are measured here."""

_EM = 1000
_TIMES = {
    **dict.fromkeys(" .,", 250),
    **dict.fromkeys("ijlt/\\;:|'", 278),
    **dict.fromkeys("frI-()[]", 333),
    **dict.fromkeys("sJ", 389),
    **dict.fromkeys("acez", 444),
    **dict.fromkeys("PFS", 556),
    **dict.fromkeys("ELTZ", 611),
    **dict.fromkeys("BCR", 667),
    **dict.fromkeys("wADGHKNOQUVXYĐ", 722),
    **dict.fromkeys("m%&", 800),
    **dict.fromkeys("MW—…", 950),
}
_ARIAL = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys(" .,ftI/\\;:[]", 278),
    **dict.fromkeys("r-()", 333),
    **dict.fromkeys("ckJsvxyz", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("wCDHNRUĐ", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM%", 889),
    **dict.fromkeys("W—…", 1000),
}
_FACES: Mapping[Face, tuple[Mapping[str, int], int]] = {"Times New Roman": (_TIMES, 500), "Arial": (_ARIAL, 556)}
"""In thousandths of the size: single letters, and every other letter and digit."""
_BOLD = 1.07
_SPARE = 1.05
"""Where the letters are not installed, those that stand in for them are wider."""
_POINTS_OF_A_PIXEL = 0.75


def lines(text: str, pixels: int, face: Face, size: int, *, bold: bool) -> int:
    """How many lines a text takes in a width, in letters of a size in points, broken at blanks as programs do."""
    room = pixels * _POINTS_OF_A_PIXEL / size * _EM / (_BOLD if bold else 1) / _SPARE
    return sum(_wrapped(line, room, face) for line in text.split("\n"))


def _wrapped(line: str, room: float, face: Face) -> int:
    count, filled = 1, 0.0
    for word in line.split(" "):
        width = _width(word, face)
        if filled and filled + width > room:
            count, filled = count + 1, 0.0
        # A word that is longer than a line is broken wherever the line ends.
        count += int(width // room)
        filled += (width % room) + _width(" ", face)
    return count


def _width(text: str, face: Face) -> float:
    widths, other = _FACES[face]
    return sum(widths.get(letter, other) for letter in normalize("NFD", text) if not "̀" <= letter <= "ͯ")
