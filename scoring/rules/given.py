"""Points that somebody gives within the maximum: a council, an officer, a survey."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Datum, Expression, Least, number
from scoring.quantity import Quantity, count_of
from scoring.rules.faults import Fault, Setting
from scoring.rules.rule import Leaf, ReadAs
from scoring.sentences import spoken
from words import Text


class GivenPoints(Leaf):
    """`{kind: given, question: diem_hoi_dong}`; the question's range is from 0 to the maximum."""

    kind: Literal["given"]
    question: str

    @override
    def reads(self) -> dict[str, ReadAs]:
        return {self.question: "number"}

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        yield count_of(self.question), 1

    @override
    def award(self, worth: Worth) -> Expression:
        return Least((Datum(self.question), number(worth.maximum)))

    @override
    def sentence(self, case: Case) -> Text:
        question, reason = case.label(self.question), case.reason(self.question)
        if reason:
            return Text("scoring.why.given_because", question=question, reason=reason, points=case.earned)
        return Text("scoring.why.given", question=question, points=case.earned)

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        question = setting.questions[self.question]
        for group, maximum in setting.maxima.items():
            if question.maximum is None or Fraction(question.maximum) != maximum:
                values = {"key": self.question, "group": group, "maximum": spoken(maximum)}
                yield Fault("given_range", "question", values)
