"""A ratio: part of whole, times the maximum; or what is left of it, where fewer is better."""

from collections.abc import Iterator
from typing import Literal

from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Arithmetic, Expression, number
from scoring.quantity import Quantity
from scoring.rules.proportion import Proportion
from scoring.sentences import spoken
from words import Text


class Ratio(Proportion):
    """`{kind: ratio, part: may_diet_virus, whole: may_tinh, counting: máy tính có phần mềm diệt virus}`."""

    kind: Literal["ratio"]
    inverse: bool = False

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        sign = -1 if self.inverse else 1
        yield from ((self.part, sign), (self.whole, -sign))

    @override
    def divided(self, worth: Worth) -> Expression:
        if not self.inverse:
            return self.proportional(worth)
        return Arithmetic(number(worth.maximum), "-", self.proportional(worth))

    @override
    def divided_sentence(self, case: Case) -> Text:
        if not self.inverse:
            return self.proportional_sentence(case)
        maximum = spoken(case.worth.maximum)
        return Text("scoring.why.ratio_inverse", proportion=self.said(case), maximum=maximum, points=case.earned)
