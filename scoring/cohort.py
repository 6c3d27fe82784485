"""The units of one group that are assessed together, with their answers in columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from scoring.answers import Answer, AnswerStatus, AnswerValue, By
from scoring.columns import Column, whole_numbers
from scoring.regulation import Question, Regulation
from scoring.units import Unit, UnitStatus
from scoring.values import check_value

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int16]


class Claim(IntEnum):
    """How far the claim that an indicator does not apply has come."""

    NONE = 0
    CLAIMED = 1
    GRANTED = 2
    REFUSED = 3

    @property
    def word(self) -> str:
        """What programs call it."""
        return ("", "claimed", "granted", "refused")[self]


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Each column has a row for each unit, in one order.

    `numbers` are the answers to questions for integers and decimals (0 where none is given), `codes` those to yes/no
    (1 is yes) and to choices (their position); `given` says where there is a usable answer; `claims` are `Claim`s by
    indicator, missing where nobody claims. `trusting` lets a claim count as if it were granted: a self-score.
    `answers` has the rows they came from, for the words that people wrote; it may be empty.
    """

    regulation: Regulation
    group: str
    units: tuple[Unit, ...]
    numbers: Mapping[str, Column]
    codes: Mapping[str, Codes]
    given: Mapping[str, Flags]
    claims: Mapping[str, Codes]
    late: Flags
    trusting: bool = False
    answers: Sequence[Mapping[str, Answer]] = field(default=())

    @classmethod
    def of(
        cls,
        regulation: Regulation,
        group: str,
        units: Sequence[Unit],
        answers: Mapping[str, Mapping[str, Answer]],
        *,
        trusting: bool = False,
    ) -> Self:
        """Gather what counts for each unit; an answer that its question does not allow counts as not given."""
        rows = [answers.get(unit.id, {}) for unit in units]
        columns = {each: _usable(each, rows) for each in regulation.questions_for(group)}
        claimable = [node.id for node in regulation.indicators(group) if node.allows_not_applicable]
        claims = {node: np.array([claim_of(row.get(node)) for row in rows], np.int16) for node in claimable}
        return cls(
            regulation,
            group,
            tuple(units),
            numbers={each.key: _numbers(found) for each, found in columns.items() if each.is_number},
            codes={each.key: _codes(each, found) for each, found in columns.items() if each.is_coded},
            given={each.key: np.array([one is not None for one in found], np.bool_) for each, found in columns.items()},
            claims={node: column for node, column in claims.items() if column.any()},
            late=np.array([unit.status is UnitStatus.LATE for unit in units], np.bool_),
            trusting=trusting,
            answers=rows,
        )

    def code_of(self, key: str, choice: str) -> int:
        """Return the position of a choice."""
        return [each.id for each in self.regulation.questions[key].choices].index(choice)

    def answered(self, key: str, code: int) -> Flags:
        """Tell which units answered a question with the possibility of this code."""
        found: Flags = self.codes[key] == code
        return found

    def does_not_apply(self, node: str) -> Flags:
        """Tell for which units an indicator does not apply."""
        claims = self.claims.get(node)
        if claims is None:
            return np.zeros(len(self.units), np.bool_)
        granted: Flags = claims == Claim.GRANTED
        return granted | (claims == Claim.CLAIMED) if self.trusting else granted

    def claim(self, node: str, row: int) -> Claim:
        """Tell how far one unit's claim has come."""
        claims = self.claims.get(node)
        return Claim.NONE if claims is None else Claim(int(claims[row]))

    def value(self, key: str, row: int) -> AnswerValue | None:
        """Return one unit's answer to a question that has a number, a yes/no or a choice; None where none is usable."""
        question = self.regulation.questions[key]
        if not self.given[key][row]:
            return None
        if not question.is_coded:
            return self.answers[row][key].value if self.answers else None
        code = int(self.codes[key][row])
        return code == 1 if question.type == "boolean" else question.choices[code].id


def claim_of(answer: Answer | None) -> Claim:
    """A unit claims N/A; only a verified row grants or refuses it."""
    match answer:
        case Answer(status=AnswerStatus.NOT_APPLICABLE, by=By.VERIFIED):
            return Claim.GRANTED
        case Answer(status=AnswerStatus.NOT_APPLICABLE):
            return Claim.CLAIMED
        case Answer(status=AnswerStatus.NOT_APPLICABLE_REFUSED, by=By.VERIFIED):
            return Claim.REFUSED
        case _:
            return Claim.NONE


def _usable(question: Question, rows: Iterable[Mapping[str, Answer]]) -> list[AnswerValue | None]:
    given = (row[question.key].value if question.key in row else None for row in rows)
    return [value if value is not None and check_value(question, value) is None else None for value in given]


def _numbers(values: Sequence[AnswerValue | None]) -> Column:
    """Bring decimals to one denominator."""
    numbers = [value if isinstance(value, int | Decimal) else 0 for value in values]
    digits = max((_digits(value) for value in numbers), default=0)
    # Through Fraction: Decimal multiplies to 28 digits only.
    return Column(whole_numbers([int(Fraction(value) * 10**digits) for value in numbers]), 10**digits)


def _digits(value: int | Decimal) -> int:
    exponent: Any = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -int(exponent))


def _codes(question: Question, values: Iterable[AnswerValue | None]) -> Codes:
    code: dict[Any, int] = {choice.id: place for place, choice in enumerate(question.choices)}
    if question.type == "boolean":
        code = {False: 0, True: 1}
    return np.array([code.get(value, -1) for value in values], np.int16)
