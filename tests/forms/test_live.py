from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.ports import Filled, FormNotes, FormOrder, FormReading
from forms.coverage import coverage
from forms.dialect import GOOGLE
from forms.google.tabs import read_tabs
from forms.layout import lay_out
from forms.outline import Outline, outline
from forms.parse import parse
from forms.sheet import FORM, GRADE, LEVEL, Column, Formula, address
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
    texts = ["nhiều", "8,5", "1.5", "0.500", "2.000", "1,000", "3,0", " 7 "]
    return st.one_of(st.integers(0, 12), st.sampled_from([None, -1, 1000, *texts]))


@st.composite
def filled_in(draw: st.DrawFn, lines: Outline) -> dict[str, object]:
    """What is typed by anchor: an answer to a question, or a claim of N/A."""
    answers = {f"question:{each.key}": draw(typed(each)) for each in lines.questions}
    claimed = st.sampled_from([None, None, None, "Không áp dụng"])
    return answers | {f"node:{each.id}": draw(claimed) for each in lines.claimable}


def self_score(rules: Regulation, group: str, reading: FormReading) -> Assessment:
    return assess(rules, group, answers_that_count(reading.filled.answers), self_score=True)


class Live:
    """A form that was issued, whose rows stay where they are: few requests, and each for many cells."""

    def __init__(self, world: World, order: FormOrder) -> None:
        self.world, self.order = world, order
        self.port, self.client = world.forms(), world.client()
        self.file_id = self.port.issue(order).file_id
        cells = world.cells(self.file_id)
        self.rows = {shown: int(cell[1:]) for cell, shown in cells.items() if cell[0] == "A" and shown}

    def type(self, typed: Mapping[str, object]) -> None:
        """Somebody types into the answers of questions, and into the claims of indicators, by anchor."""
        column = {"question": "F", "node": "J"}
        cells = {f"{column[key.partition(':')[0]]}{self.rows[key]}": value for key, value in typed.items()}
        self.put("Phiếu", cells)

    def put(self, tab: str, cells: Mapping[str, object]) -> None:
        """Somebody types into cells, by address."""
        answer = self.world.http.post(f"/sandbox/sheets/{self.file_id}/cells", json={"tab": tab, "cells": cells})
        assert answer.status_code == 200, answer.text

    def answer(self, **typed: object) -> None:
        """Somebody answers questions."""
        self.type({f"question:{key}": value for key, value in typed.items()})

    def read(self) -> FormReading:
        return self.port.read(self.file_id, self.order.key, self.order.regulation, self.order.group)

    def read_with_values(self) -> tuple[FormReading, "Shown"]:
        """What reading finds and what the cells come to, from one and the same answer of the service."""
        tabs = read_tabs(self.client, self.file_id)
        letters = {column: address(column.position, 0).removesuffix("1") for column in Column}
        values = {
            f"{letters[column]}{row}": "" if column.position >= len(cells) else cells[column.position]
            for row, cells in enumerate(tabs[FORM].cells, 1)
            for column in Column
        }
        return parse(tabs, self.order.key, self.order.regulation, self.order.group), Shown(values, self.rows)

    def shown(self) -> "Shown":
        return Shown(self.world.cells(self.file_id), self.rows)


@dataclass(frozen=True)
class Shown:
    """What the form shows at one moment, or what its cells hold."""

    cells: Mapping[str, Any]
    rows: Mapping[str, int]

    def at(self, column: str, anchor: str) -> Any:  # noqa: ANN401 - what is shown is text, what is held is anything
        return self.cells[f"{column}{self.rows[anchor]}"]

    def scores(self) -> dict[str, str]:
        """The score column, by the id of the line."""
        lines = [anchor for anchor in self.rows if anchor.startswith("node:")]
        return {anchor.removeprefix("node:"): self.at("I", anchor) for anchor in lines}


