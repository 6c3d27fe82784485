from datetime import date
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.ports import FormReading
from forms.cell_values import read_cell
from forms.grid import Cells, Percent
from forms.parse import parse
from forms.sheet import Column
from scoring import Answer, AnswerStatus, AnswerValue, Question
from tests.forms.paper import answered, cells_of
from tests.forms.samples import regulation
from words import Place, Text, say

REGULATION = regulation()


def read(cells: Cells) -> FormReading:
    return parse(cells, "Phiếu", REGULATION, "so")


def values(cells: Cells) -> dict[str, AnswerValue | None]:
    reading = read(cells)
    assert reading.problems == ()
    return {answer.key: answer.value for answer in reading.answers}


def problems(cells: Cells) -> list[tuple[str, str]]:
    return [(str(each.where), say(each.text, "vi")) for each in read(cells).problems]


def test_an_empty_form_has_no_answers_and_no_problems() -> None:
    assert read(answered()) == FormReading((), ())


def test_zero_is_an_answer_and_an_empty_cell_is_none() -> None:
    assert values(answered(may_tinh=0, tap_huan="")) == {"may_tinh": 0}


def test_numbers_arrive_exactly_and_a_whole_number_is_whole() -> None:
    read_values = values(answered(can_bo=40.0, kinh_phi=1234.56, chi=8.1))
    assert read_values == {"can_bo": 40, "kinh_phi": Decimal("1234.56"), "chi": Decimal("8.1")}
    assert type(read_values["can_bo"]) is int


@pytest.mark.parametrize(
    ("typed", "number"), [("8,5", Decimal("8.5")), ("15.763", Decimal(15763)), (" 1.234,5 ", Decimal("1234.5"))]
)
def test_a_number_typed_as_text_is_read_the_vietnamese_way(typed: str, number: Decimal) -> None:
    assert values(answered(chi=typed)) == {"chi": number}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "mười hai",
            (
                "Ô F16 (Số cán bộ có máy tính): “mười hai” không phải là số. "
                "Hãy ghi số nguyên như 12, hoặc số có dấu phẩy thập phân như 8,5."
            ),
        ),
        (
            "1.5",
            (
                "Ô F16 (Số cán bộ có máy tính): “1.5” có thể hiểu theo hai cách. "
                "Hãy ghi phần thập phân sau dấu phẩy (8,5) và viết liền số nguyên (1500)."
            ),
        ),
        (12.5, "Ô F16 (Số cán bộ có máy tính): 12,5 không phải là số nguyên. Hãy nhập số nguyên, ví dụ 12."),
        (
            True,
            (
                "Ô F16 (Số cán bộ có máy tính): “True” không phải là số. "
                "Hãy ghi số nguyên như 12, hoặc số có dấu phẩy thập phân như 8,5."
            ),
        ),
        (
            5001,
            "Ô F16 (Số cán bộ có máy tính): 5.001 lớn hơn mức cao nhất có thể có là 5.000. Hãy kiểm tra lại số liệu.",
        ),
        (
            "#REF!",
            (
                "Ô F16 (Số cán bộ có máy tính): ô đang báo lỗi #REF!. "
                "Hãy xóa công thức trong ô rồi nhập trực tiếp giá trị."
            ),
        ),
    ],
)
def test_a_problem_names_cell_rule_and_remedy(typed: object, said: str) -> None:
    assert problems(answered(may_tinh=typed)) == [("Phiếu!F16", said)]
    assert read(answered(may_tinh=typed)).answers == ()


@pytest.mark.parametrize(
    ("typed", "truth"), [("Có", True), ("không", False), (True, True), (False, False), (1, True), ("Yes", True)]
)
def test_yes_and_no_are_read_however_they_are_put(typed: object, truth: bool) -> None:  # noqa: FBT001 - the expected answer
    assert values(answered(tuong_lua=typed)) == {"tuong_lua": truth}


def test_a_choice_is_read_by_its_label_also_in_decomposed_letters() -> None:
    assert values(answered(bao_cao=normalize("NFD", "Gửi chậm"))) == {"bao_cao": "cham"}


def test_a_choice_that_is_not_in_the_list_is_told_with_the_labels() -> None:
    assert problems(answered(bao_cao="Có gửi")) == [
        (
            "Phiếu!F23",
            (
                "Ô F23 (Gửi báo cáo năm): “Có gửi” không có trong danh sách. "
                "Hãy chọn một trong: Đúng hạn, Gửi chậm, Không gửi."
            ),
        )
    ]


def test_what_is_beyond_numbers_is_a_problem() -> None:
    assert read_cell(Question("so", "Số", "decimal"), float("inf")) == Text("forms.cell_error", error="inf")


@pytest.mark.parametrize("typed", [46296, 46296.75, "1/10/2026", "2026-10-01"])
def test_a_date_is_read_as_a_serial_day_or_as_text(typed: object) -> None:
    assert read_cell(Question("ngay", "Ngày ký", "date"), typed) == date(2026, 10, 1)


@pytest.mark.parametrize("typed", ["10.01", -3, 99999999, True, "tháng mười"])
def test_what_is_no_date_is_told(typed: object) -> None:
    said = read_cell(Question("ngay", "Ngày ký", "date"), typed)
    assert isinstance(said, Text)
    assert said.id == "scoring.value.not_a_date"


@pytest.mark.parametrize(("typed", "text"), [("=1+1", "=1+1"), ("@x", "@x"), (2026.0, "2026"), ("  a\u0300 ", "à")])
def test_a_text_stays_the_text_it_is(typed: object, text: str) -> None:
    assert read_cell(Question("ten", "Tên", "text"), typed) == text


