from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.ports import Document, Fact, Filled, FormReading
from forms.cell_values import read_cell
from forms.citation import cited as cited_as
from forms.dialect import EXCEL, GOOGLE, Dialect
from forms.document_rows import MOST
from forms.grid import RESTORE_SHEET, UNCOMPUTED, Percent, Places, RawTab, as_text
from forms.layout import lay_out
from forms.outline import outline
from forms.parse import parse
from forms.sheet import DOCUMENTS, FORM, Column, DocumentColumn
from scoring import Answer, AnswerStatus, AnswerValue, Question, Regulation, load_regulation, shipped
from scoring.regulation import QuestionType
from tests.forms.paper import KEY, Table, answered, cells_of, documents_of, read_back, tables_of, tabs_of
from tests.forms.samples import SHAPES, order_of, regulation
from words import LANGUAGES, Language, Place, Text, say

REGULATION = regulation()
ORDER = order_of(REGULATION)
AMBIGUOUS = "scoring.value.ambiguous_integer"


def read(cells: Table, documents: Table | None = None) -> FormReading:
    """Read the small regulation's form with these cells; `documents` is its second tab, by default an empty list."""
    return read_back(ORDER, {FORM: cells, DOCUMENTS: documents_of() if documents is None else documents})


def values(cells: Table) -> dict[str, AnswerValue | None]:
    reading = read(cells)
    assert reading.problems == ()
    return {answer.key: answer.value for answer in reading.filled.answers}


def problems(cells: Table, documents: Table | None = None) -> list[tuple[str, str]]:
    return [(str(each.where), say(each.text, "vi")) for each in read(cells, documents).problems]


def test_an_empty_form_has_no_answers_and_no_problems() -> None:
    reading = read(answered())
    assert (reading.filled, reading.problems, reading.ticked) == (Filled(), (), False)


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
                "Trang “Phiếu”, ô F24 (1.1a – Số cán bộ có máy tính): “mười hai” không phải là số. "
                "Mục này cần số nguyên, ghi bằng chữ số, ví dụ 12."
            ),
        ),
        (
            "1.5",
            (
                "Trang “Phiếu”, ô F24 (1.1a – Số cán bộ có máy tính): “1.5” có thể hiểu là 1,5 hoặc 15. "
                "Mục này cần số nguyên: hãy viết liền các chữ số, không dùng dấu chấm hoặc dấu phẩy."
            ),
        ),
        (
            12.5,
            (
                "Trang “Phiếu”, ô F24 (1.1a – Số cán bộ có máy tính): 12,5 không phải là số nguyên. "
                "Mục này cần số nguyên: hãy kiểm tra lại và ghi số không có phần thập phân."
            ),
        ),
        (
            15.763,
            (
                "Trang “Phiếu”, ô F24 (1.1a – Số cán bộ có máy tính): “15,763” có thể hiểu là 15,763 hoặc 15763. "
                "Mục này cần số nguyên: hãy viết liền các chữ số, không dùng dấu chấm hoặc dấu phẩy."
            ),
        ),
        (
            True,
            (
                "Trang “Phiếu”, ô F24 (1.1a – Số cán bộ có máy tính): “True” không phải là số. "
                "Mục này cần số nguyên, ghi bằng chữ số, ví dụ 12."
            ),
        ),
        (
            5001,
            (
                "Trang “Phiếu”, ô F24 (1.1a – Số cán bộ có máy tính): 5.001 lớn hơn mức cao nhất có thể có là 5.000. "
                "Hãy kiểm tra lại số liệu."
            ),
        ),
        (
            "#REF!",
            (
                "Trang “Phiếu”, ô F24 (1.1a – Số cán bộ có máy tính): ô đang báo lỗi #REF!. "
                "Hãy xóa công thức trong ô rồi nhập trực tiếp giá trị."
            ),
        ),
    ],
)
def test_a_problem_names_cell_rule_and_remedy(typed: object, said: str) -> None:
    assert problems(answered(may_tinh=typed)) == [("Phiếu!F24", said)]
    assert read(answered(may_tinh=typed)).filled.answers == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "5%",
            (
                "“5%” có dấu %, trong khi đơn vị tính không phải là %. "
                "Hãy bỏ dấu %, chỉ ghi số theo đúng đơn vị tính của dòng này."
            ),
        ),
        ("1 500", "“1 500” có khoảng trắng ở giữa. Hãy ghi liền: 1500."),
    ],
)
def test_a_sign_or_a_blank_too_many_is_what_people_are_told_to_take_out(typed: str, said: str) -> None:
    ((_, told),) = problems(answered(may_tinh=typed))
    assert told == f"Trang “Phiếu”, ô F24 (1.1a – Số cán bộ có máy tính): {said}"


