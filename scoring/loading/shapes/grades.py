"""Grades by the total, and levels by the minima of several lines together."""

import re
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from scoring.loading.shapes.grounds import Grounded, Said
from scoring.loading.shapes.node import EVERY
from scoring.rules.award import Award
from scoring.rules.bounds import Bounds
from scoring.rules.numbers import AMOUNT, exact
from scoring.rules.rule import Written


class GradeShape(Bounds):
    """A grade (xếp loại) and the totals that earn it."""

    label: Said


class BelowLowestShape(Grounded):
    """What becomes of a unit that is too low for any grade or level."""

    policy: Literal["not_ranked"]
    text: Said
    """What is published instead of a rank."""


class GradesShape(Grounded):
    """The grades by the total, in any order; together they cover every total once."""

    bands: Annotated[tuple[GradeShape, ...], Field(min_length=1)]
    below_lowest: BelowLowestShape | None = None


_PERCENT = re.compile(r"(?P<percent>[0-9]{1,9}(?:\.[0-9]{1,9})?) ?%", re.ASCII)


def _minimum(value: object) -> Award:
    """Read `84.25`, or `90 %` of the node's maximum."""
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    return Award(Fraction(found["percent"]) / 100, is_share=True) if found else Award(exact(value))


_MINIMUM = {
    "definition": "minimum",
    "description": "What must be reached: points, or a share of the line's maximum such as 90 %.",
    "anyOf": [AMOUNT, {"type": "string", "pattern": r"^[0-9]{1,9}(\.[0-9]{1,9})? ?%$"}],
}
Minimum = Annotated[Award, PlainValidator(_minimum)]
MinimumByGroup = Annotated[
    dict[str, Minimum],
    BeforeValidator(lambda value: value if isinstance(value, dict) else {EVERY: value}),
    WithJsonSchema({"anyOf": [_MINIMUM, {"type": "object", "additionalProperties": _MINIMUM, "minProperties": 1}]}),
]
"""What a node's points must reach for a level, for each group or for all."""


class LevelShape(Written):
    """A level (mức): what the points of several lines must reach together."""

    label: Said
    minima: Annotated[dict[str, MinimumByGroup], Field(min_length=1)]
    """Points, or a share of the maximum (90 %), by the id of the line; for each group or for all."""


class LevelsShape(Grounded):
    """The levels, the highest first."""

    wholes: Literal["sum_of_parts", "own"] = "sum_of_parts"
    """Whether the minimum of a sum is that of its parts together, or a demand of its own above them."""
    list: Annotated[tuple[LevelShape, ...], Field(min_length=1)]
    below_lowest: BelowLowestShape | None = None
