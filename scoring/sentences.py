"""Sentences put together from sentences, and exact numbers as people read them."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from words import Text, Value


def joined(entry: str, items: Sequence[Value]) -> Value:
    """Join items two by two with a catalogue entry that has {left} and {right}, such as "scoring.why.plus"."""
    return reduce(lambda left, right: Text(entry, left=left, right=right), items)


def added_up(amounts: Sequence[Decimal]) -> Value:
    """Say a sum of amounts: "6,00 + 4,00 − 1,00"; of none it is 0."""
    first, *others = amounts or [Decimal(0)]
    said: Value = first
    for amount in others:
        entry = "scoring.why.plus" if amount >= 0 else "scoring.why.minus"
        said = Text(entry, left=said, right=abs(amount))
    return said


def spoken(value: Fraction) -> Value:
    """Return an exact number as people write it: 5, 2.5, and 1/3 where no decimal is exact."""
    if value.denominator == 1:
        return value.numerator
    for digits in range(1, 10):
        if 10**digits % value.denominator == 0:
            return Decimal(value.numerator * 10**digits // value.denominator).scaleb(-digits)
    return f"{value.numerator}/{value.denominator}"
