"""The grade (xếp loại) and the level (mức) that points earn: as formulas, and computed."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from forms.dialect import Dialect, quoted
from scoring import Grade, Level, Points, Regulation

CellOf = Callable[[str], str]
"""Where the points of a line stand, by its id."""

PointsById = Callable[[str], Points]


def grade_formula(regulation: Regulation, cell_of: CellOf, dialect: Dialect) -> str:
    """Name the first grade whose lowest total is reached; the best one stands first."""
    total = cell_of(regulation.total.id)
    reached = [
        "TRUE" if grade.at_least is None else _at_least(regulation, total, grade.at_least)
        for grade in regulation.grades
    ]
    return _first(regulation, regulation.grades, reached, dialect)


def level_formula(regulation: Regulation, group: str, cell_of: CellOf, dialect: Dialect) -> str:
    """Name the first level of which all minima are reached together."""
    reached = [
        dialect.call("AND", *(_at_least(regulation, cell_of(node), least) for node, least in _minima(level, group)))
        for level in regulation.levels
    ]
    return _first(regulation, regulation.levels, reached, dialect)


def grade_of(regulation: Regulation, points: PointsById) -> str:
    """The label of the grade that the total earns."""
    total = points(regulation.total.id)
    reached = (each.label for each in regulation.grades if each.at_least is None or total >= each.at_least)
    return next(reached, _lowest(regulation, regulation.grades))


def level_of(regulation: Regulation, group: str, points: PointsById) -> str:
    """The label of the level that the points earn."""
    for level in regulation.levels:
        if all(points(node) >= least for node, least in _minima(level, group)):
            return level.label
    return _lowest(regulation, regulation.levels)


def _minima(level: Level, group: str) -> list[tuple[str, Points]]:
    minima: Mapping[str, Mapping[str, Points]] = level.minima
    return [(node, by_group[group]) for node, by_group in minima.items() if group in by_group]


def _at_least(regulation: Regulation, cell: str, minimum: Points) -> str:
    return f"{cell}>={Fraction(minimum, 10**regulation.digits)}"


def _first(regulation: Regulation, rungs: Sequence[Grade | Level], reached: Sequence[str], dialect: Dialect) -> str:
    printed = quoted(_lowest(regulation, rungs))
    for rung, condition in reversed(list(zip(rungs, reached, strict=True))):
        printed = (
            quoted(rung.label) if condition == "TRUE" else dialect.call("IF", condition, quoted(rung.label), printed)
        )
    return printed


def _lowest(regulation: Regulation, rungs: Sequence[Grade | Level]) -> str:
    """Who reaches none has the lowest, unless that is ruled out."""
    too_low = regulation.below_lowest
    return too_low.text if too_low else rungs[-1].label
