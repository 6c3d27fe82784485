"""A choice with its points, which may be negative, or with a fraction of the maximum."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Chosen, Expression, If
from scoring.rules.award import Awarded, award_faults
from scoring.rules.faults import Fault, Setting
from scoring.rules.rule import Leaf, ReadAs
from words import Text


class Choice(Leaf):
    """`{kind: choice, question: bao_cao, points: {dung_han: 1, cham: 1/2 maximum, khong_gui: 0}}`."""

    kind: Literal["choice"]
    question: str
    points: Annotated[dict[str, Awarded], Field(min_length=1)]

    @override
    def reads(self) -> dict[str, ReadAs]:
        return {self.question: "choice"}

    def award(self, worth: Worth) -> Expression:
        """Earn what the choice is worth; the last one needs no question."""
        *others, (_, last) = self.points.items()
        earned: Expression = last.constant(worth)
        for choice, award in reversed(others):
            earned = If(Chosen(self.question, choice), award.constant(worth), earned)
        return earned

    @override
    def sentence(self, case: Case) -> Text:
        question = case.question(self.question)
        chosen = str(case.answer(self.question))
        return Text(
            "scoring.why.choice",
            question=question.label,
            choice=question.choice(chosen).label,
            award=self.points[chosen].said(case),
        )

    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        """Find choices without points, points without a choice, and points that do not fit the maximum."""
        offered = [choice.id for choice in setting.questions[self.question].choices]
        for choice in offered:
            if choice not in self.points:
                yield Fault("choice_unreachable", "points", {"choice": choice, "key": self.question})
        for choice in self.points:
            if choice not in offered:
                yield Fault("unknown_choice", choice, {"choice": choice, "key": self.question})
        yield from award_faults(self.points.values(), "points", setting)
