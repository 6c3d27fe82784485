"""Answers: whose counts, and their form in JSON."""

import json
from datetime import date
from decimal import Decimal

import pytest

from scoring import Answer, AnswerStatus, AnswerValue, By, answer_from_json, answer_to_json, answers_that_count


def test_the_verified_row_wins_over_the_officer_and_the_officer_over_the_unit() -> None:
    rows = [
        Answer("a", 3, by=By.VERIFIED),
        Answer("a", 1),
        Answer("b", 2, by=By.OFFICER),
        Answer("b", 9),
        Answer("c", 4),
    ]

    assert {key: answer.value for key, answer in answers_that_count(rows).items()} == {"a": 3, "b": 2, "c": 4}


def test_of_two_rows_by_the_same_person_the_later_one_counts() -> None:
    assert answers_that_count([Answer("a", 1), Answer("a", 2)]) == {"a": Answer("a", 2)}


@pytest.mark.parametrize("value", [True, 0, 15, Decimal("8.50"), date(2026, 10, 31), "on_time", None])
def test_an_answer_comes_back_from_json_as_it_was(value: AnswerValue | None) -> None:
    answer = Answer("key", value, AnswerStatus.GIVEN, "CV 12/2026", By.OFFICER, "", previous=value)

    loaded = answer_from_json(json.loads(json.dumps(answer_to_json(answer))))

    assert loaded == answer
    assert type(loaded.value) is type(value)


def test_a_claim_comes_back_from_json_as_it_was() -> None:
    claim = Answer("virus", status=AnswerStatus.NOT_APPLICABLE, reason="không có máy")

    assert answer_from_json(answer_to_json(claim)) == claim
