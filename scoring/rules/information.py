"""A row for information: it is asked and shown, and earns nothing."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import ZERO, Expression
from scoring.rules.faults import Fault, Setting
from scoring.rules.rule import ReadAs, Rule
from scoring.sentences import spoken
from words import Text


class Information(Rule):
    """`{kind: information, questions: [dan_so, doanh_nghiep]}`, with a maximum of 0."""

    kind: Literal["information"]
    asked: Annotated[tuple[str, ...], Field(min_length=1, alias="questions")]

    @property
    @override
    def earns_nothing(self) -> bool:
        return True

    @override
    def reads(self) -> dict[str, ReadAs]:
        return dict.fromkeys(self.asked, "anything")

    @override
    def expression(self, worth: Worth) -> Expression:
        return ZERO

    @override
    def explain(self, case: Case) -> Text:
        return Text("scoring.why.information")

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        for group, maximum in setting.maxima.items():
            if maximum:
                yield Fault("information_has_points", "", {"group": group, "maximum": spoken(maximum)})
