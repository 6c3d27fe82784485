"""What officers and leaders ask: the board, one unit, the ranking, next year's draft."""

from campaign.models import Campaign, History
from campaign.next_year import draft_next_year
from tests.bot.world import World, labels
from tests.bot.year import HOA, LAN, NAM, TITLE, answers, campaign_id, fill_in, unit_id

BOARD = (
    f"{TITLE}\n"
    "Hạn nộp: hết ngày 31/10/2026\n"
    "Đã nộp: 1/3 · Đang điền: 0 · Chưa điền: 2\n"
    "\n"
    "Chưa điền mục nào (2):\n"
    "• Sở Giáo dục Mẫu\n"
    "• Sở Công Thương Mẫu"
)
ONLY_OFFICERS = "Việc này dành cho cán bộ thẩm định của đợt đánh giá."


def one_has_submitted(world: World) -> None:
    fill_in(world, "stc", answers())
    world.write(HOA, "/nopphieu")


def test_officers_and_leaders_see_the_board_and_who_is_silent(collecting: World) -> None:
    one_has_submitted(collecting)
    for person in (NAM, LAN):
        assert collecting.write(person, "/tinhhinh") == [BOARD]
        assert collecting.press(person, "Tình hình nộp phiếu") == [BOARD]


def test_a_contact_cannot_press_for_the_board(collecting: World) -> None:
    assert collecting.press_data(HOA, f"status:{campaign_id(collecting)}") == [ONLY_OFFICERS]
    assert collecting.press_data(HOA, f"unit:{unit_id(collecting, 'sgd')}") == [ONLY_OFFICERS]
    assert collecting.press_data(NAM, "status:99") == [ONLY_OFFICERS]
    assert collecting.press_data(NAM, "unit:99") == [ONLY_OFFICERS]


def test_an_officer_asks_for_one_unit_in_any_spelling(collecting: World) -> None:
    one_has_submitted(collecting)
    for words in ("sở tài chính mẫu", "tai chinh", "stc"):
        assert collecting.write(NAM, f"/tinhhinh {words}") == [
            (
                "Sở Tài chính Mẫu\n"
                "Đã điền: 3/3 mục\n"
                "Hạn nộp: hết ngày 31/10/2026\n"
                "Đã nộp: biên nhận số 2026-0001-1, bản nộp lần 1, lúc 08:00 15/09/2026"
            )
        ]


def test_words_that_fit_several_units_are_answered_with_a_choice(collecting: World) -> None:
    assert collecting.write(NAM, "/tinhhinh sở") == ["Anh/chị chọn đơn vị:"]
    assert labels(collecting.last(NAM)) == ["Sở Tài chính Mẫu", "Sở Giáo dục Mẫu", "Sở Công Thương Mẫu"]
    (status,) = collecting.press(NAM, "Sở Giáo dục Mẫu")
    assert status.splitlines()[0] == "Sở Giáo dục Mẫu"


def test_words_that_fit_very_many_units_want_to_be_more_exact(collecting: World) -> None:
    with collecting.transaction() as session:
        campaign = session.query(Campaign).one()
        first = campaign.units[0]
        campaign.units.extend(
            type(first)(code=f"x{number}", name=f"Xã Mẫu {number}", group="so", parent="", source="")
            for number in range(11)
        )
    assert collecting.write(NAM, "/tinhhinh xã mẫu") == [
        "Có 11 đơn vị khớp với “xã mẫu”. Đề nghị anh/chị gõ tên đầy đủ hơn."
    ]


def test_words_that_fit_no_unit_are_said_back_as_text(collecting: World) -> None:
    assert collecting.write(NAM, "/tinhhinh <b>không có</b>") == [
        (
            "Không có đơn vị nào mang tên hoặc mã “<b>không có</b>”. "
            "Anh/chị gõ một phần của tên, có dấu hay không dấu đều được, ví dụ /tinhhinh tai chinh."
        )
    ]


def test_before_the_ranking_there_is_none_to_show(collecting: World) -> None:
    assert collecting.write(LAN, "/xephang") == [f"{TITLE} chưa có bảng xếp hạng."]


def test_the_ranking_on_offer_shows_the_leader_the_button_and_the_officer_none(offered: World) -> None:
    (ranking,) = offered.write(LAN, "/xephang")
    assert ranking.splitlines()[:7] == [
        TITLE,
        "Dự thảo trình phê duyệt (bản số 1)",
        "",
        "Cơ quan chuyên môn (2 đơn vị được xếp hạng)",
        "Tốt 1 · Khá 1 · Dưới trung bình 0",
        "1. Sở Tài chính Mẫu — 90,00 · Tốt",
        "2. Sở Giáo dục Mẫu — 80,00 · Khá",
    ]
    assert ranking.splitlines()[-1] == "Kết quả đang chờ anh/chị phê duyệt."
    assert labels(offered.last(LAN)) == ["Phê duyệt"]
    assert offered.write(NAM, "/xephang") == [ranking.removesuffix("\n\nKết quả đang chờ anh/chị phê duyệt.")]
    assert labels(offered.last(NAM)) == []


def test_the_published_ranking_names_its_decision(published: World) -> None:
    (ranking,) = published.write(LAN, "/xephang")
    assert ranking.splitlines()[1] == "Công bố theo Quyết định số 2310/QĐ-MAU ngày 20/12/2026 (bản số 1)"
    assert labels(published.last(LAN)) == []


def draft(world: World) -> int:
    with world.transaction() as session:
        return draft_next_year(session, session.query(Campaign).one(), now=world.clock.now()).id


def confirmations(world: World) -> list[str]:
    with world.transaction() as session:
        return [each.actor for each in session.query(History).filter_by(action="confirmed")]


def test_an_officer_confirms_next_year_s_draft_by_its_button(published: World) -> None:
    draft(published)
    published.settle()
    assert published.press(NAM, "Xác nhận") == [
        (
            "Đã xác nhận dự thảo Đánh giá mẫu 2027, dự kiến ban hành ngày 15/09/2027.\n"
            "\n"
            "Việc còn lại: bổ sung công văn (số, ngày, người ký) trước ngày đó."
        )
    ]
    assert confirmations(published) == [f"person:{published.address(NAM).person_id}"]


def test_nobody_but_an_officer_confirms_the_draft(published: World) -> None:
    next_year = draft(published)
    for person in (HOA, LAN):
        assert published.press_data(person, f"confirm:{next_year}")[-1:] == [ONLY_OFFICERS]
    assert confirmations(published) == []


def test_a_draft_does_not_hide_the_running_campaign(collecting: World) -> None:
    draft(collecting)
    collecting.settle()
    assert collecting.write(NAM, "/tinhhinh")[0].splitlines()[0] == TITLE
