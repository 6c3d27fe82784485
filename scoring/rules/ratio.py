"""A ratio: part of whole, times the maximum."""

from typing import Literal

from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Expression
from scoring.rules.proportion import Proportion
from words import Text


class Ratio(Proportion):
    """`{kind: ratio, part: may_diet_virus, whole: may_tinh, counting: máy tính có phần mềm diệt virus}`."""

    kind: Literal["ratio"]

    @override
    def divided(self, worth: Worth) -> Expression:
        return self.proportional(worth)

    @override
    def divided_sentence(self, case: Case) -> Text:
        return self.proportional_sentence(case)
