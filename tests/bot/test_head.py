"""The head of a unit confirms what its contact submitted: in chat, by the signed copy, or by its number."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import func

from bot.days import parse_day, parse_document
from campaign.models import EvidenceFile, RawUpdate, SignedPage, StoredFile, Submission, Unit
from campaign.reopening import extend, give_back
from campaign.roles import Role
from tests.bot.world import World, labels, said
from tests.bot.year import HOA, LAN, NAM, TITLE, answers, begin, end_collecting, fill_in, join, unit_id

QUANG, OTHER = 21, 22
NOT_YOURS = "Nút này của một đơn vị mà anh/chị không phải là đầu mối. Anh/chị gõ /tinhhinh để xem đơn vị của mình."
ONLY_HEAD = "Việc này dành cho thủ trưởng của Sở Tài chính Mẫu."
OLD = "Nút này không còn hiệu lực. Anh/chị gõ /trogiup để xem các việc có thể làm."
CONFIRMED = (
    "Kính gửi: Sở Tài chính Mẫu\n"
    "\n"
    "Bản nộp lần 1 (biên nhận số 2026-0001-1) đã được thủ trưởng đơn vị xác nhận và được tính."
)
IS_IT_SIGNED = (
    "Tệp “phieu-da-ky.pdf” có phải là phiếu đã ký của Sở Tài chính Mẫu, bản nộp lần 1?\n"
    "Khi anh/chị bấm “Đây là phiếu đã ký”, bản nộp được ghi nhận là đã được thủ trưởng xác nhận và không hủy được nữa."
)
ASK_DOCUMENT = (
    "Bản nộp lần 1 của Sở Tài chính Mẫu: đề nghị anh/chị nhập số và ngày của văn bản do thủ trưởng ký, "
    "ví dụ 123/BC-STC ngày 20/10/2026; hoặc gửi vào đây bản chụp, bản quét (PDF) phiếu đã ký. "
    "Bản chụp có nhiều ảnh thì gửi hết các ảnh, theo thứ tự trang, rồi mới bấm xác nhận."
)


@pytest.fixture
def headed(world: World) -> World:
    """Heads confirm here. Quang is the head of Sở Tài chính Mẫu, whose contact Hoa has submitted its form."""
    begin(world, head_confirms=True)
    join(world, QUANG, Role.HEAD, "stc", "Đỗ Văn Quang Mẫu")
    fill_in(world, "stc", answers())
    world.write(HOA, "/nopphieu")
    return world


def confirmations(world: World) -> list[tuple[str | None, str | None]]:
    """How each revision was confirmed, and why it was rejected."""
    with world.transaction() as session:
        rows = session.query(Submission).order_by(Submission.id)
        return [(row.confirmation, row.rejection) for row in rows]


def test_a_head_is_welcomed_and_told_what_there_is_to_do(world: World) -> None:
    begin(world, head_confirms=True)
    assert join(world, QUANG, Role.HEAD, "stc", "Đỗ Văn Quang Mẫu") == [
        (
            "Kính chào Đỗ Văn Quang Mẫu. Anh/chị đã được ghi nhận là thủ trưởng của Sở Tài chính Mẫu.\n"
            f"{TITLE}\n"
            "\n"
            "Khi đầu mối của đơn vị nộp phiếu, anh/chị nhận thông báo tại đây để xem và xác nhận. Trong thời gian đó, "
            "anh/chị gõ /tinhhinh để xem tình hình của đơn vị.\n"
            "\n"
            "Cần hướng dẫn, anh/chị gõ /trogiup."
        )
    ]
    (helped,) = world.write(QUANG, "/trogiup")
    assert helped.splitlines()[2:4] == ["/tinhhinh – tình hình nộp phiếu", "/ketqua – kết quả của đơn vị"]


def test_the_head_reads_exactly_what_was_submitted_before_confirming_it(headed: World) -> None:
    fill_in(headed, "stc", answers(31))
    assert headed.press(QUANG, "Xem bản đã nộp") == ["Phiếu của Sở Tài chính Mẫu, bản nộp lần 1, đúng như đã nộp."]
    assert headed.last(QUANG)["file"]["name"] == "phieu-ky-stc-1.docx"


def test_the_head_is_asked_and_the_contact_can_print_the_form_meanwhile(headed: World) -> None:
    asked, receipt = headed.last(QUANG), headed.last(HOA)
    assert said(asked).splitlines()[2:5] == [
        "Kính gửi: Thủ trưởng Sở Tài chính Mẫu",
        "",
        "Đơn vị đã nộp phiếu số liệu, bản nộp lần 1, lúc 08:00 15/09/2026 (biên nhận số 2026-0001-1).",
    ]
    assert labels(asked) == ["Mở phiếu", "Xem bản đã nộp", "Xác nhận phiếu", "Chưa đồng ý"]
    assert said(receipt).splitlines()[-1] == (
        "Bản nộp này chờ thủ trưởng đơn vị xác nhận; chỉ bản đã xác nhận mới được tính."
    )
    assert labels(receipt) == ["In phiếu để ký", "Nhập số văn bản"]


def test_the_head_confirms_by_a_button_and_both_are_told(headed: World) -> None:
    assert headed.press(QUANG, "Xác nhận phiếu") == [
        "Đã ghi nhận xác nhận bản nộp lần 1 của Sở Tài chính Mẫu. Đầu mối của đơn vị được báo ngay."
    ]
    assert said(headed.last(HOA)) == CONFIRMED
    assert confirmations(headed) == [("chat", None)]
    assert headed.press(QUANG, "Xác nhận phiếu") == [
        "Bản nộp lần 1 của Sở Tài chính Mẫu đã được xác nhận từ trước; không phải làm gì thêm."
    ]


def test_the_head_who_does_not_agree_says_why_in_one_message(headed: World) -> None:
    assert headed.press(QUANG, "Chưa đồng ý") == [
        (
            "Bản nộp lần 1 của Sở Tài chính Mẫu: đề nghị anh/chị cho biết lý do chưa đồng ý, trong một tin nhắn. "
            "Nội dung này được chuyển nguyên văn cho đầu mối của đơn vị."
        )
    ]
    assert headed.write(QUANG, "Số máy tính <b>sai</b> {x}") == [
        (
            "Đã ghi nhận: bản nộp lần 1 của Sở Tài chính Mẫu chưa được xác nhận. "
            "Lý do đã chuyển cho đầu mối: Số máy tính <b>sai</b> {x}"
        )
    ]
    assert "Lý do: Số máy tính <b>sai</b> {x}" in said(headed.last(HOA)).splitlines()
    assert confirmations(headed) == [(None, "Số máy tính <b>sai</b> {x}")]
    (status,) = headed.write(HOA, "/tinhhinh")
    assert status.splitlines()[-1] == (
        "Thủ trưởng đơn vị chưa đồng ý với bản nộp lần 1. Lý do: Số máy tính <b>sai</b> {x}"
    )


def test_a_long_reason_is_asked_for_again_and_the_question_can_be_dropped(headed: World) -> None:
    headed.press(QUANG, "Chưa đồng ý")
    assert headed.write(QUANG, "x" * 1001) == [
        "Lý do dài quá 1.000 ký tự. Đề nghị anh/chị viết ngắn hơn, hoặc gõ /huy để dừng."
    ]
    assert headed.write(QUANG, "/huy") == ["Đã dừng việc đang làm dở; không có gì thay đổi."]
    assert confirmations(headed) == [(None, None)]


def test_the_heads_status_has_the_buttons_while_something_waits(headed: World) -> None:
    (status,) = headed.write(QUANG, "/tinhhinh")
    assert status.splitlines()[-1] == (
        "Đã nộp, chờ thủ trưởng đơn vị xác nhận: biên nhận số 2026-0001-1, bản nộp lần 1, lúc 08:00 15/09/2026"
    )
    assert labels(headed.last(QUANG)) == ["Xem bản đã nộp", "Xác nhận phiếu", "Chưa đồng ý"]
    headed.press(QUANG, "Xác nhận phiếu")
    (status,) = headed.write(QUANG, "/tinhhinh")
    assert status.splitlines()[-1] == "Bản nộp lần 1 đã được thủ trưởng đơn vị xác nhận"
    assert labels(headed.last(QUANG)) == []


def test_a_head_does_what_contacts_do_in_no_way(headed: World) -> None:
    for command in ("/nopphieu", "/conthieu", "/phieu"):
        assert headed.write(QUANG, command) == [
            "Lệnh này dành cho đầu mối đơn vị. Anh/chị gõ /trogiup để xem các lệnh của mình."
        ]
    assert headed.press_data(QUANG, f"submit:{unit_id(headed, 'stc')}") == [NOT_YOURS]
    assert headed.write(QUANG, "/tinhhinh giáo dục") == [
        (
            "Anh/chị là đầu mối của Sở Tài chính Mẫu nên chỉ xem được tình hình của đơn vị mình. "
            "Anh/chị gõ /tinhhinh, không kèm tên, để xem."
        )
    ]


def test_nobody_else_confirms_or_rejects(headed: World) -> None:
    join(headed, OTHER, Role.HEAD, "sgd", "Ma Thị Khác Mẫu")
    for number in (HOA, NAM, LAN, OTHER):
        for action in ("confirm_form", "reject_form"):
            assert headed.press_data(number, f"{action}:1") == [ONLY_HEAD]
    for number in (NAM, LAN, OTHER):
        for action in ("print", "document"):
            assert headed.press_data(number, f"{action}:1") == [NOT_YOURS]
    assert headed.press_data(QUANG, "confirm_form:99") == [OLD]
    assert confirmations(headed) == [(None, None)]


def test_the_form_to_sign_comes_as_a_word_file(headed: World) -> None:
    (caption,) = headed.press(HOA, "In phiếu để ký")
    assert caption.splitlines()[0] == "Phiếu của Sở Tài chính Mẫu, bản nộp lần 1, để in và trình thủ trưởng ký."
    assert headed.last(HOA)["file"]["name"] == "phieu-ky-stc-1.docx"
    assert labels(headed.last(HOA)) == ["Nhập số văn bản"]
    headed.press_data(QUANG, "print:1")
    assert headed.last(QUANG)["file"]["sha256"] == headed.last(HOA)["file"]["sha256"]


@pytest.mark.parametrize("text", ["123/BC-STC ngày 15/09/2026", "Số 123/BC-STC, ngày 15 tháng 9 năm 2026"])
def test_the_contact_brings_the_number_and_day_of_the_signed_document(headed: World, text: str) -> None:
    assert headed.press(HOA, "Nhập số văn bản") == [ASK_DOCUMENT]
    assert headed.write(HOA, text) == [CONFIRMED]
    assert confirmations(headed) == [("123/BC-STC, 15/09/2026", None)]
    assert headed.write(HOA, "/huy") == ["Hiện không có việc nào đang làm dở."]


def test_a_document_that_cannot_be_read_or_be_is_asked_for_again(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    for text in ("rồi ạ", "123/BC-STC", "ngày 15/09/2026", "BC ngày 15/09/2026", "1/BC ngày 31/02/2026"):
        (again,) = headed.write(HOA, text)
        assert again.startswith("Chưa đọc được số và ngày của văn bản.")
    (ahead,) = headed.write(HOA, "123/BC-STC ngày 16/09/2026")
    assert "15/09/2026" in ahead
    assert confirmations(headed) == [(None, None)]
    assert headed.write(HOA, "123/BC-STC ngày 15/09/2026") == [CONFIRMED]


def test_the_signed_copy_itself_confirms_after_it_was_asked_for(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    assert headed.upload(HOA, "phieu-da-ky.pdf", b"%PDF signed") == [IS_IT_SIGNED]
    assert labels(headed.last(HOA)) == ["Đây là phiếu đã ký", "Đây là tài liệu kiểm chứng", "Dừng"]
    assert confirmations(headed) == [(None, None)]
    assert headed.press(HOA, "Đây là phiếu đã ký") == [CONFIRMED]
    assert confirmations(headed) == [("copy", None)]
    with headed.transaction() as session:
        (page,) = session.query(SignedPage)
        assert session.get_one(StoredFile, page.sha256).content == b"%PDF signed"
        assert session.query(EvidenceFile).count() == 0


def test_once_evidence_is_over_a_file_is_still_asked_about_while_the_head_has_not_confirmed(headed: World) -> None:
    end_collecting(headed)
    headed.settle()
    assert headed.upload(HOA, "phieu-da-ky.pdf", b"%PDF signed") == [IS_IT_SIGNED]
    assert labels(headed.last(HOA)) == ["Đây là phiếu đã ký", "Dừng"]
    assert headed.press(HOA, "Đây là phiếu đã ký") == [CONFIRMED]


def test_evidence_sent_while_the_signed_copy_is_asked_for_confirms_nothing(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    (taken,) = headed.upload(HOA, "2.1a Kế hoạch.pdf", b"%PDF plan")
    assert taken == "Đã nhận “2.1a Kế hoạch.pdf” làm tài liệu kiểm chứng cho 2.1a – Có phần mềm một cửa."
    headed.upload(HOA, "ke-hoach.pdf", b"%PDF plan", "2.1a")
    headed.upload(HOA, "phieu-da-ky.pdf", b"%PDF another")
    (question,) = headed.press(HOA, "Đây là tài liệu kiểm chứng")
    assert question.startswith("Đã nhận tệp “phieu-da-ky.pdf” của Sở Tài chính Mẫu.")
    assert confirmations(headed) == [(None, None)]
    assert headed.write(HOA, "123/BC-STC ngày 15/09/2026") == [CONFIRMED]


def test_a_file_that_may_be_the_signed_copy_is_nothing_until_somebody_says_so(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.upload(HOA, "phieu-da-ky.pdf", b"%PDF signed")
    headed.press(HOA, "Dừng")
    with headed.transaction() as session:
        assert session.query(EvidenceFile).count() == 0
    assert confirmations(headed) == [(None, None)]


def test_nobody_confirms_with_somebody_elses_file(headed: World) -> None:
    join(headed, OTHER, Role.HEAD, "sgd", "Ma Thị Khác Mẫu")
    headed.press(HOA, "Nhập số văn bản")
    headed.upload(HOA, "phieu-da-ky.pdf", b"%PDF signed")
    with headed.transaction() as session:
        brought = session.query(func.max(RawUpdate.update_id)).scalar()
    assert headed.press_data(QUANG, f"copy_of:1:{brought}") == [OLD]
    assert headed.press_data(HOA, "copy_of:1:99999") == [OLD]
    assert headed.press_data(OTHER, f"copy_of:1:{brought}") == [NOT_YOURS]
    assert confirmations(headed) == [(None, None)]


def test_what_can_be_no_signed_copy_confirms_nothing(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.upload(HOA, "phieu-da-ky.mp4", b"film")
    assert headed.press(HOA, "Đây là phiếu đã ký") == [
        (
            "Tệp “phieu-da-ky.mp4” không phải là bản chụp, bản quét hay tệp văn bản "
            "nên không dùng làm phiếu đã ký được. "
            "Đề nghị gửi tệp PDF, ảnh (JPEG, PNG) hoặc Word (.docx) của phiếu đã ký."
        )
    ]
    assert confirmations(headed) == [(None, None)]


def test_the_head_may_bring_the_signed_copy_too(headed: World) -> None:
    headed.press_data(QUANG, "document:1")
    assert headed.upload(QUANG, "phieu-da-ky.jpg", b"\xff\xd8\xff picture") == [
        IS_IT_SIGNED.replace("phieu-da-ky.pdf", "phieu-da-ky.jpg")
    ]
    assert labels(headed.last(QUANG)) == ["Đây là phiếu đã ký", "Dừng"]
    assert headed.press(QUANG, "Đây là phiếu đã ký") == [
        "Đã ghi nhận xác nhận bản nộp lần 1 của Sở Tài chính Mẫu. Đầu mối của đơn vị được báo ngay."
    ]
    (unasked,) = headed.upload(QUANG, "phieu-da-ky.jpg", b"\xff\xd8\xff picture")
    assert unasked.startswith("Tin này không được lưu lại.")


def test_a_question_about_a_revision_that_was_replaced_holds_nobody_up(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.press(QUANG, "Chưa đồng ý")
    fill_in(headed, "stc", answers(31))
    headed.write(HOA, "/nopphieu")
    over = (
        "Bản nộp được hỏi đã được xác nhận, hoặc đã có bản nộp mới hơn, nên không cần trả lời nữa. "
        "Anh/chị gõ /tinhhinh để xem tình hình hiện nay."
    )
    assert headed.write(QUANG, "Số liệu sai (mẫu)") == [over]
    assert headed.write(HOA, "123/BC-STC ngày 15/09/2026") == [over]
    headed.upload(HOA, "ke-hoach.pdf", b"%PDF")
    assert headed.last(HOA)["text"].startswith("Đã nhận tệp “ke-hoach.pdf”")
    assert confirmations(headed) == [(None, None), (None, None)]


def test_a_file_can_be_said_to_be_the_signed_copy(headed: World) -> None:
    headed.upload(HOA, "phieu-da-ky.pdf", b"%PDF signed")
    assert "Đây là phiếu đã ký" in labels(headed.last(HOA))
    assert headed.press(HOA, "Đây là phiếu đã ký") == [CONFIRMED]
    assert confirmations(headed) == [("copy", None)]
    headed.upload(HOA, "khac.pdf", b"%PDF other")
    assert "Đây là phiếu đã ký" not in labels(headed.last(HOA))


def test_where_no_head_confirms_there_is_none_of_it(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    collecting.write(HOA, "/nopphieu")
    assert labels(collecting.last(HOA)) == []
    join(collecting, QUANG, Role.HEAD, "stc", "Đỗ Văn Quang Mẫu")
    (refusal,) = collecting.press_data(QUANG, "confirm_form:1")
    assert refusal != OLD
    assert confirmations(collecting) == [(None, None)]


def test_a_newer_revision_takes_the_place_of_the_one_on_the_button(headed: World) -> None:
    fill_in(headed, "stc", answers(31))
    headed.write(HOA, "/nopphieu")
    (refusal,) = headed.press_data(QUANG, "confirm_form:1")
    assert "2026-0001-2" in refusal
    headed.press_data(QUANG, "confirm_form:2")
    assert confirmations(headed) == [(None, None), ("chat", None)]


def test_more_time_and_a_returned_form_show_in_the_status_with_their_day(headed: World) -> None:
    stc = unit_id(headed, "stc")
    with headed.transaction() as session:
        unit, now = session.get_one(Unit, stc), headed.clock.now()
        give_back(session, unit, date(2026, 11, 5), reason="Sửa mục 1.1 (mẫu)", granted_by="Mẫu", actor="test", now=now)
    headed.settle()
    (status,) = headed.write(HOA, "/tinhhinh")
    returned = "Được trả lại để bổ sung, nộp lại đến hết ngày 05/11/2026. Nội dung: Sửa mục 1.1 (mẫu)"
    assert returned in status.splitlines()
    assert labels(headed.last(HOA)) == ["Mở phiếu", "Nộp phiếu", "Còn thiếu gì"]
    with headed.transaction() as session:
        unit = session.get_one(Unit, stc)
        extend(
            session,
            unit,
            date(2026, 11, 10),
            reason="Bão (mẫu)",
            asked_by="Mẫu",
            granted_by="Mẫu",
            actor="test",
            now=headed.clock.now(),
        )
    headed.settle()
    (status,) = headed.write(HOA, "/tinhhinh")
    assert "Được gia hạn đến hết ngày 10/11/2026. Lý do: Bão (mẫu)" in status.splitlines()


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("123/BC-SYT ngày 20/10/2026", ("123/BC-SYT", date(2026, 10, 20))),
        ("số: 123 /BC-SYT, 5.9.2026.", ("123 /BC-SYT", date(2026, 9, 5))),
        ("123/BC-SYT 20-10-2026", ("123/BC-SYT", date(2026, 10, 20))),
        ("123/BC-SYT ngày 20/13/2026", None),
        ("20/10/2026", None),
        ("x" * 4000, None),
        ("1 " * 2000, None),
    ],
)
def test_a_document_is_read_with_its_number_and_day(text: str, document: tuple[str, date] | None) -> None:
    assert parse_document(text) == document


def test_a_day_alone_is_read_strictly() -> None:
    given: Mapping[str, date | None] = {"25/12/2026": date(2026, 12, 25), "25.12.2026": None, "31/02/2026": None}
    assert {text: parse_day(text) for text in given} == given