@pytest.mark.parametrize("typed", ["1,000", " 12,000 ", "-3,000"])
def test_thousands_typed_the_english_way_are_no_small_whole_number(typed: str) -> None:
    reading = read(answered(can_bo=typed))
    assert [(problem.code, str(problem.where)) for problem in reading.problems] == [(AMBIGUOUS, "Phiếu!F21")]
    assert reading.filled.answers == ()


@pytest.mark.parametrize("raw", [15.763, -1.234, 999.001])
def test_a_number_cell_with_three_decimals_may_be_a_thousand_times_larger_and_is_never_guessed(raw: float) -> None:
    assert [problem.code for problem in read(answered(kinh_phi=raw)).problems] == ["forms.group_or_decimals"]
    assert read(answered(kinh_phi=raw)).filled.answers == ()


def test_a_number_cell_that_can_be_meant_in_one_way_only_is_read() -> None:
    assert values(answered(kinh_phi=1234.567, chi=0.125)) == {"kinh_phi": Decimal("1234.567"), "chi": Decimal("0.125")}


def test_what_a_number_cell_may_mean_is_told_in_both_ways() -> None:
    ((_, told),) = problems(answered(kinh_phi=15.763))
    assert told.partition("): ")[2] == (
        "ô đang chứa số 15,763 ở dạng số, có thể là 15.763 viết theo kiểu Việt Nam mà phần mềm hiểu thành số thập "
        "phân. Hãy đổi định dạng ô này sang Văn bản (Text) rồi ghi lại 15.763 hoặc 15,763."
    )


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
            "Phiếu!F31",
            (
                "Trang “Phiếu”, ô F31 (2.2a – Gửi báo cáo năm): “Có gửi” không có trong danh sách. "
                "Hãy chọn một trong: Đúng hạn, Gửi chậm, Không gửi."
            ),
        )
    ]


@pytest.mark.parametrize(
    "shown",
    ["#N/A", "#NAME?", "#DIV/0!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#GETTING_DATA"],
)
@pytest.mark.parametrize("kind", ["decimal", "text", "date"])
def test_whatever_error_a_program_shows_is_told_as_one(shown: str, kind: QuestionType) -> None:
    assert read_cell(Question("o", "Ô", kind), shown) == Text("forms.cell_error", error=shown)


@pytest.mark.parametrize("typed", ["#1", "Số 5#", "#", "# N/A!", "Khẩn!"])
def test_what_people_type_is_no_error(typed: str) -> None:
    assert read_cell(Question("o", "Ô", "text"), typed) == typed


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
            "node:tap": {Column.NOT_APPLICABLE: "Không áp dụng", Column.EXPLANATION: "Không có nhiệm vụ"},
            "node:bao": {Column.EXPLANATION: "Gửi chậm do mất điện"},
        }
    )
    reading = read(cells)
    assert reading.problems == ()
    assert reading.filled == Filled(
        answers=(
            Answer("may_tinh", 38, evidence="=12/BC-STT, báo cáo năm"),
            Answer("tap", status=AnswerStatus.NOT_APPLICABLE, reason="Không có nhiệm vụ"),
        ),
        documents=(Document("may_tinh", name="=12/BC-STT, báo cáo năm"), Document("tuong_lua", name="chưa trả lời")),
        explanations={"tap": "Không có nhiệm vụ", "bao": "Gửi chậm do mất điện"},
    )


