from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from reports.ranking import RankingTable
from reports.workbook import ranking_xlsx
from reports.workbook.page import sheet_name
from tests.reports.samples import Absent, Scored, table

CREATED = datetime(2026, 12, 20, 2, 30, tzinfo=UTC)
HOSTILE = ("<b>Sở</b> & Ban", "=1+1", "@SUM(A1)", "+84", "http://mau.example/x", "{=1}", "X" * 40_000)


def written(result: RankingTable, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(ranking_xlsx(result, "vi", created=CREATED)), data_only=values)


def cells(workbook: Workbook, sheet: int) -> list[list[object]]:
    """The rows of a sheet without its empty cells and rows."""
    rows = workbook.worksheets[sheet].iter_rows(values_only=True)
    return [kept for kept in ([cell for cell in row if cell not in {None, ""}] for row in rows) if kept]


SAMPLE = table(
    Scored("Sở Nội vụ", (2500, 1410, 5215)),
    Scored("Sở Y tế", (2000, 1000, 4000)),
    Absent("Sở Xây dựng", "Nộp muộn (Điều 8.2)"),
)


def test_there_are_two_sheets_a_group_then_summary_explanations_and_notes() -> None:
    both = table(Scored("Sở", (1, 1, 1)), Scored("UBND huyện", (1, 1, 1), group="huyen"))

    assert written(both).sheetnames == [
        "1. Cơ quan chuyên môn",
        "1. Điểm từng tiêu chí",
        "2. UBND các huyện",
        "2. Điểm từng tiêu chí",
        "Tổng hợp",
        "Cách tính điểm",
        "Ghi chú",
    ]


def test_the_ranking_sheet_has_an_official_head_the_table_and_the_units_without_a_rank() -> None:
    assert cells(written(SAMPLE), 0) == [
        ["UBND TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Độc lập - Tự do - Hạnh phúc"],
        ["BẢNG KẾT QUẢ XẾP HẠNG"],
        ["Đánh giá mẫu 2026"],
        ["Cơ quan chuyên môn"],
        ["Công bố theo Quyết định số 15/QĐ-MAU ngày 20/12/2026"],
        ["Hạng", "Đơn vị", "Hạ tầng kỹ thuật", "Ứng dụng", "Tổng điểm", "Xếp loại"],
        ["Điểm tối đa", 40, 60, 100],
        [1, "Sở Nội vụ", 39.1, 52.15, "=SUM(C9:D9)", "Tốt"],
        [2, "Sở Y tế", 30, 40, "=SUM(C10:D10)", "Khá"],
        ["Không xếp hạng (1):"],
        [1, "Sở Xây dựng", "Nộp muộn (Điều 8.2)"],
        ["Tốt 1 · Khá 1 · Trung bình 0 · Dưới trung bình 0"],
        [
            "Căn cứ: Quy định đánh giá mẫu (Quyết định số 99/QĐ-MAU ngày 02/12/2016); mã nội dung SHA-256: "
            + SAMPLE.regulation.sha256[:12]
        ],
        ["Ghi chú: 2 nội dung văn bản không nêu rõ, được áp dụng theo giả định; xem trang “Ghi chú” của bảng tính."],
    ]


def test_the_indicator_sheet_adds_up_from_indicators_to_the_total() -> None:
    assert cells(written(SAMPLE), 1) == [
        ["Điểm từng tiêu chí: Cơ quan chuyên môn"],
        ["TT", "Tiêu chí", "Điểm tối đa", "Sở Nội vụ", "Sở Y tế"],
        ["1", "Hạ tầng kỹ thuật", 40, "=SUM(D4:D5)", "=SUM(E4:E5)"],
        ["1.1", "Máy tính trên số cán bộ", 25, 25, 20],
        ["1.2", "Kết nối mạng", 15, 14.1, 10],
        ["2", "Ứng dụng", 60, "=SUM(D7)", "=SUM(E7)"],
        ["2.1", "Văn bản điện tử", 60, 52.15, 40],
        ["Tổng điểm", 100, "=SUM(D3,D6)", "=SUM(E3,E6)"],
    ]


def test_the_summary_counts_the_units_of_every_table_and_adds_them_up() -> None:
    both = table(
        Scored("A", (2500, 1500, 6000)),
        Scored("B", (2500, 1500, 2600)),
        Absent("C", "Nộp muộn"),
        Scored("UBND huyện", (3500, 2500, 4000), group="huyen"),
    )

    assert cells(written(both), 4) == [
        ["Đánh giá mẫu 2026"],
        [
            *("TT", "Nhóm đơn vị", "Được xếp hạng", "Tốt", "Khá", "Trung bình", "Dưới trung bình"),
            "Không xếp hạng",
        ],
        [1, "Cơ quan chuyên môn", 2, 1, 1, 0, 0, 1],
        [2, "UBND các huyện", 1, 1, 0, 0, 0, 0],
        ["Cộng", *(f"=SUM({column}4:{column}5)" for column in "CDEFGH")],
    ]


def test_the_explanations_say_why_for_every_unit_and_indicator_and_for_the_total() -> None:
    assert cells(written(SAMPLE), 3) == [
        ["Đơn vị", "TT", "Tiêu chí", "Điểm", "Điểm tối đa", "Cách tính điểm"],
        ["Sở Nội vụ", "1.1", "Máy tính trên số cán bộ", 25, 25, "vì may"],
        ["Sở Nội vụ", "1.2", "Kết nối mạng", 14.1, 15, "vì mang"],
        ["Sở Nội vụ", "2.1", "Văn bản điện tử", 52.15, 60, "vì van_ban"],
        ["Sở Nội vụ", "Tổng điểm", 91.25, 100, "vì tong"],
        ["Sở Y tế", "1.1", "Máy tính trên số cán bộ", 20, 25, "vì may"],
        ["Sở Y tế", "1.2", "Kết nối mạng", 10, 15, "vì mang"],
        ["Sở Y tế", "2.1", "Văn bản điện tử", 40, 60, "vì van_ban"],
        ["Sở Y tế", "Tổng điểm", 70, 100, "vì tong"],
    ]


