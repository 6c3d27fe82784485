"""Points for each item, up to the maximum."""

from fractions import Fraction
from typing import Literal

from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Arithmetic, Expression, Least, number
from scoring.rules.numbers import Counted, Positive
from scoring.rules.rule import Leaf, ReadAs, counted
from scoring.sentences import spoken
from words import Text


class PerItem(Leaf):
    """`{kind: per_item, count: ung_dung, each: 1}`."""

    kind: Literal["per_item"]
    count: Counted
    each: Positive

    @override
    def reads(self) -> dict[str, ReadAs]:
        return dict.fromkeys(self.count.keys(), "number")

    @override
    def award(self, worth: Worth) -> Expression:
        return Least((Arithmetic(number(self.each), "*", counted(self.count)), number(worth.maximum)))

    @override
    def sentence(self, case: Case) -> Text:
        found: Fraction = case.value(counted(self.count))
        over = self.each * found > case.worth.maximum
        return Text(
            "scoring.why.per_item_capped" if over else "scoring.why.per_item",
            data=case.labels(self.count.keys()),
            count=spoken(found),
            each=spoken(self.each),
            points=case.earned,
        )
