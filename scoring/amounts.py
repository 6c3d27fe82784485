"""Amounts without rounding errors: exact numbers, and points as whole numbers of the smallest printed unit."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Points: TypeAlias = int
"""Points in the smallest printed unit of the regulation: with two digits, 850 is printed 8.50."""

Exact: TypeAlias = tuple[int, int]
"""A number as numerator and positive denominator; not reduced."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a printed number is rounded: a half away from zero, as ROUND does in every spreadsheet, or cut off."""

    digits: int
    method: Literal["half_up", "truncated"] = "half_up"

    def of(self, value: Exact) -> int:
        """Return the number rounded once, counted in units of the last digit."""
        numerator, denominator = value
        unit: int = 10**self.digits
        if self.method == "truncated":
            rounded = abs(numerator) * unit // denominator
        else:
            rounded = (2 * abs(numerator) * unit + denominator) // (2 * denominator)
        return -rounded if numerator < 0 else rounded


def as_decimal(points: Points, digits: int) -> Decimal:
    """Return points as they are printed: `as_decimal(850, 2)` is `Decimal("8.50")`."""
    return Decimal(points).scaleb(-digits)