def small(world: World) -> Live:
    """The form of the small regulation."""
    return Live(world, order_of(regulation()))


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
    order, lines = order_of(rules, group), outline(rules, group)
    covered = coverage(rules, group, lines.later).known
    form = Live(world, order)

    @MANY
    @given(filled_in(lines))
    def agree(cells: dict[str, object]) -> None:
        form.type(cells)
        reading, now = form.read_with_values()
        assessed = self_score(rules, group, reading)
        scored = {key: mark for key, mark in assessed.marks.items() if not mark.node.is_informative}
        assert {key: now.at("I", f"node:{key}") for key in scored} == {
            key: "–" if mark.points is None else float(rules.printed(mark.node, mark.points))
            for key, mark in scored.items()
        }
        assert now.at("B", "live") == float(rules.printed(rules.total, assessed.total))
        wanted = {key: "" if state is None else state for key, state in states_of(order, reading).items()}
        assert {key: now.at("Q", f"question:{key}") for key in wanted} == wanted
        assert now.at("B", "progress") == progress_of(order, reading)
        named = [anchor for anchor in (GRADE, LEVEL) if anchor in form.rows]
        assert {anchor: now.at("H", anchor) for anchor in named} == standing(order, reading)

    agree()

    shown, assessed = form.shown(), self_score(rules, group, form.read())
    assert shown.scores() == {key: shown_as(rules, mark) for key, mark in assessed.marks.items()}
    total = format_number(rules.printed(rules.total, assessed.total), "vi")
    assert shown.at("B", "live").partition(" điểm")[0] == f"Tự chấm đến lúc này: {total} / {covered}"


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
    form = Live(world, order_of(regulation(SHAPES), "a"))
    form.answer(**typed_in)
    now = form.shown()
    assert [now.at("H", anchor) for anchor in ("grade", "level")] == [grade, level]
    assert now.at("F", "live") == (f"Xếp loại theo điểm tự chấm: {grade}; Mức theo điểm tự chấm: {level}")


def test_what_is_claimed_leaves_the_scale_and_the_rest_is_brought_back_to_it(world: World) -> None:
    form = Live(world, order_of(regulation(SHAPES), "a"))
    form.answer(can_bo=10, may=5, mot="Có", giai=1)
    before = form.shown().scores()
    form.type({"node:ty_le": "Không áp dụng"})
    now = form.shown()
    after, claimed = now.scores(), now.at("I", "out")
    # 20 + 20 of 100, and 2 outside the scale; then 20 × 100 ÷ 60, and 2 outside the scale
    assert [before[key] for key in ("ty_le", "phan", "thuong", "tong")] == ["20,00", "40,00", "2,00", "42,0"]
    assert [after[key] for key in ("ty_le", "phan", "thuong", "tong")] == ["0,00", "20,00", "2,00", "35,3"]
    assert claimed == "40,00"


