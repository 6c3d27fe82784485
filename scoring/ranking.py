"""From marks to the ranking of each group."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from scoring.amounts import Points
from scoring.answers import Answer
from scoring.assess import Assessment, assess_cohort, column_of
from scoring.cohort import Cohort
from scoring.evaluation import Facts
from scoring.regulation import Grade, Level, Node, Policy, Regulation
from scoring.units import Unit, UnitStatus
from words import Series, Text, in_order

ResultStatus = Literal["ranked", "late", "missing", "below_lowest"]

Standing: TypeAlias = tuple[int, ...]
"""What units are ordered by, the best first: the lower the better in every place."""


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What a unit is given: a rank, a grade or a level, or the `reason` why it has none.

    Units that are late or missing are not assessed: their `assessment` is None. Where the regulation lets late units be
    ranked, the `reason` of a ranked one says that it was late. `grade` and `level` are labels of the regulation.
    """

    unit: Unit
    status: ResultStatus
    reason: Text | None = None
    rank: int | None = None
    grade: str | None = None
    level: str | None = None
    assessment: Assessment | None = None


def rank_units(
    regulation: Regulation, units: Iterable[Unit], answers: Mapping[str, Mapping[str, Answer]]
) -> tuple[UnitResult, ...]:
    """Assess and rank all units; `answers` holds each unit's answers that count, by unit id and key.

    The result is in the regulation's order of groups, within a group that is ranked within the parent in the order of
    the parents' names, then by rank, then the unranked by name.
    """
    listed = sorted(units, key=lambda unit: in_order(unit.name, unit.id))
    cohorts = {}
    for group in regulation.groups:
        assessed = [unit for unit in listed if unit.group == group and _is_assessed(regulation, unit)]
        cohorts[group] = Cohort.of(regulation, group, assessed, answers)
    return rank_cohorts(regulation, cohorts, [unit for unit in listed if not _is_assessed(regulation, unit)])


def rank_cohorts(
    regulation: Regulation, cohorts: Mapping[str, Cohort], not_assessed: Sequence[Unit] = ()
) -> tuple[UnitResult, ...]:
    """Assess and rank cohorts by group; the units of each stand in the order of their names."""
    marked: dict[str, Facts] = {}
    for group in _lowest_first(regulation):
        marked[group] = assess_cohort(cohorts[group], marked)
    every = [unit for cohort in cohorts.values() for unit in cohort.units] + list(not_assessed)
    order = {unit.id: place for place, unit in enumerate(sorted(every, key=lambda unit: in_order(unit.name, unit.id)))}
    left_out: dict[str, list[UnitResult]] = {group: [] for group in regulation.groups}
    for unit in not_assessed:
        left_out[unit.group].append(_left_out(regulation, unit))
    return tuple(
        result
        for group in regulation.groups
        for result in rank_group(regulation, marked[group], left_out[group], order)
    )


def _lowest_first(regulation: Regulation) -> list[str]:
    """Return the groups, each after those whose marks it rolls up."""
    ordered: list[str] = []

    def visit(group: str) -> None:
        for lower in regulation.rolled_up_from(group):
            visit(lower)
        if group not in ordered:
            ordered.append(group)

    for group in regulation.groups:
        visit(group)
    return ordered


def _is_assessed(regulation: Regulation, unit: Unit) -> bool:
    return unit.status is UnitStatus.ON_TIME or (
        unit.status is UnitStatus.LATE and regulation.late.name in {"penalty", "accepted"}
    )


def _left_out(regulation: Regulation, unit: Unit) -> UnitResult:
    return UnitResult(unit, "late" if unit.status is UnitStatus.LATE else "missing", _late_reason(regulation, unit))


def _late_reason(regulation: Regulation, unit: Unit) -> Text | None:
    if unit.status is UnitStatus.ON_TIME:
        return None
    late = regulation.late
    if unit.status is UnitStatus.MISSING and late.name != "not_ranked":
        return Text("scoring.reason.nothing_sent", clause=late.grounds)
    return Text(f"scoring.reason.{unit.status}", text=late.text, clause=late.grounds)


def rank_group(
    regulation: Regulation, facts: Facts, left_out: Sequence[UnitResult], order: Mapping[str, int]
) -> Iterator[UnitResult]:
    """Rank the units of each scope: the whole group, or the units under each parent, in the order of the parents."""
    verdicts = _verdicts(regulation, facts)
    standing = dict(zip((each.unit.id for each in verdicts), _standings(regulation, facts), strict=True))
    within_parent = regulation.groups[facts.cohort.group].ranked == "within_parent"
    scopes: dict[str, list[UnitResult]] = {}
    for each in (*verdicts, *left_out):
        scopes.setdefault(each.unit.parent if within_parent else "", []).append(each)
    for scope in sorted(scopes, key=lambda parent: order.get(parent, -1)):
        ranked = [each for each in scopes[scope] if each.status == "ranked"]
        yield from _with_ranks(sorted(ranked, key=lambda each: (standing[each.unit.id], order[each.unit.id])), standing)
        others = [each for each in scopes[scope] if each.status != "ranked"]
        yield from sorted(others, key=lambda each: order[each.unit.id])