def test_general_facts_are_read_and_nobody_misses_their_rows() -> None:
    cells = cells_of({"fact:phone": {Column.ANSWER: 206385123.0}, "fact:person": {Column.ANSWER: "Nguyễn Văn Thử"}})
    kept = [row for row in cells if row[0] != "fact:email"]
    assert read(kept).problems == ()
    assert read(kept).filled.facts == {Fact.PERSON: "Nguyễn Văn Thử", Fact.PHONE: "206385123"}


def test_a_claim_without_a_reason_is_a_problem_at_the_cell_of_the_reason() -> None:
    cells = cells_of({"node:lua": {Column.NOT_APPLICABLE: "Không áp dụng"}})
    assert problems(cells) == [
        (
            "Phiếu!K25",
            (
                "Trang “Phiếu”, ô K25 (1.2 – Tường lửa): đã chọn “Không áp dụng” nhưng chưa ghi lý do. "
                "Hãy ghi lý do vào ô này, hoặc bỏ chọn."
            ),
        )
    ]


def test_evidence_that_shows_an_error_is_a_problem_and_the_answer_stays() -> None:
    reading = read(cells_of({"question:may_tinh": {Column.ANSWER: 38, Column.EVIDENCE: "#NAME?"}}))
    assert reading.filled == Filled((Answer("may_tinh", 38),))
    assert [str(problem.where) for problem in reading.problems] == ["Phiếu!H24"]


def test_an_explanation_that_shows_an_error_is_a_problem_and_no_reason() -> None:
    reading = read(cells_of({"node:lua": {Column.NOT_APPLICABLE: "Không áp dụng", Column.EXPLANATION: "#REF!"}}))
    assert [(problem.code, problem.where.path) for problem in reading.problems] == [
        ("forms.cell_error", "lua"),
        ("forms.reason_missing", "lua"),
    ]
    assert reading.filled.explanations == {}


def test_a_reading_says_where_each_question_is_answered() -> None:
    cells = answered()
    cells[23] = []
    found = read([[], *cells]).cells
    assert [str(found[key]) for key in ("can_bo", "tap_huan")] == ["Phiếu!F22", "Phiếu!F30"]
    assert found["can_bo"].path == "can_bo"
    assert set(found) == set(outline(REGULATION, "so").numbers) - {"may_tinh"}


def test_a_claim_that_nobody_understands_is_a_problem_and_no_claim() -> None:
    reading = read(cells_of({"node:lua": {Column.NOT_APPLICABLE: "hình như không"}}))
    assert [(problem.code, problem.where.path) for problem in reading.problems] == [("forms.claim_unclear", "lua")]
    assert reading.filled.answers == ()


def test_a_claim_where_none_may_be_made_is_not_read() -> None:
    reading = read(cells_of({"node:noi_dung": {Column.NOT_APPLICABLE: "Không áp dụng"}}))
    assert (reading.filled, reading.problems) == (Filled(), ())


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        (date(2026, 5, 1), "forms.date_for_number"),
        (Percent(0.85), "forms.percent_format"),
        ("85%", "forms.percent_for_number"),
        ("85%%", "scoring.value.not_a_number_integer"),
        (float("nan"), "forms.cell_error"),
        (UNCOMPUTED, "forms.cell_uncomputed"),
        ("1 500", "forms.blank_in_number"),
        ("1 5 máy", "scoring.value.not_a_number_integer"),
    ],
)
def test_a_pasted_date_or_percentage_and_a_number_in_pieces_are_no_number(pasted: object, code: str) -> None:
    value = read_cell(Question("a", "A", "integer", unit="máy"), pasted)
    assert isinstance(value, Text)
    assert value.id == code


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (Percent(0.857), Decimal("85.7")),
        (Percent(0.07), 7),
        ("85,7%", Decimal("85.7")),
        ("85 %", 85),
        (85, 85),
        ("85", 85),
    ],
)
def test_a_percentage_is_the_number_it_shows_where_percents_are_counted(typed: object, number: AnswerValue) -> None:
    assert read_cell(Question("ty_le", "Tỷ lệ", "decimal", unit="%", maximum=100), typed) == number


