"""What the bars of a picture show: the points of a total in the colours of where they come from.

The lengths of bars are the only place where points become floats.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.ranking import GroupTable, RankedUnit
from reports.wording import legend
from words import Text

CATEGORY_COLOURS = ("#27496D", "#3F88A5", "#86B8A5", "#DDBB63", "#C27C5A", "#8C6C8E", "#6F8F4E", "#B58AA5")
OTHER = "#9AA5B1"
"""What makes the total another one than its categories add up to: conversion, a cap, a penalty."""


@dataclass(frozen=True, slots=True)
class RowLayout:
    """How the row of a unit is laid out, in pixels; `baseline` and `bar_top` count from the top of the row."""

    height: int
    size: int
    baseline: int
    name_left: int
    name_right: int
    grade_left: int
    bar_left: int
    bar_right: int
    bar_top: int


@dataclass(frozen=True, slots=True)
class Scale:
    """From points to pixels. A group with penalties has its zero further right."""

    layout: RowLayout
    lowest: Decimal
    highest: Decimal

    @classmethod
    def of(cls, group: GroupTable, layout: RowLayout) -> "Scale":
        """Make room for the longest bar to each side of zero, and for the maximum."""
        bars = [[points for points, _ in segments(group, unit)] for unit in group.ranked]
        lowest = min((_added(points for points in bar if points < 0) for bar in bars), default=Decimal(0))
        highest = max((_added(points for points in bar if points > 0) for bar in bars), default=Decimal(0))
        return cls(layout, lowest, max(highest, group.maximum))

    def x(self, points: Decimal) -> float:
        """Where an amount lies."""
        share = float((points - self.lowest) / (self.highest - self.lowest))
        return self.layout.bar_left + share * (self.layout.bar_right - self.layout.bar_left)


def _added(points: Iterator[Decimal]) -> Decimal:
    return sum(points, Decimal(0))


def segments(group: GroupTable, unit: RankedUnit) -> list[tuple[Decimal, str]]:
    """Return the pieces of a unit's bar, with their colours; they come to its total."""
    if group.total.operation != "sum":
        return [(unit.total, CATEGORY_COLOURS[0])]
    pieces = [(points, _colour(place)) for place, points in enumerate(unit.points)]
    other = unit.total - sum(unit.points, Decimal(0))
    return pieces if abs(other) < _last_digit(unit.total) else [*pieces, (other, OTHER)]


def _last_digit(amount: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(amount.as_tuple().exponent))


def _colour(place: int) -> str:
    return CATEGORY_COLOURS[place % len(CATEGORY_COLOURS)]


def meanings(group: GroupTable) -> Iterator[tuple[Text, str]]:
    """Return what each colour stands for."""
    if group.total.operation != "sum":
        yield legend(group.total), CATEGORY_COLOURS[0]
        return
    for place, category in enumerate(group.categories):
        yield legend(category), _colour(place)
    if any(colour == OTHER for unit in group.ranked for _, colour in segments(group, unit)):
        yield Text("reports.legend_other"), OTHER
