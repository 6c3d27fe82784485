"""A penalty for each occurrence, taken from the maximum down to a stated floor."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Arithmetic, Datum, Expression, Greatest, number, sum_of
from scoring.quantity import Quantity, count_of
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import Amount, Positive
from scoring.rules.rule import Leaf, ReadAs, Written
from scoring.sentences import joined, spoken
from words import Text


class Deduction(Written):
    """What is counted, and the points that each occurrence costs."""

    count: str
    each: Positive


class Penalty(Leaf):
    """`{kind: penalty, deductions: [{count: bao_cao_cham, each: 0.25}], floor: 0}`."""

    kind: Literal["penalty"]
    deductions: Annotated[tuple[Deduction, ...], Field(min_length=1)]
    floor: Amount

    @override
    def reads(self) -> dict[str, ReadAs]:
        return {each.count: "number" for each in self.deductions}

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        yield from ((count_of(each.count), -1) for each in self.deductions)

    @override
    def award(self, worth: Worth) -> Expression:
        deducted = sum_of([Arithmetic(number(each.each), "*", Datum(each.count)) for each in self.deductions])
        return Greatest((number(self.floor), Arithmetic(number(worth.maximum), "-", deducted)))

    @override
    def sentence(self, case: Case) -> Text:
        terms = [
            Text(
                "scoring.why.deduction",
                label=case.label(each.count),
                count=spoken(case.value(Datum(each.count))),
                each=spoken(each.each),
            )
            for each in self.deductions
        ]
        return Text(
            "scoring.why.penalty",
            maximum=spoken(case.worth.maximum),
            deducted=joined("scoring.why.plus", terms),
            floor=spoken(self.floor),
            points=case.earned,
        )

    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        """Find a floor above the maximum."""
        for group, maximum in setting.maxima.items():
            if self.floor > maximum:
                values = {"group": group, "floor": spoken(self.floor), "maximum": spoken(maximum)}
                yield Fault("floor_above_maximum", "floor", values)
