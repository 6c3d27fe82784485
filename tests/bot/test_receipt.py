"""Acknowledging the letter in chat: a unit has 15 working days from there. The letter went out on 15/09/2026."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.rendering import parts_of
from campaign.models import History, Unit
from campaign.receiving import acknowledge
from campaign.roles import Role
from tests.bot.world import World, labels, said
from tests.bot.year import HOA, LAN, NAM, TITLE, begin, join, plan, unit_id
from words import Text, Value

BY_RECEIPT = (
    "collect_before: {date: 11-01, clause: Điều 2}",
    "collect_within: {working_days: 15, from: receipt, clause: Điều 2}",
)
RECEIVED = "Đã ghi nhận Sở Tài chính Mẫu nhận công văn ngày 15/09/2026.\nHạn nộp: hết ngày 06/10/2026"
FORM = ["Mở phiếu", "Nộp phiếu", "Còn thiếu gì"]


@pytest.fixture
def issued(world: World) -> World:
    """The forms are out, and nobody has acknowledged the letter."""
    return begin(world, BY_RECEIPT)


def acknowledged(world: World) -> list[tuple[str, object]]:
    """Who acknowledged for which unit, as the history tells."""
    with world.transaction() as session:
        rows = session.scalars(select(History).where(History.action == "acknowledged").order_by(History.id))
        return [(row.actor, row.facts["unit"]) for row in rows]


def test_the_request_says_when_the_term_begins_and_has_a_button_for_it(issued: World) -> None:
    request = issued.last(HOA)
    assert said(request).splitlines()[6:8] == [
        "Hạn nộp: 15 ngày làm việc kể từ ngày nhận công văn",
        (
            "Đề nghị Quý đơn vị bấm “Đã nhận công văn” để xác nhận ngày nhận. Nếu không xác nhận, thời hạn được tính "
            "từ ngày 06/10/2026 và phiếu phải nộp chậm nhất là hết ngày 27/10/2026."
        ),
    ]
    assert labels(request) == ["Đã nhận công văn", *FORM]


def test_where_forms_are_due_by_a_date_there_is_no_such_button(collecting: World) -> None:
    assert labels(collecting.last(HOA)) == FORM
    assert collecting.press_data(HOA, f"received:{unit_id(collecting, 'stc')}") == [
        "Hạn nộp của Sở Tài chính Mẫu không tính từ ngày nhận công văn nên không cần xác nhận."
    ]


def test_a_press_begins_the_term_and_a_second_one_changes_nothing(issued: World) -> None:
    assert issued.press(HOA, "Đã nhận công văn") == [RECEIVED]
    assert labels(issued.last(HOA)) == FORM
    assert issued.press(HOA, "Đã nhận công văn") == [RECEIVED]
    issued.sandbox.clock.advance(86_400)
    assert issued.press(HOA, "Đã nhận công văn") == [
        "Sở Tài chính Mẫu đã xác nhận nhận công văn ngày 15/09/2026; hạn nộp là hết ngày 06/10/2026 và không thay đổi."
    ]
    assert acknowledged(issued) == [(f"person:{issued.address(HOA).person_id}", "stc")]


def test_nobody_acknowledges_for_another_unit(issued: World) -> None:
    for number in (HOA, NAM, LAN):
        assert issued.press_data(number, f"received:{unit_id(issued, 'sgd')}") == [
            "Nút này của một đơn vị mà anh/chị không phải là đầu mối. Anh/chị gõ /tinhhinh để xem đơn vị của mình."
        ]
    assert acknowledged(issued) == []


def test_the_status_says_that_the_term_has_not_begun_until_it_has(issued: World) -> None:
    (before,) = issued.write(HOA, "/tinhhinh")
    assert before.splitlines()[2] == "Hạn nộp: hết ngày 27/10/2026"
    assert before.splitlines()[-1] == (
        "Chưa xác nhận đã nhận công văn. Thời hạn 15 ngày làm việc tính từ ngày xác nhận; không xác nhận thì tính từ "
        "ngày 06/10/2026, và hạn nộp ghi ở trên là muộn nhất."
    )
    assert labels(issued.last(HOA)) == ["Đã nhận công văn", *FORM]
    issued.press(HOA, "Đã nhận công văn")
    (after,) = issued.write(HOA, "/tinhhinh")
    assert after.splitlines()[2] == "Hạn nộp: hết ngày 06/10/2026"
    assert after.splitlines()[-1] == "Đã xác nhận nhận công văn ngày 15/09/2026"
    assert labels(issued.last(HOA)) == FORM


def test_officers_see_who_has_not_acknowledged_and_what_to_do(issued: World) -> None:
    issued.press(HOA, "Đã nhận công văn")
    board, unacknowledged = issued.write(NAM, "/tinhhinh")
    assert board.startswith(f"{TITLE}\nHạn nộp: hết ngày 27/10/2026\n")
    assert unacknowledged == (
        "Chưa xác nhận đã nhận công văn (2):\n"
        "• Sở Giáo dục Mẫu\n"
        "• Sở Công Thương Mẫu\n"
        "\n"
        "Thời hạn của các đơn vị này tính từ ngày xác nhận; không xác nhận thì tính từ ngày 06/10/2026. Đơn vị đã nhận "
        "bản giấy thì ghi nhận bằng: xephang campaign acknowledge MÃ --day NGÀY"
    )


def test_an_officer_sees_the_same_of_one_unit(issued: World) -> None:
    (status,) = issued.write(NAM, "/tinhhinh giáo dục")
    assert status.splitlines()[-1].startswith("Chưa xác nhận đã nhận công văn. Thời hạn 15 ngày làm việc")
    assert labels(issued.last(NAM)) == []


def test_once_all_have_acknowledged_officers_see_the_board_alone(issued: World) -> None:
    with issued.transaction() as session:
        for unit in session.scalars(select(Unit)):
            acknowledge(session, unit, date(2026, 9, 15), actor="administrator", now=issued.clock.now())
    assert len(issued.write(NAM, "/tinhhinh")) == 1


def test_who_joins_is_told_to_acknowledge_or_when_the_form_is_due(issued: World) -> None:
    request, welcome = join(issued, 11, Role.CONTACT, "sgd", "Nông Văn Mẫu")
    assert "bấm “Đã nhận công văn” để xác nhận" in request
    assert (
        "Việc cần làm: bấm “Đã nhận công văn” dưới tin nhắn giao phiếu. Thời hạn 15 ngày làm việc để nộp phiếu "
        "tính từ ngày xác nhận; không xác nhận thì tính từ ngày 06/10/2026."
    ) in welcome.splitlines()
    issued.press(11, "Đã nhận công văn")
    request, welcome = join(issued, 12, Role.CONTACT, "sgd", "Bế Thị Mẫu")
    assert "Hạn nộp: hết ngày 06/10/2026" in request.splitlines()
    assert "chậm nhất là hết ngày 06/10/2026." in welcome


def test_a_letter_that_is_not_out_yet_is_not_acknowledged(world: World) -> None:
    plan(world, BY_RECEIPT)
    join(world, HOA, Role.CONTACT, "stc", "Trần Thị Hoa Mẫu")
    (refusal,) = world.press_data(HOA, f"received:{unit_id(world, 'stc')}")
    assert refusal.startswith("Đợt quy-dinh-mau-2026 đang ở bước “chờ đến ngày ban hành”")
    with world.transaction() as session:
        assert session.scalars(select(Unit.acknowledged_on)).all() == [None] * 3


ABOUT: dict[str, Value] = {"unit": "Sở Mẫu", "unit_id": 7, "letter": "15/UBND-MAU", "url": "https://docs.example/7"}


def test_a_reminder_to_acknowledge_says_what_happens_if_nobody_does() -> None:
    term = Text("campaign.term_working_days", n=15)
    (part,) = parts_of("reports.acknowledge", {**ABOUT, "term": term, "latest": date(2026, 10, 6)}, None, "vi")
    assert part.text == (
        "Kính gửi: <b>Sở Mẫu</b>\n"
        "\n"
        "Quý đơn vị chưa xác nhận đã nhận Công văn số 15/UBND-MAU. Thời hạn 15 ngày làm việc để nộp phiếu tính từ ngày "
        "xác nhận; nếu không xác nhận, thời hạn được tính từ ngày <b>06/10/2026</b>.\n"
        "\n"
        "Đề nghị Quý đơn vị bấm “Đã nhận công văn”."
    )
    assert part.keyboard
    assert part.keyboard.inline_keyboard[0][0].callback_data == "received:7"


def test_who_may_still_submit_after_the_deadline_is_told_what_it_costs() -> None:
    policy = Text("campaign.late_penalty", points=Decimal("2.00"), clause="Điều 9")
    clause = Text("campaign.late_until", policy=policy, last_day=date(2026, 11, 24))
    facts: dict[str, Value] = {"last_day": date(2026, 11, 14), "filled": 30, "of": 42, "clause": clause}
    (part,) = parts_of("reports.overdue", {**ABOUT, **facts}, None, "vi")
    assert part.text.splitlines()[2:4] == [
        (
            "Đã hết hạn nộp phiếu theo Công văn số 15/UBND-MAU (hết ngày 14/11/2026) mà Quý đơn vị chưa nộp. "
            "Phiếu đã điền <b>30/42</b> mục."
        ),
        (
            "Theo quy định, phiếu gửi chậm vẫn được đánh giá, xếp hạng nhưng bị trừ 2,00 điểm vào tổng điểm (Điều 9); "
            "phiếu còn được sửa và nộp đến hết ngày 24/11/2026."
        ),
    ]
