"""A regulation as a JSON document, for programs."""

from collections.abc import Mapping
from typing import Any

from app.regulation_lines import written
from scoring import AnnualDate, Grade, Node, Points, Question, Regulation, Window
from scoring.regulation import Check, Policy


def regulation_document(regulation: Regulation) -> dict[str, Any]:
    """Return groups, questions, nodes, grades, levels, timetable and checks; amounts are strings ("84.25")."""
    return {
        "id": regulation.id,
        "title": regulation.title,
        "sha256": regulation.sha256,
        "groups": {
            group.id: {"label": group.label, "under": group.under, "ranked": group.ranked}
            for group in regulation.groups.values()
        },
        "questions": [_question(question) for question in regulation.questions.values()],
        "nodes": [_node(regulation, root) for root in regulation.roots],
        "grades": [_grade(regulation, grade) for grade in regulation.grades],
        "levels": [
            {
                "label": level.label,
                "minima": {
                    node: _amounts(regulation, regulation.node(node), minima) for node, minima in level.minima.items()
                },
            }
            for level in regulation.levels
        ],
        "below_lowest": regulation.below_lowest and regulation.below_lowest.text,
        "rank_by": regulation.rank_by.name,
        "not_applicable": _policy(regulation.not_applicable),
        "late": _policy(regulation.late),
        "timetable": _timetable(regulation),
        "checks": [_check(check) for check in regulation.checks],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "label": question.label,
        "type": question.type,
        "unit": question.unit,
        "minimum": None if question.minimum is None else str(question.minimum),
        "maximum": None if question.maximum is None else str(question.maximum),
        "required": question.required,
        "source": question.source,
        "groups": list(question.groups),
        "choices": [{"id": choice.id, "label": choice.label} for choice in question.choices],
    }


def _node(regulation: Regulation, node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "number": node.number,
        "label": node.label,
        "rung": node.rung,
        "clause": node.clause,
        "assumed": node.assumed,
        "maxima": _amounts(regulation, node, node.maxima),
        "operation": None if node.rule else node.operation,
        "of": list(node.of),
        "weights": {weight.node: str(weight.amount) for weight in node.weights},
        "cap": _amounts(regulation, node, node.cap),
        "floor": _amounts(regulation, node, node.floor),
        "outside_scale": node.outside_scale,
        "questions": list(regulation.questions_of(node)) if node.rule else [],
        "children": [_node(regulation, child) for child in node.children],
    }


def _amounts(regulation: Regulation, node: Node, by_group: Mapping[str, Points]) -> dict[str, str]:
    return {group: str(regulation.printed(node, points)) for group, points in by_group.items()}


def _grade(regulation: Regulation, grade: Grade) -> dict[str, Any]:
    points = None if grade.at_least is None else str(regulation.printed(regulation.total, grade.at_least))
    return {"label": grade.label, "at_least": points}


def _policy(policy: Policy) -> dict[str, Any]:
    return {"policy": policy.name, "clause": policy.clause, "assumed": policy.assumed}


def _timetable(regulation: Regulation) -> dict[str, Any]:
    timetable = regulation.timetable
    days = {
        name: _day(day)
        for name in ("issue_on", "issue_before", "collect_before", "publish_before")
        if (day := getattr(timetable, name))
    }
    terms = {
        name: {term.unit: term.count, "from": term.counted_from}
        for name in ("collect_within", "verify_within")
        if (term := getattr(timetable, name))
    }
    return {**days, **terms, **_window(timetable.window)}


def _window(window: Window | None) -> dict[str, Any]:
    return {"window": {"from": _month_day(window.first), "to": _month_day(window.last)}} if window else {}


def _day(annual: AnnualDate) -> dict[str, Any]:
    return {"date": _month_day(annual), "years_later": annual.years_later}


def _month_day(annual: AnnualDate) -> str:
    return f"{annual.month:02}-{annual.day:02}"


def _check(check: Check) -> dict[str, Any]:
    return {
        "left": written(check.left),
        "operator": check.operator,
        "right": written(check.right),
        "severity": check.severity.value,
    }
