"""What the contact of a unit asks and does: status, what is missing, submitting."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func

from bot.incoming import Command, Incoming
from campaign.filling import record_reading
from campaign.lateness import is_late
from campaign.models import Form, RawUpdate, Submission, Unit
from campaign.ports import FormError, FormReading
from campaign.roles import Role
from tests.bot.world import World, labels, said
from tests.bot.year import HOA, NAM, TITLE, answers, end_collecting, fill_in, invitation, unit_id
from words import Place, Problem, Severity, Text

URL = "https://docs.google.com/spreadsheets/d/quy-dinh-mau-2026/stc"
STATUS = (
    "Sở Tài chính Mẫu\n"
    "Đã điền: 0/3 mục\n"
    "Hạn nộp: hết ngày 31/10/2026\n"
    "Chưa nộp phiếu\n"
    "\n"
    "Còn thiếu (3):\n"
    "• 1.1a – Số cán bộ\n"
    "• 1.1b – Số máy tính\n"
    "• 2.1a – Có phần mềm một cửa"
)
RECEIPT = (
    "Biên nhận số 2026-0001-1\n"
    "\n"
    "Đã nhận phiếu số liệu của Sở Tài chính Mẫu, bản nộp lần 1, lúc 08:00 15/09/2026, bằng nút “Nộp phiếu”.\n"
    "Số mục đã điền: 3/3 · Tài liệu kiểm chứng: 0\n"
)
LAST_SECOND = datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC)  # midnight follows in Việt Nam
OWN_UNIT_ONLY = (
    "Anh/chị là đầu mối của Sở Tài chính Mẫu nên chỉ xem được tình hình của đơn vị mình. "
    "Anh/chị gõ /tinhhinh, không kèm tên, để xem."
)


def submissions(world: World) -> list[tuple[int, bool]]:
    with world.transaction() as session:
        return [(each.number, is_late(each)) for each in session.query(Submission).order_by(Submission.id)]


def test_before_the_day_of_issue_there_is_nothing_to_look_at(planned: World) -> None:
    planned.post("people", id=HOA, first_name="Hoa")
    planned.open_link(HOA, invitation(planned, Role.CONTACT, "stc", "Trần Thị Hoa Mẫu"))
    not_yet = "Phiếu của Sở Tài chính Mẫu chưa được phát hành. Khi phát hành, phiếu được gửi đến đây."
    assert planned.write(HOA, "/tinhhinh") == [not_yet]
    assert planned.write(HOA, "/nopphieu") == [not_yet]
    assert planned.write(HOA, "/conthieu") == [not_yet]


def test_a_contact_sees_how_far_the_own_unit_is(collecting: World) -> None:
    assert collecting.write(HOA, "/tinhhinh") == [STATUS]
    last = collecting.last(HOA)
    assert labels(last) == ["Mở phiếu", "Nộp phiếu", "Còn thiếu gì"]
    assert last["buttons"][0][0]["url"] == URL


def test_the_own_unit_may_be_named(collecting: World) -> None:
    for words in ("tai chinh", "Sở Tài chính Mẫu", "STC"):
        assert collecting.write(HOA, f"/tinhhinh {words}") == [STATUS]


def test_another_unit_is_none_of_a_contact_s_business(collecting: World) -> None:
    for words in ("sở giáo dục", "sct", "sở", "Sở Không Có", "%", "'; DROP TABLE units; --"):
        assert collecting.write(HOA, f"/tinhhinh {words}") == [OWN_UNIT_ONLY]


def test_what_is_missing_is_read_from_the_form_as_it_stands_now(collecting: World) -> None:
    fill_in(collecting, "stc", answers(30, None, mot_cua=None))
    assert collecting.write(HOA, "/conthieu") == [
        (
            "Phiếu của Sở Tài chính Mẫu còn phải bổ sung:\n\nCòn thiếu (2):\n• 1.1a – Số cán bộ\n"
            "• 2.1a – Có phần mềm một cửa"
        )
    ]
    fill_in(collecting, "stc", answers())
    assert collecting.press(HOA, "Còn thiếu gì") == [
        (
            "Phiếu của Sở Tài chính Mẫu đã đủ số liệu. "
            "Nếu chưa nộp, hoặc có sửa sau lần nộp trước, đề nghị anh/chị bấm “Nộp phiếu”."
        )
    ]
    assert submissions(collecting) == []


def test_a_form_with_gaps_is_not_submitted_and_the_answer_names_them(collecting: World) -> None:
    mistake = Problem("x", Severity.ERROR, Place(tab="Phiếu", cell="E12"), Text("bot.choice", label="Phiếu!E12: 1.5"))
    fill_in(collecting, "stc", FormReading(answers(30, 20, mot_cua=None).filled, (mistake,)))
    assert collecting.press(HOA, "Nộp phiếu") == [
        (
            "Phiếu của Sở Tài chính Mẫu chưa nộp được. "
            "Đề nghị anh/chị bổ sung các mục dưới đây trong phiếu rồi nộp lại.\n"
            "\n"
            "Còn thiếu (1):\n"
            "• 2.1a – Có phần mềm một cửa\n"
            "\n"
            "Cần sửa (2):\n"
            "• Phiếu!E12: 1.5\n"
            "• “1.1b – Số máy tính” là 30, không thể lớn hơn “1.1a – Số cán bộ” là 20. "
            "Hãy kiểm tra lại các số liệu này."
        )
    ]
    assert labels(collecting.last(HOA)) == ["Mở phiếu", "Nộp phiếu", "Còn thiếu gì"]
    assert submissions(collecting) == []


def test_a_complete_form_is_submitted_and_gets_one_receipt(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    (receipt,) = collecting.write(HOA, "/nopphieu")
    assert receipt.startswith(RECEIPT)
    assert submissions(collecting) == [(1, False)]


def test_a_second_press_makes_a_second_revision_only_where_something_changed(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    collecting.press(HOA, "Nộp phiếu")
    assert collecting.press(HOA, "Nộp phiếu") == [
        (
            "Phiếu không có gì thay đổi so với bản nộp lần 1 (biên nhận số 2026-0001-1, lúc 08:00 15/09/2026) "
            "nên không cần nộp lại."
        )
    ]
    fill_in(collecting, "stc", answers(31))
    (second,) = collecting.press(HOA, "Nộp phiếu")
    assert second.splitlines()[0] == "Biên nhận số 2026-0001-2"
    assert submissions(collecting) == [(1, False), (2, False)]


def test_a_ticked_box_is_confirmed_in_chat_and_counts_from_when_it_was_ticked(collecting: World) -> None:
    ticked = replace(answers(), ticked=True)
    fill_in(collecting, "stc", ticked)
    stc, ticked_at = unit_id(collecting, "stc"), collecting.clock.now()
    collecting.sandbox.clock.advance(3600)
    with collecting.transaction() as session:
        unit = session.get_one(Unit, stc)
        record_reading(session, unit, ticked, change=ticked_at, now=collecting.clock.now())
    collecting.settle()
    assert said(collecting.last(HOA)).splitlines()[2] == (
        "Ô nộp trong phiếu được đánh dấu lúc 08:00 15/09/2026; phiếu đã đủ để nộp."
    )
    (receipt,) = collecting.press(HOA, "Nộp phiếu")
    assert receipt.splitlines()[0] == "Biên nhận số 2026-0001-1"
    with collecting.transaction() as session:
        submission = session.query(Submission).one()
        assert (submission.origin, submission.came_at) == ("sheet", ticked_at)


def test_an_update_that_two_processes_have_picked_up_is_done_once(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    collecting.write(HOA, "/nopphieu")
    with collecting.transaction() as session:
        update_id = session.query(func.max(RawUpdate.update_id)).scalar()
    fill_in(collecting, "stc", answers(31))

    async def pick_up_again() -> None:
        again = Incoming(str(HOA), "Hoa", Command("nopphieu", ""))
        await asyncio.to_thread(collecting.bot._handling().handle, update_id, again)

    collecting.run(pick_up_again())
    assert submissions(collecting) == [(1, False)]


def test_a_form_submitted_after_the_deadline_is_kept_and_called_late(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    end_collecting(collecting)
    collecting.settle()
    (receipt,) = collecting.write(HOA, "/nopphieu")
    assert receipt.splitlines()[0] == "Biên nhận số 2026-0001-1 (nộp muộn)"
    assert submissions(collecting) == [(1, True)]
    (status,) = collecting.write(HOA, "/conthieu")
    assert status.splitlines()[3] == "Nộp muộn: biên nhận số 2026-0001-1, bản nộp lần 1, lúc 08:00 02/11/2026"
    assert labels(collecting.last(HOA)) == []


def test_a_press_in_time_is_in_time_however_long_it_waits_to_be_handled(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    collecting.sandbox.clock.set(LAST_SECOND)
    request = next(each for each in collecting.messages(HOA) if "Nộp phiếu" in labels(each))
    collecting.post(f"people/{HOA}/press", message_id=request["message_id"], button="Nộp phiếu")
    collecting.run(collecting.bot.poll(0))
    collecting.sandbox.clock.advance(20)
    collecting.settle()
    assert said(collecting.last(HOA)).splitlines()[:3] == [
        "Biên nhận số 2026-0001-1",
        "",
        "Đã nhận phiếu số liệu của Sở Tài chính Mẫu, bản nộp lần 1, lúc 23:59 31/10/2026, bằng nút “Nộp phiếu”.",
    ]
    assert submissions(collecting) == [(1, False)]


def break_form(world: World, reason: str, *, retry: bool) -> None:
    world.forms.held["quy-dinh-mau-2026/stc"] = FormError(reason, retry=retry)


@pytest.mark.parametrize("button", ["Nộp phiếu", "Còn thiếu gì"])
def test_when_google_does_not_answer_the_contact_is_told_to_try_again(collecting: World, button: str) -> None:
    break_form(collecting, "unavailable", retry=True)
    assert collecting.press(HOA, button) == [
        (
            "Google tạm thời chưa trả lời nên chưa đọc được phiếu của Sở Tài chính Mẫu; phiếu chưa được nộp. "
            "Số liệu đã điền vẫn giữ nguyên. Đề nghị anh/chị thử lại sau ít phút."
        )
    ]
    assert labels(collecting.last(HOA)) == ["Nộp phiếu"]
    fill_in(collecting, "stc", answers())
    (receipt,) = collecting.press(HOA, "Nộp phiếu")
    assert receipt.startswith(RECEIPT)


def test_who_presses_again_and_again_while_google_is_out_is_answered_without_asking_google_again(
    collecting: World,
) -> None:
    break_form(collecting, "unavailable", retry=True)
    request = next(each for each in collecting.messages(HOA) if "Nộp phiếu" in labels(each))
    for _ in range(5):
        collecting.post(f"people/{HOA}/press", message_id=request["message_id"], button="Nộp phiếu")
    seen = len(collecting.messages(HOA))
    collecting.settle()
    answered = [said(each).partition(" nên ")[0] for each in collecting.messages(HOA)[seen:]]
    assert answered == ["Google tạm thời chưa trả lời"] * 5
    assert collecting.forms.times_read == 1
    collecting.press(HOA, "Nộp phiếu")
    assert collecting.forms.times_read == 2


def test_when_the_form_is_gone_the_officers_hear_of_it_and_the_contact_knows(collecting: World) -> None:
    break_form(collecting, "deleted", retry=False)
    assert collecting.press(HOA, "Nộp phiếu") == [
        (
            "Không đọc được phiếu của Sở Tài chính Mẫu: phiếu đã bị xóa khỏi Google Drive; hãy khôi phục từ thùng rác, "
            "hệ thống sẽ đọc lại. Phiếu chưa được nộp. Cán bộ phụ trách đã được báo; khi mở lại được phiếu, đề nghị "
            "anh/chị nộp lại."
        )
    ]
    assert said(collecting.last(NAM)).startswith("Phiếu của Sở Tài chính Mẫu hiện không truy cập được.\n")
    with collecting.transaction() as session:
        assert session.get_one(Form, unit_id(collecting, "stc")).trouble == "deleted"


def test_a_reader_that_fails_in_a_way_nobody_foresaw_is_answered_with_an_apology(collecting: World) -> None:
    del collecting.forms.held["quy-dinh-mau-2026/stc"]
    assert collecting.press(HOA, "Nộp phiếu") == [
        (
            "Rất tiếc, hệ thống gặp lỗi khi xử lý yêu cầu vừa rồi và đã ghi lại lỗi. "
            "Anh/chị thử lại sau ít phút; nếu vẫn không được, xin báo cán bộ phụ trách."
        )
    ]


def test_a_contact_of_several_units_chooses_one(collecting: World) -> None:
    collecting.open_link(HOA, invitation(collecting, Role.CONTACT, "sgd", "Trần Thị Hoa Mẫu"))
    fill_in(collecting, "sgd", answers())
    assert collecting.write(HOA, "/nopphieu") == ["Anh/chị chọn đơn vị:"]
    assert labels(collecting.last(HOA)) == ["Sở Tài chính Mẫu", "Sở Giáo dục Mẫu"]
    (receipt,) = collecting.press(HOA, "Sở Giáo dục Mẫu")
    assert receipt.splitlines()[0] == "Biên nhận số 2026-0002-1"
    assert [each.splitlines()[0] for each in collecting.write(HOA, "/tinhhinh")] == [
        "Sở Tài chính Mẫu",
        "Sở Giáo dục Mẫu",
    ]


def test_a_changed_client_cannot_act_for_another_unit(collecting: World) -> None:
    fill_in(collecting, "sgd", answers())
    for action in ("submit", "missing", "result", "why"):
        assert collecting.press_data(HOA, f"{action}:{unit_id(collecting, 'sgd')}") == [
            "Nút này của một đơn vị mà anh/chị không phải là đầu mối. Anh/chị gõ /tinhhinh để xem đơn vị của mình."
        ]
    assert submissions(collecting) == []


def test_a_button_that_this_version_does_not_know_gets_a_clear_answer(collecting: World) -> None:
    for data in ("frobnicate:1", "submit:", "submit:x", "submit:-1", f"submit:{10**18}", "", ":", "sign:99"):
        assert collecting.press_data(HOA, data) == [
            "Nút này không còn hiệu lực. Anh/chị gõ /trogiup để xem các việc có thể làm."
        ]


def test_officers_submit_nothing(collecting: World) -> None:
    assert collecting.write(NAM, "/nopphieu") == [
        "Lệnh này dành cho đầu mối đơn vị. Anh/chị gõ /trogiup để xem các lệnh của mình."
    ]


def test_a_contact_does_not_see_the_whole_ranking(collecting: World) -> None:
    assert collecting.write(HOA, "/xephang") == [
        "Bảng xếp hạng đầy đủ dành cho lãnh đạo và cán bộ thẩm định. Anh/chị gõ /ketqua để xem kết quả của đơn vị mình."
    ]


def test_before_the_publication_there_is_no_result(offered: World) -> None:
    assert offered.write(HOA, "/ketqua") == [
        f"{TITLE} chưa công bố kết quả. Khi công bố, anh/chị sẽ nhận kết quả của đơn vị tại đây."
    ]


def test_a_published_result_is_told_and_explained(published: World) -> None:
    assert published.write(HOA, "/ketqua") == [
        (
            "Sở Tài chính Mẫu\n"
            f"{TITLE}\n"
            "\n"
            "Tổng điểm: 90,00/100,00\n"
            "Xếp loại: Tốt\n"
            "Thứ hạng: 1/2 (Cơ quan chuyên môn)\n"
            "\n"
            "Điểm theo hạng mục:\n"
            "• Hạ tầng kỹ thuật: 30,00/40,00\n"
            "• Ứng dụng: 60,00/60,00"
        )
    ]
    assert published.press(HOA, "Giải thích điểm") == [
        (
            "Sở Tài chính Mẫu: giải thích điểm\n"
            f"{TITLE}\n"
            "\n"
            "Hạ tầng kỹ thuật: 30,00/40,00\n"
            "1.1 Tỉ lệ máy tính trên cán bộ: 30,00/40,00\n"
            "30/40 máy tính = 75,00 % × 40 điểm = 30,00 điểm (Điều 1)\n"
            "\n"
            "Ứng dụng: 60,00/60,00\n"
            "2.1 Phần mềm một cửa: 60,00/60,00\n"
            "Có phần mềm một cửa: có = 60,00 điểm (Điều 1)"
        )
    ]


def test_a_unit_that_is_not_ranked_is_told_why(published: World) -> None:
    published.open_link(HOA, invitation(published, Role.CONTACT, "sct", "Trần Thị Hoa Mẫu"))
    published.write(HOA, "/ketqua")
    not_ranked = (
        "Sở Công Thương Mẫu\n"
        f"{TITLE}\n"
        "\n"
        "Đơn vị không được xếp hạng. Lý do: Không gửi phiếu: phiếu gửi muộn hoặc không gửi thì không được đánh giá, "
        "xếp hạng (Điều 2)"
    )
    assert published.press(HOA, "Sở Công Thương Mẫu") == [not_ranked]
    assert published.press_data(HOA, f"why:{unit_id(published, 'sct')}") == [not_ranked]
