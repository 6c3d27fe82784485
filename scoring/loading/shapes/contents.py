"""The decision, its clauses and groups, the questions and their checks, and how earlier years compare."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, cast

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from scoring.loading.shapes.grounds import Grounded, Said, Slug
from scoring.quantity import Quantity, parse_quantity
from scoring.regulation import Good, QuestionType, Source
from scoring.rules.numbers import QUANTITY, Plain
from scoring.rules.rule import Written


class DecisionShape(Written):
    """The decision (quyết định) that issued the regulation."""

    number: Said
    """Number and sign: 2310/QĐ-UBND."""
    date: date
    """The day of the decision: 2016-12-02."""
    issuer: Said
    source: Said
    """Which text of it is held, and what of it is not."""


class ClauseShape(Written):
    """A clause by the name it is cited by; something cites it, or it says why nothing does."""

    title: Said
    """What it is about, in own words."""
    not_scored_because: Said | None = None
    """Why nothing in this file rests on it."""


class GroupShape(Grounded):
    """A group (nhóm cơ quan) of units that are assessed alike."""

    label: Said
    under: str = ""
    """The group of the units that its own units are under."""
    ranked: Literal["together", "within_parent"] = "together"
    """Whether all its units are ranked together, or those under each parent apart."""


class QuestionShape(Written):
    """A datum that rules read; on the form where the unit gives it."""

    label: Said
    """What is asked, as the form prints it."""
    type: QuestionType
    unit: str = ""
    """What is counted: máy, người, triệu đồng."""
    minimum: Plain | None = None
    """What is counted needs 0 or more; what is divided by needs more than 0, or a rule for zero."""
    maximum: Plain | None = None
    required: bool = True
    """Whether a form without it is incomplete."""
    source: Source = "unit"
    """Who gives it; what is not the unit's is known after the form is handed in."""
    choices: dict[Slug, Said] = Field(default_factory=dict)
    """The answers of a choice: ids with their labels."""
    evidence: bool = False
    """Whether a document is expected with it."""
    good: Good | None = None
    """Which way the points may rise."""
    clause: Said | None = None
    assumed: Said | None = None
    """Why it is asked, where the text does not say."""
    note: str = ""
    """How to count, for the people who fill in the form."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two quantities and how they must compare."""

    left: Quantity
    operator: Literal["<=", ">=", "="]
    right: Quantity


_CHECK = re.compile("(?P<left>[^<>=]+)(?P<operator><=|>=|=)(?P<right>[^<>=]+)")


def _compared(value: object) -> Compared:
    found = _CHECK.fullmatch(value) if isinstance(value, str) else None
    left, right = (parse_quantity(found[side].strip()) if found else None for side in ("left", "right"))
    if found is None or left is None or right is None:
        raise PydanticCustomError("not_a_check", "a comparison of quantities is wanted")
    return Compared(left, cast("Literal['<=', '>=', '=']", found["operator"]), right)


class CheckShape(Grounded):
    """What must hold between answers: `that: may_diet_virus <= may_tinh`, or `… >= 1/2 * previous.may_tinh`."""

    that: Annotated[
        Compared,
        PlainValidator(_compared),
        WithJsonSchema({"type": "string", "pattern": f"^{QUANTITY}(<=|>=|=){QUANTITY}$"}),
    ]
    """Two quantities and <=, >= or = between them; `previous.` is last year's answer."""
    severity: Literal["error", "notice"] = "error"
    """Whether it keeps the form from being right, or only asks for a second look."""


class ComparisonShape(Written):
    """How an earlier year under another regulation (by its id) compares, line by line."""

    clause: Said | None = None
    assumed: Said | None = None
    """Why the lines are taken to compare."""
    nodes: dict[str, str] = Field(default_factory=dict)
    """The ids of our lines with those of theirs."""
    not_comparable: dict[str, Said] = Field(default_factory=dict)
    """The ids of our lines that have no counterpart, with the reason."""
