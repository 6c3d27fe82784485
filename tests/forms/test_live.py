from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.ports import Filled, FormOrder, FormReading
from forms.coverage import coverage
from forms.dialect import GOOGLE
from forms.layout import lay_out
from forms.outline import Outline, outline
from forms.sheet import GRADE, LEVEL, Column, Formula
from scoring import (
    Answer,
    AnswerValue,
    Assessment,
    By,
    Mark,
    Question,
    Regulation,
    answers_that_count,
    as_decimal,
    assess,
    load_regulation,
)
from tests.forms.expected import progress_of, states_of
from tests.forms.samples import SHAPES, order_of, regulation
from tests.forms.world import World
from words import format_number


def shipped_regulation(name: str) -> Regulation:
    loaded, problems = load_regulation(name)
    assert loaded, problems
    return loaded


MANY = settings(
    max_examples=8,
    deadline=None,
    # The form stays the same; each example types into all of its cells.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def typed(question: Question) -> st.SearchStrategy[object]:
    """Anything somebody may type: nothing, something that is allowed, and now and then something that is not."""
    if question.type in {"date", "text"}:
        return st.sampled_from([None, "01/02/2026"])
    if question.type == "boolean":
        return st.sampled_from([None, "Có", "Không"])
    if question.type == "choice":
        return st.sampled_from([None, *(each.label for each in question.choices)])
    return st.one_of(
        st.integers(0, 12), st.sampled_from([None, "nhiều", -1, 1000, "8,5", "1.5", "0.500", "2.000", " 7 "])
    )


@st.composite
def filled_in(draw: st.DrawFn, lines: Outline) -> dict[str, object]:
    """What is typed by anchor: an answer to a question, or a claim of N/A."""
    answers = {f"question:{each.key}": draw(typed(each)) for each in lines.questions}
    claimed = st.sampled_from([None, None, None, "Không áp dụng"])
    return answers | {f"node:{each.id}": draw(claimed) for each in lines.claimable}


def self_score(rules: Regulation, group: str, reading: FormReading) -> Assessment:
    return assess(rules, group, answers_that_count(reading.filled.answers), self_score=True)


def scores(cells: dict[str, str]) -> dict[str, str]:
    """What the score column shows, by the id of the line."""
    anchors = {shown: name[1:] for name, shown in cells.items() if name.startswith("A") and shown.startswith("node:")}
    return {anchor.removeprefix("node:"): cells[f"I{row}"] for anchor, row in anchors.items()}


def shown_as(rules: Regulation, mark: Mark) -> str:
    """What the form shows of a mark."""
    if mark.points is None or mark.node.is_informative:
        return "–"
    return format_number(rules.printed(mark.node, mark.points), "vi")


def standing(order: FormOrder, reading: FormReading) -> dict[str, str]:
    """The grade and the level that the form computes in its other reading, by anchor."""
    answers = tuple(replace(each, evidence="") for each in reading.filled.answers)
    rows = lay_out(replace(order, filled=Filled(answers)), GOOGLE).tabs[0].rows
    cells = {row.key: row.cells[Column.EVIDENCE] for row in rows if row.key in {GRADE, LEVEL}}
    return {anchor: str(cell.value) for anchor, cell in cells.items() if isinstance(cell, Formula)}


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("cao-bang-2310", "so"),
        ("cao-bang-2310", "huyen"),
        ("mic-2392", "xa"),
        ("da-nang-448", "so"),
        ("da-nang-448", "quan_huyen"),
        ("da-nang-2386", "phuong_xa"),
        ("thanh-hoa-1379", "huyen"),
        ("hoa-binh-2018", "huyen"),
        ("shapes", "a"),
        ("shapes", "b"),
    ],
)
def test_every_line_of_the_live_self_score_shows_what_scoring_gives(world: World, name: str, group: str) -> None:
    rules = regulation(SHAPES) if name == "shapes" else shipped_regulation(name)
    lines = outline(rules, group)
    covered = coverage(rules, group, lines.later).known
    order = order_of(rules, group)
    file_id = world.forms().issue(order).file_id
    places = {shown: cell[1:] for cell, shown in world.cells(file_id).items() if cell[0] == "A" and shown}

    @MANY
    @given(filled_in(lines))
    def agree(cells: dict[str, object]) -> None:
        column = {"question": "F", "node": "J"}
        world.type(file_id, {column[key.partition(":")[0]] + places[key]: value for key, value in cells.items()})
        reading = world.forms().read(file_id, order.key, rules, group)
        assessed = self_score(rules, group, reading)
        now = world.cells(file_id)
        assert scores(now) == {key: shown_as(rules, mark) for key, mark in assessed.marks.items()}
        total = format_number(rules.printed(rules.total, assessed.total), "vi")
        assert now[f"B{places['live']}"].partition(" điểm")[0] == f"Tự chấm đến lúc này: {total} / {covered}"
        wanted = {key: "" if state is None else str(state) for key, state in states_of(order, reading).items()}
        assert {key: now[f"Q{places[f'question:{key}']}"] for key in wanted} == wanted
        assert now[f"B{places['progress']}"] == progress_of(order, reading)
        assert {anchor: now[f"H{places[anchor]}"] for anchor in (GRADE, LEVEL) if anchor in places} == standing(
            order, reading
        )

    agree()


