"""Excel, picture and chat are printed from one table: they agree to the last digit."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text as DrawnText
from openpyxl import load_workbook

from reports.chat import ranking_lines
from reports.picture import draw
from reports.ranking import RankingTable
from reports.workbook import ranking_xlsx
from tests.reports.samples import REGULATION, Scored, table
from words import format_number, say

Row = tuple[str, str, str, str]
"""Rank, unit, total, grade."""


def in_chat(result: RankingTable) -> list[Row]:
    lines = (say(line, "vi") for line in ranking_lines(result))
    matches = (re.fullmatch(r"(\d+)\. (.+) — <b>(.+)</b> · (.+)", line) for line in lines)
    return [(each[1], each[2], each[3], each[4]) for each in matches if each]


def in_picture(result: RankingTable) -> list[Row]:
    canvas = draw(result, result.groups[0], "vi")
    texts = [text.get_text() for text in canvas.figure.findobj(DrawnText) if isinstance(text, DrawnText)]
    first = texts.index("1")
    rows = [texts[start : start + 4] for start in range(first, first + 4 * len(result.groups[0].ranked), 4)]
    return [(rank, unit, total, grade) for rank, unit, grade, total in rows]


def in_workbook(result: RankingTable) -> list[Row]:
    content = ranking_xlsx(result, "vi", created=datetime(2026, 12, 20, tzinfo=UTC))
    sheet = load_workbook(BytesIO(content), data_only=True).worksheets[0]
    rows = sheet.iter_rows(min_row=9, max_row=8 + len(result.groups[0].ranked), values_only=True)
    digits = Decimal("0.01")
    return [
        (str(row[0]), str(row[1]), format_number(Decimal(str(row[4])).quantize(digits), "vi"), str(row[5]))
        for row in rows
    ]


points = st.tuples(st.integers(0, 2500), st.integers(0, 1500), st.integers(0, 6000))


@settings(max_examples=10, deadline=None)
@given(st.lists(points, min_size=1, max_size=6))
def test_excel_picture_and_chat_show_the_same_ranks_totals_and_grades(
    rows: list[tuple[int, int, int]],
) -> None:
    result = table(*(Scored(f"Sở {place}", row) for place, row in enumerate(rows, start=1)))

    printed = in_chat(result)

    assert in_picture(result) == printed
    assert in_workbook(result) == printed


def test_a_regulation_without_assumptions_has_none_to_mention() -> None:
    result = table(Scored("Sở", (0, 0, 1)), regulation=replace(REGULATION, assumptions=()))

    said = [say(line, "vi") for line in ranking_lines(result)]
    canvas = draw(result, result.groups[0], "vi")
    said += [text.get_text() for text in canvas.figure.findobj(DrawnText) if isinstance(text, DrawnText)]
    workbook = load_workbook(BytesIO(ranking_xlsx(result, "vi", created=datetime(2026, 12, 20, tzinfo=UTC))))
    said += [str(cell) for sheet in workbook.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]

    assert [each for each in said if "giả định" in each] == []
