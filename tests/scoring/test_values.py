"""Answers read from text: exactly, or not at all."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import AnswerValue, Choice, Question, check_value, parse_value
from scoring.regulation import QuestionType
from words import LANGUAGES, Text, say

TYPES: tuple[QuestionType, ...] = ("integer", "decimal", "boolean", "choice", "date", "text")
CHOICES = (Choice("on_time", "Đúng hạn"), Choice("late", "Gửi chậm"))


def question(kind: QuestionType, minimum: int | None = None, maximum: int | None = None) -> Question:
    choices = CHOICES if kind == "choice" else ()
    return Question("q", "Số liệu", kind, minimum=minimum, maximum=maximum, choices=choices)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("integer", " 12 ", 12),
        ("integer", "15.763", 15763),
        ("integer", "8,0", 8),
        ("integer", "120,0", 120),
        ("integer", "1.234,000", 1234),
        ("decimal", "1,000", Decimal(1)),
        ("decimal", "8,5", Decimal("8.5")),
        ("decimal", "15.763,25", Decimal("15763.25")),
        ("boolean", "Có", True),
        ("boolean", "không", False),
        ("boolean", "TRUE", True),
        ("boolean", "0", False),
        ("choice", "late", "late"),
        ("choice", "đúng hạn", "on_time"),
        ("date", "2026-10-31", date(2026, 10, 31)),
        ("date", "31/10/2026", date(2026, 10, 31)),
        ("date", "1/9/2026", date(2026, 9, 1)),
        ("text", " Công văn 12 ", "Công văn 12"),
    ],
)
def test_a_text_is_read(kind: QuestionType, typed: str, value: AnswerValue) -> None:
    read = parse_value(question(kind), typed)

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("integer", "8,5", "scoring.value.not_whole"),
        ("integer", "", "scoring.value.not_a_number_integer"),
        ("integer", "mười", "scoring.value.not_a_number_integer"),
        ("integer", "9" * 25, "scoring.value.not_a_number_integer"),
        ("integer", "-1", "scoring.value.too_small"),
        ("integer", "1,000", "scoring.value.ambiguous_integer"),
        ("integer", "12,000", "scoring.value.ambiguous_integer"),
        ("integer", "-1,000", "scoring.value.ambiguous_integer"),
        ("integer", "1234,000", "scoring.value.ambiguous_integer"),
        ("integer", "1,500", "scoring.value.ambiguous_integer"),
        ("decimal", "1.5", "scoring.value.ambiguous_decimal"),
        ("decimal", "1e5", "scoring.value.not_a_number_decimal"),
        ("decimal", "NaN", "scoring.value.not_a_number_decimal"),
        ("decimal", "101", "scoring.value.too_large"),
        ("boolean", "yes", "scoring.value.not_a_boolean"),
        ("choice", "early", "scoring.value.not_a_choice"),
        ("date", "31-10-2026", "scoring.value.not_a_date"),
        ("date", "2026-02-30", "scoring.value.not_a_date"),
        ("date", "10/31/2026", "scoring.value.not_a_date"),
    ],
)
def test_a_text_that_is_no_answer_says_why(kind: QuestionType, typed: str, said: str) -> None:
    bounds = (0, 100) if kind in {"integer", "decimal"} else (None, None)

    read = parse_value(question(kind, *bounds), typed)

    assert isinstance(read, Text)
    assert read.id == said
    for language in LANGUAGES:
        assert say(read, language)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("integer", "ba", "“ba” không phải là số. Mục này cần số nguyên, ghi bằng chữ số, ví dụ 12."),
        (
            "decimal",
            "ba",
            "“ba” không phải là số. Hãy ghi bằng chữ số, phần thập phân sau dấu phẩy, ví dụ 12 hoặc 8,5.",
        ),
        (
            "integer",
            "8,5",
            "8,5 không phải là số nguyên. Mục này cần số nguyên: hãy kiểm tra lại và ghi số không có phần thập phân.",
        ),
        (
            "integer",
            "1,000",
            (
                "“1,000” có thể hiểu là 1 hoặc 1000. "
                "Mục này cần số nguyên: hãy viết liền các chữ số, không dùng dấu chấm hoặc dấu phẩy."
            ),
        ),
        (
            "integer",
            "-0.500",
            (
                "“-0.500” có thể hiểu là -0,5 hoặc -500. "
                "Mục này cần số nguyên: hãy viết liền các chữ số, không dùng dấu chấm hoặc dấu phẩy."
            ),
        ),
        (
            "decimal",
            "1.5",
            "“1.5” có thể hiểu theo hai cách. Hãy ghi 1,5 nếu có phần thập phân, hoặc viết liền 15 nếu là số nguyên.",
        ),
    ],
)
def test_the_remedy_fits_what_is_asked_for_and_what_was_typed(kind: QuestionType, typed: str, said: str) -> None:
    read = parse_value(question(kind), typed)

    assert isinstance(read, Text)
    assert say(read, "vi") == said


@settings(deadline=None)
@given(st.text("0123456789.,-", max_size=12))
def test_of_two_readings_each_is_a_number_in_its_own_right(typed: str) -> None:
    read = parse_value(question("decimal"), typed)

    if isinstance(read, Text) and read.id == "scoring.value.ambiguous_decimal":
        offered = [parse_value(question("decimal"), str(read.values[each])) for each in ("decimals", "joined")]
        assert [each for each in offered if isinstance(each, Text)] == []


@settings(deadline=None)
@given(st.integers(0, 9999), st.sampled_from(["", ".", ","]))
def test_thousands_are_read_as_all_of_their_digits_say_or_not_at_all(thousands: int, groups: str) -> None:
    number = 1000 * thousands
    typed = f"{number:,}".replace(",", groups)

    read = parse_value(question("integer"), typed)

    assert isinstance(read, Text) if "," in typed else read == number


def test_in_tables_every_point_is_a_problem_unless_it_is_said_to_be_decimal() -> None:
    amount = question("decimal")

    assert parse_value(amount, "15.763", grouping=False) == Text(
        "scoring.value.ambiguous_decimal", value="15.763", decimals="15,763", joined="15763"
    )
    assert parse_value(amount, "15.763", decimal_point=True) == Decimal("15.763")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", True),
        ("integer", Decimal("1.5")),
        ("integer", "1"),
        ("decimal", False),
        ("boolean", 1),
        ("choice", 3),
        ("choice", "never"),
        ("date", "2026-10-31"),
        ("text", 5),
    ],
)
def test_a_value_of_another_type_is_refused(kind: QuestionType, value: AnswerValue) -> None:
    said = check_value(question(kind), value)

    assert said is not None
    assert say(said, "vi")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", 0),
        ("integer", 100),
        ("decimal", 7),
        ("decimal", Decimal("0.5")),
        ("boolean", False),
        ("choice", "late"),
        ("date", date(2026, 1, 1)),
        ("text", ""),
    ],
)
def test_a_value_that_fits_is_accepted(kind: QuestionType, value: AnswerValue) -> None:
    bounds = (0, 100) if kind in {"integer", "decimal"} else (None, None)

    assert check_value(question(kind, *bounds), value) is None


@settings(deadline=None)
@given(st.sampled_from(TYPES), st.text(), st.booleans(), st.booleans())
def test_reading_never_raises(kind: QuestionType, typed: str, decimal_point: bool, grouping: bool) -> None:  # noqa: FBT001 - hypothesis passes them by name
    read = parse_value(question(kind, 0, 50), typed, decimal_point=decimal_point, grouping=grouping)

    assert isinstance(read, Text) or check_value(question(kind, 0, 50), read) is None
