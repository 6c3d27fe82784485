"""The approval: number, date, confirmation; and every wrong turn on the way."""

from datetime import date

import pytest

from bot.days import parse_day
from campaign.models import Campaign, Dialogue, Membership, Ranking
from campaign.roles import Role
from campaign.stages import Stage
from tests.bot.world import World, labels, said
from tests.bot.year import HOA, LAN, NAM, TITLE, answers, correct, end_collecting, give_time, join, offer, submit_all

ASK_NUMBER = (
    f"Phê duyệt kết quả xếp hạng (bản số 1)\n{TITLE}\n\nĐề nghị anh/chị nhập số quyết định, ví dụ 2310/QĐ-UBND."
)
ASK_DAY = "Quyết định số 2310/QĐ-MAU. Đề nghị anh/chị nhập ngày ký theo dạng ngày/tháng/năm, ví dụ 25/12/2026."
CHECK = (
    "Đề nghị anh/chị kiểm tra lần cuối:\n"
    "\n"
    f"{TITLE} (bản số 1)\n"
    "Quyết định số: 2310/QĐ-MAU\n"
    "Ngày ký: 20/12/2026\n"
    "\n"
    "Khi anh/chị bấm “Phê duyệt và công bố”, kết quả được gửi ngay đến các đơn vị và không thu hồi được."
)
ONLY_LEADERS = "Chỉ lãnh đạo được giao của đợt này mới phê duyệt được bảng xếp hạng."
STALE = "Bảng xếp hạng (bản số 1) không còn là bản đang trình. Đề nghị dùng nút ở bản mới nhất."
OLD_BUTTON = "Nút này không còn hiệu lực. Anh/chị gõ /trogiup để xem các việc có thể làm."


def stage(world: World) -> Stage:
    with world.transaction() as session:
        return session.query(Campaign).one().stage


def decision(world: World) -> tuple[str | None, date | None]:
    with world.transaction() as session:
        ranking = session.query(Ranking).order_by(Ranking.number.desc()).limit(1).one()
        return ranking.decision_number, ranking.decision_day


def up_to_confirmation(world: World) -> None:
    world.press(LAN, "Phê duyệt")
    world.write(LAN, "2310/QĐ-MAU")
    world.write(LAN, "20/12/2026")


def test_a_leader_approves_in_three_steps_and_everybody_is_told(offered: World) -> None:
    assert offered.press(LAN, "Phê duyệt") == [ASK_NUMBER]
    assert offered.write(LAN, "2310/QĐ-MAU") == [ASK_DAY]
    assert offered.write(LAN, "20/12/2026") == [CHECK]
    assert labels(offered.last(LAN)) == ["Phê duyệt và công bố", "Dừng"]
    answer, summary, picture, workbook = offered.press(LAN, "Phê duyệt và công bố")
    assert answer == (
        f"{TITLE}: kết quả đã được phê duyệt theo Quyết định số 2310/QĐ-MAU ngày 20/12/2026 "
        "và đang được gửi đến các đơn vị."
    )
    assert [each.splitlines()[0] for each in (summary, picture)] == [TITLE, "Biểu đồ xếp hạng: Cơ quan chuyên môn"]
    assert offered.last(LAN)["file"]["name"] == "xep-hang-2026.xlsx"
    assert workbook.splitlines()[-1] == "Công bố theo Quyết định số 2310/QĐ-MAU ngày 20/12/2026"
    assert said(offered.last(HOA)).startswith("Kính gửi: Sở Tài chính Mẫu\n")
    assert (stage(offered), decision(offered)) == (Stage.PUBLISHED, ("2310/QĐ-MAU", date(2026, 12, 20)))


def test_what_cannot_be_a_number_is_asked_for_again(offered: World) -> None:
    offered.press(LAN, "Phê duyệt")
    for text in ("abc", "x" * 60 + "1", "không số"):
        assert offered.write(LAN, text) == [
            (
                "Số quyết định phải có chữ số và không quá 60 ký tự, ví dụ 2310/QĐ-UBND. "
                "Đề nghị anh/chị nhập lại, hoặc gõ /huy để dừng."
            )
        ]
    assert offered.write(LAN, "2310/QĐ-MAU") == [ASK_DAY]


def test_what_is_no_day_is_asked_for_again(offered: World) -> None:
    offered.press(LAN, "Phê duyệt")
    offered.write(LAN, "2310/QĐ-MAU")
    for text in ("31/11/2026", "2026-12-20", "20/12/26", "hôm nay", "20/12/2026 sáng", "0/0/0000"):
        assert offered.write(LAN, text) == [
            (
                "Đây chưa phải là một ngày theo dạng ngày/tháng/năm, ví dụ 25/12/2026. "
                "Đề nghị anh/chị nhập lại, hoặc gõ /huy để dừng."
            )
        ]
    assert offered.write(LAN, " 20/12/2026 ") == [CHECK]


