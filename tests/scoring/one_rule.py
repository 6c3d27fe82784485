"""A regulation with one indicator, for the tests of rules."""

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from scoring import Answer, AnswerValue, Regulation, parse_regulation, parse_value
from words import Text

Plain = Mapping[str, Any]
"""What YAML makes of a group of lines."""

NOTHING: Plain = {}
GROUPS: Plain = {
    "so": {"label": "Sở", "clause": "Điều 1"},
    "xa": {"label": "Xã", "clause": "Điều 1", "under": "so"},
}

GRADES = "[{label: Đạt, at_least: 1}, {label: Không đạt, below: 1}]"


def regulation_text(
    rule: Plain,
    maximum: float,
    questions: Plain,
    grades: str = GRADES,
    *,
    node: Plain = NOTHING,
    below: Plain = NOTHING,
) -> str:
    """Return the text of a regulation with one group `so` and one indicator `one`; `node` has further keys of it.

    `below` is the rule and the maximum of the one indicator of a second group, `xa`, whose units are under the first.
    """
    xa = below.get("maximum", 0)
    one = {"id": "one", "label": "Một", "how": "theo quy tắc", "clause": "Điều 1", "maximum": {"so": maximum}, **node}
    lower = {**one, "id": "lower", "label": "Hai", "maximum": {"xa": xa}}
    tops = {"so": maximum, **({"xa": xa} if below else {})}
    children = [{**one, "rule": rule}, *([{**lower, "rule": below["rule"]}] if below else [])]
    return f"""
id: one-rule
title: One rule
short_title: One rule
language: vi
decision: {{number: 1/QĐ, date: 2026-01-02, issuer: UBND tỉnh Ví Dụ, source: invented}}
clauses: {{Điều 1: {{title: Tất cả}}}}
groups: {as_yaml({group: GROUPS[group] for group in tops})}
not_applicable: {{policy: full_marks, clause: Điều 1}}
late: {{policy: not_ranked, clause: Điều 1, text: không xếp hạng}}
rounding: {{digits: 2, method: half_up, clause: Điều 1}}
ties: {{policy: shared_then_skipped, clause: Điều 1}}
grades: {{clause: Điều 1, bands: {grades if maximum else "[{label: Đạt, at_least: 0}]"}}}
timetable:
  issue_on: {{date: 09-15, clause: Điều 1}}
  issue_before: {{date: 10-01, clause: Điều 1}}
  collect_before: {{date: 11-01, clause: Điều 1}}
  publish_before: {{date: 12-01, clause: Điều 1}}
  draft_ahead: {{days: 30, clause: Điều 1}}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {as_yaml(tops)}
  children: {as_yaml(children)}
questions: {as_yaml(questions)}
"""


def as_yaml(data: Plain | list[Any]) -> str:
    """Return data as YAML in one line."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width = True, 10**6
    written = StringIO()
    yaml.dump(data, written)
    return written.getvalue().strip()


def one_rule(
    rule: Plain,
    maximum: float,
    questions: Plain,
    grades: str = GRADES,
    *,
    node: Plain = NOTHING,
    below: Plain = NOTHING,
) -> Regulation:
    text = regulation_text(rule, maximum, questions, grades, node=node, below=below)
    regulation, problems = parse_regulation(text, "one.yaml")
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert regulation is not None
    return regulation


def answered(regulation: Regulation, typed: Mapping[str, object]) -> dict[str, Answer]:
    """Return answers as they are typed on the form."""
    return {key: Answer(key, _read(regulation, key, str(value))) for key, value in typed.items()}


def _read(regulation: Regulation, key: str, typed: str) -> AnswerValue:
    value = parse_value(regulation.questions[key], typed)
    assert not isinstance(value, Text), value
    return value
