import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaign.ports import Document, Fact, Filled, FormNotes, FormOrder
from forms.dialect import EXCEL, GOOGLE, Dialect
from forms.documents import BLANK_ROWS
from forms.guide import _next
from forms.inputs import Inputs
from forms.layout import lay_out
from forms.outline import outline
from forms.prefill import prefill
from forms.references import References
from forms.sheet import (
    AFTERWARDS,
    DOCUMENTS,
    HIDDEN,
    OFFICES,
    AnyColumn,
    Column,
    Content,
    DocumentColumn,
    Formula,
    Highlight,
    Input,
    Note,
    Row,
    Sample,
    State,
    Style,
    Tab,
)
from scoring import AnnualDate, Answer, AnswerStatus, Late, Question, load_regulation, shipped
from tests.forms.samples import SHAPES, TEXT, order_of, regulation
from words import Text


def form(order: FormOrder, dialect: Dialect = GOOGLE) -> Tab:
    """The first tab."""
    return lay_out(order, dialect).tabs[0]


def documents(order: FormOrder) -> Tab:
    """The second tab."""
    return lay_out(order, GOOGLE).tabs[1]


def row(sheet: Tab, key: str) -> Row:
    (found,) = (each for each in sheet.rows if each.key == key)
    return found


def with_policy(policy: str) -> str:
    """The small regulation with another policy for what does not apply."""
    at = ", at: [tong]" if policy == "rescale" else ""
    return TEXT.replace("{policy: full_marks, clause: Điều 2}", f"{{policy: {policy}, clause: Điều 2{at}}}")


def inputs(sheet: Tab, column: AnyColumn) -> list[str]:
    return [each.key for each in sheet.rows if isinstance(each.cells.get(column), Input)]


def texts(sheet: Tab, style: Style) -> list[Content]:
    return [text for each in sheet.rows if each.style is style for text in each.cells.values()]


def test_the_head_says_whose_form_it_is_until_when_and_how_it_is_submitted() -> None:
    sheet = form(order_of(regulation()))
    assert texts(sheet, Style.TITLE) == ["PHIẾU CUNG CẤP SỐ LIỆU VÀ TỰ CHẤM ĐIỂM – Đánh giá năm 2026"]
    assert [*row(sheet, "deadline").cells.values(), *texts(sheet, Style.LETTER)] == [
        "Đơn vị: Sở Thử nghiệm (Các sở)",
        Note("Hạn nộp: hết ngày 31/10/2026"),
        "Kèm theo Công văn số 123/STT-THU ngày 15/09/2026 (người ký: Nguyễn Văn Thử)",
        "",
    ]


def test_only_the_title_the_progress_and_the_head_of_the_table_stay_in_sight() -> None:
    sheet = form(order_of(regulation()))
    assert [each.key or each.style for each in sheet.rows[: sheet.frozen]] == [
        *(Style.ANCHOR, sheet.rows[1].key, "progress", "live", Style.HEADER),
    ]


def test_the_colours_are_explained_last_years_only_where_there_is_any() -> None:
    legend = [
        "Chỉ điền vào ô có màu; các ô khác đã khóa.",
        Sample("Còn thiếu, cần điền", "missing"),
        Sample("Điền nếu có", "input"),
        Sample("Đã điền", "done"),
        Sample("Cần sửa", "wrong"),
        Sample("Nên xem lại", "unlikely"),
    ]
    assert texts(form(order_of(regulation())), Style.GUIDE)[:6] == legend
    prefilled = order_of(regulation(), previous={"can_bo": 12}, previous_year=2025)
    assert texts(form(prefilled), Style.GUIDE)[:7] == [*legend, Sample("Số liệu năm trước", "last_year")]


def test_a_maximum_has_no_more_decimals_than_it_needs() -> None:
    maxima = [row(form(order_of(regulation())), f"node:{each}").cells[Column.MAXIMUM] for each in ("may", "tap")]
    assert [f"{each:f}" for each in maxima] == ["30", "10"]


def test_what_is_to_be_mended_in_a_row_does_not_repeat_which_row_that_is() -> None:
    what = Text("scoring.value.not_whole", value=1)
    told = Text("forms.in_cell", tab="Phiếu", cell="F24", label="Số cán bộ", what=what)
    noted = form(order_of(regulation(), notes=FormNotes(remarks={"can_bo": (told,)})))
    said = (
        "Ô F24: 1 không phải là số nguyên. Mục này cần số nguyên: hãy kiểm tra lại và ghi số không có phần thập phân."
    )
    assert row(noted, "question:can_bo").cells[Column.REMARK] == Note(said)


def test_what_is_only_unlikely_stands_after_what_is_to_be_mended_and_says_so() -> None:
    wrong, unlikely = Text("campaign.evidence_wanted"), Text("forms.optional")
    noted = form(
        order_of(
            regulation(), notes=FormNotes(remarks={"lua": (wrong,)}, doubts={"lua": (unlikely,), "may": (unlikely,)})
        )
    )
    assert [row(noted, f"node:{each}").cells[Column.REMARK] for each in ("lua", "may")] == [
        Note("Chưa có tài liệu kiểm chứng.\nNên xem lại: Không bắt buộc."),
        Note("Nên xem lại: Không bắt buộc."),
    ]