def test_an_empty_form_has_no_points_and_no_errors(world: World) -> None:
    assert small(world).shown().scores() == {
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
    form = small(world)
    form.answer(can_bo=3, may_tinh=1, bao_cao="Gửi chậm", tuong_lua="Có")
    form.type({"node:tien": "Không áp dụng"})
    now = form.shown()
    shown = now.scores()
    assert {node: shown[node] for node in ("may", "lua", "bao", "tien", "tong")} == {
        "may": "10,00",
        "lua": "20,00",
        "bao": "2,50",
        "tien": "10,00",
        "tong": "42,50",
    }
    assert now.at("B", "live") == ("Tự chấm đến lúc này: 42,50 / 80 điểm tự chấm được ngay")


@pytest.mark.parametrize("typed_in", ["ba mươi", 0, -1, None])
def test_what_a_question_does_not_allow_earns_nothing_and_breaks_nothing(world: World, typed_in: object) -> None:
    form = small(world)
    form.answer(can_bo=typed_in, may_tinh=1)
    assert form.shown().scores()["may"] == "0,00"


def test_a_number_above_its_bound_earns_nothing(world: World) -> None:
    form = small(world)
    form.answer(can_bo=9000, may_tinh=5001)
    assert form.shown().scores()["may"] == "0,00"


def test_the_small_regulation_agrees_too(world: World) -> None:
    form = small(world)
    form.answer(can_bo=7, may_tinh=2, tap_huan=9, bao_cao="Đúng hạn", kinh_phi="3,3", chi="1,1")
    assessed = self_score(form.order.regulation, "so", form.read())
    assert form.shown().scores()["tong"] == format_number(as_decimal(assessed.total, 2), "vi")


def test_the_state_of_an_answer_follows_what_is_typed(world: World) -> None:
    form, keys = small(world), ("can_bo", "may_tinh", "tuong_lua", "chi")

    def shown() -> tuple[dict[str, str], str]:
        now = form.shown()
        return {key: now.at("Q", f"question:{key}") for key in keys}, now.at("B", "progress")

    assert shown() == (dict.fromkeys(keys, "0"), "Đã điền 0/7 mục bắt buộc")
    form.answer(can_bo=40, may_tinh=41, tuong_lua="Có", chi="1.5")
    assert shown() == (
        {"can_bo": "1", "may_tinh": "3", "tuong_lua": "2", "chi": "4"},
        ("Đã điền 3/7 mục bắt buộc; 2 mục cần sửa; 1 mục chưa có tài liệu kiểm chứng"),
    )
    form.type({"node:lua": "Không áp dụng", "question:may_tinh": 0, "question:chi": None})
    assert shown() == (
        {"can_bo": "1", "may_tinh": "1", "tuong_lua": "", "chi": "0"},
        "Đã điền 3/7 mục bắt buộc",
    )


def test_evidence_is_there_once_the_row_or_the_list_of_documents_names_a_paper(world: World) -> None:
    form = small(world)
    form.answer(may_tinh=38, tuong_lua="Có")
    bare = form.shown()
    form.put("Phiếu", {f"H{form.rows['question:tuong_lua']}": "Biên bản nghiệm thu"})
    # Lines that are only begun are not enough: one has no document, the other no question.
    form.put("Tài liệu kiểm chứng", {"B40": "1.1a – Số cán bộ có máy tính", "D41": "Bảng kê"})
    begun = form.shown()
    form.put("Tài liệu kiểm chứng", {"D40": "Bảng kê"})
    listed = form.shown()

    keys = ("question:may_tinh", "question:tuong_lua")
    assert [[each.at("Q", key) for key in keys] for each in (bare, begun, listed)] == [
        ["2", "2"],
        ["2", "1"],
        ["1", "1"],
    ]
    assert [each.at("B", "progress").partition("buộc")[2] for each in (bare, begun, listed)] == [
        "; 2 mục chưa có tài liệu kiểm chứng",
        "; 1 mục chưa có tài liệu kiểm chứng",
        "",
    ]


def test_a_file_that_the_office_has_received_is_evidence_until_it_is_withdrawn(world: World) -> None:
    form = small(world)
    form.answer(may_tinh=38, tuong_lua="Có")

    def shown(*names: str) -> tuple[list[str], str]:
        port, received = world.forms(), {"tuong_lua": names} if names else {}
        port.annotate(form.file_id, FormNotes(received=received), form.read(), untick=False)
        now = form.shown()
        of_row = [now.at(column, "question:tuong_lua") for column in "FHQR"]
        return of_row, now.at("B", "progress").partition("buộc")[2]

    one, two = "; 1 mục chưa có tài liệu kiểm chứng", "; 2 mục chưa có tài liệu kiểm chứng"
    assert [shown(), shown("1.2a Biên bản.pdf"), shown()] == [
        (["Có", "", "2", ""], two),
        (["Có", "", "1", "1.2a Biên bản.pdf"], one),
        (["Có", "", "2", ""], two),
    ]


def test_a_number_cell_that_may_be_a_thousand_times_larger_is_refused_on_the_form_as_in_reading(world: World) -> None:
    form = small(world)
    form.answer(kinh_phi=15.763, chi=0.125)
    now, reading = form.shown(), form.read()
    assert [now.at("Q", f"question:{key}") for key in ("kinh_phi", "chi")] == ["4", "1"]
    assert [each.code for each in reading.problems] == ["forms.group_or_decimals"]


def test_thousands_typed_the_english_way_are_refused_on_the_form_as_in_reading(world: World) -> None:
    form = small(world)
    form.answer(can_bo="1,000", may_tinh="38,0", kinh_phi="1,000")
    now, reading = form.shown(), form.read()
    assert [now.at("O", f"question:{key}") for key in ("can_bo", "may_tinh", "kinh_phi")] == ["", "38", "1"]
    assert [(each.code, each.where.path) for each in reading.problems] == [
        ("scoring.value.ambiguous_integer", "can_bo")
    ]


@pytest.mark.parametrize(("may_tinh", "grade"), [(0, "Yếu"), (9, "từ Yếu đến Khá"), (40, "từ Khá đến Tốt")])
def test_the_grade_lies_between_what_others_may_still_give(world: World, may_tinh: int, grade: str) -> None:
    form = small(world)
    form.answer(can_bo=40, may_tinh=may_tinh, tap_huan=40, bao_cao="Đúng hạn", tuong_lua="Có")
    form.answer(kinh_phi=10, chi=10 if may_tinh else 0)
    assert form.shown().at("H", "grade") == grade


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