def test_a_day_on_which_forms_were_still_taken_is_asked_for_again_before_anything_is_confirmed(
    collecting: World,
) -> None:
    submit_all(collecting, {"stc": answers()})
    end_collecting(collecting)
    give_time(collecting, "sct", date(2026, 11, 10))
    collecting.sandbox.clock.advance(3_600)
    submit_all(collecting, {"sct": answers()})
    offer(collecting)
    collecting.settle()
    collecting.press(LAN, "Phê duyệt")
    collecting.write(LAN, "2310/QĐ-MAU")
    for text in ("02/11/2026", "10/11/2026"):
        assert collecting.write(LAN, text) == [
            (
                "Quyết định chỉ ký được sau ngày cuối cùng nhận phiếu, tức là sau ngày 10/11/2026. "
                "Đề nghị anh/chị nhập lại ngày ký, hoặc gõ /huy để dừng."
            )
        ]
    (check,) = collecting.write(LAN, "11/11/2026")
    assert "Ngày ký: 11/11/2026" in check.splitlines()


def test_days_are_read_with_or_without_leading_zeros() -> None:
    assert parse_day("1/2/2026") == parse_day("01/02/2026") == date(2026, 2, 1)
    assert parse_day("٢٠/12/2026") is None


def test_words_instead_of_the_confirmation_show_it_again(offered: World) -> None:
    up_to_confirmation(offered)
    assert offered.write(LAN, "đồng ý") == [CHECK]
    assert stage(offered) is Stage.OFFERED


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_it_can_be_stopped_at_every_step(offered: World, steps: int) -> None:
    offered.press(LAN, "Phê duyệt")
    for text in ("2310/QĐ-MAU", "20/12/2026")[: steps - 1]:
        offered.write(LAN, text)
    assert offered.write(LAN, "/huy") == ["Đã dừng việc đang làm dở; không có gì thay đổi."]
    assert offered.write(LAN, "/huy") == ["Hiện không có việc nào đang làm dở."]
    assert (stage(offered), decision(offered)) == (Stage.OFFERED, (None, None))


def test_the_button_stops_it_as_well_and_the_old_confirmation_is_worth_nothing(offered: World) -> None:
    up_to_confirmation(offered)
    offered.press(LAN, "Dừng")
    assert offered.press(LAN, "Phê duyệt và công bố") == [OLD_BUTTON]
    assert stage(offered) is Stage.OFFERED


def test_other_commands_in_between_do_not_lose_the_question(offered: World) -> None:
    offered.press(LAN, "Phê duyệt")
    offered.write(LAN, "/tinhhinh")
    assert offered.write(LAN, "2310/QĐ-MAU") == [ASK_DAY]


def test_a_second_press_of_the_confirmation_changes_nothing(published: World) -> None:
    assert published.press(LAN, "Phê duyệt và công bố") == [
        "Bảng xếp hạng này đã được phê duyệt theo Quyết định số 2310/QĐ-MAU."
    ]
    assert published.press(LAN, "Phê duyệt") == ["Bảng xếp hạng này đã được phê duyệt theo Quyết định số 2310/QĐ-MAU."]


def test_a_version_that_a_newer_one_replaced_cannot_be_approved(offered: World) -> None:
    up_to_confirmation(offered)
    correct(offered)
    offer(offered)
    offered.settle()
    assert offered.press(LAN, "Phê duyệt và công bố") == [STALE]
    assert offered.press_data(LAN, "approve:1") == [STALE]
    (ask,) = offered.press(LAN, "Phê duyệt")
    assert ask.splitlines()[0] == "Phê duyệt kết quả xếp hạng (bản số 2)"


def test_an_answer_that_is_refused_leaves_the_question_open(offered: World) -> None:
    offered.press(LAN, "Phê duyệt")
    offered.write(LAN, "2310/QĐ-MAU")
    correct(offered)
    offer(offered)
    offered.settle()
    assert offered.write(LAN, "20/12/2026") == [STALE]
    with offered.transaction() as session:
        assert session.query(Dialogue).one().state == {"step": "day", "ranking": 1, "number": "2310/QĐ-MAU"}


def test_only_a_leader_approves(offered: World) -> None:
    for person in (HOA, NAM):
        for action in ("approve", "sign"):
            assert offered.press_data(person, f"{action}:1") == [ONLY_LEADERS]
    assert stage(offered) is Stage.OFFERED


def test_a_leader_who_is_none_any_more_cannot_finish(offered: World) -> None:
    up_to_confirmation(offered)
    with offered.transaction() as session:
        session.query(Membership).filter_by(role=Role.LEADER).delete()
    assert offered.press(LAN, "Phê duyệt và công bố") == [ONLY_LEADERS]
    assert stage(offered) is Stage.OFFERED


def test_another_leader_cannot_confirm_what_one_has_typed(offered: World) -> None:
    join(offered, 11, Role.LEADER, "", "Đỗ Văn Mẫu")
    up_to_confirmation(offered)
    assert offered.press_data(11, "sign:1") == [OLD_BUTTON]
    assert stage(offered) is Stage.OFFERED


def test_a_ranking_that_never_was_cannot_be_approved(offered: World) -> None:
    assert offered.press_data(LAN, "approve:99") == [OLD_BUTTON]


def test_the_dialogue_survives_a_restart(offered: World) -> None:
    offered.press(LAN, "Phê duyệt")
    with offered.transaction() as session:
        (dialogue,) = session.query(Dialogue).all()
        assert dialogue.state == {"step": "number", "ranking": 1}


def test_markup_in_the_number_stays_text(offered: World) -> None:
    offered.press(LAN, "Phê duyệt")
    assert offered.write(LAN, "<b>1</b>") == [
        "Quyết định số <b>1</b>. Đề nghị anh/chị nhập ngày ký theo dạng ngày/tháng/năm, ví dụ 25/12/2026."
    ]