def test_each_question_of_the_unit_is_answered_in_one_cell_and_no_other_question_is() -> None:
    sheet = form(order_of(regulation()))
    assert inputs(sheet, Column.ANSWER) == [
        *("submit", *(f"fact:{each}" for each in Fact)),
        "question:can_bo",
        "question:may_tinh",
        "question:tuong_lua",
        "question:tap_huan",
        "question:bao_cao",
        "question:kinh_phi",
        "question:chi",
    ]


def test_what_several_indicators_read_is_asked_once_and_they_say_where() -> None:
    sheet = form(order_of(regulation()))
    assert row(sheet, "question:can_bo").cells[Column.NUMBER] == "A1"
    used_by = [each.key for each in sheet.rows if "Dùng số liệu A1." in str(each.cells.get(Column.HOW))]
    assert used_by == ["node:may", "node:tap"]


def test_the_answer_cells_take_what_their_question_takes() -> None:
    sheet = form(order_of(regulation()))
    assert [row(sheet, f"question:{key}").cells[Column.ANSWER] for key in ("may_tinh", "tuong_lua", "bao_cao")] == [
        Input("integer", "Nhập số nguyên. Từ 0 đến 5.000.", minimum=0, maximum=5000),
        Input("choice", "Chọn trong danh sách.", ("Có", "Không")),
        Input("choice", "Chọn trong danh sách.", ("Đúng hạn", "Gửi chậm", "Không gửi")),
    ]


def test_evidence_is_asked_for_where_the_question_expects_it() -> None:
    assert inputs(form(order_of(regulation())), Column.EVIDENCE) == ["question:may_tinh", "question:tuong_lua"]


def test_not_applicable_may_be_claimed_where_the_regulation_lets_it_and_the_unit_declares() -> None:
    sheet = form(order_of(regulation()))
    claimable = ["node:may", "node:lua", "node:tap", "node:bao", "node:tien"]
    assert (inputs(sheet, Column.NOT_APPLICABLE), inputs(sheet, Column.EXPLANATION)) == (claimable, claimable)


def test_every_indicator_that_asks_anything_may_be_explained_also_where_no_claim_can_be_made() -> None:
    sheet = form(order_of(regulation(with_policy("not_allowed"))))
    assert inputs(sheet, Column.EXPLANATION) == ["node:may", "node:lua", "node:tap", "node:bao", "node:tien"]
    shapes = form(order_of(regulation(SHAPES), "b"))
    assert "node:thong_tin" in inputs(shapes, Column.EXPLANATION)
    assert "node:hoi_dong" not in inputs(shapes, Column.EXPLANATION)


def test_a_regulation_without_not_applicable_has_no_word_of_it_on_the_form() -> None:
    sheet = form(order_of(regulation(with_policy("not_allowed"))))
    shown = [text for each in sheet.rows if each.style is not Style.ANCHOR for text in each.cells.values()]
    assert [text for text in shown if isinstance(text, str) and "hông áp dụng" in text] == []
    assert inputs(sheet, Column.NOT_APPLICABLE) == []
    assert sheet.hidden == HIDDEN | AFTERWARDS | {Column.NOT_APPLICABLE, Column.RECEIVED}


@pytest.mark.parametrize(
    ("policy", "consequence"),
    [
        ("full_marks", "tiêu chí được tính điểm tối đa (Điều 2)"),
        ("out", "điểm tối đa của tiêu chí không tính vào thang điểm (Điều 2)"),
        (
            "rescale",
            (
                "điểm tối đa của tiêu chí không tính vào thang điểm, điểm của các tiêu chí còn lại được quy đổi theo "
                "tỷ lệ về thang điểm đầy đủ của “Tổng điểm” (100 điểm) (Điều 2)"
            ),
        ),
    ],
)
def test_the_guide_says_what_becomes_of_an_indicator_that_does_not_apply(policy: str, consequence: str) -> None:
    sheet = form(order_of(regulation(with_policy(policy))))
    assert texts(sheet, Style.GUIDE)[8] == (
        "Không áp dụng: chỉ chọn khi đơn vị không có nhiệm vụ tương ứng với tiêu chí, và phải ghi lý do "
        "ở cột “Giải trình”. Cán bộ thẩm định xem xét đề nghị; nếu chấp nhận thì "
        f"{consequence}."
    )


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (
            "{policy: not_ranked, clause: Điều 4, text: không được xếp hạng}",
            "Nộp muộn hoặc không nộp thì không được xếp hạng (Điều 4).",
        ),
        (
            "{policy: penalty, points: 5, clause: Điều 4, text: bị trừ 5 điểm}",
            "Nộp muộn thì bị trừ 5 điểm (Điều 4); không nộp thì không được đánh giá, xếp hạng.",
        ),
        (
            "{policy: accepted, clause: Điều 4, text: ghi chú, until: {date: 12-15, clause: Điều 4}}",
            (
                "Nộp muộn thì ghi chú (Điều 4); từ ngày 15/12/2026 thì coi như không nộp và không được đánh giá, "
                "xếp hạng."
            ),
        ),
    ],
)
def test_the_guide_says_what_becomes_of_a_late_form(late: str, said: str) -> None:
    text = TEXT.replace("{policy: not_ranked, clause: Điều 4, text: không được xếp hạng}", late)
    guide = texts(form(order_of(regulation(text))), Style.GUIDE)[9]
    assert str(guide).partition("biên nhận có số. ")[2] == said


