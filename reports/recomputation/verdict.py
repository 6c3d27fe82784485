"""The columns on the right: percentage, grade, level and rank, as formulas on the points."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from reports.recomputation.points_sheet import PointsSheet
from reports.recomputation.sheet import Address, Column, Head, Style, Value, quoted
from reports.recomputation.wording import LONGEST
from scoring import Expression, PointsOf, ScaleOf, UnitResult
from scoring.expression import (
    ONE,
    ZERO,
    Arithmetic,
    Compare,
    Condition,
    If,
    Number,
    Rounded,
    all_of,
    number,
)
from scoring.regulation import Grade, Level


def add_verdict(points: PointsSheet, results: Mapping[str, UnitResult]) -> None:
    """Add the columns; `results` are those of the group's assessed units, by their ids."""
    regulation = points.regulation
    _add_percent(points)
    of_grades = [_reaches(points, each) for each in regulation.grades]
    of_levels = [_reaches_all(points, each) for each in regulation.levels]
    grade = _add_place(points, "reports.recompute_grade_place", of_grades)
    level = _add_place(points, "reports.recompute_level_place", of_levels)
    places = [place for place in (grade, level) if place]
    own = [results[unit.id] for unit in points.facts.cohort.units]
    if grade:
        _add_label(points, "reports.grade", regulation.grades, grade, places, [each.grade or "" for each in own])
    if level:
        _add_label(
            points, "reports.recompute_level", regulation.levels, level, places, [each.level or "" for each in own]
        )
    _add_rank(points, places, level, [each.rank or "" for each in own])


def _add_percent(points: PointsSheet) -> None:
    total, rounding = points.regulation.total.id, points.regulation.percent_rounding
    share = Arithmetic(Arithmetic(Number(100), "*", PointsOf(total)), "/", ScaleOf(total))
    percent = If(Compare(ScaleOf(total), ">", ZERO), Rounded(share, rounding), ZERO)
    points.add(Head(points.wording.say("reports.recompute_percent")), percent, digits=rounding.digits)


def _reaches(points: PointsSheet, grade: Grade) -> Condition | None:
    """Return what a grade asks for, None where nothing."""
    return None if grade.at_least is None else _at_least(points, points.regulation.total.id, grade.at_least)


def _reaches_all(points: PointsSheet, level: Level) -> Condition | None:
    """Return what a level asks for, None where nothing."""
    asked = [
        _at_least(points, node, minima[points.group]) for node, minima in level.minima.items() if points.group in minima
    ]
    return all_of(asked) if asked else None


def _at_least(points: PointsSheet, node: str, minimum: int) -> Condition:
    return Compare(PointsOf(node), ">=", number(Fraction(minimum, 10**points.regulation.digits)))


def _add_place(points: PointsSheet, title: str, conditions: list[Condition | None]) -> Address | None:
    """Add which grade or level is reached, counted from the lowest; 0 is none of them. Nothing where there are none."""
    if not conditions:
        return None
    has_floor = points.regulation.below_lowest is None
    place: Expression = ONE if has_floor else ZERO
    for rung, condition in enumerate(reversed(conditions), start=1):
        is_sure = has_floor and rung == 1
        place = number(rung) if condition is None or is_sure else If(condition, number(rung), place)
    return points.add(Head(points.wording.say(title)), place, digits=0, style="helper")


def _add_label(
    points: PointsSheet,
    title: str,
    rungs: Sequence[Grade | Level],
    place: Address,
    places: list[Address],
    values: Iterable[Value],
) -> None:
    labels = ",".join(quoted(each.label[:LONGEST]) for each in reversed(rungs))
    formula = _unless_too_low(points, places, f"CHOOSE({place.here.cell},{labels})")
    _add(points, title, formula, values, "text")


def _add_rank(points: PointsSheet, places: list[Address], level: Address | None, values: Iterable[Value]) -> None:
    """Count the units that stand before: those with a better total, with the same total and a better tie-breaker."""
    regulation = points.regulation
    nodes = [regulation.total.id, *(node for node in regulation.ties.breakers if node in points.points)]
    keys = [points.points[node] for node in nodes]
    if level and regulation.rank_by.name == "level_then_total":
        keys.insert(0, level)
    scope = _scope(points, places)
    before = [
        _counted([*scope, *map(_alike, keys[:position]), f'{key.here.every},">"&{key.here.cell}'])
        for position, key in enumerate(keys)
    ]
    _add(points, "reports.rank", _unless_too_low(points, places, "+".join(["1", *before])), values, "total")


def _scope(points: PointsSheet, places: list[Address]) -> list[str]:
    """Return the criteria for the units that a unit is ranked with."""
    is_apart = points.regulation.groups[points.group].ranked == "within_parent"
    parent = points.answers.parent
    criteria = [f"{parent.every},{parent.cell}"] if parent and is_apart else []
    return criteria + ([f'{place.here.every},">0"' for place in places] if points.regulation.below_lowest else [])


def _counted(criteria: list[str]) -> str:
    """Count what meets all criteria; the function for a single one is twice as fast in LibreOffice."""
    return _call("COUNTIF" if len(criteria) == 1 else "COUNTIFS", criteria)


def _alike(key: Address) -> str:
    return f"{key.here.every},{key.here.cell}"


def _unless_too_low(points: PointsSheet, places: list[Address], formula: str) -> str:
    if not points.regulation.below_lowest:
        return formula
    lowest = _call("MIN", [place.here.cell for place in places])
    return f'IF({lowest}=0,"",{formula})'


def _call(function: str, arguments: list[str]) -> str:
    return f"{function}({','.join(arguments)})"


def _add(points: PointsSheet, title: str, formula: str, values: Iterable[Value], style: Style) -> None:
    points.sheet.add(Column(Head(points.wording.say(title)), values, formula, style))
