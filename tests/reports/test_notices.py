import html
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from reports.chat import MESSAGE_LIMIT
from reports.notice_buttons import Button, form_rows
from reports.notices import notice
from words import LANGUAGES, Language, Series, Text, Value, say

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
URL = "https://sheets.example/u7"
FORM: dict[str, Value] = {"unit": "Sở <Mẫu> & Co", "unit_id": 7, "url": URL}
LETTER: dict[str, Value] = {"letter": "12/SM-CĐS", "last_day": date(2026, 10, 31)}
PROGRESS: dict[str, Value] = {**FORM, **LETTER, "filled": 30, "of": 38}
RECEIPT: dict[str, Value] = {
    "unit": "Sở Mẫu",
    "receipt": "2026-0007-1",
    "number": 1,
    "at": datetime(2026, 10, 12, 14, 5, tzinfo=HANOI),
    "way": Text("campaign.way_chat"),
    "filled": 38,
    "of": 38,
    "documents": 12,
    "self_score": Decimal("61.50"),
    "covered": Decimal("80.00"),
    "total": Decimal("100.00"),
    "sha256": "0123456789ab",
    "waits": False,
    "next": Text("campaign.receipt_counts_last"),
    "submission_id": 3,
    "url": URL,
}
PUBLISHED: dict[str, Value] = {
    "unit": "Sở Mẫu",
    "unit_id": 7,
    "title": "Đánh giá mẫu 2026",
    "decision": "15/QĐ-MAU",
    "decision_day": date(2026, 12, 20),
}
OPEN = Button(Text("reports.button_open"), url=URL)
SUBMIT = Button(Text("reports.button_submit"), action="submit:7")
MISSING = Button(Text("reports.button_missing"), action="missing:7")


def read(kind: str, facts: dict[str, Value], language: Language = "vi", file: str | None = None) -> str:
    return say(notice(kind, facts, file).text, language, html.escape)


def test_the_request_quotes_the_letter_and_says_until_when() -> None:
    facts: dict[str, Value] = {
        **FORM,
        **LETTER,
        "title": "Đánh giá mẫu 2026",
        "letter_day": date(2026, 9, 14),
        "signer": "Nguyễn Văn Mẫu",
    }

    assert read("reports.request", facts) == (
        "<b>Đánh giá mẫu 2026</b>\n"
        "\n"
        "Kính gửi: <b>Sở &lt;Mẫu&gt; &amp; Co</b>\n"
        "\n"
        "Thực hiện Công văn số 12/SM-CĐS ngày 14/09/2026 do Nguyễn Văn Mẫu ký, đề nghị Quý đơn vị cung cấp số liệu và "
        "tài liệu kiểm chứng vào phiếu điện tử dành riêng cho đơn vị.\n"
        "\n"
        "Hạn nộp: <b>hết ngày 31/10/2026</b>\n"
        "\n"
        "Phiếu tự lưu và có thể điền nhiều lần. Khi đã điền đủ, đề nghị Quý đơn vị bấm “Nộp phiếu” để được cấp biên "
        "nhận."
    )
    assert "(gửi kèm)" in read("reports.request", facts, file="a1b2")
    assert notice("reports.request", facts, None).buttons == ((OPEN,), (SUBMIT, MISSING))


def test_a_reminder_names_what_is_missing_and_counts_what_it_does_not_name() -> None:
    facts: dict[str, Value] = {**PROGRESS, "n": 7, "missing": ("Số máy tính", "Số <cán bộ>"), "more": 6}

    assert read("reports.reminder", facts) == (
        "Kính gửi: <b>Sở &lt;Mẫu&gt; &amp; Co</b>\n"
        "\n"
        "Phiếu số liệu theo Công văn số 12/SM-CĐS đã điền <b>30/38</b> mục và chưa nộp.\n"
        "Hạn nộp: <b>hết ngày 31/10/2026</b> (còn 7 ngày)\n"
        "\n"
        "Các mục còn thiếu:\n"
        "• Số máy tính\n"
        "• Số &lt;cán bộ&gt;\n"
        "… (còn 6 nữa)\n"
        "\n"
        "Đề nghị Quý đơn vị bổ sung và nộp phiếu đúng hạn."
    )
    assert notice("reports.reminder", facts, None).buttons == ((OPEN,), (SUBMIT, MISSING))


@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        (7, "vi", "(còn 7 ngày)"),
        (0, "vi", "(hôm nay là ngày cuối cùng)"),
        (7, "en", "(7 days left)"),
        (1, "en", "(1 day left)"),
        (0, "en", "(today is the last day)"),
    ],
)
def test_a_reminder_says_how_many_days_are_left(days: int, language: Language, words: str) -> None:
    ready: dict[str, Value] = {**PROGRESS, "n": days}
    due = next(line for line in read("reports.reminder_ready", ready, language).splitlines() if "2026</b>" in line)

    assert due[due.index("(") :] == words


