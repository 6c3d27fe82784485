"""The third reading: LibreOffice computes the workbook of each regulation, and comes to the same as we do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.recomputation import write_recomputation
from scoring import (
    Answer,
    Regulation,
    Unit,
    UnitResult,
    as_decimal,
    lines_of,
    load_regulation,
    parse_regulation,
    rank_units,
    shipped,
)
from tests.conftest import skip_or_fail
from tests.reports import office
from tests.reports.invented import Answers, invented

EVERY_RULE = (Path(__file__).parent / "every_rule.yaml").read_text(encoding="utf-8")
VARIANTS: dict[str, dict[str, str]] = {
    "rescaled-penalty-level-first": {},
    "taken-out-accepted-cut-off": {
        "{policy: rescale, clause: Điều 1, at: [ket_qua, tong_diem]}": "{policy: out, clause: Điều 1}",
        "{policy: penalty, points: 1.5, clause": "{policy: accepted, clause",
        "rank_by: {policy: level_then_total": "rank_by: {policy: total",
        "{digits: 2, method: half_up, clause: Điều 1, total: {digits: 1, method: truncated}": (
            "{digits: 2, method: truncated, clause: Điều 1, total: {digits: 3, method: half_up}"
        ),
    },
    "full-marks-together": {
        "{policy: rescale, clause: Điều 1, at: [ket_qua, tong_diem]}": "{policy: full_marks, clause: Điều 1}",
        ", ranked: within_parent": "",
        "  below_lowest: {policy: not_ranked, text: chưa đạt mức nào, clause: Điều 1}\n": "",
    },
}
HALVES = "halves-that-binary-numbers-miss"
CHANGED = "a-figure-changed-by-hand"
UNITS = 30

HEAD, KEYS, FIRST = (3, 4), 6, 7
"""The rows with numbers and labels, with the keys of questions, and the first unit's."""

Row = dict[tuple[str, str], Decimal | str]
"""What stands in a unit's row by number and label of the column."""


@dataclass(frozen=True)
class Case:
    regulation: Regulation
    units: list[Unit]
    answers: Answers

    @property
    def results(self) -> tuple[UnitResult, ...]:
        return rank_units(self.regulation, self.units, self.answers)


def variant(name: str) -> Regulation:
    text = EVERY_RULE
    for old, new in VARIANTS[name].items():
        assert old in text
        text = text.replace(old, new)
    regulation, problems = parse_regulation(text, name)
    assert regulation is not None, problems
    return regulation


@cache
def case(name: str) -> Case:
    regulation = variant(name) if name in VARIANTS else load_regulation(name)[0]
    assert regulation is not None
    return Case(regulation, *invented(regulation, UNITS, seed=2026))


def halves() -> Case:
    """5 - 5 × 999/1000 is exactly half a hundredth, and 10 × (1000.02 - 1000.01)/(1000.17 - 1000.01) is 0.625."""
    same = {"no_1": "999", "no_2": "0", "tong_no": "1000"}
    # 0.1 + 0.2 - 0.3 is a whole of nothing, which earns half of the maximum.
    same |= {"diet_virus": "0", "may_ban": "0.1", "may_xach_tay": "0.2", "may_hong": "0.3"}
    spent = {"a": "1000.01", "b": "1000.02", "c": "1000.17"}
    answers = {
        unit: {key: Answer(key, Decimal(value)) for key, value in {**same, "chi_1": chi_1}.items()}
        | {"can_bo": Answer("can_bo", 1)}
        for unit, chi_1 in spent.items()
    }
    return Case(variant("full-marks-together"), [Unit(unit, unit, "huyen") for unit in spent], answers)


def changed_by_hand(before: Case) -> tuple[Unit, Case]:
    """A case in which one unit has more applications than it said."""
    unit = next(each.unit for each in before.results if each.rank and "moi_muc" not in before.answers[each.unit.id])
    answers = {**before.answers[unit.id], "ung_dung": Answer("ung_dung", 15)}
    return unit, replace(before, answers={**before.answers, unit.id: answers})


def change_by_hand(before: Case, path: Path) -> None:
    """Change the same figure in the workbook."""
    unit, _ = changed_by_hand(before)
    sheet: Worksheet = load_workbook(path)["1. Số liệu"]
    (column,) = (cell.column_letter for cell in sheet[KEYS] if cell.value == "ung_dung")
    (row,) = (cell.row for cell in sheet["B"] if cell.value == unit.name)
    found = rewritten(path, rf'(<c r="{column}{row}"[^>]*><v>)[^<]*', r"\g<1>15", part="sheet2.xml")
    assert found == 1


CASES = (*VARIANTS, *shipped())


def written(regulation: Regulation, results: tuple[UnitResult, ...], path: Path) -> Path:
    with path.open("wb") as target:
        write_recomputation(target, regulation, results, "vi", created=datetime(2026, 12, 20, tzinfo=UTC))
    return path


def rewritten(path: Path, pattern: str, replacement: str, part: str = "") -> int:
    """Replace something in the sheets of a workbook, or in one of them; return how often it was found."""
    with ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    found = 0
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        for name, text in parts.items():
            changed, times = re.subn(pattern, replacement, text) if f"/worksheets/{part}" in name else (text, 0)
            book.writestr(name, changed)
            found += times
    return found


