"""The top of a file, and its sections."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from scoring.loading.shapes.contents import DecisionShape
from scoring.loading.shapes.grades import GradesShape, LevelsShape
from scoring.loading.shapes.grounds import Said, Slug
from scoring.loading.shapes.policies import (
    LateShape,
    NotApplicableShape,
    RankByShape,
    RoundingShape,
    TiesShape,
)
from scoring.loading.shapes.timetable import TimetableShape
from scoring.rules.rule import Written


class TopShape(Written):
    """The top of the file without its sections; what is below it is read piece by piece."""

    id: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    """Lower-case letters, digits and hyphens: mic-2392."""
    title: Said
    short_title: Said
    """What messages call it."""
    language: Literal["vi", "en"]
    """The language of the labels."""
    clauses: Annotated[dict[str, Any], Field(min_length=1)]
    """Every clause of the text, by the name it is cited by: Điều 6.3."""
    groups: Annotated[dict[Slug, Any], Field(min_length=1)]
    """The groups of units, by id."""
    questions: Annotated[dict[Slug, Any], Field(min_length=1)]
    """The data that rules read, by id."""
    checks: tuple[Any, ...] = ()
    """What must hold between answers."""
    comparisons: dict[str, Any] = Field(default_factory=dict)
    """How years under earlier regulations compare, by the regulation's id."""
    tree: Annotated[tuple[Any, ...], Field(min_length=1)]
    """The point table. The first tree is the total; further ones are pillars that overlap it."""


SECTIONS: Mapping[str, type[Written]] = {
    "decision": DecisionShape,
    "not_applicable": NotApplicableShape,
    "late": LateShape,
    "rank_by": RankByShape,
    "rounding": RoundingShape,
    "ties": TiesShape,
    "grades": GradesShape,
    "levels": LevelsShape,
    "timetable": TimetableShape,
}
"""The sections of a file."""

OPTIONAL = frozenset({"rank_by", "grades", "levels"})
"""The sections that a file may do without."""
