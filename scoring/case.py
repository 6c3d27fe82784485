"""What a rule is applied to: what it can earn, and one unit's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.amounts import Points, as_decimal
from scoring.evaluation import Facts, evaluate
from scoring.expression import Expression
from scoring.regulation import Question
from words import Series


@dataclass(frozen=True, slots=True)
class Worth:
    """What a rule can earn: the maximum for one group, and the digits to which its points are rounded."""

    group: str
    maximum: Fraction
    digits: int


@dataclass(frozen=True, slots=True)
class Case:
    """One unit's answers before a rule that is to be explained; `points` are what the rule came to, as printed."""

    worth: Worth
    questions: Mapping[str, Question]
    facts: Facts
    points: Points

    @property
    def earned(self) -> Decimal:
        """The points as they are printed."""
        return as_decimal(self.points, self.worth.digits)

    def value(self, expression: Expression) -> Fraction:
        """Compute an expression on the unit's answers."""
        return Fraction(*evaluate(expression, self.facts))

    def labels(self, keys: Iterable[str]) -> Series:
        """Return the labels of some questions."""
        return Series(tuple(self.questions[key].label for key in keys))
