"""Chance, as an argument: what moves by how much in one draw."""

from collections.abc import Sequence
from typing import Protocol

WHOLE = 10_000
"""An unmoved number, in hundredths of a percent of itself."""


class Chance(Protocol):
    """A source of chance; `random.Random` is one."""

    def choices(self, population: Sequence[int], *, k: int) -> list[int]:
        """Return `k` members of the population, each drawn evenly and by itself."""
        ...


def moves(bound: int, count: int, chance: Chance) -> list[int]:
    """Draw factors, in hundredths of a percent, by which some numbers move within `bound` percent."""
    reach = bound * WHOLE // 100
    return chance.choices(range(WHOLE - reach, WHOLE + reach + 1), k=count)
