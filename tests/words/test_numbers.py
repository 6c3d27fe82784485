"""Numbers as people type them into Vietnamese forms, and as they are printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words import NumberProblem, format_number, parse_number

AMBIGUOUS, NOT_A_NUMBER = NumberProblem.AMBIGUOUS, NumberProblem.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0", "0"),
        ("12", "12"),
        ("-3", "-3"),
        ("  7 ", "7"),
        ("007", "7"),
        ("8,5", "8.5"),
        ("85,36", "85.36"),
        ("15.763", "15763"),
        ("1.234.567,50", "1234567.50"),
        ("0,25", "0.25"),
    ],
)
def test_the_point_groups_thousands_and_the_comma_is_decimal(typed: str, meant: str) -> None:
    number = parse_number(typed)
    assert (number, str(number)) == (Decimal(meant), meant)


def test_8_comma_5_is_not_read_as_85() -> None:
    assert parse_number("8,5") == Decimal("8.5")


@pytest.mark.parametrize("typed", ["1.5", "85.36", "0.500", "12.3456", "1234.567"])
def test_what_could_be_read_two_ways_is_a_problem_and_never_a_guess(typed: str) -> None:
    assert parse_number(typed) is AMBIGUOUS


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "-", "NaN", "Infinity", "-inf", "1e5", "1_000", "１２", "٣", "+4", "−4", "1,", ",5", "1 000"),
        *("1,234,567", "1.23.456", "12.345.6", "mười hai", "12 máy", "0x10", "1/2", "50%"),
    ],
)
def test_whatever_else_people_type_is_no_number(typed: str) -> None:
    assert parse_number(typed) is NOT_A_NUMBER


def test_in_csv_files_no_point_groups() -> None:
    typed = ["15763", "8,5", "15.763", "1.5", "1.234.567"]
    read = [parse_number(each, grouping=False) for each in typed]
    assert read == [Decimal(15763), Decimal("8.5"), AMBIGUOUS, AMBIGUOUS, NOT_A_NUMBER]


def test_with_the_decimal_point_asked_for_the_point_is_decimal() -> None:
    typed = ["15.763", "8,5", "1.5", "1.234.567", "1e5", "NaN"]
    read = [parse_number(each, decimal_point=True) for each in typed]
    assert read == [Decimal("15.763"), Decimal("8.5"), Decimal("1.5"), NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER]


@given(
    st.text(alphabet=st.sampled_from("0123456789.,-+eE_ NaInfity０٣\u00a0\n")) | st.text(), st.booleans(), st.booleans()
)
def test_any_text_gives_a_finite_number_of_plain_digits_or_a_problem(text: str, point: bool, grouping: bool) -> None:  # noqa: FBT001 - hypothesis passes them by name
    number = parse_number(text, decimal_point=point, grouping=grouping)
    if isinstance(number, Decimal):
        assert number.is_finite()
        assert set(text.strip()) <= set("0123456789.,-")


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=3) | st.integers())
def test_a_printed_number_reads_back_as_the_same_number(number: Decimal | int) -> None:
    assert parse_number(format_number(number, "vi")) == number


def test_a_number_is_printed_with_exactly_the_digits_it_carries() -> None:
    numbers: list[int | Decimal] = [
        1234567,
        -1000,
        Decimal("1234.50"),
        Decimal("8.00"),
        Decimal("0.5"),
        Decimal("1E+3"),
    ]
    assert [format_number(each, "vi") for each in numbers] == [
        "1.234.567",
        "-1.000",
        "1.234,50",
        "8,00",
        "0,5",
        "1.000",
    ]
    assert [format_number(each, "en") for each in numbers] == [
        "1,234,567",
        "-1,000",
        "1,234.50",
        "8.00",
        "0.5",
        "1,000",
    ]
