"""What every kind of rule can do: be written as an expression, be explained, and be checked when it is loaded.

A kind is one class in a file of its own. It builds one expression, which is computed exactly and printed as a formula;
only the explanation is its own.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from scoring.case import Case, Worth
from scoring.expression import ZERO, Expression, Given, Greatest, If, all_of
from scoring.quantity import Quantity
from scoring.rules.faults import Fault, Setting
from words import Text

ReadAs = Literal["number", "count", "yes", "choice", "anything"]
"""How a rule reads a question; a count is a whole number."""

KnownLater = Literal["cohort", "subordinates"]
"""On whom else than the unit the points depend."""


class Written(BaseModel):
    """Anything that is written in the file: no unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Rule(Written, ABC):
    """A rule as the file writes it; `kind` names it there."""

    @abstractmethod
    def reads(self) -> dict[str, ReadAs]:
        """Say which questions it reads, in order, and how."""

    @abstractmethod
    def expression(self, worth: Worth) -> Expression:
        """Return what it earns, not rounded."""

    @abstractmethod
    def explain(self, case: Case) -> Text:
        """Say how this unit came to its points, with the unit's numbers."""

    def questions(self) -> tuple[str, ...]:
        """Return the questions it reads, in order."""
        return tuple(self.reads())

    @property
    def known_later(self) -> KnownLater | None:
        """On whom else the points depend, so that they are known after the assessment; None where on nobody."""
        return None

    @property
    def earns_nothing(self) -> bool:
        """Whether its row is there for information only."""
        return False

    @property
    def rolls_up_from(self) -> tuple[str, ...]:
        """The groups of whose units' marks it takes the mean; nearly all rules have none."""
        return ()

    def limits(self) -> Iterator[tuple[Quantity, Quantity]]:
        """Name the data that cannot be larger than others, as parts and wholes."""
        yield from ()

    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        """Name what the points rise with (1) or fall with (-1), whatever else is answered."""
        yield from ()

    def contradictions(self, setting: Setting) -> Iterator[Fault]:  # noqa: ARG002 - for the kinds that can have some
        """Find what cannot be meant, where all questions are known and of the right type."""
        yield from ()

    def faults(self, setting: Setting) -> tuple[Fault, ...]:
        """Find everything wrong with the rule in its setting."""
        misread = tuple(fault for key, read_as in self.reads().items() for fault in _misread(key, read_as, setting))
        return misread or (*self.contradictions(setting), *self._against_good(setting))

    def _against_good(self, setting: Setting) -> Iterator[Fault]:
        """Find questions whose better answers earn less; what stands on both sides may go either way."""
        signs: dict[str, set[int]] = {}
        for quantity, sign in self.rises_with():
            for addend in quantity.addends:
                signs.setdefault(addend.key, set()).add(sign if addend.coefficient >= 0 else -sign)
        for key, both in signs.items():
            if key and both == {-setting.better(key)} and not setting.is_literal:
                yield Fault("award_falls", key, {"group": ", ".join(setting.maxima)})


class Leaf(Rule):
    """A rule on data of its own: while one of them is not answered it earns nothing, and says which one."""

    @abstractmethod
    def award(self, worth: Worth) -> Expression:
        """Return what it earns once everything it reads is answered."""

    @abstractmethod
    def sentence(self, case: Case) -> Text:
        """Explain it once everything it reads is answered."""

    def expression(self, worth: Worth) -> Expression:
        """Earn nothing until everything is answered: an empty cell is not a zero."""
        return If(all_of([Given(key) for key in self.questions()]), self.award(worth), ZERO)

    def explain(self, case: Case) -> Text:
        """Name the data that are not answered, or explain the award."""
        unanswered = case.unanswered(self.questions())
        if unanswered:
            return Text("scoring.why.unanswered", data=case.labels(unanswered), points=case.earned)
        return self.sentence(case)


def counted(quantity: Quantity) -> Expression:
    """Return what is counted; where something is taken off it is never less than nothing."""
    takes_off = any(addend.coefficient < 0 for addend in quantity.addends)
    return Greatest((ZERO, quantity.expression())) if takes_off else quantity.expression()


def _misread(key: str, read_as: ReadAs, setting: Setting) -> Iterator[Fault]:
    question = setting.questions.get(key)
    if question is None:
        yield Fault("unknown_question", key, {"key": key})
    elif question.type not in _TYPES[read_as]:
        yield Fault("question_type", key, {"key": key, "type": question.type, "wanted": " | ".join(_TYPES[read_as])})
    elif read_as in {"number", "count"} and (question.minimum is None or question.minimum < 0):
        yield Fault("question_may_be_negative", key, {"key": key})


_TYPES: dict[ReadAs, tuple[str, ...]] = {
    "number": ("integer", "decimal"),
    "count": ("integer",),
    "yes": ("boolean",),
    "choice": ("choice",),
    "anything": ("integer", "decimal", "boolean", "choice", "date", "text"),
}
