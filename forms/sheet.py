"""A form as tabs of rows and typed cells, before any program draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias


class _Columns(StrEnum):
    """The columns of a tab from left to right; the value is the mark by which reading finds a column again."""

    @property
    def position(self) -> int:
        """Counted from 0."""
        return list(type(self)).index(self)


class Column(_Columns):
    """The columns of the form itself."""

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
    EXPLANATION = "explanation"
    REMARK = "remark"
    VERIFIED = "verified"
    VERDICT = "verdict"
    VALUE = "value"
    SCALE = "scale"
    STATE = "state"
    RECEIVED = "received"


class DocumentColumn(_Columns):
    """The columns of the list of documents (tài liệu kiểm chứng): a row a document, whatever its place."""

    KEY = "xephang_documents"
    QUESTION = "document_for"
    NUMBER = "document_number"
    NAME = "document_name"
    DAY = "document_day"
    LINK = "document_link"
    REMARK = "document_remark"


TELLING = (DocumentColumn.NUMBER, DocumentColumn.NAME, DocumentColumn.DAY, DocumentColumn.LINK)
"""What says which document a row is about: one of them is enough."""

AnyColumn: TypeAlias = Column | DocumentColumn

HIDDEN = frozenset({Column.KEY, Column.VALUE, Column.SCALE, Column.STATE})
"""What every form needs for itself: the anchors, the numbers that were typed as text, the maxima that count after N/A,
and whether each answer is there and can be right."""

AFTERWARDS = frozenset({Column.VERIFIED, Column.VERDICT})
"""Not shown before there is something in them: what the verification came to."""
BEFOREHAND = frozenset({Column.REMARK})
"""Not shown from then on, unless something is to be mended all the same."""

OFFICES = AFTERWARDS | BEFOREHAND | {Column.RECEIVED}
"""What only the office writes: besides the above the files that it has for a question, shown once there are any."""

LAST_LEFT, FIRST_RIGHT = Column.MAXIMUM, Column.ANSWER
"""Where the head of the form is parted into two halves."""

LAST_WIDE = Column.EXPLANATION
"""How far texts across the form go: as far as a small laptop shows it."""

DEADLINE, STATUS, SUBMIT, PROGRESS = "deadline", "status", "submit", "progress"
"""The anchors of rows in the head: until when, how far the form is, the box that submits it, how much is filled in."""

LIVE, GRADE, LEVEL, OUT = "live", "grade", "level", "out"
"""The anchors of the rows that are no line of the point table: how many points there are so far, what grade and what
level they earn, and for how many points N/A is claimed."""

FORM, DOCUMENTS = 2310, 2311
"""The ids of the tabs: by them a tab is found again, whatever it is called."""


class State:
    """What the column STATE says of a question.

    Nothing is there (MISSING), it can stay so (DONE), it can if it had the evidence that it wants (UNEVIDENCED), it
    cannot be right (WRONG), or what is there is no answer at all to a question that has to be answered (REFUSED).
    What can stay and is unlikely has the number with a minus before it. Empty where nothing is to be said.
    """

    MISSING, DONE, UNEVIDENCED, WRONG, REFUSED = 0, 1, 2, 3, 4
    UNLIKELY = -1


class Style(StrEnum):
    """What a row is, and so how it looks."""

    ANCHOR = "anchor"
    TITLE = "title"
    FACT = "fact"
    LETTER = "letter"
    STATUS = "status"
    HEADER = "header"
    GUIDE = "guide"
    PART = "part"
    CATEGORY = "category"
    INDICATOR = "indicator"
    QUESTION = "question"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without the equals sign, in the dialect of the program that the form is laid out for.

    `value` is what it comes to in the form as it is laid out, for programs that show a file without computing it.
    A number it gives is shown between two texts, with `digits` decimals; without `digits` the texts stand alone, and
    where there are none either it is shown as it is.
    """

    text: str
    value: str | int | Decimal = ""
    before: str = ""
    after: str = ""
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """What a person may put into a cell: options are the only allowed texts, bounds hold for numbers.

    `value` is what stands there already: a text, or whether a box is ticked. `from_last_year` marks a value that
    nobody has looked at yet.
    """

    type: Literal["integer", "decimal", "date", "text", "choice", "box"]
    hint: str = ""
    options: tuple[str, ...] = ()
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    value: str | bool = ""
    from_last_year: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A text that only the office writes, and that may change while the form is out: empty at first, or `text`."""

    text: str = ""
    digits: int | None = None
    """With them it is an amount of points, written as a number."""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A text on the colour that it explains: that of a cell to fill in, or of one that lights up."""

    text: str
    look: Literal["input", "missing", "wrong", "unlikely", "done", "last_year"]


Content: TypeAlias = str | Decimal | Formula | Input | Note | Sample
"""A text, an amount of points, a formula, a cell to fill in, what the office notes, or a colour's meaning."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its anchor. A text in a column of `spans` lies across the columns up to the given one."""

    key: str
    style: Style
    cells: Mapping[AnyColumn, Content]
    spans: Mapping[AnyColumn, AnyColumn] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Highlight:
    """Cells of one column, from row `first` to row `last` (from 0), that light up where a formula holds.

    The formula (without the equals sign) is written for the cell in row `first`; further down it moves along.
    """

    column: AnyColumn
    first: int
    last: int
    formula: str
    look: Literal["missing", "wrong", "unlikely", "done", "last_year"]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its rows from the top, of which the first `frozen` stay in sight.

    The columns `hidden` are there and are not shown. Everything is protected but the cells with an Input.
    """

    id: int
    title: str
    columns: tuple[AnyColumn, ...]
    rows: tuple[Row, ...]
    frozen: int
    hidden: frozenset[AnyColumn]
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The whole form under its file's name; the first tab is the form itself."""

    name: str
    tabs: tuple[Tab, ...]


def question_anchor(key: str) -> str:
    """The anchor of the row where a question is answered."""
    return f"question:{key}"


def node_anchor(node_id: str) -> str:
    """The anchor of the row of a category or an indicator."""
    return f"node:{node_id}"


def fact_anchor(fact: str) -> str:
    """The anchor of the row of a general fact about the unit."""
    return f"fact:{fact}"


def identity_anchor(key: str, layout: str) -> str:
    """The anchor of the title's row: whose form this is, and by which layout it was made."""
    return f"form:{layout}:{key}"


def address(column: int, row: int) -> str:
    """A cell's address, both counted from 0: (5, 13) is "F14"."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
