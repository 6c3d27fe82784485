"""A1 notation: references such as $A$1, 'Tab'!B2:C9, A:A, 2:5 and A2:A, read, written and moved."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

LAST_COLUMN = 18_277  # ZZZ, counted from zero; the most that Google Sheets has
LETTERS = 26

TAB = r"(?:(?P<tab>'(?:[^']|'')+'|[^\W\d]\w*)!)?"
CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
COLUMN = r"\$?[A-Za-z]{1,3}"
ROW = r"\$?[1-9][0-9]{0,6}"
CORNERS = rf"{CELL}:{CELL}|{CELL}:{COLUMN}|{CELL}:{ROW}|{CELL}|{COLUMN}:{COLUMN}|{ROW}:{ROW}"
REFERENCE = re.compile(rf"{TAB}(?P<corners>{CORNERS})")
CORNER = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})")


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns counted from zero, the ends not included; an end that is None is open."""

    top: int
    left: int
    bottom: int | None
    right: int | None

    def within(self, rows: int, columns: int) -> "Area":
        """The part that lies in a grid of that size, with both ends closed."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Area(self.top, self.left, max(bottom, self.top), max(right, self.left))

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return (
            self.top <= row
            and (self.bottom is None or row < self.bottom)
            and self.left <= column
            and (self.right is None or column < self.right)
        )


@dataclass(frozen=True, slots=True)
class Corner:
    """One corner of a reference; a row or a column that is None is not named (A:A names no rows)."""

    row: int | None
    column: int | None
    row_fixed: bool = False
    column_fixed: bool = False

    def __str__(self) -> str:
        """As a formula writes it."""
        column = "" if self.column is None else "$" * self.column_fixed + letters_of(self.column)
        row = "" if self.row is None else "$" * self.row_fixed + str(self.row + 1)
        return column + row


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell or a range as a formula names it; `last` is None for a single cell."""

    tab: str | None
    first: Corner
    last: Corner | None = None

    def __str__(self) -> str:
        """As a formula writes it."""
        cells = str(self.first) if self.last is None else f"{self.first}:{self.last}"
        return cells if self.tab is None else f"{quoted(self.tab)}!{cells}"

    @property
    def area(self) -> Area:
        """The cells it names, whichever way round its corners are written."""
        last = self.first if self.last is None else self.last
        top, bottom = _span(self.first.row, last.row)
        left, right = _span(self.first.column, last.column)
        return Area(top, left, bottom, right)

    def moved(self, row: Callable[[Corner], int | None], column: Callable[[Corner], int | None]) -> "Reference":
        """The same reference with every corner's row and column taken from the two functions."""

        def corner(old: Corner) -> Corner:
            return replace(old, row=row(old), column=column(old))

        return replace(self, first=corner(self.first), last=None if self.last is None else corner(self.last))


def _span(first: int | None, last: int | None) -> tuple[int, int | None]:
    if first is None or last is None:
        return first or last or 0, None
    return min(first, last), max(first, last) + 1


def letters_of(column: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, LETTERS)
        letters = chr(ord("A") + letter) + letters
        column -= 1
    return letters


def column_of(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    column = -1
    for letter in letters.upper():
        column = (column + 1) * LETTERS + ord(letter) - ord("A")
    return column


def cell_name(row: int, column: int) -> str:
    """A1 for row 0 and column 0."""
    return letters_of(column) + str(row + 1)


def quoted(title: str) -> str:
    """A tab's title as it stands before the exclamation mark."""
    plain = re.fullmatch(r"[^\W\d]\w*", title) and not re.fullmatch(CORNERS, title)
    return title if plain else "'" + title.replace("'", "''") + "'"


def unquoted(title: str) -> str:
    """The title itself, quoted or not."""
    return title[1:-1].replace("''", "'") if title.startswith("'") else title


@lru_cache(maxsize=20_000)
def read_reference(text: str) -> Reference | None:
    """The reference that the text is, or None where it is something else."""
    found = REFERENCE.fullmatch(text)
    if found is None:
        return None
    tab = None if found["tab"] is None else unquoted(found["tab"])
    first, _, last = found["corners"].partition(":")
    return Reference(tab, _corner(first), _corner(last) if last else None)


def _corner(text: str) -> Corner:
    found = CORNER.fullmatch(text)
    if found is None:  # what REFERENCE accepts, CORNER reads
        raise ValueError(text)
    dollar, letters, second_dollar, digits = found.groups()
    if not letters:
        return Corner(int(digits) - 1, None, row_fixed=bool(dollar or second_dollar))
    row = int(digits) - 1 if digits else None
    return Corner(row, column_of(letters), row_fixed=bool(second_dollar), column_fixed=bool(dollar))


def range_name(tab: str, area: Area) -> str:
    """A closed area as the API's answers write it: 'Tab'!A1:B2, or 'Tab'!A1 for one cell."""
    first = cell_name(area.top, area.left)
    last = cell_name((area.bottom or area.top + 1) - 1, (area.right or area.left + 1) - 1)
    return f"{quoted(tab)}!{first}" if first == last else f"{quoted(tab)}!{first}:{last}"
