import re
from dataclasses import replace
from datetime import date

import pytest

from forms.guide import _next
from forms.inputs import Inputs
from forms.layout import lay_out
from forms.sheet import HIDDEN, Column, Content, Formula, Input, Row, Sheet, Style
from scoring import AnnualDate, load_regulation, shipped
from tests.forms.samples import SHAPES, TEXT, order_of, regulation
from words import Text


def row(sheet: Sheet, key: str) -> Row:
    (found,) = (each for each in sheet.rows if each.key == key)
    return found


def with_policy(policy: str) -> str:
    """The small regulation with another policy for what does not apply."""
    at = ", at: [tong]" if policy == "rescale" else ""
    return TEXT.replace("{policy: full_marks, clause: Điều 2}", f"{{policy: {policy}, clause: Điều 2{at}}}")


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
    sheet = lay_out(order_of(regulation(with_policy("not_allowed"))))
    shown = [text for each in sheet.rows if each.style is not Style.ANCHOR for text in each.cells.values()]
    assert [text for text in shown if isinstance(text, str) and "hông áp dụng" in text] == []
    assert inputs(sheet, Column.NOT_APPLICABLE) == []
    assert sheet.hidden == HIDDEN | {Column.NOT_APPLICABLE, Column.REASON}


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
    sheet = lay_out(order_of(regulation(with_policy(policy))))
    assert texts(sheet, Style.GUIDE)[3] == (
        "Không áp dụng: chỉ chọn khi đơn vị không có nhiệm vụ tương ứng với tiêu chí, và phải ghi lý do. "
        "Đây là đề nghị của đơn vị; cán bộ thẩm định chấp nhận hoặc không chấp nhận. "
        f"Nếu được chấp nhận thì {consequence}."
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
    guide = texts(lay_out(order_of(regulation(text))), Style.GUIDE)[4]
    assert str(guide).partition("biên nhận có số. ")[2] == said


def test_the_day_on_which_a_late_form_is_no_longer_taken_is_the_next_one_after_the_last_day() -> None:
    assert [_next(AnnualDate(2, 1), day) for day in (date(2026, 1, 15), date(2026, 12, 20))] == [
        *(date(2026, 2, 1), date(2027, 2, 1)),
    ]


@pytest.mark.parametrize("policy", ["full_marks", "out"])
def test_each_line_keeps_the_maximum_that_counts_where_claims_change_it(policy: str) -> None:
    sheet = lay_out(order_of(regulation(with_policy(policy))))
    scales = {each.key: each.cells[Column.SCALE] for each in sheet.rows if Column.SCALE in each.cells and each.key}
    if policy == "full_marks":
        assert scales == {}
    else:
        assert [scales[key] for key in ("node:may", "node:ha_tang", "node:tong")] == [
            Formula('IF(J15<>"";0;30)'),
            Formula("SUM(M15;M17)"),
            Formula("SUM(M14;M19;20)"),
        ]


def test_what_depends_on_the_whole_group_is_asked_and_may_be_claimed_not_to_apply_but_has_no_points_yet() -> None:
    sheet = lay_out(order_of(regulation(SHAPES), "b"))
    assert row(sheet, "node:bang_thong").cells == {
        Column.NUMBER: "2",
        Column.LABEL: "Băng thông",
        Column.HOW: "So với đơn vị cao nhất (Điều 1)",
        Column.MAXIMUM: 15,
        Column.EVIDENCE: "Chưa tự chấm được: xác định khi có số liệu của cả nhóm.",
        Column.NOT_APPLICABLE: Inputs("vi").not_applicable(),
        Column.REASON: Input("text"),
        Column.SCORE: "–",
    }
    assert Column.ANSWER in row(sheet, "question:bang_thong_mang").cells
    assert row(sheet, "live").cells[Column.NUMBER] == Formula(
        row(sheet, "live").cells[Column.NUMBER].text,  # type: ignore[union-attr] # a formula, as is said here
        "Tự chấm đến lúc này: ",
        " / 80 điểm; chưa tính 15 điểm (xác định khi có số liệu của cả nhóm), 5 điểm (hội đồng đánh giá xác định)",
        digits=1,
    )


def test_lines_that_are_no_sums_say_what_is_done_with_the_lines_they_are_made_of() -> None:
    sheet = lay_out(order_of(regulation(SHAPES), "a"))
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
    sheet = lay_out(order_of(regulation(SHAPES), "a"))
    assert row(sheet, "node:thuong").cells[Column.HOW] == (
        "Mỗi giải 2 điểm (Điều 1)\nCộng, trừ ngoài thang điểm, không tính vào điểm tối đa."
    )
    information = row(sheet, "node:thong_tin").cells
    assert (information[Column.MAXIMUM], information[Column.SCORE]) == ("–", Formula("ROUND(0;2)", before="–"))
    assert row(sheet, "question:ghi_chu").cells[Column.HOW] == "Ngắn gọn\nKhông bắt buộc."


def test_the_last_rows_are_claims_total_grade_level_and_the_pillars_which_know_everything_or_say_nothing() -> None:
    knows, waits = (lay_out(order_of(regulation(SHAPES), group)) for group in ("a", "b"))
    assert [each.key for each in knows.rows if each.style is Style.TOTAL] == [
        *("out", "node:tong", "grade", "level", "node:tru"),
    ]
    assert [each.key for each in waits.rows if each.style is Style.TOTAL] == ["out", "node:tong", "node:tru"]
    total, index = (f"I{place}" for place in _places(knows, "node:tong", "node:chi_so"))
    assert row(knows, "level").cells[Column.EVIDENCE] == Formula(
        f'IF(AND({total}>=80;{index}>=18);"Mức I";IF(AND({total}>=40);"Mức II";"chưa đạt Mức II"))'
    )
    assert row(knows, "grade").cells[Column.EVIDENCE] == Formula(f'IF({total}>=50;"Đạt";"Chưa đạt")')


@pytest.mark.parametrize("name", shipped())
def test_every_group_of_a_shipped_regulation_has_a_form_that_asks_what_the_unit_declares(name: str) -> None:
    rules, problems = load_regulation(name)
    assert rules, problems
    asked = {group: inputs(lay_out(order_of(rules, group)), Column.ANSWER) for group in rules.groups}
    declared = {
        group: [f"question:{each.key}" for each in rules.questions_for(group) if each.source == "unit"]
        for group in rules.groups
    }
    assert {group: sorted(keys) for group, keys in asked.items()} == {
        group: sorted(keys) for group, keys in declared.items()
    }


def _places(sheet: Sheet, *keys: str) -> list[int]:
    rows = [each.key for each in sheet.rows]
    return [1 + rows.index(key) for key in keys]


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
        digits=2,
    )
    assert row(sheet, "node:tong").cells[Column.HOW] == (
        "Điều 2\nTự chấm trên 80 điểm; chưa tính 20 điểm (cơ quan chủ trì đánh giá theo dõi và xác định)"
    )
    assert [each.key for each in sheet.rows].count("grade") == 0


