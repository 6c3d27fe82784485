"""The grade (xếp loại) and the level (mức) that the self-score earns, as formulas."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from scoring import Grade, Level, Points, Regulation

CellOf = Callable[[str], str]
"""Where the points of a line stand, by its id."""


def grade_formula(regulation: Regulation, cell_of: CellOf) -> str:
    """Name the first grade whose lowest total is reached; the best one stands first."""
    total = cell_of(regulation.total.id)
    reached = [
        "TRUE" if grade.at_least is None else _at_least(regulation, total, grade.at_least)
        for grade in regulation.grades
    ]
    return _first(regulation, regulation.grades, reached)


def level_formula(regulation: Regulation, group: str, cell_of: CellOf) -> str:
    """Name the first level of which all minima are reached together."""
    reached = []
    for level in regulation.levels:
        minima = [(node, by_group[group]) for node, by_group in level.minima.items() if group in by_group]
        reached.append(";".join(_at_least(regulation, cell_of(node), minimum) for node, minimum in minima))
    return _first(regulation, regulation.levels, [f"AND({conditions})" for conditions in reached])


def _at_least(regulation: Regulation, cell: str, minimum: Points) -> str:
    return f"{cell}>={Fraction(minimum, 10**regulation.digits)}"


def _first(regulation: Regulation, rungs: Sequence[Grade | Level], reached: Sequence[str]) -> str:
    """Who reaches none has the lowest, unless that is ruled out."""
    too_low = regulation.below_lowest
    printed = quoted(too_low.text if too_low else rungs[-1].label)
    for rung, condition in reversed(list(zip(rungs, reached, strict=True))):
        printed = quoted(rung.label) if condition == "TRUE" else f"IF({condition};{quoted(rung.label)};{printed})"
    return printed


def quoted(text: str) -> str:
    """A text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'
