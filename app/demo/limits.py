"""What numbers on one form may be beside one another: the limits of the rules, and the regulation's own checks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from graphlib import TopologicalSorter
from typing import TypeAlias

from scoring import Question, Regulation
from scoring.quantity import Quantity

Inequality: TypeAlias = Mapping[str, Fraction]
"""Coefficients by question, "" for a constant: their sum over the answers is never above zero."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a group's numbers; in the `order` of the questions wholes stand before their parts."""

    questions: Mapping[str, Question]
    inequalities: tuple[Inequality, ...]
    order: tuple[str, ...]

    @classmethod
    def of(cls, regulation: Regulation, group: str) -> "Limits":
        """Gather what the regulation demands of a group's form in its first year, when nothing was answered before."""
        questions = {each.key: each for each in regulation.questions_for(group)}
        inequalities: list[Inequality] = []
        wholes: dict[str, set[str]] = {key: set() for key in questions}
        for smaller, larger, is_equal in _demands(regulation, group):
            inequality = _difference(smaller, larger)
            if inequality.keys() <= {*questions, ""}:
                inequalities += [inequality, _difference(larger, smaller)] if is_equal else [inequality]
                for part in (key for key, coefficient in inequality.items() if key and coefficient > 0):
                    wholes[part] |= {key for key, coefficient in inequality.items() if key and coefficient < 0}
        return cls(questions, tuple(inequalities), tuple(TopologicalSorter(wholes).static_order()))

    def bounds(self, key: str) -> bool:
        """Whether the number is compared with another one."""
        return any(key in each for each in self.inequalities)

    def room(self, key: str, known: Mapping[str, int | Decimal]) -> tuple[Fraction, Fraction | None]:
        """Return the least and the most that a number may be beside those that are known; None where nothing ends it.

        Numbers that are not known yet keep room for the least that they may be.
        """
        question = self.questions[key]
        least = Fraction(question.minimum or 0)
        most = [] if question.maximum is None else [Fraction(question.maximum)]
        for each in self.inequalities:
            rest = self._rest(each, key, known) if key in each else None
            if rest is not None and each[key] > 0:
                most.append(-rest / each[key])
            elif rest is not None:
                least = max(least, -rest / each[key])
        return least, min(most, default=None)

    def _rest(self, inequality: Inequality, key: str, known: Mapping[str, int | Decimal]) -> Fraction | None:
        """Add up the others, None where they may be as low as they like."""
        rest = Fraction(0)
        for other, coefficient in inequality.items():
            if other == "":
                rest += coefficient
            elif other in known:
                rest += coefficient * Fraction(known[other])
            elif other != key and coefficient < 0:
                return None
            elif other != key:
                rest += coefficient * Fraction(self.questions[other].minimum or 0)
        return rest


def _demands(regulation: Regulation, group: str) -> Iterator[tuple[Quantity, Quantity, bool]]:
    """Name what is no larger than what; with True what has to be equal, the whole second."""
    for node in regulation.indicators(group):
        for part, whole in node.rule.limits() if node.rule else ():
            yield part, whole, False
    for check in regulation.checks:
        if check.left.previous_keys() or check.right.previous_keys():
            continue
        if check.operator == "=":
            whole, parts = sorted((check.left, check.right), key=lambda side: len(side.addends))
            yield parts, whole, True
        else:
            smaller, larger = (check.left, check.right) if check.operator == "<=" else (check.right, check.left)
            yield smaller, larger, False


def _difference(smaller: Quantity, larger: Quantity) -> Inequality:
    """Bring everything to one side; what stands on both falls away."""
    found: dict[str, Fraction] = {}
    for sign, quantity in ((1, smaller), (-1, larger)):
        for addend in quantity.addends:
            found[addend.key] = found.get(addend.key, Fraction(0)) + sign * addend.coefficient
    return {key: coefficient for key, coefficient in found.items() if coefficient}
