import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook

from forms.cell_values import read_day
from forms.dialect import _TYPED_NUMBER, _TYPED_WHOLE, _WRITTEN_DAY, EXCEL, GOOGLE, quoted
from scoring import Question, parse_value
from tests.conftest import skip_or_fail
from tests.reports import office
from words import parse_number

WHOLE = Question("q", "Số máy", "integer")


@given(st.text("0123456789.,-", max_size=12))
@example("0.500")
@example("15.763")
@example("1.5")
@example("01.500")
@example("1.234.567,8")
def test_a_sheet_takes_exactly_the_numbers_that_reading_takes(typed: str) -> None:
    assert (re.search(_TYPED_NUMBER, typed, re.ASCII) is not None) == isinstance(parse_number(typed), Decimal)


@given(st.text("0123456789.,-", max_size=12))
@example("1,000")
@example("1234,000")
@example("-12,00")
@example("1,0000")
@example("1.234,000")
@example("1.000")
def test_a_sheet_takes_exactly_the_whole_numbers_that_reading_takes(typed: str) -> None:
    takes = (
        re.search(_TYPED_WHOLE, typed, re.ASCII) is not None
        and float(typed.replace(".", "").replace(",", ".")) % 1 == 0
    )
    assert takes == isinstance(parse_value(WHOLE, typed), int)


@pytest.mark.parametrize(
    ("typed", "is_day"),
    [
        ("31/10/2026", True),
        ("1/2/2026", True),
        ("2026-10-31", True),
        ("32/10/2026", False),
        ("1/13/2026", False),
        ("1/2/26", False),
        ("2026-13-01", False),
        ("1.2.2026", False),
    ],
)
def test_a_sheet_takes_the_days_that_reading_takes(typed: str, is_day: bool) -> None:  # noqa: FBT001 - the expected answer
    assert (re.search(_WRITTEN_DAY, typed) is not None) is is_day


DAYS = {
    **dict.fromkeys(("31/10/2026", "1/2/2026", " 01/02/2026 ", "29/02/2024", "2026-10-31", "46296"), True),
    **dict.fromkeys(("31/02/2026", "29/02/2025", "0/1/2026", "1/13/2026", "1/2/26", "1.2.2026", "2026-13-01"), False),
    **dict.fromkeys(("tháng mười", "2026/10/31", "31-10-2026", "1/2/2026/3", "//2026", "-3", "x"), False),
}


def test_a_workbook_takes_the_days_that_reading_takes(tmp_path: Path) -> None:
    if reason := office.missing():
        skip_or_fail(reason)
    file = tmp_path / "days.xlsx"
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, typed in enumerate(DAYS):
            is_serial = typed.lstrip("-").isdigit()
            sheet.write(row, 0, int(typed) if is_serial else typed)
            sheet.write_formula(row, 1, f"={EXCEL.is_day(f'A{row + 1}')}", None, 777)

    (computed,) = office.convert([file], "xlsx", tmp_path / "out", office.profile(tmp_path / "user", computes=True))

    found = [row[1] for row in load_workbook(computed, data_only=True).active.iter_rows(values_only=True)]
    assert dict(zip(DAYS, found, strict=True)) == DAYS
    read = {each: int(each) if each.lstrip("-").isdigit() else each for each in DAYS}
    assert {each: isinstance(read_day(raw), date) for each, raw in read.items()} == DAYS


def test_a_quote_in_a_text_is_doubled() -> None:
    assert quoted('nói "có"') == '"nói ""có"""'


def test_arguments_are_parted_as_each_program_wants() -> None:
    assert [dialect.call("IF", "A1", "2", "3") for dialect in (GOOGLE, EXCEL)] == ["IF(A1;2;3)", "IF(A1,2,3)"]
