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
    marked, total = result.assessment, regulation.total
    percent = None if marked is None else as_decimal(marked.percent, regulation.percent_rounding.digits)
    return {
        "unit": result.unit.id,
        "group": result.unit.group,
        "status": result.status,
        "reason": _said(result.reason, language),
        "rank": result.rank,
        "grade": result.grade,
        "level": result.level,
        "total": None if marked is None else str(regulation.printed(total, marked.total)),
        "max": str(regulation.printed(total, total.maxima[result.unit.group])),
        "percent": None if percent is None else str(percent),
        "nodes": {}
        if marked is None
        else {key: _node(regulation, mark, language) for key, mark in marked.marks.items()},
    }


def _node(regulation: Regulation, mark: Mark, language: Language) -> dict[str, Any]:
    return {
        "points": None if mark.points is None else str(regulation.printed(mark.node, mark.points)),
        "max": str(regulation.printed(mark.node, mark.maximum)),
        "scale": str(regulation.printed(mark.node, mark.scale)),
        "na": mark.na,
        "why": say(mark.why, language),
    }


def _said(text: Text | None, language: Language) -> str | None:
    return None if text is None else say(text, language)
