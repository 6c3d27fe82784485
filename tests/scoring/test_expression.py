"""Expressions: exact on integers only, and printed so that nothing falls apart."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Chosen, Datum, Expression, Facts, Given, PointsOf, Yes, as_decimal, evaluate, percent_of
from scoring.amounts import half_up
from scoring.evaluation import holds
from scoring.expression import (
    All,
    AnyOf,
    Arithmetic,
    Compare,
    Condition,
    Greatest,
    If,
    Least,
    Number,
    Rounded,
    Sum,
    number,
    sum_of,
)
from tests.scoring.formula_reader import Cell, compute
from tests.scoring.test_rules import printed

FACTS = Facts({"a": 7, "b": Decimal("2.5"), "yes": True, "no": False, "pick": "x"}, {"node": (850, 100)})
CELLS: dict[str, Cell] = {
    "a": Fraction(7),
    "b": Fraction(5, 2),
    "yes": True,
    "no": False,
    "pick": True,
    "pick:x": True,
    "pick:y": False,
    "node": Fraction(17, 2),
}

fractions = st.fractions(min_value=-20, max_value=20, max_denominator=12)
numbers = st.builds(number, fractions)
leaves = numbers | st.sampled_from([Datum("a"), Datum("b"), PointsOf("node")])
facts: st.SearchStrategy[Condition] = st.sampled_from(
    [Given("a"), Given("gone"), Yes("yes"), Yes("no"), Chosen("pick", "x"), Chosen("pick", "y")]
)


def conditions(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Condition]:
    compared: st.SearchStrategy[Condition] = st.builds(Compare, inner, st.sampled_from(["=", ">", ">="]), inner)
    single = st.one_of(compared, facts)
    several = st.lists(single, min_size=1, max_size=3).map(tuple)
    together: st.SearchStrategy[Condition] = st.one_of(st.builds(All, several), st.builds(AnyOf, several))
    return st.one_of(single, together)


def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(Arithmetic, inner, st.sampled_from(["-", "*"]), inner)
        | st.builds(Arithmetic, inner, st.just("/"), numbers.filter(lambda each: each.numerator != 0))
        | st.builds(Sum, several)
        | st.builds(Least, several)
        | st.builds(Greatest, several)
        | st.builds(If, conditions(inner), inner, inner)
        | st.builds(Rounded, inner, st.integers(0, 4))
    )


@given(st.recursive(leaves, larger, max_leaves=12))
def test_an_expression_and_its_printed_formula_come_to_the_same_fraction(expression: Expression) -> None:
    numerator, denominator = evaluate(expression, FACTS)

    assert denominator > 0
    assert Fraction(numerator, denominator) == compute(printed(expression, ";"), CELLS, ";")


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
        (Rounded(If(Given("a"), Datum("a"), Number(0)), 2), 'ROUND(IF({a}<>"";{a};0);2)'),
        (If(AnyOf((Yes("yes"), Chosen("pick", "x"))), PointsOf("node"), Number(0)), "IF(OR({yes};{pick:x});{node};0)"),
    ],
)
def test_a_formula_has_brackets_only_where_they_are_needed(expression: Expression, formula: str) -> None:
    assert printed(expression, ";") == formula


def test_a_sum_of_one_term_is_the_term() -> None:
    assert sum_of([Datum("a")]) == Datum("a")


def test_a_condition_is_decided_without_what_it_does_not_need() -> None:
    never_given = Compare(Datum("gone"), ">", Number(0))

    assert holds(All((Given("gone"), never_given)), FACTS) is False
    assert holds(AnyOf((Given("a"), never_given)), FACTS) is True


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6), st.integers(0, 4))
def test_half_up_is_exact_and_a_half_goes_away_from_zero(numerator: int, denominator: int, digits: int) -> None:
    rounded = Fraction(half_up((numerator, denominator), digits), 10**digits)

    distance = abs(rounded - Fraction(numerator, denominator))
    assert distance <= Fraction(1, 2 * 10**digits)
    assert distance != Fraction(1, 2 * 10**digits) or abs(rounded) > abs(Fraction(numerator, denominator))


def test_amounts_are_printed_with_their_digits() -> None:
    assert as_decimal(850, 2) == Decimal("8.50")
    assert str(as_decimal(-5, 2)) == "-0.05"
    assert percent_of(6667, 10000) == 6667
    assert percent_of(1, 3) == 3333
    assert percent_of(0, 0) == 0
