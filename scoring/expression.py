"""A rule as arithmetic: a small tree, evaluated exactly in `evaluation` and printed as a formula in `printing`."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from scoring.amounts import Rounding

Comparison = Literal["=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Number:
    """A constant: numerator and positive denominator."""

    numerator: int
    denominator: int = 1


@dataclass(frozen=True, slots=True)
class Datum:
    """The number answered to a question."""

    key: str


@dataclass(frozen=True, slots=True)
class PointsOf:
    """The printed points of another node."""

    node: str


@dataclass(frozen=True, slots=True)
class ScaleOf:
    """The maximum of another node that counts after N/A, in points."""

    node: str


@dataclass(frozen=True, slots=True)
class Extreme:
    """The largest or smallest value of an expression among those units of the group for which the condition holds.

    Known after the assessment: it is the same number for the whole group, and 0 where the condition holds for none.
    """

    which: Literal["largest", "smallest"]
    item: "Expression"
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Subordinates:
    """The printed points of a node summed over the assessed units of a group that are under this unit, or their number.

    Known after the assessment of that group.
    """

    what: Literal["sum", "count"]
    group: str
    node: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers and what is done to them. Whoever divides makes sure, by an If, that the divisor is above zero."""

    left: "Expression"
    operator: Literal["-", "*", "/"]
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of at least one term."""

    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest of some numbers."""

    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Greatest:
    """The largest of some numbers."""

    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class If:
    """One number or another; the one that is not chosen may be nonsense, but never counts."""

    condition: "Condition"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number rounded as it is printed."""

    item: "Expression"
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class Given:
    """The question is answered (its cell is not empty)."""

    key: str


@dataclass(frozen=True, slots=True)
class Yes:
    """The question is answered with yes."""

    key: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The question is answered with this choice."""

    key: str
    choice: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The indicator does not apply to the unit: its claim is granted, or counts as granted in a self-score."""

    node: str


@dataclass(frozen=True, slots=True)
class Late:
    """The unit's form came late."""


@dataclass(frozen=True, slots=True)
class Compare:
    """Two numbers compared."""

    left: "Expression"
    operator: Comparison
    right: "Expression"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of at least one condition holds."""

    items: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the conditions holds."""

    items: tuple["Condition", ...]


Expression: TypeAlias = (
    Number | Datum | PointsOf | ScaleOf | Extreme | Subordinates | Arithmetic | Sum | Least | Greatest | If | Rounded
)
Condition: TypeAlias = Given | Yes | Chosen | NotApplicable | Late | Compare | All | AnyOf

Ref: TypeAlias = Datum | PointsOf | ScaleOf | Extreme | Subordinates | Given | Yes | Chosen | NotApplicable | Late
"""What stands for something outside the formula."""

ZERO = Number(0)
ONE = Number(1)


def number(value: Fraction | int) -> Number:
    """Return the constant for an exact value."""
    return Number(*value.as_integer_ratio())


def sum_of(terms: list[Expression]) -> Expression:
    """Return the sum, or the term itself where there is only one."""
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def all_of(conditions: list[Condition]) -> Condition:
    """Return the condition that all of them hold, or the one itself."""
    return conditions[0] if len(conditions) == 1 else All(tuple(conditions))