@pytest.mark.parametrize(
    ("ticked", "is_ticked"),
    [(True, True), ("TRUE", True), ("x", True), ("✓", True), (1, True), (False, False), (None, False), ("chưa", False)],
)
def test_the_box_is_ticked_however_it_was_done(ticked: object, is_ticked: bool) -> None:  # noqa: FBT001 - the expected answer
    assert read(cells_of({"submit": {Column.ANSWER: ticked}})).ticked is is_ticked


# Rows and columns that are elsewhere, doubled or gone


def test_moved_rows_and_columns_are_found_where_they_are_now() -> None:
    cells = [["", *reversed(row)] for row in reversed(answered(may_tinh=38, can_bo="nhiều"))]
    reading = read(cells)
    assert reading.filled.answers == (Answer("may_tinh", 38),)
    assert [str(problem.where) for problem in reading.problems] == ["Phiếu!N21"]


def test_inserted_rows_and_columns_change_nothing() -> None:
    cells = answered(may_tinh=38)
    widened = [[*row[:5], "ghi chú riêng", *row[5:]] for row in cells]
    widened[20:20] = [[], ["", "", "dòng chen vào"], [None] * 40]
    assert read(widened).filled.answers == (Answer("may_tinh", 38),)
    assert read(widened).problems == ()


def test_copies_of_a_row_that_hold_the_same_are_one_row() -> None:
    cells = answered(may_tinh=38)
    cells += [list(cells[23]), list(cells[23])]
    assert values(cells) == {"may_tinh": 38}


def test_copies_of_a_row_that_differ_are_a_problem_and_no_answer() -> None:
    cells = answered(may_tinh=38)
    cells.append([*cells[23][:5], 40, *cells[23][6:]])
    assert problems(cells) == [
        (
            "Phiếu!F42",
            (
                "Trang “Phiếu”, ô F42 (1.1a – Số cán bộ có máy tính): dòng này có nhiều bản khác nhau (dòng 24, 42) "
                "nên không rõ lấy số liệu ở đâu. Hãy xóa các dòng chép thừa, chỉ giữ một dòng đúng."
            ),
        )
    ]
    assert read(cells).filled.answers == ()


@pytest.mark.parametrize(
    ("row", "label", "path"), [(23, "1.1a – Số cán bộ có máy tính", "may_tinh"), (24, "1.2 – Tường lửa", "lua")]
)
def test_a_row_that_is_gone_is_a_problem(row: int, label: str, path: str) -> None:
    cells = answered()
    cells[row] = []
    (problem,) = read(cells).problems
    assert (problem.text, problem.where) == (
        Text("forms.row_lost", label=label, restore=RESTORE_SHEET),
        Place(tab="Phiếu", path=path),
    )


def test_rows_sorted_without_their_hidden_keys_are_told_and_not_read_crosswise() -> None:
    cells = answered(may_tinh=38, tap_huan=9)
    cells[23][1:], cells[28][1:] = cells[28][1:], cells[23][1:]
    reading = read(cells)
    assert reading.filled.answers == ()
    assert [(problem.code, problem.where.path, problem.where.cell) for problem in reading.problems] == [
        ("forms.row_mixed", "may_tinh", "F24"),
        ("forms.row_mixed", "tap_huan", "F29"),
    ]


def test_what_is_quoted_of_a_cell_is_cut() -> None:
    ((_, said),) = problems(answered(may_tinh="rất " * 5000))
    assert len(said) < 300


