"""The tables of every shipped regulation, on invented answers: whoever adds a printed row up by hand gets its total."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.picture import draw
from reports.ranking import Approval, RankingTable
from reports.tabulating import ranking_table
from reports.workbook import ranking_xlsx
from scoring import Regulation, load_regulation, rank_units, ranking_document, shipped
from tests.reports.invented import invented

UNITS_A_GROUP = 12


def law(name: str) -> Regulation:
    loaded, problems = load_regulation(name)
    assert loaded, problems
    return loaded


def ranking(name: str) -> tuple[RankingTable, dict[str, Any]]:
    """The table of invented units, and the document it is made of."""
    regulation = law(name)
    units, answers = invented(regulation, UNITS_A_GROUP, seed=7)
    document = ranking_document(regulation, rank_units(regulation, units, answers))
    approval = Approval("15/QĐ-MAU", date(2026, 12, 20))
    return ranking_table(regulation, document, units, title="Đánh giá mẫu 2026", approval=approval), document


def printed_rows(sheet: Worksheet) -> list[tuple[str, Decimal, Decimal, str]]:
    """Of each unit that has points: its name, its categories added up by hand, its total, its remarks."""
    last = 7 if sheet["B8"].value == "Điểm tối đa" else 8  # parts stand above their categories
    head = sheet.iter_rows(min_row=7, max_row=last)
    titles = {cell.column: cell.value for row in head for cell in row if cell.value}
    total = next(column for column, title in titles.items() if title == "Tổng điểm")
    remarks = next((column for column, title in titles.items() if title == "Ghi chú"), None)
    categories = [column for column in range(3, total) if titles[column] != "Cộng"]
    rows = []
    for row in sheet.iter_rows(min_row=9):
        cells = {cell.column: cell.value for cell in row}
        if isinstance(cells[total], int | float) and isinstance(cells[1], int):
            by_hand = sum((Decimal(str(cells[column])) for column in categories), Decimal(0))
            said = str(cells[remarks] or "") if remarks else ""
            rows.append((str(cells[2]), by_hand, Decimal(str(cells[total])), said))
    return rows


def out_of_the_ordinary(regulation: Regulation, result: dict[str, Any]) -> bool:
    """Whether the regulation itself makes the total another one than its categories: converted, or taken off."""
    granted = any(node["na"] == "granted" for node in result["nodes"].values())
    is_converted = regulation.not_applicable.name == "rescale" and granted
    return is_converted or (regulation.late.name == "penalty" and result["reason"] is not None)


@pytest.mark.parametrize("name", shipped())
def test_every_printed_row_adds_up_by_hand_or_says_why_not(name: str) -> None:
    table, document = ranking(name)
    results = {result["unit"]: result for result in document["results"]}
    workbook = load_workbook(
        BytesIO(ranking_xlsx(table, "vi", created=datetime(2026, 12, 20, tzinfo=UTC))), data_only=True
    )
    checked = 0
    for group, sheet in zip(table.groups, workbook.worksheets[::2], strict=False):
        rows = printed_rows(sheet)
        assert [row[0] for row in rows] == [unit.name for unit in group.assessed]
        for unit, (_, by_hand, total, said) in zip(group.assessed, rows, strict=True):
            checked += 1
            assert total == unit.total
            if by_hand != total:
                assert out_of_the_ordinary(table.regulation, results[unit.code]), (unit.name, by_hand, total)
                assert said != ""
    assert checked == sum(bool(result["nodes"]) for result in results.values())


@pytest.mark.parametrize("name", shipped())
def test_every_unit_of_the_document_stands_in_one_table_once(name: str) -> None:
    table, document = ranking(name)

    listed = [unit.code for group in table.groups for unit in group.rows]

    assert sorted(listed) == sorted(result["unit"] for result in document["results"])
    assert len({group.key for group in table.groups}) == len(table.groups)


@pytest.mark.parametrize("name", shipped())
def test_every_group_has_a_picture(name: str) -> None:
    table, _ = ranking(name)
    first_tables = {group.id: group for group in reversed(table.groups)}

    heights = [draw(table, group, "vi").figure.get_figheight() for group in first_tables.values()]

    assert [height > 0 for height in heights] == [True] * len(table.regulation.groups)