def test_a_complete_form_that_is_not_submitted_is_reminded_of_submitting_only() -> None:
    text = read("reports.reminder_ready", {**PROGRESS, "filled": 38, "n": 3})

    assert text.splitlines()[2:] == [
        "Phiếu số liệu theo Công văn số 12/SM-CĐS đã điền đủ <b>38/38</b> mục nhưng <b>chưa nộp</b>.",
        "Hạn nộp: <b>hết ngày 31/10/2026</b> (còn 3 ngày)",
        "",
        "Đề nghị Quý đơn vị kiểm tra lại lần cuối và bấm “Nộp phiếu”.",
    ]


def test_a_full_form_with_mistakes_is_not_told_that_something_is_missing() -> None:
    facts: dict[str, Value] = {**PROGRESS, "filled": 38, "n": 3, "missing": (), "more": 0}

    assert notice("reports.reminder", facts, None).text.id == "reports.reminder_mistakes"
    assert "còn số liệu phải sửa" in read("reports.reminder", facts)


def test_mistakes_in_the_form_are_told_one_a_line() -> None:
    facts: dict[str, Value] = {
        **FORM,
        "n": 2,
        "problems": (Text("reports.item", item="E12: 8.5"), Text("reports.none")),
    }

    assert read("reports.form_problems", facts).splitlines()[2:5] == [
        "Phiếu số liệu có 2 chỗ cần sửa:",
        "• • E12: 8.5",
        "• không có",
    ]
    assert notice("reports.form_problems", facts, None).buttons == ((OPEN,), (SUBMIT,))


@pytest.mark.parametrize(
    "kind",
    ["reports.request", "reports.reminder", "reports.overdue", "reports.form_problems", "reports.extended"],
)
def test_a_form_that_is_no_sheet_is_sent_as_a_file_instead_of_opened(kind: str) -> None:
    facts: dict[str, Value] = {**PROGRESS, "url": "", "n": 7, "missing": ("Số máy tính",), "problems": ("E12",)}

    assert notice(kind, facts, None).buttons[0] == (Button(Text("reports.button_form"), action="form:7"),)


def test_the_request_says_how_an_excel_form_comes_and_goes_back() -> None:
    facts: dict[str, Value] = {**FORM, **LETTER, "title": "Đợt", "letter_day": date(2026, 9, 14), "signer": "Mẫu"}

    assert read("reports.request", {**facts, "url": ""}).splitlines()[-1] == (
        "Phiếu là tệp Excel gửi ngay sau tin này. Điền xong, đề nghị Quý đơn vị gửi tệp vào đây; tệp đủ số liệu thì "
        "phiếu được nộp và được cấp biên nhận."
    )


def test_a_folder_for_evidence_stands_beside_the_form() -> None:
    folder = Button(Text("reports.button_folder"), url="https://drive.example/f7")

    assert form_rows({**FORM, "folder": folder.url}) == ((OPEN, folder),)


def test_a_receipt_that_waits_for_the_head_offers_the_form_to_sign() -> None:
    facts: dict[str, Value] = {**RECEIPT, "waits": True, "submission_id": 9}

    assert notice("reports.receipt", facts, None).buttons == (
        (Button(Text("reports.button_print"), action="print:9"),),
        (Button(Text("reports.button_document"), action="document:9"),),
    )
    assert notice("reports.receipt", RECEIPT, None).buttons == ()


def test_a_form_without_an_address_has_no_button_to_open_it() -> None:
    assert (
        notice("reports.form_trouble", {"unit": "Sở Mẫu", "reason": Text("reports.none"), "url": ""}, None).buttons
        == ()
    )


def test_the_receipt_says_what_the_self_score_covers() -> None:
    assert read("reports.receipt", RECEIPT) == (
        "<b>Biên nhận số 2026-0007-1</b>\n"
        "\n"
        "Đã nhận phiếu số liệu của <b>Sở Mẫu</b>, bản nộp lần 1, lúc 14:05 12/10/2026, bằng nút “Nộp phiếu”.\n"
        "Số mục đã điền: 38/38 · Tài liệu kiểm chứng: 12\n"
        "Điểm tự chấm: <b>61,50</b>/80,00; còn 20,00 điểm (trong tổng số 100,00) chỉ xác định được khi thẩm định\n"
        "Mã kiểm tra: <code>0123456789ab</code>\n"
        "\n"
        "Trước khi hết hạn, Quý đơn vị có thể sửa phiếu và nộp lại; bản nộp đúng hạn sau cùng là bản được tính."
    )
    assert "Self-score: <b>61.50</b> of 100.00\n" in read(
        "reports.receipt", {**RECEIPT, "covered": RECEIPT["total"]}, "en"
    )