def test_a_form_without_its_keys_is_one_problem() -> None:
    cells = [row[1:] for row in answered(may_tinh=38)]
    reading = read(cells)
    assert reading.filled == Filled()
    assert [(problem.code, problem.where) for problem in reading.problems] == [("forms.keys_lost", Place(tab="Phiếu"))]


def test_a_form_without_the_answers_column_says_which_column_it_misses() -> None:
    cells = [[*row[:5], *row[6:]] for row in answered(may_tinh=38)]
    assert [say(problem.text, "vi") for problem in read(cells).problems] == [
        (
            "Trang “Phiếu” mất cột “Trả lời” nên không đọc được. Hãy khôi phục phiên bản trước của phiếu "
            "(Tệp → Nhật ký phiên bản), hoặc lấy lại phiếu từ bot."
        )
    ]
    assert read(cells).filled == Filled()


def test_a_copied_column_counts_once_and_one_that_differs_is_a_problem() -> None:
    cells = answered(may_tinh=38)
    copied = [[*row, row[5]] for row in cells]
    assert values(copied) == {"may_tinh": 38}
    copied[23][-1] = 40
    assert [say(problem.text, "vi") for problem in read(copied).problems] == [
        (
            "Trang “Phiếu” có nhiều cột “Trả lời” với nội dung khác nhau (cột F, S) nên không rõ lấy cột nào. "
            "Hãy xóa cột chép thừa."
        )
    ]


def test_a_lost_tab_is_a_problem_and_without_the_list_of_documents_the_answers_are_read() -> None:
    tabs = tabs_of({FORM: answered(may_tinh=38), DOCUMENTS: documents_of()})
    without_form = parse({DOCUMENTS: tabs[DOCUMENTS]}, KEY, REGULATION, "so")
    without_list = parse({FORM: tabs[FORM]}, KEY, REGULATION, "so")
    assert (without_form.filled, [each.code for each in without_form.problems]) == (Filled(), ["forms.tab_lost"])
    assert without_list.filled.answers == (Answer("may_tinh", 38),)
    assert [each.list_lost for each in (parse(tabs, KEY, REGULATION, "so"), without_list)] == [False, True]
    assert [say(each.text, "vi").partition(".")[0] for each in without_list.problems] == [
        "Không tìm thấy trang “Tài liệu kiểm chứng” của phiếu"
    ]


def test_renamed_and_additional_tabs_change_nothing_but_the_name_in_a_problem() -> None:
    tabs = tabs_of({FORM: answered(may_tinh=38, can_bo=0), DOCUMENTS: documents_of()})
    renamed = {FORM: RawTab("Bản của tôi", tabs[FORM].cells), DOCUMENTS: tabs[DOCUMENTS], 7: RawTab("Nháp", [["x"]])}
    reading = parse(renamed, KEY, REGULATION, "so")
    assert reading.filled.answers == (Answer("may_tinh", 38),)
    assert [str(problem.where) for problem in reading.problems] == ["Bản của tôi!F21"]


# Whose form it is


@pytest.mark.parametrize(
    ("key", "rules", "group", "code"),
    [
        ("mau-2026/so-y-te", REGULATION, "so", "forms.other_unit"),
        ("mau-2025/so-thu", REGULATION, "so", "forms.other_campaign"),
        ("mau-2026/so-thu", regulation(SHAPES), "a", "forms.old_layout"),
    ],
)
def test_a_form_of_somebody_else_is_one_problem_and_nothing_is_read(
    key: str, rules: Regulation, group: str, code: str
) -> None:
    tables = tables_of(lay_out(order_of(rules, group, key=key), GOOGLE))
    reading = parse(tabs_of(tables), "mau-2026/so-thu", REGULATION, "so")
    assert reading.filled == Filled()
    assert [problem.code for problem in reading.problems] == [code]


