"""A rule as arithmetic: a small tree, evaluated exactly in `evaluation` and printed as a formula in `printing`."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

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
class Arithmetic:
    """Two numbers and what is done to them. Whoever divides makes sure, by an If, that the divisor is not zero."""

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
    """One number or another; the one that is not chosen is not evaluated."""

    condition: "Condition"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number rounded to some digits, a half away from zero."""

    item: "Expression"
    digits: int


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
class Compare:
    """Two numbers compared."""

    left: "Expression"
    operator: Comparison
    right: "Expression"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of at least one condition holds; later ones are not looked at once one fails."""

    items: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the conditions holds."""

    items: tuple["Condition", ...]


Expression: TypeAlias = Number | Datum | PointsOf | Arithmetic | Sum | Least | Greatest | If | Rounded
Condition: TypeAlias = Given | Yes | Chosen | Compare | All | AnyOf

Ref: TypeAlias = Datum | PointsOf | Given | Yes | Chosen
"""What stands for something outside the formula."""

ZERO = Number(0)


def number(value: Fraction | int) -> Number:
    """Return the constant for an exact value."""
    return Number(*value.as_integer_ratio())


def sum_of(terms: list[Expression]) -> Expression:
    """Return the sum, or the term itself where there is only one."""
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))
