"""The shape of each piece of a regulation file. Everything is strict: no unknown keys, no silent conversions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, Literal, Self, cast

from pydantic import BeforeValidator, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from scoring.quantity import Quantity, parse_quantity
from scoring.regulation import Good, Operation, QuestionType, Source
from scoring.rules import AnyRule
from scoring.rules.award import Award
from scoring.rules.bounds import Bounds
from scoring.rules.numbers import Amount, Plain, Positive, exact
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


AmountByGroup = Annotated[dict[str, Annotated[Amount, Field(ge=0)]], Field(min_length=1)]
"""A number for each group."""

Bound = Annotated[
    dict[str, Amount], BeforeValidator(lambda value: value if isinstance(value, dict) else {EVERY: value})
]
"""A number for each group, or one for all."""

EVERY = ""
"""Stands for every group where one number is written for all of them."""


class NodeShape(Written):
    """See `Node`; its children are pieces of their own."""

    id: Slug
    number: str = ""
    label: Said
    how: str = ""
    clause: Said
    assumed: Said | None = None
    maximum: AmountByGroup
    operation: Operation = "sum"
    of: tuple[str, ...] = ()
    weights: dict[str, Positive] = Field(default_factory=dict)
    out_of: Positive | None = None
    cap: Bound = Field(default_factory=dict)
    floor: Bound = Field(default_factory=dict)
    outside_scale: bool = False
    not_applicable: bool = True
    literal: Said | None = None
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


class GroupShape(Grounded):
    """See `Group`."""

    label: Said
    under: str = ""
    ranked: Literal["together", "within_parent"] = "together"


class NotApplicableShape(Grounded):
    """See `NotApplicable`; without `at` it is the total that is rescaled."""

    policy: Literal["full_marks", "not_allowed", "out", "rescale"]
    at: tuple[str, ...] = ()


class LateShape(Grounded):
    """See `Late`."""

    policy: Literal["not_ranked", "penalty", "accepted"]
    text: Said
    points: Annotated[Amount, Field(ge=0)] = Fraction(0)
    until: "AnnualDateShape | None" = None

    @model_validator(mode="after")
    def fits_its_policy(self) -> Self:
        """Refuse a penalty without points, and points or a second date that the policy has no use for."""
        if (self.policy == "penalty") != bool(self.points) or (self.policy == "not_ranked" and self.until):
            raise PydanticCustomError("late_policy", "the policy and its points or date do not fit")
        return self


class RoundedShape(Written):
    """How one kind of number is rounded."""

    digits: Annotated[int, Field(ge=0, le=6)]
    method: Literal["half_up", "truncated"] = "half_up"


class RoundingShape(RoundedShape, Grounded):
    """How points are rounded, and where it is otherwise the total and percentages."""

    method: Literal["half_up", "truncated"]
    total: RoundedShape | None = None
    percent: RoundedShape | None = None


class TiesShape(Grounded):
    """How equal totals are ranked, after the tie-breaking nodes were compared."""

    policy: Literal["shared_then_skipped"]
    breakers: tuple[str, ...] = ()


class RankByShape(Grounded):
    """What goes first in the ranking."""

    policy: Literal["total", "level_then_total"]


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


def _minimum(value: object) -> Award:
    """Read `84.25`, or `90 %` of the node's maximum."""
    if isinstance(value, str) and value.endswith("%"):
        try:
            return Award(Fraction(Decimal(value.removesuffix("%").strip())) / 100, is_share=True)
        except InvalidOperation as error:
            raise PydanticCustomError("not_an_amount", "a number is wanted") from error
    return Award(exact(value))


Minimum = Annotated[Award, PlainValidator(_minimum)]
MinimumByGroup = Annotated[
    dict[str, Minimum], BeforeValidator(lambda value: value if isinstance(value, dict) else {EVERY: value})
]
"""What a node's points must reach for a level, for each group or for all."""


class LevelShape(Written):
    """See `Level`."""

    label: Said
    minima: Annotated[dict[str, MinimumByGroup], Field(min_length=1)]


class LevelsShape(Grounded):
    """The levels from the highest."""

    list: Annotated[tuple[LevelShape, ...], Field(min_length=1)]
    below_lowest: BelowLowestShape | None = None


