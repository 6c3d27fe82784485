from itertools import islice

import pytest

from scoring import Regulation, load_regulation, numbered_question, question_numbers, shared_questions, shipped
from scoring.numbering import _letters
from tests.forms.samples import SHAPES, TEXT, regulation

SMALL = regulation()


def shipped_regulation(name: str) -> Regulation:
    loaded, problems = load_regulation(name)
    assert loaded, problems
    return loaded


def test_shared_questions_are_a1_a2_and_the_others_are_called_after_their_indicator() -> None:
    assert question_numbers(SMALL, "so") == {
        "can_bo": "A1",
        "may_tinh": "1.1a",
        "tuong_lua": "1.2a",
        "tap_huan": "2.1a",
        "bao_cao": "2.2a",
        "kinh_phi": "2.3a",
        "chi": "2.3b",
    }
    assert [each.key for each in shared_questions(SMALL, "so")] == ["can_bo"]


def test_after_z_comes_aa() -> None:
    assert [*islice(_letters(), 25, 28)] == ["z", "aa", "ab"]


def test_what_the_unit_does_not_answer_has_no_number() -> None:
    assert "trang" not in question_numbers(SMALL, "so")
    assert "diem_hoi_dong" not in question_numbers(regulation(SHAPES), "b")


@pytest.mark.parametrize("number", ["number: ''", 'number: "1.1 bis"'])
def test_an_indicator_without_a_number_of_its_own_is_called_by_its_place_in_the_table(number: str) -> None:
    rules = regulation(TEXT.replace('number: "1.2"', number))

    assert question_numbers(rules, "so")["tuong_lua"] == "B2a"


@pytest.mark.parametrize("name", shipped())
def test_every_question_to_a_unit_has_one_number_and_is_found_by_it(name: str) -> None:
    rules = shipped_regulation(name)
    for group in rules.groups:
        numbers = question_numbers(rules, group)
        assert set(numbers) == {each.key for each in rules.questions_for(group) if each.source == "unit"}
        assert {key: numbered_question(rules, group, f"{number} – {key}") for key, number in numbers.items()} == {
            key: key for key in numbers
        }


@pytest.mark.parametrize(
    "text", ["1.2a", "1.2a – Có tường lửa", "1.2A Kế hoạch.pdf", " 1.2a.pdf", "1.2a_ke_hoach.docx", "1.2a-2.png"]
)
def test_a_text_belongs_to_the_question_whose_number_it_begins_with(text: str) -> None:
    assert numbered_question(SMALL, "so", text) == "tuong_lua"


@pytest.mark.parametrize("text", ["", "Kế hoạch 1.2a.pdf", "1.2", "1.2aKế hoạch.pdf", "1.2c", "11.2a", "–", "A1x", "."])
def test_a_text_that_begins_with_no_number_belongs_to_no_question(text: str) -> None:
    assert numbered_question(SMALL, "so", text) is None
