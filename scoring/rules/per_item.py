"""Points for each item, up to the maximum."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Arithmetic, Expression, Least, number
from scoring.quantity import Quantity
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import Counted, Positive
from scoring.rules.ranges import reach
from scoring.rules.rule import Leaf, ReadAs, counted
from scoring.sentences import spoken
from words import Text, Value


class PerItem(Leaf):
    """`{kind: per_item, count: ung_dung, each: 1}`."""

    kind: Literal["per_item"]
    count: Counted
    each: Positive

    @override
    def reads(self) -> dict[str, ReadAs]:
        return dict.fromkeys(self.count.keys(), "number")

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        yield self.count, 1

    @override
    def award(self, worth: Worth) -> Expression:
        return Least((Arithmetic(number(self.each), "*", counted(self.count)), number(worth.maximum)))

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        _, most = reach(self.count, setting.questions)
        for group, maximum in setting.maxima.items():
            if most is not None and self.each * most < maximum:
                values = {"group": group, "best": spoken(self.each * most), "maximum": spoken(maximum)}
                yield Fault("maximum_never_reached", "each", values, is_notice=True)

    @override
    def sentence(self, case: Case) -> Text:
        found: Fraction = case.value(counted(self.count))
        over = self.each * found > case.worth.maximum
        values: dict[str, Value] = {"data": case.named(self.count), "count": spoken(found), "each": spoken(self.each)}
        if over:
            maximum = spoken(case.worth.maximum)
            return Text("scoring.why.per_item_capped", **values, maximum=maximum, points=case.earned)
        return Text("scoring.why.per_item", **values, points=case.earned)