def test_a_late_receipt_quotes_the_regulation() -> None:
    kept = Text("campaign.late_receipt_kept")
    facts: dict[str, Value] = {**RECEIPT, "last_day": date(2026, 10, 31), "clause": Text("reports.none"), "next": kept}

    assert read("reports.late_receipt", facts).startswith(
        "<b>Biên nhận số 2026-0007-1 (nộp muộn)</b>\n"
        "\n"
        "Đã nhận phiếu số liệu của <b>Sở Mẫu</b>, bản nộp lần 1, lúc 14:05 12/10/2026, bằng nút “Nộp phiếu”, "
        "sau khi đã hết hạn nộp (hết ngày 31/10/2026).\n"
        "Theo quy định, không có. Phiếu vẫn được lưu và ghi rõ là nộp muộn.\n"
    )


def test_a_receipt_says_how_the_form_came_and_ends_with_what_becomes_of_it() -> None:
    ticked = Text("campaign.way_ticked", at=datetime(2026, 10, 12, 14, 0, tzinfo=HANOI))

    waits = Text("campaign.receipt_waits")
    lines = read("reports.receipt", {**RECEIPT, "way": ticked, "next": waits}).splitlines()

    assert lines[2] == (
        "Đã nhận phiếu số liệu của <b>Sở Mẫu</b>, bản nộp lần 1, lúc 14:05 12/10/2026, "
        "bằng ô nộp được đánh dấu trong phiếu lúc 14:00 12/10/2026."
    )
    assert lines[-1] == "Bản nộp này chờ thủ trưởng đơn vị xác nhận; chỉ bản đã xác nhận mới được tính."


def test_the_head_reads_what_was_submitted_and_confirms_it_or_says_no() -> None:
    facts: dict[str, Value] = {**RECEIPT, "title": "Đánh giá mẫu 2026", "waits": True}

    told = notice("reports.confirm_by_head", facts, None)

    assert say(told.text, "vi", html.escape) == (
        "<b>Đánh giá mẫu 2026</b>\n"
        "\n"
        "Kính gửi: <b>Thủ trưởng Sở Mẫu</b>\n"
        "\n"
        "Đơn vị đã nộp phiếu số liệu, bản nộp lần 1, lúc 14:05 12/10/2026 (biên nhận số 2026-0007-1).\n"
        "Số mục đã điền: 38/38 · Tài liệu kiểm chứng: 12\n"
        "Điểm tự chấm: <b>61,50</b>/80,00; còn 20,00 điểm (trong tổng số 100,00) chỉ xác định được khi thẩm định\n"
        "Mã kiểm tra: <code>0123456789ab</code>\n"
        "\n"
        "Bản nộp chỉ được tính khi có xác nhận của Thủ trưởng. Kính đề nghị Thủ trưởng xem và xác nhận."
    )
    actions = [each.action for row in told.buttons for each in row]
    assert actions[-3:] == ["print:3", "confirm_form:3", "reject_form:3"]


@pytest.mark.parametrize(
    ("kind", "buttons"),
    [
        ("reports.reminder_to_confirm", ["print:3", "confirm_form:3", "reject_form:3"]),
        ("reports.reminder_unconfirmed", ["print:3", "document:3"]),
    ],
)
def test_a_reminder_of_what_waits_for_the_head_says_how_much_time_is_left(kind: str, buttons: list[str]) -> None:
    facts: dict[str, Value] = {**RECEIPT, **LETTER, "title": "Đánh giá mẫu 2026", "waits": True, "n": 3}

    told = notice(kind, facts, None)

    lines = say(told.text, "vi", html.escape).splitlines()
    assert lines[3] == "Hạn nộp: <b>hết ngày 31/10/2026</b> (còn 3 ngày)"
    assert [each.action for row in told.buttons for each in row if each.action] == buttons


GAPS: dict[str, Value] = {
    **FORM,
    "missing": ("Tổng số máy tính",),
    "problems": (Text("reports.none"),),
    "unevidenced": ("2a – Có phần mềm",),
}


def test_a_box_that_was_ticked_too_early_is_answered_with_everything_that_is_in_the_way() -> None:
    lines = read("reports.ticked_too_early", GAPS).splitlines()

    assert lines[3:9] == [
        "<b>Còn thiếu (1):</b>",
        "• Tổng số máy tính",
        "<b>Cần sửa (1):</b>",
        "• không có",
        "<b>Chưa có tài liệu kiểm chứng (1):</b>",
        "• 2a – Có phần mềm",
    ]
    assert "Cần sửa" not in read("reports.ticked_too_early", {**GAPS, "problems": ()})


