"""Expressions: exact for a whole cohort at once, and printed so that nothing falls apart."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Answer, AnswerValue, Cohort, Expression, Facts, Rounding, Unit, as_decimal, evaluate
from scoring.columns import Column, whole_numbers
from scoring.evaluation import holds
from scoring.expression import (
    All,
    AnyOf,
    Arithmetic,
    Chosen,
    Compare,
    Condition,
    Datum,
    Extreme,
    Given,
    Greatest,
    If,
    Least,
    Number,
    PointsOf,
    Rounded,
    Sum,
    Yes,
    number,
    sum_of,
)
from tests.scoring.formula_reader import Cell, compute
from tests.scoring.one_rule import one_rule
from tests.scoring.test_rules import printed

QUESTIONS = {
    "a": {"label": "A", "type": "integer", "minimum": 0},
    "b": {"label": "B", "type": "decimal", "minimum": 0},
    "gone": {"label": "Không ai trả lời", "type": "integer", "minimum": 0},
    "yes": {"label": "Có", "type": "boolean"},
    "no": {"label": "Không", "type": "boolean"},
    "pick": {"label": "Chọn", "type": "choice", "choices": {"x": "Ích", "y": "I"}},
}
LAW = one_rule(
    {
        "kind": "parts",
        "parts": [
            {
                "label": "Đếm",
                "maximum": {"so": 1},
                "rule": {"kind": "per_item", "count": ["a", "b", "gone"], "each": 1},
            },
            {"label": "Có", "maximum": {"so": 1}, "rule": {"kind": "yes_no", "question": "yes"}},
            {"label": "Không", "maximum": {"so": 1}, "rule": {"kind": "yes_no", "question": "no"}},
            {
                "label": "Chọn",
                "maximum": {"so": 1},
                "rule": {"kind": "choice", "question": "pick", "points": {"x": 1, "y": 0}},
            },
        ],
    },
    4,
    QUESTIONS,
)
ROWS: tuple[Mapping[str, AnswerValue], ...] = (
    {"a": 7, "b": Decimal("2.5"), "yes": True, "no": False, "pick": "x"},
    {"a": 0, "b": Decimal("0.125"), "yes": True, "no": False, "pick": "x"},
    {"b": Decimal(3), "yes": True, "no": False, "pick": "y"},
)
NODE = (850, 0, -125)


def facts_of(rows: tuple[Mapping[str, AnswerValue], ...]) -> Facts:
    units = [Unit(str(place), f"Sở Mẫu {place}", "so") for place in range(len(rows))]
    answers = {
        unit.id: {key: Answer(key, value) for key, value in row.items()} for unit, row in zip(units, rows, strict=True)
    }
    return Facts(Cohort.of(LAW, "so", units, answers))


FACTS = facts_of(ROWS)
FACTS.points["node"] = Column(whole_numbers(NODE), 100)


def cells_of(row: Mapping[str, AnswerValue], node: int) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"node": Fraction(node, 100)}
    for key, value in row.items():
        if isinstance(value, str):
            cells |= {key: True, f"{key}:{value}": True, f"{key}:{'y' if value == 'x' else 'x'}": False}
        elif isinstance(value, bool):
            cells[key] = value
        else:
            cells[key] = Fraction(str(value))
    return cells


CELLS = [cells_of(row, node) for row, node in zip(ROWS, NODE, strict=True)]

LESS = Arithmetic(Datum("a"), "-", Datum("b"))
fractions = st.fractions(min_value=-20, max_value=20, max_denominator=12)
numbers = st.builds(number, fractions)
leaves = numbers | st.sampled_from([Datum("a"), Datum("b"), PointsOf("node")])
conditions_on_answers: st.SearchStrategy[Condition] = st.sampled_from(
    [Given("a"), Given("gone"), Yes("yes"), Yes("no"), Chosen("pick", "x"), Chosen("pick", "y")]
)
roundings = st.builds(Rounding, st.integers(0, 4))


def conditions(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Condition]:
    compared: st.SearchStrategy[Condition] = st.builds(Compare, inner, st.sampled_from(["=", ">", ">="]), inner)
    single = st.one_of(compared, conditions_on_answers)
    several = st.lists(single, min_size=1, max_size=3).map(tuple)
    together: st.SearchStrategy[Condition] = st.one_of(st.builds(All, several), st.builds(AnyOf, several))
    return st.one_of(single, together)


def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(Arithmetic, inner, st.sampled_from(["-", "*"]), inner)
        | st.builds(Arithmetic, inner, st.just("/"), numbers.filter(lambda each: each.numerator > 0))
        | st.builds(Sum, several)
        | st.builds(Least, several)
        | st.builds(Greatest, several)
        | st.builds(If, conditions(inner), inner, inner)
        | st.builds(Rounded, inner, roundings)
    )


@given(st.recursive(leaves, larger, max_leaves=12))
def test_an_expression_and_its_printed_formula_come_to_the_same_fraction(expression: Expression) -> None:
    computed = evaluate(expression, FACTS).fractions(len(ROWS))

    formula = printed(expression, ";")
    assert computed == [compute(formula, cells, ";") for cells in CELLS]


@given(st.recursive(leaves, larger, max_leaves=12))
def test_one_unit_alone_is_computed_as_it_is_among_the_others(expression: Expression) -> None:
    together = evaluate(expression, FACTS).fractions(len(ROWS))

    alone = [evaluate(expression, FACTS.of(row)).fractions(1) for row in range(len(ROWS))]
    assert alone == [[each] for each in together]


counts = st.integers(0, 10**18)


@given(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=4))
def test_numbers_of_any_size_stay_exact(rows: list[tuple[int, int, int]]) -> None:
    a, b, c = (Column(whole_numbers([row[place] for row in rows])) for place in range(3))

    computed = ((a * b + c) * b - a / Column(7)).fractions(len(rows))

    assert computed == [(Fraction(x) * y + z) * y - Fraction(x, 7) for x, y, z in rows]


@given(st.lists(counts, min_size=1, max_size=4), counts)
def test_a_constant_of_any_size_and_a_column_stay_exact(values: list[int], constant: int) -> None:
    column, one = Column(whole_numbers(values)), Column(constant)

    computed = [
        each.fractions(len(values)) for each in (one * column, column * one, one + column, column + one, one - column)
    ]

    products, sums = [Fraction(each * constant) for each in values], [Fraction(each + constant) for each in values]
    assert computed == [products, products, sums, sums, [Fraction(constant - each) for each in values]]


@given(st.lists(st.decimals(0, 10**10, places=11, allow_nan=False), min_size=1, max_size=3), st.integers(0, 10**20))
def test_the_decimals_of_one_unit_change_nothing_for_another(decimals: list[Decimal], large: int) -> None:
    facts = facts_of(({"b": Decimal(large)}, *({"b": each} for each in decimals)))

    assert facts.cohort.numbers["b"].fractions(len(decimals) + 1) == [Fraction(large), *map(Fraction, decimals)]


@given(st.lists(st.integers(-(10**17), 10**17), min_size=1, max_size=4), st.integers(1, 10**9), st.integers(0, 4))
def test_rounding_a_column_is_rounding_each_of_its_numbers(
    numerators: list[int], denominator: int, digits: int
) -> None:
    for rounding in (Rounding(digits), Rounding(digits, "truncated")):
        rounded = Column(whole_numbers(numerators), denominator).rounded(rounding).fractions(len(numerators))

        expected = [Fraction(rounding.of((each, denominator)), 10**digits) for each in numerators]
        assert rounded == expected


@pytest.mark.parametrize(
    ("expression", "formula"),
    [
        (Arithmetic(Datum("a"), "-", Arithmetic(Datum("b"), "-", Number(1))), "{a}-({b}-1)"),
        (Arithmetic(Arithmetic(Datum("a"), "-", Datum("b")), "*", Number(3)), "({a}-{b})*3"),
        (Arithmetic(Datum("a"), "/", Arithmetic(Datum("b"), "*", Number(3))), "{a}/({b}*3)"),
        (Arithmetic(Datum("a"), "/", number(Fraction(17, 2))), "{a}/(17/2)"),
        (Arithmetic(number(Fraction(17, 2)), "*", Datum("a")), "17/2*{a}"),
        (Arithmetic(Datum("a"), "*", Sum((Datum("a"), Datum("b")))), "{a}*SUM({a};{b})"),
        (Arithmetic(Datum("a"), "*", Number(-3)), "{a}*(-3)"),
        (Rounded(If(Given("a"), Datum("a"), Number(0)), Rounding(2)), 'ROUND(IF({a}<>"";{a};0);2)'),
        (Rounded(Datum("a"), Rounding(1, "truncated")), "ROUNDDOWN(ROUND({a};9);1)"),
        (Rounded(Sum((Number(5), LESS)), Rounding(2)), "ROUND(ROUND(SUM(5;{a}-{b});9);2)"),
        (Rounded(Rounded(LESS, Rounding(2)), Rounding(2)), "ROUND(ROUND(ROUND({a}-{b};9);2);2)"),
        (If(Compare(LESS, ">", Number(0)), LESS, Number(0)), "IF(ROUND({a}-{b};9)>0;{a}-{b};0)"),
        (If(Compare(Datum("a"), "=", LESS), LESS, Number(0)), "IF(ROUND({a}-({a}-{b});9)=0;{a}-{b};0)"),
        (If(AnyOf((Yes("yes"), Chosen("pick", "x"))), PointsOf("node"), Number(0)), "IF(OR({yes};{pick:x});{node};0)"),
    ],
)
def test_a_formula_has_brackets_only_where_they_are_needed(expression: Expression, formula: str) -> None:
    assert printed(expression, ";") == formula


def test_a_sum_of_one_term_is_the_term() -> None:
    assert sum_of([Datum("a")]) == Datum("a")


def test_what_is_not_chosen_may_divide_by_nothing() -> None:
    per_head = Arithmetic(Datum("b"), "/", Datum("a"))
    guarded = If(Compare(Datum("a"), ">", Number(0)), per_head, Number(-1))

    computed = evaluate(Rounded(guarded, Rounding(2)), FACTS).fractions(3)

    assert computed == [Fraction("0.36"), -1, -1]


def test_an_extreme_is_looked_for_among_those_who_answered() -> None:
    largest = Extreme("largest", Datum("a"), Given("a"))
    smallest = Extreme("smallest", Datum("b"), All((Given("a"), Given("b"))))
    of_none = Extreme("largest", Datum("gone"), Given("gone"))

    for facts in (FACTS, FACTS.of(2)):
        assert evaluate(largest, facts).fractions(1) == [7]
        assert evaluate(smallest, facts).fractions(1) == [Fraction(1, 8)]
        assert evaluate(of_none, facts).fractions(1) == [0]


def test_an_extreme_of_ratios_is_exact() -> None:
    close = facts_of(({"a": 10**15 + 1, "b": Decimal(10**15)}, {"a": 10**15 + 2, "b": Decimal(10**15 + 1)}))
    best = Extreme("largest", Arithmetic(Datum("a"), "/", Datum("b")), Given("a"))

    assert evaluate(best, close).fractions(1) == [Fraction(10**15 + 1, 10**15)]


def test_a_condition_is_decided_for_each_unit() -> None:
    mask = holds(All((Given("a"), Compare(Datum("a"), ">=", Number(7)))), FACTS)

    assert not isinstance(mask, bool)
    assert mask.tolist() == [True, False, False]


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6), st.integers(0, 4))
def test_half_up_is_exact_and_a_half_goes_away_from_zero(numerator: int, denominator: int, digits: int) -> None:
    rounded = Fraction(Rounding(digits).of((numerator, denominator)), 10**digits)

    distance = abs(rounded - Fraction(numerator, denominator))
    assert distance <= Fraction(1, 2 * 10**digits)
    assert distance != Fraction(1, 2 * 10**digits) or abs(rounded) > abs(Fraction(numerator, denominator))


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6), st.integers(0, 4))
def test_truncation_never_goes_away_from_zero(numerator: int, denominator: int, digits: int) -> None:
    cut = Fraction(Rounding(digits, "truncated").of((numerator, denominator)), 10**digits)

    assert 0 <= abs(Fraction(numerator, denominator)) - abs(cut) < Fraction(1, 10**digits)


def test_amounts_are_printed_with_their_digits() -> None:
    assert as_decimal(850, 2) == Decimal("8.50")
    assert str(as_decimal(-5, 2)) == "-0.05"
