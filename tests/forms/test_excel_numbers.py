"""LibreOffice makes of a typed text, in the hidden column, the very number that reading takes."""

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from forms.dialect import EXCEL
from forms.excel.rules import _day_month_year, _digits_only
from scoring import Question, parse_value
from scoring.regulation import QuestionType
from tests.conftest import skip_or_fail
from tests.reports import office
from words import parse_number

TYPED = """
0 5 8 85 007 00 -3 -0 123456789012345 8,5 0,5 ,5 8, 8,50 -8,5 0,500 1,5,2 15.763 1.5 1.50 0.500 12.34 123.4567 1.234.567
1.234.567,89 1234.567 12.345.67 0.123 00.123 .123 1..234 1.234. 1.234,5.6 -1.234 --5 -+5 +5 5- - , . -, 1e5 1E5 0x1F 85%
85,36 85.36 5/3 12/3 01/02/2026 10:30 $5 5đ 1_000 1'000 ５ ٣ x Có TRUE #N/A =1+1 1,000 -12,000 1234,000
0,000 1.234,000 8,00 8,0000 1,000.5 1.000,5 999.999 1.000.000 -0,0
"""
WITH_BLANKS = ["", " ", " 8 ", "8 5", "- 8", "1 234", "8, 5"]


def random_texts(count: int) -> list[str]:
    """Texts of the letters that numbers have, most of them near a number."""
    chosen = random.Random(2310)  # noqa: S311 - the same texts in each run
    loose = ["".join(chosen.choices("0123456789.,-", k=chosen.randint(1, 12))) for _ in range(count)]
    grouped = [f"{chosen.randrange(10**9):,}".replace(",", ".") for _ in range(count)]
    return [*loose, *grouped, *(f"{each},{chosen.randrange(100)}" for each in grouped)]


TEXTS = [*TYPED.split(), *WITH_BLANKS, *random_texts(300)]


def computed(texts: Sequence[str], formula: Callable[[str], str], folder: Path) -> Mapping[str, object]:
    """What LibreOffice makes of a formula over a cell with each of the texts."""
    if reason := office.missing():
        skip_or_fail(reason)
    file = folder / "texts.xlsx"
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        for row, typed in enumerate(texts):
            sheet.write_string(row, 0, typed, text)
            sheet.write_formula(row, 1, f"={formula(f'A{row + 1}').removeprefix('=')}", None, 777)
    (saved,) = office.convert([file], "xlsx", folder / "out", office.profile(folder / "profile", computes=True))
    rows = load_workbook(saved, data_only=True).active.iter_rows(values_only=True)
    return dict(zip(texts, (row[1] for row in rows), strict=True))


@pytest.mark.parametrize("kind", ["integer", "decimal"])
def test_the_typed_number_formula_takes_exactly_what_reading_takes(kind: QuestionType, tmp_path: Path) -> None:
    texts = [each for each in TEXTS if kind == "decimal" or not _is_fraction(each)]
    found = computed(texts, lambda cell: EXCEL.number_in(cell, kind), tmp_path)

    assert {typed: _exact(value) for typed, value in found.items()} == {each: _read(kind, each) for each in texts}


def _exact(value: object) -> Decimal | None:
    """A number as it was typed, within the digits that a spreadsheet has; None for a cell that shows nothing."""
    return None if value in ("", None) else round(Decimal(str(value)), 6)


def _read(kind: QuestionType, typed: str) -> Decimal | None:
    number = parse_value(Question("q", "Số liệu", kind), typed)
    return round(Decimal(number), 6) if isinstance(number, int | Decimal) else None


def _is_fraction(typed: str) -> bool:
    """A number that is not whole: the form's other formulas refuse it where whole numbers are asked for."""
    number = parse_number(typed)
    return isinstance(number, Decimal) and number % 1 != 0


def test_nobody_is_warned_about_a_number_that_reading_takes(tmp_path: Path) -> None:
    texts = ["0", "-3", "007", "8,5", "15.763", "1.234.567,89", "không", "8x", "năm"]

    assert [each for each, value in computed(texts, _digits_only, tmp_path).items() if value is not True] == texts[6:]


def test_nobody_is_warned_about_a_day_that_there_is(tmp_path: Path) -> None:
    texts = ["31/12/2026", "01/02/2026", "29/02/2024", "29/02/2026", "31/13/2026", "2026-01-31", "nay", "12/31/2026"]

    assert [each for each, value in computed(texts, _day_month_year, tmp_path).items() if value is not True] == texts[
        3:
    ]