def test_a_grade_is_named_where_the_unit_declares_everything() -> None:
    sheet = lay_out(order_of(regulation(TEXT.replace("source: department, ", ""))))
    live = row(sheet, "live").cells[Column.NUMBER]
    assert isinstance(live, Formula)
    assert live.after == " / 100 điểm"
    assert row(sheet, "grade").cells[Column.EVIDENCE] == Formula('IF(I30>=85;"Tốt";IF(I30>=125/2;"Khá";"Yếu"))')


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
        'IF(J22<>"";10;ROUND(IF(F23<>"";IF(F23="Đúng hạn";10;IF(F23="Gửi chậm";5/2;0));0);2))', digits=2
    )
    printed = [content.text for each in sheet.rows for content in each.cells.values() if isinstance(content, Formula)]
    bare = [re.sub(r'"[^"]*"', "", text) for text in printed]
    assert [text for text in bare if "." in text or "," in text] == []


def test_a_form_in_english_keeps_the_labels_of_the_regulation() -> None:
    sheet = lay_out(order_of(regulation(), language="en"))
    assert texts(sheet, Style.FACT)[1] == "Due: by the end of 31 Oct 2026"
    assert row(sheet, "question:tuong_lua").cells[Column.LABEL] == "Có tường lửa"
    assert row(sheet, "node:lua").cells[Column.SCORE] == Formula(
        'IF(J17<>"";20;ROUND(IF(F18<>"";IF(F18="Yes";20;0);0);2))', digits=2
    )


def test_a_term_of_the_units_own_stands_beside_the_last_day_of_all() -> None:
    own = replace(order_of(regulation()), term=Text("campaign.term_working_days", n=15))

    said = [cell for row in lay_out(own).rows for cell in row.cells.values() if "Hạn nộp" in str(cell)]

    assert said == ["Hạn nộp: 15 ngày làm việc từ ngày nhận công văn, muộn nhất hết ngày 31/10/2026"]