def test_a_form_whose_title_is_gone_is_nobodys() -> None:
    cells = answered(may_tinh=38)
    del cells[1]
    assert [problem.code for problem in read(cells).problems] == ["forms.identity_lost"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_a_form_is_known_from_its_layout(language: Language) -> None:
    order = order_of(REGULATION, language=language)
    reading = read_back(order, tables_of(lay_out(order, GOOGLE)))
    assert isinstance(reading.places, Places)
    assert (reading.places.language, reading.problems) == (language, ())


def test_the_places_of_anchors_and_columns_are_told_for_notes() -> None:
    reading = read(answered())
    assert isinstance(reading.places, Places)
    grid = reading.places.grids[FORM]
    assert (grid.rows["question:may_tinh"], grid.columns[Column.REMARK], grid.columns[Column.STATE]) == ((23,), 11, 16)
    assert reading.places.grids[DOCUMENTS].columns[DocumentColumn.REMARK] == 6


# The list of documents


PLAN: Mapping[DocumentColumn, object] = {
    DocumentColumn.QUESTION: "1.1a – Số cán bộ có máy tính",
    DocumentColumn.NUMBER: "12/KH-STT",
    DocumentColumn.NAME: "Kế hoạch",
    DocumentColumn.DAY: "05/01/2026",
    DocumentColumn.LINK: "https://example.vn/12",
}


def test_documents_come_with_the_answer_to_their_question() -> None:
    cells = cells_of({"question:may_tinh": {Column.ANSWER: 38, Column.EVIDENCE: "Bảng kê"}})
    filled = read(cells, documents_of(PLAN, {DocumentColumn.QUESTION: "A1", DocumentColumn.NAME: "Danh sách"})).filled
    plan = Document("may_tinh", "12/KH-STT", "Kế hoạch", date(2026, 1, 5), "https://example.vn/12")
    assert filled == Filled(
        answers=(
            Answer("may_tinh", 38, evidence="Bảng kê; 12/KH-STT, Kế hoạch, ngày 05/01/2026, https://example.vn/12"),
        ),
        documents=(Document("can_bo", name="Danh sách"), Document("may_tinh", name="Bảng kê"), plan),
    )


def test_doubled_moved_and_inserted_rows_of_documents_are_harmless() -> None:
    other = {**PLAN, DocumentColumn.NUMBER: "13/KH-STT", DocumentColumn.DAY: 46027}
    plain = read(answered(), documents_of(PLAN, other)).filled.documents
    table = documents_of(other, {}, PLAN, other)
    assert len(plain) == 2
    assert read(answered(), [*table[4:], [], *table[:4]]).filled.documents == plain
    assert read(answered(), [*table[4:], [], *table[:4]]).problems == ()


@pytest.mark.parametrize(
    ("change", "cell", "said"),
    [
        (
            {DocumentColumn.QUESTION: None},
            "B5",
            "(Dùng cho số liệu): tài liệu này chưa rõ dùng cho số liệu nào. Hãy chọn số liệu trong danh sách.",
        ),
        (
            {DocumentColumn.QUESTION: "Số máy"},
            "B5",
            (
                "(Dùng cho số liệu): “Số máy” không bắt đầu bằng số của một số liệu trên phiếu. "
                "Hãy chọn trong danh sách."
            ),
        ),
        (
            {DocumentColumn.DAY: "05.01.2026"},
            "E5",
            "(1.1a – Số cán bộ có máy tính): “05.01.2026” không phải là ngày. Hãy ghi như 31/10/2026 hoặc 2026-10-31.",
        ),
        (
            {DocumentColumn.LINK: "javascript:alert(1)"},
            "F5",
            (
                "(1.1a – Số cán bộ có máy tính): “javascript:alert(1)” không phải là đường dẫn. "
                "Hãy dán đường dẫn bắt đầu bằng http:// hoặc https://, hoặc để trống."
            ),
        ),
        (
            {DocumentColumn.NUMBER: date(2026, 3, 12)},
            "C5",
            (
                "(1.1a – Số cán bộ có máy tính): phần mềm bảng tính đã hiểu nội dung đã gõ là ngày 12/03/2026. "
                "Hãy đổi định dạng ô này sang Văn bản (Text) rồi ghi lại."
            ),
        ),
        (
            {DocumentColumn.NAME: "#REF!"},
            "D5",
            (
                "(1.1a – Số cán bộ có máy tính): ô đang báo lỗi #REF!. Hãy xóa công thức trong ô rồi "
                "nhập trực tiếp giá trị."
            ),
        ),
        (
            dict.fromkeys((column for column in PLAN if column is not DocumentColumn.QUESTION), None),
            "D5",
            (
                "(1.1a – Số cán bộ có máy tính): mới chọn số liệu, chưa ghi tài liệu. "
                "Hãy ghi số, ký hiệu hoặc trích yếu, hoặc xóa dòng này."
            ),
        ),
    ],
)
def test_what_is_wrong_with_a_document_is_told_with_its_cell(
    change: Mapping[DocumentColumn, object], cell: str, said: str
) -> None:
    found = problems(answered(), documents_of({**PLAN, **change}))
    assert found == [(f"Tài liệu!{cell}", f"Trang “Tài liệu”, ô {cell} {said}")]


@pytest.mark.parametrize("link", ["http://", "ftp://a.vn", "https://a b.vn", "http://[", "//a.vn", "example.vn"])
def test_only_http_links_are_links(link: str) -> None:
    reading = read(answered(), documents_of({**PLAN, DocumentColumn.LINK: link}))
    assert [(problem.code, problem.where.path) for problem in reading.problems] == [("forms.document_link", "may_tinh")]
    assert [each.link for each in reading.filled.documents] == [""]


def test_a_list_without_end_is_read_to_a_bound() -> None:
    table = documents_of()
    table += [[None, "1.1a", f"{number}/KH", *[None] * 4] for number in range(MOST + 5)]
    reading = read(answered(), table)
    assert len(reading.filled.documents) == MOST
    assert [problem.code for problem in reading.problems] == ["forms.documents_too_many"]


def test_a_list_without_its_columns_is_a_problem_and_the_answers_are_read() -> None:
    reading = read(answered(may_tinh=38), [row[:5] for row in documents_of(PLAN)])
    assert (reading.filled.answers, reading.filled.documents) == ((Answer("may_tinh", 38),), ())
    assert [problem.code for problem in reading.problems] == ["forms.column_lost"]


# Laws


RAW = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.floats().map(Percent),
    st.dates(),
    st.text(),
    st.sampled_from(["Có", "Không áp dụng", "#REF!", "8,5", "1.5", "question:can_bo", "node:lua", "xephang", "answer"]),
    st.sampled_from(
        ["1.1a", "A1", "https://a.vn", "document_for", "xephang_documents", "form::", "\ud800", "\x00", 10**4000]
    ),
    st.lists(st.text(), max_size=2),
)
TABLE = st.lists(st.lists(RAW, max_size=12), max_size=12)


