"""The shape of each piece of a regulation file. Everything is strict: no unknown keys, no silent conversions.

What stands under a key tells what the key means; the JSON Schema takes its help from there.
"""

from scoring.loading.shapes.contents import (
    CheckShape,
    ClauseShape,
    ComparisonShape,
    DecisionShape,
    GroupShape,
    QuestionShape,
)
from scoring.loading.shapes.file import OPTIONAL, SECTIONS, TopShape
from scoring.loading.shapes.grades import BelowLowestShape, GradeShape, GradesShape, LevelsShape
from scoring.loading.shapes.grounds import Grounded
from scoring.loading.shapes.node import EVERY, NodeShape
from scoring.loading.shapes.policies import (
    LateShape,
    NotApplicableShape,
    RankByShape,
    RoundedShape,
    RoundingShape,
    TiesShape,
)
from scoring.loading.shapes.timetable import AnnualDateShape, TermShape, TimetableShape, WindowShape

__all__ = [
    "EVERY",
    "OPTIONAL",
    "SECTIONS",
    "AnnualDateShape",
    "BelowLowestShape",
    "CheckShape",
    "ClauseShape",
    "ComparisonShape",
    "DecisionShape",
    "GradeShape",
    "GradesShape",
    "Grounded",
    "GroupShape",
    "LateShape",
    "LevelsShape",
    "NodeShape",
    "NotApplicableShape",
    "QuestionShape",
    "RankByShape",
    "RoundedShape",
    "RoundingShape",
    "TermShape",
    "TiesShape",
    "TimetableShape",
    "TopShape",
    "WindowShape",
]