@pytest.mark.parametrize("language", LANGUAGES)
def test_however_much_is_in_the_way_of_a_ticked_box_it_fits_a_message(language: Language) -> None:
    many = tuple(f"1.{number} – Số cán bộ, công chức được tập huấn & bồi dưỡng trong năm" for number in range(300))

    text = read("reports.ticked_too_early", {**GAPS, "missing": many, "problems": many, "unevidenced": many}, language)

    assert len(text) <= MESSAGE_LIMIT


def test_a_file_whose_question_is_not_known_is_named_and_can_be_placed() -> None:
    told = notice("reports.place_file", {**FORM, "name": "Kế hoạch & báo cáo.pdf", "file_id": 5}, None)

    assert "“Kế hoạch &amp; báo cáo.pdf”" in say(told.text, "vi", html.escape)
    assert told.buttons == ((Button(Text("reports.button_place"), action="evidence_page:5:0"),),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_at_the_end_of_collecting_fits_a_message_however_many_units_are_silent(language: Language) -> None:
    names = Series(tuple(f"UBND xã Mẫu & Số {number}" for number in range(600)))
    facts: dict[str, Value] = {"title": "Đánh giá mẫu 2026", "n": 33, "of": 633, "missing": names}

    lines = read("reports.closed_board", facts, language).splitlines()

    assert len("\n".join(lines)) <= MESSAGE_LIMIT
    named = [line for line in lines if line.startswith("• ")]
    assert named[0] == "• UBND xã Mẫu &amp; Số 0"
    assert lines[-1] == {"vi": f"… (còn {600 - len(named)} nữa)", "en": f"… ({600 - len(named)} more)"}[language]


def test_the_board_says_when_nobody_is_silent() -> None:
    facts: dict[str, Value] = {"title": "Đánh giá mẫu 2026", "n": 33, "of": 33, "missing": Series(())}

    assert read("reports.closed_board", facts).splitlines()[-2:] == ["Không nộp đúng hạn:", "không có"]


def test_a_unit_reads_its_result_and_can_ask_why() -> None:
    line = Text("reports.category_points", label="Hạ tầng", points=Decimal("39.10"), maximum=Decimal("40.00"))
    facts: dict[str, Value] = {
        **PUBLISHED,
        "total": Decimal("91.25"),
        "of": Decimal("100.00"),
        "standing": (
            Text("reports.standing", ladder=Text("reports.grade"), rung="Tốt"),
            Text("reports.standing_rank", rank=1, ranked=18, group="Cơ quan chuyên môn"),
        ),
        "lines": (line,),
    }

    assert read("reports.result", facts) == (
        "Kính gửi: <b>Sở Mẫu</b>\n"
        "\n"
        "<b>Đánh giá mẫu 2026</b>\n"
        "Kết quả công bố theo Quyết định số 15/QĐ-MAU ngày 20/12/2026:\n"
        "\n"
        "Tổng điểm: <b>91,25</b>/100,00\n"
        "Xếp loại: <b>Tốt</b>\n"
        "Thứ hạng: <b>1/18</b> (Cơ quan chuyên môn)\n"
        "\n"
        "Điểm theo hạng mục:\n"
        "• Hạ tầng: 39,10/40,00"
    )
    assert notice("reports.result", facts, None).buttons == ((Button(Text("reports.button_why"), action="why:7"),),)


def test_a_unit_without_a_rank_reads_the_reason() -> None:
    text = read("reports.result_not_ranked", {**PUBLISHED, "reason": "Nộp muộn (Điều 8.2)"}, "en")

    assert text.splitlines()[-2:] == [
        "In the result published by decision 15/QĐ-MAU of 20 Dec 2026 your unit is not ranked.",
        "Reason: Nộp muộn (Điều 8.2)",
    ]


@pytest.mark.parametrize(
    ("kind", "facts", "button"),
    [
        ("reports.offered", {"ranking_id": 3}, Button(Text("reports.button_approve"), action="approve:3")),
        ("reports.draft_next", {"campaign_id": 2}, Button(Text("reports.button_confirm"), action="confirm:2")),
    ],
)
def test_a_message_that_asks_for_a_decision_has_its_button(kind: str, facts: dict[str, Value], button: Button) -> None:
    assert notice(kind, facts, None).buttons == ((button,),)


def test_a_kind_without_an_entry_is_its_catalogue_text() -> None:
    facts: dict[str, Value] = {"title": "Đánh giá mẫu 2026"}

    assert notice("reports.closed_missing", facts, None).text == Text("reports.closed_missing", **facts)
    assert notice("reports.closed_missing", facts, None).buttons == ()
