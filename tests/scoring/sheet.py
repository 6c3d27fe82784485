"""All units on paper: every line of every unit computed by its printed formula alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from scoring import (
    Answer,
    Chosen,
    Datum,
    Expression,
    Extreme,
    Given,
    NotApplicable,
    PointsOf,
    Ref,
    Regulation,
    ScaleOf,
    Subordinates,
    Unit,
    UnitStatus,
    Yes,
    lines_of,
    print_expression,
)
from scoring.answers import AnswerStatus, By
from scoring.expression import ONE, ZERO, Condition, If
from tests.scoring.formula_reader import Cell, compute


def in_braces(ref: Ref) -> str:  # noqa: PLR0911 - one return for each kind
    """Print a reference for `formula_reader`."""
    match ref:
        case Given(key):
            return f'{{{key}}}<>""'
        case Chosen(key, choice):
            return f"{{{key}:{choice}}}"
        case Datum(key) | Yes(key):
            return f"{{{key}}}"
        case PointsOf(node):
            return f"{{{node}}}"
        case ScaleOf(node):
            return f"{{{node}:scale}}"
        case NotApplicable(node):
            return f"{{{node}:na}}"
        case Subordinates(what, group, node):
            return f"{{{node}:{what} of {group}}}"
        case Extreme(which, item):
            inner = print_expression(item, in_braces, ";").replace("{", "‹").replace("}", "›")
            return f"{{{which} {inner}}}"
        case _:
            return "{late}"


def cells(answers: Mapping[str, Answer]) -> dict[str, Cell]:
    """Return what stands in the cells: numbers and truths, and for a choice which one it is."""
    filled: dict[str, Cell] = {}
    for key, answer in answers.items():
        if isinstance(answer.value, str):
            filled |= {key: True, f"{key}:{answer.value}": True}
        elif isinstance(answer.value, int | Decimal):
            filled[key] = answer.value if isinstance(answer.value, bool) else Fraction(answer.value)
    return filled


@dataclass(frozen=True, slots=True)
class Sheet:
    """The units with their verified answers; `separator` stands between the arguments of a function."""

    regulation: Regulation
    units: Sequence[Unit]
    answers: Mapping[str, Mapping[str, Answer]]
    separator: str = ";"

    def points(self, unit: Unit, node: str) -> Fraction:
        """Compute the points of a line."""
        return self.computed(unit, lines_of(self.regulation, unit.group)[node].points)

    def computed(self, unit: Unit, expression: Expression) -> Fraction:
        """Print the expression for a unit, find what it refers to, and compute the formula."""
        found = cells(self.answers[unit.id])
        text = print_expression(expression, partial(self._cell, unit, found), self.separator)
        return compute(text, found, self.separator)

    def _cell(self, unit: Unit, found: dict[str, Cell], ref: Ref) -> str:
        name = in_braces(ref)
        value = self._looked_up(unit, ref)
        if value is not None:
            found[name.strip("{}")] = value
        return name

    def _looked_up(self, unit: Unit, ref: Ref) -> Cell:
        match ref:
            case PointsOf(node):
                return self.points(unit, node)
            case ScaleOf(node):
                return self.computed(unit, lines_of(self.regulation, unit.group)[node].scale)
            case NotApplicable(node):
                answer = self.answers[unit.id].get(node)
                return answer is not None and (answer.status, answer.by) == (AnswerStatus.NOT_APPLICABLE, By.VERIFIED)
            case Subordinates(what, group, node):
                below = [each for each in self._assessed(group) if each.parent == unit.id]
                return sum((self.points(each, node) if what == "sum" else Fraction(1) for each in below), Fraction(0))
            case Extreme(which, item, condition):
                others = [each for each in self._assessed(unit.group) if self._holds(each, condition)]
                values = [self.computed(each, item) for each in others] or [Fraction(0)]
                return max(values) if which == "largest" else min(values)
            case Chosen() | Datum() | Given() | Yes():
                return None
            case _:
                return unit.status is UnitStatus.LATE

    def _assessed(self, group: str) -> list[Unit]:
        kept = {UnitStatus.ON_TIME} | ({UnitStatus.LATE} if self.regulation.late.name != "not_ranked" else set())
        return [each for each in self.units if each.group == group and each.status in kept]

    def _holds(self, unit: Unit, condition: Condition) -> bool:
        return bool(self.computed(unit, If(condition, ONE, ZERO)))
