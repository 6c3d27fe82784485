"""One answer read from text, strictly, and checked against its question."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal

from scoring.answers import Answer, AnswerValue
from scoring.regulation import Question, QuestionType, Regulation
from words import NumberProblem, Series, Text, parse_number

_LONGEST_NUMBER = 24
"""Characters of a typed number; nothing that is counted needs more, and longer ones are slips or attacks."""

_BOOLEANS = {"có": True, "true": True, "1": True, "không": False, "false": False, "0": False}
_THOUSANDS_OR_DECIMALS = re.compile(r"-?[0-9]+,[0-9]{3}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_VIETNAMESE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def parse_value(
    question: Question, text: str, *, decimal_point: bool = False, grouping: bool = True
) -> AnswerValue | Text:
    """Read what a person typed for a question; a Text says what is wrong with it and what to do.

    Numbers are read as `words.parse_number` does, yes/no as `có|không|true|false|1|0`, a choice by its id or its label,
    a date as 2026-10-31 or 31/10/2026. Where whole numbers are asked for, `1,000` may be one or a thousand to whoever
    typed it, and is a problem like `1.5`; `120,0` is 120.
    """
    typed = text.strip()
    value: AnswerValue | Text
    if question.type in {"integer", "decimal"}:
        value = _number(question, typed, decimal_point=decimal_point, grouping=grouping)
    else:
        value = _READERS[question.type](question, typed)
    return value if isinstance(value, Text) else check_value(question, value) or value


def _number(question: Question, typed: str, *, decimal_point: bool, grouping: bool) -> int | Decimal | Text:
    number = parse_number(typed, decimal_point=decimal_point, grouping=grouping)
    if len(typed) > _LONGEST_NUMBER or number is NumberProblem.NOT_A_NUMBER:
        return Text(f"scoring.value.not_a_number_{question.type}", value=typed)
    if isinstance(number, NumberProblem) or (question.type == "integer" and _THOUSANDS_OR_DECIMALS.fullmatch(typed)):
        return _ambiguous(question, typed)
    return int(number) if question.type == "integer" and number == int(number) else number


def _ambiguous(question: Question, typed: str) -> Text:
    """Name both numbers that may be meant, as they are to be written."""
    decimals = typed.replace(".", ",").rstrip("0").rstrip(",")
    joined = str(int(typed.replace(".", "").replace(",", "")))
    return Text(f"scoring.value.ambiguous_{question.type}", value=typed, decimals=decimals, joined=joined)


def _boolean(question: Question, typed: str) -> bool | Text:  # noqa: ARG001 - all readers look alike
    read = _BOOLEANS.get(typed.casefold())
    return Text("scoring.value.not_a_boolean", value=typed) if read is None else read


def _choice(question: Question, typed: str) -> str | Text:
    wanted = typed.casefold()
    read = next((each.id for each in question.choices if wanted in (each.id, each.label.casefold())), None)
    return _not_a_choice(question, typed) if read is None else read


def _not_a_choice(question: Question, typed: str) -> Text:
    return Text("scoring.value.not_a_choice", value=typed, choices=Series(tuple(each.id for each in question.choices)))


def _date(question: Question, typed: str) -> date | Text:  # noqa: ARG001 - all readers look alike
    with suppress(ValueError):
        if found := _ISO.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _VIETNAMESE.fullmatch(typed):
            return date(int(found[3]), int(found[2]), int(found[1]))
    return Text("scoring.value.not_a_date", value=typed)


def _text(question: Question, typed: str) -> str:  # noqa: ARG001 - all readers look alike
    return typed


_READERS: dict[QuestionType, Callable[[Question, str], AnswerValue | Text]] = {
    "boolean": _boolean,
    "choice": _choice,
    "date": _date,
    "text": _text,
}


def check_value(question: Question, value: AnswerValue) -> Text | None:
    """Say what is wrong with a typed answer: its type, its range, a choice that does not exist."""
    match question.type, value:
        case "boolean", bool():
            return None
        case ("integer", int() as number) | ("decimal", int() | Decimal() as number) if not isinstance(value, bool):
            return _check_range(question, number)
        case "integer", Decimal() as number if number != number.to_integral_value():
            return Text("scoring.value.not_whole", value=value)
        case "choice", str():
            offered = value in {each.id for each in question.choices}
            return None if offered else _not_a_choice(question, value)
        case ("date", date()) | ("text", str()):
            return None
        case _:
            return Text("scoring.value.wrong_type", value=value, wanted=Text(f"scoring.type.{question.type}"))


def _check_range(question: Question, value: int | Decimal) -> Text | None:
    if question.minimum is not None and value < question.minimum:
        return Text("scoring.value.too_small", value=value, minimum=question.minimum)
    if question.maximum is not None and value > question.maximum:
        return Text("scoring.value.too_large", value=value, maximum=question.maximum)
    return None


def usable_values(regulation: Regulation, group: str, answers: Mapping[str, Answer]) -> dict[str, AnswerValue]:
    """Return what is given to a group's questions, by key; what a question does not allow counts as not given."""
    given = (
        (question, answers[question.key].value)
        for question in regulation.questions_for(group)
        if question.key in answers
    )
    return {
        question.key: value for question, value in given if value is not None and check_value(question, value) is None
    }
