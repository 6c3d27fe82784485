"""Weighted classes of a whole: what is done counts fully, what is in progress counts less."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Arithmetic, Datum, Expression, Least, number, sum_of
from scoring.quantity import Addend, Quantity
from scoring.rules.award import Award, award_faults
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import NonNegative
from scoring.rules.proportion import OfWhole, percentage
from scoring.rules.rule import ReadAs, Written, counted
from scoring.sentences import joined, spoken
from words import Text


class WeightedClass(Written):
    """One class and how much each of it counts."""

    question: str
    weight: NonNegative


class WeightedClasses(OfWhole):
    """`{kind: weighted_classes, classes: [{question: xong, weight: 1}, {question: dang, weight: 1/2}], whole: …}`."""

    kind: Literal["weighted_classes"]
    classes: Annotated[tuple[WeightedClass, ...], Field(min_length=1)]

    @override
    def reads(self) -> dict[str, ReadAs]:
        return dict.fromkeys((*self.whole.keys(), *self._classes().keys()), "number")

    @override
    def limits(self) -> Iterator[tuple[Quantity, Quantity]]:
        yield self._classes(), self.whole

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        yield from ((self._classes(), 1), (self.whole, -1))

    def _classes(self) -> Quantity:
        return Quantity(tuple(Addend(Fraction(1), each.question) for each in self.classes))

    def _weighed(self) -> Expression:
        return sum_of([Arithmetic(number(each.weight), "*", Datum(each.question)) for each in self.classes])

    @override
    def divided(self, worth: Worth) -> Expression:
        weighed = Least((self._weighed(), counted(self.whole)))
        return Arithmetic(Arithmetic(number(worth.maximum), "*", weighed), "/", counted(self.whole))

    @override
    def divided_sentence(self, case: Case) -> Text:
        whole = case.value(counted(self.whole))
        terms = [
            Text("scoring.why.times", count=spoken(case.value(Datum(each.question))), weight=spoken(each.weight))
            for each in self.classes
        ]
        return Text(
            "scoring.why.weighted",
            weighed=joined("scoring.why.plus", terms),
            whole=spoken(whole),
            counting=self.counting,
            percent=percentage(min(case.value(self._weighed()), whole) / whole),
            maximum=spoken(case.worth.maximum),
            points=case.earned,
        )

    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        """Find a class that would count more than once, and weights that all are too small for the maximum."""
        yield from super().contradictions(setting)
        best = max(each.weight for each in self.classes)
        yield from award_faults([Award(min(best, Fraction(1)), is_share=True)], "classes", setting)
        for each in self.classes:
            if each.weight > 1:
                yield Fault("weight_above_one", each.question, {"key": each.question, "weight": spoken(each.weight)})
