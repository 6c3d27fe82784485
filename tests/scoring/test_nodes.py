"""What the lines of a point table do with one another, on units that an official can check."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scoring import Answer, AnswerStatus, By, Regulation, assess, parse_regulation
from tests.scoring.one_rule import as_yaml
from tests.scoring.worked_unit import played, told

NODES = YAML(typ="safe").load((Path(__file__).parent / "nodes.yaml").read_text(encoding="utf-8"))
EVERY = [(entry, case) for entry in NODES for case in entry["cases"]]
CASES = [pytest.param(entry, case, id=f"{entry['says']}: {case['says']}") for entry, case in EVERY]
MARKED = [pytest.param(entry, case, id=f"{entry['says']}: {case['says']}") for entry, case in EVERY if "marks" in case]

Entry = dict[str, Any]

PLAIN: Entry = {
    "id": "plain",
    "title": "Plain",
    "short_title": "Plain",
    "language": "vi",
    "clauses": {"Điều 1": {"title": "Tất cả"}},
    "groups": {"so": {"label": "Sở", "clause": "Điều 1"}},
    "not_applicable": {"policy": "not_allowed", "clause": "Điều 1"},
    "late": {"policy": "not_ranked", "clause": "Điều 1", "text": "không xếp hạng"},
    "rounding": {"digits": 2, "method": "half_up", "clause": "Điều 1"},
    "ties": {"policy": "shared_then_skipped", "clause": "Điều 1"},
}
"""What a regulation has beside its tree."""

DATED = """
decision: {number: 1/QĐ, date: 2026-01-02, issuer: UBND tỉnh Ví Dụ, source: invented}
timetable:
  issue_on: {date: 09-15, clause: Điều 1}
  collect_before: {date: 11-01, clause: Điều 1}
  publish_before: {date: 12-01, clause: Điều 1}
  draft_ahead: {days: 30, clause: Điều 1}
"""
GRADES: Entry = {"clause": "Điều 1", "bands": [{"label": "Đạt", "at_least": 0}]}


def law(entry: Entry) -> Regulation:
    """Return the regulation of an entry, each line of its tree filled out."""
    given = entry.get("law", {})
    grades = {} if "levels" in given or "grades" in given else {"grades": GRADES}
    document = {
        **PLAIN,
        **grades,
        **given,
        "tree": [filled_out(node) for node in entry["tree"]],
        "questions": {
            **entry.get("questions", {}),
            **{f"diem_{leaf['id']}": question(leaf) for root in entry["tree"] for leaf in leaves(root)},
        },
    }
    text = "\n".join(as_yaml({key: value})[1:-1] for key, value in document.items()) + DATED
    regulation, problems = parse_regulation(text, "nodes.yaml")
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert regulation is not None
    return regulation


def filled_out(node: Entry) -> Entry:
    rest = {key: value for key, value in node.items() if key not in {"maximum", "children"}}
    if "children" in node:
        rest["children"] = [filled_out(child) for child in node["children"]]
    elif "of" not in node and "rule" not in node:
        rest["rule"] = {"kind": "given", "question": f"diem_{node['id']}"}
    words = {"label": node["id"], "how": "theo quy tắc", "clause": "Điều 1"}
    return {**words, "maximum": by_group(node["maximum"]), **rest}


def by_group(amount: Any) -> Entry:  # noqa: ANN401 - a number, or a number by group
    return amount if isinstance(amount, dict) else {"so": amount}


def leaves(node: Entry) -> Iterator[Entry]:
    if not {"children", "of", "rule"} & node.keys():
        yield node
    for child in node.get("children", []):
        yield from leaves(child)


def question(leaf: Entry) -> Entry:
    highest = max(by_group(leaf["maximum"]).values())
    return {"label": leaf["id"], "type": "decimal", "minimum": 0, "maximum": highest}


def spelled_out(entry: Entry, case: Entry) -> Entry:
    """Return the case as `worked_unit` wants it: points under their questions, and what mostly holds."""
    given = {leaf["id"] for root in entry["tree"] for leaf in leaves(root)}

    def row(one: Entry) -> Entry:
        answers = {f"diem_{key}" if key in given else key: value for key, value in one.get("answers", {}).items()}
        return {**one, "answers": answers}

    is_graded = not ({"levels", "grades"} & entry.get("law", {}).keys() or "not_ranked" in case)
    grade = {"grade": "Đạt"} if is_graded else {}
    others = [row(other) for other in case.get("others", [])]
    return {"unit": {"id": "mau", "group": "so"}, **grade, **row(case), "others": others}


@pytest.mark.parametrize(("entry", "case"), CASES)
def test_lines_come_out_as_worked_out_by_hand(entry: Entry, case: Entry) -> None:
    whole = spelled_out(entry, case)

    assert played(law(entry), whole).found(whole) == told(whole)


@pytest.mark.parametrize(("entry", "case"), MARKED)
def test_their_formulas_come_to_the_same_points(entry: Entry, case: Entry) -> None:
    lines = played(law(entry), spelled_out(entry, case)).by_formulas()

    assert {node for node, (computed, by_formula) in lines.items() if computed != by_formula} == set()


def test_where_na_is_not_allowed_a_claim_that_came_from_somewhere_counts_for_nothing() -> None:
    (entry,) = [each for each in NODES if each["says"] == "A sum of parts"]
    regulation = law(entry)
    answers = {"diem_a": Answer("diem_a", 45), "b": Answer("b", status=AnswerStatus.NOT_APPLICABLE, by=By.VERIFIED)}

    marks = assess(regulation, "so", answers).marks

    assert {node.id: node.allows_not_applicable for node in regulation.nodes("so")} == dict.fromkeys("ab", False) | {
        "tong": False
    }
    assert (marks["b"].points, marks["b"].scale, marks["b"].na, marks["tong"].points) == (0, 4000, "", 4500)
