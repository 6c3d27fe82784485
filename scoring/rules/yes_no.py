"""Yes or no: yes earns the maximum."""

from collections.abc import Iterator
from typing import Literal

from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import ZERO, Expression, If, Yes, number
from scoring.quantity import Quantity, count_of
from scoring.rules.rule import Leaf, ReadAs
from words import Text


class YesNo(Leaf):
    """`{kind: yes_no, question: tuong_lua}`."""

    kind: Literal["yes_no"]
    question: str

    @override
    def reads(self) -> dict[str, ReadAs]:
        return {self.question: "yes"}

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        yield count_of(self.question), 1

    def award(self, worth: Worth) -> Expression:
        """Earn everything or nothing."""
        return If(Yes(self.question), number(worth.maximum), ZERO)

    @override
    def sentence(self, case: Case) -> Text:
        said = "scoring.why.yes" if case.answer(self.question) else "scoring.why.no"
        return Text(said, question=case.label(self.question), points=case.earned)
