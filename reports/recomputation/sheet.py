"""The columns of a sheet while they are laid out, and how formulas point at them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from xlsxwriter.utility import xl_col_to_name

ROW = "\0"
"""Stands for the row's number in a formula, which is the same in every row."""

NUMBERS, LABELS, BASES, TOPS, FIRST_UNIT = 2, 3, 4, 5, 6
"""The rows, from 0: what stands above every column, then the units."""

Value: TypeAlias = int | float | str
Style = Literal["text", "number", "helper", "category", "total"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and what it comes to."""

    text: str
    value: Value


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column: number, label, clause or unit, and in the lowest place a maximum or a key."""

    label: str
    number: str = ""
    basis: str = ""
    top: Value | Formula = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A value for each unit; "" leaves the cell empty. With a `formula` the values are what it comes to.

    `digits` are those that numbers are shown with, `width` is in letters.
    """

    head: Head
    values: Iterable[Value]
    formula: str = ""
    style: Style = "number"
    digits: int = 0
    width: int = 15


@dataclass(frozen=True, slots=True)
class Address:
    """Where a column is: of `rows` units, on a sheet, "" for the sheet of the formula itself."""

    sheet: str
    column: str
    rows: int

    @property
    def here(self) -> "Address":
        """The address for formulas of the same sheet."""
        return replace(self, sheet="")

    @property
    def cell(self) -> str:
        """The cell of the formula's own row."""
        return f"{self._prefix}{self.column}{ROW}"

    @property
    def top(self) -> str:
        """The lowest cell of the head."""
        return f"{self._prefix}{self.column}${TOPS + 1}"

    @property
    def every(self) -> str:
        """The cells of all units."""
        return f"{self._prefix}{self.column}${FIRST_UNIT + 1}:{self.column}${FIRST_UNIT + self.rows}"

    @property
    def _prefix(self) -> str:
        return f"'{self.sheet}'!" if self.sheet else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a row for each of `rows` units; the first `frozen` columns stay in view."""

    name: str
    title: str
    hint: str
    rows: int
    frozen: int
    columns: list[Column] = field(default_factory=list)

    def free(self) -> Address:
        """Return where the next column will be."""
        return Address(self.name, xl_col_to_name(len(self.columns)), self.rows)

    def add(self, column: Column) -> Address:
        """Put a column on the right, and return where it is."""
        address = self.free()
        self.columns.append(column)
        return address


def quoted(text: str) -> str:
    """Return a text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'
