"""The workbook in which every point is recomputed, cell by cell."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from app.commands.score import score
from reports.recomputation import write_recomputation
from scoring import (
    Answer,
    AnswerStatus,
    By,
    Chosen,
    Extreme,
    Given,
    Late,
    NotApplicable,
    Ref,
    Regulation,
    Subordinates,
    Unit,
    UnitStatus,
    Yes,
    lines_of,
    parse_regulation,
    print_expression,
    rank_units,
    shipped,
)
from tests.reports.invented import Answers
from tests.reports.test_recomputation import CASES, case
from words import Language

MOST_LETTERS = 8192
"""Excel takes no longer formula."""

UNITS = [
    Unit("b", "=1+1", "so"),
    Unit("a", "Sở Nội vụ", "so", parent="b"),
    Unit("m", "Sở Y tế", "so", status=UnitStatus.LATE),
]
ANSWERS: Answers = {
    "a": {
        "so_may": Answer("so_may", 7),
        "co_mang": Answer("co_mang", value=True),
        "gui": Answer("gui", "cham"),
        "mang": Answer("mang", status=AnswerStatus.NOT_APPLICABLE),
    },
    "b": {
        "so_may": Answer("so_may", 0),
        "co_mang": Answer("co_mang", value=False),
        "mang": Answer("mang", status=AnswerStatus.NOT_APPLICABLE, by=By.VERIFIED),
    },
}


def _regulation() -> Regulation:
    regulation, problems = parse_regulation((Path(__file__).parent / "recomputed.yaml").read_text("utf-8"))
    assert regulation is not None, problems
    return regulation


REGULATION = _regulation()


def content(regulation: Regulation, units: list[Unit], answers: Answers, language: Language = "vi") -> bytes:
    written = BytesIO()
    results = rank_units(regulation, units, answers)
    write_recomputation(written, regulation, results, language, created=datetime(2026, 12, 20, tzinfo=UTC))
    return written.getvalue()


def book(language: Language = "vi", *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(content(REGULATION, UNITS, ANSWERS, language)), data_only=values)


def cells(workbook: Workbook, sheet: str) -> list[list[object]]:
    return [["" if cell is None else cell for cell in row] for row in workbook[sheet].iter_rows(values_only=True)]


def test_the_first_sheet_says_what_it_is_how_to_check_it_and_who_is_not_in_it() -> None:
    filled = [[cell for cell in row if cell] for row in cells(book(), "Hướng dẫn")]
    rounding = "2 chữ số thập phân, từ một nửa trở lên thì làm tròn lên"

    assert filled[0] == ["BẢNG TÍNH LẠI ĐIỂM"]
    assert filled[2:6] == [
        ["Quy định áp dụng", "Quy định mẫu để tính lại"],
        ["Văn bản ban hành", "Quyết định số 99/QĐ-MAU ngày 02/12/2016 của UBND tỉnh Mẫu"],
        ["Mã SHA-256 của quy định", REGULATION.sha256],
        ["Làm tròn", f"Điểm: {rounding}. Tổng điểm: {rounding}. Tỷ lệ phần trăm: {rounding}."],
    ]
    assert filled[7] == ["Cách kiểm tra"]
    assert filled[14:] == [
        ["Trang", "Nội dung", "Quy mô"],
        ["1. Số liệu", "Số liệu đã dùng: Cơ quan chuyên môn", "2 đơn vị, 10 cột, 0 công thức"],
        ["1. Điểm", "Điểm từng tiêu chí, tổng điểm và xếp hạng: Cơ quan chuyên môn", "2 đơn vị, 11 cột, 18 công thức"],
        [],
        ["Đơn vị không được đánh giá (1)"],
        ["Đơn vị", "Nhóm cơ quan", "Lý do"],
        ["Sở Y tế", "Cơ quan chuyên môn", "Gửi phiếu chậm: không xếp hạng (Điều 1)"],
    ]


def test_a_group_without_assessed_units_has_no_sheets() -> None:
    assert book().sheetnames == ["Hướng dẫn", "1. Số liệu", "1. Điểm"]


def test_answers_stand_as_they_were_given_with_parents_lateness_and_claims() -> None:
    parent, status = "Đơn vị cấp trên", "Thời điểm nộp phiếu"

    assert cells(book(), "1. Số liệu")[2:] == [
        ["", "Dùng cho tiêu chí", "", "", "", "", "1.1", "1.2", "2", "1.2"],
        [
            *("STT", "Đơn vị", "Mã đơn vị", parent, "STT của đơn vị cấp trên", status),
            *("Số máy", "Có mạng", "Gửi báo cáo", "Không áp dụng: Mạng nội bộ"),
        ],
        ["", "Đơn vị tính", "", "", "", "", "máy", "", "", ""],
        ["", "Mã số liệu", "", "", "", "", "so_may", "co_mang", "gui", "mang"],
        [1, "=1+1", "b", "", 0, "Đúng hạn", 0, "Không", "", "Chấp nhận"],
        [2, "Sở Nội vụ", "a", "=1+1", 1, "Đúng hạn", 7, "Có", "Chậm, có lý do", "Đề nghị"],
    ]


def test_points_are_formulas_on_the_answers_and_on_the_lines_below_them() -> None:
    points = cells(book(), "1. Điểm")
    machines, network, report = (f"'1. Số liệu'!{column}8" for column in "GHI")
    choice = f'IF({report}="Đúng hạn",3,IF({report}="Chậm, có lý do",3/2,0))'

    assert points[2:6] == [
        ["", "Số tiêu chí", "1.1", "1.2", "1", "2", "", "", "", "", ""],
        [
            *("STT", "Đơn vị", "Máy tính", "Mạng nội bộ", "Hạ tầng", "Báo cáo", "Tổng điểm"),
            *("Tỷ lệ đạt (%)", "Bậc xếp loại (1 là thấp nhất)", "Xếp loại", "Hạng"),
        ],
        ["", "Căn cứ", "Điều 1 (có giả định)", "Điều 1", "Điều 1", "Điều 1", "Điều 1", "", "", "", ""],
        ["", "Điểm tối đa", 5, 2, 7, 3, 10, "", "", "", ""],
    ]
    assert points[7] == [
        2,
        "Sở Nội vụ",
        f'=ROUND(IF({machines}<>"",MIN(1/2*{machines},5),0),2)',
        f'=IF(\'1. Số liệu\'!J8="Chấp nhận",2,ROUND(IF({network}<>"",IF({network}="Có",2,0),0),2))',
        "=ROUND(SUM(C8,D8),2)",
        f'=ROUND(IF({report}<>"",{choice},0),2)',
        "=ROUND(SUM(E8,F8),2)",
        "=IF(G$6>0,ROUND(100*G8/G$6,2),0)",
        "=IF(G8>=15/2,2,1)",
        '=CHOOSE(I8,"Khá","Tốt")',
        '=1+COUNTIF(G$7:G$8,">"&G8)',
    ]


def test_each_formula_stands_with_what_it_comes_to() -> None:
    assert cells(book(values=True), "1. Điểm")[6:] == [
        [1, "=1+1", 0, 2, 2, 0, 2, 20, 1, "Khá", 2],
        [2, "Sở Nội vụ", 3.5, 2, 5.5, 1.5, 7, 70, 1, "Khá", 1],
    ]


def test_it_speaks_english() -> None:
    english = book("en")

    assert english.sheetnames == ["How to check", "1. Data", "1. Points"]
    assert cells(english, "1. Data")[7][5:] == ["On time", 7, "Yes", "Chậm, có lý do", "Claimed"]
    assert cells(english, "1. Points")[7][3] == (
        "=IF('1. Data'!J8=\"Granted\",2,ROUND(IF('1. Data'!H8<>\"\",IF('1. Data'!H8=\"Yes\",2,0),0),2))"
    )


def test_the_same_results_give_the_same_bytes() -> None:
    assert content(REGULATION, UNITS, ANSWERS) == content(REGULATION, UNITS, ANSWERS)


def test_what_people_wrote_is_never_a_formula() -> None:
    sheet = book()["1. Số liệu"]

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}


@pytest.mark.parametrize("name", CASES)
def test_excel_can_hold_every_sheet_and_formula(name: str) -> None:
    each = case(name)

    workbook = load_workbook(BytesIO(content(each.regulation, each.units[::10], each.answers)))

    formulas = [cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert max(map(len, formulas)) < MOST_LETTERS
    assert max(map(len, workbook.sheetnames)) <= 31
    assert len({each.casefold() for each in workbook.sheetnames}) == len(workbook.sheetnames)


def named(ref: Ref) -> str:
    """Print a reference without any separator."""
    match ref:
        case Extreme(which, _, _):
            return f"{{{which}}}"
        case Subordinates(what, group, node):
            return f"{{{what} {group} {node}}}"
        case Given(key) | Yes(key) | NotApplicable(key):
            return f"{{{key}}}"
        case Chosen(key, choice):
            return f"{{{key} {choice}}}"
        case Late():
            return "{late}"
        case _:
            return f"{{{getattr(ref, 'key', '')}{getattr(ref, 'node', '')}}}"


@pytest.mark.parametrize("name", CASES)
def test_formulas_for_either_locale_differ_in_the_separator_only_and_have_no_decimals(name: str) -> None:
    regulation = case(name).regulation
    for group in regulation.groups:
        for line in lines_of(regulation, group).values():
            for expression in (line.points, line.scale):
                semicolons, commas = (print_expression(expression, named, separator) for separator in ";,")
                assert semicolons.replace(";", ",") == commas
                assert re.search(r"\d[.,]\d", semicolons) is None


def test_the_command_writes_it_beside_the_ranking(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "answers.csv").write_text("unit,key,value\n", encoding="utf-8")

    score(shipped()[0], tmp_path / "answers.csv", workbook=tmp_path / "recomputed.xlsx")

    assert capsys.readouterr().out != ""
    points = load_workbook(tmp_path / "recomputed.xlsx")["1. Điểm"]
    assert points.cell(7, 3).data_type == "f"
