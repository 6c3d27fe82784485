"""Campaigns under other regulations: late forms that are taken, data to look at again, levels, roll-ups, districts."""

import pytest

from campaign.roles import Role
from scoring import Unit as ScoredUnit
from tests.bot.world import World, labels
from tests.bot.year import (
    HOA,
    LAN,
    TITLE,
    answers,
    begin,
    end_collecting,
    fill_in,
    join,
    offer,
    plan,
    submit_all,
)

LATE = 'policy: not_ranked, clause: Điều 2, text: "phiếu gửi muộn hoặc không gửi thì không được đánh giá, xếp hạng"'
UNTIL = "text: vẫn được xếp hạng, until: {date: 11-16, clause: Điều 2}"
TAKEN_LATE = (LATE, f"policy: accepted, clause: Điều 2, {UNTIL}")
PENALIZED = (LATE, f"policy: penalty, points: 5, clause: Điều 2, {UNTIL}")
UNLIKELY = ("timetable:", "checks:\n- {that: may_tinh <= 35, severity: notice, assumed: invented}\ntimetable:")
LEVELS = (
    """grades:
  clause: Điều 1
  bands:
    - {label: Tốt, at_least: 85}
    - {label: Khá, at_least: 65, below: 85}
    - {label: Dưới trung bình, below: 65}
""",
    """levels:
  clause: Điều 1
  list:
    - {label: Mức I, minima: {tong: 85}}
    - {label: Mức II, minima: {tong: 75}}
  below_lowest: {policy: not_ranked, text: chưa đạt Mức II, clause: Điều 1}
""",
)
ROLLED_UP = (
    (
        "  so: {label: Cơ quan chuyên môn, clause: Điều 1}",
        """\
  so: {label: Cơ quan chuyên môn, clause: Điều 1, under: cum, ranked: within_parent}
  cum: {label: Cụm thi đua, clause: Điều 1}""",
    ),
    ("maximum: {so: 100}", "maximum: {so: 100, cum: 100}"),
    (
        "not_applicable:",
        """\
      - id: cac_so
        number: "3"
        label: Kết quả của các sở
        clause: Điều 1
        maximum: {cum: 100}
        how: Trung bình điểm của các sở trong cụm
        rule: {kind: roll_up, from: so, node: tong, counting: sở, when_none: 0}
not_applicable:""",
    ),
)
UNITS = (
    ScoredUnit("stc", "Sở Tài chính Mẫu", "so", parent="cum1"),
    ScoredUnit("sgd", "Sở Giáo dục Mẫu", "so", parent="cum1"),
    ScoredUnit("sct", "Sở Công Thương Mẫu", "so", parent="cum2"),
    ScoredUnit("cum1", "Cụm Một", "cum"),
    ScoredUnit("cum2", "Cụm Hai", "cum"),
)


def published(world: World, day: int = 2) -> None:
    """The collecting ends on a day of November; the ranking is approved and published."""
    end_collecting(world, day)
    offer(world)
    world.settle()
    world.press(LAN, "Phê duyệt")
    world.write(LAN, "2310/QĐ-MAU")
    world.write(LAN, "20/12/2026")
    world.press(LAN, "Phê duyệt và công bố")


def test_data_worth_a_second_look_are_named_before_and_after_submitting(world: World) -> None:
    begin(world, UNLIKELY)
    fill_in(world, "stc", answers(36, 40))
    (asked,) = world.write(HOA, "/conthieu")
    assert asked.splitlines()[:3] == [
        "Phiếu của Sở Tài chính Mẫu đã đủ số liệu và nộp được. Có số liệu nên xem lại; nếu đúng thì không phải sửa.",
        "",
        "Nên xem lại (1):",
    ]
    notice = asked.splitlines()[3]
    assert notice.startswith("• ")
    receipt, second = world.press(HOA, "Nộp phiếu")
    assert receipt.splitlines()[0] == "Biên nhận số 2026-0001-1"
    assert second == (
        "Kính gửi: Sở Tài chính Mẫu\n"
        "\n"
        "Phiếu đã được nhận (biên nhận số 2026-0001-1). Có 1 chỗ Quý đơn vị nên xem lại:\n"
        f"{notice}\n"
        "\n"
        "Nếu số liệu đúng, Quý đơn vị không phải làm gì. Nếu nhầm, đề nghị sửa trong phiếu và nộp lại khi còn hạn."
    )
    assert labels(world.last(HOA)) == ["Mở phiếu", "Nộp phiếu"]


