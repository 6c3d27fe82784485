import html
from dataclasses import replace
from datetime import UTC, date, datetime

from campaign.models import Campaign, Reopening, ReopeningKind, Submission, Unit
from campaign.queries import Board, UnitProgress
from campaign.stages import Stage
from reports.chat import length
from reports.progress import board_text, unit_text
from words import Text, say

CAMPAIGN = Campaign(id=1, title="Đánh giá mẫu 2026", zone="Asia/Ho_Chi_Minh")
SUBMISSION = Submission(number=2, receipt="2026-0007-2", at=datetime(2026, 10, 12, 7, 5, tzinfo=UTC))
MISTAKE = Text("reports.item", item="E12")


def progress(name: str, filled: int = 0) -> UnitProgress:
    return UnitProgress(
        unit=Unit(id=7, name=name, campaign=CAMPAIGN),
        stage=Stage.COLLECTING,
        filled=filled,
        of=38,
        missing=(),
        problems=(),
        url="https://sheets.example/u7",
        trouble=None,
        last_day=date(2026, 10, 31),
        submission=None,
        late=None,
    )


def read(text: Text) -> str:
    return say(text, "vi", html.escape)


def test_the_board_counts_and_names_the_silent_the_mistaken_and_the_unreachable() -> None:
    units = (
        replace(progress("Sở Nội vụ", 38), submission=SUBMISSION),
        replace(progress("Sở Y tế", 12), problems=(MISTAKE, MISTAKE)),
        progress("Sở <Xây> & dựng"),
        replace(progress("Sở Tư pháp"), trouble="deleted"),
    )

    assert read(board_text(Board(CAMPAIGN, date(2026, 10, 31), units))) == (
        "<b>Đánh giá mẫu 2026</b>\n"
        "Hạn nộp: hết ngày 31/10/2026\n"
        "Đã nộp: <b>1/4</b> · Đang điền: 1 · Chưa điền: 2\n"
        "\n"
        "<b>Chưa điền mục nào (2):</b>\n"
        "• Sở &lt;Xây&gt; &amp; dựng\n"
        "• Sở Tư pháp\n"
        "\n"
        "<b>Đang điền, chưa nộp (1):</b>\n"
        "• Sở Y tế: 12/38 mục\n"
        "\n"
        "<b>Phiếu có số liệu phải sửa (1):</b>\n"
        "• Sở Y tế: 2 chỗ\n"
        "\n"
        "<b>Phiếu không truy cập được (1):</b>\n"
        "• Sở Tư pháp: phiếu đã bị xóa khỏi Google Drive; hãy khôi phục từ thùng rác, hệ thống sẽ đọc lại"
    )


def test_the_board_names_units_that_submitted_too_late_only() -> None:
    late = replace(progress("Sở Nội vụ", 38), late=SUBMISSION)

    assert read(board_text(Board(CAMPAIGN, date(2026, 10, 31), (late,)))).splitlines()[-2:] == [
        "<b>Chỉ nộp sau hạn (1):</b>",
        "• Sở Nội vụ",
    ]


def test_the_board_of_600_units_in_every_state_fits_one_message() -> None:
    reopening = Reopening(kind=ReopeningKind.RETURN, until=date(2026, 11, 20), reason="Thiếu phụ lục (mẫu)")
    each = progress("UBND xã & phường Mẫu", 1)
    locked_out = replace(
        each, unit=Unit(id=8, name="UBND xã Mẫu", campaign=CAMPAIGN), is_over=True, trouble="forbidden"
    )
    units = (
        replace(each, late=SUBMISSION, problems=(MISTAKE,), trouble="deleted"),
        replace(each, unconfirmed=SUBMISSION),
        replace(each, reopening=reopening),
        locked_out,
        progress("UBND xã & phường Mẫu"),
    ) * 120

    text = board_text(Board(CAMPAIGN, date(2026, 10, 31), units))

    assert (length(text) <= 4096, read(text).count("<b>")) == (True, 1 + 1 + 8)


def test_the_board_says_who_has_time_of_their_own_and_which_forms_are_not_locked() -> None:
    granted = Reopening(kind=ReopeningKind.EXTENSION, until=date(2026, 11, 20), reason="Bão lũ (mẫu)")
    units = (
        replace(progress("Sở Nội vụ", 38), reopening=granted, last_day=date(2026, 11, 20)),
        replace(progress("Sở Y tế", 38), unconfirmed=SUBMISSION),
        replace(progress("Sở Tư pháp"), is_over=True, trouble="quota"),
    )

    assert read(board_text(Board(CAMPAIGN, date(2026, 10, 31), units))).splitlines()[-9:] == [
        "",
        "<b>Được gia hạn hoặc được trả lại phiếu, chưa nộp lại (1):</b>",
        "• Sở Nội vụ (đến hết ngày 20/11/2026)",
        "",
        "<b>Đã nộp, chờ thủ trưởng đơn vị xác nhận (1):</b>",
        "• Sở Y tế",
        "",
        "<b>Hết hạn nhưng phiếu chưa khóa được (1):</b>",
        "• Sở Tư pháp: Google đang giới hạn số lần gọi; hệ thống sẽ tự thử lại",
    ]


def test_the_board_says_that_what_units_changed_is_not_known() -> None:
    board = Board(CAMPAIGN, date(2026, 10, 31), (), Text("campaign.trouble_quota"))
    assert read(board_text(board)).splitlines()[-1] == (
        "Hệ thống không lấy được danh sách phiếu có thay đổi; số liệu dưới đây có thể chưa đầy đủ. "
        "Nguyên nhân: Google đang giới hạn số lần gọi; hệ thống sẽ tự thử lại."
    )


def test_the_board_of_600_troubled_units_fits_one_message() -> None:
    each = replace(progress("UBND xã & phường Mẫu", 1), late=SUBMISSION, problems=(MISTAKE,), trouble="deleted")
    units = (each, progress("UBND xã & phường Mẫu")) * 300

    assert length(board_text(Board(CAMPAIGN, date(2026, 10, 31), units))) <= 4096


def test_a_unit_reads_what_is_missing_ten_by_name_and_the_others_by_number() -> None:
    unit = replace(
        progress("Sở Y tế", 26),
        missing=tuple(f"Mục {number}" for number in range(12)),
        problems=(Text("reports.none"),),
    )

    assert read(unit_text(unit)) == (
        "<b>Sở Y tế</b>\n"
        "Đã điền: <b>26/38</b> mục\n"
        "Hạn nộp: hết ngày 31/10/2026\n"
        "Chưa nộp phiếu\n"
        "\n"
        "<b>Còn thiếu (12):</b>\n" + "".join(f"• Mục {number}\n" for number in range(10)) + "… (còn 2 nữa)\n"
        "\n"
        "<b>Cần sửa (1):</b>\n"
        "• không có"
    )


def test_a_unit_that_submitted_reads_its_receipt_with_the_time_of_its_zone() -> None:
    unit = replace(progress("Sở Y tế", 38), submission=SUBMISSION)

    assert read(unit_text(unit)).splitlines()[3:] == [
        "Đã nộp: biên nhận số 2026-0007-2, bản nộp lần 2, lúc 14:05 12/10/2026"
    ]


def test_a_unit_that_submitted_too_late_only_is_told_so() -> None:
    unit = replace(progress("Sở Y tế", 38), late=SUBMISSION)

    assert read(unit_text(unit)).splitlines()[3:] == [
        "Nộp muộn: biên nhận số 2026-0007-2, bản nộp lần 2, lúc 14:05 12/10/2026"
    ]
