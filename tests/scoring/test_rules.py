"""The kinds of rule on cases that an official can check, each in its three readings."""

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from ruamel.yaml import YAML

from scoring import (
    Answer,
    By,
    Expression,
    Mark,
    Regulation,
    Unit,
    UnitStatus,
    as_decimal,
    formula,
    lines_of,
    print_expression,
    rank_units,
)
from scoring.rules import AnyRule
from tests.scoring.formula_reader import compute
from tests.scoring.one_rule import answered, one_rule
from tests.scoring.sheet import Sheet, cells, in_braces
from words import LANGUAGES, say

RULES = YAML(typ="safe").load((Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(entry, case, id=f"{entry['rule']['kind']}: {case['case']}")
    for entry in RULES
    for case in entry["cases"]
]
UNIT = Unit("mau", "Đơn vị mẫu", "so")

Entry = dict[str, Any]


def printed(expression: Expression, separator: str) -> str:
    return print_expression(expression, in_braces, separator)


def law(entry: Entry) -> Regulation:
    """Return the regulation of an entry: its rule, questions and maximum; `node` and `below` as `one_rule` has them."""
    return one_rule(
        entry["rule"],
        entry["maximum"],
        entry["questions"],
        node=entry.get("node", {}),
        below=entry.get("below", {}),
    )


def units_of(case: Entry) -> list[Unit]:
    """Return the unit of a case and the other units that it stands beside."""
    others = [
        Unit(
            f"khac_{place}",
            f"Đơn vị khác {place}",
            other.get("group", "so"),
            other.get("parent", UNIT.id) if other.get("group") else "",
            UnitStatus(other.get("status", "on_time")),
        )
        for place, other in enumerate(case.get("others", []))
    ]
    return [UNIT, *others]


def answers_of(regulation: Regulation, case: Entry) -> dict[str, Mapping[str, Answer]]:
    """Return the answers of all units as the department verified them, with the reasons it wrote."""
    rows = [case, *case.get("others", [])]
    return {
        unit.id: {
            key: Answer(key, answer.value, by=By.VERIFIED, reason=row.get("reasons", {}).get(key, ""))
            for key, answer in answered(regulation, row["answers"]).items()
        }
        for unit, row in zip(units_of(case), rows, strict=True)
    }


def mark_of(regulation: Regulation, case: Entry) -> Mark:
    results = rank_units(regulation, units_of(case), answers_of(regulation, case))
    (assessment,) = [result.assessment for result in results if result.unit == UNIT]
    assert assessment is not None
    return assessment.marks["one"]


@pytest.mark.parametrize(("entry", "case"), CASES)
def test_a_rule_is_computed_and_explained(entry: Entry, case: Entry) -> None:
    mark = mark_of(law(entry), case)

    assert mark.points is not None
    assert str(as_decimal(mark.points, 2)) == case["points"]
    assert say(mark.why, "vi") == case["why"]


@pytest.mark.parametrize(("entry", "case"), CASES)
@pytest.mark.parametrize("separator", [";", ","])
def test_the_printed_formula_comes_to_the_same_points(entry: Entry, case: Entry, separator: str) -> None:
    regulation = law(entry)
    answers = answers_of(regulation, case)

    points = Sheet(regulation, units_of(case), answers, separator).points(UNIT, "one")
    text = printed(lines_of(regulation, "so")["one"].points, separator)

    assert points == Fraction(case["points"])
    assert re.search(r"\d[.,]\d", text.replace(separator, " ")) is None, "no decimal literal"


@pytest.mark.parametrize(("entry", "case"), CASES)
def test_the_formula_of_the_form_comes_to_the_same_points_where_the_unit_can_know_them(
    entry: Entry, case: Entry
) -> None:
    regulation = law(entry)
    expression = formula(regulation, "so", "one")

    if isinstance(expression, Expression):
        filled = cells(answers_of(regulation, case)[UNIT.id])
        assert compute(printed(expression, ";"), filled, ";") == Fraction(case["points"])
    else:
        node = regulation.node("one")
        assert node.rule is not None
        assert expression.text.id == f"scoring.later.{node.rule.known_later or node.source}"


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry["rule"]["kind"])
def test_an_explanation_speaks_both_languages(entry: Entry) -> None:
    regulation = law(entry)

    for case in entry["cases"]:
        why = mark_of(regulation, case).why
        for language in LANGUAGES:
            assert "{" not in say(why, language)


def kinds() -> list[str]:
    """Return the names of all kinds of rule."""
    union, _ = get_args(AnyRule)
    return [get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(union)]


def test_every_kind_has_a_case_that_earns_something_and_one_that_does_not() -> None:
    earned: dict[str, set[bool]] = {}
    for entry in RULES:
        for case in entry["cases"]:
            earned.setdefault(entry["rule"]["kind"], set()).add(float(case["points"]) > 0)

    assert earned == {**{kind: {True, False} for kind in kinds()}, "information": {False}}


def test_every_option_of_every_kind_is_in_some_case() -> None:
    union, _ = get_args(AnyRule)
    options = {
        (kind, field.alias or name)
        for kind, shape in zip(kinds(), get_args(union), strict=True)
        for name, field in shape.model_fields.items()
    }

    shown = {(rule["kind"], option) for entry in RULES for rule in inside(entry["rule"]) for option in rule}

    assert options - shown == set()


def inside(rule: Entry) -> list[Entry]:
    parts = [*rule.get("parts", []), *rule.get("cases", [])]
    return [rule, *(each for part in parts for each in inside(part["rule"]))]