@pytest.mark.parametrize("has_folder", [True, False])
def test_the_guide_speaks_of_a_folder_only_where_there_is_one(*, has_folder: bool) -> None:
    guide = texts(form(order_of(regulation(TEXT), has_folder=has_folder)), Style.GUIDE)
    assert any("thư mục" in str(line) for line in guide) == has_folder


def test_the_day_on_which_a_late_form_is_no_longer_taken_is_the_next_one_after_the_last_day() -> None:
    assert [_next(AnnualDate(2, 1), day) for day in (date(2026, 1, 15), date(2026, 12, 20))] == [
        *(date(2026, 2, 1), date(2027, 2, 1)),
    ]


@pytest.mark.parametrize("policy", ["full_marks", "out"])
def test_each_line_keeps_the_maximum_that_counts_where_claims_change_it(policy: str) -> None:
    sheet = form(order_of(regulation(with_policy(policy))))
    scales = {each.key: each.cells[Column.SCALE] for each in sheet.rows if Column.SCALE in each.cells and each.key}
    if policy == "full_marks":
        assert scales == {}
    else:
        assert [scales[key] for key in ("node:may", "node:ha_tang", "node:tong")] == [
            Formula('IF(J23="Không áp dụng";0;30)', Decimal("30.00")),
            Formula("SUM(P23;P25)", Decimal("50.00")),
            Formula("SUM(P22;P27;20)", Decimal("100.00")),
        ]


def test_what_depends_on_the_whole_group_is_asked_and_may_be_claimed_not_to_apply_but_has_no_points_yet() -> None:
    sheet = form(order_of(regulation(SHAPES), "b"))
    assert row(sheet, "node:bang_thong").cells == {
        Column.NUMBER: "2",
        Column.LABEL: "Băng thông",
        Column.HOW: "So với đơn vị cao nhất (Điều 1)",
        Column.MAXIMUM: 15,
        Column.EVIDENCE: "Chưa tự chấm được: xác định khi có số liệu của cả nhóm.",
        Column.NOT_APPLICABLE: Input(
            "choice",
            "Chọn “Không áp dụng” nếu đơn vị không có nhiệm vụ tương ứng, rồi ghi lý do ở cột “Giải trình”.",
            ("Không áp dụng",),
        ),
        Column.EXPLANATION: Input(
            "text", "Giải trình thêm nếu cần. Nếu chọn “Không áp dụng” thì bắt buộc ghi lý do ở đây."
        ),
        Column.REMARK: Note(),
        Column.VERIFIED: Note(digits=2),
        Column.VERDICT: Note(),
        Column.SCORE: "–",
    }
    assert Column.ANSWER in row(sheet, "question:bang_thong_mang").cells
    assert row(sheet, "live").cells[Column.NUMBER] == Formula(
        f"I{_places(sheet, 'node:tong')[0]}",
        Decimal("0.0"),
        "Tự chấm đến lúc này: ",
        " / 80 điểm tự chấm được ngay",
        digits=1,
    )


def test_lines_that_are_no_sums_say_what_is_done_with_the_lines_they_are_made_of() -> None:
    sheet = form(order_of(regulation(SHAPES), "a"))
    assert {key: row(sheet, f"node:{key}").cells[Column.HOW] for key in ("phan", "tot_nhat", "chi_so", "tru")} == {
        "phan": "Điều 1",
        "tot_nhat": "Lấy điểm cao nhất trong các mục: 4.1, 4.2 (Điều 1)",
        "chi_so": (
            "Điểm của từng mục chia cho điểm tối đa của mục, nhân với trọng số, cộng lại rồi nhân với 30; "
            "trọng số: mục 5 là 2/3, mục 6 là 1/3 (Điều 1)"
        ),
        "tru": "Cộng điểm các mục: I, Mục trung bình (Điều 1)",
    }
    assert row(sheet, "node:trung_binh").cells[Column.HOW] == "Trung bình cộng điểm các mục: 7, 8 (Điều 1)"


