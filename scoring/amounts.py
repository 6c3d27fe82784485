"""Amounts without rounding errors: exact numbers, and points as whole numbers of the smallest printed unit."""

from decimal import Decimal
from typing import TypeAlias

Points: TypeAlias = int
"""Points in the smallest printed unit of the regulation: with two digits, 850 is printed 8.50."""

Exact: TypeAlias = tuple[int, int]
"""A number as numerator and positive denominator; not reduced, since bulk scoring is all about speed here."""


def half_up(value: Exact, digits: int) -> Points:
    """Round once to the printed digits; a half goes away from zero, as ROUND does in every spreadsheet."""
    numerator, denominator = value
    unit: int = 10**digits
    scaled = (2 * abs(numerator) * unit + denominator) // (2 * denominator)
    return -scaled if numerator < 0 else scaled


def as_decimal(points: Points, digits: int) -> Decimal:
    """Return points as they are printed: `as_decimal(850, 2)` is `Decimal("8.50")`."""
    return Decimal(points).scaleb(-digits)


def percent_of(part: int, whole: int) -> int:
    """Return part of whole in hundredths of a percent, half up (8000 is 80.00 %); nothing of nothing is 0."""
    return half_up((100 * part, whole), 2) if whole else 0
