"""Marks of one unit: what counts, what is not known, and what N/A does."""

from decimal import Decimal

import pytest

from scoring import Answer, AnswerStatus, By, Regulation, assess
from tests.scoring.one_tree import TWO_CATEGORIES, one_tree
from words import say

FULL = {
    "machines_all": Answer("machines_all", 10),
    "protected": Answer("protected", 5),
    "wall": Answer("wall", value=True),
    "plan_made": Answer("plan_made", "on_time"),
    "posts_made": Answer("posts_made", 12, by=By.OFFICER),
}


def na(by: By, status: AnswerStatus = AnswerStatus.NOT_APPLICABLE, reason: str = "") -> dict[str, Answer]:
    return {"virus": Answer("virus", status=status, by=by, reason=reason)}


def test_marks_stand_in_the_order_of_the_table(small: Regulation) -> None:
    marks = assess(small, "so", FULL).marks

    assert {key: mark.points for key, mark in marks.items()} == {
        "total": 800,
        "machines": 400,
        "virus": 200,
        "firewall": 200,
        "reports": 400,
        "plan": 200,
        "posts": 200,
    }


def test_a_group_has_its_own_maxima(small: Regulation) -> None:
    assessment = assess(small, "xa", FULL)

    assert {key: (mark.points, mark.maximum) for key, mark in assessment.marks.items()} == {
        "total": (750, 1000),
        "machines": (750, 1000),
        "virus": (250, 500),
        "firewall": (500, 500),
    }
    assert assessment.percent == 7500


def test_without_any_answer_everything_is_zero_and_says_what_is_missing(small: Regulation) -> None:
    assessment = assess(small, "so", {})

    assert assessment.total == 0
    assert say(assessment.marks["virus"].why, "vi") == (
        "Chưa có số liệu: Tổng số máy, Số máy có diệt virus = 0,00 điểm (Điều 1)"
    )


@pytest.mark.parametrize("wrong", [-1, True, "5"])
def test_an_answer_that_its_question_does_not_allow_counts_as_not_given(small: Regulation, wrong: int | str) -> None:
    mark = assess(small, "so", {**FULL, "protected": Answer("protected", wrong)}).marks["virus"]

    assert mark.points == 0
    assert say(mark.why, "en") == "No datum yet: Số máy có diệt virus = 0.00 points (Điều 1)"


def test_an_answer_for_another_group_changes_nothing(small: Regulation) -> None:
    without = {key: answer for key, answer in FULL.items() if key != "plan_made"}

    assert assess(small, "xa", FULL).marks == assess(small, "xa", without).marks


def test_a_claim_earns_nothing_by_itself(small: Regulation) -> None:
    mark = assess(small, "so", {**FULL, **na(By.UNIT, reason="không có máy")}).marks["virus"]

    assert (mark.points, mark.na) == (200, "claimed")
    assert say(mark.why, "vi") == (
        "Đề nghị không áp dụng đang chờ thẩm định; tạm tính theo số liệu: "
        "5/10 máy = 50,00 % × 4 điểm = 2,00 điểm (Điều 1)"
    )


def test_a_claim_counts_in_the_self_score(small: Regulation) -> None:
    mark = assess(small, "so", {**FULL, **na(By.UNIT)}, self_score=True).marks["virus"]

    assert (mark.points, mark.scale, mark.na) == (400, 400, "claimed")
    assert say(mark.why, "vi") == (
        "Tiêu chí không áp dụng (không ghi lý do), được tính điểm tối đa = 4,00 điểm (Điều 1)"
    )


def test_a_granted_claim_earns_full_marks_and_is_counted_once(small: Regulation) -> None:
    assessment = assess(small, "so", {**FULL, **na(By.VERIFIED, reason="không có máy")})

    assert assessment.marks["virus"].points == 400
    assert (assessment.total, assessment.maximum, assessment.marks["total"].scale) == (1000, 1000, 1000)


def test_a_refused_claim_leaves_the_declared_data(small: Regulation) -> None:
    mark = assess(small, "so", {**FULL, **na(By.VERIFIED, AnswerStatus.NOT_APPLICABLE_REFUSED)}).marks["virus"]

    assert (mark.points, mark.na) == (200, "refused")
    assert say(mark.why, "vi").startswith("Đề nghị không áp dụng không được chấp nhận; tính theo số liệu: 5/10 máy")


def test_a_unit_cannot_refuse_its_own_claim(small: Regulation) -> None:
    assert assess(small, "so", {**FULL, **na(By.UNIT, AnswerStatus.NOT_APPLICABLE_REFUSED)}).marks["virus"].na == ""


def test_a_row_with_a_value_under_an_indicators_id_is_no_claim(small: Regulation) -> None:
    assert assess(small, "so", {**FULL, "virus": Answer("virus", 3)}).marks["virus"].na == ""


def test_the_self_score_leaves_out_what_others_record(small: Regulation) -> None:
    assessment = assess(small, "so", FULL, self_score=True)

    assert (assessment.total, assessment.maximum, assessment.known_maximum) == (600, 1000, 800)
    assert assessment.marks["posts"].points is None
    assert assessment.marks["reports"].points == 200
    assert say(assessment.marks["posts"].why, "en") == "the reviewing officer records it"


RESCALED = one_tree(TWO_CATEGORIES.replace("qc: {", "qc: {source: officer, "))


def test_a_self_score_is_rescaled_and_explained_though_a_whole_category_comes_later() -> None:
    claim = Answer("b", status=AnswerStatus.NOT_APPLICABLE, reason="không có")
    own = assess(RESCALED, "so", {"qa": Answer("qa", Decimal(2)), "b": claim}, self_score=True)

    # 2 of the 8 that are left, brought back to 10
    assert own.marks["total"].points == 250
    assert say(own.marks["total"].why, "vi") == (
        "2,00 = 2,00 điểm; quy đổi do có 2 điểm không áp dụng: 2,00 × 10 ÷ 8 (Điều 1); kết quả = 2,50 điểm"
    )