def test_a_bonus_is_said_to_be_outside_the_scale_and_information_to_earn_nothing() -> None:
    sheet = form(order_of(regulation(SHAPES), "a"))
    assert row(sheet, "node:thuong").cells[Column.HOW] == (
        "Mỗi giải 2 điểm (Điều 1)\nCộng, trừ ngoài thang điểm, không tính vào điểm tối đa."
    )
    information = row(sheet, "node:thong_tin").cells
    assert (information[Column.MAXIMUM], information[Column.SCORE]) == (
        "–",
        Formula("ROUND(0;2)", Decimal("0.00"), before="–"),
    )
    assert row(sheet, "question:ghi_chu").cells[Column.HOW] == "Ngắn gọn\nKhông bắt buộc."


def test_the_last_rows_are_claims_total_grade_level_and_the_pillars() -> None:
    knows, waits = (form(order_of(regulation(SHAPES), group)) for group in ("a", "b"))
    assert [each.key for each in knows.rows if each.style is Style.TOTAL] == [
        *("out", "node:tong", "grade", "level", "node:tru"),
    ]
    assert [each.key for each in waits.rows if each.style is Style.TOTAL] == [
        *("out", "node:tong", "grade", "level", "node:tru"),
    ]
    total, index = (f"I{place}" for place in _places(knows, "node:tong", "node:chi_so"))
    assert row(knows, "level").cells[Column.EVIDENCE] == Formula(
        f'IF(AND({total}>=80;{index}>=18);"Mức I";IF(AND({total}>=40);"Mức II";"chưa đạt Mức II"))', "chưa đạt Mức II"
    )
    assert row(knows, "grade").cells[Column.EVIDENCE] == Formula(f'IF({total}>=50;"Đạt";"Chưa đạt")', "Chưa đạt")


@pytest.mark.parametrize("name", shipped())
def test_every_group_of_a_shipped_regulation_has_a_form_that_asks_what_the_unit_declares(name: str) -> None:
    rules, problems = load_regulation(name)
    assert rules, problems
    asked = {
        group: [key for key in inputs(form(order_of(rules, group)), Column.ANSWER) if key.startswith("question:")]
        for group in rules.groups
    }
    declared = {
        group: [f"question:{each.key}" for each in rules.questions_for(group) if each.source == "unit"]
        for group in rules.groups
    }
    assert {group: sorted(keys) for group, keys in asked.items()} == {
        group: sorted(keys) for group, keys in declared.items()
    }


def _places(sheet: Tab, *keys: str) -> list[int]:
    rows = [each.key for each in sheet.rows]
    return [1 + rows.index(key) for key in keys]


def test_what_the_department_observes_stands_there_with_who_gives_it_and_nothing_to_fill_in() -> None:
    observed = row(form(order_of(regulation())), "node:noi_dung")
    assert observed.cells == {
        Column.NUMBER: "3.1",
        Column.LABEL: "Nội dung",
        Column.HOW: "Theo dõi trong năm (Điều 2)",
        Column.MAXIMUM: 20,
        Column.EVIDENCE: "Đơn vị không điền: cơ quan chủ trì đánh giá theo dõi và xác định.",
        Column.SCORE: "–",
        Column.REMARK: Note(),
        Column.VERIFIED: Note(digits=2),
        Column.VERDICT: Note(),
    }


def test_the_live_total_says_how_many_points_it_covers_and_between_which_grades_it_may_end() -> None:
    sheet = form(order_of(regulation()))
    assert row(sheet, "live").cells[Column.NUMBER] == Formula(
        "I37",
        Decimal("0.00"),
        "Tự chấm đến lúc này: ",
        " / 80 điểm tự chấm được ngay",
        digits=2,
    )
    assert row(sheet, "node:tong").cells[Column.HOW] == (
        "Điều 2\nTự chấm trên 80 điểm; chưa tính 20 điểm (cơ quan chủ trì đánh giá theo dõi và xác định)"
    )
    assert row(sheet, "node:tong").cells[Column.VALUE] == Formula(
        "ROUND(SUM(I22;I27;(ROUND((20);2)));2)", Decimal("20.00")
    )
    low, high = (f'IF({cell}>=85;"Tốt";IF({cell}>=125/2;"Khá";"Yếu"))' for cell in ("I37", "O37"))
    assert row(sheet, "grade").cells[Column.EVIDENCE] == Formula(
        f'IF({low}={high};{low};"từ "&{low}&" đến "&{high})', "Yếu"
    )


def test_a_grade_is_named_where_the_unit_declares_everything() -> None:
    sheet = form(order_of(regulation(TEXT.replace("source: department, ", ""))))
    live = row(sheet, "live").cells[Column.NUMBER]
    assert isinstance(live, Formula)
    assert live.after == " / 100 điểm"
    assert row(sheet, "grade").cells[Column.EVIDENCE] == Formula('IF(I38>=85;"Tốt";IF(I38>=125/2;"Khá";"Yếu"))', "Yếu")