def test_evidence_and_reasons_come_with_their_answers() -> None:
    cells = cells_of(
        {
            "question:may_tinh": {Column.ANSWER: 38, Column.EVIDENCE: "=12/BC-STT, báo cáo năm"},
            "question:tuong_lua": {Column.EVIDENCE: "chưa trả lời"},
            "node:tap": {Column.NOT_APPLICABLE: "Không áp dụng", Column.REASON: "Không có nhiệm vụ"},
        }
    )
    assert read(cells) == FormReading(
        (
            Answer("may_tinh", 38, evidence="=12/BC-STT, báo cáo năm"),
            Answer("tap", status=AnswerStatus.NOT_APPLICABLE, reason="Không có nhiệm vụ"),
        ),
        (),
    )


def test_a_claim_without_a_reason_is_a_problem_at_the_cell_of_the_reason() -> None:
    cells = cells_of({"node:lua": {Column.NOT_APPLICABLE: "Không áp dụng"}})
    assert problems(cells) == [
        (
            "Phiếu!K17",
            "Ô K17 (Tường lửa): đã chọn “Không áp dụng” nhưng chưa ghi lý do. Hãy ghi lý do vào ô này, hoặc bỏ chọn.",
        )
    ]


def test_evidence_that_shows_an_error_is_a_problem_and_the_answer_stays() -> None:
    reading = read(cells_of({"question:may_tinh": {Column.ANSWER: 38, Column.EVIDENCE: "#NAME?"}}))
    assert reading.answers == (Answer("may_tinh", 38),)
    assert [str(problem.where) for problem in reading.problems] == ["Phiếu!H16"]


def test_a_claim_that_nobody_understands_is_a_problem_and_no_claim() -> None:
    reading = read(cells_of({"node:lua": {Column.NOT_APPLICABLE: "hình như không"}}))
    assert [problem.code for problem in reading.problems] == ["forms.claim_unclear"]
    assert reading.answers == ()


def test_a_claim_where_none_may_be_made_is_not_read() -> None:
    assert read(cells_of({"node:noi_dung": {Column.NOT_APPLICABLE: "Không áp dụng"}})) == FormReading((), ())


@pytest.mark.parametrize(
    ("pasted", "code"),
    [(date(2026, 5, 1), "forms.date_for_number"), (Percent(0.85), "forms.percent_for_number")],
)
def test_a_pasted_date_or_percentage_is_no_number(pasted: object, code: str) -> None:
    value = read_cell(Question("a", "A", "integer"), pasted)
    assert isinstance(value, Text)
    assert value.id == code


def test_moved_rows_and_columns_are_found_where_they_are_now() -> None:
    cells = [["", *reversed(row)] for row in reversed(answered(may_tinh=38, can_bo="nhiều"))]
    reading = read(cells)
    assert reading.answers == (Answer("may_tinh", 38),)
    assert [str(problem.where) for problem in reading.problems] == ["Phiếu!I20"]


def test_a_row_that_stands_there_twice_is_a_problem_and_no_answer() -> None:
    cells = answered(may_tinh=38)
    cells.append(list(cells[15]))
    assert problems(cells) == [
        (
            "Phiếu!F33",
            (
                "Ô F33 (Số cán bộ có máy tính): dòng này đang có nhiều hơn một bản (dòng 16, 33) "
                "nên không rõ lấy số liệu ở đâu. Hãy xóa các dòng chép thừa."
            ),
        )
    ]
    assert read(cells).answers == ()


def test_a_row_that_is_gone_is_a_problem() -> None:
    cells = answered(may_tinh=38)
    del cells[15]
    assert read(cells).problems[0].text == Text("forms.row_lost", label="Số cán bộ có máy tính")


def test_a_claim_whose_row_is_gone_is_a_problem() -> None:
    cells = answered()
    cells[16] = []
    assert read(cells).problems[0].text == Text("forms.row_lost", label="Tường lửa")


def test_a_form_without_its_keys_is_one_problem() -> None:
    cells = [row[1:] for row in answered(may_tinh=38)]
    reading = read(cells)
    assert reading.answers == ()
    assert [(problem.code, problem.where) for problem in reading.problems] == [("forms.keys_lost", Place(tab="Phiếu"))]


def test_a_form_without_the_answers_column_says_which_column_it_misses() -> None:
    cells = [[*row[:5], *row[6:]] for row in answered(may_tinh=38)]
    assert [say(problem.text, "vi") for problem in read(cells).problems] == [
        "Phiếu mất cột “Trả lời” nên không đọc được. Hãy khôi phục bằng Tệp > Lịch sử phiên bản."
    ]


RAW = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["Có", "Không áp dụng", "#REF!", "8,5", "1.5", "question:can_bo", "node:lua", "xephang", "answer"]),
    st.lists(st.text(), max_size=2),
)


@given(st.lists(st.lists(RAW, max_size=12), max_size=12))
def test_no_table_of_cells_whatever_raises(cells: list[list[object]]) -> None:
    read(cells)


@given(st.dictionaries(st.tuples(st.integers(1, 31), st.integers(1, 10)), RAW))
def test_a_form_with_anything_in_its_cells_is_read_with_a_cell_at_each_problem(
    typed: dict[tuple[int, int], object],
) -> None:
    cells = answered()
    for (row, column), raw in typed.items():
        cells[row][column] = raw
    reading = read(cells)
    assert [problem for problem in reading.problems if not problem.where.cell] == []
    assert [answer.key for answer in reading.answers if answer.value is None and not answer.status] == []