@pytest.mark.parametrize("group", ["so", "huyen"])
def test_the_live_line_covers_as_many_points_as_the_receipt_will_say(group: str) -> None:
    rules = shipped_regulation("cao-bang-2310")

    covered = coverage(rules, group, outline(rules, group).later).known

    assert covered == assess(rules, group, {}, self_score=True).known_maximum // 100


@pytest.mark.parametrize(
    ("typed_in", "grade", "level"),
    [
        ({"can_bo": 9}, "Chưa đạt", "chưa đạt Mức II"),
        ({"can_bo": 9, "may": 9}, "Chưa đạt", "Mức II"),
        ({"can_bo": 9, "may": 9, "mot": "Có", "dau_nam": "Có", "cuoi_nam": "Có", "giai": 9}, "Đạt", "Mức II"),
        ({"can_bo": 9, "may": 9, "mot": "Có", "muc": "Cao"}, "Đạt", "Mức I"),
    ],
)
def test_grade_and_level_follow_what_is_typed(
    world: World, typed_in: dict[str, object], grade: str, level: str
) -> None:
    file_id = world.forms().issue(order_of(regulation(SHAPES), "a")).file_id
    world.answer(file_id, **typed_in)
    cells = world.cells(file_id)
    assert [cells[f"H{world.row_of(file_id, anchor)}"] for anchor in ("grade", "level")] == [grade, level]
    assert cells[f"F{world.row_of(file_id, 'live')}"] == (
        f"Xếp loại theo điểm tự chấm: {grade}; Mức theo điểm tự chấm: {level}"
    )


def test_what_is_claimed_leaves_the_scale_and_the_rest_is_brought_back_to_it(world: World) -> None:
    file_id = world.forms().issue(order_of(regulation(SHAPES), "a")).file_id
    world.answer(file_id, can_bo=10, may=5, mot="Có", giai=1)
    before = scores(world.cells(file_id))
    world.type(file_id, {f"J{world.row_of(file_id, 'node:ty_le')}": "Không áp dụng"})
    after = scores(world.cells(file_id))
    claimed = world.cells(file_id)[f"I{world.row_of(file_id, 'out')}"]
    # 20 + 20 of 100, and 2 outside the scale; then 20 × 100 ÷ 60, and 2 outside the scale
    assert [before[key] for key in ("ty_le", "phan", "thuong", "tong")] == ["20,00", "40,00", "2,00", "42,0"]
    assert [after[key] for key in ("ty_le", "phan", "thuong", "tong")] == ["0,00", "20,00", "2,00", "35,3"]
    assert claimed == "40,00"


def test_an_empty_form_has_no_points_and_no_errors(world: World) -> None:
    assert scores(world.cells(world.issue())) == {
        "tong": "0,00",
        "ha_tang": "0,00",
        "may": "0,00",
        "lua": "0,00",
        "quan_ly": "0,00",
        "tap": "0,00",
        "bao": "0,00",
        "tien": "0,00",
        "trang_tin": "–",
        "noi_dung": "–",
    }