@pytest.mark.parametrize(
    ("late", "policy"),
    [
        (TAKEN_LATE, "phiếu gửi chậm vẫn được đánh giá, xếp hạng và ghi rõ là nộp chậm (Điều 2)"),
        (PENALIZED, "phiếu gửi chậm vẫn được đánh giá, xếp hạng nhưng bị trừ 5,00 điểm vào tổng điểm (Điều 2)"),
    ],
    ids=["accepted", "penalty"],
)
def test_a_late_form_that_is_taken_gets_a_receipt_that_says_so(
    world: World, late: tuple[str, str], policy: str
) -> None:
    begin(world, late)
    world.sandbox.clock.set(world.clock.now().replace(month=11, day=3))
    fill_in(world, "stc", answers(30, None))
    assert world.write(HOA, "/nopphieu")[0].startswith("Phiếu của Sở Tài chính Mẫu chưa nộp được.")
    fill_in(world, "stc", answers())
    (receipt,) = world.write(HOA, "/nopphieu")
    assert receipt.splitlines()[0] == "Biên nhận số 2026-0001-1 (nộp muộn)"
    assert receipt.splitlines()[3] == (
        f"Theo quy định, {policy}; phiếu còn được sửa và nộp đến hết ngày 15/11/2026. "
        "Phiếu vẫn được lưu và ghi rõ là nộp muộn."
    )


def test_why_tells_what_a_late_form_lost(world: World) -> None:
    begin(world, PENALIZED)
    world.sandbox.clock.set(world.clock.now().replace(month=11, day=3))
    submit_all(world, {"stc": answers(40, 40)})
    published(world, day=16)
    (result,) = world.write(HOA, "/ketqua")
    assert "Tổng điểm: 95,00/100,00" in result.splitlines()
    (why,) = world.press(HOA, "Giải thích điểm")
    assert "Tổng điểm: 95,00/100,00" in why.splitlines()


def test_a_result_shows_the_level_where_there_are_no_grades(world: World) -> None:
    begin(world, LEVELS)
    submit_all(world, {"stc": answers(30, 40), "sgd": answers(16, 40)})
    published(world)
    (result,) = world.write(HOA, "/ketqua")
    assert result.splitlines()[3:6] == [
        "Tổng điểm: 90,00/100,00",
        "Mức: Mức I",
        "Thứ hạng: 1/2 (Cơ quan chuyên môn)",
    ]


def test_a_unit_too_low_for_any_level_is_told_why_and_what_each_indicator_earned(world: World) -> None:
    begin(world, LEVELS)
    submit_all(world, {"stc": answers(10, 40)})
    published(world)
    (result,) = world.write(HOA, "/ketqua")
    assert result.splitlines()[3].startswith("Đơn vị không được xếp hạng. Lý do: ")
    (why,) = world.press(HOA, "Giải thích điểm")
    assert why.splitlines()[0] == "Sở Tài chính Mẫu: giải thích điểm"
    assert "1.1 Tỉ lệ máy tính trên cán bộ: 10,00/40,00" in why.splitlines()


def test_a_rank_within_the_parent_names_the_parent(world: World) -> None:
    begin(world, *ROLLED_UP, units=UNITS)
    submit_all(world, {"stc": answers(30, 40), "sgd": answers(40, 40), "sct": answers(10, 40)})
    published(world)
    (result,) = world.write(HOA, "/ketqua")
    assert result.splitlines()[5] == "Thứ hạng: 2/2 (Cơ quan chuyên môn – Cụm Một)"


def test_the_contact_of_a_unit_with_nothing_to_declare_waits_for_the_result(world: World) -> None:
    plan(world, *ROLLED_UP, units=UNITS)
    nothing = "không phải điền phiếu: kết quả được tổng hợp từ số liệu của các đơn vị trực thuộc"
    (welcome,) = join(world, HOA, Role.CONTACT, "cum1", "Trần Thị Hoa Mẫu")
    assert welcome.splitlines()[5].startswith(f"Đơn vị {nothing}")
    for words in ("/tinhhinh", "/conthieu", "/nopphieu"):
        (answer,) = world.write(HOA, words)
        assert answer.startswith(f"Cụm Một {nothing}")


def test_an_officer_who_asks_for_such_a_unit_is_told_the_same(world: World) -> None:
    begin(world, *ROLLED_UP, units=UNITS)
    (answer,) = world.write(LAN, "/tinhhinh cụm một")
    assert answer.startswith("Cụm Một không phải điền phiếu")
    (board,) = world.write(LAN, "/tinhhinh")
    assert board.splitlines()[:3] == [
        TITLE,
        "Hạn nộp: hết ngày 31/10/2026",
        "Đã nộp: 0/3 · Đang điền: 0 · Chưa điền: 3",
    ]
