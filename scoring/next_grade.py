"""What a unit lacks to its next grade (xếp loại) or level (mức), and which indicators would bring it there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from scoring.amounts import Points, Rounding
from scoring.assess import Assessment
from scoring.columns import Column
from scoring.evaluation import Facts, evaluate
from scoring.lines import lines_of, parts_of
from scoring.ranking import shortfalls
from scoring.regulation import Node, Regulation
from scoring.sentences import joined
from words import Series, Text

Wanted: TypeAlias = tuple[Node, Points, Points]
"""A node, its printed points, and the minimum they do not reach."""


@dataclass(frozen=True, slots=True)
class Gain:
    """An indicator below its maximum by `room`; at its maximum, all else equal, it brings `points` to what lacks them.

    The two differ where points are weighted, averaged, capped or rescaled on their way up.
    """

    node: Node
    room: Points
    points: Points


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A node below the `minimum` that is asked of it, and where most is to be gained, the largest gain first."""

    node: Node
    points: Points
    minimum: Points
    gains: tuple[Gain, ...]

    @property
    def lacks(self) -> Points:
        """The points that are missing."""
        return self.minimum - self.points


@dataclass(frozen=True, slots=True)
class NextGrade:
    """The next grade or level: its label, what falls short of it, and indicators whose maximum would be `enough`.

    None of `enough` could be left out, and where points are added up no fewer indicators would do. It is empty where
    nothing would be enough. `not_known` is the maximum of the indicators that a self-score does not cover yet.
    """

    label: str
    shortfalls: tuple[Shortfall, ...]
    enough: tuple[Gain, ...]
    not_known: Points
    explanation: Text


def next_grade(assessment: Assessment) -> NextGrade | None:
    """Return what is missing to the next grade; None at the highest one, and where the regulation has no grades."""
    regulation = assessment.facts.cohort.regulation
    points = assessment.total
    missing: list[tuple[str, list[Wanted]]] = [
        (each.label, [(regulation.total, points, each.at_least)] if points < (each.at_least or points) else [])
        for each in regulation.grades
        if each.at_least is not None or each is regulation.grades[-1]
    ]
    return _next(assessment, missing)


def next_level(assessment: Assessment) -> NextGrade | None:
    """Return what is missing to the next level; None at the highest one, and where the regulation has no levels."""
    regulation = assessment.facts.cohort.regulation
    return _next(assessment, [(level.label, shortfalls(level, assessment)) for level in regulation.levels])
