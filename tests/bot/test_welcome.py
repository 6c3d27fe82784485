"""Opening an invitation, and what people are told who have none."""

from campaign.roles import Role
from tests.bot.world import World, labels, said
from tests.bot.year import HOA, NAM, TITLE, invitation, issue, join

STRANGER = (
    "Kính chào anh/chị. Đây là kênh phục vụ công tác đánh giá, xếp hạng các cơ quan, đơn vị.\n"
    "\n"
    "Để bắt đầu, đề nghị anh/chị mở đường dẫn mời do cán bộ phụ trách gửi riêng cho mình. Nếu chưa có, hoặc đường dẫn "
    "không còn hiệu lực, xin liên hệ cán bộ phụ trách để được cấp."
)
NO_ROLE = (
    "Anh/chị chưa được mời tham gia đợt đánh giá nào. Đề nghị mở đường dẫn mời do cán bộ phụ trách gửi; "
    "nếu chưa có, xin liên hệ cán bộ phụ trách để được cấp."
)


def test_a_stranger_is_told_how_to_begin(world: World) -> None:
    world.post("people", id=HOA, first_name="Hoa")
    assert world.write(HOA, "/start") == [STRANGER]
    assert world.write(HOA, "/trogiup") == [STRANGER]


def test_a_stranger_can_do_nothing(planned: World) -> None:
    planned.person(HOA, "Hoa")
    for command in ("tinhhinh", "conthieu", "nopphieu", "ketqua", "xephang"):
        assert planned.write(HOA, f"/{command}") == [NO_ROLE]


def test_a_contact_is_welcomed_and_told_what_comes_next(planned: World) -> None:
    assert join(planned, HOA, Role.CONTACT, "stc", "Trần Thị Hoa Mẫu") == [
        (
            "Kính chào Trần Thị Hoa Mẫu. Anh/chị đã được ghi nhận là đầu mối của Sở Tài chính Mẫu.\n"
            f"{TITLE}\n"
            "\n"
            "Tại đây anh/chị nhận phiếu, lời nhắc hạn kèm các mục còn thiếu, "
            "biên nhận khi nộp và kết quả khi công bố.\n"
            "\n"
            "Phiếu dự kiến phát hành ngày 15/09/2026 và sẽ được gửi đến đây. Từ nay đến đó, anh/chị chưa phải làm gì.\n"
            "\n"
            "Cần hướng dẫn, anh/chị gõ /trogiup."
        )
    ]


def test_a_contact_who_joins_late_gets_the_form_at_once(planned: World) -> None:
    issue(planned)
    request, welcome = join(planned, HOA, Role.CONTACT, "stc", "Trần Thị Hoa Mẫu")
    assert request.startswith(f"{TITLE}\n\nKính gửi: Sở Tài chính Mẫu\n")
    assert (
        "Việc cần làm: mở phiếu, điền đủ số liệu rồi bấm “Nộp phiếu”, chậm nhất là hết ngày 31/10/2026."
        in welcome.splitlines()
    )


def test_an_officer_and_a_leader_are_welcomed_with_a_way_to_the_board(planned: World) -> None:
    (officer,) = join(planned, NAM, Role.OFFICER, "", "Lê Văn Nam Mẫu")
    assert officer.startswith(f"Kính chào Lê Văn Nam Mẫu. Anh/chị đã được ghi nhận là cán bộ thẩm định.\n{TITLE}\n")
    assert labels(planned.last(NAM)) == ["Tình hình nộp phiếu"]
    (leader,) = join(planned, HOA, Role.LEADER, "", "Phạm Thị Lan Mẫu")
    assert leader.startswith(f"Kính chào Phạm Thị Lan Mẫu. Anh/chị đã được ghi nhận là lãnh đạo phê duyệt.\n{TITLE}\n")
    assert labels(planned.last(HOA)) == ["Tình hình nộp phiếu"]
    (board,) = planned.press(HOA, "Tình hình nộp phiếu")
    assert board.startswith(f"{TITLE}\nHạn nộp: hết ngày 31/10/2026\nĐã nộp: 0/3")


def test_an_invitation_opened_twice_by_the_same_person_is_harmless(planned: World) -> None:
    token = invitation(planned, Role.OFFICER, "", "Lê Văn Nam Mẫu")
    planned.post("people", id=NAM, first_name="Nam")
    assert planned.open_link(NAM, token) == planned.open_link(NAM, token)


def test_a_link_that_somebody_else_has_used_is_refused(planned: World) -> None:
    token = invitation(planned, Role.OFFICER, "", "Lê Văn Nam Mẫu")
    for number in (NAM, HOA):
        planned.post("people", id=number, first_name="Tên")
    planned.open_link(NAM, token)
    assert planned.open_link(HOA, token) == [
        "Đường dẫn mời này đã có người khác sử dụng. Đề nghị liên hệ cán bộ phụ trách để nhận đường dẫn riêng."
    ]
    assert planned.write(HOA, "/tinhhinh") == [NO_ROLE]


def test_a_link_that_nobody_made_is_refused(planned: World) -> None:
    planned.post("people", id=HOA, first_name="Hoa")
    assert planned.open_link(HOA, "khong-co-that") == [
        "Đường dẫn mời này không có hiệu lực. Đề nghị liên hệ cán bộ phụ trách để nhận đường dẫn mới."
    ]