def test_the_notes_say_which_regulation_what_is_assumed_and_how_to_compute_again() -> None:
    assert cells(written(SAMPLE), 4) == [
        ["Tình trạng", "Công bố theo Quyết định số 15/QĐ-MAU ngày 20/12/2026"],
        ["Quy định áp dụng", "Quy định đánh giá mẫu"],
        ["Văn bản ban hành", "Quyết định số 99/QĐ-MAU ngày 02/12/2016 của UBND tỉnh Mẫu"],
        ["Mã SHA-256 của quy định", SAMPLE.regulation.sha256],
        [
            "Làm tròn",
            (
                "Điểm của từng tiêu chí được làm tròn đến 2 chữ số thập phân (nửa thì làm tròn lên); "
                "điểm hạng mục và tổng điểm tính từ các số đã làm tròn."
            ),
        ],
        ["Tiêu chí không áp dụng", "Được tính điểm tối đa khi cán bộ thẩm định chấp nhận (Điều 1)"],
        ["Nộp phiếu muộn", "không nộp đúng hạn thì không xếp hạng (Điều 1)"],
        ["Tính lại", "xephang score mau --units units.csv --answers answers.csv --json"],
        ["Nội dung áp dụng theo giả định (2)", "Căn cứ của giả định"],
        ["2.1 Văn bản điện tử", "Chỉ tiêu 2.1 được giả định."],
        ["Chung", "Làm tròn hai số."],
    ]


def test_every_sum_carries_its_value_for_viewers_that_do_not_compute() -> None:
    workbook = written(SAMPLE, values=True)

    assert [workbook.worksheets[0][cell].value for cell in ("E9", "E10")] == [91.25, 70]
    assert [workbook.worksheets[1][cell].value for cell in ("D3", "D6", "D8")] == [39.1, 52.15, 91.25]


def test_amounts_show_all_digits_with_the_decimal_comma() -> None:
    sheet = written(SAMPLE).worksheets[0]

    assert [sheet[cell].number_format for cell in ("A9", "C9", "E9")] == ["0", "[$-42A]#,##0.00", "[$-42A]#,##0.00"]


def test_the_sheets_are_set_up_for_printing_and_for_scrolling() -> None:
    sheet = written(SAMPLE).worksheets[0]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C9", "$7:$8")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)


def test_the_same_table_gives_the_same_bytes() -> None:
    assert ranking_xlsx(SAMPLE, "vi", created=CREATED) == ranking_xlsx(SAMPLE, "vi", created=CREATED)


def test_the_workbook_can_be_had_in_english() -> None:
    workbook = load_workbook(BytesIO(ranking_xlsx(SAMPLE, "en", created=CREATED)))

    assert workbook.sheetnames == ["1. Cơ quan chuyên môn", "1. Indicators", "Summary", "Explanations", "Notes"]
    assert cells(workbook, 0)[6] == ["Rank", "Unit", "Hạ tầng kỹ thuật", "Ứng dụng", "Total", "Grade"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text_and_too_long_ones_are_cut_where_excel_ends(name: str) -> None:
    result = table(Scored(name, (0, 0, 6000)), Absent(name, name))
    kept = name[:32_767]
    workbook = written(result)

    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in (workbook.worksheets[0]["B9"],)] == [
        (kept, "s", None)
    ]
    assert [workbook.worksheets[0][cell].value for cell in ("B12", "C12")] == [kept, kept]
    assert workbook.worksheets[1]["D2"].value == kept
    assert workbook.worksheets[3]["A2"].value == kept


def test_no_sheet_asks_for_anything_outside_the_file() -> None:
    content = ranking_xlsx(table(Scored("http://mau.example", (0, 0, 1))), "vi", created=CREATED)

    assert [name for name in ZipFile(BytesIO(content)).namelist() if "externalLink" in name] == []


@pytest.mark.parametrize(
    ("name", "taken", "result"),
    [
        ("Sở/ban [1]: A*?", [], "Sở ban 1 A"),
        ("Các cơ quan chuyên môn thuộc UBND tỉnh", [], "Các cơ quan chuyên môn thuộc U…"),
        ("GHI CHÚ", ["Ghi chú"], "GHI CHÚ 2"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(name: str, taken: list[str], result: str) -> None:
    assert sheet_name(name, taken) == result


@pytest.mark.slow
def test_libreoffice_computes_the_totals_that_are_written(recalculate: Callable[[Path], Path], tmp_path: Path) -> None:
    path = tmp_path / "ranking.xlsx"
    workbook = written(SAMPLE)  # saved by openpyxl the values are gone: whatever is read below was computed
    workbook.worksheets[0]["C10"] = 31  # and one figure is another one
    workbook.save(path)

    computed = load_workbook(recalculate(path), data_only=True)

    assert [computed.worksheets[0][cell].value for cell in ("E9", "E10")] == [91.25, 71]
    assert [computed.worksheets[1][cell].value for cell in ("D3", "E3", "D6", "E6", "D8", "E8")] == (
        [39.1, 30, 52.15, 40, 91.25, 70]
    )
