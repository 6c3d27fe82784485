"""A regulation of which only the telling part is written down, for the tests of whole trees."""

from scoring import Answer, AnswerStatus, AnswerValue, By, Regulation, parse_regulation

USUAL = {
    "id": "one-tree",
    "title": "One tree",
    "short_title": "One tree",
    "language": "vi",
    "decision": "{number: 1/QĐ, date: 2026-01-02, issuer: UBND tỉnh Ví Dụ, source: invented}",
    "clauses": "{Điều 1: {title: Tất cả}}",
    "groups": "{so: {label: Sở, clause: Điều 1}}",
    "not_applicable": "{policy: not_allowed, clause: Điều 1}",
    "late": "{policy: not_ranked, clause: Điều 1, text: không xếp hạng}",
    "rounding": "{digits: 2, method: half_up, clause: Điều 1}",
    "ties": "{policy: shared_then_skipped, clause: Điều 1}",
    "grades": "{clause: Điều 1, bands: [{label: Đạt, at_least: 5}, {label: Không đạt, below: 5}]}",
    "timetable": """
  issue_on: {date: 09-15, clause: Điều 1}
  issue_before: {date: 10-01, clause: Điều 1}
  collect_before: {date: 11-01, clause: Điều 1}
  publish_before: {date: 12-01, clause: Điều 1}
  draft_ahead: {days: 30, clause: Điều 1}""",
}


TWO_CATEGORIES = """
not_applicable: {policy: rescale, clause: Điều 1}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  children:
  - id: first
    label: Hạng mục một
    clause: Điều 1
    maximum: {so: 6}
    children:
    - {id: a, label: A, how: theo điểm, clause: Điều 1, maximum: {so: 4}, rule: {kind: given, question: qa}}
    - {id: b, label: B, how: theo điểm, clause: Điều 1, maximum: {so: 2}, rule: {kind: given, question: qb}}
  - id: second
    label: Hạng mục hai
    clause: Điều 1
    maximum: {so: 4}
    children:
    - {id: c, label: C, how: theo điểm, clause: Điều 1, maximum: {so: 4}, rule: {kind: given, question: qc}}
questions:
  qa: {label: Điểm A, type: decimal, minimum: 0, maximum: 4}
  qb: {label: Điểm B, type: decimal, minimum: 0, maximum: 2}
  qc: {label: Điểm C, type: decimal, minimum: 0, maximum: 4}
"""
"""What does not apply is taken out, and the total brought back to ten."""


def one_tree(text: str, *, without: tuple[str, ...] = ()) -> Regulation:
    """Return the regulation with these blocks of YAML, and the usual ones for those that are not there."""
    usual = (f"{key}: {block}" for key, block in USUAL.items() if f"\n{key}:" not in f"\n{text}" and key not in without)
    regulation, problems = parse_regulation("\n".join([*usual, text]), "tree.yaml")
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert regulation is not None
    return regulation


def answers(**given: AnswerValue) -> dict[str, Answer]:
    """Return answers by key."""
    return {key: Answer(key, value) for key, value in given.items()}


def granted(*indicators: str) -> dict[str, Answer]:
    """Return granted claims that indicators do not apply."""
    na = AnswerStatus.NOT_APPLICABLE
    return {each: Answer(each, status=na, by=By.VERIFIED, reason="đã xác nhận") for each in indicators}
