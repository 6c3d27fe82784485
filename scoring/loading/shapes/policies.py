"""The settled choices: what does not apply, what is late, how numbers are rounded, what goes first in the ranking."""

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scoring.loading.shapes.grounds import Grounded, Said
from scoring.loading.shapes.timetable import AnnualDateShape
from scoring.rules.numbers import NonNegative
from scoring.rules.rule import Written


class NotApplicableShape(Grounded):
    """What becomes of an indicator that does not apply to a unit (không áp dụng), once an officer grants it.

    `full_marks` earns its maximum; `out` takes its maximum out of the scale; `rescale` does so too and brings the
    points back to the full maximum; with `not_allowed` nothing can be claimed not to apply.
    """

    policy: Literal["full_marks", "not_allowed", "out", "rescale"]
    at: tuple[str, ...] = ()
    """The lines that are rescaled; without it the total."""


class LateShape(Grounded):
    """What becomes of a form that comes late: not ranked, ranked with a penalty, or accepted and flagged."""

    policy: Literal["not_ranked", "penalty", "accepted"]
    text: Said
    """What the unit is told."""
    points: NonNegative = Fraction(0)
    """What the total loses under `penalty`."""
    until: AnnualDateShape | None = None
    """The first day on which a late form counts as missing."""

    @model_validator(mode="after")
    def fits_its_policy(self) -> Self:
        """Refuse a penalty without points, and points or a second date that the policy has no use for."""
        if (self.policy == "penalty") != bool(self.points) or (self.policy == "not_ranked" and self.until):
            raise PydanticCustomError("late_policy", "the policy and its points or date do not fit")
        return self


class RoundedShape(Written):
    """How one kind of number is rounded: a half away from zero, or cut off."""

    digits: Annotated[int, Field(ge=0, le=6)]
    method: Literal["half_up", "truncated"] = "half_up"


class RoundingShape(RoundedShape, Grounded):
    """How points are rounded, and where it is otherwise the total and percentages."""

    method: Literal["half_up", "truncated"]
    total: RoundedShape | None = None
    percent: RoundedShape | None = None


class TiesShape(Grounded):
    """How equal totals are ranked: they share a rank and the next is skipped (1, 2, 2, 4)."""

    policy: Literal["shared_then_skipped"]
    breakers: tuple[str, ...] = ()
    """The lines whose points are compared first, in this order."""


class RankByShape(Grounded):
    """What goes first in the ranking: the total, or the level and then the total."""

    policy: Literal["total", "level_then_total"]