def test_a_unit_that_declares_nothing_sees_no_live_total() -> None:
    observed = re.sub("type: (integer|boolean|choice|decimal),", r"type: \1, source: department,", TEXT)
    sheet = form(order_of(regulation(observed.replace("source: department, clause", "clause"))))
    assert row(sheet, "live").cells[Column.NUMBER] == (
        "Điểm chỉ có sau khi thẩm định: 100 điểm (cơ quan chủ trì đánh giá theo dõi và xác định)"
    )
    assert inputs(sheet, Column.ANSWER) == ["submit", *(f"fact:{each}" for each in Fact)]
    assert row(sheet, "progress").cells[Column.NUMBER] == ""
    assert [each.key for each in sheet.rows].count("grade") == 0


def test_what_the_source_does_not_say_is_marked_and_explained_at_the_end() -> None:
    sheet = form(order_of(regulation()))
    marked = [each.key for each in sheet.rows if "(*)" in str(each.cells.get(Column.HOW))]
    assert marked == ["node:lua", "question:tuong_lua"]
    assert texts(sheet, Style.GUIDE)[-3:] == [
        "(*) Văn bản không quy định cụ thể; tạm xác định theo căn cứ sau, cho đến khi có hướng dẫn chính thức:",
        "– 1.2 Tường lửa: văn bản không nêu phụ lục",
        "– Có tường lửa: văn bản không nêu phụ lục",
    ]


def test_formulas_read_the_cells_of_this_form_and_hold_no_decimal_point() -> None:
    sheet = form(order_of(regulation()))
    assert row(sheet, "node:bao").cells[Column.SCORE] == Formula(
        'IF(J30="Không áp dụng";10;ROUND(IF(F31<>"";IF(F31="Đúng hạn";10;IF(F31="Gửi chậm";5/2;0));0);2))',
        Decimal("0.00"),
        digits=2,
    )
    printed = [content.text for each in sheet.rows for content in each.cells.values() if isinstance(content, Formula)]
    bare = [re.sub(r'"[^"]*"', "", text) for text in printed]
    assert [text for text in bare if "." in text or "," in text] == []


def test_a_form_in_english_keeps_the_labels_of_the_regulation() -> None:
    sheet = form(order_of(regulation(), language="en"))
    assert row(sheet, "deadline").cells[Column.ANSWER] == Note("Due: by the end of 31 Oct 2026")
    assert row(sheet, "question:tuong_lua").cells[Column.LABEL] == "Có tường lửa"
    assert row(sheet, "node:lua").cells[Column.SCORE] == Formula(
        'IF(J25="Not applicable";20;ROUND(IF(F26<>"";IF(F26="Yes";20;0);0);2))', Decimal("0.00"), digits=2
    )


def test_a_term_of_the_units_own_stands_beside_the_last_day_of_all() -> None:
    own = replace(order_of(regulation()), term=Text("campaign.term_working_days", n=15))

    assert row(form(own), "deadline").cells[Column.ANSWER] == Note(
        "Hạn nộp: 15 ngày làm việc từ ngày nhận công văn, muộn nhất hết ngày 31/10/2026"
    )


def test_a_last_day_of_the_units_own_stands_in_place_of_the_one_that_was_laid_down() -> None:
    extended = order_of(regulation(), notes=FormNotes(last_day=date(2026, 11, 5)))
    assert row(form(extended), "deadline").cells[Column.ANSWER] == Note("Hạn nộp: hết ngày 05/11/2026")


def test_a_sheet_has_a_box_that_submits_and_a_file_says_where_it_is_sent() -> None:
    sheet, file = (row(form(order_of(regulation()), dialect), "submit") for dialect in (GOOGLE, EXCEL))
    assert sheet.cells == {
        Column.NUMBER: "Nộp phiếu: điền xong thì đánh dấu vào ô bên phải →",
        Column.ANSWER: Input("box", "Đánh dấu khi đã điền xong để nộp phiếu.", value=False),
        Column.UNIT: (
            "Sau khi đánh dấu, @xephang_thu_bot nhắn người đầu mối trên Telegram để xác nhận. "
            "Cũng có thể bấm “Nộp phiếu” ngay trên Telegram."
        ),
    }
    assert file.cells == {
        Column.NUMBER: "Nộp phiếu: điền xong thì lưu lại và gửi chính tệp Excel này (không đổi sang PDF) "
        "cho @xephang_thu_bot trên Telegram"
    }


def test_the_contact_and_the_heads_confirmation_are_told_where_there_are_any() -> None:
    sheet = form(order_of(regulation(), contact="Nguyễn Văn Thử, 0206 3000 000", head_confirms=True))
    assert "Liên hệ, hướng dẫn: Nguyễn Văn Thử, 0206 3000 000" in texts(sheet, Style.LETTER)
    assert [text for text in texts(sheet, Style.GUIDE) if str(text).startswith("Thủ trưởng đơn vị xác nhận: ")] != []
    plain = form(order_of(regulation()))
    assert [text for text in texts(plain, Style.GUIDE) if "Thủ trưởng" in str(text)] == []


