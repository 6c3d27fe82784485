"""The first reading of a rule: its expression computed exactly, on integers only."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import cast

from scoring.amounts import Exact, half_up
from scoring.answers import AnswerValue
from scoring.expression import (
    All,
    AnyOf,
    Arithmetic,
    Chosen,
    Compare,
    Condition,
    Datum,
    Expression,
    Given,
    Greatest,
    If,
    Least,
    Number,
    PointsOf,
    Rounded,
    Sum,
    Yes,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an expression is evaluated on: the answers by question key, and the points by node id."""

    values: Mapping[str, AnswerValue]
    points: Mapping[str, Exact] = field(default_factory=dict)


def evaluate(expression: Expression, facts: Facts) -> Exact:  # noqa: PLR0911 - one return for each kind
    """Compute the expression. Every Datum it comes to must be a number among the facts."""
    match expression:
        case Number(numerator, denominator):
            return numerator, denominator
        case Datum(key):
            return cast("int", facts.values[key]).as_integer_ratio()
        case PointsOf(node):
            return facts.points[node]
        case Arithmetic(left, operator, right):
            return _ARITHMETIC[operator](evaluate(left, facts), evaluate(right, facts))
        case Sum(items):
            return reduce(_plus, (evaluate(item, facts) for item in items))
        case Least(items):
            return _extreme("<", (evaluate(item, facts) for item in items))
        case Greatest(items):
            return _extreme(">", (evaluate(item, facts) for item in items))
        case If(condition, then, otherwise):
            return evaluate(then if holds(condition, facts) else otherwise, facts)
        case Rounded(item, digits):  # pragma: no branch - the last kind
            return half_up(evaluate(item, facts), digits), 10**digits


def holds(condition: Condition, facts: Facts) -> bool:
    """Decide the condition."""
    match condition:
        case Given(key):
            return key in facts.values
        case Yes(key):
            return facts.values[key] is True
        case Chosen(key, choice):
            return facts.values[key] == choice
        case Compare(left, operator, right):
            return _COMPARE[operator](*_cross(evaluate(left, facts), evaluate(right, facts)))
        case All(items):
            return all(holds(each, facts) for each in items)
        case AnyOf(items):  # pragma: no branch - the last kind
            return any(holds(each, facts) for each in items)


def _plus(left: Exact, right: Exact) -> Exact:
    if left[1] == right[1]:
        return left[0] + right[0], left[1]
    return left[0] * right[1] + right[0] * left[1], left[1] * right[1]


def _minus(left: Exact, right: Exact) -> Exact:
    return _plus(left, (-right[0], right[1]))


def _times(left: Exact, right: Exact) -> Exact:
    return left[0] * right[0], left[1] * right[1]


def _divided(left: Exact, right: Exact) -> Exact:
    numerator, denominator = left[0] * right[1], left[1] * right[0]
    return (numerator, denominator) if denominator > 0 else (-numerator, -denominator)


def _cross(left: Exact, right: Exact) -> tuple[int, int]:
    return left[0] * right[1], right[0] * left[1]


def _extreme(operator: str, values: Iterable[Exact]) -> Exact:
    return reduce(lambda best, each: each if _COMPARE[operator](*_cross(each, best)) else best, values)


_ARITHMETIC: dict[str, Callable[[Exact, Exact], Exact]] = {"-": _minus, "*": _times, "/": _divided}
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "=": int.__eq__,
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
}
