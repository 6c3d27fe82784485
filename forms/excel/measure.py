"""How many lines a text takes in a cell. No program makes room for merged cells, and phones make none at all."""

from unicodedata import normalize

_EM = 1000
_WIDTHS = {
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
"""Of Times New Roman, in thousandths of its size; every other letter and digit has a half."""
_OTHER = 500
_BOLD = 1.07
_SPARE = 1.05
"""Where the letters are not installed, those that stand in for them are wider."""
_POINTS_OF_A_PIXEL = 0.75


def lines(text: str, pixels: int, size: int, *, bold: bool) -> int:
    """How many lines a text takes in a width, in letters of a size in points, broken at blanks as programs do."""
    room = pixels * _POINTS_OF_A_PIXEL / size * _EM / (_BOLD if bold else 1) / _SPARE
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    count, filled = 1, 0.0
    for word in line.split(" "):
        width = _width(word)
        if filled and filled + width > room:
            count, filled = count + 1, 0.0
        # A word that is longer than a line is broken wherever the line ends.
        count += int(width // room)
        filled += (width % room) + _width(" ")
    return count


def _width(text: str) -> float:
    return sum(_WIDTHS.get(letter, _OTHER) for letter in normalize("NFD", text) if not "̀" <= letter <= "ͯ")
