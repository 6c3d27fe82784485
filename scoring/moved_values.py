"""What a group's numeric answers (số liệu) would be if each of them were a little larger or smaller."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Self, TypeAlias

import numpy as np

from scoring.amounts import Rounding
from scoring.chance import WHOLE, Chance, moves
from scoring.cohort import Cohort, Flags
from scoring.columns import Column, where
from scoring.evaluation import Facts, evaluate
from scoring.quantity import Quantity
from scoring.regulation import Question
from words import Severity

PartAndWhole: TypeAlias = tuple[Quantity, Quantity]


@dataclass(frozen=True, slots=True)
class Limit:
    """A part that is not larger than its whole, in the answers of the units that `keep` to it."""

    part: Quantity
    whole: Quantity
    keep: Flags

    def broken(self, cohort: Cohort) -> Flags:
        """Tell for which units the part is larger."""
        found: Flags = self.keep & _value(self.part, cohort).compared(_value(self.whole, cohort), ">")
        return found

    def kept(self, cohort: Cohort) -> Cohort:
        """Return the cohort with the terms of too large parts lowered, all in proportion."""
        broken = self.broken(cohort)
        if not broken.any():
            return cohort
        ratio = _value(self.whole, cohort) / _value(self.part, cohort)
        numbers, terms = dict(cohort.numbers), self.part.keys()
        for key in terms:
            cut = (numbers[key] * ratio).rounded(Rounding(_digits(numbers[key]), "truncated"))
            numbers[key] = where(broken, cut, numbers[key])
        return replace(cohort, numbers=numbers)


@dataclass(frozen=True, slots=True)
class Values:
    """A cohort whose numbers can move, and the limits between them; one on the whole of another comes before it."""

    cohort: Cohort
    limits: tuple[Limit, ...]

    @classmethod
    def of(cls, cohort: Cohort) -> Self:
        """Take the limits of the rules, and the regulation's own checks that say the same."""
        limits = (Limit(*each, _answered(each, cohort)) for each in _wholes_first(list(_limits(cohort))))
        return cls(cohort, tuple(replace(each, keep=each.keep & ~each.broken(cohort)) for each in limits))

    @property
    def can_move(self) -> bool:
        """Whether any number is given."""
        return any(self.cohort.given[key].any() for key in self.cohort.numbers)

    def moved(self, bound: int, chance: Chance) -> Cohort:
        """Return the cohort after each number moved within `bound` percent, as precise as it was given.

        Numbers stay in their questions' ranges. A part that came out above its whole is lowered to it. A unit for which
        all this cannot be had together stays as it was.
        """
        before = self.cohort.numbers
        cohort = replace(self.cohort, numbers={key: self._moved(key, bound, chance) for key in before}, answers=())
        for limit in self.limits:
            cohort = limit.kept(cohort)
        wrong = self._wrong(cohort)
        after = {key: where(wrong, before[key], column) for key, column in cohort.numbers.items()}
        return replace(cohort, numbers=after)

    def _moved(self, key: str, bound: int, chance: Chance) -> Column:
        column, question = self.cohort.numbers[key], self.cohort.regulation.questions[key]
        drawn = np.array(moves(bound, len(self.cohort.units), chance), np.int64)
        moved = (column * Column(drawn, WHOLE)).rounded(Rounding(_digits(column)))
        return where(self.cohort.given[key], _within(question, moved), column)

    def _wrong(self, cohort: Cohort) -> Flags:
        """Tell which units are outside a limit or a range after all."""
        wrong = np.zeros(len(cohort.units), np.bool_)
        for limit in self.limits:
            wrong |= limit.broken(cohort)
        for key, column in cohort.numbers.items():
            wrong |= cohort.given[key] & _within(cohort.regulation.questions[key], column).compared(column, ">")
        return wrong


def _value(quantity: Quantity, cohort: Cohort) -> Column:
    return evaluate(quantity.expression(), Facts(cohort))


def _digits(column: Column) -> int:
    """Return with how many digits the numbers of a column are given."""
    return len(str(column.denominators)) - 1


def _within(question: Question, column: Column) -> Column:
    """Bring numbers into the range of their question."""
    unit = 10 ** _digits(column)
    if question.minimum is not None:
        least = Column(ceil(question.minimum * unit), unit)
        column = where(least.compared(column, ">"), least, column)
    if question.maximum is not None:
        most = Column(floor(question.maximum * unit), unit)
        column = where(column.compared(most, ">"), most, column)
    return column


def _limits(cohort: Cohort) -> Iterator[PartAndWhole]:
    """Yield what this group's rules and checks say about parts and wholes; last year's numbers do not move."""
    regulation = cohort.regulation
    for node in regulation.indicators(cohort.group):
        yield from node.rule.limits() if node.rule else ()
    for check in regulation.checks:
        sides = {"<=": (check.left, check.right), ">=": (check.right, check.left)}.get(check.operator)
        if sides and check.severity is Severity.ERROR and _are_numbers(sides, cohort):
            yield sides


def _are_numbers(sides: PartAndWhole, cohort: Cohort) -> bool:
    return all(not each.previous_keys() and set(each.keys()) <= set(cohort.numbers) for each in sides)


def _wholes_first(limits: list[PartAndWhole]) -> list[PartAndWhole]:
    """Order the limits so that a whole is not lowered any more when its parts are."""
    ordered: dict[PartAndWhole, None] = {}
    begun: set[PartAndWhole] = set()

    def visit(limit: PartAndWhole) -> None:
        begun.add(limit)
        for other in limits:
            if other not in begun and set(other[0].keys()) & set(limit[1].keys()):
                visit(other)
        ordered[limit] = None

    for limit in limits:
        if limit not in begun:
            visit(limit)
    return list(ordered)


def _answered(limit: PartAndWhole, cohort: Cohort) -> Flags:
    answered = np.ones(len(cohort.units), np.bool_)
    part, whole = limit
    for key in (*part.keys(), *whole.keys()):
        answered &= cohort.given[key]
    return answered
