"""The first shipped regulation against the decision it comes from, and one unit of each group marked by hand."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import (
    Answer,
    AnswerStatus,
    AnswerValue,
    By,
    Later,
    Question,
    Regulation,
    assess,
    completeness,
    formula,
    rank_units,
    read_units,
    shipped_units,
)
from tests.scoring.formula_reader import compute
from tests.scoring.one_rule import answered
from tests.scoring.sheet import cells
from tests.scoring.test_rules import printed
from words import say

OFFICIAL = {
    "Hạ tầng kỹ thuật công nghệ thông tin": (20, 25),
    "Ứng dụng công nghệ thông tin trong hoạt động của cơ quan": (25, 20),
    "Trang thông tin điện tử của cơ quan nhà nước": (20, 20),
    "Cơ chế, chính sách, quy định, báo cáo ứng dụng công nghệ thông tin": (25, 25),
    "Nhân lực cho ứng dụng công nghệ thông tin": (10, 10),
}
"""The table of Điều 6.3: maxima for departments (sở) and for districts (huyện)."""


def test_the_categories_have_the_names_and_maxima_of_the_table(cao_bang: Regulation) -> None:
    categories = cao_bang.total.children

    assert {each.label: (each.maxima["so"] // 100, each.maxima["huyen"] // 100) for each in categories} == OFFICIAL
    assert cao_bang.total.maxima == {"so": 10000, "huyen": 10000}
    assert {each.clause for each in categories} == {"Điều 6.3"}


def test_the_grades_are_those_of_dieu_7(cao_bang: Regulation) -> None:
    assert [(grade.label, grade.at_least) for grade in cao_bang.grades] == [
        ("Tốt", 8500),
        ("Khá", 6500),
        ("Trung bình", 5000),
        ("Dưới trung bình", None),
    ]


def test_the_year_has_the_dates_of_dieu_8(cao_bang: Regulation) -> None:
    timetable = cao_bang.timetable

    assert timetable.issue_before is not None
    assert timetable.collect_before is not None
    assert timetable.issue_before.in_year(2026) == date(2026, 10, 1)
    assert timetable.collect_before.in_year(2026) == date(2026, 11, 1)
    assert timetable.publish_before.in_year(2026) == date(2027, 1, 1)
    assert timetable.issue_on.assumed is not None


def test_the_policies_rest_on_their_clauses(cao_bang: Regulation) -> None:
    assert (cao_bang.not_applicable.name, cao_bang.not_applicable.clause) == ("full_marks", "Điều 6.3")
    assert (cao_bang.late.name, cao_bang.late.clause) == ("not_ranked", "Điều 8.2")
    assert {group.ranked for group in cao_bang.groups.values()} == {"together"}
    assert {group.clause for group in cao_bang.groups.values()} == {"Điều 7.2"}


def test_every_clause_is_used_or_says_why_not(cao_bang: Regulation) -> None:
    assert [clause.id for clause in cao_bang.clauses.values() if clause.used] == [
        "Điều 6.2",
        "Điều 6.3",
        "Điều 7.1",
        "Điều 7.2",
        "Điều 8.1",
        "Điều 8.2",
        "Điều 8.3",
    ]
    assert {clause.split(".")[0] for clause in cao_bang.clauses} == {f"Điều {number}" for number in range(1, 14)}


@pytest.mark.parametrize("group", ["so", "huyen"])
def test_every_indicator_is_marked_as_assumed(cao_bang: Regulation, group: str) -> None:
    assumed = {assumption.path for assumption in cao_bang.assumptions}

    indicators = cao_bang.indicators(group)

    assert len(indicators) == 26
    assert {node.id for node in indicators} - assumed == set()
    assert {"rounding", "ties"} - assumed == set()


@pytest.mark.parametrize("group", ["so", "huyen"])
def test_a_group_shows_many_shapes_of_rule(cao_bang: Regulation, group: str) -> None:
    rules = [node.rule for node in cao_bang.indicators(group) if node.rule]

    kinds = Counter(type(rule) for rule in rules)

    assert len([kind for kind, times in kinds.items() if times >= 2]) >= 5
    assert len([rule for rule in rules if len(rule.questions()) >= 2]) >= 6
    assert 30 <= len([each for each in cao_bang.questions_for(group) if each.source == "unit"]) <= 42


def test_the_groups_are_not_copies_of_one_another(cao_bang: Regulation) -> None:
    so, huyen = ({node.id for node in cao_bang.indicators(group)} for group in ("so", "huyen"))

    assert len(so - huyen) == 8
    assert len(huyen - so) == 8


def test_the_web_pages_are_observed_by_the_department_and_not_declared(cao_bang: Regulation) -> None:
    for group in ("so", "huyen"):
        assert isinstance(formula(cao_bang, group, "trang_thong_tin"), Later)
    assert cao_bang.node("trang_thong_tin").source == "department"


def test_the_units_are_the_33_of_phu_luc_1(cao_bang: Regulation) -> None:
    units, problems = read_units(shipped_units("cao-bang-2310"), "units.csv", cao_bang)

    assert problems == ()
    assert Counter(unit.group for unit in units) == {"so": 20, "huyen": 13}
    assert {unit.source for unit in units} == {"text"}
    assert units[4].id == "so-tai-chinh"
    assert units[-1].name == "UBND huyện Trùng Khánh"


# A department (sở) marked by hand.
SO = {
    # 1 Hạ tầng: 3,80 + 3,20 + 4,00 + 3,00 + 2,00 + 2,00 = 18,00 of 20
    "can_bo": 40,
    "can_bo_co_may": 38,  # 38/40 × 4 = 3,80
    "may_tinh": 45,
    "may_diet_virus": 36,  # 36/45 × 4 = 3,20
    "may_lan": 45,
    "mang_chuyen_dung": "có",  # 45/45 × 2 + 2 = 4,00
    "tuong_lua": "có",
    "sao_luu": "có",  # both: 3,00
    "phong_may_chu": "có",
    "luu_dien_dieu_hoa": "không",  # own server room: 0 …
    "may_chu_tai_tinh": "có",  # … at the province: 2,00, the better case
    "may_soan_mat_rieng": "có",  # 2,00
    # 2 Ứng dụng: 3,00 + 3,33 + 2,00 + 3,20 + 0,00 + 3,00 = 14,53 of 25
    "can_bo_dung_thu": 30,  # 30/40 × 4 = 3,00
    "van_ban_di": 600,
    "van_ban_chi_dien_tu": 300,
    "van_ban_kem_giay": 200,  # (300 + 200/2)/600 × 5 = 3,333… = 3,33
    "dung_chu_ky_so": "chi_co_quan",  # half of 4 = 2,00
    "ho_so": 250,
    "ho_so_mot_cua": 200,  # 200/250 × 4 = 3,20
    "can_bo_dung_qlvb": 19,  # 19/40 = 47,5 % is below 50 %: 0,00
    "phan_mem_chuyen_nganh": 5,  # 5 × 1, at most 3,00
    # 3 Trang thông tin: 5,00 + 2,50 + 3,25 + 4,00 = 14,75 of 20
    "muc_phai_co": 24,
    "muc_da_dang": 20,  # 20/24 × 6 = 5,00
    "tin_bai": 52,  # exactly the bound: 2,50
    "thu_tuc": 120,
    "thu_tuc_muc_4": 20,
    "thu_tuc_muc_3": 40,
    "thu_tuc_muc_2": 60,  # (20 + 40 × 3/4 + 60/4)/120 × 6 = 65/120 × 6 = 3,25
    "cau_hoi": 0,
    "cau_hoi_da_tra_loi": 0,  # no question was asked: full 4,00
    # 4 Cơ chế: 4,00 + 2,00 + 4,00 + 4,00 + 2,00 + 2,67 = 18,67 of 25
    "nguoi_chi_dao": "nguoi_dung_dau",  # 4,00
    "ke_hoach": "cham",  # 2,00
    "quy_che_thu": "có",
    "quy_che_an_toan": "có",
    "quy_che_trang_tin": "có",  # all three: 4,00
    "bao_cao_cham": 2,
    "bao_cao_thieu": 1,
    "bao_cao_nam_thieu": 0,  # 5 − 2 × 0,25 − 1 × 0,5 = 4,00
    "tong_chi": "8500,5",
    "chi_cntt": "100",  # 100/8.500,5 = 1,18 %: half of 4 = 2,00
    "van_ban_chi_dao": 6,
    "van_ban_chi_dao_dung_dau": 4,  # 4/6 × 4 = 2,67
    # 5 Nhân lực: 1,50 + 1,50 + 1,75 + 1,00 = 5,75 of 10
    "can_bo_cntt": "kiem_nhiem",  # 1,50
    "can_bo_tap_huan": 8,  # 8/40 = 20 %, exactly the bound: half of 3 = 1,50
    "can_bo_dat_chuan": 35,  # 35/40 × 2 = 1,75
    "luot_chuyen_sau": 2,  # 2 × 0,5 = 1,00
    # Total: 18,00 + 14,53 + 14,75 + 18,67 + 5,75 = 71,70, which is Khá
}

# A district (huyện) marked by hand; what it shares with a department is as above, with its own maxima.
HUYEN = {
    **{key: value for key, value in SO.items() if key != "luot_chuyen_sau"},
    # 1 Hạ tầng: 3,80 + 3,20 + 4,00 + 3,00 + 2,00 + 2,40 + 1,50 = 19,90 of 25
    "xa": 20,
    "xa_co_lan": 18,  # 18/20 = 90 % is not above 90: 2,00
    "can_bo_xa": 400,
    "can_bo_xa_co_may": 320,  # 320/400 × 3 = 2,40
    "hoi_nghi_truc_tuyen": "den_huyen",  # half of 3 = 1,50
    # 2 Ứng dụng: 2,25 + 2,67 + 1,50 + 2,40 + 2,00 + 1,50 = 12,32 of 20
    #   30/40 × 3 = 2,25; 400/600 × 4 = 2,67; half of 3; 200/250 × 3 = 2,40
    "xa_lien_thong": 10,  # 10/20 = 50 %, exactly the threshold: 50 % × 4 = 2,00
    "xa_co_mot_cua": 6,  # 6/20 = 30 %: 1,50
    # 3 Trang thông tin: 5,00 + 2,50 + 3,25 + 1,00 = 11,75 of 20
    "xa_co_chuyen_muc": 5,  # 5/20 × 4 = 1,00
    # 4 Cơ chế: 4,00 + 2,00 + 4,00 + 4,00 + 2,00 + 4,00 = 20,00 of 25
    "so_cuoc_hop": 5,  # more than four counts as four: 4,00
    # 5 Nhân lực: 1,50 + 1,50 + 1,01 = 4,01 of 10
    "can_bo_xa_tap_huan": 101,  # 101/400 × 4 = 1,01
    # Total: 19,90 + 12,32 + 11,75 + 20,00 + 4,01 = 67,98, which is Khá
}

BY_HAND = {
    "so": (SO, [1800, 1453, 1475, 1867, 575], 7170),
    "huyen": (HUYEN, [1990, 1232, 1175, 2000, 401], 6798),
}


def typed_answers(regulation: Regulation, group: str) -> dict[str, Answer]:
    typed, _, _ = BY_HAND[group]
    ours = {question.key for question in regulation.questions_for(group)}
    return answered(regulation, {key: value for key, value in typed.items() if key in ours})


@pytest.mark.parametrize("group", ["so", "huyen"])
def test_a_unit_comes_out_as_marked_by_hand(cao_bang: Regulation, group: str) -> None:
    _, categories, total = BY_HAND[group]

    assessment = assess(cao_bang, group, typed_answers(cao_bang, group))

    assert [assessment.marks[each.id].points for each in cao_bang.total.children] == categories
    assert (assessment.total, assessment.maximum, assessment.percent) == (total, 10000, total)
    assert assessment.known_maximum == 10000


@pytest.mark.parametrize("group", ["so", "huyen"])
def test_the_whole_table_adds_up_by_hand(cao_bang: Regulation, group: str) -> None:
    marks = assess(cao_bang, group, typed_answers(cao_bang, group)).marks

    for node in cao_bang.nodes(group):
        if node.children:
            parts = [marks[child.id].points for child in node.children_of(group)]
            assert marks[node.id].points == sum(part for part in parts if part is not None)


def test_points_are_explained_in_words_that_an_official_can_check(cao_bang: Regulation) -> None:
    marks = assess(cao_bang, "so", typed_answers(cao_bang, "so")).marks

    assert say(marks["diet_virus"].why, "vi") == (
        "36/45 máy tính có phần mềm diệt virus = 80,00 % × 4 điểm = 3,20 điểm (Điều 6.3, cách tính giả định)"
    )
    assert say(marks["hoi_dap"].why, "vi") == (
        "Số câu hỏi nhận được qua trang: 0, khi đó quy định tính = 4,00 điểm (Điều 6.2, cách tính giả định)"
    )
    assert say(marks["tong_diem"].why, "vi") == "18,00 + 14,53 + 14,75 + 18,67 + 5,75 = 71,70 điểm"
    assert say(marks["tong_diem"].why, "en") == "18.00 + 14.53 + 14.75 + 18.67 + 5.75 = 71.70 points"


@pytest.mark.parametrize("group", ["so", "huyen"])
def test_formula_and_marks_agree_wherever_the_unit_declares(cao_bang: Regulation, group: str) -> None:
    answers = typed_answers(cao_bang, group)
    marks = assess(cao_bang, group, answers).marks

    for node in cao_bang.indicators(group):
        expression = formula(cao_bang, group, node.id)
        if not isinstance(expression, Later):
            assert compute(printed(expression, ";"), cells(answers), ";") * 100 == marks[node.id].points


def test_the_unit_itself_knows_three_quarters_of_its_points(cao_bang: Regulation) -> None:
    assessment = assess(cao_bang, "so", typed_answers(cao_bang, "so"), self_score=True)

    # without category 3 (20 points) and 4.4, which the officer counts (5 points): 71,70 − 14,75 − 4,00
    assert (assessment.total, assessment.known_maximum) == (5295, 7500)
    assert assessment.marks["trang_thong_tin"].points is None
    assert say(assessment.marks["trang_thong_tin"].why, "vi") == "cơ quan chủ trì đánh giá theo dõi và xác định"
    assert assessment.marks["co_che"].points == 1467


def test_an_indicator_without_the_duty_gets_full_marks(cao_bang: Regulation) -> None:
    answers = typed_answers(cao_bang, "so")
    granted = Answer(
        "mot_cua_dien_tu",
        status=AnswerStatus.NOT_APPLICABLE,
        by=By.VERIFIED,
        reason="không có thủ tục hành chính",
    )

    mark = assess(cao_bang, "so", {**answers, granted.key: granted}).marks["mot_cua_dien_tu"]

    assert (mark.points, mark.maximum, mark.scale, mark.na) == (400, 400, 400, "granted")
    assert say(mark.why, "vi") == (
        "Tiêu chí không áp dụng (không có thủ tục hành chính), được tính điểm tối đa = 4,00 điểm (Điều 6.3)"
    )


def test_a_unit_that_answers_everything_perfectly_has_all_points(cao_bang: Regulation) -> None:
    for group in ("so", "huyen"):
        best = {question.key: Answer(question.key, _best(question)) for question in cao_bang.questions_for(group)}

        assert assess(cao_bang, group, best).total == 10000


def _best(question: Question) -> AnswerValue:
    if question.type == "boolean":
        return True
    if question.type == "choice":
        return question.choices[0].id
    return {"more": 1000, "less": 0}.get(str(question.good), 1)


def test_nothing_is_left_to_answer_on_a_full_form(cao_bang: Regulation) -> None:
    filled = completeness(cao_bang, "so", typed_answers(cao_bang, "so"))

    assert (filled.filled, filled.of, filled.missing, filled.problems) == (34, 34, (), ())


def test_units_of_the_two_groups_are_ranked_apart(cao_bang: Regulation) -> None:
    units, _ = read_units(shipped_units("cao-bang-2310"), "units.csv", cao_bang)
    answers = {unit.id: typed_answers(cao_bang, unit.group) for unit in units}

    results = rank_units(cao_bang, units, answers)

    assert [result.unit.group for result in results] == ["so"] * 20 + ["huyen"] * 13
    assert {result.rank for result in results} == {1}
    assert {result.grade for result in results} == {"Khá"}


def value_of(question: Question) -> st.SearchStrategy[AnswerValue]:
    if question.type == "boolean":
        return st.booleans()
    if question.type == "choice":
        return st.sampled_from([choice.id for choice in question.choices])
    least = int(question.minimum or 0)
    most = int(question.maximum) if question.maximum is not None else 60
    whole = st.integers(least, most)
    return whole if question.type == "integer" else whole.map(lambda value: Decimal(value) / 4)


@pytest.mark.parametrize("group", ["so", "huyen"])
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=8, deadline=None)
@given(data=st.data())
def test_a_better_datum_never_lowers_the_points(cao_bang: Regulation, group: str, data: st.DataObject) -> None:
    values = {each.key: data.draw(value_of(each)) for each in cao_bang.questions_for(group)}

    def total(key: str, value: AnswerValue) -> int:
        answers = {each: Answer(each, other) for each, other in {**values, key: value}.items()}
        return assess(cao_bang, group, answers).total

    for question in cao_bang.questions_for(group):
        if question.good:
            pair = [data.draw(value_of(question)), data.draw(value_of(question))]
            worse, better = sorted(pair, key=_as_number, reverse=question.good in {"less", "no"})
            assert total(question.key, better) >= total(question.key, worse), question.key


def _as_number(value: AnswerValue) -> Decimal:
    assert isinstance(value, int | Decimal), "only numbers and yes/no say which way is good"
    return Decimal(value)


@pytest.mark.parametrize("group", ["so", "huyen"])
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=30, deadline=None)
@given(data=st.data())
def test_no_answers_earn_more_than_the_maximum_or_less_than_nothing(
    cao_bang: Regulation, group: str, data: st.DataObject
) -> None:
    questions = cao_bang.questions_for(group)
    answers = {each.key: Answer(each.key, data.draw(value_of(each))) for each in questions if data.draw(st.booleans())}

    assessment = assess(cao_bang, group, answers)

    for mark in assessment.marks.values():
        assert mark.points is not None
        assert 0 <= mark.points <= mark.maximum
