"""The first reading of a rule: its expression computed exactly, for all units of a group at once."""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from scoring.columns import Column, Mask, where
from scoring.expression import (
    All,
    AnyOf,
    Arithmetic,
    Chosen,
    Compare,
    Condition,
    Datum,
    Expression,
    Extreme,
    Given,
    Greatest,
    If,
    Late,
    Least,
    NotApplicable,
    Number,
    PointsOf,
    Rounded,
    ScaleOf,
    Subordinates,
    Sum,
    Yes,
)

if TYPE_CHECKING:
    from scoring.cohort import Cohort, Flags


@dataclass(frozen=True, slots=True)
class Facts:
    """What expressions are evaluated on: the cohort's answers, and what was computed before, by node.

    `below` has the facts of the groups assessed earlier. `row` is the unit that is asked for where one is to be
    explained, None for all of them. `shared` keeps what concerns the whole cohort, so that it is worked out once.
    """

    cohort: "Cohort"
    below: "Mapping[str, Facts]" = field(default_factory=dict)
    points: MutableMapping[str, Column] = field(default_factory=dict)
    scales: MutableMapping[str, Column] = field(default_factory=dict)
    shared: "MutableMapping[Extreme | Subordinates, Column]" = field(default_factory=dict)
    row: int | None = None

    def of(self, row: int) -> "Facts":
        """Return the facts of one unit."""
        return replace(self, row=row)

    def elsewhere(self, wanted: "Extreme | Subordinates") -> Column:
        """Return what depends on other units."""
        if wanted not in self.shared:
            whole = replace(self, row=None)
            found = _extreme(wanted, whole) if isinstance(wanted, Extreme) else _subordinates(wanted, whole)
            self.shared[wanted] = found
        return self.shared[wanted].of(self.row)


def _subordinates(wanted: Subordinates, facts: Facts) -> Column:
    """Sum up the points of the subordinate units, or count them; a group that was not assessed has none."""
    found = np.zeros(len(facts.cohort.units), dtype=np.int64)
    theirs = facts.below.get(wanted.group)
    if theirs is None:
        return Column(found)
    place = {unit.id: position for position, unit in enumerate(facts.cohort.units)}
    parents = np.array([place.get(unit.parent, -1) for unit in theirs.cohort.units], dtype=np.int64)
    points = theirs.points[wanted.node] if wanted.what == "sum" else Column(1)
    np.add.at(found, parents[parents >= 0], np.broadcast_to(points.numerators, len(parents))[parents >= 0])
    return Column(found, points.denominators)


def _extreme(wanted: Extreme, facts: Facts) -> Column:
    length = len(facts.cohort.units)
    counted = np.broadcast_to(holds(wanted.condition, facts), length).tolist()
    column = evaluate(wanted.item, facts)
    numbers = [each for each, counts in zip(_pairs(column, length), counted, strict=True) if counts]
    best = reduce(lambda one, other: other if _better(other, one, wanted.which) else one, numbers or [(0, 1)])
    return Column(*best)


def _pairs(column: Column, length: int) -> Iterable[tuple[int, int]]:
    numerators = np.broadcast_to(column.numerators, length).tolist()
    return zip(numerators, np.broadcast_to(column.denominators, length).tolist(), strict=True)


def _better(one: tuple[int, int], other: tuple[int, int], which: str) -> bool:
    ours, theirs = one[0] * other[1], other[0] * one[1]
    return ours > theirs if which == "largest" else ours < theirs


def evaluate(expression: Expression, facts: Facts) -> Column:  # noqa: C901, PLR0911 - one return for each kind
    """Compute the expression. Data that are not given count as 0: whoever reads them asks for Given first."""
    match expression:
        case Number(numerator, denominator):
            return Column(numerator, denominator)
        case Datum(key):
            return facts.cohort.numbers[key].of(facts.row)
        case PointsOf(node):
            return facts.points[node].of(facts.row)
        case ScaleOf(node):
            return facts.scales[node].of(facts.row)
        case Extreme() | Subordinates():
            return facts.elsewhere(expression)
        case Arithmetic(left, operator, right):
            return _calculated(evaluate(left, facts), operator, evaluate(right, facts))
        case Sum(items):
            return reduce(Column.__add__, (evaluate(item, facts) for item in items))
        case Least(items):
            return reduce(_lesser, (evaluate(item, facts) for item in items))
        case Greatest(items):
            return reduce(_greater, (evaluate(item, facts) for item in items))
        case If(condition, then, otherwise):
            return where(holds(condition, facts), evaluate(then, facts), evaluate(otherwise, facts))
        case Rounded(item, rounding):  # pragma: no branch - the last kind
            return evaluate(item, facts).rounded(rounding)


def _calculated(left: Column, operator: str, right: Column) -> Column:
    if operator == "*":
        return left * right
    return left - right if operator == "-" else left / right


def _lesser(left: Column, right: Column) -> Column:
    return where(left.compared(right, ">"), right, left)


def _greater(left: Column, right: Column) -> Column:
    return where(left.compared(right, ">"), left, right)


def holds(condition: Condition, facts: Facts) -> Mask:
    """Decide the condition for each unit, or for the one that is asked for."""
    match condition:
        case Given() | Yes() | Chosen() | NotApplicable() | Late():
            flags = _flags(condition, facts.cohort)
            return flags if facts.row is None else bool(flags[facts.row])
        case Compare(left, operator, right):
            return evaluate(left, facts).compared(evaluate(right, facts), operator)
        case All(items):
            return reduce(_both, (holds(each, facts) for each in items))
        case AnyOf(items):  # pragma: no branch - the last kind
            return reduce(_either, (holds(each, facts) for each in items))


def _both(one: Mask, other: Mask) -> Mask:
    return one & other


def _either(one: Mask, other: Mask) -> Mask:
    return one | other


def _flags(condition: Given | Yes | Chosen | NotApplicable | Late, cohort: "Cohort") -> "Flags":
    match condition:
        case Given(key):
            return cohort.given[key]
        case Yes(key):
            return cohort.answered(key, 1)
        case Chosen(key, choice):
            return cohort.answered(key, cohort.code_of(key, choice))
        case NotApplicable(node):
            return cohort.does_not_apply(node)
        case Late():  # pragma: no branch - the last kind
            return cohort.late
