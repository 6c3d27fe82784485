"""Quantities: what a rule counts, as the file writes it."""

from fractions import Fraction

import pytest

from scoring.quantity import Addend, Quantity, parse_quantity
from words import Text, say


@pytest.mark.parametrize(
    ("text", "addends"),
    [
        ("may", [Addend(Fraction(1), "may")]),
        ("100", [Addend(Fraction(100))]),
        ("a + b - c", [Addend(Fraction(1), "a"), Addend(Fraction(1), "b"), Addend(Fraction(-1), "c")]),
        ("1/2 * a+3", [Addend(Fraction(1, 2), "a"), Addend(Fraction(3))]),
        ("-0.25*a", [Addend(Fraction(-1, 4), "a")]),
        ("a - previous.a", [Addend(Fraction(1), "a"), Addend(Fraction(-1), "a", previous=True)]),
        ("a_2 + a_2", [Addend(Fraction(1), "a_2"), Addend(Fraction(1), "a_2")]),
    ],
)
def test_a_sum_of_questions_with_coefficients_is_read(text: str, addends: list[Addend]) -> None:
    assert parse_quantity(text) == Quantity(tuple(addends))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a b",
        "a * b",
        "a * 2",
        "2 a",
        "2 *",
        "a +",
        "a ++ b",
        "1/0 * a",
        "A",
        "a.b",
        "previous.",
        "(a + b)",
        "a / b",
    ],
)
def test_anything_else_is_no_quantity(text: str) -> None:
    assert parse_quantity(text) is None


def test_it_knows_what_it_reads_this_year_and_last_year() -> None:
    quantity = parse_quantity("a + 2 * b - a - previous.c + 1")

    assert quantity is not None
    assert (quantity.keys(), quantity.previous_keys()) == (("a", "b"), ("c",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a", "[a]"),
        ("a + b", "[a], [b]"),
        ("a - b", "[a] − [b]"),
        ("1/2 * a + 3 - 2 * b", "0,5 × [a] + 3 − 2 × [b]"),
        ("-1 * a + 100", "-1 × [a] + 100"),
    ],
)
def test_it_is_named_by_its_labels_or_its_arithmetic(text: str, said: str) -> None:
    quantity = parse_quantity(text)

    assert quantity is not None
    named = quantity.named(lambda addend: f"[{addend.key}]")
    assert say(Text("scoring.why.count", data=named, count=1), "vi") == f"{said}: 1"
