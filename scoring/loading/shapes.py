"""The shape of each piece of a regulation file. Everything is strict: no unknown keys, no silent conversions."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scoring.regulation import Good, QuestionType, Source
from scoring.rules import AnyRule
from scoring.rules.bounds import Bounds
from scoring.rules.numbers import Amount, Plain
from scoring.rules.rule import Written

Slug = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
Said = Annotated[str, Field(min_length=1)]


class DecisionShape(Written):
    """See `Decision`."""

    number: Said
    date: date
    issuer: Said
    source: Said


class ClauseShape(Written):
    """See `Clause`."""

    title: Said
    not_scored_because: Said | None = None


class GroupShape(Written):
    """See `Group`."""

    label: Said
    clause: Said


class QuestionShape(Written):
    """See `Question`; choices are ids with their labels."""

    label: Said
    type: QuestionType
    unit: str = ""
    minimum: Plain | None = None
    maximum: Plain | None = None
    required: bool = True
    source: Source = "unit"
    choices: dict[Slug, Said] = Field(default_factory=dict)
    evidence: bool = False
    good: Good | None = None
    clause: Said | None = None
    assumed: Said | None = None
    note: str = ""


class NodeShape(Written):
    """See `Node`; its children are pieces of their own."""

    id: Slug
    number: str = ""
    label: Said
    how: str = ""
    clause: Said
    assumed: Said | None = None
    maximum: Annotated[dict[str, Annotated[Amount, Field(ge=0)]], Field(min_length=1)]
    rule: AnyRule | None = None


class Grounded(Written):
    """Something that rests on a clause, or is assumed for a reason."""

    clause: Said | None = None
    assumed: Said | None = None

    @model_validator(mode="after")
    def has_grounds(self) -> Self:
        """Refuse what rests on nothing."""
        if self.clause is None and self.assumed is None:
            raise PydanticCustomError("no_grounds", "a clause or the reason for an assumption is wanted")
        return self


class NotApplicableShape(Grounded):
    """What N/A earns."""

    policy: Literal["full_marks", "not_allowed"]


class LateShape(Grounded):
    """What becomes of a unit that is late or sends nothing."""

    policy: Literal["not_ranked"]
    text: Said


class RoundingShape(Grounded):
    """How points are rounded."""

    digits: Annotated[int, Field(ge=0, le=6)]
    method: Literal["half_up"]


class TiesShape(Grounded):
    """How equal totals are ranked."""

    policy: Literal["shared_then_skipped"]


class RankScopeShape(Grounded):
    """Who is ranked together."""

    policy: Literal["group"]


class GradeShape(Bounds):
    """See `Grade`."""

    label: Said


class BelowLowestShape(Grounded):
    """What becomes of a total below the lowest grade, where that has a lower bound."""

    policy: Literal["not_ranked"]
    text: Said


class GradesShape(Grounded):
    """The grades, in any order."""

    bands: Annotated[tuple[GradeShape, ...], Field(min_length=1)]
    below_lowest: BelowLowestShape | None = None


def _month_day(value: object) -> tuple[int, int]:
    if isinstance(value, str) and re.fullmatch("[0-9]{2}-[0-9]{2}", value):
        try:
            leap_free = date.fromisoformat(f"2001-{value}")
        except ValueError:
            pass
        else:
            return leap_free.month, leap_free.day
    raise PydanticCustomError("not_a_month_day", "a month and day are wanted")


class AnnualDateShape(Grounded):
    """See `AnnualDate`; the date is written 10-01 for 1 October."""

    date: Annotated[tuple[int, int], BeforeValidator(_month_day)]
    years_later: Annotated[int, Field(ge=0, le=2)] = 0


class DraftAheadShape(Grounded):
    """How long before the day of issue next year's campaign is drafted."""

    days: Annotated[int, Field(ge=1, le=365)]


class TimetableShape(Written):
    """See `Timetable`."""

    issue_on: AnnualDateShape
    issue_before: AnnualDateShape
    collect_before: AnnualDateShape
    publish_before: AnnualDateShape
    draft_ahead: DraftAheadShape


class TopShape(Written):
    """The top of the file without its sections; what is below it is read piece by piece."""

    id: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    title: Said
    short_title: Said
    language: Literal["vi", "en"]
    clauses: Annotated[dict[str, Any], Field(min_length=1)]
    groups: Annotated[dict[Slug, Any], Field(min_length=1)]
    questions: Annotated[dict[Slug, Any], Field(min_length=1)]
    tree: Annotated[tuple[Any, ...], Field(min_length=1)]


SECTIONS: dict[str, type[Written]] = {
    "decision": DecisionShape,
    "not_applicable": NotApplicableShape,
    "late": LateShape,
    "rounding": RoundingShape,
    "ties": TiesShape,
    "rank_scope": RankScopeShape,
    "grades": GradesShape,
    "timetable": TimetableShape,
}
"""The sections that every file has."""
