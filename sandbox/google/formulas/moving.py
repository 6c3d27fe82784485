"""References that follow their cells when rows and columns change places, and when formulas are copied."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.google.formulas.lexer import Token, rewritten
from sandbox.google.formulas.values import Failure
from sandbox.google.locales import Locale
from sandbox.google.sheets.a1 import LAST_COLUMN, Corner, Reference, read_reference

Span = tuple[int, int | None]
"""Rows or columns from one to before another; None is an open end."""


class TornApart(Exception):  # noqa: N818 - says what would happen
    """Rows that stood together in a reference would not after the move."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """`count` new rows or columns before the one that was at `at`."""

    at: int
    count: int

    def index(self, index: int) -> int | None:
        """Where a row or column is now."""
        return index + self.count if index >= self.at else index

    def span(self, span: Span) -> Span | None:
        """What a range covers now."""
        start, end = span
        grown = end if end is None or end <= self.at else end + self.count
        return start + (self.count if start >= self.at else 0), grown


@dataclass(frozen=True, slots=True)
class Deleted:
    """The rows or columns from `start` to before `end` are gone."""

    start: int
    end: int

    def index(self, index: int) -> int | None:
        """Where a row or column is now; None where it is gone."""
        if self.start <= index < self.end:
            return None
        return index if index < self.start else index - (self.end - self.start)

    def span(self, span: Span) -> Span | None:
        """What a range covers now; None where nothing is left."""
        start, end = self._edge(span[0]), None if span[1] is None else self._edge(span[1])
        return None if start == end else (start, end)

    def _edge(self, edge: int) -> int:
        return edge - max(0, min(edge, self.end) - self.start)


@dataclass(frozen=True, slots=True)
class Moved:
    """The rows or columns from `start` to before `end` stand before the one that was at `to`."""

    start: int
    end: int
    to: int

    def index(self, index: int) -> int | None:
        """Where a row or column is now."""
        size = self.end - self.start
        if self.start <= index < self.end:
            return index - self.start + (self.to if self.to <= self.start else self.to - size)
        if self.end <= index < self.to:
            return index - size
        return index + size if self.to <= index < self.start else index

    def span(self, span: Span) -> Span | None:
        """What a range covers now; TornApart where its rows no longer stand together."""
        start, end = span
        last = max(start, self.end, self.to) + 1 if end is None else end
        now = sorted(self.index(index) or 0 for index in range(start, last))
        if now[-1] - now[0] + 1 != len(now):
            raise TornApart
        return now[0], None if end is None else now[-1] + 1


Change = Inserted | Deleted | Moved


def followed(formula: str, locale: Locale, change: Change, *, rows: bool, moves: Callable[[str | None], bool]) -> str:
    """The formula after the change; `moves` tells of a reference's tab whether it is the one that changes."""

    def token_after(token: Token) -> str:
        reference = read_reference(token.text) if token.kind == "reference" else None
        if reference is None or not moves(reference.tab):
            return token.text
        after = _after(reference, change, rows=rows)
        return Failure.REF.value if after is None else str(after)

    return rewritten(formula, locale, token_after)


def _after(reference: Reference, change: Change, *, rows: bool) -> Reference | None:
    area = reference.area
    named = reference.first.row if rows else reference.first.column
    if named is None:
        return reference
    start, end = (area.top, area.bottom) if rows else (area.left, area.right)
    span = change.span((start, end))
    if span is None:
        return None
    first, last = span[0], None if span[1] is None else span[1] - 1

    def edge(corner: Corner) -> int | None:
        return first if corner is reference.first else last

    if rows:
        return reference.moved(edge, lambda corner: corner.column)
    return reference.moved(lambda corner: corner.row, edge)


def copied(formula: str, locale: Locale, rows: int, columns: int) -> str:
    """The formula as it reads when copied so many rows down and columns to the right."""

    def token_after(token: Token) -> str:
        reference = read_reference(token.text) if token.kind == "reference" else None
        return token.text if reference is None else _copied(reference, rows, columns)

    return formula if not rows and not columns else rewritten(formula, locale, token_after)


def _copied(reference: Reference, rows: int, columns: int) -> str:
    def row(corner: Corner) -> int | None:
        return corner.row if corner.row is None or corner.row_fixed else corner.row + rows

    def column(corner: Corner) -> int | None:
        return corner.column if corner.column is None or corner.column_fixed else corner.column + columns

    after = reference.moved(row, column)
    corners = [after.first] if after.last is None else [after.first, after.last]
    off = any((each.row or 0) < 0 or not 0 <= (each.column or 0) <= LAST_COLUMN for each in corners)
    return Failure.REF.value if off else str(after)


def orphaned(formula: str, locale: Locale, title: str) -> str:
    """The formula after a tab was deleted; it stays an error when another tab takes the title."""

    def token_after(token: Token) -> str:
        reference = read_reference(token.text) if token.kind == "reference" else None
        gone = reference is not None and (reference.tab or "").casefold() == title.casefold()
        return Failure.REF.value if gone else token.text

    return rewritten(formula, locale, token_after)


def retitled(formula: str, locale: Locale, old: str, new: str) -> str:
    """The formula after a tab got another title."""

    def token_after(token: Token) -> str:
        reference = read_reference(token.text) if token.kind == "reference" else None
        if reference is None or reference.tab is None or reference.tab.casefold() != old.casefold():
            return token.text
        return str(Reference(new, reference.first, reference.last))

    return rewritten(formula, locale, token_after)
