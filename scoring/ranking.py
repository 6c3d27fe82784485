"""From marks to the ranking of each group."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from scoring.amounts import Points, as_decimal
from scoring.answers import Answer
from scoring.assess import Assessment, assess
from scoring.regulation import Regulation
from scoring.units import Unit, UnitStatus
from words import Text

ResultStatus = Literal["ranked", "late", "missing", "below_lowest"]


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What a unit is given: a rank and a grade, or the `reason` why it has none.

    Units that are late or missing are not assessed: their `assessment` is None. `level` stays None where the regulation
    knows grades only.
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

    The result is in the regulation's order of groups, then by rank, then the unranked by name.
    """
    results = [_result(regulation, unit, answers.get(unit.id, {})) for unit in units]
    return tuple(result for group in regulation.groups for result in _ranked(results, group))


def _result(regulation: Regulation, unit: Unit, answers: Mapping[str, Answer]) -> UnitResult:
    if unit.status is not UnitStatus.ON_TIME:
        reason = Text(f"scoring.reason.{unit.status}", text=regulation.late.text, clause=regulation.late.grounds)
        return UnitResult(unit, "late" if unit.status is UnitStatus.LATE else "missing", reason)
    return _graded(regulation, unit, assess(regulation, unit.group, answers))


def _graded(regulation: Regulation, unit: Unit, assessment: Assessment) -> UnitResult:
    """Compare the printed total with the grades; a total below them all has the lowest, unless that is ruled out."""
    grades, too_low = regulation.grades, regulation.below_lowest
    reached = [grade for grade in grades if grade.at_least is None or assessment.total >= grade.at_least]
    if not reached and too_low is not None:
        total = as_decimal(assessment.total, regulation.digits)
        reason = Text("scoring.reason.below_lowest", total=total, text=too_low.text, clause=too_low.grounds)
        return UnitResult(unit, "below_lowest", reason, assessment=assessment)
    return UnitResult(unit, "ranked", grade=(reached or grades[-1:])[0].id, assessment=assessment)


def _ranked(results: list[UnitResult], group: str) -> Iterator[UnitResult]:
    """Equal totals share a rank and the next ones are skipped: 1, 2, 2, 4."""
    ours = sorted((each for each in results if each.unit.group == group), key=lambda each: _name(each.unit))
    ranked = sorted((each for each in ours if each.status == "ranked"), key=lambda each: -_total(each))
    rank_of: dict[Points, int] = {}
    for place, result in enumerate(ranked, start=1):
        yield replace(result, rank=rank_of.setdefault(_total(result), place))
    yield from (each for each in ours if each.status != "ranked")


def _name(unit: Unit) -> tuple[str, str]:
    return unit.name, unit.id


def _total(result: UnitResult) -> Points:
    return result.assessment.total if result.assessment else 0
