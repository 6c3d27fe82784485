"""What /phieu says under the form: until when it is taken, and of what use it is to send it."""

from collections.abc import Callable
from datetime import date

import pytest

from campaign.models import Campaign, FormKind, Unit
from campaign.reopening import give_back
from campaign.stages import Stage
from tests.bot.world import World
from tests.bot.year import HOA, answers, begin, end_collecting, give_time, submit_all

NOT_RANKED = (
    'policy: not_ranked, clause: Điều 2, text: "phiếu gửi muộn hoặc không gửi thì không được đánh giá, xếp hạng"'
)
ACCEPTED = (
    NOT_RANKED,
    "policy: accepted, clause: Điều 2, text: vẫn được xếp hạng, until: {date: 11-16, clause: Điều 2}",
)
SEND = ["", "Đề nghị anh/chị điền vào tệp này, lưu lại dạng .xlsx rồi gửi vào đây để nộp."]
NOT_RANKED_SAYS = (
    "Đã hết hạn nộp (hết ngày {}). Theo quy định, phiếu gửi chậm hoặc không gửi thì không được đánh giá và xếp hạng "
    "trong năm (Điều 2)."
)


def extended(world: World) -> None:
    """Hoa's unit has time until 08/11."""
    give_time(world, "stc", date(2026, 11, 8))


def returned(world: World) -> None:
    """What Hoa's unit submitted is to be mended by 08/11."""
    with world.transaction() as session:
        unit = session.query(Unit).filter_by(code="stc").one()
        until, now = date(2026, 11, 8), world.clock.now()
        give_back(session, unit, until, reason="Thiếu <1> bảng (mẫu)", granted_by="Mẫu", actor="test", now=now)


def on(world: World, day: int) -> None:
    """It is that day of November."""
    world.sandbox.clock.set(world.clock.now().replace(month=11, day=day))


def caption(world: World) -> list[str]:
    """What stands under the form, without its first line."""
    world.settle()
    (text,) = world.write(HOA, "/phieu")
    return text.splitlines()[1:]


@pytest.fixture
def accepting(world: World) -> World:
    """Late forms are taken until 15/11."""
    return begin(world, ACCEPTED, forms=FormKind.EXCEL)


def test_while_the_form_is_due_its_day_is_named(collecting: World) -> None:
    assert caption(collecting) == ["Hạn nộp: hết ngày 31/10/2026", *SEND]


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        (extended, ["Hạn nộp được gia hạn riêng cho đơn vị: hết ngày 08/11/2026"]),
        (
            returned,
            ["Phiếu được trả lại để bổ sung; hạn nộp lại: hết ngày 08/11/2026", "Lý do: Thiếu <1> bảng (mẫu)"],
        ),
    ],
)
def test_a_day_of_the_units_own_is_named_as_what_it_is_until_it_passes(
    collecting: World, grant: Callable[[World], None], said: list[str]
) -> None:
    submit_all(collecting, {"stc": answers()})
    end_collecting(collecting)
    grant(collecting)
    assert caption(collecting) == [*said, *SEND]
    on(collecting, 9)
    assert caption(collecting)[0] == NOT_RANKED_SAYS.format("08/11/2026")


def test_late_forms_that_are_still_taken_are_asked_for_with_the_rule_and_the_second_date(accepting: World) -> None:
    on(accepting, 2)
    assert caption(accepting) == [
        (
            "Đã hết hạn nộp (hết ngày 31/10/2026). Theo quy định, phiếu gửi chậm vẫn được đánh giá, xếp hạng và ghi rõ "
            "là nộp chậm (Điều 2); phiếu còn được sửa và nộp đến hết ngày 15/11/2026."
        ),
        "",
        (
            "Đề nghị anh/chị sớm điền vào tệp này, lưu lại dạng .xlsx rồi gửi vào đây để nộp; phiếu được ghi rõ là nộp "
            "muộn."
        ),
    ]


def test_a_late_form_may_be_sent_again_in_the_place_of_a_late_one(accepting: World) -> None:
    on(accepting, 2)
    submit_all(accepting, {"stc": answers()})
    assert caption(accepting)[-1].startswith("Đề nghị anh/chị sớm điền vào tệp này")


def test_where_one_on_time_counts_a_late_one_is_of_no_use(accepting: World) -> None:
    submit_all(accepting, {"stc": answers()})
    on(accepting, 2)
    assert caption(accepting)[1:] == [
        "",
        (
            "Bản nộp lần 1 (biên nhận số 2026-0001-1) là bản được tính. Phiếu gửi bây giờ chỉ được lưu và ghi rõ là "
            "nộp muộn, không thay bản đó."
        ),
    ]


def test_after_the_second_date_it_is_over_and_the_rule_says_what_that_means(accepting: World) -> None:
    on(accepting, 16)
    assert caption(accepting) == [
        (
            "Đã hết hạn nộp (hết ngày 31/10/2026). Theo quy định, đơn vị không gửi phiếu đến hết ngày 15/11/2026 thì "
            "không được đánh giá và xếp hạng trong năm."
        ),
        "",
        "Phiếu gửi bây giờ chỉ được lưu và ghi rõ là nộp muộn, không được tính.",
    ]


def test_where_late_forms_are_not_taken_it_is_over_with_the_deadline(collecting: World) -> None:
    on(collecting, 1)
    assert caption(collecting) == [
        NOT_RANKED_SAYS.format("31/10/2026"),
        "",
        "Phiếu gửi bây giờ chỉ được lưu và ghi rõ là nộp muộn, không được tính.",
    ]


def test_once_the_ranking_is_approved_nothing_that_is_sent_changes_it(accepting: World) -> None:
    with accepting.transaction() as session:
        session.query(Campaign).one().stage = Stage.APPROVED
    on(accepting, 10)
    assert caption(accepting)[0] == ("Đã hết hạn nộp (hết ngày 31/10/2026); kết quả xếp hạng đã được phê duyệt.")


def test_once_the_ranking_is_published_the_form_says_that_it_holds_what_was_verified(accepting: World) -> None:
    with accepting.transaction() as session:
        session.query(Campaign).one().stage = Stage.PUBLISHED
    on(accepting, 10)
    assert caption(accepting)[0] == (
        "Kết quả xếp hạng đã được công bố. Phiếu này ghi điểm thẩm định của từng dòng và lý do của cán bộ thẩm định."
    )
