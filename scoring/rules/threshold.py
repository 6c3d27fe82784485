"""A threshold on a proportion: nothing below it, from it on the proportion itself or the whole maximum."""

from collections.abc import Iterator
from typing import Literal

from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import ZERO, Compare, Expression, If, number
from scoring.quantity import Quantity
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import Amount
from scoring.rules.proportion import Proportion
from scoring.sentences import spoken
from words import Text


class Threshold(Proportion):
    """`{kind: threshold, part: da_xong, whole: nhiem_vu, counting: …, at_least: 80, then: proportional}` (percent)."""

    kind: Literal["threshold"]
    at_least: Amount
    then: Literal["proportional", "maximum"]

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        yield from ((self.part, 1), (self.whole, -1))

    def _reached(self) -> Compare:
        return self.compared(">=", self.at_least)

    @override
    def divided(self, worth: Worth) -> Expression:
        earned = self.proportional(worth) if self.then == "proportional" else number(worth.maximum)
        return If(self._reached(), earned, ZERO)

    @override
    def divided_sentence(self, case: Case) -> Text:
        threshold = spoken(self.at_least)
        if not case.holds(self._reached()):
            missed = "scoring.why.threshold_missed"
            return Text(missed, proportion=self.said(case), threshold=threshold, points=case.earned)
        reached = self.proportional_sentence(case) if self.then == "proportional" else self._full_sentence(case)
        return Text("scoring.why.threshold_reached", reached=reached, threshold=threshold)

    def _full_sentence(self, case: Case) -> Text:
        return Text("scoring.why.full", proportion=self.said(case), points=case.earned)

    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        """Find a threshold that no percentage can reach."""
        yield from super().contradictions(setting)
        if self.at_least > 100 and not self.may_exceed:  # noqa: PLR2004 - the whole, in percent
            yield Fault("condition_unreachable", "at_least", {"key": " + ".join(self.part.keys())})
