"""Evidence that a contact sends as a file: told by its caption or name, or asked by buttons."""

from typing import Any

import pytest

from bot.downloading import LARGEST_DOWNLOAD
from campaign.models import EvidenceFile, Form, FormKind
from campaign.ports import FolderFile, FormError
from campaign.roles import Role
from tests.bot.photos import file_of, photo
from tests.bot.world import World, labels, said
from tests.bot.year import HOA, LAN, NAM, answers, begin, end_collecting, fill_in, invitation, unit_id

WANTED = ("mot_cua: {label: Có phần mềm một cửa,", "mot_cua: {evidence: true, label: Có phần mềm một cửa,")
PDF = b"%PDF-1.7 invented"
NOT_YOURS = "Nút này của một đơn vị mà anh/chị không phải là đầu mối. Anh/chị gõ /tinhhinh để xem đơn vị của mình."
OLD = "Nút này không còn hiệu lực. Anh/chị gõ /trogiup để xem các việc có thể làm."
LATER = (
    "Telegram tạm thời chưa chuyển được tệp “ke-hoach.pdf” nên tệp chưa được nhận. Đề nghị anh/chị gửi lại sau ít phút."
)
TOO_LARGE = (
    "Tệp “ke-hoach.pdf” lớn hơn 20 MB nên Telegram không chuyển được. "
    "Đề nghị anh/chị giảm dung lượng (quét ở độ phân giải thấp hơn, chia nhỏ) rồi gửi lại."
)


@pytest.fixture
def asking(world: World) -> World:
    """The forms are out, and one question wants evidence."""
    return begin(world, WANTED)


def kept(world: World) -> list[tuple[str, str | None, bool]]:
    """The files with the question that each is for, and whether it was dropped."""
    with world.transaction() as session:
        rows = session.query(EvidenceFile).order_by(EvidenceFile.id)
        return [(row.name, row.key, row.withdrawn_at is not None) for row in rows]


def taken(name: str, number: str, label: str) -> str:
    return f"Đã nhận “{name}” làm tài liệu kiểm chứng cho {number} – {label}."


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("quyet-dinh.pdf", "2.1a Quyết định số 5"),
        ("quyet-dinh.pdf", "2.1A"),
        ("2.1a quyết định.docx", ""),
        ("2.1a.xlsx", ""),
        ("bang.xlsx", "2.1a danh sách"),
    ],
)
def test_a_caption_or_name_that_begins_with_the_number_places_the_file(asking: World, name: str, caption: str) -> None:
    assert asking.upload(HOA, name, PDF, caption) == [taken(name, "2.1a", "Có phần mềm một cửa")]
    assert labels(asking.last(HOA)) == ["Chọn mục khác", "Bỏ tệp"]
    assert kept(asking) == [(name, "mot_cua", False)]


@pytest.mark.parametrize("caption", ["", "kế hoạch 2.1a", "9.9z", "2.1", "2.1ab", "<b>2.1a</b>", "=2.1a", "../2.1a"])
def test_a_file_that_names_no_question_is_asked_about(asking: World, caption: str) -> None:
    assert asking.upload(HOA, "ke-hoach.pdf", PDF, caption) == [
        (
            "Đã nhận tệp “ke-hoach.pdf” của Sở Tài chính Mẫu. Tệp này là tài liệu kiểm chứng cho mục nào?\n"
            "Tệp chỉ được tính khi anh/chị đã chọn mục."
        )
    ]
    assert labels(asking.last(HOA)) == [
        "2.1a Có phần mềm một cửa",
        "1.1a Số cán bộ",
        "1.1b Số máy tính",
        "Không dùng cho phiếu này",
    ]
    assert kept(asking) == [("ke-hoach.pdf", None, False)]


