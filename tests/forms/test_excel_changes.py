"""What people do to a form in their spreadsheet program, and what reading makes of it."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from campaign.ports import Fact, FormOf, FormReading
from forms.excel import ExcelFiles
from forms.grid import RESTORE_FILE
from forms.sheet import Column, fact_anchor, question_anchor
from scoring import AnswerValue
from tests.forms.excel_bombs import packed, parts_of
from tests.forms.samples import order_of, regulation
from words import Text, say

FILES = ExcelFiles()
ORDER = order_of(regulation())
EMPTY = FILES.write(ORDER)
FORM, LIST = "Phiếu", "Tài liệu kiểm chứng"


def read(content: bytes) -> FormReading | Text:
    (reading,) = FILES.read(content, [FormOf(ORDER.key, ORDER.regulation, ORDER.group)])
    return reading


def after(change: Callable[[Workbook], object]) -> FormReading | Text:
    """What is read once somebody has changed the small regulation's empty form and saved it."""
    book = load_workbook(BytesIO(EMPTY))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return read(saved.getvalue())


def row_of(sheet: Worksheet, key: str) -> int:
    rows: dict[str, int] = {cell.value: cell.row for cell in sheet["A"]}
    return rows[question_anchor(key)]


def answers(reading: FormReading | Text) -> dict[str, AnswerValue | None]:
    assert isinstance(reading, FormReading)
    assert reading.problems == ()
    return {each.key: each.value for each in reading.filled.answers}


def codes(reading: FormReading | Text) -> list[str]:
    assert isinstance(reading, FormReading)
    return [each.code for each in reading.problems]


def typed(key: str, value: object, number_format: str = "@") -> Callable[[Workbook], None]:
    """Put a value into a question's answer cell."""

    def change(book: Workbook) -> None:
        cell = book[FORM].cell(row_of(book[FORM], key), Column.ANSWER.position + 1)
        cell.value, cell.number_format = value, number_format

    return change


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [("80", "@", 80), (80, "General", 80), ("1.234", "@", 1234), (80.0, "0.00", 80)],
)
def test_a_number_is_read_as_text_and_as_a_number(value: object, number_format: str, read: int) -> None:
    assert answers(after(typed("can_bo", value, number_format))) == {"can_bo": read}


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        (0.85, "0%", "forms.percent_format"),
        ("=SUM(1,2)", "General", "forms.cell_uncomputed"),
        (datetime(2026, 5, 1), "dd/mm/yyyy", "forms.date_for_number"),  # noqa: DTZ001 - a cell knows no zone
        ("#REF!", "General", "forms.cell_error"),
        (8.5, "General", "scoring.value.not_whole"),
    ],
)
def test_what_was_pasted_instead_of_a_number_is_named(value: object, number_format: str, code: str) -> None:
    assert codes(after(typed("can_bo", value, number_format))) == [code]


def test_tabs_are_found_whatever_they_are_called_and_wherever_they_stand() -> None:
    def change(book: Workbook) -> None:
        typed("can_bo", "8")(book)
        book[FORM].title, book[LIST].title = "So lieu 2026 (1)", "Giấy tờ"
        book.create_sheet("Nháp", 0)["A1"] = "ghi nháp"
        book.move_sheet("Giấy tờ", -1)

    assert answers(after(change)) == {"can_bo": 8}


def test_inserted_rows_and_columns_move_the_cells_and_change_nothing() -> None:
    def change(book: Workbook) -> None:
        typed("can_bo", "8")(book)
        book[FORM].insert_rows(12, 3)
        book[FORM].insert_cols(3, 2)

    assert answers(after(change)) == {"can_bo": 8}


def test_a_copy_that_says_the_same_is_harmless_and_one_that_differs_is_reported() -> None:
    def change(book: Workbook) -> None:
        typed("can_bo", "8")(book)
        book.copy_worksheet(book[FORM])

    def differ(book: Workbook) -> None:
        book.copy_worksheet(book[FORM])
        typed("can_bo", "8")(book)

    assert answers(after(change)) == {"can_bo": 8}
    assert after(differ) == Text("forms.tab_doubled", tab=f"{FORM} Copy", other=FORM)


def test_a_form_without_its_hidden_column_is_known_and_not_guessed_at() -> None:
    assert after(lambda book: book[FORM].delete_cols(1)) == Text("forms.keys_lost", tab=FORM, restore=RESTORE_FILE)


def test_a_form_without_its_list_of_documents_says_so() -> None:
    assert codes(after(lambda book: book.remove(book[LIST]))) == ["forms.tab_lost"]


def test_what_was_lost_from_a_file_is_not_looked_for_in_the_versions_of_a_sheet() -> None:
    reading = after(lambda book: book[FORM].delete_rows(row_of(book[FORM], "can_bo")))
    assert isinstance(reading, FormReading)
    assert [say(each.text, "vi") for each in reading.problems] == [
        (
            "Dòng “A1 – Tổng số cán bộ” không còn trên phiếu. Hãy mở lại bản đã lưu trước đó của tệp, "
            "hoặc lấy lại phiếu từ bot rồi chép số liệu sang."
        )
    ]


def test_a_fact_is_typed_into_cells_that_are_one_and_comes_back() -> None:
    def change(book: Workbook) -> None:
        row = next(cell.row for cell in book[FORM]["A"] if cell.value == fact_anchor(Fact.ADDRESS))
        first, last = (book[FORM].cell(row, each.position + 1) for each in (Column.ANSWER, Column.EVIDENCE))
        assert f"{first.coordinate}:{last.coordinate}" in map(str, book[FORM].merged_cells.ranges)
        assert not first.protection.locked
        first.value = "Số 1, phố Thử Nghiệm"

    reading = after(change)
    assert isinstance(reading, FormReading)
    assert reading.filled.facts == {Fact.ADDRESS: "Số 1, phố Thử Nghiệm"}


def test_a_workbook_of_somebodys_own_is_no_form() -> None:
    def change(book: Workbook) -> None:
        book.remove(book[FORM])

    assert after(change) == Text("forms.file_no_form")


PARTS = parts_of(EMPTY)
CELLS = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"]


@given(
    name=st.sampled_from(CELLS),
    old=st.sampled_from([b"<v>1</v>", b't="s"', b' r="F12"', b"question:", b"answer", b"</c>", b"</row>", b"form:"]),
    new=st.sampled_from(
        [b"<v>0</v>", b"", b't="d"', b't="b"', b' r="A1"', b"node:", b"xephang", b"<x/>", b"99999999999999"]
    ),
    times=st.integers(1, 40),
)
@settings(max_examples=50, deadline=None)
def test_whatever_is_changed_in_a_form_reading_it_gives_a_reading_or_an_answer(
    name: str, old: bytes, new: bytes, times: int
) -> None:
    content = packed(PARTS | {name: PARTS[name].replace(old, new, times)})

    assert isinstance(read(content), FormReading | Text)
