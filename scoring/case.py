"""What a rule is applied to: what it can earn, and one unit's answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from scoring.amounts import Rounding, as_decimal
from scoring.evaluation import evaluate, holds
from words import Series, Value

if TYPE_CHECKING:
    from scoring.answers import AnswerValue
    from scoring.evaluation import Facts
    from scoring.expression import Condition, Expression
    from scoring.quantity import Quantity
    from scoring.regulation import Question, Regulation


@dataclass(frozen=True, slots=True)
class Worth:
    """What a rule can earn: the maximum for one group, and how its points are rounded."""

    group: str
    maximum: Fraction
    rounding: Rounding
    regulation: "Regulation"

    def maximum_of(self, node: str, group: str) -> Fraction:
        """Return the maximum of another node for a group."""
        return Fraction(self.regulation.node(node).maxima[group], 10**self.regulation.digits)


@dataclass(frozen=True, slots=True)
class Case:
    """One unit before a rule that is to be explained; `points` is what the rule comes to, rounded."""

    worth: Worth
    facts: "Facts"
    points: "Expression"

    @property
    def _row(self) -> int:
        return self.facts.row or 0

    @property
    def earned(self) -> Decimal:
        """The points as they are printed."""
        digits = self.worth.rounding.digits
        return as_decimal(int(self.value(self.points) * 10**digits), digits)

    def value(self, expression: "Expression") -> Fraction:
        """Compute an expression on the unit's answers."""
        return evaluate(expression, self.facts).fractions(1)[0]

    def holds(self, condition: "Condition") -> bool:
        """Decide a condition on the unit's answers."""
        return bool(holds(condition, self.facts))

    def answer(self, key: str) -> "AnswerValue | None":
        """Return the unit's answer, None where none is usable."""
        return self.facts.cohort.value(key, self._row)

    def unanswered(self, keys: Iterable[str]) -> Sequence[str]:
        """Return the questions without a usable answer."""
        return [key for key in keys if not self.facts.cohort.given[key][self._row]]

    def reason(self, key: str) -> str:
        """Return the reason that was written beside an answer, "" where none was."""
        answers = self.facts.cohort.answers
        answer = answers[self._row].get(key) if answers else None
        return answer.reason if answer else ""

    def question(self, key: str) -> "Question":
        """Return a question of the regulation."""
        return self.facts.cohort.regulation.questions[key]

    def label(self, key: str) -> str:
        """Return the label of a question."""
        return self.question(key).label

    def labels(self, keys: Iterable[str]) -> Series:
        """Return the labels of some questions."""
        return Series(tuple(self.label(key) for key in keys))

    def named(self, quantity: "Quantity") -> Value:
        """Name what is counted."""
        return quantity.named(lambda addend: self.label(addend.key))
