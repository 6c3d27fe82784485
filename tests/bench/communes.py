"""Invented answers of any number of communes, in columns."""

from decimal import Decimal

import numpy as np

from scoring import Answer, AnswerStatus, AnswerValue, By, Claim, Cohort, Question, Regulation, Unit
from scoring.columns import Column
from tests.bench.law import GROUP

_GIVEN = 0.97
"""The share of answers that are given."""


def communes(regulation: Regulation, count: int, seed: int = 2026) -> Cohort:
    """Return a cohort: whole numbers, decimals with one digit, choices, gaps, and a few claims of N/A."""
    numbers = np.random.default_rng(seed)
    questions = regulation.questions_for(GROUP)
    claims = {node.id: _claims(numbers, count) for node in regulation.indicators(GROUP)[::8]}
    return Cohort(
        regulation,
        GROUP,
        units=_units(count, seed),
        numbers={each.key: _column(each, numbers, count) for each in questions if each.is_number},
        codes={each.key: _codes(each, numbers, count) for each in questions if each.is_coded},
        given={each.key: numbers.random(count) < _GIVEN for each in questions},
        claims=claims,
        late=np.zeros(count, np.bool_),
    )


def answers_of(cohort: Cohort, row: int) -> dict[str, Answer]:
    """Return one commune's answers as they come from a table, a row for each."""
    given = [key for key, flags in cohort.given.items() if flags[row]]
    claims = {node: cohort.claim(node, row) for node in cohort.claims}
    return {key: Answer(key, _value(cohort, key, row)) for key in given} | {
        node: Answer(node, status=_STATUS[claim], by=By.VERIFIED) for node, claim in claims.items() if claim
    }


_STATUS = {Claim.GRANTED: AnswerStatus.NOT_APPLICABLE, Claim.REFUSED: AnswerStatus.NOT_APPLICABLE_REFUSED}


def _value(cohort: Cohort, key: str, row: int) -> AnswerValue | None:
    if key not in cohort.numbers:
        return cohort.value(key, row)
    (number,) = cohort.numbers[key].of(row).fractions(1)
    is_whole = cohort.regulation.questions[key].type == "integer"
    return int(number) if is_whole else Decimal(number.numerator) / number.denominator


def _units(count: int, seed: int) -> tuple[Unit, ...]:
    syllables = "An Bình Châu Đông Hà Kỳ Lộc Mỹ Nghĩa Phú Quỳnh Sơn Thượng Vĩnh".split()  # noqa: SIM905 - read as words
    drawn = np.random.default_rng(seed).choice(syllables, (count, 2)).tolist()
    names = [f"Xã {first} {second} {place:05}" for place, (first, second) in enumerate(drawn)]
    return tuple(Unit(f"x{place:05}", name, GROUP) for place, name in enumerate(names))


def _column(question: Question, numbers: np.random.Generator, count: int) -> Column:
    least, most = int(question.minimum or 0), int(question.maximum or 0)
    digits = 1 if question.type == "decimal" else 0
    drawn = numbers.integers(least * 10**digits, most * 10**digits, count, dtype=np.int64, endpoint=True)
    return Column(drawn, 10**digits)


def _codes(question: Question, numbers: np.random.Generator, count: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    return numbers.integers(0, len(question.choices) or 2, count, dtype=np.int16)


def _claims(numbers: np.random.Generator, count: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    drawn = numbers.random(count)
    return np.select([drawn < 0.01, drawn < 0.02], [Claim.GRANTED, Claim.REFUSED], Claim.NONE).astype(np.int16)
