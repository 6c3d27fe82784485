"""A form as a table of rows and typed cells, before any program draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class Column(StrEnum):
    """The columns from left to right; the value is the mark by which reading finds a column again."""

    KEY = "xephang"
    NUMBER = "number"
    LABEL = "label"
    HOW = "how"
    MAXIMUM = "maximum"
    ANSWER = "answer"
    UNIT = "unit"
    EVIDENCE = "evidence"
    SCORE = "score"
    NOT_APPLICABLE = "not_applicable"
    REASON = "reason"
    VALUE = "value"
    SCALE = "scale"

    @property
    def position(self) -> int:
        """Counted from 0."""
        return list(Column).index(self)


HIDDEN = frozenset({Column.KEY, Column.VALUE, Column.SCALE})
"""What every form needs for itself: the anchors, the numbers that were typed as text, and the maxima that count after
N/A, where the regulation takes these out of the scale."""

LAST_LEFT, FIRST_RIGHT = Column.MAXIMUM, Column.ANSWER
"""Where the head of the form is parted into two halves."""

LIVE, GRADE, LEVEL, OUT = "live", "grade", "level", "out"
"""The anchors of the rows that are no line of the point table: how many points there are so far, what grade and what
level they earn, and for how many points N/A is claimed."""


class Style(StrEnum):
    """What a row is, and so how it looks."""

    ANCHOR = "anchor"
    TITLE = "title"
    FACT = "fact"
    HEADER = "header"
    GUIDE = "guide"
    PART = "part"
    CATEGORY = "category"
    INDICATOR = "indicator"
    QUESTION = "question"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without the equals sign, `;` between arguments.

    A number it gives is shown between two texts, with `digits` decimals; without `digits` the texts stand alone, and
    where there are none either it is shown as it is.
    """

    text: str
    before: str = ""
    after: str = ""
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """What a person may put into a cell: options are the only allowed texts, bounds hold for numbers."""

    type: Literal["integer", "decimal", "date", "text", "choice"]
    hint: str = ""
    options: tuple[str, ...] = ()
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None


Content = str | Decimal | Formula | Input
"""A text, an amount of points, a formula, or a cell to fill in."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its anchor. A text in a column of `spans` lies across the columns up to the given one."""

    key: str
    style: Style
    cells: Mapping[Column, Content]
    spans: Mapping[Column, Column] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole form: the file's name, and the rows from 1 on, of which the first `frozen` stay in sight.

    The columns `hidden` are there and are not shown.
    """

    name: str
    rows: tuple[Row, ...]
    frozen: int
    hidden: frozenset[Column]


def question_anchor(key: str) -> str:
    """The anchor of the row where a question is answered."""
    return f"question:{key}"


def node_anchor(node_id: str) -> str:
    """The anchor of the row of a category or an indicator."""
    return f"node:{node_id}"


def address(column: int, row: int) -> str:
    """A cell's address, both counted from 0: (5, 13) is "F14"."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
