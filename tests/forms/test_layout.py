import re

from forms.layout import lay_out
from forms.sheet import Column, Content, Formula, Input, Row, Sheet, Style
from tests.forms.samples import TEXT, order_of, regulation


def row(sheet: Sheet, key: str) -> Row:
    (found,) = (each for each in sheet.rows if each.key == key)
    return found


def inputs(sheet: Sheet, column: Column) -> list[str]:
    return [each.key for each in sheet.rows if isinstance(each.cells.get(column), Input)]


def texts(sheet: Sheet, style: Style) -> list[Content]:
    return [text for each in sheet.rows if each.style is style for text in each.cells.values()]


def test_the_head_says_whose_form_it_is_until_when_and_how_it_is_submitted() -> None:
    sheet = lay_out(order_of(regulation()))
    assert texts(sheet, Style.TITLE) == ["PHIẾU CUNG CẤP SỐ LIỆU VÀ TỰ CHẤM ĐIỂM – Đánh giá năm 2026"]
    assert texts(sheet, Style.FACT)[:4] == [
        "Đơn vị: Sở Thử nghiệm (Các sở)",
        "Hạn nộp: hết ngày 31/10/2026",
        "Kèm theo Công văn số 123/STT-THU ngày 15/09/2026 (người ký: Nguyễn Văn Thử)",
        "Nộp phiếu: mở Telegram, tìm @xephang_thu_bot, bấm “Nộp phiếu”",
    ]
    assert [each.style for each in sheet.rows[: sheet.frozen]][-1] is Style.HEADER


def test_each_question_of_the_unit_is_answered_in_one_cell_and_no_other_question_is() -> None:
    sheet = lay_out(order_of(regulation()))
    assert inputs(sheet, Column.ANSWER) == [
        "question:can_bo",
        "question:may_tinh",
        "question:tuong_lua",
        "question:tap_huan",
        "question:bao_cao",
        "question:kinh_phi",
        "question:chi",
    ]


def test_what_several_indicators_read_is_asked_once_and_they_say_where() -> None:
    sheet = lay_out(order_of(regulation()))
    assert row(sheet, "question:can_bo").cells[Column.NUMBER] == "A1"
    used_by = [each.key for each in sheet.rows if "Dùng số liệu A1." in str(each.cells.get(Column.HOW))]
    assert used_by == ["node:may", "node:tap"]


def test_the_answer_cells_take_what_their_question_takes() -> None:
    sheet = lay_out(order_of(regulation()))
    assert [row(sheet, f"question:{key}").cells[Column.ANSWER] for key in ("may_tinh", "tuong_lua", "bao_cao")] == [
        Input("integer", "Nhập số nguyên. Từ 0 đến 5.000.", minimum=0, maximum=5000),
        Input("choice", "Chọn trong danh sách.", ("Có", "Không")),
        Input("choice", "Chọn trong danh sách.", ("Đúng hạn", "Gửi chậm", "Không gửi")),
    ]


def test_evidence_is_asked_for_where_the_question_expects_it() -> None:
    assert inputs(lay_out(order_of(regulation())), Column.EVIDENCE) == ["question:may_tinh", "question:tuong_lua"]


def test_not_applicable_may_be_claimed_where_the_regulation_lets_it_and_the_unit_declares() -> None:
    sheet = lay_out(order_of(regulation()))
    claimable = ["node:may", "node:lua", "node:tap", "node:bao", "node:tien"]
    assert (inputs(sheet, Column.NOT_APPLICABLE), inputs(sheet, Column.REASON)) == (claimable, claimable)


def test_a_regulation_without_not_applicable_has_no_word_of_it_on_the_form() -> None:
    without = TEXT.replace("{policy: full_marks, clause: Điều 2}", "{policy: not_allowed, clause: Điều 2}")
    sheet = lay_out(order_of(regulation(without)))
    shown = [text for each in sheet.rows if each.style is not Style.ANCHOR for text in each.cells.values()]
    assert [text for text in shown if isinstance(text, str) and "hông áp dụng" in text] == []
    assert inputs(sheet, Column.NOT_APPLICABLE) == []


