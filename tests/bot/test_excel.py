"""Units that work with Excel files: the form goes out as a file, and comes back by being sent to the bot."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from campaign.content import filled_of
from campaign.models import FormKind, StoredFile, Submission
from campaign.ports import FormReading
from campaign.roles import Role
from tests.bot.world import PaperFiles, World, labels, said
from tests.bot.year import HOA, LAN, NAM, answers, begin, end_collecting, invitation, unit_id
from words import Place, Problem, Severity, Text

KEY = "quy-dinh-mau-2026/stc"
NAME = "phieu.xlsx"


@pytest.fixture
def by_excel(world: World) -> World:
    """Forms are out as files; nobody has Google."""
    return begin(world, forms=FormKind.EXCEL)


def filled_in(world: World, reading: FormReading, key: str = KEY) -> bytes:
    assert isinstance(world.files, PaperFiles)
    return world.files.fill_in(key, reading)


def submissions(world: World) -> list[tuple[int, str, int | None]]:
    with world.transaction() as session:
        rows = session.query(Submission).order_by(Submission.id)
        return [(each.number, each.origin, each.person_id) for each in rows]


def urls(world: World, number: int) -> list[str]:
    rows = [row for message in world.messages(number) for row in message.get("buttons", ())]
    return [button["url"] for row in rows for button in row if "url" in button]


def test_the_request_comes_with_the_form_as_a_file_and_without_any_link(by_excel: World) -> None:
    request, file = by_excel.messages(HOA)[-2:]
    assert said(request).splitlines()[-1] == (
        "Phiếu là tệp Excel gửi ngay sau tin này. Điền xong, đề nghị Quý đơn vị gửi tệp vào đây; tệp đủ số liệu thì "
        "phiếu được nộp và được cấp biên nhận."
    )
    assert labels(request) == ["Nhận phiếu Excel", "Nộp phiếu", "Còn thiếu gì"]
    assert (file["file"]["name"], labels(file)) == ("quy-dinh-mau-2026-stc.xlsx", ["Còn thiếu gì"])
    assert urls(by_excel, HOA) == []


@pytest.mark.parametrize(
    "ask", [lambda world: world.write(HOA, "/phieu"), lambda world: world.press(HOA, "Nhận phiếu Excel")]
)
def test_the_form_is_given_again_whenever_it_is_asked_for(by_excel: World, ask: Callable[[World], list[str]]) -> None:
    assert ask(by_excel) == [
        (
            "Phiếu số liệu của Sở Tài chính Mẫu, gồm cả những gì đã điền.\n"
            "Hạn nộp: hết ngày 31/10/2026\n"
            "\n"
            "Đề nghị anh/chị điền vào tệp này, lưu lại dạng .xlsx rồi gửi vào đây để nộp."
        )
    ]
    assert by_excel.last(HOA)["file"]["name"] == "quy-dinh-mau-2026-stc.xlsx"


def test_a_unit_with_a_sheet_gets_the_file_too_if_it_asks(collecting: World) -> None:
    collecting.write(HOA, "/phieu")
    assert collecting.last(HOA)["file"]["name"] == "quy-dinh-mau-2026-stc.xlsx"
    (receipt,) = collecting.upload(HOA, NAME, filled_in(collecting, answers()))
    assert receipt.splitlines()[0] == "Biên nhận số 2026-0001-1"


def test_before_the_issue_there_is_no_file(planned: World) -> None:
    planned.post("people", id=HOA, first_name="Hoa")
    planned.open_link(HOA, invitation(planned, Role.CONTACT, "stc", "Trần Thị Hoa Mẫu"))
    assert planned.write(HOA, "/phieu") == [
        "Phiếu của Sở Tài chính Mẫu chưa được phát hành. Khi phát hành, phiếu được gửi đến đây."
    ]


def test_a_filled_in_file_is_submitted_and_gets_a_receipt(by_excel: World) -> None:
    (receipt,) = by_excel.upload(HOA, NAME, filled_in(by_excel, answers()))
    assert receipt.splitlines()[:4] == [
        "Biên nhận số 2026-0001-1",
        "",
        "Đã nhận phiếu số liệu của Sở Tài chính Mẫu, bản nộp lần 1, lúc 08:00 15/09/2026, bằng tệp Excel.",
        "Số mục đã điền: 3/3 · Tài liệu kiểm chứng: 0",
    ]
    assert submissions(by_excel) == [(1, "excel", by_excel.address(HOA).person_id)]


def test_the_same_file_again_makes_no_second_revision_and_a_mended_one_does(by_excel: World) -> None:
    file = filled_in(by_excel, answers())
    by_excel.upload(HOA, NAME, file)
    (refusal,) = by_excel.upload(HOA, NAME, file)
    assert refusal.startswith("Phiếu không có gì thay đổi so với bản nộp lần 1")
    by_excel.upload(HOA, NAME, filled_in(by_excel, answers(31)))
    assert [number for number, _, _ in submissions(by_excel)] == [1, 2]


def test_a_file_with_gaps_is_answered_with_all_of_them_and_their_cells(by_excel: World) -> None:
    mistake = Problem("x", Severity.ERROR, Place(path="can_bo"), Text("bot.choice", label="Phiếu!E12: 1.5", action=""))
    file = filled_in(by_excel, FormReading(answers(30, None, mot_cua=None).filled, (mistake,)))
    assert by_excel.upload(HOA, NAME, file) == [
        (
            "Đã đọc tệp phiếu của Sở Tài chính Mẫu nhưng chưa nộp được. Đề nghị anh/chị bổ sung các mục dưới đây trong "
            "tệp, lưu lại rồi gửi lại tệp.\n"
            "\n"
            "Còn thiếu (1):\n"
            "• 2.1a – Có phần mềm một cửa\n"
            "\n"
            "Cần sửa (1):\n"
            "• Phiếu!E12: 1.5"
        )
    ]
    assert labels(by_excel.last(HOA)) == ["Nhận phiếu Excel", "Nộp phiếu", "Còn thiếu gì"]
    assert submissions(by_excel) == []


def test_what_was_read_last_is_what_the_unit_is_told_and_what_the_button_submits(by_excel: World) -> None:
    by_excel.upload(HOA, NAME, filled_in(by_excel, answers(30, None)))
    (status,) = by_excel.write(HOA, "/tinhhinh")
    assert status.splitlines()[1] == "Đã điền: 2/3 mục"
    (missing,) = by_excel.write(HOA, "/conthieu")
    assert missing.splitlines()[-1] == "• 1.1a – Số cán bộ"
    (shortfall,) = by_excel.write(HOA, "/nopphieu")
    assert shortfall.splitlines()[-1] == "• 1.1a – Số cán bộ"


def test_without_any_file_the_button_asks_for_one(by_excel: World) -> None:
    assert by_excel.write(HOA, "/nopphieu") == [
        (
            "Chưa nhận được tệp phiếu nào của Sở Tài chính Mẫu. "
            "Đề nghị anh/chị điền phiếu Excel rồi gửi vào đây; gửi là nộp."
        )
    ]
    assert labels(by_excel.last(HOA)) == ["Nhận phiếu Excel"]


def test_the_file_says_of_which_of_a_persons_units_it_is(by_excel: World) -> None:
    by_excel.open_link(HOA, invitation(by_excel, Role.CONTACT, "sgd", "Trần Thị Hoa Mẫu"))
    receipts = by_excel.upload(HOA, NAME, filled_in(by_excel, answers(), "quy-dinh-mau-2026/sgd"))
    assert [each.splitlines()[0] for each in receipts] == ["Biên nhận số 2026-0002-1"]


def test_a_file_of_a_person_with_many_units_is_opened_once(by_excel: World) -> None:
    by_excel.open_link(HOA, invitation(by_excel, Role.CONTACT, "sgd", "Trần Thị Hoa Mẫu"))
    assert isinstance(by_excel.files, PaperFiles)
    before = by_excel.files.opened
    by_excel.upload(HOA, NAME, filled_in(by_excel, answers(), "quy-dinh-mau-2026/sgd"))
    by_excel.upload(HOA, NAME, b"no form of anybody")
    assert by_excel.files.opened - before == 2


def test_the_form_of_somebody_elses_unit_is_refused(by_excel: World) -> None:
    (refusal,) = by_excel.upload(HOA, NAME, filled_in(by_excel, answers(), "quy-dinh-mau-2026/sgd"))
    assert refusal.splitlines()[:2] == [
        "Tệp “phieu.xlsx” không nhận được, phiếu chưa được nộp.",
        (
            "Đây là phiếu của đơn vị khác (mã quy-dinh-mau-2026/sgd), không phải phiếu của đơn vị "
            "(mã quy-dinh-mau-2026/stc). Hãy điền vào đúng phiếu mà đơn vị đã nhận; có thể lấy lại phiếu từ bot."
        ),
    ]
    assert labels(by_excel.last(HOA)) == ["Nhận phiếu Excel"]
    assert submissions(by_excel) == []


@pytest.mark.parametrize("number", [NAM, LAN])
def test_officers_and_leaders_submit_nothing_by_file(by_excel: World, number: int) -> None:
    assert by_excel.upload(number, NAME, filled_in(by_excel, answers())) == [
        (
            "Tin này không được lưu lại. Ở đây chỉ nhận phiếu Excel và tài liệu kiểm chứng (tệp PDF, Word, ảnh) do đầu "
            "mối đơn vị gửi."
        )
    ]
    assert submissions(by_excel) == []


def test_a_stranger_submits_nothing_by_file(by_excel: World) -> None:
    by_excel.person(77, "Lạ")
    (refusal,) = by_excel.upload(77, NAME, filled_in(by_excel, answers()))
    assert refusal.startswith("Anh/chị chưa được mời tham gia đợt đánh giá nào.")
    assert submissions(by_excel) == []


def test_a_file_that_comes_after_the_deadline_is_kept_and_called_late(by_excel: World) -> None:
    end_collecting(by_excel)
    by_excel.settle()
    (receipt,) = by_excel.upload(HOA, NAME, filled_in(by_excel, answers()))
    assert receipt.splitlines()[0] == "Biên nhận số 2026-0001-1 (nộp muộn)"


def test_a_file_that_came_in_time_is_in_time_however_long_it_waits_to_be_handled(by_excel: World) -> None:
    by_excel.sandbox.clock.set(datetime(2026, 10, 31, 16, 59, 50, tzinfo=UTC))  # 23:59:50 in Việt Nam
    by_excel.send_file(HOA, NAME, filled_in(by_excel, answers()))
    by_excel.run(by_excel.bot.poll(0))
    by_excel.sandbox.clock.advance(20)
    by_excel.settle()
    assert said(by_excel.last(HOA)).splitlines()[:3] == [
        "Biên nhận số 2026-0001-1",
        "",
        "Đã nhận phiếu số liệu của Sở Tài chính Mẫu, bản nộp lần 1, lúc 23:59 31/10/2026, bằng tệp Excel.",
    ]


def test_a_file_handled_again_after_a_crash_makes_no_second_revision(by_excel: World) -> None:
    by_excel.send_file(HOA, NAME, filled_in(by_excel, answers()))
    by_excel.run(by_excel.bot.poll(0))
    by_excel.run(by_excel.bot.handle())
    with by_excel.transaction() as session:  # as if the mark had been lost, and the receipt was on its way
        session.connection().exec_driver_sql("UPDATE updates SET handled_at = NULL")
    by_excel.settle()
    assert [number for number, _, _ in submissions(by_excel)] == [1]


def test_two_files_at_once_make_one_revision_each(by_excel: World) -> None:
    by_excel.send_file(HOA, NAME, filled_in(by_excel, answers(30)))
    by_excel.send_file(HOA, NAME, filled_in(by_excel, answers(20)))
    by_excel.settle()
    with by_excel.transaction() as session:
        rows = session.query(Submission).order_by(Submission.number).all()
        assert [(row.number, filled_of(row)) for row in rows] == [(1, answers(30).filled), (2, answers(20).filled)]


def test_a_changed_client_gets_no_other_units_form(by_excel: World) -> None:
    assert by_excel.press_data(HOA, f"form:{unit_id(by_excel, 'sgd')}") == [
        "Nút này của một đơn vị mà anh/chị không phải là đầu mối. Anh/chị gõ /tinhhinh để xem đơn vị của mình."
    ]


def test_a_refused_file_is_not_kept(by_excel: World) -> None:
    with by_excel.transaction() as session:
        before = session.query(StoredFile).count()
    by_excel.upload(HOA, "bang.xlsx", b"some other table")
    with by_excel.transaction() as session:
        assert session.query(StoredFile).count() == before