@given(st.dictionaries(st.sampled_from([FORM, DOCUMENTS, 0]), TABLE))
def test_no_table_of_cells_whatever_raises(tables: dict[int, Table]) -> None:
    parse({tab_id: RawTab("x", cells) for tab_id, cells in tables.items()}, KEY, REGULATION, "so")


@given(
    st.dictionaries(st.tuples(st.integers(2, 40), st.integers(1, 16)), RAW),
    st.dictionaries(st.tuples(st.integers(1, 83), st.integers(1, 6)), RAW, max_size=20),
)
def test_a_form_with_anything_in_its_cells_is_read_with_a_cell_at_each_problem(
    typed: dict[tuple[int, int], object], listed: dict[tuple[int, int], object]
) -> None:
    cells, documents = answered(), documents_of()
    for table, changes in ((cells, typed), (documents, listed)):
        for (row, column), raw in changes.items():
            table[row][column] = raw
    reading = read(cells, documents)
    assert [problem for problem in reading.problems if not problem.where.cell] == []
    assert [each.key for each in reading.filled.answers if each.value is None and not each.status] == []
    assert all(say(problem.text, language) for problem in reading.problems for language in LANGUAGES)


def answer_to(question: Question) -> st.SearchStrategy[AnswerValue]:
    """Anything that the question allows."""
    low, high = question.minimum or 0, question.maximum or 10**9
    match question.type:
        case "integer":
            return st.integers(int(low), int(high))
        case "decimal":
            return st.decimals(low, high, allow_nan=False, places=3)
        case "boolean":
            return st.booleans()
        case "choice":
            return st.sampled_from([each.id for each in question.choices])
        case "date":
            return DAYS
    return TEXTS


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
TEXTS = st.text(min_size=1, max_size=20).map(as_text).filter(lambda text: text and not text.startswith("#"))
LINKS = st.sampled_from(["", "https://example.vn/a", "http://example.vn/b"])