def test_the_button_places_the_file_and_others_take_it_elsewhere_or_away(asking: World) -> None:
    asking.upload(HOA, "ke-hoach.pdf", PDF)
    assert asking.press(HOA, "1.1a Số cán bộ") == [taken("ke-hoach.pdf", "1.1a", "Số cán bộ")]
    assert kept(asking) == [("ke-hoach.pdf", "can_bo", False)]
    asking.press(HOA, "Chọn mục khác")
    assert asking.press(HOA, "2.1a Có phần mềm một cửa") == [taken("ke-hoach.pdf", "2.1a", "Có phần mềm một cửa")]
    assert asking.press(HOA, "Bỏ tệp") == ["Đã bỏ “ke-hoach.pdf”; tệp này không được tính."]
    assert kept(asking) == [("ke-hoach.pdf", "mot_cua", True)]
    assert asking.press(HOA, "Chọn mục khác") == [
        "Tệp “ke-hoach.pdf” đã được bỏ. Nếu vẫn cần, đề nghị anh/chị gửi lại tệp."
    ]


def test_a_file_sent_by_mistake_is_dropped(asking: World) -> None:
    asking.upload(HOA, "anh-nha.pdf", PDF)
    assert asking.press(HOA, "Không dùng cho phiếu này") == ["Đã bỏ “anh-nha.pdf”; tệp này không được tính."]


def test_evidence_by_file_lets_the_form_be_submitted(asking: World) -> None:
    fill_in(asking, "stc", answers())
    (shortfall,) = asking.write(HOA, "/nopphieu")
    assert shortfall.splitlines()[-2:] == ["Chưa có tài liệu kiểm chứng (1):", "• 2.1a – Có phần mềm một cửa"]
    asking.upload(HOA, "2.1a quyết định.pdf", PDF)
    (receipt,) = asking.write(HOA, "/nopphieu")
    assert receipt.splitlines()[3] == "Số mục đã điền: 3/3 · Tài liệu kiểm chứng: 1"


def test_many_questions_are_shown_eight_to_a_page(world: World) -> None:
    more = "".join(f"  them_{place}: {{label: Thêm {place}, type: boolean, clause: Điều 1}}\n" for place in range(8))
    conditions = ", ".join(f"{{question: {key}}}" for key in ("mot_cua", *(f"them_{place}" for place in range(8))))
    rule = f"rule: {{kind: all_met, conditions: [{conditions}]}}"
    begin(world, WANTED, ("tree:\n", f"{more}tree:\n"), ("rule: {kind: yes_no, question: mot_cua}", rule))
    world.upload(HOA, "ke-hoach.pdf", PDF)
    first_page = labels(world.last(HOA))
    assert first_page[:3] == ["2.1a Có phần mềm một cửa", "1.1a Số cán bộ", "1.1b Số máy tính"]
    assert first_page[7:] == ["2.1f Thêm 4", "»", "Không dùng cho phiếu này"]
    world.press(HOA, "»")
    assert labels(world.last(HOA)) == ["2.1g Thêm 5", "2.1h Thêm 6", "2.1i Thêm 7", "«", "Không dùng cho phiếu này"]
    world.press(HOA, "«")
    assert labels(world.last(HOA)) == first_page
    world.press(HOA, "2.1f Thêm 4")
    assert kept(world) == [("ke-hoach.pdf", "them_4", False)]


def test_a_photo_is_evidence_and_never_the_form(asking: World) -> None:
    (question,) = asking.receive(HOA, photo(asking, number=900))
    assert question.splitlines()[-1] == (
        "Ảnh chỉ được tính khi anh/chị đã chọn mục. Ảnh chụp phiếu không thay được phiếu: số liệu phải điền trong "
        "phiếu, hoặc vào tệp Excel của phiếu (gõ /phieu)."
    )
    assert kept(asking) == [("photo-900.jpg", None, False)]


def test_where_the_form_is_a_file_a_photo_is_told_so(world: World) -> None:
    begin(world, WANTED, forms=FormKind.EXCEL)
    (question,) = world.receive(HOA, photo(world, number=900))
    assert question.endswith("số liệu phải điền vào tệp Excel của phiếu rồi gửi tệp đó.")


def test_an_album_is_asked_about_once_and_placed_together(asking: World) -> None:
    assert len(asking.receive(HOA, photo(asking, number=900, album="77"))) == 1
    assert asking.receive(HOA, photo(asking, number=901, album="77")) == [
        "Đã nhận thêm “photo-901.jpg”; tệp này đi cùng mục anh/chị chọn ở trên."
    ]
    assert asking.press(HOA, "2.1a Có phần mềm một cửa") == [
        taken("photo-900.jpg", "2.1a", "Có phần mềm một cửa"),
        taken("photo-901.jpg", "2.1a", "Có phần mềm một cửa"),
    ]
    assert asking.receive(HOA, photo(asking, number=902, album="77")) == [
        taken("photo-902.jpg", "2.1a", "Có phần mềm một cửa")
    ]


