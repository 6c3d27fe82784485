"""Bounds as regulations write them, each open or closed, and whether a row of them leaves gaps or overlaps."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Self, TypeAlias

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from scoring.rules.faults import Fault
from scoring.rules.numbers import Amount
from scoring.rules.rule import Written
from scoring.sentences import spoken
from words import Text

Cut: TypeAlias = tuple[int, Fraction, bool]
"""A place on the line of numbers: 0, a number, and whether it is just after the number rather than just before it."""

BEGINNING: Cut = (-1, Fraction(0), False)
END: Cut = (1, Fraction(0), False)


def before(value: Fraction) -> Cut:
    """Return the place just before a number."""
    return 0, value, False


def after(value: Fraction) -> Cut:
    """Return the place just after a number."""
    return 0, value, True


class Bounds(Written):
    """`at_least` and `at_most` include their number, `above` and `below` do not; a side without a bound is open."""

    at_least: Amount | None = None
    above: Amount | None = None
    at_most: Amount | None = None
    below: Amount | None = None

    @model_validator(mode="after")
    def one_bound_a_side(self) -> Self:
        """Refuse two lower or two upper bounds, and none at all."""
        if (self.start, self.end) == (BEGINNING, END):
            raise PydanticCustomError("no_bounds", "a bound is wanted")
        if None not in (self.at_least, self.above) or None not in (self.at_most, self.below):
            raise PydanticCustomError("two_bounds", "one bound a side is wanted")
        return self

    @property
    def start(self) -> Cut:
        """Where its numbers begin."""
        if self.at_least is not None:
            return before(self.at_least)
        return BEGINNING if self.above is None else after(self.above)

    @property
    def end(self) -> Cut:
        """Where its numbers end."""
        if self.at_most is not None:
            return after(self.at_most)
        return END if self.below is None else before(self.below)

    def said(self) -> Text:
        """Say it in words: "từ 70 đến dưới 90"."""
        return _said(self.start, self.end)


def cover_faults(
    rows: Sequence[Bounds], near: str, possible: tuple[Cut, Cut], step: Fraction | None
) -> Iterator[Fault]:
    """Find gaps, overlaps, and rows into which no possible number falls.

    `possible` is where the numbers that can occur begin and end; `step` is the distance between them where they are
    counted (1) or rounded (1/100), None where any number can occur.
    """
    first, last = (on_grid(cut, step) for cut in possible)
    pieces = sorted((on_grid(row.start, step), on_grid(row.end, step)) for row in rows)
    starts, ends = [start for start, _ in pieces], [end for _, end in pieces]
    for end, start in zip([first, *ends], [*starts, last], strict=True):
        if end < start:
            yield Fault("bands_gap", near, {"band": _said(end, start)})
    for start, end in zip(starts[1:], ends, strict=False):
        if start < end:
            yield Fault("bands_overlap", near, {"band": _said(start, end)})
    for start, end in pieces:
        if max(start, first) >= min(end, last):
            yield Fault("band_unreachable", near, {"band": _said(start, end)})


def on_grid(cut: Cut, step: Fraction | None) -> Cut:
    """Move a place to just before the next number that can occur."""
    side, value, is_after = cut
    if step is None or side:
        return cut
    steps = floor(value / step) + 1 if is_after else ceil(value / step)
    return before(steps * step)


def _said(start: Cut, end: Cut) -> Text:
    """Say where a piece of the line begins and ends; at least one of them is a number."""
    lower = Text("scoring.bound.above" if start[2] else "scoring.bound.at_least", bound=spoken(start[1]))
    if end == END:
        return lower
    if start == BEGINNING:
        return Text("scoring.bound.at_most" if end[2] else "scoring.bound.below", bound=spoken(end[1]))
    upper = Text("scoring.bound.to" if end[2] else "scoring.bound.to_below", bound=spoken(end[1]))
    return Text("scoring.bound.both", lower=lower, upper=upper)
