"""Files that are not what they should be, read by the real reader: each gets its own clear answer, none is kept."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from campaign.models import FormKind, StoredFile, Submission
from tests.bot.world import World, labels
from tests.bot.year import HOA, begin

OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1024
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def by_excel(office: World) -> World:
    return begin(office, forms=FormKind.EXCEL)


def archive(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return content.getvalue()


def issued_to(world: World, code: str) -> bytes:
    """The form that the unit was sent."""
    with world.transaction() as session:
        stored = session.query(StoredFile).filter_by(name=f"quy-dinh-mau-2026-{code}.xlsx").one()
        return bytes(stored.content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("phieu.xlsx", PNG),
        ("phieu.xlsx", b"%PDF-1.7 invented"),
        ("phieu.xlsx", b"unit,value\nstc,1\n"),
        ("phieu.xlsx", archive(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"})),
        ("phieu.xlsx", archive(**{"a.txt": b"a"})),
        ("phieu.xlsx", archive(**{"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"})),
        ("phieu.xlsx", b"PK\x03\x04 cut off"),
        ("phieu.xls", OLD_EXCEL),
        ("phieu.XLSM", b"PK\x03\x04"),
        ("phieu.ods", archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")),
    ],
)
def test_what_is_no_form_is_refused_with_a_reason_and_the_way_to_the_form(
    by_excel: World, name: str, content: bytes
) -> None:
    with by_excel.transaction() as session:
        before = session.query(StoredFile).count()
    (refusal,) = by_excel.upload(HOA, name, content)
    said, reason, *_ = refusal.splitlines()
    assert said == f"Tệp “{name}” không nhận được, phiếu chưa được nộp."
    assert "gửi" in reason
    assert labels(by_excel.last(HOA)) == ["Nhận phiếu Excel"]
    with by_excel.transaction() as session:
        assert (session.query(StoredFile).count(), session.query(Submission).count()) == (before, 0)


def test_the_form_of_another_unit_is_named_as_such(by_excel: World) -> None:
    (refusal,) = by_excel.upload(HOA, "phieu.xlsx", issued_to(by_excel, "sgd"))
    assert refusal.splitlines()[1].startswith("Đây là phiếu của đơn vị khác (mã quy-dinh-mau-2026/sgd)")


def test_the_empty_form_is_read_and_everything_in_it_is_missing(by_excel: World) -> None:
    (shortfall,) = by_excel.upload(HOA, "phieu.xlsx", issued_to(by_excel, "stc"))
    assert shortfall.splitlines()[2:6] == [
        "Còn thiếu (3):",
        "• 1.1a – Số cán bộ (trang “Phiếu”, ô F22)",
        "• 1.1b – Số máy tính (trang “Phiếu”, ô F23)",
        "• 2.1a – Có phần mềm một cửa (trang “Phiếu”, ô F26)",
    ]


def typed_into(file: bytes, **answers: str) -> bytes:
    """The form with that typed into its answers, by question."""
    book, saved = load_workbook(io.BytesIO(file)), io.BytesIO()
    sheet = book.worksheets[0]
    rows = {str(row[0].value): row[0].row for row in sheet.iter_rows(max_col=1)}
    for key, typed in answers.items():
        sheet[f"F{rows[f'question:{key}']}"].value = typed
    book.save(saved)
    return saved.getvalue()


def test_whatever_is_wrong_in_a_form_is_told_with_cell_number_what_stands_there_and_what_to_do(by_excel: World) -> None:
    form = issued_to(by_excel, "stc")
    (said,) = by_excel.upload(HOA, "phieu.xlsx", typed_into(form, can_bo="1,000", may_tinh="ba", mot_cua="xong"))
    assert said.splitlines()[2:] == [
        "Cần sửa (3):",
        (
            "• Trang “Phiếu”, ô F22 (1.1a – Số cán bộ): “1,000” có thể hiểu là 1 hoặc 1000. "
            "Mục này cần số nguyên: hãy viết liền các chữ số, không dùng dấu chấm hoặc dấu phẩy."
        ),
        (
            "• Trang “Phiếu”, ô F23 (1.1b – Số máy tính): “ba” không phải là số. "
            "Mục này cần số nguyên, ghi bằng chữ số, ví dụ 12."
        ),
        (
            "• Trang “Phiếu”, ô F26 (2.1a – Có phần mềm một cửa): “xong” không phải là câu trả lời có/không. "
            "Hãy ghi có hoặc không."
        ),
    ]
    (said,) = by_excel.upload(HOA, "phieu.xlsx", typed_into(form, can_bo="20", may_tinh="30"))
    assert said.splitlines()[2:] == [
        "Còn thiếu (1):",
        "• 2.1a – Có phần mềm một cửa (trang “Phiếu”, ô F26)",
        "",
        "Cần sửa (1):",
        (
            "• “1.1b – Số máy tính” (trang “Phiếu”, ô F23) là 30, không thể lớn hơn “1.1a – Số cán bộ” "
            "(trang “Phiếu”, ô F22) là 20. Hãy kiểm tra lại các số liệu này."
        ),
    ]


def test_the_form_whatever_it_is_called_is_known_by_its_media_type(by_excel: World) -> None:
    content = issued_to(by_excel, "stc")
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sent = {"file": ("phiếu đã điền", content, media_type)}
    assert by_excel.http.post(f"/sandbox/people/{HOA}/upload", files=sent).status_code == 200
    (shortfall,) = by_excel._settled(HOA)
    assert shortfall.startswith("Đã đọc tệp phiếu của Sở Tài chính Mẫu nhưng chưa nộp được.")