def test_the_caption_of_an_album_holds_for_all_of_it(asking: World) -> None:
    asking.receive(HOA, photo(asking, number=900, album="77", caption="1.1a"))
    asking.receive(HOA, photo(asking, number=901, album="77"))
    asking.receive(HOA, photo(asking, number=902, album="78"))
    assert [key for _, key, _ in kept(asking)] == ["can_bo", "can_bo", None]


def test_a_caption_under_the_last_photo_of_an_album_holds_for_the_earlier_ones_too(asking: World) -> None:
    asking.receive(HOA, photo(asking, number=900, album="77"))
    assert asking.receive(HOA, photo(asking, number=901, album="77", caption="2.1a")) == [
        taken("photo-900.jpg", "2.1a", "Có phần mềm một cửa"),
        taken("photo-901.jpg", "2.1a", "Có phần mềm một cửa"),
    ]


def test_the_same_upload_handled_again_after_a_crash_is_kept_once(asking: World) -> None:
    asking.upload(HOA, "2.1a.pdf", PDF)
    with asking.transaction() as session:
        session.connection().exec_driver_sql("UPDATE updates SET handled_at = NULL")
    asking.settle()
    assert kept(asking) == [("2.1a.pdf", "mot_cua", False)]


def test_one_paper_may_be_evidence_for_two_questions(asking: World) -> None:
    asking.upload(HOA, "quyet-dinh.pdf", PDF, "2.1a")
    asking.upload(HOA, "quyet-dinh.pdf", PDF, "1.1a")
    assert kept(asking) == [("quyet-dinh.pdf", "mot_cua", False), ("quyet-dinh.pdf", "can_bo", False)]


def test_two_files_at_once_are_both_kept(asking: World) -> None:
    asking.send_file(HOA, "2.1a.pdf", PDF)
    asking.send_file(HOA, "1.1a.pdf", b"%PDF-1.7 another")
    asking.settle()
    assert kept(asking) == [("2.1a.pdf", "mot_cua", False), ("1.1a.pdf", "can_bo", False)]


def test_who_speaks_for_several_units_says_whose_the_file_is(asking: World) -> None:
    asking.open_link(HOA, invitation(asking, Role.CONTACT, "sgd", "Trần Thị Hoa Mẫu"))
    assert asking.upload(HOA, "ke-hoach.pdf", PDF, "2.1a") == [
        "Tệp “ke-hoach.pdf” là tài liệu kiểm chứng của đơn vị nào?"
    ]
    assert asking.press(HOA, "Sở Giáo dục Mẫu") == [taken("ke-hoach.pdf", "2.1a", "Có phần mềm một cửa")]
    sgd = unit_id(asking, "sgd")
    with asking.transaction() as session:
        assert session.query(EvidenceFile).one().unit_id == sgd
    asking.press(HOA, "Sở Giáo dục Mẫu")
    assert len(kept(asking)) == 1


def test_a_file_is_dated_by_when_it_came_and_not_by_when_somebody_said_whose_it_is(asking: World) -> None:
    asking.open_link(HOA, invitation(asking, Role.CONTACT, "sgd", "Trần Thị Hoa Mẫu"))
    came_at = asking.clock.now()
    asking.send_file(HOA, "2.1a.pdf", PDF)
    asking.run(asking.bot.poll(0))
    asking.sandbox.clock.advance(60)
    asking.settle()
    asking.press(HOA, "Sở Giáo dục Mẫu")
    with asking.transaction() as session:
        assert session.query(EvidenceFile).one().at == came_at


def lay_in_folder(world: World, *names: str, folder: str = "folder-of-stc") -> None:
    """The unit has a folder, and somebody has put files of these names into it just now."""
    stc = unit_id(world, "stc")
    with world.transaction() as session:
        session.get_one(Form, stc).folder_id = folder
    files = (FolderFile(f"drive-{name}", folder, name, "5" * 64, world.clock.now()) for name in names)
    world.forms.folders[folder] = tuple(files)


