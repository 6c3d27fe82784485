"""The ranking as a JSON document: what `xephang score --json` prints."""

from collections.abc import Iterable
from typing import Any

from scoring.amounts import as_decimal
from scoring.assess import Mark
from scoring.ranking import UnitResult
from scoring.regulation import Regulation
from words import Language, Problem, Text, say


def ranking_document(
    regulation: Regulation, results: Iterable[UnitResult], problems: Iterable[Problem] = (), language: Language = "vi"
) -> dict[str, Any]:
    """Return the ranking for programs; amounts are strings with fixed decimals and a point ("4.00")."""
    return {
        "regulation": {"id": regulation.id, "sha256": regulation.sha256},
        "problems": [problem_document(problem, language) for problem in problems],
        "results": [_result(regulation, result, language) for result in results],
    }


def problem_document(problem: Problem, language: Language) -> dict[str, Any]:
    """Return a problem for programs; what is not known of its place is empty or null."""
    where = problem.where
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "path": where.path,
        "cell": where.cell,
        "text": say(problem.text, language),
    }


def _result(regulation: Regulation, result: UnitResult, language: Language) -> dict[str, Any]:
    marked = result.assessment
    digits = regulation.digits
    return {
        "unit": result.unit.id,
        "group": result.unit.group,
        "status": result.status,
        "reason": _said(result.reason, language),
        "rank": result.rank,
        "grade": result.grade,
        "level": result.level,
        "total": None if marked is None else _amount(marked.total, digits),
        "max": _amount(regulation.total.maxima[result.unit.group], digits),
        "percent": None if marked is None else _amount(marked.percent, 2),
        "nodes": {} if marked is None else {key: _node(mark, digits, language) for key, mark in marked.marks.items()},
    }


def _node(mark: Mark, digits: int, language: Language) -> dict[str, Any]:
    return {
        "points": None if mark.points is None else _amount(mark.points, digits),
        "max": _amount(mark.maximum, digits),
        "scale": _amount(mark.scale, digits),
        "na": mark.na,
        "why": say(mark.why, language),
    }


def _amount(amount: int, digits: int) -> str:
    return str(as_decimal(amount, digits))


def _said(text: Text | None, language: Language) -> str | None:
    return None if text is None else say(text, language)
