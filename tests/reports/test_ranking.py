from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.ranking import (
    Approval,
    Assumed,
    GroupTable,
    Ladder,
    Line,
    Mark,
    RankedUnit,
    RankingTable,
    Rung,
    UnrankedUnit,
)
from reports.tabulating import ranking_table
from scoring import Rounding, Unit
from tests.reports.samples import REGULATION, Absent, Scored, document, table
from words import Text, say

TWO = Rounding(2)


def line(key: str, number: str, label: str, maximum: str, *parts: Line) -> Line:
    return Line(key, number, label, Decimal(maximum), "sum", TWO, outside_scale=False, parts=parts)


def mark(key: str, points: str, maximum: str) -> Mark:
    return Mark(Decimal(points), Decimal(maximum), f"vì {key}")


def test_the_table_shows_every_amount_with_the_digits_of_the_regulation() -> None:
    group = table(Scored("Sở Nội vụ", (2500, 1410, 5215)), Absent("Sở Y tế", "Nộp muộn")).groups[0]

    may = line("may", "1.1", "Máy tính trên số cán bộ", "25.00")
    mang = line("mang", "1.2", "Kết nối mạng", "15.00")
    van_ban = line("van_ban", "2.1", "Văn bản điện tử", "60.00")
    ha_tang = line("ha_tang", "1", "Hạ tầng kỹ thuật", "40.00", may, mang)
    ung_dung = line("ung_dung", "2", "Ứng dụng", "60.00", van_ban)
    lines = {
        "tong": mark("tong", "91.25", "100.00"),
        "ha_tang": mark("ha_tang", "39.10", "40.00"),
        "may": mark("may", "25.00", "25.00"),
        "mang": mark("mang", "14.10", "15.00"),
        "ung_dung": mark("ung_dung", "52.15", "60.00"),
        "van_ban": mark("van_ban", "52.15", "60.00"),
    }
    assert group == GroupTable(
        id="so",
        parent="",
        label="Cơ quan chuyên môn",
        short_label="Cơ quan chuyên môn",
        total=line("tong", "", "Tổng điểm", "100.00", ha_tang, ung_dung),
        pillars=(),
        categories=(ha_tang, ung_dung),
        ranked=(
            RankedUnit(
                code="u1",
                name="Sở Nội vụ",
                total=Decimal("91.25"),
                points=(Decimal("39.10"), Decimal("52.15")),
                marks=((lines["may"], lines["mang"]), (lines["van_ban"],)),
                lines=lines,
                remarks=(),
                rank=1,
                rungs=("Tốt",),
            ),
        ),
        unranked=(UnrankedUnit("u2", "Sở Y tế", "Nộp muộn", None),),
    )
    assert str(group.ranked[0].points[0]) == "39.10"


points = st.tuples(st.integers(0, 2500), st.integers(0, 1500), st.integers(-500, 6000))


@given(st.lists(points, min_size=1, max_size=8))
def test_the_categories_of_every_row_add_up_to_its_total_by_hand(rows: list[tuple[int, int, int]]) -> None:
    for unit in table(*(Scored("Sở", row) for row in rows)).groups[0].ranked:
        assert sum(unit.points) == unit.total
        assert [sum(mark.points for mark in marks) for marks in unit.marks] == list(unit.points)


def test_a_part_stands_behind_the_categories_that_it_gathers() -> None:
    total = REGULATION.total
    part = replace(total, id="ket_qua", label="Kết quả")
    in_parts = replace(REGULATION, roots=(replace(total, children=(part,)),))
    units = [Unit("u1", "Sở", "so")]
    ranked = document([Scored("Sở", (1, 2, 3))])
    ranked["results"][0]["nodes"]["ket_qua"] = ranked["results"][0]["nodes"]["tong"]

    group = ranking_table(in_parts, ranked, units, title="").groups[0]

    assert [category.id for category in group.categories] == ["ha_tang", "ung_dung"]
    assert [column.id for column in group.total.columns] == ["ha_tang", "ung_dung", "ket_qua"]


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    group = table(*(Scored("Sở", (0, 0, total)) for total in (5000, 6000, 5500, 5500))).groups[0]

    assert [(unit.rank, unit.total) for unit in group.ranked] == [
        (1, Decimal("60.00")),
        (2, Decimal("55.00")),
        (2, Decimal("55.00")),
        (4, Decimal("50.00")),
    ]


def test_groups_keep_the_order_of_the_regulation_and_empty_ones_are_left_out() -> None:
    both = table(Scored("UBND huyện", (1, 1, 1), group="huyen"), Scored("Sở", (1, 1, 1)))
    one = table(Scored("UBND huyện", (1, 1, 1), group="huyen"))

    assert [group.id for group in both.groups] == ["so", "huyen"]
    assert [group.id for group in one.groups] == ["huyen"]


def test_a_group_counts_its_units_by_grade() -> None:
    result = table(Scored("A", (2500, 1500, 6000)), Scored("B", (2500, 1500, 2600)), Scored("C", (2500, 1500, 2500)))
    (ladder,) = result.ladders

    assert [(rung.label, result.groups[0].count(rung.label)) for rung in ladder.rungs] == [
        ("Tốt", 1),
        ("Khá", 2),
        ("Trung bình", 0),
        ("Dưới trung bình", 0),
    ]
    assert ladder == Ladder(
        Text("reports.grade"),
        (
            Rung("Tốt", Decimal("85.00")),
            Rung("Khá", Decimal("65.00")),
            Rung("Trung bình", Decimal("50.00")),
            Rung("Dưới trung bình", None),
        ),
    )


def test_a_late_unit_that_is_ranked_all_the_same_has_a_remark() -> None:
    group = table(Scored("A", (1, 2, 3), reason="Gửi phiếu chậm"), Scored("B", (1, 1, 1))).groups[0]

    assert [unit.remarks for unit in group.ranked] == [("Gửi phiếu chậm",), ()]


@pytest.mark.parametrize(
    ("approval", "status"),
    [
        (None, "Dự thảo trình phê duyệt"),
        (Approval("7/QĐ-UBND", date(2026, 12, 3)), "Công bố theo Quyết định số 7/QĐ-UBND ngày 03/12/2026"),
    ],
)
def test_the_table_says_whether_it_is_a_draft_or_under_which_decision_it_is_published(
    approval: Approval | None, status: str
) -> None:
    assert say(table(Scored("A", (1, 1, 1)), approval=approval).status, "vi") == status


def test_the_table_names_the_regulation_with_the_start_of_its_sha256() -> None:
    result: RankingTable = table(Scored("A", (1, 1, 1)))

    assert result.basis == Text(
        "reports.basis",
        title="Quy định đánh giá mẫu",
        decision="99/QĐ-MAU",
        day=date(2016, 12, 2),
        sha256=result.regulation.sha256[:12],
    )
    assert result.assumptions == (
        Assumed("2.1 Văn bản điện tử", "Chỉ tiêu 2.1 được giả định."),
        Assumed("", "Làm tròn hai số."),
    )