def test_a_file_put_into_the_folder_a_moment_ago_counts_for_the_form_that_is_submitted(asking: World) -> None:
    fill_in(asking, "stc", answers())
    lay_in_folder(asking)
    (shortfall,) = asking.write(HOA, "/nopphieu")
    assert shortfall.splitlines()[-1] == "• 2.1a – Có phần mềm một cửa"
    lay_in_folder(asking, "2.1a quyết định.pdf")
    *_, receipt = asking.write(HOA, "/nopphieu")
    assert receipt.splitlines()[3] == "Số mục đã điền: 3/3 · Tài liệu kiểm chứng: 1"
    assert kept(asking) == [("2.1a quyết định.pdf", "mot_cua", False)]


def test_a_file_taken_out_of_the_folder_is_missing_when_the_form_is_submitted(asking: World) -> None:
    fill_in(asking, "stc", answers())
    lay_in_folder(asking, "2.1a quyết định.pdf")
    asking.write(HOA, "/conthieu")
    asking.sandbox.clock.advance(600)
    asking.forms.folders["folder-of-stc"] = FormError("deleted", retry=False)
    asking.write(HOA, "/conthieu")
    assert kept(asking) == [("2.1a quyết định.pdf", "mot_cua", False)]
    lay_in_folder(asking)
    (shortfall,) = asking.write(HOA, "/nopphieu")
    assert shortfall.splitlines()[-1] == "• 2.1a – Có phần mềm một cửa"
    assert kept(asking) == [("2.1a quyết định.pdf", "mot_cua", True)]


def test_what_is_missing_is_asked_with_an_eye_on_the_folder(asking: World) -> None:
    fill_in(asking, "stc", answers())
    lay_in_folder(asking, "2.1a quyết định.pdf")
    asking.write(HOA, "/conthieu")
    assert said(asking.last(HOA)).startswith("Phiếu của Sở Tài chính Mẫu đã đủ số liệu.")


def test_a_folder_that_is_gone_keeps_no_form_from_being_submitted(asking: World) -> None:
    fill_in(asking, "stc", answers())
    lay_in_folder(asking)
    asking.upload(HOA, "2.1a quyết định.pdf", PDF)
    asking.forms.folders["folder-of-stc"] = FormError("unavailable", retry=True)
    (later,) = asking.write(HOA, "/nopphieu")
    assert later.startswith("Google tạm thời chưa trả lời")
    asking.forms.folders["folder-of-stc"] = FormError("deleted", retry=False)
    (receipt,) = asking.write(HOA, "/nopphieu")
    assert receipt.splitlines()[0] == "Biên nhận số 2026-0001-1"


def test_a_file_too_large_is_answered_and_not_fetched(asking: World) -> None:
    said_so: dict[str, str | int] = {"file_id": "nobody-knows", "file_size": LARGEST_DOWNLOAD + 1}
    found_so: dict[str, str | int] = {"file_id": file_of(asking, b"x" * (LARGEST_DOWNLOAD + 1))}
    chat, sender = {"id": HOA, "type": "private"}, {"id": HOA, "is_bot": False, "first_name": "Hoa"}
    for number, size in enumerate((said_so, found_so)):
        document = {"file_unique_id": "b", "file_name": "ke-hoach.pdf", **size}
        message = {"message_id": number, "date": 0, "chat": chat, "from": sender, "document": document}
        assert asking.receive(HOA, {"message": message}) == [TOO_LARGE]
    assert kept(asking) == []


