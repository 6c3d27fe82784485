"""Units worked out by hand, as YAML files tell them: a situation, and what must come out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring import (
    Answer,
    AnswerStatus,
    AnswerValue,
    By,
    Question,
    Regulation,
    Unit,
    UnitResult,
    UnitStatus,
    check_value,
    rank_units,
)
from tests.scoring.sheet import Sheet
from words import say

Case = Mapping[str, Any]
"""One entry of a file: `unit`, `answers`, and as needed `not_applicable`, `status`, `others`; then what comes out."""

_CLAIMS = {
    "claimed": (AnswerStatus.NOT_APPLICABLE, By.UNIT),
    "granted": (AnswerStatus.NOT_APPLICABLE, By.VERIFIED),
    "refused": (AnswerStatus.NOT_APPLICABLE_REFUSED, By.VERIFIED),
}


@dataclass(frozen=True, slots=True)
class Worked:
    """A case played: its regulation, its units (the one that is worked out comes first), and their results."""

    regulation: Regulation
    units: Sequence[Unit]
    answers: Mapping[str, Mapping[str, Answer]]
    results: Mapping[str, UnitResult]

    def found(self, case: Case) -> dict[str, Any]:
        """Return what came out, in the words of the file, with as much as the case speaks of."""
        unit, result = self.units[0], self.results[self.units[0].id]
        marked = result.assessment
        said: dict[str, Any] = {"not_ranked": result.status if result.status != "ranked" else None}
        said |= {"grade": result.grade, "level": result.level, "rank": result.rank}
        said["reason"] = say(result.reason, "vi") if result.reason else None
        said["ranks"] = {name: self.results[name].rank for name in case.get("ranks", {})}
        if marked is not None:
            nodes = self.regulation.nodes(unit.group)
            points = {node.id: marked.points_of(node) for node in nodes}
            printed = {node.id: str(self.regulation.printed(node, points[node.id] or 0)) for node in nodes}
            scales = {key: str(self.regulation.printed(mark.node, mark.scale)) for key, mark in marked.marks.items()}
            said["total"] = printed[self.regulation.total.id]
            said["percent"] = str(Decimal(marked.percent).scaleb(-self.regulation.percent_rounding.digits))
            said["marks"] = {key: printed.get(key) for key in case.get("marks", {})}
            said["scales"] = {key: scales.get(key) for key in case.get("scales", {})}
        return {key: said.get(key) for key in WORDS if key in case or (key in ALWAYS and said.get(key) is not None)}

    def by_formulas(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Return each line of the first unit as it was computed, beside what its printed formula comes to."""
        unit, marked = self.units[0], self.results[self.units[0].id].assessment
        assert marked is not None
        sheet = Sheet(self.regulation, self.units, self.answers)
        found = {}
        for node in self.regulation.nodes(unit.group):
            points = Decimal(marked.points_of(node) or 0).scaleb(-self.regulation.digits)
            value = sheet.points(unit, node.id)
            found[node.id] = (points, Decimal(value.numerator) / Decimal(value.denominator))
        return found


WORDS = ("marks", "scales", "total", "percent", "grade", "level", "not_ranked", "reason", "rank", "ranks")
ALWAYS = ("grade", "level", "not_ranked")
"""What a case has to say wherever there is such a thing."""


def told(case: Case) -> dict[str, Any]:
    """Return what a case says must come out."""
    return {key: case[key] for key in WORDS if key in case}


def played(regulation: Regulation, case: Case) -> Worked:
    """Assess and rank the units of a case."""
    rows = [{**case["unit"], **case}, *case.get("others", [])]
    units = [
        Unit(
            row["id"],
            row.get("name", row["id"]),
            row["group"],
            row.get("parent", ""),
            UnitStatus(row.get("status", "on_time")),
        )
        for row in rows
    ]
    answers = {unit.id: _answers(regulation, unit.group, row) for unit, row in zip(units, rows, strict=True)}
    results = {result.unit.id: result for result in rank_units(regulation, units, answers)}
    return Worked(regulation, units, answers, results)


def _answers(regulation: Regulation, group: str, row: Case) -> dict[str, Answer]:
    """Read the answers of a row; one that its group is not asked, or that its question does not allow, is a slip."""
    asked = {question.key: question for question in regulation.questions_for(group)}
    given = row.get("answers", {})
    assert set(given) - set(asked) == set()
    answers = {key: Answer(key, _value(asked[key], written)) for key, written in given.items()}
    for key, answer in answers.items():
        assert answer.value is not None
        assert check_value(asked[key], answer.value) is None
    claimed = {node: _CLAIMS[word] for node, word in row.get("not_applicable", {}).items()}
    lines = {node.id for node in regulation.indicators(group) if node.allows_not_applicable}
    assert set(claimed) - lines == set()
    claims = {node: Answer(node, status=status, by=by, reason="mẫu") for node, (status, by) in claimed.items()}
    return {**answers, **claims}


def _value(question: Question, written: object) -> AnswerValue:
    """A decimal is written as text with a point."""
    if question.type == "decimal" and isinstance(written, str):
        return Decimal(written)
    assert isinstance(written, bool | int | str | date)
    return written