FILLED = Filled(
    answers=(
        Answer("can_bo", 15763),
        Answer("tuong_lua", value=True, evidence="Biên bản"),
        Answer("bao_cao", "cham"),
        Answer("tien", status=AnswerStatus.NOT_APPLICABLE, reason="Không có kinh phí"),
    ),
    documents=(
        Document("may_tinh", name="Bảng kê"),
        Document("may_tinh", "12/KH-STT", "Kế hoạch", date(2026, 1, 5)),
        Document("may_tinh", name="anh.png", sha256="ab"),
        Document("khong_con", name="Câu hỏi đã bỏ"),
    ),
    explanations={"bao": "Mất điện"},
    facts={Fact.PHONE: "0206 3000 000"},
)


def test_what_was_filled_in_before_stands_in_its_cells() -> None:
    sheet = form(order_of(regulation(), filled=FILLED))
    values = {
        (each.key, column.value): cell.value
        for each in sheet.rows
        for column, cell in each.cells.items()
        if isinstance(cell, Input) and cell.value
    }
    assert values == {
        ("fact:phone", "answer"): "0206 3000 000",
        ("question:can_bo", "answer"): "15.763",
        ("question:may_tinh", "evidence"): "Bảng kê",
        ("question:tuong_lua", "answer"): "Có",
        ("question:tuong_lua", "evidence"): "Biên bản",
        ("question:bao_cao", "answer"): "Gửi chậm",
        ("node:bao", "explanation"): "Mất điện",
        ("node:tien", "not_applicable"): "Không áp dụng",
        ("node:tien", "explanation"): "Không có kinh phí",
    }


def test_every_formula_stands_with_what_it_comes_to() -> None:
    sheet = form(order_of(regulation(), filled=FILLED))
    scores = {each.key: cell.value for each in sheet.rows if isinstance(cell := each.cells.get(Column.SCORE), Formula)}
    assert scores == {
        "node:ha_tang": Decimal("20.00"),
        "node:may": Decimal("0.00"),
        "node:lua": Decimal("20.00"),
        "node:quan_ly": Decimal("12.50"),
        "node:tap": Decimal("0.00"),
        "node:bao": Decimal("2.50"),
        "node:tien": Decimal("10.00"),
        "node:tong": Decimal("32.50"),
    }
    states = {key: row(sheet, f"question:{key}").cells[Column.STATE] for key in ("can_bo", "may_tinh", "kinh_phi")}
    assert [cell.value for cell in states.values() if isinstance(cell, Formula)] == [1, 0, ""]
    progress, live = row(sheet, "progress").cells[Column.NUMBER], row(sheet, "live").cells[Column.ANSWER]
    assert isinstance(progress, Formula)
    assert isinstance(live, Formula)
    assert (progress.value, live.value) == (
        "Đã điền 5/7 mục bắt buộc",
        "Xếp loại theo điểm tự chấm: Yếu",
    )


def test_an_answer_that_its_question_does_not_allow_is_none() -> None:
    sheet = form(order_of(regulation(), filled=Filled((Answer("can_bo", 0),))))
    state = row(sheet, "question:can_bo").cells[Column.STATE]
    assert isinstance(state, Formula)
    assert state.value == State.REFUSED


def test_a_day_that_was_filled_in_is_written_as_people_write_it() -> None:
    filled = Filled((Answer("ngay_lap", date(2009, 3, 1)),))
    cell = row(form(order_of(regulation(SHAPES), "a", filled=filled)), "question:ngay_lap").cells[Column.ANSWER]
    assert isinstance(cell, Input)
    assert cell.value == "01/03/2009"


def test_no_form_refers_to_what_only_the_assessment_knows() -> None:
    references = References(regulation(), frozenset(), "vi", GOOGLE, {})
    with pytest.raises(LookupError, match="No unit knows Late"):
        references.cell(Late())


PREVIOUS = {"can_bo": 41, "bao_cao": "dung_han", "may_tinh": 6000, "kinh_phi": Decimal("1234.5"), "khong_con": 1}


def test_last_years_values_stand_where_nothing_was_filled_in_and_are_marked() -> None:
    order = order_of(regulation(), filled=FILLED, previous=PREVIOUS, previous_year=2025)
    sheet = form(order)
    marked = {
        each.key: cell.value
        for each in sheet.rows
        if isinstance(cell := each.cells.get(Column.ANSWER), Input) and cell.from_last_year
    }
    # What was filled in stays, and 6000 is more than the question allows now.
    assert marked == {"question:kinh_phi": "1.234,5"}
    cell = row(sheet, "question:kinh_phi").cells[Column.ANSWER]
    assert isinstance(cell, Input)
    assert cell.hint == (
        "Nhập số, dấu phẩy cho phần thập phân. Từ 1 trở lên. "
        "Số liệu năm trước (2025): 1.234,5. Hãy xem lại và sửa nếu đã thay đổi."
    )
    (place,) = _places(sheet, "question:kinh_phi")
    assert sheet.highlights[0] == Highlight(Column.ANSWER, place - 1, place - 1, f'$F{place}="1.234,5"', "last_year")
    assert [text for text in texts(sheet, Style.GUIDE) if "năm trước (2025)" in str(text)] != []