def without_values(path: Path) -> Path:
    """Spoil the value that stands beside each formula, so that whoever believes it is found out."""
    assert rewritten(path, "(</f>)<v>[^<]*</v>", r"\1<v>777</v>") > 0
    return path


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every workbook as LibreOffice computed it, by the name of its case."""
    if reason := office.missing():
        skip_or_fail(reason)
    folder = tmp_path_factory.mktemp("office")
    cases = {name: case(name) for name in CASES} | {HALVES: halves(), CHANGED: case(CASES[0])}
    books = {name: written(each.regulation, each.results, folder / f"{name}.xlsx") for name, each in cases.items()}
    change_by_hand(cases[CHANGED], books[CHANGED])
    files = [without_values(book) for book in books.values()]
    found = office.convert(files, "xlsx", folder / "computed", office.profile(folder / "profile", computes=True))
    return dict(zip(books, found, strict=True))


def rows(path: Path, place: int) -> dict[str, Row]:
    """The rows of a group's points by the unit's name; `place` is the group's number."""
    sheet: Worksheet = load_workbook(path, data_only=True)[f"{place}. Điểm"]
    heads = [
        tuple(str(sheet.cell(row, column).value or "") for row in HEAD) for column in range(1, sheet.max_column + 1)
    ]
    found = {}
    for cells in sheet.iter_rows(min_row=FIRST, values_only=True):
        named = [(head, cell) for head, cell in zip(heads, cells, strict=True) if not head[1].startswith("Giá trị của")]
        found[str(cells[1])] = {(head[0], head[1]): _plain(cell) for head, cell in named[2:]}
        assert len(found[str(cells[1])]) == len(named) - 2, "two columns with one head"
    return found


def _plain(cell: object) -> Decimal | str:
    return "" if cell is None else cell if isinstance(cell, str) else Decimal(str(cell))


def expected(regulation: Regulation, results: tuple[UnitResult, ...], group: str, heads: Row) -> dict[str, Row]:
    """What has to stand in the rows of a group, for the columns that there are."""
    assessed = [each for each in results if each.unit.group == group and each.assessment]
    return {each.unit.name: {head: _row(regulation, each)[head] for head in heads} for each in assessed}


def _row(regulation: Regulation, result: UnitResult) -> Row:
    assessment = result.assessment
    assert assessment is not None
    row: Row = {
        ("", "Tỷ lệ đạt (%)"): as_decimal(assessment.percent, regulation.percent_rounding.digits),
        ("", "Xếp loại"): result.grade or "",
        ("", "Mức"): result.level or "",
        ("", "Hạng"): Decimal(result.rank) if result.rank else "",
    }
    for node in regulation.nodes(result.unit.group):
        points = assessment.points_of(node)
        assert points is not None
        row[node.number, node.label] = regulation.printed(node, points)
        scale_label = f"Thang điểm sau khi trừ phần không áp dụng: {node.label}"
        row[node.number, scale_label] = as_decimal(assessment._scale_of(node), regulation.digits)
    return row


PLACES = {("", "Bậc xếp loại (1 là thấp nhất)"), ("", "Bậc của mức (1 là thấp nhất)")}
"""Columns that only lead to the grade and the level."""


def compare(path: Path, each: Case) -> None:
    """Demand that the workbook has the very digits of the results."""
    results = each.results
    for place, group in enumerate(each.regulation.groups, start=1):
        if not any(one.unit.group == group and one.assessment for one in results):
            continue
        found = {
            unit: {head: cell for head, cell in row.items() if head not in PLACES}
            for unit, row in rows(path, place).items()
        }
        heads = next(iter(found.values()))
        assert set(heads) >= {(line.node.number, line.node.label) for line in lines_of(each.regulation, group).values()}
        assert found == expected(each.regulation, results, group, heads)


@pytest.mark.parametrize("name", CASES)
def test_libreoffice_comes_to_every_point_scale_total_percentage_grade_level_and_rank(
    name: str, computed: Mapping[str, Path]
) -> None:
    compare(computed[name], case(name))


def test_a_spreadsheet_rounds_halves_up_although_its_numbers_are_binary(computed: Mapping[str, Path]) -> None:
    found = rows(computed[HALVES], 1)

    assert {unit: row["1.5", "Còn lại"] for unit, row in found.items()} == dict.fromkeys("abc", Decimal("0.01"))
    assert found["b"]["3.3", "Thấp đến cao"] == Decimal("0.63")
    compare(computed[HALVES], halves())


def test_a_figure_that_is_changed_by_hand_changes_the_points_and_all_that_follows(computed: Mapping[str, Path]) -> None:
    before = case(CASES[0])
    unit, after = changed_by_hand(before)

    totals = [
        each.assessment.total
        for one in (before, after)
        for each in one.results
        if each.unit is unit and each.assessment
    ]
    assert totals[0] != totals[1]
    compare(computed[CHANGED], after)


@pytest.mark.parametrize("name", CASES)
def test_what_stands_beside_the_formulas_is_the_same_for_viewers_that_do_not_compute(name: str, tmp_path: Path) -> None:
    each = case(name)

    compare(written(each.regulation, each.results, tmp_path / "book.xlsx"), each)
