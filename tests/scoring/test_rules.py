"""The kinds of rule on cases that an official can check, each in its three readings."""

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scoring import (
    Answer,
    Chosen,
    Datum,
    Expression,
    Given,
    PointsOf,
    Ref,
    Yes,
    as_decimal,
    assess,
    formula,
    print_expression,
)
from tests.scoring.formula_reader import Cell, compute
from tests.scoring.one_rule import answered, one_rule
from words import LANGUAGES, say

RULES = YAML(typ="safe").load((Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(entry, case, id=f"{entry['rule']['kind']}: {case['case']}")
    for entry in RULES
    for case in entry["cases"]
]


def in_braces(ref: Ref) -> str:
    """Print a reference for `formula_reader`."""
    match ref:
        case Given(key):
            return f'{{{key}}}<>""'
        case Chosen(key, choice):
            return f"{{{key}:{choice}}}"
        case Datum(key) | Yes(key):
            return f"{{{key}}}"
        case PointsOf(node):
            return f"{{{node}}}"


def cells(answers: Mapping[str, Answer]) -> dict[str, Cell]:
    """Return what stands in the cells: numbers and truths, and for a choice which one it is."""
    filled: dict[str, Cell] = {}
    for key, answer in answers.items():
        if isinstance(answer.value, str):
            filled |= {key: True, f"{key}:{answer.value}": True}
        elif answer.value is not None:
            filled[key] = answer.value if isinstance(answer.value, bool) else Fraction(str(answer.value))
    return filled


def printed(expression: Expression, separator: str) -> str:
    return print_expression(expression, in_braces, separator)


@pytest.mark.parametrize(("entry", "case"), CASES)
def test_a_rule_is_computed_and_explained(entry: dict[str, Any], case: dict[str, Any]) -> None:
    regulation = one_rule(entry["rule"], entry["maximum"], entry["questions"])

    mark = assess(regulation, "so", answered(regulation, case["answers"])).marks["one"]

    assert mark.points is not None
    assert str(as_decimal(mark.points, 2)) == case["points"]
    assert say(mark.why, "vi") == case["why"]


@pytest.mark.parametrize(("entry", "case"), CASES)
@pytest.mark.parametrize("separator", [";", ","])
def test_the_printed_formula_comes_to_the_same_points(
    entry: dict[str, Any], case: dict[str, Any], separator: str
) -> None:
    regulation = one_rule(entry["rule"], entry["maximum"], entry["questions"])
    answers = answered(regulation, case["answers"])
    expression = formula(regulation, "so", "one")
    assert isinstance(expression, Expression)

    text = printed(expression, separator)

    assert compute(text, cells(answers), separator) == Fraction(case["points"])
    assert re.search(r"\d[.,]\d", text.replace(separator, " ")) is None, "no decimal literal"


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry["rule"]["kind"])
def test_an_explanation_speaks_both_languages(entry: dict[str, Any]) -> None:
    regulation = one_rule(entry["rule"], entry["maximum"], entry["questions"])

    for case in entry["cases"]:
        why = assess(regulation, "so", answered(regulation, case["answers"])).marks["one"].why
        for language in LANGUAGES:
            assert "{" not in say(why, language)


def test_every_kind_has_a_case_that_earns_something_and_one_that_does_not() -> None:
    earned: dict[str, set[bool]] = {}
    for entry in RULES:
        for case in entry["cases"]:
            earned.setdefault(entry["rule"]["kind"], set()).add(float(case["points"]) > 0)

    assert earned == {
        kind: {True, False}
        for kind in (
            "yes_no",
            "all_met",
            "choice",
            "ratio",
            "percentage_bands",
            "count_bands",
            "steps",
            "per_item",
            "parts",
            "best_of",
            "threshold",
            "weighted_classes",
            "penalty",
        )
    }