def test_a_day_of_last_year_is_recognised_as_a_date_and_as_text() -> None:
    order = order_of(regulation(SHAPES), "a", previous={"ngay_lap": date(2009, 3, 1)}, previous_year=2025)
    (light,) = (each for each in form(order).highlights if each.look == "last_year")
    cell = f"$F{light.first + 1}"
    assert light.formula == f'OR({cell}="01/03/2009";{cell}=DATE(2009;3;1))'


def test_answers_light_up_by_their_state_and_claims_without_a_reason() -> None:
    sheet = form(order_of(regulation()))
    first, last = _places(sheet, "question:can_bo", "question:chi")
    may, tien = _places(sheet, "node:may", "node:tien")
    assert sheet.highlights == (
        Highlight(Column.ANSWER, first - 1, last - 1, f"AND(ISNUMBER($Q{first});$Q{first}=0)", "missing"),
        Highlight(Column.ANSWER, first - 1, last - 1, f"AND(ISNUMBER($Q{first});$Q{first}>=3)", "wrong"),
        Highlight(Column.ANSWER, first - 1, last - 1, f"AND(ISNUMBER($Q{first});$Q{first}>=1)", "done"),
        Highlight(Column.ANSWER, first - 1, last - 1, f"AND(ISNUMBER($Q{first});$Q{first}<0)", "unlikely"),
        Highlight(
            Column.REMARK, first - 1, last - 1, f'AND(ISNUMBER($Q{first});$Q{first}<0;$L{first}<>"")', "unlikely"
        ),
        Highlight(Column.EVIDENCE, first - 1, last - 1, f"OR($Q{first}=2;$Q{first}=-2)", "missing"),
        Highlight(Column.EXPLANATION, may - 1, tien - 1, f'AND($J{may}<>"";TRIM($K{may})="")', "missing"),
    )


def test_what_the_office_notes_stands_beside_the_answers_and_the_verification_is_shown_once_there_is_one() -> None:
    notes = FormNotes(
        status=Text("forms.last_day", day=date(2026, 11, 5)),
        remarks={"may_tinh": (Text("forms.reason_missing"), Text("forms.optional")), "lua": (Text("forms.optional"),)},
        verified={"lua": Decimal("12.5"), "tong": Decimal(40)},
        verdicts={"may_tinh": "Thiếu bảng kê"},
        received={"may_tinh": ("1.1a Bảng kê.pdf",)},
    )
    sheet = form(order_of(regulation(), notes=notes))
    assert row(sheet, "status").cells == {Column.NUMBER: Note("Hạn nộp: hết ngày 05/11/2026")}
    assert row(sheet, "node:lua").cells[Column.REMARK] == Note("Không bắt buộc.")
    assert row(sheet, "node:lua").cells[Column.VERIFIED] == Note(digits=2, amount=Decimal("12.5"))
    assert row(sheet, "node:tong").cells[Column.VERIFIED] == Note(digits=2, amount=Decimal(40))
    asked = row(sheet, "question:may_tinh").cells
    assert (asked[Column.REMARK], asked[Column.VERDICT], asked[Column.RECEIVED]) == (
        Note("đã chọn “Không áp dụng” nhưng chưa ghi lý do. Hãy ghi lý do vào ô này, hoặc bỏ chọn.\nKhông bắt buộc."),
        Note("Thiếu bảng kê"),
        Note("1.1a Bảng kê.pdf"),
    )
    assert (sheet.hidden, form(order_of(regulation())).hidden) == (HIDDEN, HIDDEN | AFTERWARDS | {Column.RECEIVED})
    settled = form(order_of(regulation(), notes=replace(notes, remarks={})))
    assert settled.hidden == HIDDEN | {Column.REMARK}
    (header,) = (each for each in sheet.rows if each.style is Style.HEADER)
    assert header.cells.keys() >= OFFICES


def test_of_many_files_for_one_question_the_first_are_named_and_the_others_counted() -> None:
    seven = {"may_tinh": tuple(f"1.1a Bảng kê {number}.pdf" for number in range(1, 8))}
    said = row(form(order_of(regulation(), notes=FormNotes(received=seven))), "question:may_tinh").cells
    listed = "1.1a Bảng kê 1.pdf\n1.1a Bảng kê 2.pdf\n1.1a Bảng kê 3.pdf\n1.1a Bảng kê 4.pdf\n1.1a Bảng kê 5.pdf"
    assert said[Column.RECEIVED] == Note(f"{listed}\nvà 2 tệp khác")


