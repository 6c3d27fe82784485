"""A requirement that is met or not: several conditions joined by "and"."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import ZERO, AnyOf, Chosen, Compare, Condition, Datum, Expression, If, Yes, all_of, number
from scoring.quantity import Quantity, count_of
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import Amount
from scoring.rules.rule import Leaf, ReadAs, Written
from scoring.sentences import spoken
from words import Series, Text


class Requirement(Written):
    """`{question: q}` wants yes, with `at_least: 2` a number, with `one_of: [a, b]` one of these choices."""

    question: str
    at_least: Amount | None = None
    one_of: Annotated[tuple[str, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def one_demand(self) -> Self:
        """Refuse a number and a choice at once."""
        if self.at_least is not None and self.one_of is not None:
            raise PydanticCustomError("two_demands", "at_least or one_of is wanted")
        return self

    def read_as(self) -> ReadAs:
        """Say how the question is read."""
        if self.at_least is not None:
            return "number"
        return "choice" if self.one_of else "yes"

    def condition(self) -> Condition:
        """Return when it is met."""
        if self.at_least is not None:
            return Compare(Datum(self.question), ">=", number(self.at_least))
        if self.one_of:
            return AnyOf(tuple(Chosen(self.question, choice) for choice in self.one_of))
        return Yes(self.question)

    def said(self, case: Case) -> Text:
        """Say what is wanted."""
        question = case.question(self.question)
        if self.at_least is not None:
            bound = Text("scoring.bound.at_least", bound=spoken(self.at_least))
            return Text("scoring.why.wants", question=question.label, wanted=bound)
        if self.one_of:
            labels = Series(tuple(question.choice(choice).label for choice in self.one_of))
            return Text("scoring.why.wants", question=question.label, wanted=labels)
        return Text("scoring.why.wants", question=question.label, wanted=Text("scoring.yes"))


class AllMet(Leaf):
    """`{kind: all_met, conditions: [{question: ke_hoach}, {question: so_lop, at_least: 2}]}`."""

    kind: Literal["all_met"]
    conditions: Annotated[tuple[Requirement, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def each_question_once(self) -> Self:
        """Refuse two conditions on one question: the stricter one says it all, or they can never both hold."""
        if len({each.question for each in self.conditions}) < len(self.conditions):
            raise PydanticCustomError("condition_doubled", "one condition a question is wanted")
        return self

    @override
    def reads(self) -> dict[str, ReadAs]:
        return {each.question: each.read_as() for each in self.conditions}

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        yield from ((count_of(each.question), 1) for each in self.conditions)

    def award(self, worth: Worth) -> Expression:
        """Earn everything where all conditions hold, else nothing."""
        return If(all_of([each.condition() for each in self.conditions]), number(worth.maximum), ZERO)

    @override
    def sentence(self, case: Case) -> Text:
        unmet = tuple(each.said(case) for each in self.conditions if not case.holds(each.condition()))
        if unmet:
            return Text("scoring.why.unmet", conditions=Series(unmet), points=case.earned)
        return Text("scoring.why.met", n=len(self.conditions), points=case.earned)

    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        """Find choices that the question does not offer, and numbers that it cannot reach."""
        for each in self.conditions:
            question = setting.questions[each.question]
            offered = {choice.id for choice in question.choices}
            for choice in each.one_of or ():
                if choice not in offered:
                    yield Fault("unknown_choice", choice, {"choice": choice, "key": question.key})
            if each.at_least is not None and question.maximum is not None and each.at_least > question.maximum:
                yield Fault("condition_unreachable", "at_least", {"key": question.key})
