"""The submitted form as a Word file to be signed."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from campaign.ports import Fact, Filled
from reports.official_page import printable
from reports.signed_copy import DOCX, signed_copy
from reports.submitted_lines import Row, SignedForm, rows_of
from scoring import Answer, AnswerStatus, Regulation, load_regulation, parse_regulation, shipped

AT = datetime(2026, 10, 20, 7, 5, tzinfo=UTC).astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
SHA256 = "0123456789abcdef" * 4


def small_regulation(*amendments: tuple[str, str]) -> Regulation:
    text = (Path(__file__).parents[1] / "bot" / "quy-dinh-mau.yaml").read_text("utf-8")
    for before, after in amendments:
        assert before in text, before
        text = text.replace(before, after)
    regulation, problems = parse_regulation(text, "quy-dinh-mau.yaml")
    assert regulation, problems
    return regulation


ANSWERS = (
    Answer("can_bo", 40, evidence="Báo cáo số 1; a.pdf"),
    Answer("may_tinh", 30),
    Answer("mot_cua", value=True),
)


def form(*answers: Answer, regulation: Regulation | None = None, **given: Any) -> SignedForm:  # noqa: ANN401 - any field
    regulation = regulation or small_regulation()
    filled = Filled(answers or ANSWERS, explanations=given.pop("explanations", {}), facts=given.pop("facts", {}))
    whole = SignedForm(
        title="Đánh giá mẫu 2026",
        letter="15/UBND-MAU",
        letter_day=date(2026, 9, 10),
        unit="Sở Tài chính Mẫu",
        group=next(iter(regulation.groups)),
        number=2,
        receipt="2026-0001-2",
        at=AT,
        sha256=SHA256,
        file_name="phieu-ky-stc-2.docx",
        regulation=regulation,
        filled=filled,
    )
    return replace(whole, **given)


def opened(form: SignedForm) -> Any:  # noqa: ANN401 - python-docx has no types
    return Document(io.BytesIO(signed_copy(form).content))


def paragraphs(form: SignedForm) -> list[str]:
    return [each.text for each in opened(form).paragraphs if each.text]


def test_the_rows_hold_every_line_and_every_answer_and_end_with_the_total() -> None:
    assert list(rows_of(form(explanations={"ti_le_may": "Máy cũ đã thanh lý"}))) == [
        Row(("1", "Hạ tầng kỹ thuật", "40,00", "", "30,00", "", ""), bold=True),
        Row(("1.1", "Tỉ lệ máy tính trên cán bộ", "40,00", "", "30,00", "", "Máy cũ đã thanh lý")),
        Row(("1.1a", "Số cán bộ", "", "40 người", "", "Báo cáo số 1; a.pdf", ""), below=True),
        Row(("1.1b", "Số máy tính", "", "30 máy tính", "", "", ""), below=True),
        Row(("2", "Ứng dụng", "60,00", "", "60,00", "", ""), bold=True),
        Row(("2.1", "Phần mềm một cửa", "60,00", "", "60,00", "", "")),
        Row(("2.1a", "Có phần mềm một cửa", "", "Có", "", "", ""), below=True),
        Row(("", "TỔNG ĐIỂM", "100,00", "", "90,00", "", ""), bold=True),
    ]


def test_what_is_claimed_not_to_apply_says_so_with_its_reason() -> None:
    claim = Answer("phan_mem", status=AnswerStatus.NOT_APPLICABLE, reason="Không có thủ tục hành chính")
    rows = list(rows_of(form(claim, *ANSWERS[:2])))
    assert rows[5].cells == (
        "2.1",
        "Phần mềm một cửa",
        "60,00",
        "Không áp dụng",
        rows[5].cells[4],
        "",
        "Không có thủ tục hành chính",
    )
    assert rows[6].cells[1] == "TỔNG ĐIỂM"


def test_it_says_which_revision_it_is_and_what_it_scores() -> None:
    assert paragraphs(form(facts={Fact.PERSON: "Trần Thị Hoa Mẫu", Fact.ADDRESS: ""})) == [
        "PHIẾU SỐ LIỆU VÀ KẾT QUẢ TỰ CHẤM ĐIỂM",
        "Đánh giá mẫu 2026",
        (
            "Thực hiện Công văn số 15/UBND-MAU ngày 10/09/2026, Sở Tài chính Mẫu báo cáo số liệu và kết quả tự chấm "
            "điểm như sau:"
        ),
        "Người lập phiếu: Trần Thị Hoa Mẫu",
        "Tổng điểm tự chấm: 90,00/100,00 điểm.",
        "Xếp loại theo điểm tự chấm: Tốt.",
        "Phiếu này là bản nộp lần 2, nộp lúc 14:05 20/10/2026, biên nhận số 2026-0001-2.",
        f"Mã kiểm tra (SHA-256): {SHA256}./.",
    ]


def test_where_points_come_later_it_says_between_which_grades_it_lies() -> None:
    observed = ("mot_cua: {label: Có phần mềm một cửa,", "mot_cua: {source: officer, label: Có phần mềm một cửa,")
    later = form(*ANSWERS[:2], regulation=small_regulation(observed))
    assert paragraphs(later)[3:6] == [
        "Tổng điểm tự chấm: 30,00/100,00 điểm.",
        "Tiêu chí ghi (*) (tổng cộng 60,00 điểm) chỉ xác định được điểm khi thẩm định.",
        ("Xếp loại theo điểm tự chấm: từ Dưới trung bình đến Tốt, tùy theo số điểm được xác định khi thẩm định."),
    ]
    assert [row.cells[4] for row in rows_of(later)] == ["30,00", "30,00", "", "", "(*)", "(*)", "30,00"]


def test_the_page_is_what_the_decree_wants() -> None:
    document = opened(form())
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (20, 20)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.first_page_header.paragraphs[0].text == ""
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_the_head_names_unit_and_state_and_leaves_number_place_and_day_blank() -> None:
    head, table, signature = opened(form()).tables
    texts = [[each.text for each in cell.paragraphs if each.text] for row in head.rows for cell in row.cells]
    assert texts == [
        ["SỞ TÀI CHÍNH MẪU"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ["Số:         /"],
        ["....................., ngày ...... tháng ...... năm 2026"],
    ]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    assert [each.text for each in signature.rows[0].cells[1].paragraphs] == [
        "THỦ TRƯỞNG ĐƠN VỊ",
        "(Ký, ghi rõ họ tên, đóng dấu)",
    ]


def test_the_same_submission_gives_the_same_bytes() -> None:
    first, second = signed_copy(form()), signed_copy(form())
    assert (first.name, first.media_type) == ("phieu-ky-stc-2.docx", DOCX)
    assert first.content == second.content
    assert first.content != signed_copy(form(number=3)).content
    with zipfile.ZipFile(io.BytesIO(first.content)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_text_stays_text_and_loses_only_what_word_cannot_hold() -> None:
    hostile = '=cmd|x <w:p/> & "]]> \x00\x0b\ufffe\u202efdp\ud800 Hoa\u0300'
    assert printable(hostile) == '=cmd|x <w:p/> & "]]> fdp Hoà'
    rows = opened(form(Answer("can_bo", 40, evidence=hostile), *ANSWERS[1:], unit=hostile)).tables[1].rows
    assert rows[3].cells[5].text == '=cmd|x <w:p/> & "]]> fdp Hoà'


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_regulation_gives_a_file_for_every_group(name: str) -> None:
    regulation, _ = load_regulation(name)
    assert regulation
    for group in regulation.groups:
        answers = tuple(
            Answer(question.key, Decimal(1) if question.type == "decimal" else 1)
            for question in regulation.questions_for(group)
            if question.is_number and question.source == "unit"
        )
        printed = form(*answers, regulation=regulation, group=group)
        rows = list(rows_of(printed))
        assert len(opened(printed).tables[1].rows) == 1 + len(rows)
        numbers = [row.cells[0] for row in rows if row.cells[0]]
        assert len(set(numbers)) == len(numbers)
