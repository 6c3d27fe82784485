"""Steps on a count: each count has its points, and what more than the highest count earns is said."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Compare, Datum, Expression, If, Number
from scoring.quantity import count_of
from scoring.rules.award import Awarded, award_faults, direction, falling_faults
from scoring.rules.faults import Fault, Setting
from scoring.rules.rule import Leaf, ReadAs
from words import Text

Count = Annotated[int, WithJsonSchema({"type": "string", "pattern": "^(0|-?[1-9][0-9]*)$"})]


class Steps(Leaf):
    """`{kind: steps, count: so_cuoc_hop, points: {0: 0, 1: 5, 2: 10, 3: 15, 4: 20}, beyond: 20}`."""

    kind: Literal["steps"]
    count: str
    points: Annotated[dict[Count, Awarded], Field(min_length=1)]
    beyond: Awarded

    @override
    def reads(self) -> dict[str, ReadAs]:
        return {self.count: "count"}

    def award(self, worth: Worth) -> Expression:
        """Go up the steps; whoever passes the last one is beyond."""
        earned: Expression = self.beyond.constant(worth)
        for count, award in sorted(self.points.items(), reverse=True):
            earned = If(Compare(Datum(self.count), "=", Number(count)), award.constant(worth), earned)
        return earned

    @override
    def sentence(self, case: Case) -> Text:
        count = int(case.value(Datum(self.count)))
        award = self.points.get(count, self.beyond)
        value = Text("scoring.why.count", data=case.labels([self.count]), count=count)
        return Text("scoring.why.step", value=value, award=award.said(case))

    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        """Find counts between the steps that have no points, and steps that no count reaches."""
        question = setting.questions[self.count]
        lowest = int(question.minimum or 0)
        for earlier, later in pairwise([lowest - 1, *sorted(self.points)]):
            if later > earlier + 1:
                yield Fault("step_missing", "points", {"n": earlier + 1})
        for count in self.points:
            if count < lowest or (question.maximum is not None and count > question.maximum):
                yield Fault("step_unreachable", str(count), {"n": count, "key": question.key})
        yield from award_faults([*self.points.values(), self.beyond], "points", setting)
        better = direction(count_of(self.count), setting)
        upwards = [award for _, award in sorted(self.points.items())] + [self.beyond]
        if better:
            yield from falling_faults(upwards if better > 0 else upwards[::-1], "points", setting)