def test_what_the_department_observes_stands_there_with_who_gives_it_and_nothing_to_fill_in() -> None:
    observed = row(lay_out(order_of(regulation())), "node:noi_dung")
    assert observed.cells == {
        Column.NUMBER: "3.1",
        Column.LABEL: "Nội dung",
        Column.HOW: "Theo dõi trong năm (Điều 2)",
        Column.MAXIMUM: 20,
        Column.EVIDENCE: "Đơn vị không điền: cơ quan chủ trì đánh giá theo dõi và xác định.",
        Column.SCORE: "–",
    }


def test_the_live_total_says_how_many_points_it_covers_and_claims_no_grade() -> None:
    sheet = lay_out(order_of(regulation()))
    assert row(sheet, "live").cells[Column.NUMBER] == Formula(
        "I29",
        "Tự chấm đến lúc này: ",
        " / 80 điểm; chưa tính 20 điểm (cơ quan chủ trì đánh giá theo dõi và xác định)",
    )
    assert row(sheet, "node:tong").cells[Column.HOW] == (
        "Tự chấm trên 80 điểm; chưa tính 20 điểm (cơ quan chủ trì đánh giá theo dõi và xác định)"
    )
    assert [each.key for each in sheet.rows].count("grade") == 0


def test_a_grade_is_named_where_the_unit_declares_everything() -> None:
    sheet = lay_out(order_of(regulation(TEXT.replace("source: department, ", ""))))
    live = row(sheet, "live").cells[Column.NUMBER]
    assert isinstance(live, Formula)
    assert live.after == " / 100 điểm"
    assert row(sheet, "grade").cells[Column.SCORE] == Formula('IF(I30>=85;"Tốt";IF(I30>=125/2;"Khá";"Yếu"))')


def test_a_unit_that_declares_nothing_sees_no_live_total() -> None:
    observed = re.sub("type: (integer|boolean|choice|decimal),", r"type: \1, source: department,", TEXT)
    sheet = lay_out(order_of(regulation(observed.replace("source: department, clause", "clause"))))
    assert row(sheet, "live").cells[Column.NUMBER] == (
        "Điểm chỉ có sau khi thẩm định: 100 điểm (cơ quan chủ trì đánh giá theo dõi và xác định)"
    )
    assert inputs(sheet, Column.ANSWER) == []


def test_what_the_source_does_not_say_is_marked_and_explained_at_the_end() -> None:
    sheet = lay_out(order_of(regulation()))
    marked = [each.key for each in sheet.rows if "(*)" in str(each.cells.get(Column.HOW))]
    assert marked == ["node:lua", "question:tuong_lua"]
    assert texts(sheet, Style.GUIDE)[-3:] == [
        "(*) Văn bản không quy định cụ thể; tạm xác định theo căn cứ sau, cho đến khi có hướng dẫn chính thức:",
        "– 1.2 Tường lửa: văn bản không nêu phụ lục",
        "– Có tường lửa: văn bản không nêu phụ lục",
    ]


def test_formulas_read_the_cells_of_this_form_and_hold_no_decimal_point() -> None:
    sheet = lay_out(order_of(regulation()))
    assert row(sheet, "node:bao").cells[Column.SCORE] == Formula(
        'IF(J22<>"";E22;ROUND(IF(F23<>"";IF(F23="Đúng hạn";10;IF(F23="Gửi chậm";5/2;0));0);2))'
    )
    printed = [content.text for each in sheet.rows for content in each.cells.values() if isinstance(content, Formula)]
    bare = [re.sub(r'"[^"]*"', "", text) for text in printed]
    assert [text for text in bare if "." in text or "," in text] == []


def test_a_form_in_english_keeps_the_labels_of_the_regulation() -> None:
    sheet = lay_out(order_of(regulation(), language="en"))
    assert texts(sheet, Style.FACT)[1] == "Due: by the end of 31 Oct 2026"
    assert row(sheet, "question:tuong_lua").cells[Column.LABEL] == "Có tường lửa"
    assert row(sheet, "node:lua").cells[Column.SCORE] == Formula(
        'IF(J17<>"";E17;ROUND(IF(F18<>"";IF(F18="Yes";20;0);0);2))'
    )
