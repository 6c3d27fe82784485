"""Numbers and references as the file writes them, and exact numbers as people read them."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from words import Value


def plain(value: object) -> int | Decimal:
    """Accept `2` or `0.25`; anything else is a problem of the file."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("not_an_amount", "a number is wanted")


def exact(value: object) -> Fraction:
    """Read `2`, `0.25` or `1/2` without loss; anything else is a problem of the file."""
    return Fraction(value if isinstance(value, str) and _is_fraction(value) else plain(value))


def _is_fraction(text: str) -> bool:
    numerator, _, denominator = text.partition("/")
    digits = numerator + denominator
    return bool(numerator and denominator.strip("0")) and digits.isascii() and digits.isdecimal()


def spoken(value: Fraction) -> Value:
    """Return an exact number as people write it: 5, 2.5, and 1/3 where no decimal is exact."""
    if value.denominator == 1:
        return value.numerator
    for digits in range(1, 5):
        if 10**digits % value.denominator == 0:
            return Decimal(value.numerator * 10**digits // value.denominator).scaleb(-digits)
    return f"{value.numerator}/{value.denominator}"


Amount = Annotated[Fraction, BeforeValidator(exact)]
"""An exact number of the file."""

Positive = Annotated[Amount, Field(gt=0)]
"""An exact number above zero."""

Plain = Annotated[int | Decimal, BeforeValidator(plain)]
"""A whole or decimal number of the file."""

Keys = Annotated[
    tuple[str, ...],
    Field(min_length=1),
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
]
"""One question, or several that are added up."""
