"""What a rule is checked against when it is loaded, and what can be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.regulation import Question
from words import Value


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule is checked against when it is loaded: the questions, and its maximum for each group that has it.

    `is_literal` is whether a better datum may earn less, because the text, taken at its word, says so.
    """

    questions: Mapping[str, Question]
    maxima: Mapping[str, Fraction]
    is_literal: bool = False

    def better(self, key: str) -> int:
        """Return 1 where more of a datum, or a yes, is better, -1 where less or a no is, 0 where nothing is said."""
        return {"more": 1, "yes": 1, "less": -1, "no": -1}.get(self.questions[key].good or "", 0)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a rule: the problem's code and values, and the word of the rule's text it stands near."""

    code: str
    near: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    is_notice: bool = False