@pytest.mark.parametrize("method", ["getFile", "download"])
@pytest.mark.parametrize("fault", [{"status": 502}, {"status": 429, "retry_after": 3}, {"effect": "lose"}])
def test_a_file_that_telegram_does_not_give_is_asked_for_again(
    asking: World, method: str, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    asking.fault(method, **fault)
    assert asking.upload(HOA, "ke-hoach.pdf", PDF) == [LATER]
    assert kept(asking) == []
    assert asking.sandbox.token not in caplog.text
    asking.upload(HOA, "2.1a.pdf", PDF)
    assert kept(asking) == [("2.1a.pdf", "mot_cua", False)]


@pytest.mark.parametrize("number", [NAM, LAN])
def test_officers_and_leaders_send_no_evidence(asking: World, number: int) -> None:
    (refusal,) = asking.upload(number, "2.1a.pdf", PDF)
    assert refusal.startswith("Tin này không được lưu lại.")
    assert kept(asking) == []


def test_after_the_time_is_over_no_evidence_is_taken(asking: World) -> None:
    asking.upload(HOA, "ke-hoach.pdf", PDF)
    end_collecting(asking)
    asking.settle()
    over = (
        "Sở Tài chính Mẫu đã hết thời gian bổ sung tài liệu nên tệp này không được nhận. "
        "Nếu có vướng mắc, đề nghị anh/chị liên hệ cán bộ phụ trách."
    )
    assert asking.upload(HOA, "2.1a.pdf", PDF) == [over]
    assert asking.press(HOA, "2.1a Có phần mềm một cửa") == [over]
    assert kept(asking) == [("ke-hoach.pdf", None, False)]


def test_nobody_touches_another_units_file(asking: World) -> None:
    asking.upload(HOA, "ke-hoach.pdf", PDF)
    sgd = unit_id(asking, "sgd")
    with asking.transaction() as session:
        row = session.query(EvidenceFile).one()
        row.unit_id = sgd
        file = row.id
    for data in (f"evidence:{file}:0", f"evidence_page:{file}:0", f"drop:{file}", f"signed:{file}"):
        assert asking.press_data(HOA, data) == [NOT_YOURS]
    assert kept(asking) == [("ke-hoach.pdf", None, False)]


def test_buttons_that_lead_nowhere_are_old(asking: World) -> None:
    asking.upload(HOA, "ke-hoach.pdf", PDF)
    unit = unit_id(asking, "stc")
    for data in ("evidence:1:3", "evidence:99:0", "evidence:1", "evidence:1:-1", "drop:99", f"file_of:{unit}:99"):
        assert asking.press_data(HOA, data) == [OLD]
    assert asking.press_data(HOA, f"file_of:{unit_id(asking, 'sgd')}:1") == [NOT_YOURS]


def test_nobody_brings_somebody_elses_upload(asking: World) -> None:
    asking.post("people", id=55, first_name="Bế")
    asking.open_link(55, invitation(asking, Role.CONTACT, "sgd", "Bế Thị Mẫu"))
    asking.upload(HOA, "ke-hoach.pdf", PDF)
    for update in range(1, 30):
        assert asking.press_data(55, f"file_of:{unit_id(asking, 'sgd')}:{update}") == [OLD]
    assert len(kept(asking)) == 1


def test_a_page_that_is_no_longer_there_shows_the_last_one(asking: World) -> None:
    asking.upload(HOA, "ke-hoach.pdf", PDF)
    asking.press_data(HOA, "evidence_page:1:99")
    assert labels(asking.last(HOA))[0] == "2.1a Có phần mềm một cửa"


def test_a_hostile_name_and_caption_stay_text(asking: World) -> None:
    assert asking.upload(HOA, "=cmd <b>x &amp; \u202efdp.exe", PDF, "2.1a <script>") == [
        taken("=cmd <b>x &amp; fdp.exe", "2.1a", "Có phần mềm một cửa")
    ]


def test_the_status_names_missing_evidence_and_files_without_a_question(asking: World) -> None:
    stc = unit_id(asking, "stc")
    with asking.transaction() as session:
        session.get_one(Form, stc).folder_url = "https://drive.google.com/drive/folders/invented"
    fill_in(asking, "stc", answers())
    asking.write(HOA, "/nopphieu")
    asking.upload(HOA, "ke-hoach.pdf", PDF)
    (status,) = asking.write(HOA, "/tinhhinh")
    assert status.splitlines()[-5:] == [
        "Chưa có tài liệu kiểm chứng (1):",
        "• 2.1a – Có phần mềm một cửa",
        "",
        "Tệp chưa rõ dùng cho mục nào (1):",
        "• ke-hoach.pdf",
    ]
    assert labels(asking.last(HOA)) == ["Mở phiếu", "Thư mục tài liệu", "Nộp phiếu", "Còn thiếu gì"]
