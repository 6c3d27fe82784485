"""Tables of regulations that are more than categories of a sum."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

from matplotlib.text import Text as DrawnText
from openpyxl import Workbook, load_workbook

from reports.attachments import attachments
from reports.bars import CATEGORY_COLOURS, OTHER, segments
from reports.chat import ranking_lines
from reports.picture import draw
from reports.ranking import RankingTable
from reports.tabulating import ranking_table
from reports.wording import how_ranked
from reports.workbook import ranking_xlsx
from scoring import (
    Answer,
    AnswerStatus,
    AnswerValue,
    By,
    Regulation,
    Unit,
    UnitStatus,
    answers_that_count,
    parse_regulation,
    rank_units,
    ranking_document,
)
from tests.forms.samples import SHAPES
from tests.reports.samples import SOURCE
from words import Text, say


def law(text: str) -> Regulation:
    regulation, problems = parse_regulation(text)
    assert regulation, problems
    return regulation


FULL: dict[str, AnswerValue] = {
    "can_bo": 10,
    "may": 10,
    "mot": True,
    "viec": 15,
    "muc": "cao",
    "dau_nam": True,
    "cuoi_nam": True,
    "giai": 2,
}
UNITS = (
    Unit("day-du", "Sở Đầy đủ", "a"),
    Unit("khong-ap-dung", "Sở Không áp dụng", "a"),
    Unit("nop-muon", "Sở Nộp muộn", "a", status=UnitStatus.LATE),
    Unit("thap", "Sở Thấp", "a"),
    Unit("khong-nop", "Sở Không nộp", "a", status=UnitStatus.MISSING),
)
ANSWERS: dict[str, dict[str, AnswerValue]] = {
    "day-du": FULL,
    "khong-ap-dung": {**FULL, "muc": "vua", "giai": 1},
    "nop-muon": {**FULL, "may": 5, "giai": 0},
    "thap": {"can_bo": 10, "may": 1},
}


def shapes(text: str = SHAPES) -> RankingTable:
    regulation = law(text)
    answers = {
        unit: answers_that_count([Answer(key, value) for key, value in given.items()])
        for unit, given in ANSWERS.items()
    }
    claim = Answer("ty_le", status=AnswerStatus.NOT_APPLICABLE, by=By.VERIFIED, reason="không có máy tính")
    answers["khong-ap-dung"]["ty_le"] = claim
    document = ranking_document(regulation, rank_units(regulation, UNITS, answers))
    return ranking_table(regulation, document, UNITS, title="Đánh giá mẫu 2026")


def written(table: RankingTable, *, values: bool = False) -> Workbook:
    content = ranking_xlsx(table, "vi", created=datetime(2026, 12, 20, tzinfo=UTC))
    return load_workbook(BytesIO(content), data_only=values)


def cells(workbook: Workbook, sheet: int, first: int, last: int) -> list[list[object]]:
    """Rows of a sheet, first and last included, without their empty cells."""
    rows = workbook.worksheets[sheet].iter_rows(min_row=first, max_row=last, values_only=True)
    return [[cell for cell in row if cell not in {None, ""}] for row in rows]


def test_the_sheet_has_columns_for_parts_bonus_grade_level_pillars_and_remarks() -> None:
    sample = written(shapes())

    assert cells(sample, 0, 7, 9) == [
        [
            *("Hạng", "Đơn vị", "Phần cộng", "Chỉ số có trọng số", "Mục trung bình", "Điểm thưởng", "Tổng điểm"),
            *("Xếp loại", "Mức", "Trụ cột", "Ghi chú"),
        ],
        ["Tỷ lệ máy tính", "Lấy mục cao nhất", "Cộng"],
        ["Điểm tối đa", 40, 20, 60, 30, 10, "ngoài thang, tối đa 4,00", 100, 70],
    ]
    unlike, converted, late = (
        "Tổng điểm không bằng tổng các cột",
        "Tổng điểm đã quy đổi",
        "Gửi phiếu chậm: bị trừ 2 điểm",
    )
    assert cells(sample, 0, 10, 12) == [
        [1, "Sở Đầy đủ", 40, 20, "=SUM(C10:D10)", 30, 10, 4, 102, "Đạt", "Mức I", "=SUM(E10,G10)", unlike],
        [2, "Sở Không áp dụng", 0, 20, "=SUM(C11:D11)", 18, 10, 2, 82, "Đạt", "Mức I", "=SUM(E11,G11)", converted],
        [
            3,
            "Sở Nộp muộn",
            20,
            20,
            "=SUM(C12:D12)",
            30,
            10,
            0,
            78,
            *("Đạt", "Mức II"),
            "=SUM(E12,G12)",
            f"{late} (Điều 1)",
        ],
    ]


def test_amounts_have_the_digits_of_their_own_line() -> None:
    sheet = written(shapes()).worksheets[0]

    assert [sheet[cell].number_format for cell in ("C10", "E10", "I10", "L10")] == [
        *("[$-42A]#,##0.00", "[$-42A]#,##0.00", "[$-42A]#,##0.0", "[$-42A]#,##0.00"),
    ]


def test_a_unit_too_low_for_any_level_is_not_ranked_but_its_points_are_seen() -> None:
    heading, missing, low = cells(written(shapes()), 0, 14, 16)

    assert heading == ["Không xếp hạng (2):"]
    assert missing[:2] == [1, "Sở Không nộp"]
    assert low[:-1] == [
        *(2, "Sở Thấp", 4, 0, "=SUM(C16:D16)", 0, 0, 0, "=ROUNDDOWN(ROUND(SUM(E16:H16),9),1)", "–", "–"),
        "=SUM(E16,G16)",
    ]


def test_a_total_that_is_no_sum_of_its_columns_is_explained_below_the_table() -> None:
    table = shapes()
    (group,) = table.groups

    assert [(unit.name, line.label) for unit, line in group.explained] == [
        ("Sở Đầy đủ", "Tổng điểm"),
        ("Sở Không áp dụng", "Tổng điểm"),
        ("Sở Nộp muộn", "Tổng điểm"),
    ]
    heading, *explained = cells(written(table), 0, 18, 21)
    assert heading == ["Cách tính các dòng không bằng tổng của các cột:"]
    assert explained == [[unit.name, f"Tổng điểm: {unit.lines['tong'].why}"] for unit in group.ranked]


def test_the_indicators_are_a_tree_of_sums_where_they_are_sums_and_show_what_does_not_apply() -> None:
    assert cells(written(shapes()), 1, 1, 16) == [
        ["Điểm từng tiêu chí: Nhóm biết đủ (dấu “–”: không áp dụng, không tính vào thang điểm)"],
        ["TT", "Tiêu chí", "Điểm tối đa", "Sở Đầy đủ", "Sở Không áp dụng", "Sở Nộp muộn", "Sở Thấp"],
        ["I", "Phần cộng", 60, "=SUM(D4:D5)", "=SUM(E4:E5)", "=SUM(F4:F5)", "=SUM(G4:G5)"],
        ["1", "Tỷ lệ máy tính", 40, 40, "–", 20, 4],
        ["4", "Lấy mục cao nhất", 20, 20, 20, 20, 0],
        ["4.1", "Cách một", 20, 20, 20, 20, 0],
        ["4.2", "Cách hai", 15, 15, 15, 15, 0],
        ["II", "Chỉ số có trọng số", 30, 30, 18, 30, 0],
        ["5", "Mục nặng", 10, 10, 4, 10, 0],
        ["6", "Mục nhẹ", 5, 5, 5, 5, 0],
        ["Mục trung bình", 10, 10, 10, 10, 0],
        ["7", "Nửa đầu năm", 10, 10, 10, 10, 0],
        ["8", "Nửa cuối năm", 10, 10, 10, 10, 0],
        ["9", "Điểm thưởng (ngoài thang điểm)", 4, 4, 2, 0, 0],
        ["Tổng điểm", 100, 102, 82, 78, "=ROUNDDOWN(ROUND(SUM(G3,G8,G11,G14),9),1)"],
        ["Trụ cột", 70, "=SUM(D3,D11)", "=SUM(E3,E11)", "=SUM(F3,F11)", "=SUM(G3,G11)"],
    ]


def test_the_notes_tell_the_levels_what_does_not_apply_and_what_is_late() -> None:
    assert cells(written(shapes()), 4, 5, 12) == [
        [
            "Làm tròn",
            (
                "Điểm của từng tiêu chí được làm tròn đến 2 chữ số thập phân (nửa thì làm tròn lên); điểm hạng mục và "
                "tổng điểm tính từ các số đã làm tròn, riêng tổng điểm lấy 1 chữ số thập phân, bỏ phần còn lại."
            ),
        ],
        [
            "Tiêu chí không áp dụng",
            (
                "Không tính vào thang điểm khi cán bộ thẩm định chấp nhận; điểm của các tiêu chí còn lại được quy đổi "
                "theo tỷ lệ về thang điểm đầy đủ (Điều 1)"
            ),
        ],
        ["Nộp phiếu muộn", "bị trừ 2 điểm (Điều 1)"],
        ["Tính lại", "xephang score hinh-dang --units units.csv --answers answers.csv --json"],
        [],
        ["Nhóm đơn vị", "Điểm tối thiểu của từng mức", "Mức I", "Mức II"],
        ["Nhóm biết đủ", "Tổng điểm", 80, 40],
        ["Nhóm biết đủ", "II Chỉ số có trọng số", 18, 0],
    ]


def test_chat_counts_grades_and_levels_and_flags_what_is_out_of_the_ordinary() -> None:
    lines = [say(line, "vi") for line in ranking_lines(shapes())]

    assert lines[:6] == [
        "\n<b>Nhóm biết đủ</b> (3 đơn vị được xếp hạng)",
        "Đạt 3 · Chưa đạt 0",
        "Mức I 2 · Mức II 1",
        "1. Sở Đầy đủ — <b>102,0</b> · Đạt · Mức I (Tổng điểm không bằng tổng các cột)",
        "2. Sở Không áp dụng — <b>82,0</b> · Đạt · Mức I (Tổng điểm đã quy đổi)",
        "3. Sở Nộp muộn — <b>78,0</b> · Đạt · Mức II (Gửi phiếu chậm: bị trừ 2 điểm (Điều 1))",
    ]


def test_a_bar_comes_to_the_total_with_what_was_converted_or_taken_off_in_a_colour_of_its_own() -> None:
    (group,) = shapes().groups

    bars = [segments(group, unit) for unit in group.ranked]

    assert [sum((points for points, _ in bar), Decimal(0)) for bar in bars] == [102, 82, 78]
    assert [points for bar in bars for points, colour in bar if colour == OTHER] == [-2, 32, -2]


def test_the_picture_marks_the_units_with_remarks_and_gathers_them_by_remark() -> None:
    table = shapes()
    canvas = draw(table, table.groups[0], "vi")

    texts = [text.get_text() for text in canvas.figure.findobj(DrawnText) if isinstance(text, DrawnText)]

    assert [text for text in texts if text.endswith("(*)")] == [
        *("Sở Đầy đủ (*)", "Sở Không áp dụng (*)", "Sở Nộp muộn (*)"),
    ]
    place = texts.index("(*) Ghi chú:")
    assert texts[place + 1 : place + 4] == [
        "– Tổng điểm không bằng tổng các cột: Sở Đầy đủ",
        "– Tổng điểm đã quy đổi: Sở Không áp dụng",
        "– Gửi phiếu chậm: bị trừ 2 điểm (Điều 1): Sở Nộp muộn",
    ]


def test_a_total_that_is_weighted_has_a_bar_of_one_colour_and_is_said_to_be_no_sum() -> None:
    table = shapes()
    weighted = replace(table.groups[0], total=replace(table.groups[0].total, operation="weighted"))
    total = replace(table.regulation.total, operation="weighted")
    regulation = replace(table.regulation, roots=(total, *table.regulation.roots[1:]))

    assert [segments(weighted, unit) for unit in weighted.ranked] == [
        [(unit.total, CATEGORY_COLOURS[0])] for unit in weighted.ranked
    ]
    assert [(unit.name, line.label) for unit, line in weighted.explained] == []
    assert list(how_ranked(replace(table, regulation=regulation))) == [Text("reports.total_is_no_sum")]


def ranked_within_parents() -> RankingTable:
    text = SOURCE.replace(
        "huyen: {label: UBND các huyện, clause: Điều 1}",
        "huyen: {label: UBND các xã, clause: Điều 1, under: so, ranked: within_parent}",
    )
    regulation = law(text)
    parents = [Unit("mau-b", "Huyện Mẫu B", "so"), Unit("mau-a", "Huyện Mẫu A", "so")]
    units = [*parents, *(Unit(f"x{place}", f"Xã {place}", "huyen", f"mau-{'ab'[place % 2]}") for place in range(4))]
    answers = {
        unit.id: answers_that_count([Answer("so_may", place), Answer("so_mang", 1), Answer("so_van_ban", 1)])
        for place, unit in enumerate(units)
    }
    document = ranking_document(regulation, rank_units(regulation, units, answers))
    return ranking_table(regulation, document, units, title="Đánh giá mẫu 2026")


def test_a_group_that_is_ranked_within_parents_has_a_table_for_each_of_them() -> None:
    table = ranked_within_parents()

    assert [(group.key, group.label, [unit.name for unit in group.ranked]) for group in table.groups] == [
        ("so", "Cơ quan chuyên môn", ["Huyện Mẫu A", "Huyện Mẫu B"]),
        ("huyen-mau-a", "UBND các xã – Huyện Mẫu A", ["Xã 2", "Xã 0"]),
        ("huyen-mau-b", "UBND các xã – Huyện Mẫu B", ["Xã 3", "Xã 1"]),
    ]
    assert [unit.rank for group in table.groups[1:] for unit in group.ranked] == [1, 2, 1, 2]
    assert written(table).sheetnames[::2] == [
        *("1. Cơ quan chuyên môn", "2. Huyện Mẫu A", "3. Huyện Mẫu B", "Tổng hợp", "Ghi chú"),
    ]


def test_every_table_has_a_picture_of_its_own_name() -> None:
    files = attachments(ranked_within_parents(), "vi", name="ranking", created=datetime(2026, 12, 20, tzinfo=UTC))

    assert [each.file.name for each in files] == [
        *("ranking-so.png", "ranking-huyen-mau-a.png", "ranking-huyen-mau-b.png", "ranking.xlsx"),
    ]