def test_the_total_follows_what_is_typed(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=3, may_tinh=1, bao_cao="Gửi chậm", tuong_lua="Có")
    world.type(file_id, {f"J{world.row_of(file_id, 'node:tien')}": "Không áp dụng"})
    shown = scores(world.cells(file_id))
    assert {node: shown[node] for node in ("may", "lua", "bao", "tien", "tong")} == {
        "may": "10,00",
        "lua": "20,00",
        "bao": "2,50",
        "tien": "10,00",
        "tong": "42,50",
    }
    assert world.cells(file_id)[f"B{world.row_of(file_id, 'live')}"] == (
        "Tự chấm đến lúc này: 42,50 / 80 điểm; chưa tính 20 điểm (cơ quan chủ trì đánh giá theo dõi và xác định)"
    )


@pytest.mark.parametrize("typed_in", ["ba mươi", 0, -1, None])
def test_what_a_question_does_not_allow_earns_nothing_and_breaks_nothing(world: World, typed_in: object) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=typed_in, may_tinh=1)
    assert scores(world.cells(file_id))["may"] == "0,00"


def test_a_number_above_its_bound_earns_nothing(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=9000, may_tinh=5001)
    assert scores(world.cells(file_id))["may"] == "0,00"


def test_the_small_regulation_agrees_too(world: World) -> None:
    rules = regulation()
    file_id = world.issue()
    world.answer(file_id, can_bo=7, may_tinh=2, tap_huan=9, bao_cao="Đúng hạn", kinh_phi="3,3", chi="1,1")
    assessed = self_score(rules, "so", world.read(file_id))
    assert scores(world.cells(file_id))["tong"] == format_number(as_decimal(assessed.total, 2), "vi")


def test_the_state_of_an_answer_follows_what_is_typed(world: World) -> None:
    file_id = world.issue()
    rows = {key: world.row_of(file_id, f"question:{key}") for key in ("can_bo", "may_tinh", "tuong_lua", "chi")}

    def shown() -> tuple[dict[str, str], str]:
        cells = world.cells(file_id)
        progress_row = world.row_of(file_id, "progress")
        return {key: cells[f"Q{row}"] for key, row in rows.items()}, cells[f"B{progress_row}"]

    assert shown() == (dict.fromkeys(rows, "0"), "Đã điền 0/7 mục bắt buộc")
    world.answer(file_id, can_bo=40, may_tinh=41, tuong_lua="Có", chi="1.5")
    assert shown() == (
        {"can_bo": "1", "may_tinh": "2", "tuong_lua": "1", "chi": "3"},
        "Đã điền 3/7 mục bắt buộc; 2 mục cần xem lại",
    )
    world.type(file_id, {f"J{world.row_of(file_id, 'node:lua')}": "Không áp dụng"})
    world.answer(file_id, may_tinh=40, chi=None)
    assert shown() == (
        {"can_bo": "1", "may_tinh": "1", "tuong_lua": "", "chi": "0"},
        "Đã điền 3/7 mục bắt buộc",
    )


@pytest.mark.parametrize(("may_tinh", "grade"), [(0, "Yếu"), (9, "từ Yếu đến Khá"), (40, "từ Khá đến Tốt")])
def test_the_grade_lies_between_what_others_may_still_give(world: World, may_tinh: int, grade: str) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=40, may_tinh=may_tinh, tap_huan=40, bao_cao="Đúng hạn", tuong_lua="Có")
    world.answer(file_id, kinh_phi=10, chi=10 if may_tinh else 0)
    assert world.cells(file_id)[f"H{world.row_of(file_id, 'grade')}"] == grade


def test_the_best_case_is_what_scoring_gives_once_everything_is_known() -> None:
    rules = regulation(SHAPES)
    answers: dict[str, AnswerValue] = {
        "can_bo": 10,
        "may": 5,
        "bang_thong_mang": 7,
        "mot": True,
        "viec": 3,
        "muc": "vua",
        "giai": 1,
    }
    declared = {key: Answer(key, value) for key, value in answers.items()}
    order = order_of(rules, "b", filled=Filled(tuple(declared.values())))
    (total,) = (row for row in lay_out(order, GOOGLE).tabs[0].rows if row.key == "node:tong")
    best = total.cells[Column.VALUE]
    council = {"diem_hoi_dong": Answer("diem_hoi_dong", 5, by=By.OFFICER)}
    # Alone in its group, the unit is the best one.
    alone = assess(rules, "b", declared | council)
    assert isinstance(best, Formula)
    assert best.value == as_decimal(alone.total, 2)