@st.composite
def filled_in(draw: st.DrawFn, rules: Regulation, group: str) -> Filled:
    """What people may have filled in, as reading gives it: documents in their order, each once."""
    lines = outline(rules, group)
    answers = {each.key: draw(st.none() | answer_to(each)) for each in lines.questions}
    asked = [node for node in lines.nodes if lines.asked_for(node)]
    explanations = {node.id: draw(st.just("") | TEXTS) for node in asked}
    claims = [node.id for node in lines.claimable if explanations[node.id] and draw(st.booleans())]
    documents = []
    for question in lines.questions:
        own = draw(
            st.sets(st.builds(Document, st.just(question.key), TEXTS, TEXTS, st.none() | DAYS, LINKS), max_size=2)
        )
        cited = [Document(question.key, name=draw(TEXTS))] if question.evidence and draw(st.booleans()) else []
        documents += [*cited, *sorted(own, key=lambda each: (each.number, each.name, each.day or date.min, each.link))]
    evidence = {key: cited_as([each for each in documents if each.key == key], "vi") for key in answers}
    return Filled(
        answers=(
            *(Answer(key, value, evidence=evidence[key]) for key, value in answers.items() if value is not None),
            *(Answer(each, status=AnswerStatus.NOT_APPLICABLE, reason=explanations[each]) for each in claims),
        ),
        documents=tuple(documents),
        explanations={key: text for key, text in explanations.items() if text},
        facts={fact: text for fact in Fact if (text := draw(st.just("") | TEXTS))},
    )


RULES = {"small": (REGULATION, "so"), "shapes": (regulation(SHAPES), "b")}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("dialect", [GOOGLE, EXCEL])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_form_laid_out_with_what_was_filled_in_is_read_back_the_same(
    data: st.DataObject, name: str, dialect: Dialect
) -> None:
    rules, group = RULES[name]
    filled = data.draw(filled_in(rules, group))
    order = order_of(rules, group, filled=filled)
    reading = read_back(order, tables_of(lay_out(order, dialect)))
    assert (reading.filled, reading.problems) == (filled, ())


@settings(max_examples=25, deadline=None)
@given(filled_in(REGULATION, "so"), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_says_nothing(filled: Filled, chance: Random) -> None:
    order = order_of(REGULATION, filled=filled)
    tables = tables_of(lay_out(order, GOOGLE))
    for table in tables.values():
        chance.shuffle(table)
    reading = read_back(order, tables)
    assert (reading.filled, reading.problems) == (filled, ())


@pytest.mark.parametrize("name", shipped())
def test_an_empty_form_of_every_shipped_regulation_is_read_as_empty(name: str) -> None:
    rules, _ = load_regulation(name)
    assert rules
    for group in rules.groups:
        order = order_of(rules, group)
        reading = read_back(order, tables_of(lay_out(order, GOOGLE)))
        assert (reading.filled, reading.problems, reading.ticked) == (Filled(), (), False)