def test_a_link_that_is_too_old_is_refused(planned: World) -> None:
    token = invitation(planned, Role.OFFICER, "", "Lê Văn Nam Mẫu")
    planned.sandbox.clock.advance(61 * 86_400)
    planned.post("people", id=NAM, first_name="Nam")
    assert planned.open_link(NAM, token) == [
        "Đường dẫn mời đã hết hạn ngày 14/11/2026. Đề nghị liên hệ cán bộ phụ trách để nhận đường dẫn mới."
    ]


def test_help_lists_the_commands_of_all_roles_that_a_person_has(planned: World) -> None:
    join(planned, NAM, Role.OFFICER, "", "Lê Văn Nam Mẫu")
    assert planned.write(NAM, "/help") == [
        (
            "Anh/chị có thể dùng các lệnh sau:\n"
            "\n"
            "/tinhhinh – tình hình nộp phiếu\n"
            "/tinhhinh tên đơn vị – tình hình của một đơn vị\n"
            "/xephang – bảng xếp hạng mới nhất\n"
            "/ngonngu – chọn ngôn ngữ (English: /language en)\n"
            "/huy – dừng việc đang làm dở\n"
            "/trogiup – xem lại hướng dẫn này"
        )
    ]
    planned.open_link(NAM, invitation(planned, Role.CONTACT, "stc", "Lê Văn Nam Mẫu"))
    assert planned.write(NAM, "/start")[0].splitlines()[2:7] == [
        "/tinhhinh – tình hình nộp phiếu",
        "/conthieu – phiếu còn thiếu gì",
        "/phieu – nhận phiếu dạng tệp Excel",
        "/nopphieu – nộp phiếu",
        "/ketqua – kết quả của đơn vị",
    ]


def test_the_language_is_chosen_by_word_or_by_button(world: World) -> None:
    world.person(HOA, "Hoa")
    assert world.write(HOA, "/language EN") == ["From now on you get messages in English."]
    assert world.write(HOA, "/ngonngu fr") == ["Please choose a language:"]
    assert labels(world.last(HOA)) == ["Tiếng Việt", "English"]
    assert world.press(HOA, "Tiếng Việt") == ["Từ nay anh/chị nhận tin nhắn bằng tiếng Việt."]


def test_commands_are_understood_in_every_language_and_case(world: World) -> None:
    world.person(HOA, "Hoa")
    assert world.write(HOA, "/CANCEL") == world.write(HOA, "/huy") == ["Hiện không có việc nào đang làm dở."]


def from_hoa(**content: object) -> dict[str, object]:
    chat, sender = {"id": HOA, "type": "private"}, {"id": HOA, "is_bot": False, "first_name": "Hoa"}
    return {"message_id": 1, "date": 0, "chat": chat, "from": sender, **content}


def test_what_nobody_asked_for_gets_a_short_answer(world: World) -> None:
    world.person(HOA, "Hoa")
    assert world.write(HOA, "xin chào") == [
        (
            "Tin nhắn này không được chuyển đến ai: ở đây chỉ nhận lệnh, nút bấm và tệp của đầu mối đơn vị. "
            "Anh/chị gõ /trogiup để xem các lệnh; cần trao đổi, xin liên hệ cán bộ phụ trách."
        )
    ]
    assert world.write(HOA, "/abc<b>") == [
        (
            "Tin nhắn này không được chuyển đến ai: ở đây chỉ nhận lệnh, nút bấm và tệp của đầu mối đơn vị. "
            "Anh/chị gõ /trogiup để xem các lệnh; cần trao đổi, xin liên hệ cán bộ phụ trách."
        )
    ]
    assert world.write(HOA, "/abc") == ["Không có lệnh /abc. Anh/chị gõ /trogiup để xem các lệnh."]
    sticker = {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1}
    animated = {"is_animated": False, "is_video": False}
    assert world.receive(HOA, {"message": from_hoa(sticker={**sticker, **animated})}) == [
        (
            "Tin này không được lưu lại. Ở đây chỉ nhận phiếu Excel và tài liệu kiểm chứng (tệp PDF, Word, ảnh) "
            "do đầu mối đơn vị gửi."
        )
    ]


def test_a_group_gets_one_short_answer_and_nothing_else(collecting: World) -> None:
    collecting.post("groups", id=-100, title="Tổ công tác", members=[HOA])
    for text in ("/tinhhinh", "/tinhhinh@xephang_sandbox_bot", "/start@xephang_sandbox_bot token"):
        collecting.post(f"people/{HOA}/text", text=text, chat=-100)
    collecting.settle()
    seen = collecting.http.get(f"/sandbox/people/{HOA}/messages", params={"chat": -100}).json()
    only_in_private = "Các lệnh chỉ dùng được khi nhắn riêng. Đề nghị anh/chị mở trò chuyện riêng với bot."
    assert [said(each) for each in seen if each["direction"] == "out"] == [only_in_private, only_in_private]


def test_a_hostile_name_stays_text(planned: World) -> None:
    name = "<b>Hoa</b> {title} \u202e&amp;"
    (welcome,) = join(planned, NAM, Role.OFFICER, "", name)
    assert welcome.splitlines()[0] == (
        "Kính chào <b>Hoa</b> {title} \u202e&amp;. Anh/chị đã được ghi nhận là cán bộ thẩm định."
    )
