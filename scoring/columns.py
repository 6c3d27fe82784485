"""Exact numbers in columns, one for each unit: whole numerators over whole denominators, computed all at once.

Whole numbers of 64 bits are fast; wherever a result could outgrow them, Python's own unbounded ones take over.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import eq, ge, gt
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from scoring.amounts import Rounding

Numbers: TypeAlias = "int | npt.NDArray[Any]"
"""Whole numbers, one for each unit or one for all."""

Mask: TypeAlias = "npt.NDArray[np.bool_] | bool"
"""Yes or no, for each unit or for all."""

_LIMIT = 2**62


@dataclass(frozen=True, slots=True)
class Column:
    """An exact number for each unit. A denominator is above zero wherever the number counts."""

    numerators: Numbers
    denominators: Numbers = 1

    def of(self, row: int | None) -> "Column":
        """Return one unit's number, or the whole column for None."""
        return self if row is None else Column(_one(self.numerators, row), _one(self.denominators, row))

    def __add__(self, other: "Column") -> "Column":
        """Add exactly."""
        if isinstance(self.denominators, int) and isinstance(other.denominators, int):
            common = lcm(self.denominators, other.denominators)
            ours = _times(self.numerators, common // self.denominators)
            return Column(_plus(ours, _times(other.numerators, common // other.denominators)), common)
        ours, theirs = _crossed(self, other)
        return Column(_plus(ours, theirs), _times(self.denominators, other.denominators))

    def __neg__(self) -> "Column":
        """Turn the sign."""
        return Column(-self.numerators, self.denominators)

    def __sub__(self, other: "Column") -> "Column":
        """Subtract exactly."""
        return self + -other

    def __mul__(self, other: "Column") -> "Column":
        """Multiply exactly."""
        return Column(
            _times(self.numerators, other.numerators),
            _times(self.denominators, other.denominators),
        )

    def __truediv__(self, other: "Column") -> "Column":
        """Divide exactly by what is above zero wherever it counts."""
        denominators = _above_zero(_times(self.denominators, other.numerators))
        return Column(_times(self.numerators, other.denominators), denominators)

    def compared(self, other: "Column", operator: str) -> Mask:
        """Tell where "=", ">" or ">=" holds."""
        ours, theirs = _crossed(self, other)
        found: Mask = _COMPARE[operator](ours, theirs)
        return found

    def rounded(self, rounding: Rounding) -> "Column":
        """Round each number once, as it is printed."""
        denominators = self.denominators
        sizes = _times(_size_of_each(self.numerators), 10**rounding.digits)
        if rounding.method == "half_up":
            sizes, denominators = _plus(_times(sizes, 2), denominators), _times(denominators, 2)
        whole = sizes // denominators
        is_negative: Mask = self.numerators < 0
        unit = 10**rounding.digits
        return where(is_negative, Column(-whole, unit), Column(whole, unit))

    def narrowed(self) -> "Column":
        """Return the same numbers in 64 bits where they fit, as printed points do."""
        numerators = self.numerators
        if isinstance(numerators, int) or numerators.dtype != object:
            return self
        return Column(whole_numbers(numerators.tolist()), self.denominators)

    def fractions(self, length: int) -> list[Fraction]:
        """Return the numbers one by one."""
        numerators, denominators = each_of(self.numerators, length), each_of(self.denominators, length)
        return [Fraction(*pair) for pair in zip(numerators, denominators, strict=True)]


def where(mask: Mask, then: Column, otherwise: Column) -> Column:
    """Choose for each unit between two numbers."""
    if isinstance(mask, bool):
        return then if mask else otherwise
    if isinstance(then.denominators, int) and isinstance(otherwise.denominators, int):
        common = lcm(then.denominators, otherwise.denominators)
        ours = _times(then.numerators, common // then.denominators)
        return Column(np.where(mask, ours, _times(otherwise.numerators, common // otherwise.denominators)), common)
    return Column(
        np.where(mask, then.numerators, otherwise.numerators),
        np.where(mask, then.denominators, otherwise.denominators),
    )


def each_of(numbers: Numbers, length: int) -> list[int]:
    """Return whole numbers one by one."""
    return [numbers] * length if isinstance(numbers, int) else list(np.broadcast_to(numbers, length).tolist())


def whole_numbers(values: Sequence[int]) -> Numbers:
    """Return whole numbers of any size as a column's numerators."""
    fits = all(-_LIMIT < value < _LIMIT for value in values)
    return np.array(values, dtype=np.int64 if fits else object)


_COMPARE: Mapping[str, Callable[[Numbers, Numbers], Any]] = {"=": eq, ">": gt, ">=": ge}


def _above_zero(denominators: Numbers) -> Numbers:
    """Where a divisor is zero the number does not count; it is only kept from doing harm."""
    return denominators or 1 if isinstance(denominators, int) else np.where(denominators == 0, 1, denominators)


def _size_of_each(numbers: Numbers) -> Numbers:
    return abs(numbers) if isinstance(numbers, int) else np.abs(numbers)


def _one(numbers: Numbers, row: int) -> int:
    return numbers if isinstance(numbers, int) else int(numbers[row])


def _crossed(left: Column, right: Column) -> tuple[Numbers, Numbers]:
    return _times(left.numerators, right.denominators), _times(right.numerators, left.denominators)


def _times(left: Numbers, right: Numbers) -> Numbers:
    if isinstance(right, int) and right == 1:
        return left
    return _wide(left) * _wide(right) if _size(left) * _size(right) >= _LIMIT else left * right


def _plus(left: Numbers, right: Numbers) -> Numbers:
    return _wide(left) + _wide(right) if _size(left) + _size(right) >= _LIMIT else left + right


def _wide(numbers: Numbers) -> Numbers:
    return numbers if isinstance(numbers, int) else numbers.astype(object)


def _size(numbers: Numbers) -> int:
    if isinstance(numbers, int):
        return abs(numbers)
    return max(int(numbers.max()), -int(numbers.min())) if numbers.size else 0