def test_the_second_tab_lists_what_is_known_and_has_room_for_more() -> None:
    tab = documents(order_of(regulation(), filled=FILLED))
    assert (tab.id, tab.title, tab.columns, tab.hidden) == (
        *(DOCUMENTS, "Tài liệu kiểm chứng", tuple(DocumentColumn)),
        frozenset({DocumentColumn.KEY}),
    )
    known, *blank = tab.rows[tab.frozen :]
    values = {column: cell.value for column, cell in known.cells.items() if isinstance(cell, Input)}
    assert values == {
        DocumentColumn.QUESTION: "1.1a – Số cán bộ có máy tính",
        DocumentColumn.NUMBER: "12/KH-STT",
        DocumentColumn.NAME: "Kế hoạch",
        DocumentColumn.DAY: "05/01/2026",
        DocumentColumn.LINK: "",
    }
    assert len(blank) == BLANK_ROWS
    choice = blank[0].cells[DocumentColumn.QUESTION]
    assert isinstance(choice, Input)
    assert choice.options == (
        "A1 – Tổng số cán bộ",
        "1.1a – Số cán bộ có máy tính",
        "1.2a – Có tường lửa",
        "2.1a – Số cán bộ được tập huấn",
        "2.2a – Gửi báo cáo năm",
        "2.3a – Kinh phí",
        "2.3b – Đã chi",
    )


@pytest.mark.parametrize("name", shipped())
def test_the_questions_stand_in_the_order_of_their_rows_and_so_does_the_list_that_documents_are_for(name: str) -> None:
    loaded, _ = load_regulation(name)
    assert loaded
    for group in loaded.groups:
        order = order_of(loaded, group)
        rows = [each.key for each in form(order).rows if each.key.startswith("question:")]
        lines = outline(loaded, group)
        assert [f"question:{each.key}" for each in lines.questions] == rows
        choice = documents(order).rows[-1].cells[DocumentColumn.QUESTION]
        assert isinstance(choice, Input)
        assert [each.partition(" ")[0] for each in choice.options] == list(lines.numbers.values())


def test_a_long_label_is_cut_in_the_list_of_questions() -> None:
    long = TEXT.replace("label: Có tường lửa", f"label: Có {'rất ' * 30}nhiều tường lửa")
    choice = documents(order_of(regulation(long))).rows[-1].cells[DocumentColumn.QUESTION]
    assert isinstance(choice, Input)
    assert choice.options[2] == f"1.2a – Có {'rất ' * 14}rất…"


def test_a_row_of_the_list_that_says_too_little_lights_up() -> None:
    tab = documents(order_of(regulation()))
    assert [(each.column, each.first, each.last, each.look) for each in tab.highlights] == [
        (DocumentColumn.QUESTION, 4, 83, "missing"),
        (DocumentColumn.NAME, 4, 83, "missing"),
        (DocumentColumn.LINK, 4, 83, "wrong"),
    ]
    assert tab.highlights[0].formula == 'AND($B5="";$C5&$D5&$E5&$F5<>"")'


@pytest.mark.parametrize("name", [*shipped(), "shapes"])
def test_formulas_for_excel_part_their_arguments_by_commas_and_use_only_what_every_excel_has(name: str) -> None:
    rules, problems = (regulation(SHAPES), ()) if name == "shapes" else load_regulation(name)
    assert rules, problems
    for group in rules.groups:
        book = lay_out(order_of(rules, group), EXCEL)
        cells = [cell for tab in book.tabs for each in tab.rows for cell in each.cells.values()]
        printed = [cell.text for cell in cells if isinstance(cell, Formula)]
        printed += [light.formula for tab in book.tabs for light in tab.highlights]
        bare = [re.sub(r'"[^"]*"', "", text) for text in printed]
        assert {function for text in bare for function in re.findall(r"([A-Z]+)\(", text)} <= EVERYWHERE
        assert [text for text in bare if ";" in text] == []
        assert max(map(len, printed)) < MOST_LETTERS


EVERYWHERE = {
    *("AND", "OR", "NOT", "IF", "IFERROR", "ISNUMBER", "INT", "N", "MOD", "SUM", "MIN", "MAX", "ROUND", "ROUNDDOWN"),
    *(
        "ABS",
        "SUMIF",
        "COUNTIF",
        "COUNTIFS",
        "TRIM",
        "LEFT",
        "RIGHT",
        "MID",
        "LEN",
        "FIND",
        "EXACT",
        "SUBSTITUTE",
        "REPT",
        "VALUE",
    ),
    *("DATE", "DAY", "MONTH"),
}
"""Functions that every Excel since 2007 has, and that LibreOffice computes alike; none of them is volatile."""

MOST_LETTERS = 8192
"""Excel takes no longer formula."""


@pytest.mark.parametrize(
    ("minimum", "maximum", "hint"),
    [
        (1, None, "Từ 1 trở lên."),
        (0, 5000, "Từ 0 đến 5.000."),
        (None, Decimal("8.5"), "Không quá 8,5."),
    ],
)
def test_a_number_cell_says_its_bounds(minimum: int | None, maximum: int | Decimal | None, hint: str) -> None:
    order = order_of(regulation())
    given = Inputs("vi", prefill(order, outline(order.regulation, order.group)))
    cell = given.answer(Question("ty_le", "Tỷ lệ", "decimal", minimum=minimum, maximum=maximum))
    told = f"Nhập số, dấu phẩy cho phần thập phân. {hint}"
    assert cell == Input("decimal", told, minimum=minimum, maximum=maximum)
