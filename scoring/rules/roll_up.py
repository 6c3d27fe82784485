"""The mean of what the subordinate units earned."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import ZERO, Arithmetic, Compare, Expression, If, Subordinates, number
from scoring.rules.award import Awarded, above_faults
from scoring.rules.faults import Fault, Setting
from scoring.rules.relative import measured
from scoring.rules.rule import KnownLater, ReadAs, Rule
from scoring.sentences import spoken
from words import Text


class RollUp(Rule):
    """`{kind: roll_up, from: xa, node: tong_diem, counting: "xã, phường", when_none: 0}`.

    The mean of the node's points over the assessed units of the group that are under this unit, by the node's maximum.
    A unit that was not assessed is left out of the mean; a true zero is not.
    """

    kind: Literal["roll_up"]
    source_group: str = Field(alias="from")
    node: str
    counting: str
    when_none: Awarded

    @property
    @override
    def known_later(self) -> KnownLater:
        return "subordinates"

    @property
    @override
    def rolls_up_from(self) -> tuple[str, ...]:
        return (self.source_group,)

    @override
    def reads(self) -> dict[str, ReadAs]:
        return {}

    def _sum(self) -> Expression:
        return Subordinates("sum", self.source_group, self.node)

    def _count(self) -> Expression:
        return Subordinates("count", self.source_group, self.node)

    @override
    def expression(self, worth: Worth) -> Expression:
        share = number(worth.maximum / worth.maximum_of(self.node, self.source_group))
        mean = Arithmetic(Arithmetic(share, "*", self._sum()), "/", self._count())
        return If(Compare(self._count(), ">", ZERO), mean, self.when_none.constant(worth))

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        yield from above_faults(self.when_none, "when_none", setting)

    @override
    def explain(self, case: Case) -> Text:
        count = int(case.value(self._count()))
        if not count:
            return Text("scoring.why.roll_up_none", counting=self.counting, award=self.when_none.said(case))
        return Text(
            "scoring.why.roll_up",
            n=count,
            counting=self.counting,
            mean=measured(case.value(self._sum()) / count),
            whole=spoken(case.worth.maximum_of(self.node, self.source_group)),
            maximum=spoken(case.worth.maximum),
            points=case.earned,
        )
