"""The shape of a line of the point table."""

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from scoring.loading.shapes.grounds import Said, Slug
from scoring.regulation import Operation
from scoring.rules import AnyRule
from scoring.rules.numbers import AMOUNT, Amount, NonNegative, Positive
from scoring.rules.rule import Written

EVERY = ""
"""Stands for every group where one number is written for all of them."""

AmountByGroup = Annotated[dict[str, NonNegative], Field(min_length=1)]
"""A number for each group."""

Bound = Annotated[
    dict[str, Amount],
    BeforeValidator(lambda value: value if isinstance(value, dict) else {EVERY: value}),
    WithJsonSchema({"anyOf": [AMOUNT, {"type": "object", "additionalProperties": AMOUNT, "minProperties": 1}]}),
]
"""A number for each group, or one for all."""


class NodeShape(Written):
    """A line of the point table: a part, a category (hạng mục), an indicator (tiêu chí), or a pillar of others."""

    id: Slug
    number: str = ""
    """Its number on the form, in quotes: "1.2"."""
    label: Said
    how: str = ""
    """How it is determined, for people; an indicator needs it."""
    clause: Said
    assumed: Said | None = None
    """Why it is taken so, where the text does not say."""
    maximum: AmountByGroup
    """The most points, for each group that has the line."""
    operation: Operation = "sum"
    """What is done with its parts."""
    of: tuple[str, ...] = ()
    """The ids of lines of earlier trees that a pillar stands on, instead of children."""
    weights: dict[str, Positive] = Field(default_factory=dict)
    """How much each part counts where they are weighted, by id."""
    out_of: Positive | None = None
    """What the weights come to."""
    cap: Bound = Field(default_factory=dict)
    """Never more than this."""
    floor: Bound = Field(default_factory=dict)
    """Never less than this."""
    outside_scale: bool = False
    """A bonus above the scale: its points are added, its maximum is not part of the parent's."""
    not_applicable: bool = True
    """Write false where nobody can claim that it does not apply."""
    literal: Said | None = None
    """Why a better datum may earn less: the text, taken at its word."""
    rule: AnyRule | None = None
    """How an indicator earns its points."""
