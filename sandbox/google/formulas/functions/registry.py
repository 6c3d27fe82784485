"""What a function is, and how it reads its arguments: each only when it asks for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from sandbox.google.formulas import values
from sandbox.google.formulas.values import Block, Value
from sandbox.google.locales import Locale

UNLIMITED = 10_000


class Reader(Protocol):
    """Reads one argument: as one value, as it is in the context (`own`), or as a range with all its cells."""

    def one(self, index: int) -> Value: ...  # noqa: D102 - said above

    def own(self, index: int) -> Value | Block: ...  # noqa: D102 - said above

    def many(self, index: int) -> Value | Block: ...  # noqa: D102 - said above


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call. Conversions raise Failed with the error that the cell will show."""

    reader: Reader
    count: int
    locale: Locale

    def value(self, index: int) -> Value:
        """One value, errors and empty cells as they are."""
        return self.reader.one(index)

    def result(self, index: int) -> Value | Block:
        """The argument as the call's own result."""
        return self.reader.own(index)

    def number(self, index: int, default: float = 0.0) -> float:
        """A number; the default where the argument was not given."""
        return values.number(self.value(index), self.locale) if index < self.count else default

    def whole(self, index: int, default: int = 0) -> int:
        """A number without its fraction."""
        return int(self.number(index, default))

    def text(self, index: int) -> str:
        """A text."""
        return values.text(self.value(index), self.locale)

    def logical(self, index: int) -> bool:
        """TRUE or FALSE."""
        return values.logical(self.value(index))

    def block(self, index: int) -> Block:
        """All cells of a range by rows; a single value is a range of one cell, an error is no range."""
        read = self.reader.many(index)
        return read if isinstance(read, tuple) else ((values.checked(read),),)

    def cells(self, start: int = 0) -> Iterator[tuple[Value, bool]]:
        """Every value from that argument on, and whether it stood in a range."""
        for index in range(start, self.count):
            read = self.reader.many(index)
            if isinstance(read, tuple):
                yield from ((cell, True) for row in read for cell in row)
            else:
                yield read, False


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the spreadsheet.

    `of_arrays` says that its arguments are computed cell by cell, `mapped` that it itself is, inside of such one.
    """

    name: str
    fewest: int
    most: int
    compute: Callable[[Arguments], Value | Block]
    mapped: bool = True
    of_arrays: bool = False