def _with_ranks(best_first: Iterable[UnitResult], standing: Mapping[str, Standing]) -> Iterator[UnitResult]:
    """Equal standings share a rank and the next ones are skipped: 1, 2, 2, 4."""
    rank_of: dict[Standing, int] = {}
    for place, result in enumerate(best_first, start=1):
        yield replace(result, rank=rank_of.setdefault(standing[result.unit.id], place))


def _standings(regulation: Regulation, facts: Facts) -> Iterator[Standing]:
    """Return what each unit is ordered by: the level where that goes first, the total, then the tie-breakers."""
    breakers = [regulation.node(node) for node in regulation.ties.breakers]
    columns = [column_of(facts, node) for node in (regulation.total, *breakers)]
    if regulation.rank_by.name == "level_then_total":
        lowest = len(regulation.levels)
        columns.insert(0, [lowest - (lowest if level is None else level) for level in _levels(regulation, facts)])
    return (tuple(-number for number in row) for row in zip(*columns, strict=True))


def _verdicts(regulation: Regulation, facts: Facts) -> list[UnitResult]:
    """Return each unit's result without its rank."""
    grades, levels = _grades(regulation, facts), _levels(regulation, facts)
    return [
        _verdict(regulation, Assessment(facts, row), grade, level)
        for row, (grade, level) in enumerate(zip(grades, levels, strict=True))
    ]


def _grades(regulation: Regulation, facts: Facts) -> list[int | None]:
    """Compare the printed totals with the grades: the place of the highest one reached, for each unit."""
    bounds = [grade.at_least for grade in regulation.grades]
    totals = column_of(facts, regulation.total)
    return [_first(bound is None or total >= bound for bound in bounds) for total in totals]


def _levels(regulation: Regulation, facts: Facts) -> list[int | None]:
    """Compare printed points with the minima of the levels: all of a level's have to be reached together."""
    group = facts.cohort.group
    needed = [
        [
            (column_of(facts, regulation.node(node)), minima[group])
            for node, minima in level.minima.items()
            if group in minima
        ]
        for level in regulation.levels
    ]
    rows = range(len(facts.cohort.units))
    return [_first(all(column[row] >= minimum for column, minimum in level) for level in needed) for row in rows]


def _first(reached: Iterable[bool]) -> int | None:
    return next((place for place, is_reached in enumerate(reached) if is_reached), None)


def _verdict(regulation: Regulation, marked: Assessment, grade: int | None, level: int | None) -> UnitResult:
    """Grade a unit; one that reaches no grade or no level has the lowest, unless that is ruled out."""
    unit = marked.facts.cohort.units[marked.row]
    too_low = regulation.below_lowest
    if too_low and ((regulation.grades and grade is None) or (regulation.levels and level is None)):
        return UnitResult(unit, "below_lowest", _too_low(regulation, too_low, marked), assessment=marked)
    return UnitResult(
        unit,
        "ranked",
        _late_reason(regulation, unit),
        grade=_label(regulation.grades, grade),
        level=_label(regulation.levels, level),
        assessment=marked,
    )


def _too_low(regulation: Regulation, policy: Policy, marked: Assessment) -> Text:
    """Say what is too low: the total, or what falls short of the lowest level's minima."""
    if not regulation.levels:
        total = regulation.printed(regulation.total, marked.total)
        return Text("scoring.reason.below_lowest", total=total, text=policy.text, clause=policy.grounds)
    lowest = regulation.levels[-1]
    lacking = tuple(
        Text(
            "scoring.reason.lacking",
            label=node.label,
            points=regulation.printed(node, points),
            minimum=regulation.printed(node, minimum),
        )
        for node, points, minimum in shortfalls(lowest, marked)
    )
    return Text(
        "scoring.reason.below_level",
        level=lowest.label,
        lacking=Series(lacking),
        text=policy.text,
        clause=policy.grounds,
    )


def shortfalls(level: Level, marked: Assessment) -> list[tuple[Node, Points, Points]]:
    """Return the nodes whose printed points do not reach what a level asks of them: points and minimum of each."""
    cohort = marked.facts.cohort
    found = []
    for node_id, minima in level.minima.items():
        node = cohort.regulation.node(node_id)
        points, minimum = marked.points_of(node) or 0, minima.get(cohort.group)
        if minimum is not None and points < minimum:
            found.append((node, points, minimum))
    return found


def _label(rungs: Sequence[Grade] | Sequence[Level], place: int | None) -> str | None:
    if not rungs:
        return None
    return rungs[-1 if place is None else place].label