_CHECK = re.compile("(?P<left>[^<>=]+)(?P<operator><=|>=|=)(?P<right>[^<>=]+)")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two quantities and how they must compare."""

    left: Quantity
    operator: Literal["<=", ">=", "="]
    right: Quantity


def _compared(value: object) -> Compared:
    found = _CHECK.fullmatch(value) if isinstance(value, str) else None
    left, right = (parse_quantity(found[side].strip()) if found else None for side in ("left", "right"))
    if found is None or left is None or right is None:
        raise PydanticCustomError("not_a_check", "a comparison of quantities is wanted")
    return Compared(left, cast("Literal['<=', '>=', '=']", found["operator"]), right)


class CheckShape(Grounded):
    """See `Check`; `that` is written "may_diet_virus <= may_tinh"."""

    that: Annotated[Compared, PlainValidator(_compared)]
    severity: Literal["error", "notice"] = "error"


class ComparisonShape(Written):
    """See `Mapped`."""

    clause: Said | None = None
    assumed: Said | None = None
    nodes: dict[str, str] = Field(default_factory=dict)
    not_comparable: dict[str, Said] = Field(default_factory=dict)


def _month_day(value: object) -> tuple[int, int]:
    if isinstance(value, str) and re.fullmatch("[0-9]{2}-[0-9]{2}", value):
        try:
            leap_free = date.fromisoformat(f"2001-{value}")
        except ValueError:
            pass
        else:
            return leap_free.month, leap_free.day
    raise PydanticCustomError("not_a_month_day", "a month and day are wanted")


MonthDay = Annotated[tuple[int, int], PlainValidator(_month_day)]
"""A day of the year, written 10-01 for 1 October."""


class AnnualDateShape(Grounded):
    """See `AnnualDate`."""

    date: MonthDay
    years_later: Annotated[int, Field(ge=0, le=2)] = 0


class DraftAheadShape(Grounded):
    """How long before the day of issue next year's campaign is drafted."""

    days: Annotated[int, Field(ge=1, le=365)]


class TermShape(Grounded):
    """See `Term`: so many `days` or `working_days`."""

    days: Annotated[int, Field(ge=1, le=365)] | None = None
    working_days: Annotated[int, Field(ge=1, le=365)] | None = None
    counted_from: Literal["issue", "receipt", "complete_form"] = Field(alias="from")

    @model_validator(mode="after")
    def one_kind_of_days(self) -> Self:
        """Refuse a term of both kinds of days, and one of none."""
        if (self.days is None) == (self.working_days is None):
            raise PydanticCustomError("term_days", "days or working_days is wanted")
        return self


class WindowShape(Grounded):
    """See `Window`; the days are written 10-01."""

    first: Annotated[MonthDay, Field(alias="from")]
    last: Annotated[MonthDay, Field(alias="to")]


class TimetableShape(Written):
    """See `Timetable`."""

    issue_on: AnnualDateShape
    issue_before: AnnualDateShape | None = None
    collect_before: AnnualDateShape | None = None
    collect_within: TermShape | None = None
    verify_within: TermShape | None = None
    publish_before: AnnualDateShape
    window: WindowShape | None = None
    draft_ahead: DraftAheadShape

    @model_validator(mode="after")
    def one_way_to_collect(self) -> Self:
        """Refuse both a date and a term for the forms, and neither."""
        if (self.collect_before is None) == (self.collect_within is None):
            raise PydanticCustomError("collect_once", "collect_before or collect_within is wanted")
        return self


class TopShape(Written):
    """The top of the file without its sections; what is below it is read piece by piece."""

    id: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    title: Said
    short_title: Said
    language: Literal["vi", "en"]
    clauses: Annotated[dict[str, Any], Field(min_length=1)]
    groups: Annotated[dict[Slug, Any], Field(min_length=1)]
    questions: Annotated[dict[Slug, Any], Field(min_length=1)]
    checks: tuple[Any, ...] = ()
    comparisons: dict[str, Any] = Field(default_factory=dict)
    tree: Annotated[tuple[Any, ...], Field(min_length=1)]


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
