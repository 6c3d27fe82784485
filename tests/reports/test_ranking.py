from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.ranking import (
    Approval,
    Assumed,
    Category,
    GradeBand,
    GroupTable,
    Line,
    Mark,
    RankedUnit,
    RankingTable,
    UnrankedUnit,
)
from tests.reports.samples import REGULATION, Absent, Scored, table
from words import Text, say


def test_the_table_shows_every_amount_with_the_digits_of_the_regulation() -> None:
    group = table(Scored("Sở Nội vụ", (2500, 1410, 5215)), Absent("Sở Y tế", "Nộp muộn")).groups[0]

    assert group == GroupTable(
        id="so",
        label="Cơ quan chuyên môn",
        categories=(
            Category(
                "ha_tang",
                "1",
                "Hạ tầng kỹ thuật",
                Decimal("40.00"),
                (
                    Line("may", "1.1", "Máy tính trên số cán bộ", Decimal("25.00")),
                    Line("mang", "1.2", "Kết nối mạng", Decimal("15.00")),
                ),
            ),
            Category(
                "ung_dung",
                "2",
                "Ứng dụng",
                Decimal("60.00"),
                (Line("van_ban", "2.1", "Văn bản điện tử", Decimal("60.00")),),
            ),
        ),
        maximum=Decimal("100.00"),
        ranked=(
            RankedUnit(
                code="u1",
                name="Sở Nội vụ",
                rank=1,
                points=(Decimal("39.10"), Decimal("52.15")),
                total=Decimal("91.25"),
                grade="Tốt",
                marks=(
                    (Mark(Decimal("25.00"), "vì may"), Mark(Decimal("14.10"), "vì mang")),
                    (Mark(Decimal("52.15"), "vì van_ban"),),
                ),
            ),
        ),
        unranked=(UnrankedUnit("u2", "Sở Y tế", "Nộp muộn"),),
    )
    assert str(group.ranked[0].points[0]) == "39.10"


points = st.tuples(st.integers(0, 2500), st.integers(0, 1500), st.integers(-500, 6000))


@given(st.lists(points, min_size=1, max_size=8))
def test_the_categories_of_every_row_add_up_to_its_total_by_hand(rows: list[tuple[int, int, int]]) -> None:
    for unit in table(*(Scored("Sở", row) for row in rows)).groups[0].ranked:
        assert sum(unit.points) == unit.total
        assert [sum(mark.points for mark in marks) for marks in unit.marks] == list(unit.points)


def test_the_columns_are_the_categories_also_where_the_regulation_gathers_them_in_parts() -> None:
    total = REGULATION.total
    part = replace(total, id="ket_qua", level="part")
    in_parts = replace(REGULATION, roots=(replace(total, children=(part,)),))

    group = table(Scored("Sở", (1, 2, 3)), regulation=in_parts).groups[0]

    assert [category.id for category in group.categories] == ["ha_tang", "ung_dung"]
    assert group == table(Scored("Sở", (1, 2, 3))).groups[0]


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

    assert [(grade.label, result.groups[0].count(grade)) for grade in result.grades] == [
        ("Tốt", 1),
        ("Khá", 2),
        ("Trung bình", 0),
        ("Dưới trung bình", 0),
    ]
    assert result.grades[0] == GradeBand("Tốt", Decimal("85.00"))
    assert result.grades[-1] == GradeBand("Dưới trung bình", None)


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
